"""The figures of a sheet 8949: every place by one function, so that many sales take no longer to compile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from engine.language.expressions import Count
from engine.language.form import Form
from engine.language.nodes import Kind, Leaf
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines
from engine.systems import SYSTEMS, System

from .form_8949_lines import SHEET, Place, boxes_beside, cells_of_place, end_of_sheet, rank_of_place

ANY: Final = "any"  # a place that stands for all of them
_GIVEN: Final = ("number", "row", "rank", "before", "after", "moved above")  # what its lines take


def figures_8949(
    year: int, rows: int, figures: Mapping[str, Any], built: Mapping[System, Sequence[int]]
) -> dict[str, Any]:
    """All lines of the sheet of a year; `built` are the orders of the boxes as its rows are laid out."""
    known = dict(figures)
    found = _beside(year)(known)
    known |= found
    for system in SYSTEMS:
        found |= _places(system, year, rows, known, built[system])
    return found | _end(year, rows)({**known, **found})


def _places(system: System, year: int, rows: int, known: dict[str, Any], built: Sequence[int]) -> dict[str, Any]:
    """The places with a sale, one by one; those after the last are all alike."""
    rank_of, cells_of = _compiled(system, year)
    ranks: list[dict[str, Any]] = []
    while len(ranks) < rows and (not ranks or ranks[-1][_key("row")]):
        ranks.append(rank_of(_given(known, number=len(ranks) + 1)))
    around = [0, *(each[_key("rank")] for each in ranks), 0]
    found: dict[str, Any] = {}
    cells: dict[str, Any] = {_key("moved"): 0}
    for number in range(1, rows + 1):
        if number <= len(ranks):
            row, before, rank, after = ranks[number - 1][_key("row")], *around[number - 1 : number + 2]
            of_place = {"row": row, "rank": rank, "before": before, "after": after, "moved above": cells[_key("moved")]}
            given = _given(known, **of_place, **{f"{ANY} built": built[number - 1]})
            cells = {**ranks[number - 1], **cells_of(given), _key("built"): built[number - 1]}
        found |= {key.replace(_key(""), f"{SHEET}.{system.name} {number} "): value for key, value in cells.items()}
    return found


def _key(name: str) -> str:
    return f"{SHEET}.{ANY} {name}"


def _given(known: dict[str, Any], **values: Any) -> dict[str, Any]:
    """What is known, with what the place takes; the same mapping each time, as places may be many."""
    known |= {f"{SHEET}.{name}": value for name, value in values.items()}
    return known


@cache
def _compiled(system: System, year: int) -> tuple[Figure, Figure]:
    """One function for the row and the order of the box of any place, one for all else that it shows."""
    form = Form(SHEET, "A place")
    number, row, rank, before, after, moved = (Count(Leaf(SHEET, name, kind=Kind.COUNT)) for name in _GIVEN)
    rank_of_place(form, system, year, ANY, number)
    first = list(form.lines)
    cells_of_place(form, system, ANY, Place(row, rank, before, after, moved))
    return compile_lines(first, AMOUNTS), compile_lines(form.lines[len(first) :], AMOUNTS)


@cache
def _beside(year: int) -> Figure:
    form = Form(SHEET, "Beside the page")
    boxes_beside(form, year)
    return compile_lines(form.lines, AMOUNTS)


@cache
def _end(year: int, rows: int) -> Figure:
    form = Form(SHEET, "End")
    end_of_sheet(form, year, rows)
    return compile_lines(form.lines, AMOUNTS)
