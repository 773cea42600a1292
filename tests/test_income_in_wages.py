"""Ordinary income of a sale that may stand inside wages already is asked about, with its amount."""

from typing import Any

import pytest

from engine import Client
from tests.client_notes import items

LOT = {"exercise_id": "E-1", "date_granted": "2023-01-03", "date_exercised": "2025-02-03"}
LOT |= {"exercise_price": "10", "fmv_exercise": "30", "shares": "100"}
SALE = {"exercise_id": "E-1", "date_sold": "2025-06-02", "shares": "40", "price": "35"}


def asked(*sales: dict[str, Any]) -> list[str]:
    """The items on wages of a client with these sales."""
    year = {"tax_year": "2025", "filing_status": "single", "wages": "150000", "deduction": "standard"}
    found = items(Client(exercises=[LOT], sales=list(sales), returns=[year]))
    return [each for each in found if "added to wages" in each]


def test_income_with_a_blank_w2_income_is_told_by_sale() -> None:
    """Two early sales, 40 and 20 shares with a spread of 20 each: 800 and 400."""
    first, second = asked(SALE, SALE | {"date_sold": "2025-07-01", "shares": "20"})
    assert "its ordinary income of $800.00 is added to wages" in first
    assert "its ordinary income of $400.00 is added to wages" in second


@pytest.mark.parametrize("sale", [{"w2_income": "800"}, {"w2_income": "0"}, {"price": "10"}])
def test_what_is_answered_or_adds_nothing_is_not_asked(sale: dict[str, Any]) -> None:
    """In wages, not in wages, no gain; what is typed and differs is another item."""
    found = asked(SALE | sale)
    assert not any("(w2_income) is blank" in each for each in found)
