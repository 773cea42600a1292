"""Form W-2 income of a sale that first in, first out takes from several lots: to each lot as its ordinary income comes.

The records divide by shares what is known of a whole sale. By shares one lot would fall short of its wages and another
exceed them, though the wages hold the ordinary income of the whole (IRC 421(b)): so the lots take of it in their
order, each up to its own ordinary income, and the last takes the rest. No sheet draws this table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final

from ...language.expressions import Amount, Count, not_below_zero, smaller_of, total_before, total_same, when
from ...language.lines import MILLIONTH, Line
from ...language.money import ZERO, rounded
from ...language.nodes import Kind
from ...language.table import Table
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines

NO_INCOME: Final = rounded(ZERO, MILLIONTH)  # as columns give it
DIVIDED: Final[list[Line]] = []
divided: Final = Table("divided", "Sales divided between lots", DIVIDED)

sale = divided.entry("sale", "Row of the sale", Count, Kind.COUNT)
place = divided.entry("place", "Lot of the sale, from 1", Count, Kind.COUNT)
lots = divided.entry("lots", "Lots of the sale", Count, Kind.COUNT)
by_shares = divided.entry("by_shares", "In wages, by shares", Amount, Kind.MONEY)
ordinary = divided.entry("ordinary", "Ordinary income", Amount, Kind.MONEY)
whole = divided.column("whole", "In wages, the whole sale", total_same(by_shares, sale), Kind.MONEY)
before = divided.column("before", "Income of the lots before", total_before(ordinary, place, sale), Kind.MONEY)
left = divided.column("left", "Wages left for this lot", not_below_zero(whole - before), Kind.MONEY)
w2_income = divided.column(
    "w2_income", "In wages", when(place.equals(lots), left, smaller_of(left, ordinary)), Kind.MONEY, "IRC 421(b)"
)


@cache
def _compiled() -> Figure:
    return compile_lines(DIVIDED, AMOUNTS)


def wages_of_lots(
    rows: Sequence[int], wages: Sequence[Decimal | None], incomes: Sequence[Decimal]
) -> list[Decimal | None] | None:
    """The income in wages of every lot sold, from the sales' rows, the wages by shares and the ordinary income.

    None where no sale is divided between lots, so that nothing changes.
    """
    entries = list(_entries(rows, wages, incomes))
    if not entries:
        return None
    typed = [line.key for line in divided.columns if line.expression is None]
    columns = dict(zip(typed, map(list, zip(*(cells for _, cells in entries), strict=True)), strict=True))
    allotted = list(wages)
    for (piece, cells), amount in zip(entries, _compiled()(columns)["divided.w2_income"], strict=True):
        _, number, count, _, _ = cells
        allotted[piece] = amount if amount or number == count else NO_INCOME
    return allotted


def _entries(
    rows: Sequence[int], wages: Sequence[Decimal | None], incomes: Sequence[Decimal]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The lots of divided sales whose wages are known: each with its place among all, and its cells."""
    pieces_of: dict[int, list[int]] = {}
    for piece, row in enumerate(rows):
        pieces_of.setdefault(row, []).append(piece)
    for row, pieces in pieces_of.items():
        if len(pieces) > 1 and wages[pieces[0]] is not None:
            for number, piece in enumerate(pieces, 1):
                # No income leaves the wages the digits in which they were typed.
                yield piece, (row, number, len(pieces), wages[piece], incomes[piece] or ZERO)
