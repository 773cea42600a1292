"""The tables of docs/file-formats.md as the columns have them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.columns import EntryColumn, RecordTable

PAGE = "docs/file-formats.md"
HEAD = "| column | unit | what it is | where it is found |\n|---|---|---|---|\n"


def documented(table: RecordTable) -> str:
    """One row a column, those that every row needs in bold."""
    return HEAD + "".join(f"{_row(column)}\n" for column in table)


def _row(column: EntryColumn) -> str:
    name = f"**`{column.name}`**" if column.is_needed else f"`{column.name}`"
    cells = (name, column.shown_unit, column.docs, column.docs_found)
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def with_tables(text: str, tables: Iterable[RecordTable]) -> str:
    """The page with each table under the heading of its file; ValueError for a file without one."""
    for table in tables:
        before, heading, section = text.partition(f"## {table.name}.csv\n")
        above, head, rows = section.partition(HEAD)
        if not head or "\n## " in above:
            raise ValueError(f"{PAGE} has no table of columns under ## {table.name}.csv")
        below = rows[rows.index("\n\n") + 1 :]
        text = f"{before}{heading}{above}{documented(table)}{below}"
    return text
