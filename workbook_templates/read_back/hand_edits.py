"""What a person typed over in a workbook, beside the records: found by comparing it with the workbook as it was made.

No figure of it is used, and none of it comes along into a new workbook; so each is told with its sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from importlib.metadata import version
from math import isclose
from typing import Final, NamedTuple

from ..contents.as_received import TITLE as RECEIVED_TITLE
from .cells import number, plain_label, where
from .reading import ReadBack
from .record_tables import TABLES, header_columns, table_place
from .same_formula import plain_formula
from .xlsx_cells import MOST_COLUMNS, Cell, CellRows, XlsxCells

MOST: Final = 200  # told one by one
_SAME: Final = {column: column for column in range(1, MOST_COLUMNS + 1)}
_EMPTY: Final = Cell(None)


class Pair(NamedTuple):
    """A row as made and the row that it is now, with the columns in the same way."""

    made: int
    found: int
    columns: Mapping[int, int]
    back: Mapping[int, int]  # the same the other way round
    in_place: bool  # nothing was moved, so that formulas can be compared by their text


def hand_edits(found: ReadBack, made: bytes) -> list[str]:
    """What stands otherwise than in the workbook as made, one sentence each; inputs that were read are no edits."""
    if found.earlier_columns:  # laid out otherwise: formulas stand elsewhere
        return []
    as_made = XlsxCells(made)
    if as_made.same_parts(found.book):
        return []
    same_version = found.made_by == version("isobook")
    notes: list[str] = []
    typed: list[str] = []
    titles = {title: _title_now(title, as_made, found.book) for title in as_made.titles if title != RECEIVED_TITLE}
    for title, now in titles.items():
        if not now:
            notes.append(f"The sheet {title} was deleted. No input is lost with it; a new workbook has it again.")
            continue
        sheets = as_made.sheet(title), found.book.sheet(now)
        for pair in _pairs(title, *sheets):
            notes += _edits(found, now, *sheets, pair, same_version=same_version)
            typed += _typed(found, now, *sheets, pair)
    if len(notes) > MOST:
        notes[MOST:] = [f"{len(notes) - MOST:,} more cells are not as isobook wrote them."]
    if notes and not same_version:
        notes.insert(0, f"Made by isobook {found.made_by}, and compared with what isobook {version('isobook')} makes:")
    return [*notes, *_not_carried(found.book, titles, typed)]


def _title_now(title: str, as_made: XlsxCells, now: XlsxCells) -> str:
    """The sheet's title in whatever case, or the one that its names lead to now; "" where it is gone."""
    if same := [each for each in now.titles if each.casefold() == title.casefold()]:
        return same[0]
    leads = (
        now.names[name].title for name, place in as_made.names.items() if place.title == title and name in now.names
    )
    return next((each for each in leads if each in now.titles), "")


def _pairs(title: str, made: CellRows, found: CellRows) -> Iterator[Pair]:
    """The rows that belong together: a table's by their place in it, others by their labels."""
    table = next((each for each in TABLES if each.title == title), None)
    top, bottom = table_place(made, table) if table else (0, 0)
    now_top, now_bottom = table_place(found, table) if table else (0, 0)
    if table and top and now_top and now_bottom:
        columns = _columns(made[top], found[now_top])
        moved = now_top != top or bottom != now_bottom or any(old != new for old, new in columns.items())
        back = {new: old for old, new in columns.items()}
        for row in range(now_top + 1, now_bottom):
            yield Pair(min(top + row - now_top, bottom - 1), row, columns, back, not moved)
    apart = [row for row in sorted(made) if not top < row < bottom]
    now_apart = [row for row in sorted(found) if not now_top < row < now_bottom]
    keys, now_keys = [_key(made[row]) for row in apart], [_key(found[row]) for row in now_apart]
    in_place = apart == now_apart and keys == now_keys
    blocks = (
        [(0, 0, len(keys))] if in_place else SequenceMatcher(None, keys, now_keys, autojunk=False).get_matching_blocks()
    )
    for first, start, count in blocks:
        for old, new in zip(apart[first : first + count], now_apart[start : start + count], strict=True):
            yield Pair(old, new, _SAME, _SAME, in_place)


def _columns(made: Mapping[int, Cell], found: Mapping[int, Cell]) -> dict[int, int]:
    """The columns of a header as they stand now; of equal headers the first is the first."""
    places, now = header_columns(made), header_columns(found)
    return {
        old: new for label, all_old in places.items() for old, new in zip(all_old, now.get(label, ()), strict=False)
    }


def _key(cells: Mapping[int, Cell]) -> str:
    """A row's own words: line number and label, or label."""
    for column in (1, 2):
        cell = cells.get(column)
        if cell is not None and cell.formula is None and cell.value not in (None, ""):
            return plain_label(str(cell.value))
    return ""


def _edits(
    found: ReadBack, title: str, made: CellRows, now: CellRows, pair: Pair, *, same_version: bool
) -> Iterator[str]:
    """The formulas of a row that are no longer what they were."""
    before, after = made[pair.made], now.get(pair.found, {})
    for column, cell in before.items():
        at = pair.columns.get(column)
        if cell.formula is None or at is None:
            continue
        stands = after.get(at, _EMPTY)
        if stands.formula == cell.formula or found.was_read(title, pair.found, at):
            continue
        if words := _otherwise(cell, stands, pair, same_version=same_version):
            yield f"{where(title, pair.found, at, _line_words(before))} {words}"


def _otherwise(cell: Cell, stands: Cell, pair: Pair, *, same_version: bool) -> str:
    """What stands where isobook has a formula; "" where it is that formula, or where it cannot be told."""
    if stands.formula is None and stands.value not in (None, ""):
        return f"holds {_shown(stands)}, typed over the formula. It was not used."
    if not pair.in_place:
        return ""
    if stands.formula is None:
        return "is empty where isobook has a formula. Its figure is worked out anew."
    if same_version and plain_formula(stands.formula) != plain_formula(str(cell.formula)):
        return f"holds another formula, ={stands.formula[:80]}. It was not used."
    return ""


def _typed(found: ReadBack, title: str, made: CellRows, now: CellRows, pair: Pair) -> Iterator[str]:
    """What was typed where no record and no formula stands: sign-offs, tick marks, what-ifs, remarks."""
    for column, cell in now.get(pair.found, {}).items():
        before = made[pair.made].get(pair.back.get(column, 0))
        if cell.formula is not None or cell.value in (None, "") or (before and before.formula is not None):
            continue
        if not found.was_read(title, pair.found, column) and not (before and _alike(before, cell)):
            yield f"{where(title, pair.found, column)} {_shown(cell)}"


def _not_carried(book: XlsxCells, titles: Mapping[str, str], typed: Sequence[str]) -> Iterator[str]:
    if typed:
        more = f" and {len(typed) - 20:,} more" if len(typed) > 20 else ""
        yield f"Typed beside the records, and not carried into a new workbook: {'; '.join(typed[:20])}{more}."
    own = [
        title
        for title in book.titles
        if title not in {*titles.values(), RECEIVED_TITLE} and not _is_received(book, title)
    ]
    if own:
        yield f"Sheets of your own are not carried into a new workbook: {', '.join(own)}."


def _is_received(book: XlsxCells, title: str) -> bool:
    named = book.names.get("as_received")
    return named is not None and named.title == title


def _alike(before: Cell, cell: Cell) -> bool:
    if isinstance(before.value, float) and isinstance(cell.value, float):
        return isclose(before.value, cell.value, rel_tol=1e-12)
    return str(before.value).split() == str(cell.value).split()


def _line_words(cells: Mapping[int, Cell]) -> str:
    """What the line is: its number and label."""
    words = (cells.get(column) for column in (1, 2))
    return " ".join(_shown(cell, "") for cell in words if cell and cell.formula is None and cell.value)[:80]


def _shown(cell: Cell, quote: str = '"') -> str:
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    return number(cell.value) if isinstance(cell.value, float) else f"{quote}{str(cell.value)[:60]}{quote}"
