"""Which rows of Form 8949 are shown: those of its sales, the bars of their boxes, and the totals of each box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.clients.projection import Projection
from engine.federal.stock.boxes_of_8949 import form_8949_columns
from engine.federal.years import forms_of
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.systems import SYSTEMS, System

from ...xlsx.template import Slot
from .form_8949_lines import built_key, compiled_8949

BEGIN: Final = {"bar": 18.0, "heads": 28.0}  # points, of the rows above the first sale of a box
SALE: Final = {"sale": 17.0}
END: Final = {"totals": 19.0, "gap": 7.0}  # below its last
ROWS: Final = (*BEGIN, *SALE, *END)  # of a place, from above
OTHER: Final = 16.5  # of the row of other property sold, shown where there is any
ONE_PAGE: Final = 4  # places at most, where both halves of the form stand on one page


def height_slot(system: System, number: int, row: str, year: int) -> Slot:
    """The height of a row of the n-th place; none where it has nothing to show."""
    return str(year), f"8949 {system.name} {number} {row}"


def other_slot(year: int) -> Slot:
    """The height of the row of other property sold."""
    return str(year), "8949 other"


def form_8949_values(projection: Projection, year: int, rows: int) -> dict[str, Any]:
    """The figures of the sheet of a year, the order of its boxes as built, and the heights of its rows."""
    ranks = {system: _ranks(projection.records, system, year) for system in SYSTEMS}
    built = {
        built_key(system, number): each
        for system in SYSTEMS
        for number, each in enumerate(_padded(ranks[system], rows), 1)
    }
    figures = projection.years[year].figures
    found = {**built, **compiled_8949(year, rows)({**figures, **built}), **_heights(ranks, rows, year)}
    found[other_slot(year)[1]] = OTHER if figures[forms_of(year).key(Role.DISPOSITIONS_OTHER)] else None
    return found


def _ranks(records: Mapping[str, Any], system: System, year: int) -> list[int]:
    """The order of the boxes of the sales of a year, from the first place to the last."""
    leaf = form_8949_columns(system).rank.node
    assert isinstance(leaf, Leaf)
    columns = records["sales.year_sold"], records["sales.is_sale"], records[f"{leaf.sheet}.{leaf.line}"]
    return sorted(int(rank) for sold, is_sale, rank in zip(*columns, strict=True) if sold == year and is_sale)


def _padded(ranks: list[int], rows: int) -> list[int]:
    return ranks + [0] * (rows - len(ranks))


def _heights(ranks: Mapping[System, list[int]], rows: int, year: int) -> dict[str, float | None]:
    heights: dict[str, float | None] = {}
    for system in SYSTEMS:
        around = [0, *_padded(ranks[system], rows), 0]
        for number in range(1, rows + 1):
            before, here, after = around[number - 1 : number + 2]
            shown = ((BEGIN, here != before), (SALE, True), (END, here != after))
            for group, is_shown in shown:
                for row, points in group.items():
                    heights[height_slot(system, number, row, year)[1]] = points if is_shown and here else None
    return heights
