"""Exact money: the only door through which an amount comes in, and the one way to round it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

ZERO: Final = Decimal(0)

LONGEST: Final = 40  # characters; a longer text is no amount
STEPS: Final = {digits: Decimal(1).scaleb(-digits) for digits in range(-3, 11)}  # to round to so many digits
_NUMBER: Final = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,2})?|\.[0-9]+(?:[eE][-+]?[0-9]{1,2})?"
)
_SIGNED: Final = re.compile(rf"(?P<sign>[-+]?)\s?\$?\s?(?P<number>{_NUMBER})")
_DOLLAR_FIRST: Final = re.compile(rf"\$\s?(?P<sign>[-+])\s?(?P<number>{_NUMBER})")
_IN_PARENTHESES: Final = re.compile(rf"\$?\s?\(\s?\$?\s?(?P<number>{_NUMBER})\s?\)")


def dollars(value: str | int | Decimal) -> Decimal:
    """Make an exact amount of text such as `$1,234.50`, `(12.50)` or `1E-05`, of an int or of a Decimal.

    Raises TypeError for floats, bools and other types; ValueError for text that is no amount, NaN and infinities.
    """
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"an amount is text, int or Decimal, which are exact, not {type(value).__name__}")
    amount = Decimal(value)
    if not amount.is_finite():
        raise ValueError(f"{value} is not an amount")
    return amount or ZERO


def _from_text(text: str) -> Decimal:
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(plain) <= LONGEST:
        if found := _SIGNED.fullmatch(plain) or _DOLLAR_FIRST.fullmatch(plain):
            return Decimal(found["sign"] + found["number"].replace(",", "")) or ZERO
        if found := _IN_PARENTHESES.fullmatch(plain):
            return Decimal("-" + found["number"].replace(",", "")) or ZERO
    raise ValueError(f"{text[:LONGEST]!r} is not an amount")


def rounded(amount: Decimal, digits: Decimal | int = 0) -> Decimal:
    """Round to so many decimals (-3 to 10), half away from zero, as forms and Excel's ROUND do; never minus zero."""
    return amount.quantize(STEPS[int(digits)], ROUND_HALF_UP) + ZERO


def in_sentences(amount: Decimal) -> str:
    """Dollars and cents as a sentence has them: "$1,234.50", "-$5.00"."""
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"
