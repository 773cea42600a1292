"""CSV files and workbooks as tables of text, bounded in size; what cannot be read is refused with the reason."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from engine.errors import InputError, Problem

from ..sources.csv_table import MOST_COLUMNS, CsvTable, read_table
from .workbook_bounds import too_large

MOST_ROWS: Final = 5_000
MOST_SHEETS: Final = 20
_EARLY_DAY: Final = re.compile(r"19[0-4][0-9]-[0-9]{2}-[0-9]{2}")  # later ones are real days, not 18,000 dollars
_LEAP: Final = date(1900, 2, 28)  # Excel counts a February 29, 1900: two of its day numbers are one day here


def tables_of(path: Path, data: bytes) -> list[CsvTable]:
    """The tables of a CSV file or of the sheets of a workbook. Raises InputError."""
    if data.startswith(b"PK"):
        return list(_sheets(path.name, data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(path.name, "an old workbook (.xls)", "an .xlsx workbook", SAVE_XLSX)
    return [read_table(path, MOST_ROWS)]


SAVE_XLSX: Final = "Open it in the spreadsheet program and save it as .xlsx, or as CSV UTF-8."


def refusal(file: str, value: str, expected: str, remedy: str) -> InputError:
    """The one problem of a whole file."""
    return InputError([Problem(file, None, "", value, expected, remedy)])


def _sheets(file: str, data: bytes) -> Iterator[CsvTable]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            why = too_large(packed, MOST_ROWS)
        if why:
            expected = f"a download of at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            raise refusal(file, why, expected, "Copy the rows into a new workbook, or save the sheet as CSV UTF-8.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets[:MOST_SHEETS]:
            name = file if len(book.worksheets) == 1 else f"{file} [{sheet.title}]"
            if table := _table(name, sheet):
                yield table
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged workbook makes openpyxl raise whatever it stumbles on
        reason = f"a file that is no workbook, or a damaged one ({type(error).__name__})"
        raise refusal(file, reason, "an .xlsx workbook", SAVE_XLSX) from None


def _table(name: str, sheet: Any) -> CsvTable | None:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS + 1, values_only=True), 1):
        row = [_text(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            expected = f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            raise refusal(name, "a larger sheet", expected, "Remove what is no record.")
        rows.append((number, row))
    return CsvTable(name, *rows[0], rows[1:], ",") if rows else None


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV file: numbers with the 15 digits that a spreadsheet keeps, days as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return str(cell).strip()


def amount_text(text: str) -> str:
    """A price that the sheet formats as a date, as E*TRADE's do, is the number behind it; other text stays.

    Between 59 and 61 the number cannot be told from its date: such text stays, and is refused as no amount.
    """
    if not _EARLY_DAY.match(text):
        return text
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return text
    if day.date() == _LEAP:
        return text
    number: float = to_excel(day)  # type: ignore[no-untyped-call]
    return f"{round(number, 6):.15g}"
