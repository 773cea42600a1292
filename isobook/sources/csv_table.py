"""A CSV file as header and rows, numbered as a spreadsheet shows them; what is unreadable is refused with its place."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.errors import InputError, Problem

from ..user_files import TABLE, FileLimit, read_bytes

MOST_COLUMNS: Final = 200
DELIMITERS: Final = ",;\t"
SAVE_AGAIN: Final = "Save it again as “CSV UTF-8” (in Excel: Save As, CSV UTF-8)."
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class CsvTable:
    """A header and the rows below it that are not blank, each with the row in which a spreadsheet shows it."""

    file: str
    header_row: int
    header: list[str]
    rows: list[tuple[int, list[str]]]
    delimiter: str


def read_table(path: Path, most_rows: int) -> CsvTable:
    """Read a CSV file in UTF-8 or UTF-16, separated by commas, semicolons or tabs. Raises InputError."""
    text = _text(path.name, read_bytes(path, _of(most_rows)))
    delimiter = _delimiter(text)
    rows: list[tuple[int, list[str]]] = []
    for number, row in _records(path.name, text, delimiter):
        if any(row):
            rows.append((number, row))
        if len(rows) > most_rows + 1:  # the header is one of them
            raise _refusal(
                path.name,
                f"more than {most_rows:,} rows",
                f"at most {most_rows:,} rows per client",
                "Give each client a file of their own.",
            )
    if not rows:
        raise _refusal(path.name, "", "a header row", "Give the file a header row, or remove it.")
    header_row, header = rows[0]
    if len(header) > MOST_COLUMNS:
        raise _refusal(path.name, f"{len(header):,} columns", f"at most {MOST_COLUMNS}", "Remove what is no record.")
    return CsvTable(path.name, header_row, header, rows[1:], delimiter)


def _refusal(file: str, value: str, expected: str, remedy: str, row: int | None = None, column: str = "") -> InputError:
    return InputError([Problem(file, row, column, value, expected, remedy)])


def _of(most_rows: int) -> FileLimit:
    return TABLE._replace(what=f"{TABLE.what} with at most {most_rows:,} rows per client")


def _text(file: str, data: bytes) -> str:
    encoding = "UTF-16" if data.startswith(_UTF_16) else "UTF-8"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row, column = _place(data[: error.start].decode(encoding, "replace"))
        value = f"byte 0x{data[error.start]:02X}"
        raise _refusal(file, value, f"text in {encoding}", SAVE_AGAIN, row, column) from None
    if (position := text.find("\0")) >= 0:
        row, column = _place(text[:position])
        raise _refusal(file, "byte 0x00", "text in UTF-8", SAVE_AGAIN, row, column)
    return text


def _place(before: str) -> tuple[int, str]:
    """The spreadsheet row and the column's header at the end of a text."""
    try:
        rows = list(csv.reader(io.StringIO(before + ".", newline=""), delimiter=_delimiter(before)))
    except csv.Error:
        return before.count("\n") + 1, ""
    header, last = rows[0], rows[-1]
    return len(rows), header[len(last) - 1] if len(rows) > 1 and len(last) <= len(header) else ""


def _delimiter(text: str) -> str:
    """The mark that separates the header's cells: the one it holds most of."""
    lines = (line for line in io.StringIO(text) if any(map(str.isalnum, line)))
    header = re.sub('"[^"]*"', "", next(lines, ""))
    return max(DELIMITERS, key=header.count)


def _records(file: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record without the spaces around its cells. A record may span lines; a spreadsheet counts records."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        remedy = 'Put a value that holds quotation marks in quotation marks, and double those inside: "5"" pipe".'
        raise _refusal(file, str(error), "cells in well-formed CSV", remedy, number + 1) from None
