"""Days and counts of shares as the sentences of a client have them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def in_words(day: date | None) -> str:
    """A day as a sentence has it: August 1, 2023."""
    return f"{day:%B} {day.day}, {day.year}" if day else "a day that is not entered"


def shares_in_words(shares: Decimal) -> str:
    """A count of shares with its noun: 1 share, 1,200 shares."""
    return f"{shares:,} share{'' if shares == 1 else 's'}"
