"""One sheet as isobook made it and as it came back: which row and which column belongs to which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from ..cells import plain_label
from ..record_tables import TABLES, TOP, TablePlace, header_columns, table_place
from ..xlsx_cells import Cell, CellRows
from .same_formula import plain_formula

FEW: Final = 3  # words of a row by which columns are told apart: fewer may be anybody's
STEPS: Final = (1, -1, 2, -2, 3, -3)  # rows by which one is looked for that was moved
NO_TABLE: Final = TablePlace(0, 0, 0)
NOTHING: Final[tuple[str, dict[int, str]]] = ("", {})
Labels = Mapping[int, str]  # of each row, from above
RowPlace = tuple[int, int]  # row and column, from 1


class Sides(NamedTuple):
    """A sheet twice, with the cells of each that hold entries."""

    title: str  # as the sheet is called now
    made: CellRows
    found: CellRows
    made_entries: Set[RowPlace]
    entries: Set[RowPlace]


class Pair(NamedTuple):
    """A row as made and the row that it is now, with the columns in the same way."""

    made: int
    found: int
    columns: Mapping[int, int]
    back: Mapping[int, int]  # the same the other way round
    in_place: bool  # nothing was moved, so that formulas can be compared by their text


def pairs(title: str, made: CellRows, found: CellRows) -> Iterator[Pair]:
    """The rows that belong together: a table's by their place in it, others by their labels."""
    table = next((each for each in TABLES if each.title == title), None)
    head, top, bottom = table_place(made, table) if table else NO_TABLE
    now_head, now_top, now_bottom = table_place(found, table) if table else NO_TABLE
    if not head or not now_head:
        head, now_head = _head_rows(made, found)
    columns = _columns(made, found, head, now_head)
    stayed = all(old == new for old, new in columns.items())
    back = {new: old for old, new in columns.items()}
    if bottom and now_bottom:
        in_place = stayed and (now_top, now_bottom) == (top, bottom)
        for row in range(now_top, now_bottom):
            yield Pair(min(top + row - now_top, bottom - 1), row, columns, back, in_place)
    apart = [row for row in sorted(made) if not top <= row < bottom]
    now_apart = [row for row in sorted(found) if not now_top <= row < now_bottom]
    keys, now_keys = {row: _key(made[row], {}) for row in apart}, {row: _key(found[row], columns) for row in now_apart}
    in_place = stayed and (keys == now_keys or not _shifted(made, found, keys, now_keys))
    aligned = zip(apart, apart, strict=True) if in_place else _aligned(keys, now_keys)
    for old, new in aligned:
        yield _apart(made, found, Pair(old, new, columns, back, in_place))


def _shifted(made: CellRows, found: CellRows, keys: Labels, now_keys: Labels) -> bool:
    """Tell rows that were moved from those in which something was typed: a row stands where a neighbor stood."""
    changed = [row for row in now_keys if _row(found, now_keys, row) != _row(made, keys, row)]
    return any(
        _row(found, now_keys, row) == _row(made, keys, row + step)
        for row in changed
        for step in STEPS
        if _row(found, now_keys, row) != NOTHING
    )


def _row(rows: CellRows, keys: Labels, row: int) -> tuple[str, dict[int, str]]:
    """What tells a row from others: its label and its formulas."""
    cells = rows.get(row, {})
    formulas = {at: plain_formula(cell.formula) for at, cell in cells.items() if cell.formula is not None}
    return keys.get(row, ""), formulas


def _apart(made: CellRows, found: CellRows, pair: Pair) -> Pair:
    """A row beside a table whose columns were moved: it went with them, or stayed as it was."""
    before, now = made[pair.made], found.get(pair.found, {})
    stayed = sum(now.get(at) == cell for at, cell in before.items())
    moved = sum(now.get(pair.columns.get(at, 0)) == cell for at, cell in before.items())
    as_before = {at: at for at in (*before, *now)}
    return pair if moved >= stayed else pair._replace(columns=as_before, back=as_before)


def _aligned(keys: Labels, now_keys: Labels) -> Iterator[tuple[int, int]]:
    """Which rows bear the same label: those in the same order, then those that were moved past others."""
    rows, now_rows = list(keys), list(now_keys)
    blocks = SequenceMatcher(None, list(keys.values()), list(now_keys.values()), autojunk=False).get_matching_blocks()
    found = {rows[first + at]: now_rows[start + at] for first, start, count in blocks for at in range(count)}
    yield from found.items()
    taken = set(found.values())
    left = [row for row in now_rows if row not in taken]
    for old in (row for row in rows if row not in found):
        if moved := [row for row in left if keys[old] and now_keys[row] == keys[old]]:
            left.remove(moved[0])
            yield old, moved[0]


def _head_rows(made: CellRows, found: CellRows) -> tuple[int, int]:
    """The row near the top that has most words, and the row that has them now; (0, 0) where none has enough."""
    words = {row: set(_words(cells)) for row, cells in made.items() if row <= TOP}
    head = max(words, key=lambda row: (len(words[row]), -row), default=0)
    if not head or len(words[head]) < FEW:
        return 0, 0
    shared = {row: len(words[head] & set(_words(cells))) for row, cells in found.items() if row <= TOP}
    now = max(shared, key=lambda row: (shared[row], -row), default=0)
    return (head, now) if now and shared[now] > len(words[head]) // 2 else (0, 0)


def _words(cells: Mapping[int, Cell]) -> dict[str, list[int]]:
    """What is written in a row, without formulas, and in which columns."""
    years = {at: Cell(f"{cell.value:.15g}") for at, cell in cells.items() if isinstance(cell.value, float)}
    return header_columns({**{at: cell for at, cell in cells.items() if cell.formula is None}, **years})


def _columns(made: CellRows, found: CellRows, head: int, now_head: int) -> dict[int, int]:
    """Where each column stands now: by its head, of equal heads the first is the first; others beside a neighbor."""
    widest = max((at for cells in (*made.values(), *found.values()) for at in cells), default=0)
    if not head:
        return {at: at for at in range(1, widest + 1)}
    now = _words(found[now_head])
    heads = {
        old: new
        for label, all_old in _words(made[head]).items()
        for old, new in zip(all_old, now.get(label, ()), strict=False)
    }
    taken = set(heads.values())
    columns: dict[int, int] = {}
    for at in range(1, widest + 1):
        beside = columns.get(at - 1, 0) + 1
        if at in heads:
            columns[at] = heads[at]
        elif beside not in taken:
            columns[at] = beside
            taken.add(beside)
    return columns


def _key(cells: Mapping[int, Cell], columns: Mapping[int, int]) -> str:
    """A row's own words: line number and label, or label."""
    for column in (1, 2):
        cell = cells.get(columns.get(column, column))
        if cell is not None and cell.formula is None and cell.value not in (None, ""):
            return plain_label(str(cell.value))
    return ""
