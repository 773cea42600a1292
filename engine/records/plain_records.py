"""Records whose cells need no check beside another cell of the row."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from ..columns.answers import AnswerColumns
from ..columns.w2 import W2Columns
from .cells import CellError, not_negative
from .record import Record

_PLANNED: Final = re.compile(r"(year|price|value|shares)=(\S+)")
PLANNED: Final = "text such as year=2026 price=5.00 value=16.00 shares=5000"


class Answer(Record, AnswerColumns):
    """The answer to an open item: its id, the words, the day, and who gave it."""


class FormW2(Record, W2Columns):
    """A Form W-2 as far as it is needed: year, employer, box 1 and box 12 with code V, in dollars."""


class Planned(NamedTuple):
    """What is typed on the sheet Plan in place of what it begins with; None where nothing is. Dollars per share."""

    year: int | None = None
    price: Decimal | None = None
    value: Decimal | None = None
    shares: Decimal | None = None

    def __str__(self) -> str:
        return " ".join(f"{name}={given}" for name, given in zip(self._fields, self, strict=True) if given is not None)


def planned_of(text: str) -> Planned:
    """Read `year=2026 price=5.00 value=16.00 shares=5000`, each of them at most once. Raises CellError."""
    words = text.split()
    found = {each[1]: each[2] for word in words if (each := _PLANNED.fullmatch(word))}
    if len(found) < len(words):
        raise CellError("Correct or remove it.", PLANNED)
    numbers = {name: not_negative(number) for name, number in found.items()}
    year = numbers.pop("year", None)
    return Planned(None if year is None else int(year), **numbers)
