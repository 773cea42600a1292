"""From the bytes of a workbook to the client's tables, the settings, what is wrong and what is worth telling."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from engine.columns import TABLES as COLUMNS
from engine.errors import InputError, Problem
from engine.federal.stock.hundred_thousand_limit import grants
from engine.language.nodes import Kind
from engine.language.table import Table
from engine.records import Client

from ..contents.as_received import FORMAT, MARK, NAME, SETTINGS, TITLE, read_lines
from ..sheets.records.received_sheet import HEADER_ROW
from .answers import read_answers
from .cells import FoundRow, Workpaper, where
from .inputs import YEAR, Found, read_inputs
from .received_or_typed import Received, client_of, settled
from .record_tables import TABLES, read_table
from .xlsx_cells import CellRows, XlsxCells
from .xlsx_package import UnreadableError

CLIENT_NAME: Final = "client_name"
NO_RECEIVED: Final = (
    "The hidden sheet As received is missing or was changed: the records are taken as Exercises and Sales show them, "
    "shares after splits, each sale with its lot. What was typed over formulas cannot be told."
)
GIVEN_UP: Final = (
    "Exercises or Sales were changed in rows that rest on splits.csv or on a sale first in, first out: the records are "
    "taken as the sheets show them now, shares after splits, each sale with its lot."
)


class NotOursError(UnreadableError):
    """A workbook that isobook did not make, or a later isobook."""


@dataclass(frozen=True)
class ReadBack:
    """What a workbook holds: CSV text by table, row and column with the cells it comes from."""

    tables: dict[str, Sequence[FoundRow]]
    settings: dict[str, str]  # name, rounding, tax_method; "" where nothing is given
    problems: list[Problem]  # `column` has sheet, cell and label; `file` and `row` are empty
    notes: list[str]
    received: Client | None  # the client when the workbook was made; None where that is not known
    made_by: str  # the version of isobook that made it; "" where that is not known
    book: XlsxCells
    read: Set[tuple[str, int, int]]  # sheet, row and column of each cell that is an input
    earlier_columns: bool = False  # made before a column of its tables was declared

    def was_read(self, title: str, row: int, column: int) -> bool:
        """Tell whether a cell is an input."""
        return (title, row, column) in self.read


def read_back(data: bytes) -> ReadBack:
    """Read a workbook of ours. Raises UnreadableError, and NotOursError where isobook did not make it."""
    paper = Workpaper(XlsxCells(data))
    title = _received_title(paper.book)
    if not title and not _looks_like_ours(paper.book):
        remedy = "Give a workbook that isobook build made, a client's folder, or a CSV file of exercises."
        raise NotOursError(f"a workbook with the sheets {', '.join(paper.book.titles)[:200]}", remedy)
    received, settings = _received(paper.book, title)
    if received is None:
        paper.notes.append(NO_RECEIVED)
    else:
        paper.later |= _declared_later(paper.book.sheet(title))
    inputs = read_inputs(paper)
    found = {table.sheet: read_table(paper, table, needed=_is_needed(table, received)) for table in TABLES}
    tables, given_up = settled(found, received)
    if given_up:
        paper.notes.append(GIVEN_UP)
    tables["returns"] = _returns(inputs, received)
    tables["answers"] = read_answers(paper, received.rows.get("answers", ()) if received else ())
    taken = {name: inputs.settings.get(name) or settings.get(name, "") for name in SETTINGS}
    taken["name"] = _name(paper, settings)
    made_by = settings.get("isobook", "")
    client = received.client if received else None
    return ReadBack(
        tables, taken, paper.problems, paper.notes, client, made_by, paper.book, paper.read, bool(paper.later)
    )


def _is_needed(table: Table, received: Received | None) -> bool:
    """Tell a sheet that every workbook has, or that this one was made with: Grants is there if there are grants."""
    return table is not grants or bool(received and received.client.grants)


def _looks_like_ours(book: XlsxCells) -> bool:
    """Tell whether the names stand there that every workbook of ours has."""
    return {CLIENT_NAME, "rounding_word", "exercises_exercise_id"} <= book.names.keys()


def _received_title(book: XlsxCells) -> str:
    named = book.names.get(NAME)
    for title in (TITLE, named.title if named else ""):
        if title in book.titles:
            mark = book.sheet(title).get(HEADER_ROW, {}).get(1)
            found = re.fullmatch(rf"{re.escape(MARK)} ([0-9]+)", str(mark.value)) if mark else None
            if found and int(found[1]) > FORMAT:
                raise NotOursError(f"a workbook of format {found[1]}, of a later isobook", "Update isobook.")
            if found:
                return title
    return ""


def _received(book: XlsxCells, title: str) -> tuple[Received | None, dict[str, str]]:
    """The client as received, and the settings beside it."""
    if not title:
        return None, {}
    sheet = book.sheet(title)
    try:
        (settings,) = read_lines(*_column(sheet, 1))
        rows = {
            str(cell.value): _rows(title, sheet, column)
            for column, cell in sheet[HEADER_ROW].items()
            if cell.value in COLUMNS
        }
        client = client_of(rows, **{name: settings[name] for name in SETTINGS})
    except (InputError, csv.Error, ValueError, KeyError, TypeError):
        return None, {}
    return Received(client, rows), settings


def _declared_later(sheet: CellRows) -> set[tuple[str, str]]:
    """The columns, by table, that an earlier isobook did not know: As received names those that it knew."""
    known = {str(cell.value): column for column, cell in sheet[HEADER_ROW].items() if cell.value in COLUMNS}
    names = {table: _column(sheet, column)[0].split(",") for table, column in known.items()}
    return {(table, each.name) for table in names for each in COLUMNS[table] if each.name not in names[table]}


def _column(sheet: CellRows, column: int) -> tuple[str, list[str]]:
    """The line of the columns' names, and the lines below."""
    cells = {row: str(cells[column].value) for row, cells in sorted(sheet.items()) if column in cells}
    return cells.get(HEADER_ROW + 1, ""), [text for row, text in cells.items() if row > HEADER_ROW + 1]


def _rows(title: str, sheet: CellRows, column: int) -> list[FoundRow]:
    header, lines = _column(sheet, column)
    place = where(title, HEADER_ROW + 2, column)
    return [FoundRow(cells, dict.fromkeys(cells, place)) for cells in read_lines(header, lines)]


def _returns(inputs: Found, received: Received | None) -> list[FoundRow]:
    """The returns from the first year through the last one given; years between may be blank."""
    came_in = {row.cells[YEAR]: row for row in received.rows["returns"]} if received else {}
    given = [
        year
        for year, row in inputs.returns.items()
        if str(year) in came_in or any(text for name, text in row.cells.items() if name != YEAR)
    ]
    wanted = [year for year in sorted(inputs.returns) if given and year <= max(given)]
    return [_merged(inputs.returns[year], came_in.get(str(year))) for year in wanted]


def _merged(row: FoundRow, received: FoundRow | None) -> FoundRow:
    """A return as it stands; a figure that is still the one received keeps its digits, and what has no cell stays."""
    if received is None:
        return row
    kept = {
        name: text for name, text in received.cells.items() if name not in row.cells or _same(text, row.cells[name])
    }
    return FoundRow({**row.cells, **kept}, row.places)


def _same(received: str, found: str) -> bool:
    if received == found:
        return True
    try:
        return f"{float(received):.15g}" == f"{float(found):.15g}"
    except ValueError:
        return False


def _name(paper: Workpaper, settings: dict[str, str]) -> str:
    named = paper.book.names.get(CLIENT_NAME)
    if named is None or named.title not in paper.book.titles:
        return settings.get("name", "")
    return paper.text(named.title, *named.first, Kind.TEXT, "Client", free=True)
