"""Helpers of the tests of `isobook import`."""

import csv
from pathlib import Path

from openpyxl import Workbook

from engine.errors import InputError, Problem
from isobook.imports import Reading, read_file
from isobook.imports.layouts.etrade import OptionsAre

CASES = Path(__file__).parent / "cases" / "imports"
EXAMPLES = Path(__file__).parents[1] / "examples" / "broker-files"
GAINS = EXAMPLES / "gains-and-losses.csv"


def read_one(path: Path, own: dict[str, str] | None = None, options_are: OptionsAre | None = None) -> Reading:
    """The one reading of a file that is in order."""
    (reading,) = read_file(path, own or {}, options_are)
    assert reading.problems == [], "\n".join(map(str, reading.problems))
    return reading


def problems_of(path: Path, own: dict[str, str] | None = None, options_are: OptionsAre | None = None) -> list[Problem]:
    """The problems of a file that must be refused."""
    try:
        found = [problem for reading in read_file(path, own or {}, options_are) for problem in reading.problems]
    except InputError as error:
        found = list(error.problems)
    assert found
    return found


def rows_of(path: Path) -> list[list[str]]:
    """A CSV file's cells."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_csv(path: Path, rows: list[list[str]]) -> Path:
    """Cells as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: list[list[object]], formats: dict[tuple[int, int], str] | None = None) -> Path:
    """Cells as a workbook; number formats by row and column from 1."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "G&L_Expanded"
    for row in rows:
        sheet.append(row)
    for (row_number, column), number_format in (formats or {}).items():
        sheet.cell(row_number, column).number_format = number_format
    book.save(path)
    return path


def changed(column: str, row: int, cell: str) -> list[list[str]]:
    """The E*TRADE example with one cell changed; rows count as a spreadsheet shows them."""
    rows = rows_of(GAINS)
    rows[row - 1][rows[0].index(column)] = cell
    return rows
