"""The columns of the client's tables as entries of the tables of records."""

from __future__ import annotations

from ..language.expressions import FACES, Some
from ..language.table import Table
from .column import EntryColumn, RecordTable


def typed(table: Table, column: EntryColumn, face: type[Some]) -> Some:
    """Add a column that comes with the record; its value is read through `face`."""
    return table.entry(column.name, column.label, face, column.kind, choices=column.words)


def all_others(table: Table, columns: RecordTable) -> None:
    """Add the columns that the sheet shows and that no expression reads."""
    declared = {line.leaf.line for line in table.columns}
    for column in columns:
        if column.label and column.name not in declared:
            typed(table, column, FACES[column.kind])
