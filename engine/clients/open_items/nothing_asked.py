"""Blank cells about which nothing is asked: what was taken for them is declared with their columns, and listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from ...columns import EXERCISES, RETURNS, SALES, EntryColumn, RecordTable
from ...columns.blank import Means
from ...language.lines import Line
from ...language.nodes import Kind, Leaf
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines
from ...records.record import Record
from .computed import ComputedClient
from .item import OpenItem

SILENT: Final = (Means.NONE, Means.WORD, Means.THE_SAME)


def taken_as_none(computed: ComputedClient, items: Iterable[OpenItem]) -> Mapping[int, list[str]]:
    """By year, the columns in which some row is blank and counts as none: "line_2g", "vest_date".

    Exercises are listed in the year in which they are measured, sales in the year of sale.
    """
    asked = {(each.finding.table, each.finding.row, each.finding.column) for each in items}
    found: dict[int, dict[str, None]] = {year: {} for year in computed.years}
    for table, year, place, row in _rows(computed):
        for column in table:
            if row is not None and column.name in row.model_fields_set:
                continue
            # An entry that replaces what is carried or made: a blank is none of these, and the computed figure stands.
            silent = column.blank.means in SILENT or column.replaces or _comes_to_none(column, computed, year)
            if silent and (table.name, place, column.name) not in asked:
                found.setdefault(year, {})[column.name] = None
    return {year: list(names) for year, names in sorted(found.items())}


def _comes_to_none(column: EntryColumn, computed: ComputedClient, year: int) -> bool:
    """Whether what is worked out for a blank of a return is none."""
    if column.blank.none_when is None:
        return False
    return bool(_none_when(column.name)(computed.years[year].figures, {})["asked.none"])


@cache
def _none_when(column: str) -> Figure:
    condition = RETURNS[column].blank.none_when
    return compile_lines([Line(Leaf("asked", "none", kind=Kind.FLAG), "", "", condition)], AMOUNTS)


def _rows(computed: ComputedClient) -> Iterator[tuple[RecordTable, int, int | None, Record | None]]:
    for year in computed.years:
        yield RETURNS, year, computed.rows.get(year), computed.returns.get(year)
    for place, (lot, columns) in enumerate(zip(computed.client.exercises, computed.lots, strict=True), 1):
        yield EXERCISES, int(columns["exercises.year_included"]), place, lot
    for place, sale in enumerate(computed.client.sales, 1):
        yield SALES, sale.date_sold.year, place, sale
