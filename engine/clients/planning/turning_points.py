"""Before exercising more: how much spread a year still takes, until AMT starts and until the credit shrinks.

All is computed in cents on the exact lines, whatever the client's rounding: no formula of its own, no approximation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ...federal.years import forms_of
from ...language.money import ZERO
from ...language.roles import Role
from ...records import Client
from ..partial import figure_again
from ..projection import Projection, project
from ..year_result import YearResult

CENT: Final = Decimal("0.01")
LARGEST: Final = Decimal("999999999.99")  # dollars of line 2i; both readings are exact up to here
HALF: Final = CENT / 2  # where two lines are equal a test still holds: the turning point is beyond
MOVED: Final = (Role.MINIMUM_TAX, Role.CREDIT_USED, Role.TENTATIVE_MINIMUM_TAX)  # by more or less spread
FIXED: Final = (Role.REGULAR_TAX, Role.TAX_AFTER_CREDITS)  # no spread changes the regular tax


@dataclass(frozen=True)
class TurningPoints:
    """The two turning points of a year, as totals of line 2i in dollars and cents."""

    year: int
    line_2i: Decimal  # as the records have it
    amt_crossover: Decimal  # the largest at which AMT is still 0; 0 where AMT is due without any
    credit_crossover: Decimal | None  # the largest at which the credit used is not reduced; None without a credit

    @property
    def room(self) -> Decimal:
        """How much more spread leaves AMT at 0, in dollars; negative where there is too much already."""
        return self.amt_crossover - self.line_2i


def turning_points(client: Client) -> dict[int, TurningPoints]:
    """The turning points of each year that is ready, all else as given."""
    projection = in_cents(client)
    return {year: turning_point(projection, year) for year, result in projection.years.items() if result.ready}


def in_cents(client: Client) -> Projection:
    """The client's projection with every line kept to the cent."""
    return project(client.model_copy(update={"rounding": "cents"}))


def exactly(projection: Projection) -> Projection:
    """The same projection in cents; the one at hand where it is so already."""
    return projection if projection.client.rounding == "cents" else in_cents(projection.client)


HoldsAndDistance = tuple[
    bool, Decimal
]  # whether a test holds, and about how far beyond its turning point; 0 where unknown


def turning_point(projection: Projection, year: int) -> TurningPoints:
    """The turning points of one year of a projection in cents."""
    figure = what_if(projection, year)
    credit = figure(ZERO)[Role.CREDIT_USED]

    def without_amt(spread: Decimal) -> HoldsAndDistance:
        found = figure(spread)
        return found[Role.MINIMUM_TAX] <= 0, found[Role.TENTATIVE_MINIMUM_TAX] - found[Role.REGULAR_TAX] - HALF

    def credit_whole(spread: Decimal) -> HoldsAndDistance:
        found = figure(spread)
        beyond = found[Role.TENTATIVE_MINIMUM_TAX] + credit - found[Role.TAX_AFTER_CREDITS] - HALF
        return found[Role.CREDIT_USED] >= credit, beyond

    amt_crossover = largest(without_amt)
    credit_crossover = largest(credit_whole) if credit > 0 else None
    return TurningPoints(year, projection.years[year].figure(Role.EXERCISES), amt_crossover, credit_crossover)


def what_if(projection: Projection, year: int) -> Callable[[Decimal], Mapping[Role, Any]]:
    """Figure AMT and credit of a year for another total of line 2i, in dollars."""
    result, forms = projection.years[year], forms_of(year)
    line_2i, moved = forms.key(Role.EXERCISES), {role: forms.key(role) for role in MOVED}
    compiled = figure_again(year, tuple(moved.values()), frozenset({line_2i}), result.first)
    known, before = dict(result.figures), _before(projection, result)
    fixed = {role: result.figure(role) for role in FIXED}

    def figure(spread: Decimal) -> Mapping[Role, Any]:
        known[line_2i] = spread
        found = compiled(known, before)
        return fixed | {role: found[key] for role, key in moved.items()}

    return figure


def largest(test: Callable[[Decimal], HoldsAndDistance], top: Decimal = LARGEST) -> Decimal:
    """The largest amount in cents, up to a top, at which a test holds that holds from 0 to some point; 0 if never.

    Only whether it holds decides. How far beyond says where to look next, by false position: tax is made of straight
    pieces. Every third step halves what is left, and every step while the distance does not change.
    """
    low, high = 0, int(top / CENT)
    (holds, at_low), (at_top, at_high) = test(ZERO), test(top)
    if not holds or at_top:
        return top if holds else ZERO
    step, flat = 0, at_low == 0
    while high - low > 1:
        step, held = step + 1, holds
        middle = (low + high) // 2
        if step % 3 and not flat:
            middle = min(max(low + int((high - low) * at_low / (at_low - at_high)), low + 1), high - 1)
        holds, found = test(middle * CENT)
        if holds:
            flat = found == at_low
            low, at_low, at_high = middle, found, at_high / 2 if held else at_high
        else:
            high, at_high, at_low = middle, found, at_low if held else at_low / 2
    return low * CENT


def shares_within(spread_limit: Decimal, price: Decimal, fmv: Decimal) -> int | None:
    """Whole shares whose spread stays within a limit, in dollars; None where the spread is not above 0: no limit."""
    spread = fmv - price
    return None if spread <= 0 else max(0, int(spread_limit / spread))


@dataclass(frozen=True)
class ExercisableGrant:
    """Options that could still be exercised: shares, dollars per share."""

    name: str
    shares: Decimal
    price: Decimal
    fmv: Decimal

    @property
    def is_underwater(self) -> bool:
        """Tell whether the value is below the price: an exercise adds no spread, and costs more than it brings."""
        return self.fmv < self.price


def allocate(spread_limit: Decimal, grants: Sequence[ExercisableGrant]) -> dict[str, int]:
    """The most whole shares within a limit of spread: the smallest spread per share goes first."""
    left, taken = spread_limit, {}
    for grant in sorted(grants, key=lambda each: (each.fmv - each.price, each.name)):
        fitting = shares_within(left, grant.price, grant.fmv)
        taken[grant.name] = int(grant.shares) if fitting is None else min(int(grant.shares), fitting)
        left -= max(ZERO, grant.fmv - grant.price) * taken[grant.name]
    return taken


def _before(projection: Projection, result: YearResult) -> Mapping[str, Any]:
    earlier = projection.years.get(result.year - 1)
    return earlier.figures if earlier else {}
