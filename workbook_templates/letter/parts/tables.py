"""The two tables of the letter: the head of each column, the figure that stands in it, and its total."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

OTHERS: Final = "Others, see Exercises"  # of the shares that are held: what stands beyond the rows
TOTAL: Final = "Total"


class Holds(StrEnum):
    """What stands in a column."""

    NAME = "name"
    WORD = "word"
    AMOUNT = "amount"
    SHARES = "shares"
    DAY = "day"

    @property
    def is_number(self) -> bool:
        """Tell whether it is added up, and stands on the right."""
        return self in (Holds.AMOUNT, Holds.SHARES)


class TableColumn(NamedTuple):
    """A column: the key of its cells behind the year or the place of a row; that of its total, "" where it has none."""

    head: str
    holds: Holds
    key: str
    total: str = ""


BY_YEAR: Final = (
    TableColumn("Tax year", Holds.NAME, ""),
    TableColumn("ISO spread", Holds.AMOUNT, "spread shown", "spread all"),
    TableColumn("AMT", Holds.AMOUNT, "AMT shown", "AMT figure"),
    TableColumn("Credit used", Holds.AMOUNT, "used shown", "used figure"),
    TableColumn("Credit left", Holds.AMOUNT, "left shown"),
    TableColumn("Return", Holds.WORD, "stage"),
)
HELD: Final = (
    TableColumn("Shares", Holds.NAME, "employer"),
    TableColumn("Lot", Holds.WORD, "lot"),
    TableColumn("Number", Holds.SHARES, "shares", "left"),
    TableColumn("Regular basis", Holds.AMOUNT, "regular", "regular left"),
    TableColumn("AMT basis", Holds.AMOUNT, "AMT", "AMT left"),
    TableColumn("Qualifies from", Holds.DAY, "since"),
)
