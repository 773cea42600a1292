"""What As received knows and the sheets show no more: rows and years that are gone, and data under foreign headers.

A row that a person deleted may be meant, or a slip of the keyboard: nobody can tell. So each is told by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations
from typing import Any, Final

from engine.clients.projection import Projection
from engine.columns import RETURNS
from engine.columns import TABLES as COLUMNS
from engine.errors import Problem
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_of
from engine.language.lines import Line
from engine.language.roles import Role
from engine.language.table import Table

from ..sheets.records.exercises_sheet import EXERCISES
from ..sheets.records.grants_sheet import GRANTS
from ..sheets.records.sales_sheet import SALES
from .cells import FoundRow, plain_label
from .record_partners import RecordKey, as_one, changed, unchanged
from .record_tables import TABLES, entries

WITH_A_ROW: Final = {spec.table.sheet: spec.goes_with for spec in (EXERCISES, SALES, GRANTS)}  # what goes with it
AGAIN: Final = "If nobody meant to delete it, undo that, or type it again; the hidden sheet As received has it."
INPUTS: Final = "Inputs"
YEAR: Final = "tax_year"


@dataclass
class Compared:
    """What is told of the records beside those received."""

    gone: list[Problem] = field(default_factory=list)  # a note by itself, a problem where the client is refused
    notes: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """One sentence each."""
        gone = (f"{each.column}: {each.expected} is gone, and was left out. {each.remedy}" for each in self.gone)
        return [*gone, *self.notes]


def compare_rows(
    made: Mapping[str, Sequence[RecordKey]], now: Mapping[str, Sequence[RecordKey]], projection: Projection
) -> Compared:
    """Compare the rows of each table that could be read with those that the workbook showed when it was made."""
    found = Compared()
    for table in (each for each in TABLES if each.sheet in now):
        stayed = unchanged(made[table.sheet], now[table.sheet])
        edited = changed(made[table.sheet], now[table.sheet], stayed)
        there = {*stayed.values(), *edited.values()}
        for place in (place for place in range(len(made[table.sheet])) if place not in there):
            found.gone.append(_row_gone(table, place, made[table.sheet][place], projection))
        labels = [line.label_alone for line in entries(table)]
        pairs = [(made[table.sheet][was], now[table.sheet][place]) for place, was in edited.items()]
        found.notes += _moved(table.title, labels, pairs)
    return found


def compare_years(
    received: Iterable[FoundRow], now: Mapping[int, FoundRow], projection: Projection, found: Compared
) -> None:
    """Add the years that Inputs shows no more, and figures that stand in another year or row than received."""
    names = [each.name for each in RETURNS if each.label]
    came_in = {int(row.cells[YEAR]): tuple(as_one(row.cells.get(name, "")) for name in names) for row in received}
    stand = {year: tuple(as_one(row.cells.get(name, "")) for name in names) for year, row in now.items()}
    for year in (year for year in came_in if year not in stand):
        found.gone.append(_year_gone(year, projection))
    for year, other in permutations(came_in, 2):
        if year in stand and came_in[other] == stand[year] != came_in[year] and any(stand[year]):
            found.notes.append(
                f"{INPUTS}: the column {year} holds what was received for {other}. It was taken as typed."
            )
    labels = [plain_label(RETURNS[name].label) for name in names]
    found.notes += _moved(INPUTS, labels, [(came_in[year], stand[year]) for year in came_in if year in stand])


def told_of_tax(before: Projection, now: Projection | None) -> Iterator[str]:
    """What became of the minimum tax where records are gone: as received, and as the workbook stands."""
    for year, result in before.years.items():
        line = forms_of(year).find(Role.MINIMUM_TAX)
        was, stands = result.figure(Role.MINIMUM_TAX), _tax(now, year)
        if was is not None and was != stands:
            card = next(card for card in FEDERAL.cards if card.name == line.leaf.sheet)
            after = "not computed" if stands is None else f"${stands:,.2f}"
            yield f"{card.title} line {line.number} of {year}: ${was:,.2f} as received, {after} now."


def _tax(now: Projection | None, year: int) -> Decimal | None:
    result = now.years.get(year) if now else None
    return result.figure(Role.MINIMUM_TAX) if result else None


def _row_gone(table: Table, place: int, key: RecordKey, projection: Projection) -> Problem:
    """The row as it stood, with the figure that went with it."""
    named = dict(zip(entries(table), key, strict=True))
    words = ", ".join(f"{line.label_alone} {text}" for line, text in named.items() if text and _tells(table, line))
    line = table.find(WITH_A_ROW[table.sheet]) if table.sheet in WITH_A_ROW else None
    amount = projection.records[line.key][place] if line else None
    with_it = f" ({line.label_alone} ${amount:,.2f})" if line and amount else ""
    return Problem("", None, f"{table.title}, record {place + 1} as received", "", f"{words}{with_it}", AGAIN)


def _tells(table: Table, line: Line) -> bool:
    """Tell an entry by which people know a record: its id, and what no record is without."""
    column: Any = COLUMNS[table.sheet][line.leaf.line]
    return bool(column.is_needed or column.needed or column.name.endswith("_id"))


def _year_gone(year: int, projection: Projection) -> Problem:
    result = projection.years.get(year)
    tax = result.figure(Role.MINIMUM_TAX) if result else None
    line = forms_of(year).find(Role.MINIMUM_TAX) if result else None
    with_it = f" ({line.label_alone} ${tax:,.2f})" if line and tax else ""
    return Problem("", None, f"{INPUTS}, column {year} as received", "", f"the return of {year}{with_it}", AGAIN)


def _moved(place: str, labels: Sequence[str], pairs: Sequence[tuple[RecordKey, RecordKey]]) -> Iterator[str]:
    """Entries that now stand under another header: exchanged, or moved where the old place is empty."""
    counted: dict[tuple[int, int], int] = {}
    for made, now in pairs:
        was, stands = [as_one(text) for text in made], [as_one(text) for text in now]
        moved = [at for at in range(len(was)) if was[at] != stands[at]]
        for old, new in permutations(moved, 2):
            exchanged = stands[old] == was[new]
            if was[old] and stands[new] == was[old] and (not stands[old] or (exchanged and old < new)):
                counted[old, new] = counted.get((old, new), 0) + 1
    for (old, new), count in counted.items():
        where = f"{count:,} rows hold" if count > 1 else "one row holds"
        yield (
            f"{place}: {where} under {labels[new]} what was received under {labels[old]}. It was taken as typed; "
            "move it back if its header is another one."
        )
