"""Before exercising more: how much spread a year still takes, until AMT starts and until the credit shrinks.

All is figured in cents on the exact lines, whatever the client's rounding: no formula of its own, no approximation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ..language.money import ZERO
from ..records import Client
from .partial import figure_again
from .projection import Projection, project
from .year_result import YearResult

CENT: Final = Decimal("0.01")
LARGEST: Final = Decimal("999999999.99")  # dollars of line 2i; both readings are exact up to here
HALF: Final = CENT / 2  # where two lines are equal a test still holds: the turning point is beyond
LINE_2I: Final = "f6251.2i"
AMT, CREDIT, AVAILABLE = "f6251.11", "f8801.25", "f8801.21"
TENTATIVE, REGULAR, ROOM_FROM = "f6251.9", "f6251.10", "f8801.22"


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
    credit = figure(ZERO)[CREDIT]

    def without_amt(spread: Decimal) -> HoldsAndDistance:
        found = figure(spread)
        return found[AMT] <= 0, found[TENTATIVE] - found[REGULAR] - HALF

    def credit_whole(spread: Decimal) -> HoldsAndDistance:
        found = figure(spread)
        return found[CREDIT] >= credit, found[TENTATIVE] + credit - found[ROOM_FROM] - HALF

    amt_crossover = largest(without_amt)
    credit_crossover = largest(credit_whole) if credit > 0 else None
    return TurningPoints(year, projection.years[year].figures[LINE_2I], amt_crossover, credit_crossover)


def what_if(projection: Projection, year: int) -> Callable[[Decimal], Mapping[str, Any]]:
    """Figure AMT and credit of a year for another total of line 2i, in dollars."""
    result = projection.years[year]
    compiled = figure_again(year, (AMT, CREDIT, TENTATIVE), frozenset({LINE_2I}), result.first)
    known, before = dict(result.figures), _before(projection, result)
    fixed = {line: known[line] for line in (REGULAR, ROOM_FROM)}  # no spread changes the regular tax

    def figure(spread: Decimal) -> Mapping[str, Any]:
        known[LINE_2I] = spread
        return {**compiled(known, before), **fixed}

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
    """Options that could still be exercised: shares, dollars a share."""

    name: str
    shares: Decimal
    price: Decimal
    fmv: Decimal


def allocate(spread_limit: Decimal, grants: Sequence[ExercisableGrant]) -> dict[str, int]:
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
