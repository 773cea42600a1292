"""With what the sheet Plan begins: the open year, the price and the value of the last incentive option exercised."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engine.clients.plan_start import last_incentive_exercise
from engine.clients.projection import Projection
from engine.language.money import ZERO
from engine.records.plain_records import planned_of


@dataclass(frozen=True)
class WhatIf:
    """The typed cells of the Plan sheet when the file is made."""

    year: int
    price: Decimal | None
    fmv: Decimal | None
    shares: Decimal | None

    @property
    def spread(self) -> Decimal:
        """Dollars per share, not below 0."""
        return max(ZERO, (self.fmv or ZERO) - (self.price or ZERO))


def starting_point(projection: Projection) -> WhatIf:
    """What is typed on the sheet of a workbook that came back; where nothing is, what the sheet begins with."""
    begun, asked = beginning(projection), planned_of(projection.client.plan)
    year = asked.year if asked.year in projection.years else None
    given = (begun.price if asked.price is None else asked.price, begun.fmv if asked.value is None else asked.value)
    return WhatIf(year or begun.year, *given, asked.shares)


def beginning(projection: Projection) -> WhatIf:
    """The year to decide in; price and value of the last incentive option exercised above its price, else none."""
    year, place = _year(projection), last_incentive_exercise(projection.records)
    if place is None:
        return WhatIf(year, None, None, None)
    price, spread = (projection.records[f"exercises.{name}"][place] for name in ("price_paid", "spread"))
    return WhatIf(year, price, price + spread, None)


def _year(projection: Projection) -> int:
    """The open year, else the last that is planned; where all are filed the last one that is ready."""
    planned = [year for year, stage in projection.stages.items() if stage == "planned"]
    left = projection.open_year or max(planned, default=None)
    if left is not None:
        return left
    return max((year for year, result in projection.years.items() if result.ready), default=max(projection.years))
