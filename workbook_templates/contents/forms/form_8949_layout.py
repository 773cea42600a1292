"""Which rows of Form 8949 are shown: those of its sales, the bars of their boxes, and the totals of each box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.clients.projection import Projection
from engine.federal.stock.boxes_of_8949 import form_8949_columns
from engine.federal.years import forms_of
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.systems import REGULAR, SYSTEMS, System

from ...drawing.page import LINE, RESULT
from ...xlsx.paper import pages_down
from ...xlsx.template import Slot
from .form_8949_figures import figures_8949

BEGIN: Final = {"bar": 18.0, "heads": 28.0}  # points, of the rows above the first sale of a box
SALE: Final = {"sale": 17.0}
TOTALS: Final = {"totals": 19.0}  # below its last
AIR: Final = {"gap": 7.0}
ROWS: Final = (*BEGIN, *SALE, *TOTALS, *AIR)  # of a place, from above
ROOM: Final = 571.5  # points of rows on a page at a scale of 95, as LibreOffice prints them
TITLES: Final = (25.0, 14.0)  # of the rows that each page repeats
SAYS: Final = 20.0  # of the row of the sentence below them
BLOCK: Final = 22.0  # of the band of a half, and of the walk
NOTE: Final = 37.75  # of the note at the end
WALK: Final = 7  # rows at the end of the AMT half: the walk to line 2k with its band and its note
PAGE_ENDS: Final = "8949 page ends"
ONE_PAGE: Final = 4  # places at most, where both halves of the form stand on one page


def height_slot(system: System, number: int, row: str, year: int) -> Slot:
    """The height of a row of the n-th place; none where it has nothing to show."""
    return str(year), f"8949 {system.name} {number} {row}"


def other_slot(year: int) -> Slot:
    """The height of the row of other property sold."""
    return str(year), "8949 other"


def pages_of_8949(projection: Projection, year: int, rows: int) -> int:
    """How many pages the sheet of a year takes: one, or its two halves, each from the top of a page."""
    if rows <= ONE_PAGE:
        return 1
    filed, for_amt = halves_of_8949(projection, year, rows)
    pages = sum(pages_down(TITLES, half, ROOM) for half in (filed, for_amt[:-WALK]))
    return pages + _walk_begins_a_page(for_amt)


def page_ends_of_8949(projection: Projection, year: int, rows: int) -> tuple[int, ...]:
    """The rows of the sheet after which a page ends: above the AMT half, and above a walk that would be cut."""
    if rows <= ONE_PAGE:
        return ()
    above = len(TITLES) + len([SAYS]) + len([BLOCK]) + len(ROWS) * rows
    *_, for_amt = halves_of_8949(projection, year, rows)
    return (above, above + len([BLOCK]) + len(ROWS) * rows) if _walk_begins_a_page(for_amt) else (above,)


def _walk_begins_a_page(for_amt: list[float | None]) -> bool:
    """Tell whether the walk does not fit below the sales: its note would stand on a page of its own."""
    return pages_down(TITLES, for_amt, ROOM) > pages_down(TITLES, for_amt[:-WALK], ROOM)


def halves_of_8949(projection: Projection, year: int, rows: int) -> Iterator[list[float | None]]:
    """The heights of the printed rows of each half from the top of its first page; None where a row is hidden."""
    heights = _heights({system: _ranks(projection.records, system, year) for system in SYSTEMS}, rows, year)
    for system in SYSTEMS:
        places = [height for key, height in heights.items() if key.startswith(f"8949 {system.name} ")]
        if system is REGULAR:
            yield [*TITLES, SAYS, BLOCK, *places]
        else:
            yield [*TITLES, BLOCK, *places, *_walk(projection, year)]


def _walk(projection: Projection, year: int) -> list[float | None]:
    """The walk to line 2k: its band, the sales and other property where there is any, line 2k, and the note."""
    return [BLOCK, LINE, LINE, LINE, _other(projection, year), RESULT, NOTE]


def _other(projection: Projection, year: int) -> float | None:
    return LINE if projection.years[year].figures[forms_of(year).key(Role.DISPOSITIONS_OTHER)] else None


def form_8949_values(projection: Projection, year: int, rows: int) -> dict[str, Any]:
    """The figures of the sheet of a year, the order of its boxes as built, and the heights of its rows."""
    ranks = {system: _ranks(projection.records, system, year) for system in SYSTEMS}
    built = {system: _padded(each, rows) for system, each in ranks.items()}
    figures = projection.years[year].figures
    found = {**figures_8949(year, rows, figures, built), **_heights(ranks, rows, year)}
    found[PAGE_ENDS] = page_ends_of_8949(projection, year, rows)
    return {**found, other_slot(year)[1]: _other(projection, year)}


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
            page_ends = system is REGULAR and not after and rows > ONE_PAGE  # air there may be a page of its own
            shown = (
                (BEGIN, here != before),
                (SALE, True),
                (TOTALS, here != after),
                (AIR, here != after and not page_ends),
            )
            for group, is_shown in shown:
                for row, points in group.items():
                    heights[height_slot(system, number, row, year)[1]] = points if is_shown and here else None
    return heights
