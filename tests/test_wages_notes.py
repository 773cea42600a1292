"""Ordinary income of a sale that may stand inside wages already is told, once a year."""

from typing import Any

import pytest

from engine import Client, project

LOT = {"exercise_id": "E-1", "date_granted": "2023-01-03", "date_exercised": "2025-02-03"}
LOT |= {"exercise_price": "10", "fmv_exercise": "30", "shares": "100"}
SALE = {"exercise_id": "E-1", "date_sold": "2025-06-02", "shares": "40", "price": "35"}


def notes(returns: dict[str, Any], *sales: dict[str, Any]) -> list[str]:
    """The notes on wages of a client with these sales."""
    year = {"tax_year": "2025", "filing_status": "single", "wages": "150000", "deduction": "standard"}
    found = project(Client(exercises=[LOT], sales=list(sales), returns=[year | returns])).notes
    return [note for note in found if "added to wages" in note]


def test_income_with_a_blank_w2_income_is_told_once_a_year() -> None:
    """Two early sales, 40 and 20 shares with a spread of 20 each: 1,200."""
    (note,) = notes({}, SALE, SALE | {"date_sold": "2025-07-01", "shares": "20"})
    assert note.startswith("2025: ordinary income of 1,200.00 from sales of E-1 is added to wages")


@pytest.mark.parametrize(
    ("returns", "sale"),
    [({}, {"w2_income": "800"}), ({}, {"w2_income": "0"}), ({}, {"price": "10"}), ({"taxable_income": "140000"}, {})],
)
def test_what_is_answered_or_adds_nothing_is_not_told(returns: dict[str, Any], sale: dict[str, Any]) -> None:
    """In wages, not in wages, no gain, or taxable income as filed."""
    assert notes(returns, SALE | sale) == []
