"""Tables written as CSV files: the columns in their declared order, each file whole or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from engine.columns import TABLES

from .whole_file import CannotWriteError, write_whole

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n|%]")


def write_tables(
    folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]], *, used_only: bool = False
) -> list[Path]:
    """Write tables such as "exercises" into a folder and list the files; one that is there is never overwritten.

    The columns are all that the record has; with `used_only` those that every row needs, and those in use.
    Raises CannotWriteError; then none of them is left behind.
    """
    paths = {table: folder / f"{table}.csv" for table in tables}
    for path in paths.values():
        if path.exists() or path.is_symlink():
            raise CannotWriteError(path, "it is there already", "Give another folder, or move it away.")
    written: list[Path] = []
    try:
        for table, rows in tables.items():
            columns = _used(table, rows) if used_only else TABLES[table].names
            lines = [[row.get(column, "") for column in columns] for row in rows]
            write_whole(paths[table], csv_text([columns, *lines]).encode())
            written.append(paths[table])
    except (CannotWriteError, OSError):
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def _used(table: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    return [each.name for each in TABLES[table] if each.is_needed or any(row.get(each.name) for row in rows)]


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows of cells as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def csv_cell(cell: Any) -> Any:
    """Text on one line that no spreadsheet takes for a formula."""
    if not isinstance(cell, str):
        return cell
    text = "".join(each if each.isprintable() else " " for each in cell)
    return f"'{text}" if _FORMULA.match(text) else text
