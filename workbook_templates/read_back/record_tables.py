"""The tables of records: found by their headers, whatever was moved, inserted, deleted or left empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from engine.columns import TABLES as COLUMNS
from engine.columns import Unit
from engine.federal.stock.exercises import exercises
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.stock.record_tables import sales
from engine.federal.wages.form_w2 import forms_w2
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.table import Table

from ..sheets.records.record_spec import END
from .cells import FoundRow, Workpaper, plain_label, where
from .xlsx_cells import Cell, CellRows

TABLES: Final = (exercises, sales, grants, forms_w2)  # those with a sheet of their own, which bears the table's title
TOP: Final = 30  # rows in which a header is looked for
LONGEST: Final = 80  # characters of an entry; what is longer is a note below the table
PARTS: Final = ("of which ", "all years on record")  # how rows under the totals begin
WITHOUT_END: Final = f"Write {END!r} into the first column of the row under the table."
A_RECORD: Final = 2  # typed cells below the table that make a record of a row, one of them an amount or a day


def entries(table: Table) -> list[Line]:
    """The columns that a person types, in the order of their declaration."""
    return [line for line in table.columns if line.expression is None and line.leaf.line in COLUMNS[table.sheet]]


def read_table(paper: Workpaper, table: Table, *, needed: bool) -> list[FoundRow]:
    """The records of a table as they are; what cannot be read, or is needed and gone, joins the problems."""
    title = sheet_title(paper, table.title, names_of(table), needed=needed)
    if not title:
        return []
    rows = paper.book.sheet(title)
    header = _header_row(rows, table)
    if not header:
        labels = ", ".join(plain_label(line.label) for line in entries(table)[:5])
        remedy = "Put the headers back as isobook wrote them; undo in the spreadsheet program helps."
        paper.refuse(f"sheet {title}", "", f"a row with the headers {labels} and so on", remedy)
        return []
    columns, lost = _columns(paper, title, rows, header, table)
    place = table_place(rows, table)
    if not place.end:
        paper.refuse(f"sheet {title}", "no such row", f"the row {END!r} under the table", WITHOUT_END)
    last = place.end - 1
    counted = {columns[line.leaf.line] for line in entries(table) if line.leaf.line in columns and _counts(line)}
    _refuse_below(paper, title, rows, last, set(columns.values()), counted)
    between = (row for row in range(header + 1, last + 1) if not _is_above(rows.get(row, {})))
    typed = (row for row in between if not rows.get(row, {}).keys().isdisjoint(columns.values()))
    found = (_row(paper, title, row, table, columns, lost) for row in typed)
    return [row for row in found if any(row.cells.values())]


def names_of(table: Table) -> list[str]:
    """The names of a table's columns: what stands on its sheet alone, unlike those of sums over it."""
    return [f"{table.sheet}_{line.leaf.line}" for line in table.columns]


def sheet_title(paper: Workpaper, wanted: str, names: Iterable[str], *, needed: bool = True) -> str:
    """The sheet of this title, or the one that our names lead to where it was renamed; "" without one."""
    titles = {title.casefold(): title for title in paper.book.titles}
    if wanted.casefold() in titles:
        return titles[wanted.casefold()]
    places = (paper.book.names[name] for name in names if name in paper.book.names)
    if renamed := next((place.title for place in places if place.title in paper.book.titles), ""):
        return renamed
    if needed:
        found = ", ".join(paper.book.titles)
        remedy = "Bring the sheet back, or give it its name again."
        paper.refuse("", f"a workbook with the sheets {found}", f"a sheet {wanted}", remedy)
    return ""


class TablePlace(NamedTuple):
    """The rows of a table on its sheet; 0 for what is not there."""

    header: int
    first: int  # of the records: totals and what belongs to them may stand above
    end: int  # the row under the last spare one


def table_place(rows: CellRows, table: Table) -> TablePlace:
    """Where a table stands. Its end is a row of its own; in a workbook of 0.1.0 it is the row of totals."""
    header = _header_row(rows, table)
    below = [row for row in sorted(rows) if row > header] if header else []
    end = next((row for row in below if _is_end(rows[row])), 0)
    if not end:
        total = next((row for row in below if _is_total(rows[row])), 0)
        end = 0 if _records_follow(rows, below, total, table) else total
    above = [row for row in below if row < end and _is_above(rows[row])]
    return TablePlace(header, max(above, default=header) + 1, end)


def _records_follow(rows: CellRows, below: Sequence[int], total: int, table: Table) -> bool:
    """Tell totals that stand above the records, in a sheet whose last row is gone."""
    columns = header_columns(rows[_header_row(rows, table)])
    typed = {at for line in entries(table) for at in columns.get(plain_label(line.label), ())}
    filled = [row for row in below if len(typed & rows[row].keys()) >= A_RECORD and not _is_above(rows[row])]
    return not any(row < total for row in filled) and any(row > total for row in filled)


def header_columns(header: Mapping[int, Cell]) -> dict[str, list[int]]:
    """The columns of each header, from left to right."""
    columns: dict[str, list[int]] = {}
    for column, cell in sorted(header.items()):
        if label := plain_label(cell.value):
            columns.setdefault(label, []).append(column)
    return columns


def _header_row(rows: CellRows, table: Table) -> int:
    labels = {plain_label(line.label) for line in entries(table)}
    best, score = 0, len(labels) // 2
    for number in (number for number in sorted(rows) if number <= TOP):
        found = len(labels & {plain_label(cell.value) for cell in rows[number].values()})
        if found > score:
            best, score = number, found
    return best


def _columns(
    paper: Workpaper, title: str, rows: CellRows, header: int, table: Table
) -> tuple[dict[str, int], dict[str, str]]:
    """The column of each entry by its header, and where it is told of those that are lost.

    A header that another isobook wrote, or that was translated, stands in the column that the entry's name leads to.
    """
    places = header_columns(rows[header])
    ours = {plain_label(line.label) for line in table.columns}
    taken = {column for label, columns in places.items() if label in ours for column in columns}
    columns, lost = {}, {}
    for line in entries(table):
        name, label = line.leaf.line, plain_label(line.label)
        named = paper.book.names.get(f"{table.sheet}_{name}")
        found = places.get(label, [])
        if len(found) == 1:
            columns[name] = found[0]
        elif found:
            lost[name] = where(title, header, found[1])
            expected = f"one column with the header {label}; {where(title, header, found[0])} has it too"
            paper.refuse(lost[name], label, expected, "Give the column that is not isobook's another header.")
        elif named and named.title == title and named.first[1] not in taken:
            columns[name] = named.first[1]
        elif (table.sheet, name) not in paper.later:
            lost[name] = f"sheet {title}, row {header}"
            remedy = "Bring the column back, or give it its header again."
            paper.refuse(lost[name], "no such header", f"a column with the header {label}", remedy)
    return columns, lost


def _is_end(cells: Mapping[int, Cell]) -> bool:
    return any(plain_label(cell.value) == END for cell in cells.values())


def _is_above(cells: Mapping[int, Cell]) -> bool:
    """Tell a row that stands above the records: the totals, parts of them, what is provisional, the note."""
    if _is_total(cells):
        return True
    words = [
        str(cell.value) for _, cell in sorted(cells.items()) if cell.formula is None and cell.value not in (None, "")
    ]
    sums = any(cell.formula is not None for cell in cells.values())
    part = bool(words) and sums and words[0].startswith(PARTS)
    return part or (bool(words) and len(words[0]) > LONGEST)


def _is_total(cells: Mapping[int, Cell]) -> bool:
    """Tell the row of totals from a record in which someone wrote Total."""
    typed = [cell.value for _, cell in sorted(cells.items()) if cell.formula is None and cell.value not in (None, "")]
    sums = any("SUM(" in (cell.formula or "").upper() for cell in cells.values())
    return typed == ["Total"] or (sums and typed[:1] == ["Total"])


def _refuse_below(
    paper: Workpaper, title: str, rows: CellRows, last: int, columns: set[int], counted: set[int]
) -> None:
    """Records typed below the end of the table would be lost; a remark there, or a lone cell, is told among the edits.

    A row with a formula is one of isobook's own, such as line 2i of a year.
    """
    below = (row for row in sorted(rows) if last > 0 and row > last + 1)
    for number in (row for row in below if all(cell.formula is None for cell in rows[row].values())):
        typed = {column for column, cell in rows[number].items() if cell.value not in (None, "")}
        entered = {column for column in typed & columns if len(str(rows[number][column].value)) <= LONGEST}
        if len(entered) >= A_RECORD and any(_has_digit(rows[number][column]) for column in entered & counted):
            expected = f"records above the row {END!r}"
            place = where(title, number, min(typed))
            paper.refuse(place, "a row below the table", expected, "Insert rows above that row and move it there.")


def _counts(line: Line) -> bool:
    """Tell a column of amounts, shares or days from one of words."""
    return line.leaf.kind not in (Kind.TEXT, Kind.FLAG)


def _has_digit(cell: Cell) -> bool:
    """Tell a cell of a record from one of a heading: dates, prices and shares have digits."""
    return any(map(str.isdigit, str(cell.value)))


def _row(
    paper: Workpaper, title: str, number: int, table: Table, columns: dict[str, int], lost: dict[str, str]
) -> FoundRow:
    cells, places = {}, {}
    for line in entries(table):
        name = line.leaf.line
        if name in columns:
            free = COLUMNS[table.sheet][name].unit is Unit.TEXT
            cells[name] = paper.text(title, number, columns[name], line.leaf.kind, line.label, free=free)
            places[name] = where(title, number, columns[name], line.label)
    return FoundRow(cells, places | lost)
