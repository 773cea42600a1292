"""What a person typed over in a workbook, beside the records: found by comparing it with the workbook as it was made.

No figure of it is used, and none of it comes along into a new workbook; so each is told with its sheet and cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Final

from ...contents.as_received import TITLE as RECEIVED_TITLE
from ..cells import where
from ..reading import ReadBack, entry_cells
from ..xlsx_cells import Cell, XlsxCells
from .beside_records import Beside, beside_records, is_blank, shown
from .row_pairs import Pair, Sides, pairs
from .same_formula import plain_formula

MOST: Final = 200  # told one by one
EARLIER: Final = (
    "An earlier isobook, whose sheets were laid out otherwise, made this workbook. Its records were read by their "
    "names. Its formulas were not compared with those of this version: what was typed over one, or beside the "
    "records, is not told and not carried into a new workbook."
)
_EMPTY: Final = Cell(None)


def hand_edits(found: ReadBack, made: Callable[[], XlsxCells]) -> list[str]:
    """What stands otherwise than in the workbook as made, one sentence each; inputs that were read are no edits."""
    if found.earlier_layout:
        return [EARLIER]
    as_made = made()
    if as_made.same_parts(found.book):
        return []
    same_version = found.made_by == version("isobook")
    notes: list[str] = []
    written: list[str] = []
    gone: list[str] = []
    titles = {title: _title_now(title, as_made, found.book) for title in as_made.titles}
    differ = {title for title, now in titles.items() if now and as_made.sheet(title) != found.book.sheet(now)}
    entries = entry_cells(as_made, differ)
    for title, now in titles.items():
        if not now:
            notes.append(_deleted(title))
        if title not in differ:
            continue
        sides = Sides(now, as_made.sheet(title), found.book.sheet(now), entries.get(title, set()), found.entries(now))
        rows = list(pairs(title, sides.made, sides.found))
        for pair in rows:
            notes += _edits(sides, pair, same_version=same_version)
        beside = beside_records(sides, rows)
        written += _told(now, beside)
        gone += [f"{where(now, *place)} {shown(cell)}" for place, cell in beside.gone]
    if len(notes) > MOST:
        notes[MOST:] = [f"{len(notes) - MOST:,} more cells are not as isobook wrote them."]
    if notes and not same_version:
        notes.insert(0, f"Made by isobook {found.made_by}, and compared with what isobook {version('isobook')} makes:")
    return [*notes, *_not_carried(found.book, titles, written), *_words_gone(gone)]


def _title_now(title: str, as_made: XlsxCells, now: XlsxCells) -> str:
    """The sheet's title in whatever case, or the one that its names lead to now; "" where it is gone."""
    if same := [each for each in now.titles if each.casefold() == title.casefold()]:
        return same[0]
    leads = (
        now.names[name].title for name, place in as_made.names.items() if place.title == title and name in now.names
    )
    return next((each for each in leads if each in now.titles), "")


def _deleted(title: str) -> str:
    """What a deleted sheet means; one that holds entries is refused before."""
    if title == RECEIVED_TITLE:
        return f"The sheet {title} was deleted. A new workbook has it again."
    return f"The sheet {title} was deleted. No input is lost with it; a new workbook has it again."


def _edits(sides: Sides, pair: Pair, *, same_version: bool) -> Iterator[str]:
    """The formulas of a row that are no longer what they were."""
    before, after = sides.made.get(pair.made, {}), sides.found.get(pair.found, {})
    for column, cell in before.items():
        at = pair.columns.get(column)
        if cell.formula is None or at is None:
            continue
        stands = after.get(at, _EMPTY)
        if stands.formula == cell.formula or (pair.found, at) in sides.entries:
            continue
        if words := _otherwise(cell, stands, pair, same_version=same_version):
            yield f"{where(sides.title, pair.found, at, _line_words(before))} {words}"


def _otherwise(cell: Cell, stands: Cell, pair: Pair, *, same_version: bool) -> str:
    """What stands where isobook has a formula; "" where it is that formula, or where it cannot be told."""
    if stands.formula is None and not is_blank(stands):
        return f"holds {shown(stands)}, typed over the formula. It was not used."
    if not pair.in_place:
        return ""
    if stands.formula is None:
        return "is empty where isobook has a formula. Its figure is worked out anew."
    if same_version and plain_formula(stands.formula) != plain_formula(str(cell.formula)):
        return f"holds another formula, ={stands.formula[:80]}. It was not used."
    return ""


def _told(title: str, beside: Beside) -> Iterator[str]:
    for place, cell in beside.written:
        yield f"{where(title, *place)} {shown(cell)}"


def _not_carried(book: XlsxCells, titles: Mapping[str, str], written: Sequence[str]) -> Iterator[str]:
    if written:
        yield f"Typed beside the records, and not carried into a new workbook: {_listed(written)}."
    if own := [title for title in book.titles if title not in titles.values()]:
        yield f"Sheets of your own are not carried into a new workbook: {', '.join(own)}."


def _words_gone(gone: Sequence[str]) -> Iterator[str]:
    if gone:
        yield f"Words of isobook that are gone; a new workbook has them again: {_listed(gone)}."


def _listed(cells: Sequence[str]) -> str:
    more = f" and {len(cells) - MOST:,} more" if len(cells) > MOST else ""
    return f"{'; '.join(cells[:MOST])}{more}"


def _line_words(cells: Mapping[int, Cell]) -> str:
    """What the line is: its number and label; a form shows "b" at the left and 2b in the box beside the amount."""
    number, boxed = (shown(cells.get(column, _EMPTY), "") for column in (1, 4))
    first = 4 if number.isalpha() and boxed.endswith(number) else 1
    words = (cells.get(column) for column in (first, 2))
    return " ".join(shown(cell, "") for cell in words if cell and cell.formula is None and cell.value)[:80]
