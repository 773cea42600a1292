"""The hidden sheet As received of a workbook that comes back: the client that it was made of, and its layout."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping

from engine.columns import TABLES as COLUMNS
from engine.errors import InputError

from ..contents.as_received import FORMAT, INTAKE, MARK, NAME, SETTINGS, TITLE, read_lines
from ..sheets.records.received_sheet import HEADER_ROW
from .cells import FoundRow, where
from .received_or_typed import Received, client_of
from .xlsx_cells import CellRows, XlsxCells
from .xlsx_package import UnreadableError


class NotOursError(UnreadableError):
    """A workbook that isobook did not make, or a later isobook."""


def received_title(book: XlsxCells) -> tuple[str, int]:
    """The sheet with the records as received, and the number of the layout; "" and 0 without one."""
    named = book.names.get(NAME)
    for title in (TITLE, named.title if named else ""):
        if title in book.titles:
            mark = book.sheet(title).get(HEADER_ROW, {}).get(1)
            found = re.fullmatch(rf"{re.escape(MARK)} ([0-9]+)", str(mark.value)) if mark else None
            if found and int(found[1]) > FORMAT:
                raise NotOursError(f"a workbook of format {found[1]}, of a later isobook", "Update isobook.")
            if found:
                return title, int(found[1])
    return "", 0


def received_of(book: XlsxCells, title: str) -> tuple[Received | None, dict[str, str]]:
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
        client = client_of(rows, **{name: settings[name] for name in SETTINGS if name in settings})
    except (InputError, csv.Error, ValueError, KeyError, TypeError):
        return None, {}
    return Received(client, rows), settings


def intake_years(settings: Mapping[str, str]) -> range | None:
    """The years of an intake workbook, by what stands beside the settings; None of any other workbook."""
    found = re.fullmatch("([0-9]{4})-([0-9]{4})", settings.get(INTAKE, ""))
    return range(int(found[1]), int(found[2]) + 1) if found else None


def declared_later(sheet: CellRows) -> set[tuple[str, str]]:
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
