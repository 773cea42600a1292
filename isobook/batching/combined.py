"""Tables of many clients, told apart by a column `client_id`: read once, row by row, into a database on disk.

Each client's rows become the CSV files of one client again; the rows that they were in the whole are kept for messages.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from engine import InputError, Problem
from engine.records.identity import excel_key

from ..sources.client_folder import TABLES
from ..sources.client_toml import NAME as CLIENT_TOML
from ..sources.client_toml import SETTINGS as _SETTINGS
from ..sources.client_toml import ClientSettings as ClientSettings
from ..sources.client_toml import read_settings
from ..sources.csv_table import DELIMITERS, MOST_COLUMNS
from ..sources.headers import plain
from ..user_files import TABLE, first_bytes
from .jobs import ClientRows, Job

CLIENTS: Final = "clients"
COLUMN: Final = "client_id"
LONGEST_ID: Final = 100
_MEANS_CLIENT: Final = frozenset({"clientid", "client", "clientnumber", "clientno"})
_MOST: Final = {**{table: kind.most_rows for table, kind in TABLES.items()}, CLIENTS: 1}
_TABLES_OF_ROWS: Final = """
pragma journal_mode = off; pragma synchronous = off;
create table rows (client text, file text, number int, line blob);
create table spellings (client text, id text, primary key (client, id)) without rowid;
"""


def tables_of_many(path: Path) -> dict[str, Path]:
    """The tables of a source that hold many clients, by name; none where it is no such source."""
    if not path.exists():
        return {}
    if path.is_file():
        return {"exercises": path} if _client_column(_start(path)) is not None else {}
    names = {f"{table}.csv": table for table in _MOST}
    found = {names[file.name.lower()]: file for file in sorted(path.iterdir()) if file.name.lower() in names}
    return found if any(_client_column(_start(file)) is not None for file in found.values()) else {}


def _start(path: Path) -> str:
    """The beginning of a file: its header, if it has one."""
    if not path.is_file():
        return ""
    start = first_bytes(path, 64_000)
    return start.decode(_encoding(start), "replace")


def _encoding(start: bytes) -> str:
    return "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _header_line(text: str) -> str:
    return next((line for line in text.splitlines() if any(map(str.isalnum, line))), "")


def _delimiter(text: str) -> str:
    return max(DELIMITERS, key=re.sub('"[^"]*"', "", _header_line(text)).count)


def _client_column(text: str) -> int | None:
    cells = next(csv.reader([_header_line(text)], delimiter=_delimiter(text)), [])
    return next((place for place, cell in enumerate(cells) if plain(cell) in _MEANS_CLIENT), None)


@dataclass
class Combined:
    """The rows of all clients on disk. Raises InputError where a table cannot be told apart."""

    tables: dict[str, Path]
    spill: Path
    headers: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)  # of clients.csv
    settings: ClientSettings = field(default_factory=ClientSettings)

    def __post_init__(self) -> None:
        self.database = sqlite3.connect(self.spill)
        self.database.executescript(_TABLES_OF_ROWS)
        problems: list[Problem] = []
        shared = next(iter(self.tables.values())).parent / CLIENT_TOML
        if len(self.tables) > 1 or self.tables.keys() != {"exercises"}:
            self.settings = read_settings(shared if shared.is_file() else None, problems)
        for table, path in self.tables.items():
            try:
                self._take_in(table, path)
            except InputError as error:
                problems += error.problems
        self.database.execute("create index of_client on rows (client, file)")
        self.database.commit()
        if problems:
            raise InputError(problems)

    def close(self) -> None:
        """Remove the rows from the disk."""
        self.database.close()
        self.spill.unlink(missing_ok=True)

    def jobs(self) -> Iterator[Job]:
        """Every client, without the rows."""
        for client, spellings in self.database.execute(
            "select client, json_group_array(id) from spellings group by client order by client"
        ):
            ids = sorted(json.loads(spellings))
            yield Job(ids[0], refusals=list(self._refusals(client, ids)))

    def with_rows(self, job: Job) -> dict[str, ClientRows]:
        """The client's share of each table."""
        client = _key(job.source)
        parts = {f"{table}.csv": part for table in TABLES if (part := self._part(client, table))}
        return {**parts, CLIENT_TOML: ClientRows(self._toml(job.source, client), ())}

    def _take_in(self, table: str, path: Path) -> None:
        """One pass over a table; a byte that is no text stays with its client."""
        start = _start(path)
        place, delimiter = _client_column(start), _delimiter(start)
        if place is None:
            raise _refusal(path, 1, COLUMN, "", f"a column {COLUMN}, as in the other tables", "Add the column.")
        limit = csv.field_size_limit(TABLE.most_bytes)
        number = 0
        try:
            with path.open(encoding=_encoding(first_bytes(path, 2)), errors="surrogateescape", newline="") as file:
                for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1):
                    self._take_row(table, path, place, delimiter, number, row)
        except csv.Error as error:
            remedy = 'Put a value that holds quotation marks in quotation marks, and double those inside: "5"" pipe".'
            raise _refusal(path, number + 1, "", str(error), "cells in well-formed CSV", remedy) from None
        except UnicodeError:
            raise _refusal(path, number + 1, "", "other bytes", "text in UTF-8 or UTF-16", "Save it again.") from None
        finally:
            csv.field_size_limit(limit)

    def _take_row(self, table: str, path: Path, place: int, delimiter: str, number: int, row: list[str]) -> None:
        if not any(cell.strip() for cell in row):
            return
        line = _line([*row[:place], *row[place + 1 :]], delimiter)
        if table not in self.headers:
            if len(row) > MOST_COLUMNS:
                raise _refusal(path, number, "", f"{len(row):,} columns", f"at most {MOST_COLUMNS}", "Remove some.")
            self.headers[table] = line
            if table == CLIENTS:
                self.columns = _settings(path, number, [*row[:place], *row[place + 1 :]])
            return
        identifier = row[place].strip() if place < len(row) else ""
        client = _key(identifier)
        text = line.encode("utf-8", "surrogateescape")
        self.database.execute("insert into rows values (?, ?, ?, ?)", (client, table, number, text))
        self.database.execute("insert or ignore into spellings values (?, ?)", (client, _shown(identifier)))

    def _refusals(self, client: str, ids: list[str]) -> Iterator[Problem]:
        """What keeps rows from being a client's."""
        if client == _key(""):
            query = "select file, min(number), count(*) from rows where client = ?"
            file, row, count = self.database.execute(query, (client,)).fetchone()
            value = "" if count == 1 else f"{count:,} rows without one, this the first"
            yield Problem(f"{file}.csv", row, COLUMN, value, "the client's id in each row", "Fill in the cells.")
        elif len(ids) > 1:
            expected = "one spelling: Excel holds these to be equal"
            yield Problem("", None, COLUMN, " and ".join(ids[:4]), expected, "Spell it alike in all tables.")
        rows = self.database.execute("select number from rows where client = ? and file = ?", (client, CLIENTS))
        for (number,) in rows.fetchall()[1:]:
            yield Problem(f"{CLIENTS}.csv", number, COLUMN, ids[0], "one row per client", "Remove one of the rows.")

    def _part(self, client: str, table: str) -> ClientRows | None:
        rows = self.database.execute(
            "select number, line from rows where client = ? and file = ? order by rowid limit ?",
            (client, table, _MOST[table] + 2),
        ).fetchall()
        header = self.headers.get(table, "").encode("utf-8", "surrogateescape")
        return (
            ClientRows(b"".join([header, *(line for _, line in rows)]), [number for number, _ in rows])
            if rows
            else None
        )

    def _toml(self, source: str, client: str) -> bytes:
        """The client's own settings over those for all."""
        values = {name: getattr(self.settings, name) for name in _SETTINGS} | {"name": source}
        if part := self._part(client, CLIENTS):
            text = io.StringIO(part.content.decode("utf-8", "replace"), newline="")
            _, *rows = csv.reader(text, delimiter=_delimiter(self.headers[CLIENTS]))
            values |= {name: cell.strip() for name, cell in zip(self.columns, rows[0], strict=False) if cell.strip()}
        lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
        columns = [f"{_quoted(header)} = {_quoted(column)}" for header, column in self.settings.columns.items()]
        return "\n".join([*lines, "[columns]", *columns, ""]).encode()


def _settings(path: Path, number: int, header: list[str]) -> list[str]:
    """What the columns of clients.csv beside the id are."""
    known = {plain(name): name for name in _SETTINGS}
    for each in header:
        if plain(each) not in known:
            raise _refusal(
                path, number, each, each, f"{COLUMN}, {', '.join(_SETTINGS)}", "Correct or remove the column."
            )
    return [known[plain(each)] for each in header]


def _key(identifier: str) -> str:
    return repr(excel_key(_shown(identifier)))


def _shown(identifier: str) -> str:
    """The id as text that can be stored and shown, still another one for another id."""
    text = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in identifier)
    return text if len(text) <= LONGEST_ID else f"{text[:80]}…{sha256(text.encode()).hexdigest()[:16]}"


def _line(cells: list[str], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _refusal(path: Path, row: int | None, column: str, value: str, expected: str, remedy: str) -> InputError:
    return InputError([Problem(path.name, row, column, value, expected, remedy)])
