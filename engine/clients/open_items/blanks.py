"""Blank cells, by what their columns declare: what was taken in their place, where a person is to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from ...columns import EXERCISES, RETURNS, SALES, TABLES, EntryColumn, ItemKind, RecordTable, Why
from ...columns.blank import Means
from ...language.lines import Line
from ...language.nodes import Kind, Leaf
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines
from ...records.record import Record
from ..in_sentences import in_words, shares_in_words
from .computed import ComputedClient
from .item import Finding, Reversal


def blank_cells(computed: ComputedClient) -> Iterator[Finding]:
    """The blank cells of all tables about which a person is asked."""
    yield from _of_returns(computed)
    yield from _of_exercises(computed)
    yield from _of_sales(computed)


def _of_returns(computed: ComputedClient) -> Iterator[Finding]:
    for year, result in computed.years.items():
        row = computed.returns.get(year)
        place = computed.rows.get(year)
        for column in _asked(RETURNS, row, result.figures):
            needed = column.name in result.missing
            kind = ItemKind.MISSING if needed else column.blank.kind
            why = Why.BLANK if needed else column.blank.why
            yield _finding(
                RETURNS, column, f"{year}", row, kind=kind, why=why, row=place, year=year, needs_entry=needed
            )


def _of_exercises(computed: ComputedClient) -> Iterator[Finding]:
    for place, (record, columns) in enumerate(zip(computed.client.exercises, computed.lots, strict=True), 1):
        for column in _asked(EXERCISES, record, columns):
            yield _finding(
                EXERCISES,
                column,
                f"Exercise {record.exercise_id}",
                record,
                row=place,
                record=record.exercise_id,
                year=int(columns["exercises.year_included"]),
                years=computed.years_of_lot(place),
            )


def _of_sales(computed: ComputedClient) -> Iterator[Finding]:
    """A sale out of several lots is asked about once."""
    told: set[tuple[int, str]] = set()
    for piece, columns in zip(computed.client.resolved.sales, computed.sold, strict=True):
        record = computed.client.sales[piece.row - 1]
        shares = shares_in_words(record.shares)
        for column in _asked(SALES, record, columns):
            if (piece.row, column.name) not in told:
                told.add((piece.row, column.name))
                yield _finding(
                    SALES,
                    column,
                    f"Sale of {shares} of {piece.exercise_id} on {in_words(record.date_sold)}",
                    record,
                    row=piece.row,
                    record=piece.exercise_id,
                    year=int(columns["sales.year_sold"]),
                )


def _asked(table: RecordTable, record: Record | None, known: Mapping[str, Any]) -> Iterator[EntryColumn]:
    """The columns of a row that are blank and asked about."""
    given = record.model_fields_set if record is not None else frozenset()
    blank = [column for column in _askable(table.name) if column.name not in given]
    if blank:
        asked = _conditions(table.name)(known, {})
        yield from (column for column in blank if asked[f"asked.{column.name}"])


@cache
def _askable(table: str) -> tuple[EntryColumn, ...]:
    """The columns of a table whose blanks may be asked about."""
    return tuple(column for column in TABLES[table] if column.blank.asked is not None)


@cache
def _conditions(table: str) -> Figure:
    """One function for when each column of a table is asked about, from the figures of its row."""
    lines = [Line(Leaf("asked", column.name, kind=Kind.FLAG), "", "", column.blank.asked) for column in _askable(table)]
    return compile_lines(lines, AMOUNTS)


def _finding(table: RecordTable, column: EntryColumn, of: str, cells: Record | None, **more: Any) -> Finding:
    needed = more.get("needs_entry")
    taken = None if needed else _taken(table, column, cells)
    name = column.in_sentences
    told = f" needs an entry: {name}." if needed else f": {name} {_told(table, column, taken)}"
    return Finding(
        rule=column.name,
        what=f"{of}{told}",
        table=table.name,
        column=column.name,
        taken=taken,
        ask=column.ask,
        document=column.document or column.docs_found,
        reversal=_reversal(column),
        **({"kind": column.blank.kind, "why": column.blank.why} | more),
    )


def _taken(table: RecordTable, column: EntryColumn, record: Record | None) -> str | None:
    """What stands in the place of a blank cell; None where nothing does."""
    match column.blank.means:
        case Means.THE_SAME:
            value = getattr(record, column.blank.column, None)
            other = table[column.blank.column]
            return shown(value, column.kind) if value is not None else _taken(table, other, record)
        case Means.WORD:
            return column.blank.word
        case Means.NONE:
            return "none"
    return None


def _told(table: RecordTable, column: EntryColumn, taken: str | None) -> str:
    match column.blank.means:
        case Means.THE_SAME:
            other, is_dollars = table[column.blank.column].in_sentences, column.kind in (Kind.MONEY, Kind.PRICE)
            told = f"${taken}".replace("$-", "-$") if is_dollars else taken
            return f"is blank, so {other}, {told}, is taken."
        case Means.WORD:
            return f"is blank, so {column.blank.word} is taken."
        case Means.NONE:
            return "is blank, so none is taken."
        case Means.COMPUTED:
            return f"is not entered; taken: {column.blank.told}."
    return "is not entered."


def shown(value: object, kind: Kind) -> str:
    """A value as an item shows it: dollars with cents, a price with all its places, other values as they are."""
    if not isinstance(value, Decimal):
        return str(value)
    exact = f"{value.normalize():,f}"
    cents = f"{value:,.2f}"
    whole = kind is Kind.MONEY or (kind is Kind.PRICE and len(exact) < len(cents))
    return cents if whole else exact


def _reversal(column: EntryColumn) -> Reversal | None:
    """Of an amount that is taken from another column: none."""
    if column.blank.means is Means.THE_SAME and column.kind is Kind.MONEY:
        return Reversal("If there is none", {column.name: 0})
    return None
