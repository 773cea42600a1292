"""Where a cell of a record stands in the source: the file and its row, or the sheet and cell of a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from workbook_templates.read_back.cells import FoundRow

_SPELLED: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]+\$?[0-9]+)")

SHEETS: Final = {  # where a workbook holds what a file does
    "exercises.csv": "the sheet Exercises",
    "sales.csv": "the sheet Sales",
    "returns.csv": "the sheet Inputs",
    "grants.csv": "the sheet Grants",
    "answers.csv": "the sheet Open items",
    "splits.csv": "the sheet Splits",
    "w2.csv": "the sheet W-2",
}


class CellPlace(NamedTuple):
    """A place as a message names it; what is not known is None. The row counts from 1, as spreadsheets show it."""

    file: str | None = None
    row: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{self.file}, row {self.row}" if self.row else self.file or ""


@dataclass(frozen=True)
class SourcePlaces:
    """The places of all records of a source, by table; `rows` are a workbook's, `numbers` those of files."""

    files: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    workbook: str = ""
    rows: Mapping[str, Sequence[FoundRow]] = field(default_factory=dict)

    def said(self, words: str) -> str:
        """Words that name files as those of a workbook name its sheets."""
        return in_workbook(words) if self.workbook else words

    def at(self, table: str, row: int | None, column: str) -> CellPlace:
        """The place of a column in a table's row, from 1; without a row that of the table."""
        if not table:
            return CellPlace()
        if self.workbook:
            return self._in_workbook(table, row, column)
        numbers = self.numbers.get(table, ())
        known = row is not None and row <= len(numbers)
        return CellPlace(self.files.get(table, f"{table}.csv"), numbers[row - 1] if known and row else None)

    def _in_workbook(self, table: str, row: int | None, column: str) -> CellPlace:
        rows = self.rows.get(table, ())
        places = rows[row - 1].places if row is not None and row <= len(rows) else {}
        found = _SPELLED.match(places.get(column, ""))
        if not found:
            return CellPlace(self.workbook)
        sheet = found[1].replace("''", "'") if found[1] else found[2]
        return CellPlace(self.workbook, sheet=sheet, cell=found[3])


def in_workbook(words: str) -> str:
    """The words with sheets in the place of files."""
    for file, sheet in SHEETS.items():
        words = words.replace(file, sheet)
    return words
