"""What exercising more costs: the federal tax of a year up to its turning points, in shares or in dollars of spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ...language.money import ZERO, rounded
from ...language.roles import Role
from ..projection import DIGITS, Projection
from .turning_points import TurningPoints, exactly, what_if

SAMPLE: Final = 100  # shares, or dollars of spread, over which the AMT of each one is measured
DOLLAR: Final = Decimal(1)


@dataclass(frozen=True)
class PlanCost:
    """How much more a year takes, and what it costs; counted in shares, or in dollars of spread. Taxes in dollars."""

    year: int
    until_amt: Decimal  # more while AMT is still 0; 0 where the first one costs AMT
    until_credit: Decimal  # more while the credit used is not reduced; 0 where the first one reduces it
    cost: Decimal  # by how much the federal tax rises up to `until_amt`
    amt: Decimal  # of the year as it is
    credit_used: Decimal  # of the year as it is
    each: Decimal  # AMT of each one beyond `until_amt`, in dollars and cents

    @property
    def known(self) -> dict[str, Any]:
        """The leaves of the sentence (`planning.words`)."""
        counted = {name: getattr(self, name) for name in ("until_amt", "until_credit", "cost", "amt", "each")}
        credit = {"credit_used": self.credit_used}
        facts = counted | credit | {"year": f"{self.year}", "following": f"{self.year + 1}"}
        return {f"plan.{name}": value for name, value in facts.items()}


def whole_shares_within(limit: Decimal, spread: Decimal) -> int:
    """Whole shares within a limit of spread, both in dollars; 0 where there is no spread."""
    return int(rounded(limit / spread, 6)) if spread > 0 else 0


def cost_of_more(projection: Projection, turning: TurningPoints, spread: Decimal) -> PlanCost:
    """What more shares of a spread in dollars cost in a year that is ready, in the client's rounding."""
    until_amt, until_credit = (Decimal(whole_shares_within(room, spread)) for room in _rooms(turning))
    return _cost(projection, turning, until_amt, until_credit, spread)


def cost_of_more_spread(projection: Projection, turning: TurningPoints) -> PlanCost:
    """The same for more dollars of spread, where no price and value are known."""
    return _cost(projection, turning, *_rooms(turning), DOLLAR)


def _rooms(turning: TurningPoints) -> tuple[Decimal, Decimal]:
    """More spread until AMT starts and until the credit used shrinks, in dollars; never below 0."""
    credit = turning.credit_crossover
    return max(ZERO, turning.room), max(ZERO, credit - turning.line_2i) if credit is not None else ZERO


def _cost(
    projection: Projection, turning: TurningPoints, until_amt: Decimal, until_credit: Decimal, unit: Decimal
) -> PlanCost:
    figure, digits = what_if(projection, turning.year), DIGITS[projection.client.rounding]
    line_2i = projection.years[turning.year].figure(Role.EXERCISES)
    today, there = figure(line_2i), figure(line_2i + rounded(until_amt * unit, digits))
    return PlanCost(
        turning.year,
        until_amt,
        until_credit,
        _federal_tax(there) - _federal_tax(today),
        today[Role.MINIMUM_TAX],
        today[Role.CREDIT_USED],
        _amt_of_each(projection, turning, until_amt, unit),
    )


def _federal_tax(figures: Mapping[Role, Any]) -> Decimal:
    """Regular tax after other credits, plus AMT, less the credit of Form 8801: dollars."""
    tax: Decimal = figures[Role.TAX_AFTER_CREDITS] + figures[Role.MINIMUM_TAX] - figures[Role.CREDIT_USED]
    return tax


def _amt_of_each(projection: Projection, turning: TurningPoints, until_amt: Decimal, unit: Decimal) -> Decimal:
    """AMT of each share, or dollar of spread, beyond the turning point: measured in cents over a hundred of them."""
    figure = what_if(exactly(projection), turning.year)
    start = turning.line_2i + until_amt * unit
    first, last = (figure(rounded(start + more * unit, 2))[Role.MINIMUM_TAX] for more in (0, SAMPLE))
    return rounded((last - first) / SAMPLE, 2)
