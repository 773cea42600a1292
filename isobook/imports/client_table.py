"""A table of a client's folder that rows are added to: its own headers, order and separator stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError

from ..files.csv_files import csv_text
from ..sources.client_folder import TABLES
from ..sources.csv_table import CsvTable, read_table
from ..sources.headers import match


@dataclass
class ClientTable:
    """The rows of exercises.csv or sales.csv by column, old and new; what is new, and what was blank and is filled."""

    kind: str
    path: Path
    table: CsvTable | None = None
    places: dict[str, int] = field(default_factory=dict)  # of the columns in the file's header
    rows: list[dict[str, str]] = field(default_factory=list)
    old: int = 0
    filled: int = 0
    corrected: int = 0
    form_3922: bool = False  # the header says that every row is a purchase; a column kind is needed beside other rows

    @classmethod
    def read(cls, folder: Path, kind: str, own: Mapping[str, str]) -> ClientTable:
        """The table as it is, or an empty one. Raises InputError where it cannot be read."""
        found = sorted(path for path in folder.glob("*") if path.name.lower() == f"{kind}.csv")
        if not found:
            return cls(kind, folder / f"{kind}.csv")
        table = read_table(found[0], TABLES[kind].most_rows)
        known = {header: name for header, name in own.items() if name in TABLES[kind].columns or not name}
        matched = match(table, TABLES[kind].known | known, {})
        if matched.problems:
            raise InputError(matched.problems)
        places = {column: place for place, column in matched.columns.items()}
        rows = [{name: row[place] for name, place in places.items() if place < len(row)} for _, row in table.rows]
        if matched.form_3922:
            rows = [row | {"kind": "ESPP"} for row in rows]
        return cls(kind, found[0], table, places, rows, len(rows), form_3922=matched.form_3922)

    @property
    def added(self) -> int:
        """How many rows are new."""
        return len(self.rows) - self.old

    @property
    def changed(self) -> bool:
        """Whether the file must be written."""
        return bool(self.added or self.filled or self.corrected)

    def add(self, cells: Mapping[str, str]) -> None:
        """Add a row."""
        self.rows.append({"kind": "ISO"} | dict(cells) if self.form_3922 else dict(cells))

    def fill(self, row: dict[str, str], cells: Mapping[str, str]) -> dict[str, str]:
        """Fill the cells of a row that are blank; those that were filled are given back. Nothing is overwritten."""
        blank = {name: cell for name, cell in cells.items() if cell and not row.get(name)}
        row |= blank
        self.filled += bool(blank)
        return blank

    def correct(self, row: dict[str, str], cells: Mapping[str, str]) -> dict[str, str]:
        """Put the cells of a corrected form in the place of a row's; what stood there is given back."""
        before = {name: row.get(name, "") for name in cells}
        row |= cells
        self.corrected += 1
        return before

    def text(self) -> str:
        """The file with its new rows: the old ones as they are, columns that are new at the end."""
        assert self.table, "a new table is written by write_tables"
        used = {name for row in self.rows for name, cell in row.items() if cell}
        more = [name for name in TABLES[self.kind].columns.names if name in used - self.places.keys()]
        places = self.places | {name: len(self.table.header) + place for place, name in enumerate(more)}
        header = [*self.table.header, *more]
        lines = [cells for _, cells in self.table.rows] + [[] for _ in range(self.added)]
        for place, (cells, row) in enumerate(zip(lines, self.rows, strict=True)):
            lines[place] = [*cells, *[""] * (len(header) - len(cells))]
            for name, cell in row.items():
                if name in places:
                    lines[place][places[name]] = cell
        return csv_text([header, *lines], self.table.delimiter)
