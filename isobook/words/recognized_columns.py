"""Which columns of a client's files were recognized, and under what headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.columns import TABLES as COLUMNS
from workbook_templates.read_back import ReadBack
from workbook_templates.read_back.cells import FoundRow

from ..sources.client_folder import TABLES
from ..sources.client_toml import NAME as CLIENT_TOML
from ..sources.client_toml import read_settings
from ..sources.csv_table import read_table
from ..sources.headers import match, plain


class RecognizedTable(NamedTuple):
    """A file, how many rows it has, the header of each column that it fills, and how many are blank in every row."""

    file: str
    rows: int
    columns: dict[str, str]
    blank: int = 0

    def __str__(self) -> str:
        spelled = ", ".join(
            column if plain(column) == plain(header) else f"{column} (“{header}”)"
            for column, header in self.columns.items()
        )
        count = f"{self.file}: {self.rows:,} row{'' if self.rows == 1 else 's'}"
        blank = f"; {self.blank} blank column{'' if self.blank == 1 else 's'}" if self.blank else ""
        return f"{count}; columns {spelled}{blank}" if self.rows else count


def recognized(source: Path, found: ReadBack | None = None) -> Iterator[RecognizedTable]:
    """The tables of a source that `open_source` has taken; `found` is what it read of a workbook."""
    if found is not None:
        for table, rows in found.tables.items():
            if rows:
                yield RecognizedTable(f"{source.name}, {table}", len(rows), _filled(table, rows))
        return
    if source.is_file():
        yield _columns(source, "exercises", {})
        return
    files = {file.name.lower(): file for file in source.iterdir()}
    own = read_settings(files.get(CLIENT_TOML), []).columns
    for table, kind in TABLES.items():
        if file := files.get(f"{table}.csv"):
            yield _columns(file, table, {header: name for header, name in own.items() if name in kind.columns})


def _filled(table: str, rows: Sequence[FoundRow]) -> dict[str, str]:
    """The columns that hold anything in any row, under their own names: a row as received ends with its last cell."""
    return {name: name for name in COLUMNS[table].names if any(row.cells.get(name) for row in rows)}


def _columns(file: Path, table: str, own: dict[str, str]) -> RecognizedTable:
    read = read_table(file, TABLES[table].most_rows)
    matched = match(read, TABLES[table].known | own, {})
    used = {
        matched.columns[place]
        for _, row in read.rows
        for place, cell in enumerate(row)
        if cell and place in matched.columns
    }
    spelled = {column: header for column, header in matched.spelled.items() if column in used}
    return RecognizedTable(file.name, len(read.rows), spelled, len(matched.spelled) - len(spelled))
