"""Wash sales: the loss that does not count goes into the basis of the replacement lot, in each system its own.

It is settled where lots of the same employer, acquired in the 61 days of IRC 1091(a), carry what the sales disallow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from ....columns import EXERCISES, SALES, Ask, ItemKind, Why
from ....federal.stock.record_doubts import held_since_of_replacement, wash_sale_window
from ....language.money import ZERO, rounded
from ....records import Exercise
from ....records.identity import employer_key
from ...in_sentences import in_words, shares_in_words
from ..computed import ComputedClient
from ..item import Finding

CENT: Final = 2
BASIS: Final = EXERCISES["basis_adjustment"].as_cell
AMT_BASIS: Final = EXERCISES["amt_basis_adjustment"].as_cell
HELD_SINCE: Final = EXERCISES["held_since"].as_cell


@dataclass(frozen=True)
class WashSale:
    """One row of sales.csv with this loss rule: what it disallows in each system, and who may replace it."""

    row: int
    lot: str
    employer: str
    sold: date
    held_from: date
    regular: Decimal
    amt: Decimal
    shares: Decimal
    replacements: tuple[int, ...]  # places of the lots acquired in the window, from 1


def wash_sales(computed: ComputedClient) -> list[WashSale]:
    """The wash sales in which a loss is disallowed."""
    found = []
    pieces = zip(computed.client.resolved.sales, computed.sold, strict=True)
    for row, group in groupby(pieces, key=lambda piece: piece[0].row):
        record, parts = computed.client.sales[row - 1], list(group)
        if record.loss_rule != "wash_sale":
            continue
        regular, amt = (
            rounded(sum((columns[f"sales.{name}"] for _, columns in parts), ZERO), CENT)
            for name in ("moved", "amt_moved")
        )
        if regular or amt:
            first, columns = parts[0]
            employer = employer_key(computed.client.exercises[first.lot - 1].employer)
            own = {piece.lot for piece, _ in parts}
            found.append(
                WashSale(
                    *(row, first.exercise_id, employer, record.date_sold, columns["sales.held_from"], regular, amt),
                    *(record.shares, _replacements(computed, employer, record.date_sold, own)),
                )
            )
    return found


def _replacements(computed: ComputedClient, employer: str, sold: date, own: set[int]) -> tuple[int, ...]:
    """Lots exercised, bought, delivered or vested within 30 days of the sale."""
    first, last = wash_sale_window(sold)
    return tuple(
        place
        for place, lot in enumerate(computed.client.exercises, 1)
        if place not in own
        and employer_key(lot.employer) == employer
        and any(day and first <= day <= last for day in (lot.date_exercised, lot.vest_date))
    )


def _carried(computed: ComputedClient, places: set[int]) -> tuple[Decimal, Decimal]:
    """What the lots carry beyond price and income, in each system."""
    regular, amt = (
        sum((computed.lots[place - 1][f"exercises.{name}"] for place in places), ZERO)
        for name in ("adjusted", "amt_adjusted")
    )
    return rounded(regular, CENT), rounded(amt, CENT)


def is_carried(computed: ComputedClient, sale: WashSale, all_of: list[WashSale]) -> bool:
    """Whether the lots of its window carry what it disallows, alone or with the employer's other wash sales."""
    if _carried(computed, set(sale.replacements)) == (sale.regular, sale.amt):
        return True
    others = [each for each in all_of if each.employer == sale.employer]
    sums = sum((each.regular for each in others), ZERO), sum((each.amt for each in others), ZERO)
    return bool(sale.replacements) and _carried(computed, {at for each in others for at in each.replacements}) == sums


def explained_by_wash_sales(computed: ComputedClient) -> set[int]:
    """The places of the lots whose adjustment a wash sale of this file explains."""
    return {place for sale in wash_sales(computed) for place in sale.replacements}


def used_up(computed: ComputedClient) -> set[int]:
    """The places of the lots whose shares all replace shares of wash sales already (IRC 1091(b))."""
    found, used = wash_sales(computed), set()
    for place in {at for sale in found for at in sale.replacements}:
        sales = [sale for sale in found if place in sale.replacements]
        lots = {at for sale in sales for at in sale.replacements}
        bought = sum((computed.client.exercises[at - 1].shares for at in lots), ZERO)
        if sum((sale.shares for sale in sales), ZERO) >= bought:
            used.add(place)
    return used


def wash_sale_rules(computed: ComputedClient) -> Iterator[Finding]:
    """Each wash sale whose loss no replacement carries yet, with the amounts to enter."""
    found = wash_sales(computed)
    for sale in found:
        if not is_carried(computed, sale, found):
            yield _finding(computed, sale)


def _finding(computed: ComputedClient, sale: WashSale) -> Finding:
    lots = [computed.client.exercises[place - 1] for place in sale.replacements]
    in_part = sum((lot.shares for lot in lots), ZERO) < sale.shares
    place = sale.replacements[0] if len(lots) == 1 and not in_part else None
    known = _cell(EXERCISES.name, place, "basis_adjustment", lots[0].exercise_id) if place else _of_sale(sale)
    to_do = _to_do(computed, sale)
    return Finding(
        rule="wash-sale",
        kind=ItemKind.MISSING if lots else ItemKind.CONFIRM,
        why=Why.BLANK,
        what=f"{_lost(sale)}{to_do}",
        entering=to_do,
        year=sale.sold.year,
        years=computed.years_from(min([sale.sold.year, *(lot.date_exercised.year for lot in lots)])),
        speaks_of=(sale.held_from, *sorted(_to_enter(lot, sale) for lot in lots)),
        reads=("exercises.basis_adjustment", "exercises.amt_basis_adjustment", "exercises.held_since"),
        ask=Ask.BROKER,
        document="Form 1099-B box 1g; the confirmation of the replacement shares",
        **known,
    )


def _of_sale(sale: WashSale) -> Mapping[str, Any]:
    return _cell(SALES.name, sale.row, "loss_rule", sale.lot)


def _cell(table: str, row: int, column: str, record: str) -> dict[str, Any]:
    return {"table": table, "row": row, "column": column, "record": record}


def _to_enter(lot: Exercise, sale: WashSale) -> str:
    """The day to enter for a replacement lot, and the lot."""
    return f"{held_since_of_replacement(lot.date_exercised, sale.held_from, sale.sold)} in {lot.exercise_id}"


def _lost(sale: WashSale) -> str:
    return (
        f"Sale of {shares_in_words(sale.shares)} of {sale.lot} on {in_words(sale.sold)}: the wash sale disallows a "
        f"loss of ${sale.regular:,} for regular tax and of ${sale.amt:,} for AMT"
    )


def _to_do(computed: ComputedClient, sale: WashSale) -> str:
    """The rest of the sentence: what the replacement shares take, or how the row is divided first."""
    lots = [computed.client.exercises[place - 1] for place in sale.replacements]
    amounts = f"{BASIS} {sale.regular}, {AMT_BASIS} {sale.amt}"
    if not lots:
        days = (sale.sold - sale.held_from).days
        return (
            ", and no other lot of the employer was acquired within 30 days. For the replacement shares enter "
            f"{amounts}, and in {HELD_SINCE} their day less {days:,} days (IRC 1091(d), 1223(3))."
        )
    replaced = sum((lot.shares for lot in lots), ZERO)
    if replaced < sale.shares:
        return (
            f", but no more than {replaced:,} shares of the employer were acquired within 30 days. Divide the "
            f"row: {replaced:,} shares with {SALES['loss_rule'].as_cell} wash_sale, the other "
            f"{sale.shares - replaced:,} without (IRC 1091(b)); then the amounts to enter are told here."
        )
    since = " or ".join(f"{HELD_SINCE} {_to_enter(lot, sale)}" for lot in lots)
    carried = _carried(computed, set(sale.replacements))
    now = f" They carry ${carried[0]:,} and ${carried[1]:,} now." if any(carried) else ""
    return f". Enter for the replacement shares {amounts}, and {since} (IRC 1091(d), 1223(3)).{now}"
