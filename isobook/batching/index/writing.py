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
from .workbook import Holds, IndexColumn, IndexSheet, write_book

CLIENT: Final = IndexColumn("client", 26)
SOURCE: Final = IndexColumn("source", 18)
FILE: Final = IndexColumn("file", 30, Holds.FILE)
COLUMNS: Final = (
    *(IndexColumn("state", 17, Holds.STATE), CLIENT, SOURCE, IndexColumn("years", 13)),
    *(IndexColumn("what to do next", 44, Holds.TEXT), IndexColumn("open items", 9, Holds.COUNT)),
    *(IndexColumn("problems", 9, Holds.COUNT), IndexColumn("first problem", 44, Holds.TEXT)),
    *(IndexColumn("needs", 26, Holds.TEXT), IndexColumn("notes", 44, Holds.TEXT)),
    IndexColumn("AMT in all", holds=Holds.AMOUNT),
    *(IndexColumn(f"AMT {year}", holds=Holds.AMOUNT) for year in YEARS),
    *(IndexColumn("credit carried", holds=Holds.AMOUNT), IndexColumn(f"attach {FORM_6251.title}")),
    *(FILE, IndexColumn("sha256", 16, Holds.TEXT)),
)
PROBLEM_COLUMNS: Final = (
    *(CLIENT, SOURCE, FILE, IndexColumn("row", holds=Holds.COUNT), IndexColumn("column", 22)),
    *(IndexColumn("found", 26, Holds.TEXT), IndexColumn("expected", 40, Holds.TEXT)),
    IndexColumn("remedy", 40, Holds.TEXT),
)
STEPS: Final = ("read", "figure", "fill", "encrypt", "write")
TIMING_COLUMNS: Final = ("source", "state", *(f"{step} seconds" for step in STEPS))
FIX: Final = "Correct what the sheet Problems lists, then run again."
MOST_SHOWN: Final = 100_000  # problems in the workbook; problems.csv has all
_ORDER: Final = "order by rank, lower(called), called, source"


def write_index(database: Connection, folder: Path) -> None:
    """Write all four files, each whole or not at all."""
    with _whole(folder / "index.csv") as path:
        _write_csv(path, [column.name for column in COLUMNS], index_rows(database))
    with _whole(folder / "problems.csv") as path:
        _write_csv(path, [column.name for column in PROBLEM_COLUMNS], _problem_rows(database))
    with _whole(folder / "timings.csv") as path:
        _write_csv(path, TIMING_COLUMNS, _timing_rows(database))
    with _whole(folder / "index.xlsx") as path:
        clients = IndexSheet("Clients", COLUMNS, _count(database, "results"), index_rows(database))
        count = min(_count(database, "problems"), MOST_SHOWN)
        problems = IndexSheet("Problems", PROBLEM_COLUMNS, count, _problem_rows(database, count))
        write_book(path, [clients, problems])


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


def _problem_rows(database: Connection, most: int = -1) -> Iterator[list[Any]]:
    query = (
        "select called, results.source, problems.file, problems.row, col, value, expected, remedy "
        "from problems join results on results.source = problems.source "
        "order by rank, lower(called), called, results.source, place limit ?"
    )
    for *rest, value, expected, remedy in database.execute(query, (most,)):
        yield [*rest, value if len(value) <= SHOWN else f"{value[:SHOWN]}…", expected, remedy]


def _timing_rows(database: Connection) -> Iterator[list[Any]]:
    for source, state, text in database.execute("select source, state, seconds from results order by source"):
        seconds = json.loads(text)
        yield [source, state, *(f"{seconds[step]:.6f}" if step in seconds else "" for step in STEPS)]


def _count(database: Connection, table: str) -> int:
    (count,) = database.execute(f"select count(*) from {table}").fetchone()  # noqa: S608  # names of ours
    return int(count)


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
