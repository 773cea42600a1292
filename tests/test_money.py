from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.money import dollars, rounded


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.5"),
        ("$1,234.50", "1234.50"),
        (" $ 12 ", "12"),
        ("(12.50)", "-12.50"),
        ("$(1,200)", "-1200"),
        ("($5)", "-5"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("1E-05", "0.00001"),
        ("\N{NO-BREAK SPACE}7", "7"),
    ],
)
def test_money_is_read_as_people_and_spreadsheets_write_it(text: str, amount: str) -> None:
    """Dollar signs, thousands commas, parentheses and the typographic minus all mean what they look like."""
    assert dollars(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "12,x", "1,23", "12,50", "1.2.3", "1 200", "--5", "(-5)", "nan", "inf", "1e400", "0x10", "١٢", "9" * 99],
)
def test_money_refuses_what_it_would_have_to_guess(text: str) -> None:
    """A decimal comma, a space inside a number or a word is never made into an amount."""
    with pytest.raises(ValueError, match="not an amount"):
        dollars(text)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_money_refuses_what_is_not_a_number(value: Decimal) -> None:
    """NaN and infinities do not get in as Decimals either."""
    with pytest.raises(ValueError, match="not an amount"):
        dollars(value)


@pytest.mark.parametrize("value", [1.5, True])
def test_money_refuses_floats_and_truth_values(value: Any) -> None:
    """A float is not exact and True is not one dollar."""
    with pytest.raises(TypeError):
        dollars(value)


@pytest.mark.parametrize(
    ("amount", "digits", "result"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("1.005", 2, "1.01"), ("-0.4", 0, "0"), ("1234", -3, "1000")],
)
def test_rounding_is_half_away_from_zero(amount: str, digits: int, result: str) -> None:
    """As the forms and Excel round; minus zero is shown as 0."""
    assert str(rounded(Decimal(amount), digits)) in {result, f"{Decimal(result):.0E}"}
    assert rounded(Decimal(amount), digits) == Decimal(result)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_rounded_is_within_half_a_step(amount: Decimal) -> None:
    """Rounding to cents moves an amount by half a cent at most."""
    assert abs(rounded(amount, 2) - amount) <= Decimal("0.005")
