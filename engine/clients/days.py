"""Days in the sentences of a client."""

from __future__ import annotations

from datetime import date


def in_words(day: date | None) -> str:
    """A day as a sentence has it: August 1, 2023."""
    return f"{day:%B} {day.day}, {day.year}" if day else "a day that is not entered"
