"""What a night leaves for people: index.xlsx and index.csv, problems.csv and timings.csv, written row by row.

The first three are the same bytes for the same clients; how long things took stands in timings.csv alone.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from secrets import token_hex
from sqlite3 import Connection
from typing import Any, Final

from engine.errors import SHOWN
from engine.federal.forms.form_6251 import FORM_6251
from engine.filing import YEARS

from ...files.csv_files import csv_cell
from ..jobs import PREFIX
from .row import ORDER
from .sheets import index_sheets
from .workbook import write_book

COLUMNS: Final = (  # of index.csv, for programs
    *(
        "state",
        "client",
        "source",
        "years",
        "what to do next",
        "open items",
        "problems",
        "first problem",
        "needs",
        "notes",
    ),
    "AMT in all",
    *(f"AMT {year}" for year in YEARS),
    *("credit carried", f"attach {FORM_6251.title}", "file", "sha256"),
)
PROBLEM_COLUMNS: Final = ("client", "source", "file", "row", "column", "found", "expected", "remedy")
STEPS: Final = ("read", "figure", "fill", "encrypt", "write")
TIMING_COLUMNS: Final = ("source", "state", *(f"{step} seconds" for step in STEPS))
FIX: Final = "Correct what the sheet Problems lists, then run again."
_ORDER: Final = "order by rank, lower(called), called, source"


def write_index(database: Connection, folder: Path) -> None:
    """Write all four files, each whole or not at all."""
    with _whole(folder / "index.csv") as path:
        _write_csv(path, COLUMNS, index_rows(database))
    with _whole(folder / "problems.csv") as path:
        _write_csv(path, PROBLEM_COLUMNS, _problem_rows(database))
    with _whole(folder / "timings.csv") as path:
        _write_csv(path, TIMING_COLUMNS, _timing_rows(database))
    with _whole(folder / "index.xlsx") as path:
        write_book(path, index_sheets(database))


def index_rows(database: Connection) -> Iterator[list[Any]]:
    """A row per client, those that need a person first."""
    query = f"select rank, called, source, row, file, sha256, notes, problems, first_problem from results {_ORDER}"  # noqa: S608  # words of ours
    for rank, called, source, text, file, sha256, notes, problems, first in database.execute(query):
        row = json.loads(text)
        amt = row.get("amt", {})
        yield [
            *(ORDER[rank].value, called, source, row.get("years", "")),
            *(row.get("to_do") or FIX, row.get("open_items"), problems, first),
            *(row.get("needs", ""), notes, _amount(row.get("amt_total"))),
            *(_amount(amt.get(str(year))) for year in YEARS),
            *(_amount(row.get("credit")), row.get("attach", ""), file, sha256),
        ]


def _problem_rows(database: Connection) -> Iterator[list[Any]]:
    query = (
        "select called, results.source, problems.file, problems.row, col, value, expected, remedy "
        "from problems join results on results.source = problems.source "
        "order by rank, lower(called), called, results.source, place"
    )
    for *rest, value, expected, remedy in database.execute(query):
        yield [*rest, value if len(value) <= SHOWN else f"{value[:SHOWN]}…", expected, remedy]


def _timing_rows(database: Connection) -> Iterator[list[Any]]:
    for source, state, text in database.execute("select source, state, seconds from results order by source"):
        seconds = json.loads(text)
        yield [source, state, *(f"{seconds[step]:.6f}" if step in seconds else "" for step in STEPS)]


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([csv_cell(cell) for cell in row] for row in rows)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A path to write to, which takes its place when it is done."""
    part = path.with_name(f"{PREFIX}{token_hex(8)}.tmp")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
