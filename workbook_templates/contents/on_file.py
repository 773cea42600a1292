"""What stands below the open items: documents that records name, blank cells taken as none, what is not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.clients.item_rows import span
from engine.clients.projection import Projection
from engine.columns import EXERCISES, RETURNS, SALES, EntryColumn
from engine.records import Client

from ..drawing.layout import Shape

MOST: Final = 40  # documents of a table that are named
NAMING: Final = ("exercises", "sales", "grants")  # the tables whose rows name a document

NOT_COVERED: Final = (
    "State minimum taxes, net investment income tax, Additional Medicare Tax, trusts and estates, {and_}"
    "Form 2555{limit}."
)
NO_GRANTS: Final = ", and the $100,000 limit on options first exercisable in a year, for which no grants are on record"


def left_out(shape: Shape) -> str:
    """What is not looked at; the $100,000 limit only where there are no grants to compute it from."""
    limited = bool(shape.grant_rows)
    return NOT_COVERED.format(and_="and " if limited else "", limit="" if limited else NO_GRANTS)


def documents_on_file(client: Client) -> str:
    """The documents in the column doc_ref of each table, each once."""
    found = [part for table in NAMING if (part := _named(client, table))]
    if not found:
        return "No document is named in the records."
    return f"{'  ·  '.join(found)}.  Names as they were given; isobook has not seen the documents."


def _named(client: Client, table: str) -> str:
    names = list(dict.fromkeys(name for row in getattr(client, table) if (name := row.doc_ref)))
    more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return f"{table.capitalize()}: {', '.join(names[:MOST])}{more}" if names else ""


def taken_for_none(projection: Projection) -> str:
    """The columns in which a cell is blank and means none, or the usual word, with their years."""
    by_column: dict[str, list[int]] = {}
    for year, names in projection.taken_as_none.items():
        for name in names:
            by_column.setdefault(name, []).append(year)
    parts = [f"{span(years)}: {'; '.join(names)}" for years, names in _by_years(by_column).items()]
    return f"{'  ·  '.join(parts)}." if parts else "None: every cell is filled in."


def _by_years(by_column: dict[str, list[int]]) -> dict[tuple[int, ...], list[str]]:
    """The columns that are blank in the same years, in words; those of the most years first."""
    found: dict[tuple[int, ...], list[str]] = {}
    for name, years in by_column.items():
        found.setdefault(tuple(years), []).append(name)
    most_first = sorted(found.items(), key=lambda each: -len(each[0]))
    return {years: list(dict.fromkeys(_in_words(names))) for years, names in most_first}


def _in_words(names: list[str]) -> Iterator[str]:
    """What the columns are called; lines of Form 6251 by their numbers."""
    columns = [_column(name) for name in names]
    lines = [each.form_line for each in columns if each.form_line]
    yield from (each.in_sentences for each in columns if not each.form_line)
    if lines:
        yield f"Form 6251 line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"


def _column(name: str) -> EntryColumn:
    return next(table[name] for table in (RETURNS, EXERCISES, SALES) if name in table)
