"""Two clients compared: settings, records, years, figures, lots. Equal things are counted, not listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from engine import Projection, YearResult

from .records import ChangedColumn, RecordChange, exercise_pairs, record_changes, sale_pairs
from .results import ComparedFigure, LotFigure, figures, lot_figures

SETTINGS: Final = ("rounding", "tax_method")
ABSENT: Final = "not in the file"
READY: Final = "ready"


class YearChange(NamedTuple):
    """A year that only one source has, or that is ready in only one."""

    year: int
    a: str
    b: str


@dataclass(frozen=True)
class Comparison:
    """All that differs between two sources, what matters first, and how many figures were compared."""

    settings: list[ChangedColumn]
    records: list[RecordChange]
    years: list[YearChange]
    figures: list[ComparedFigure]
    lots: list[LotFigure]
    compared: int

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        return not (self.settings or self.records or self.years or self.figures or self.lots)


def compare(a: Projection, b: Projection) -> Comparison:
    """Compare two clients, each computed by this version from what was typed."""
    found = list(figures(a, b))
    differing = [figure for figure, is_equal in found if not is_equal]
    return Comparison(
        settings=list(_settings(a, b)),
        records=record_changes(a.client, b.client),
        years=list(_years(a, b)),
        figures=sorted(differing, key=lambda figure: figure.weight),
        lots=list(lot_figures(a, b, exercise_pairs(a.client, b.client), sale_pairs(a.client, b.client))),
        compared=len(found),
    )


def _settings(a: Projection, b: Projection) -> Iterator[ChangedColumn]:
    for name in SETTINGS:
        value = ChangedColumn(name, getattr(a.client, name), getattr(b.client, name))
        if value.a != value.b:
            yield value


def _years(a: Projection, b: Projection) -> Iterator[YearChange]:
    for year in sorted({*a.years, *b.years}):
        change = YearChange(year, _state(a.years.get(year)), _state(b.years.get(year)))
        if change.a != change.b:
            yield change


def _state(result: YearResult | None) -> str:
    if result is None:
        return ABSENT
    if not result.ready:
        return f"needs {', '.join(result.missing)}"
    return READY if result.final else f"{READY}, but a year before is not"
