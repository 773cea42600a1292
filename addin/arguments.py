"""What a cell means as an argument of a worksheet function: read to an exact value, or refused with a reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.columns import RETURNS, SALES
from engine.filing import YEARS
from engine.language.money import rounded
from engine.language.nodes import Kind
from engine.records import cells
from engine.records.cells import LARGEST, CellError

MOST: Final = float(LARGEST)
SERIAL_ZERO: Final = date(1899, 12, 30)  # day 0 of Excel's and Calc's day numbers, from March 1900 on
GRID: Final = 6  # decimals beyond which a typed amount is binary dust
CENTS: Final = 2


class NoSuchYearError(CellError):
    """A tax year without parameters: the cell shows #N/A, not #VALUE!."""


@dataclass(frozen=True)
class Argument:
    """An argument of a worksheet function: its help, and how its cell is read."""

    help: str  # one line, in the terms of the form, with the unit
    expected: str  # what the cell should hold, for the reason of a refusal
    read: Callable[[object], Any]
    kind: Kind
    lowest: float = math.nan  # a float from here to MOST needs no reading, in a range of many


def money(cell: object) -> Decimal:
    """Dollars of either sign, to the cent."""
    return rounded(rounded(_number(cell), GRID), CENTS)


def not_negative(cell: object) -> Decimal:
    """Dollars, not below zero, to the cent."""
    return rounded(rounded(cells.not_negative(_number(cell)), GRID), CENTS)


def price(cell: object) -> Decimal:
    """Dollars per share, not below zero."""
    return cells.not_negative(_number(cell))


def shares(cell: object) -> Decimal:
    """Shares, more than zero."""
    return cells.more_than_zero(_number(cell))


def day(cell: object) -> date:
    """A day: a date cell, a day number, or text such as 2025-03-14 or 03/14/2025. A time of day is left out."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        if not 0 <= cell <= 100_000:
            raise CellError
        cell = SERIAL_ZERO + timedelta(days=math.floor(cell))
    return cells.day(cell)


def year(cell: object) -> int:
    """A tax year; NoSuchYearError for a whole number that has no parameters."""
    value = _number(cell)
    if value != int(value):
        raise CellError("Give a whole year.")
    if int(value) not in YEARS:
        raise NoSuchYearError(f"There are parameters for {YEARS[0]} to {YEARS[-1]}.", "a tax year with parameters")
    return int(value)


def line_number(cell: object) -> str:
    """A line of a form: text, or a whole number."""
    value = str(int(cell)) if isinstance(cell, float | Decimal) and cell == int(cell) else cell
    return cells.text(value).lower()


def as_it_is(cell: object) -> object:
    """Whatever stands in the cell."""
    return cell


def _number(cell: object) -> Decimal:
    """A number or a text that is one, exactly as it is shown; not a date, not TRUE or FALSE."""
    if isinstance(cell, float):
        if not math.isfinite(cell) or abs(cell) > MOST:
            raise CellError("Check the decimal point.")
        return Decimal(repr(float(cell)))
    return cells.amount(cell)


def dollars_of(help_: str) -> Argument:
    """An amount of either sign."""
    return Argument(help_, "an amount in dollars", money, Kind.MONEY, -MOST)


def gain_of(help_: str) -> Argument:
    """An amount that is not negative."""
    return Argument(help_, "an amount in dollars, not below zero", not_negative, Kind.MONEY, 0.0)


def price_of(help_: str) -> Argument:
    """Dollars per share."""
    return Argument(help_, "dollars per share, not below zero", price, Kind.PRICE, 0.0)


def day_of(help_: str) -> Argument:
    """A day."""
    return Argument(help_, "a date", day, Kind.DAY)


def word_of(help_: str, words: Mapping[str, str]) -> Argument:
    """One word among several."""
    expected = "one of " + ", ".join(dict.fromkeys(words.values()))
    return Argument(help_, expected, cells.one_of(words), Kind.TEXT)


SHARES: Final = Argument("Shares exercised", "a number of shares, more than zero", shares, Kind.SHARES, 1e-9)
STATUS: Final = Argument(
    "Filing status: single, married_joint, married_separate, head_of_household or surviving_spouse "
    "(or S, MFJ, MFS, HOH, QSS)",
    RETURNS["filing_status"].expected,
    cells.one_of(RETURNS["filing_status"].spelled),
    Kind.TEXT,
)
YEAR: Final = Argument(f"Tax year, {YEARS[0]} to {YEARS[-1]}", "a tax year such as 2025", year, Kind.YEAR)
TAX_METHOD: Final = word_of(
    "Regular tax below 100,000: table (Tax Table) or schedule (rate schedules)",
    {"table": "table", "taxtable": "table", "schedule": "schedule", "rateschedule": "schedule"},
)
LOSS_RULE: Final = word_of(
    "Loss rule, where a loss would not count: wash_sale or related_party",
    SALES["loss_rule"].spelled,
)
