"""A wash sale of more shares than were acquired again: only that part of the loss goes on (IRC 1091(b))."""

from __future__ import annotations

import pytest

from engine.columns import ItemKind
from tests.returns import Row
from tests.test_stock_items import LOT, client, pressing

AGAIN: Row = {"exercise_id": "E-2", "date_exercised": "2024-11-10", "fmv_exercise": 9, "shares": 15}
AT_A_LOSS: Row = {"price": 5, "loss_rule": "wash_sale", "w2_income": 0}


def test_more_shares_sold_than_acquired_again_are_to_be_divided() -> None:
    """40 shares sold, 15 exercised nine days later: 15 are a wash sale, 25 are none, and no amount is told yet."""
    found = pressing(client(AT_A_LOSS, lots=[LOT, LOT | AGAIN]))["wash-sale"]
    assert found.kind is ItemKind.MISSING
    assert (found.table, found.row, found.column) == ("sales", 1, "loss_rule")
    assert 'Divide the row: 15 shares with "Loss rule" (loss_rule) wash_sale, the other 25 without' in found.what
    assert "basis_adjustment" not in found.what


def test_the_part_that_was_not_acquired_again_is_not_asked_about() -> None:
    """Divided as told: 15 shares, sold too early and worth $28 at exercise, lose (28 - 5) x 15 = $345 in both systems.

    The limit of IRC 422(c)(2) is not for a loss that does not count, so the whole spread is income and basis.
    """
    part, rest = AT_A_LOSS | {"shares": 15}, AT_A_LOSS | {"shares": 25, "loss_rule": None}
    told = pressing(client(part, rest, lots=[LOT, LOT | AGAIN]))
    assert (
        '"Basis adjustment" (basis_adjustment) 345.00, "AMT basis adjustment" (amt_basis_adjustment) 345.00'
        in told["wash-sale"].what
    )
    carried = {"basis_adjustment": 345, "amt_basis_adjustment": 345, "held_since": "2024-02-10"}
    assert pressing(client(part, rest, lots=[LOT, LOT | AGAIN | carried])) == {}


def test_a_second_loss_beside_shares_that_are_not_used_up_is_asked_about() -> None:
    """10 of the 15 shares replace those of the wash sale: five more may replace shares of the other sale."""
    part, rest = AT_A_LOSS | {"shares": 10}, AT_A_LOSS | {"shares": 30, "loss_rule": None}
    assert "wash-sale-hint" in pressing(client(part, rest, lots=[LOT, LOT | AGAIN]))


@pytest.mark.parametrize(
    ("sale", "words"),
    [
        ({"price": 5}, "sold below its basis, and"),  # bought at $10, sold in the year of exercise
        ({"price": 15}, "sold below its value at exercise or vest, and"),  # $28: the gain of $5 is income, no loss yet
        ({"price": 15, "date_sold": "2025-03-01"}, "sold below its AMT basis, and"),  # $28, of which $18 was line 2i
    ],
)
def test_the_hint_names_the_basis_that_is_above_the_price(sale: Row, words: str) -> None:
    """A loss for one tax alone is told of that one."""
    again = LOT | AGAIN | {"date_exercised": "2025-03-10" if "date_sold" in sale else "2024-11-10"}
    assert words in pressing(client({"w2_income": 0} | sale, lots=[LOT, again]))["wash-sale-hint"].what
