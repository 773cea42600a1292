"""Before exercising more: how much spread a year still takes, until AMT starts and until the credit shrinks.

All is figured in cents on the exact lines, whatever the client's rounding: no formula of its own, no approximation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from .money import ZERO
from .partial import figure_again
from .projection import Projection, YearResult, project
from .records import Client

CENT: Final = Decimal("0.01")
LARGEST: Final = Decimal("999999999.99")  # dollars of line 2i; both readings are exact up to here
LINE_2I: Final = "f6251.2i"
AMT, CREDIT, AVAILABLE = "f6251.11", "f8801.25", "f8801.21"


@dataclass(frozen=True)
class Turning:
    """The two turning points of a year, as totals of line 2i in dollars and cents."""

    year: int
    line_2i: Decimal  # as the records have it
    amt_crossover: Decimal  # the largest at which AMT is still 0; 0 where AMT is due without any
    credit_crossover: Decimal | None  # the largest at which the credit used is not reduced; None without a credit

    @property
    def room(self) -> Decimal:
        """How much more spread leaves AMT at 0, in dollars; negative where there is too much already."""
        return self.amt_crossover - self.line_2i


def turning_points(client: Client) -> dict[int, Turning]:
    """The turning points of each year that is ready, all else as given."""
    projection = in_cents(client)
    return {year: turning_point(projection, year) for year, result in projection.years.items() if result.ready}


def in_cents(client: Client) -> Projection:
    """The client's projection with every line kept to the cent."""
    return project(client.model_copy(update={"rounding": "cents"}))


def exactly(projection: Projection) -> Projection:
    """The same projection in cents; the one at hand where it is so already."""
    return projection if projection.client.rounding == "cents" else in_cents(projection.client)


def turning_point(projection: Projection, year: int) -> Turning:
    """The turning points of one year of a projection in cents."""
    figure = what_if(projection, year)
    nothing = figure(ZERO)
    amt_crossover = largest(lambda spread: figure(spread)[AMT] <= 0)
    credit_crossover = None
    if nothing[CREDIT] > 0:
        credit_crossover = largest(lambda spread: figure(spread)[CREDIT] >= nothing[CREDIT])
    return Turning(year, projection.years[year].figures[LINE_2I], amt_crossover, credit_crossover)


def what_if(projection: Projection, year: int) -> Callable[[Decimal], Mapping[str, Any]]:
    """Figure AMT and credit of a year for another total of line 2i, in dollars."""
    result = projection.years[year]
    compiled = figure_again(year, (AMT, CREDIT), frozenset({LINE_2I}), result.first)
    before = _before(projection, result)
    return lambda spread: compiled({**result.figures, LINE_2I: spread}, before)


def largest(holds: Callable[[Decimal], bool], top: Decimal = LARGEST) -> Decimal:
    """The largest amount in cents, up to a top, at which a test holds that holds from 0 to some point; 0 if never."""
    if not holds(ZERO):
        return ZERO
    if holds(top):
        return top
    low, high = 0, int(top / CENT)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle * CENT) else (low, middle)
    return low * CENT


def shares_within(spread_limit: Decimal, price: Decimal, fmv: Decimal) -> int | None:
    """Whole shares whose spread stays within a limit, in dollars; None where the spread is not above 0: no limit."""
    spread = fmv - price
    return None if spread <= 0 else max(0, int(spread_limit / spread))


@dataclass(frozen=True)
class Grant:
    """Options that could still be exercised: shares, dollars a share."""

    name: str
    shares: Decimal
    price: Decimal
    fmv: Decimal


def allocate(spread_limit: Decimal, grants: Sequence[Grant]) -> dict[str, int]:
    """The most whole shares within a limit of spread: the smallest spread a share goes first."""
    left, taken = spread_limit, {}
    for grant in sorted(grants, key=lambda each: (each.fmv - each.price, each.name)):
        fitting = shares_within(left, grant.price, grant.fmv)
        taken[grant.name] = int(grant.shares) if fitting is None else min(int(grant.shares), fitting)
        left -= max(ZERO, grant.fmv - grant.price) * taken[grant.name]
    return taken


def _before(projection: Projection, result: YearResult) -> Mapping[str, Any]:
    earlier = projection.years.get(result.year - 1)
    return earlier.figures if earlier else {}
