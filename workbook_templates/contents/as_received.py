"""The client's records as they were received, kept in the workbook: what the tables show is resolved and restated.

Each record is one line of CSV in a cell of the hidden sheet As received, under the line of its columns' names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from engine.columns import TABLES, RecordTable
from engine.columns.blank import Means
from engine.records import LETTERHEAD, Client
from engine.records.record import Record

from ..drawing.layout import Shape

RECEIVED: Final = "received"  # the block of its values
TITLE: Final = "As received"
NAME: Final = "as_received"  # the defined name of its mark, by which a renamed sheet is found
FORMAT: Final = 3  # the layout of the sheets: 1 is that of 0.1.0, 2 of none released; a later one is refused
MARK: Final = "isobook workbook, format"
SETTINGS: Final = ("name", "rounding", "tax_method", "plan", *LETTERHEAD)
INTAKE: Final = "intake"  # beside the settings: the first and last year of an intake workbook
FEW: Final = 16  # cells for records that have no table in the workbook, each with as many lines as need be

ReceivedRows = list[dict[str, str]]


def cells_of(shape: Shape, table: str) -> int:
    """How many cells a table's records have."""
    rows = {"exercises": shape.rows, "sales": shape.sale_rows, "returns": len(shape.years)}
    rows |= {"grants": shape.grant_rows, "w2": shape.w2_rows}
    return rows.get(table) or FEW


def columns_line(table: str) -> str:
    """The names of a table's columns."""
    return csv_line(TABLES[table].names)


def settings_line(*, intake: bool = False) -> str:
    """The names of the settings, and which isobook writes them; of an intake workbook also that it is one."""
    return csv_line((*SETTINGS, "isobook", *((INTAKE,) if intake else ())))


def received_values(client: Client, shape: Shape) -> dict[str, object]:
    """The value of every slot of the sheet."""
    values: dict[str, object] = {"settings": csv_line([*(getattr(client, name) for name in SETTINGS), _version()])}
    for table in TABLES:
        lines = [
            csv_line(map(cell_text, as_given(record, TABLES[table]).values())) for record in getattr(client, table)
        ]
        at_once = -(-len(lines) // cells_of(shape, table)) or 1
        values[table] = ["\n".join(lines[first : first + at_once]) for first in range(0, len(lines), at_once)]
    return values


def intake_values(years: range) -> dict[str, object]:
    """The same of an intake workbook: nothing was received, and its columns are of these years."""
    blank = Client()
    settings = csv_line([*(getattr(blank, name) for name in SETTINGS), _version(), f"{years[0]}-{years[-1]}"])
    return {"settings": settings, **{table: [] for table in TABLES}}


def as_given(record: Record, table: RecordTable) -> dict[str, Any]:
    """The values of a record as they came in: None where the record filled a blank, the word where it dropped one."""
    given = record.model_fields_set
    values = {name: value if name in given else None for name, value in record}
    dropped = (each for each in table if each.blank.means is Means.WORD and each.name in given)
    return values | {each.name: each.blank.word for each in dropped if values[each.name] is None}


@cache
def _version() -> str:
    """The version of isobook, which is looked up in the metadata of the installation."""
    return version("isobook")


def cell_text(value: Any) -> str:
    """A value of a record as CSV text that is read as the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return f"{value.numerator}:{value.denominator}"
    return value.isoformat() if isinstance(value, date) else str(value)


def read_lines(header: str, lines: Iterable[str]) -> ReceivedRows:
    """Records from their lines; csv.Error where they are no CSV."""
    (columns,) = csv.reader(io.StringIO(header, newline=""), strict=True)
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), strict=True)
    return [dict(zip(columns, row, strict=False)) for row in reader if row]


def csv_line(cells: Iterable[str] | Mapping[str, Any] | Sequence[str]) -> str:
    """Cells as one line of CSV, without commas for blank ones at its end."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue().rstrip(",")  # blank columns at the end need no commas
