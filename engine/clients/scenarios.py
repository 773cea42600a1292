"""Keep or sell by December 31: what each course leads to, this year and in the years after.

Every figure is a projection of the client with a sale added, in cents; no rule is stated a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any

from ..federal.stock.record_doubts import doubts_of, exercise_doubts
from ..federal.stock.sale_gains import sale_figures
from ..filing import YEARS
from ..language.money import ZERO
from ..language.roles import Role
from ..language.table import column_of
from ..records import Client, Resolved, ResolvedSale, Sale
from ..systems import AMT, REGULAR
from .carryforwards import AS_FILED, credit_after, losses_out, repeated_return
from .planning import CENT, LARGEST, largest
from .projection import project
from .year_result import YearResult


class PriceFrom(StrEnum):
    """Where the price of a sale comes from, in the words of JSON."""

    ASKED = "given"
    FORM_3921 = "Form 3921"
    AT_VEST = "value at vest"


@dataclass(frozen=True)
class CourseOfAction:
    """One course and its sale of all shares left of a lot; dollars, `price` a share."""

    date_sold: date
    price: Decimal
    proceeds: Decimal
    ordinary_income: Decimal  # of the sale, regular tax
    regular_gain: Decimal
    amt_gain: Decimal
    regular_tax: Decimal  # of the year of the decision: Form 6251 line 10
    amt: Decimal  # of the same year: line 11
    paid: Mapping[int, Decimal]  # by compared year: lines 10 and 11 less the credit used (Form 8801 line 25)
    credit_used: Mapping[int, Decimal]
    credit_left: Decimal  # available after the last compared year
    amt_loss_left: Decimal  # AMT capital loss carried out of it

    @property
    def tax(self) -> Decimal:
        """Regular tax and AMT of the year of the decision, before credits."""
        return self.regular_tax + self.amt

    @property
    def cash(self) -> Decimal:
        """What is left of the proceeds after the taxes of the compared years."""
        return self.proceeds - sum(self.paid.values())


@dataclass(frozen=True)
class Decision:
    """Keep a lot until it qualifies, or sell all that is left of it by December 31; the other lots stay as they are."""

    exercise_id: str
    shares: Decimal  # left, in today's shares
    price_from: PriceFrom
    keep: CourseOfAction
    sell: CourseOfAction
    repeated: tuple[int, ...]  # compared years that take the last return of the file again
    break_even: Decimal | None  # the least price per share at which selling leaves as much cash; None: at no price

    @property
    def last_day(self) -> date:
        """The last day to sell."""
        return self.sell.date_sold

    @property
    def compared(self) -> tuple[int, ...]:
        """The years whose taxes are compared."""
        return tuple(self.keep.paid)

    @property
    def is_whole(self) -> bool:
        """Tell whether the taxes of the later sale are among those compared."""
        return self.keep.date_sold.year in self.keep.paid

    @property
    def amt_saved(self) -> Decimal:
        """AMT of the year less by selling, in dollars."""
        return self.keep.amt - self.sell.amt

    @property
    def regular_tax_added(self) -> Decimal:
        """Regular tax of the year more by selling, in dollars."""
        return self.sell.regular_tax - self.keep.regular_tax

    @property
    def tax_difference(self) -> Decimal:
        """Tax of the year by selling less by keeping, in dollars; negative where selling saves tax."""
        return self.sell.tax - self.keep.tax


@dataclass(frozen=True)
class December:
    """The decision of a year for each lot of its line 2i; `missing` names columns of returns.csv that it needs."""

    year: int
    missing: tuple[str, ...]
    decisions: tuple[Decision, ...]


def december(
    client: Client, year: int, sale_price: Decimal | None = None, later_price: Decimal | None = None
) -> December:
    """Keep or sell, for each incentive lot measured in a year with spread and shares left.

    Prices are dollars per share; without a sale price it is the value on Form 3921, without a later price the same.
    """
    client = _figured_from(client, year)
    projection = project(client)
    if not projection.years[year].ready:
        return December(year, tuple(projection.years[year].missing), ())
    values = [of_lot["value"] for of_lot in doubts_of(exercise_doubts, projection.records)]
    lots = [lot for lot in projection.lots if lot["year_included"] == year and lot["is_iso"]]
    lots = [lot for lot in lots if lot["bargain"] > 0 and lot["shares_left"] > 0]
    decisions = (_decide(client, year, lot, values[lot["row"] - 1], sale_price, later_price) for lot in lots)
    return December(year, (), tuple(decisions))


def _decide(
    client: Client,
    year: int,
    lot: Mapping[str, Any],
    value: Decimal,
    sale_price: Decimal | None,
    later_price: Decimal | None,
) -> Decision:
    """The decision of one lot; `value` is that of a share by which line 2i measures it."""
    now, later = date(year, 12, 31), max(lot["first_day"], date(year + 1, 1, 1))
    price = value if sale_price is None else sale_price
    extended, compared = _compared(client, year, later.year)

    def course(day: date, price: Decimal) -> CourseOfAction:
        return _course(extended, lot, day, price, compared)

    keep = course(later, price if later_price is None else later_price)
    break_even = _least(lambda each: course(now, each).cash >= keep.cash, keep.price, lot["shares_left"])
    recorded = PriceFrom.AT_VEST if lot["at_vest"] else PriceFrom.FORM_3921
    source = recorded if sale_price is None else PriceFrom.ASKED
    repeated = tuple(each for each in compared if each > client.returns[-1].tax_year)
    return Decision(lot["exercise_id"], lot["shares_left"], source, keep, course(now, price), repeated, break_even)


def _compared(client: Client, year: int, later: int) -> tuple[Client, tuple[int, ...]]:
    """The years through the later sale if all can be computed, the last return repeated; else the year alone."""
    if later not in YEARS:
        return client, (year,)
    extended = repeating(client, later)
    years, wanted = project(extended).years, tuple(range(year, later + 1))
    return (extended, wanted) if all(years[each].ready for each in wanted) else (client, (year,))


def repeating(client: Client, through: int) -> Client:
    """The client with the last return repeated through a later tax year."""
    last = client.returns[-1]
    more = [repeated_return(last, tax_year=year) for year in range(last.tax_year + 1, through + 1)]
    return client.model_copy(update={"returns": (*client.returns, *more)})


def _figured_from(client: Client, year: int) -> Client:
    """The client in cents, from a year on without income and tax as filed."""
    returns = [
        row.model_copy(update=dict.fromkeys(AS_FILED)) if row.tax_year >= year else row for row in client.returns
    ]
    return client.model_copy(update={"returns": tuple(returns), "rounding": "cents"})


def with_sale(client: Client, lot: Mapping[str, Any], day: date, price: Decimal) -> Client:
    """The client with one more sale: all shares left of a lot of the projection, in today's shares."""
    sale = Sale(exercise_id=lot["exercise_id"], date_sold=day, shares=lot["shares_left"], price=price)
    piece = ResolvedSale.model_construct(**dict(sale), lot=lot["row"], row=len(client.sales) + 1)
    changed = client.model_copy()
    # Set as it is: the lot is known, and today's shares need no split.
    changed._resolved = Resolved(client.resolved.exercises, (*client.resolved.sales, piece))
    return changed


def _course(
    client: Client, lot: Mapping[str, Any], day: date, price: Decimal, compared: tuple[int, ...]
) -> CourseOfAction:
    projection = project(with_sale(client, lot, day, price))
    sale, first, last = projection.sales[-1], projection.years[compared[0]], projection.years[compared[-1]]
    regular_gain, amt_gain = (sale[column_of(sale_figures(system).gain)] for system in (REGULAR, AMT))
    results = {year: projection.years[year] for year in compared}
    return CourseOfAction(
        day,
        price,
        sale["proceeds"],
        sale["ordinary"],
        regular_gain,
        amt_gain,
        first.figure(Role.REGULAR_TAX),
        first.figure(Role.MINIMUM_TAX),
        {year: _paid(each) for year, each in results.items()},
        {year: each.figure(Role.CREDIT_USED) for year, each in results.items()},
        credit_after(projection, last.year),
        losses_out(last, AMT),
    )


def _paid(result: YearResult) -> Decimal:
    """Regular tax and AMT of a year less the credit used."""
    paid: Decimal = result.figure(Role.REGULAR_TAX) + result.figure(Role.MINIMUM_TAX) - result.figure(Role.CREDIT_USED)
    return paid


def _least(holds: Callable[[Decimal], bool], guess: Decimal, shares: Decimal) -> Decimal | None:
    """The least price in cents at which a test holds that holds from there on; None if it never does."""
    if holds(ZERO):
        return ZERO
    most = (LARGEST / max(shares, Decimal(1))) // CENT * CENT
    high = min(max(guess, CENT), most)
    while not holds(high):
        if high == most:
            return None
        high = min(2 * high, most)
    return largest(lambda price: (not holds(price), ZERO), (high / CENT).to_integral_value(ROUND_CEILING) * CENT) + CENT
