"""A line: number, label, citation and one expression. Forms and tables of records are made of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .expressions import Amount, Count, Text
from .nodes import Column, Kind, Leaf, Node, leaves

ROUNDING: Final = Count(Leaf("options", "rounding", kind=Kind.COUNT))  # digits kept: 0 whole dollars, 2 cents
TAX_METHOD: Final = Text(Leaf("options", "tax_method", kind=Kind.TEXT))  # "table" or "schedule"
NUMBER: Final = re.compile(r"(\d+)([a-z]*)")  # a printed line number
NO_EARLIER_YEAR: Final = "no earlier year in this file"  # the source of a line that would take one
MILLIONTH: Final = 6  # columns and workings keep this many digits
A_SHARE: Final = 10  # dollars per share keep this many


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a form, one working, or one column of a table."""

    leaf: Leaf
    label: str
    cite: str = ""
    expression: Node | None = None  # None: an entry, typed by the preparer
    source: str = ""  # where a reviewer finds the figure
    in_table: bool = False
    blank_is_zero: bool = True  # an entry left blank counts as 0, unless being blank means something
    choices: tuple[str, ...] = ()
    number: str = ""  # as printed, also of a line computed a second time ('refigured 4'); "" for a working
    from_records: bool = False  # known from the records alone, in a year whose return is not complete
    alone: str = ""  # the label of a column where no heading above it says of what it is; "" where its label says so

    @property
    def key(self) -> str:
        """'f6251.2i': the name under which readings know the line."""
        return f"{self.leaf.sheet}.{self.leaf.line}"

    @property
    def label_alone(self) -> str:
        """What a column is called away from its sheet, on one line."""
        return self.alone or " ".join(self.label.split())

    @property
    def is_printed(self) -> bool:
        """Tell a line that the form prints from a working, and from a line computed a second time."""
        return bool(self.number) and self.number == self.leaf.line


def line_of(sheet: str, number: str) -> Amount:
    """Name a line of a form that is declared later; `unknown_leaves` finds a misspelling."""
    return Amount(Leaf(sheet, number, settled=True))


def unknown_leaves(lines: Iterable[Line], before: Iterable[Line]) -> set[str]:
    """List leaves that no line of this year or of the year before defines: a test asserts there are none."""
    lines = list(lines)
    defined = {(line.leaf.sheet, line.leaf.line, 0) for line in lines}
    defined |= {(line.leaf.sheet, line.leaf.line, 1) for line in before}
    found = {leaf for line in lines if line.expression for leaf in leaves(line.expression)}
    used = {leaf.leaf if isinstance(leaf, Column) else leaf for leaf in found}
    return {
        f"{leaf.sheet}.{leaf.line}"
        for leaf in used
        if leaf.sheet not in ("law", "options") and (leaf.sheet, leaf.line, leaf.years_ago) not in defined
    }


def place_of(number: str) -> tuple[int, str]:
    """Where a printed number comes on the page: 2 before 2a, 9 before 10. ValueError for what is no number."""
    found = NUMBER.fullmatch(number)
    if not found:
        raise ValueError(f"{number!r} is no printed number")
    return int(found[1]), found[2]
