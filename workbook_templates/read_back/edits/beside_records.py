"""What a person wrote on a sheet where no record stands: remarks, sign-offs, what-ifs, own formulas, own rows.

A cell is isobook's own where it stands as it was made, or was moved about with its row or column: then as many cells of
the sheet hold the same words as isobook wrote. Whatever is left over is a person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import isclose
from typing import Final, NamedTuple

from ..cells import number
from ..xlsx_cells import Cell, CellRows
from .row_pairs import Pair, RowPlace, Sides
from .same_formula import formula_shape

_EMPTY: Final = Cell(None)


PlacedCell = tuple[RowPlace, Cell]


class Beside(NamedTuple):
    """The cells that a person wrote, and the words of isobook that are gone, each with its row and column."""

    written: list[PlacedCell]
    gone: list[PlacedCell]  # with the place where isobook wrote them


def beside_records(sides: Sides, pairs: Iterable[Pair]) -> Beside:
    """Compare the two sides of a sheet, cell by cell; formulas that were typed over are told elsewhere."""
    was = _places_before(sides, pairs)
    stand: set[RowPlace] = set()
    loose: list[PlacedCell] = []
    own: list[PlacedCell] = []
    for place, cell in _filled(sides.found):
        if place in sides.entries:
            continue
        before, in_place = was.get(place, (None, False))
        there = _cell(sides.made, before) if before else _EMPTY
        if there.formula is not None:
            continue
        if cell.formula is not None:
            (own if in_place else loose).append((place, cell))
        elif before and before not in sides.made_entries and alike(there, cell):
            stand.add(before)
        else:
            loose.append((place, cell))
    return _without_moved(sides, stand, loose, own)


def _without_moved(sides: Sides, stand: set[RowPlace], loose: list[PlacedCell], own: list[PlacedCell]) -> Beside:
    """Take out of the loose cells those that were only moved."""
    waiting: dict[str, list[PlacedCell]] = {}
    for place, cell in _filled(sides.made):
        if cell.formula is None and place not in stand and place not in sides.made_entries:
            waiting.setdefault(_words(cell), []).append((place, cell))
    shapes = None
    for place, cell in loose:
        if cell.formula is None and waiting.get(_words(cell)):
            waiting[_words(cell)].pop(0)
        elif cell.formula is not None:
            shapes = shapes if shapes is not None else _shapes(sides.made)
            if formula_shape(cell.formula) not in shapes:
                own.append((place, cell))
        else:
            own.append((place, cell))
    return Beside(sorted(own), sorted(each for left in waiting.values() for each in left))


def _places_before(sides: Sides, pairs: Iterable[Pair]) -> dict[RowPlace, tuple[RowPlace, bool]]:
    """For each cell that is there now the place that it had, where its row and column are known."""
    return {
        (pair.found, at): ((pair.made, pair.back[at]), pair.in_place)
        for pair in pairs
        for at in sides.found.get(pair.found, ())
        if at in pair.back
    }


def _filled(rows: CellRows) -> Iterator[PlacedCell]:
    for row, cells in rows.items():
        for at, cell in cells.items():
            if cell.formula is not None or not is_blank(cell):
                yield (row, at), cell


def _cell(rows: CellRows, place: RowPlace) -> Cell:
    return rows.get(place[0], {}).get(place[1], _EMPTY)


def _shapes(made: CellRows) -> Counter[str]:
    return Counter(formula_shape(cell.formula) for _, cell in _filled(made) if cell.formula is not None)


def is_blank(cell: Cell) -> bool:
    """Tell a cell in which nothing is to be seen."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def alike(before: Cell, cell: Cell) -> bool:
    """Tell whether two cells say the same: numbers to 12 digits, words but for their spaces."""
    if isinstance(before.value, float) and isinstance(cell.value, float):
        return isclose(before.value, cell.value, rel_tol=1e-12)
    return _words(before) == _words(cell)


def _words(cell: Cell) -> str:
    text = f"{cell.value:.12g}" if isinstance(cell.value, float) else str(cell.value)
    return " ".join(text.split())


def shown(cell: Cell, quote: str = '"') -> str:
    """A cell as a note names it: a formula, a number, or words between quotes."""
    if cell.formula is not None:
        return f"={cell.formula[:60]}"
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    return number(cell.value) if isinstance(cell.value, float) else f"{quote}{str(cell.value)[:60]}{quote}"
