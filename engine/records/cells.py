"""How one cell of a record is read: CSV text, or an exact value, becomes what it means, or is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from ..filing import YEARS
from ..language.money import dollars

T = TypeVar("T")

LARGEST: Final = Decimal("999999999.99")  # binary spreadsheets keep every cent below a thousand million dollars
LONGEST_TEXT: Final = 200  # characters
MOST_FOR_ONE: Final = 10_000  # new shares for an old one, or the reverse; a larger ratio is a slip
FIRST_YEAR, LAST_YEAR = 1970, 2100
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_US_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9._/-]+")
_RATIO: Final = re.compile(r"([0-9.,]+)\s*(?::|/|-?\s*for\s*-?)\s*([0-9.,]+)", re.IGNORECASE)
_YES_NO: Final = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


class CellError(ValueError):
    """A cell that cannot be used: what to do, and what was expected if the column's description is too general."""

    def __init__(self, remedy: str = "Correct the cell.", expected: str = "") -> None:
        super().__init__(remedy)
        self.remedy, self.expected = remedy, expected


def is_blank(cell: object) -> bool:
    """Tell whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def optional(read: Callable[[object], T]) -> Callable[[object], T | None]:
    """Let a reader meet a cell that is not there."""
    return lambda cell: None if cell is None else read(cell)


def amount(cell: object) -> Decimal:
    """An exact amount in dollars, of either sign."""
    if isinstance(cell, float):
        raise CellError("Give the amount as text, int or Decimal: a float is not exact.")
    try:
        value = dollars(cell)  # type: ignore[arg-type]  # what it cannot take it refuses
    except (TypeError, ValueError):
        raise CellError from None
    if abs(value) > LARGEST:
        raise CellError(
            "Check the decimal point; larger amounts are outside what isobook computes.",
            "an amount of at most 999,999,999.99: beyond it a spreadsheet no longer keeps every cent",
        )
    return value


def not_negative(cell: object) -> Decimal:
    """An amount in dollars, not below zero."""
    value = amount(cell)
    if value < 0:
        raise CellError("It cannot be negative here: correct the sign.")
    return value


def more_than_zero(cell: object) -> Decimal:
    """A count above zero; fractions of a share exist."""
    value = amount(cell)
    if value <= 0:
        raise CellError("It must be more than zero: correct the cell, or remove the row.")
    return value


def entered_negative(cell: object) -> Decimal:
    """An amount of a line that the form prints in parentheses, signed as it is added on line 4."""
    value = amount(cell)
    if value > 0:
        raise CellError(
            f"Enter -{value:,}.",
            "a negative amount or 0: Form 6251 prints this line in parentheses, and amounts are signed here as "
            "line 4 adds them",
        )
    return value


def day(cell: object) -> date:
    """A calendar day of the years 1970 to 2100."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()  # what spreadsheet readers make of a date cell
    value = cell if isinstance(cell, date) and not isinstance(cell, datetime) else _day_of_text(cell)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CellError("Correct the year.", f"a day from {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _day_of_text(cell: object) -> date:
    text_ = cell.strip() if isinstance(cell, str) else ""
    try:
        if found := _ISO_DAY.fullmatch(text_):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _US_DAY.fullmatch(text_):
            return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        raise CellError("No calendar has that day: correct it.") from None
    if _SHORT_YEAR.fullmatch(text_):
        raise CellError("Write the year with four digits.")
    raise CellError("Write the day as YYYY-MM-DD or MM/DD/YYYY.")


def tax_year(cell: object) -> int:
    """A tax year that isobook has parameters for."""
    text_ = cell.strip() if isinstance(cell, str) else "" if isinstance(cell, bool | float) else str(cell)
    if not re.fullmatch(r"[0-9]{4}", text_):
        raise CellError
    if int(text_) not in YEARS:
        raise CellError("Correct the year, or remove the row.", f"a tax year from {YEARS[0]} to {YEARS[-1]}")
    return int(text_)


def new_for_old(cell: object) -> Fraction:
    """The new shares for one old share, exactly: 2, 1.5, 3:2, 3-for-2 and 3/2 are ratios."""
    if isinstance(cell, Fraction):
        value = cell
    elif isinstance(cell, str) and (found := _RATIO.fullmatch(cell.strip())):
        value = Fraction(more_than_zero(found[1])) / Fraction(more_than_zero(found[2]))
    else:
        value = Fraction(more_than_zero(cell))
    if not Fraction(1, MOST_FOR_ONE) <= value <= MOST_FOR_ONE:
        raise CellError("Check the ratio.", f"at most {MOST_FOR_ONE:,} new shares for an old one, or the reverse")
    return value


def yes_no(cell: object) -> bool:
    """Yes or no."""
    if isinstance(cell, bool):
        return cell
    answer = _YES_NO.get(cell.strip().casefold()) if isinstance(cell, str) else None
    if answer is None:
        raise CellError("Write yes or no, or leave the cell blank.")
    return answer


def one_of(words: Mapping[str, T]) -> Callable[[object], T]:
    """A reader of one word among several, which are given in lower case and without punctuation."""

    def read(cell: object) -> T:
        word = re.sub(r"[\W_]", "", cell.casefold()) if isinstance(cell, str) else ""
        if word not in words:
            raise CellError
        return words[word]

    return read


def text(cell: object) -> str:
    """Client text as it is, without the spaces around it."""
    if isinstance(cell, bool | float) or not isinstance(cell, str | int | Decimal):
        raise CellError("Give it as text.")
    value = str(cell).strip()
    if len(value) > LONGEST_TEXT:
        raise CellError("Shorten it.", f"at most {LONGEST_TEXT} characters")
    if not value.isascii() and any("\ud800" <= each <= "\udfff" for each in value):
        raise CellError("Type it again: it holds half a character.", "text")
    return value


def identifier(cell: object) -> str:
    """An id: letters and digits without accents, and . _ - /."""
    value = text(cell)
    if not _IDENTIFIER.fullmatch(value):
        raise CellError("Use only letters A to Z, digits and . _ - / in an id.")
    return value
