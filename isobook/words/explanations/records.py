"""Why a lot or a sale is what it is: each column with its rule, and what it adds to which line of the forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from engine import Projection
from engine.clients.explain import flat, rule, worked
from engine.columns import EXERCISES, SALES, RecordTable
from engine.federal.stock.record_tables import exercises, sales
from engine.federal.years import forms_of
from engine.language.table import Table
from engine.records.identity import excel_key, nearest

from .explained import Addition, Explained, UnknownLineError
from .lines import meets, totals


class RecordKind(StrEnum):
    """What may be asked for in the place of a form."""

    LOT = "lot"
    SALE = "sale"


TABLES: Final[Mapping[RecordKind, tuple[Table, RecordTable]]] = {
    RecordKind.LOT: (exercises, EXERCISES),
    RecordKind.SALE: (sales, SALES),
}
MOST_NAMED: Final = 20  # ids in a message
REASON: Final = "why"  # the reason stands at the head of a record; its rule is the list of all reasons


def kind_of(typed: str) -> RecordKind | None:
    """A lot or a sale where the command names one in the place of a form."""
    word = typed.strip().casefold().removesuffix("s")
    return RecordKind(word) if word in list(RecordKind) else None


def explained(projection: Projection, year: int, kind: RecordKind, typed: str) -> Explained:
    """A lot with the lines of that year, or all sales of a lot in that year. Raises UnknownLineError."""
    if year not in projection.years:
        known = ", ".join(map(str, projection.years))
        raise UnknownLineError(f"{year} is no year of this client. There are: {known}.")
    ids = [row["exercise_id"] for row in projection.lots]
    lot = next((each for each in ids if excel_key(each) == excel_key(typed.strip())), None)
    if lot is None:
        more = f" and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else ""
        there_are = f"There are: {', '.join(ids[:MOST_NAMED])}{more}" if ids else "There is none"
        raise UnknownLineError(f"{typed} is no exercise_id of this client. {there_are}{nearest(typed, ids)}.")
    if kind is RecordKind.LOT:
        return _record(projection, kind, ids.index(lot), year)
    return _sales(projection, year, lot)


def _sales(projection: Projection, year: int, lot: str) -> Explained:
    """The sales of a lot in a year."""
    years = [int(row["year_sold"]) if row["exercise_id"] == lot else None for row in projection.sales]
    if year not in years:
        others = ", ".join(map(str, sorted({each for each in years if each})))
        there_are = f"There are some in: {others}" if others else "No share of it was sold or given away"
        raise UnknownLineError(f"{lot} has no sale in {year}. {there_are}.")
    found = [_record(projection, RecordKind.SALE, row, year) for row, each in enumerate(years) if each == year]
    label = f"{len(found)} sale{'' if len(found) == 1 else 's'} in {year}"
    return Explained("Sales of lot", lot, label, taken=tuple(found), is_record=True)


def _record(projection: Projection, kind: RecordKind, row: int, year: int) -> Explained:
    """One record: its columns in their order, and what it adds to lines of the year."""
    table, typed = TABLES[kind]
    record = {key: values[row] for key, values in projection.records.items() if key.startswith(f"{table.sheet}.")}
    record = {key: _without_zeros(value) for key, value in record.items()}
    cells = {key.partition(".")[2]: value for key, value in record.items()}
    return Explained(
        "Lot" if kind is RecordKind.LOT else "Sale of lot",
        cells["exercise_id"],
        cells[REASON],
        source=_row_of(kind, cells),
        taken=tuple(_columns(table, typed, record)),
        adds=tuple(_additions(projection, table, cells, year)),
        note=_elsewhere(projection, table, cells, year),
        is_record=True,
    )


def _row_of(kind: RecordKind, cells: Mapping[str, Any]) -> str:
    """Which record it is, in words."""
    shares = f"{cells['shares']:,f} shares"
    if kind is RecordKind.LOT:
        return f"{cells['kind']}, {shares}, exercised, delivered or bought on {cells['date_exercised']}"
    return f"{shares}, sold or given away on {cells['date_sold']}"


def _without_zeros(value: Any) -> Any:
    return value.normalize() + 0 if isinstance(value, Decimal) else value


def _columns(table: Table, typed: RecordTable, record: Mapping[str, Any]) -> Iterator[Explained]:
    """What was typed with where it is found, then each computed column; the reason stands above."""
    for line in table.columns:
        name, value, title = line.leaf.line, record[line.key], table.title
        label = flat(line.alone or line.label)
        if line.expression is not None and name != REASON:
            words = worked(line, {}, record, {})
            yield Explained(
                *(title, name, label, value, line.leaf.kind),
                rule=rule(line, {}),
                worked=words,
                cite=line.cite,
                is_column=True,
            )
        elif name in typed and value not in (None, ""):
            source = typed[name].docs_found
            yield Explained(title, name, label, value, line.leaf.kind, source=source, is_column=True)


def _additions(projection: Projection, table: Table, cells: Mapping[str, Any], year: int) -> Iterator[Addition]:
    """The lines of a year that take the record, each with what it takes."""
    forms = forms_of(year, projection.years[year].first)
    for line in forms.order:
        for column, tests in totals(line.expression) if line.expression is not None else ():
            value = cells.get(column.leaf.line)
            if column.leaf.sheet == table.sheet and value and meets(cells, tests):
                title = forms.forms[line.leaf.sheet].title
                yield Addition(year, title, line.number, line.label, value, column.leaf.kind)


def _elsewhere(projection: Projection, table: Table, cells: Mapping[str, Any], year: int) -> str:
    """Say of a record that no line of the year takes where it goes, or that it goes nowhere."""
    if any(_additions(projection, table, cells, year)):
        return ""
    others: Sequence[int] = [each for each in projection.years if any(_additions(projection, table, cells, each))]
    where = f"it goes into lines of {', '.join(map(str, others))}" if others else "nor any other year of this client"
    return f"No line of {year} takes anything of it; {where}." if others else f"No line of {year} takes it, {where}."
