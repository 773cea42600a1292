"""The lines of the sheet Inputs in their order, and those that are folded away because no year has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.columns import EntryColumn, InputsBand, as_shown

from ...drawing.layout import BOOK
from ...drawing.page import BAND
from ...xlsx.cell_xml import FOLDED, AfterFold
from ...xlsx.template import Slot

BANDS: Final = (  # as-filed figures come after all that may be folded
    *(InputsBand.FILING, InputsBand.INCOME, InputsBand.DEDUCTIONS, InputsBand.ATTACH),
    *(InputsBand.FORM_6251, InputsBand.CARRIED, InputsBand.AS_FILED),
)
FIRST: Final = "return_stage"
ALWAYS: Final = frozenset({FIRST, "filing_status", "deduction", "wages", "other_income"})
NO: Final = "no"  # an answer that changes nothing
KEPT: Final = frozenset({InputsBand.AS_FILED})  # bands of which no line is folded
MORE: Final = "folded"  # the key of the row that tells of them
MORE_HEIGHT: Final = 15.0


def shown(band: InputsBand) -> list[EntryColumn]:
    """The columns of a band from top to bottom, the stage of the return first."""
    return sorted(as_shown(band), key=lambda column: column.name != FIRST)


def line_slot(name: str) -> Slot:
    """Where the height of a line comes from."""
    return BOOK, f"height of input {name}"


def band_slot(band: InputsBand) -> Slot:
    """Where the height of a band comes from: one with no line but folded ones is folded too."""
    return BOOK, f"height of band {band.name}"


def fold_values(typed: Mapping[str, Any], years: Sequence[int], heights: Mapping[str, float]) -> dict[str, Any]:
    """The heights of all lines, from what is typed (by "2025 wages"), and the words that tell of those folded."""
    found: dict[str, Any] = {}
    count = 0
    bands = {band_slot(band) for band in BANDS}
    after = False  # whether the row above is folded
    for slot, height, folds in _rows(typed, years, heights):
        count += folds and slot not in bands
        if slot[1] == MORE_SLOT[1]:
            found[slot[1]] = (AfterFold(height) if after else height) if count else None
        else:
            found[slot[1]] = FOLDED if folds else AfterFold(height) if after else height
        after = folds
    lines = "line" if count == 1 else "lines"
    return {**found, MORE: f"+  {count} more {lines}, empty in every year: open them with the + at the left."}


MORE_SLOT: Final[Slot] = (BOOK, f"height of input {MORE}")


def _rows(
    typed: Mapping[str, Any], years: Sequence[int], heights: Mapping[str, float]
) -> Iterator[tuple[Slot, float, bool]]:
    """Slot and height of each row, and whether it is folded."""
    for band in BANDS:
        if band in KEPT:
            yield MORE_SLOT, MORE_HEIGHT, False
        columns = shown(band)
        folded = {column.name for column in columns if band not in KEPT and _is_empty(column.name, typed, years)}
        yield band_slot(band), BAND, len(folded) == len(columns)
        for column in columns:
            yield line_slot(column.name), heights[column.name], column.name in folded


def _is_empty(name: str, typed: Mapping[str, Any], years: Sequence[int]) -> bool:
    return name not in ALWAYS and all(typed[f"{year} {name}"] in (None, NO) for year in years)
