"""What the sheet of a record table shows: its columns and their widths, and where its rows stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from engine.columns import TABLES
from engine.language.lines import Line
from engine.language.table import Table

from ...drawing.layout import letter

GROUP_ROW, HEAD_ROW, TOTAL_ROW = 4, 5, 6
END: Final = "End of the table: insert rows above this line."  # the row under the last spare one
Wrap = Callable[[Mapping[str, str], int, str], str]  # letters, row, formula -> the formula of a row that may be empty


@dataclass(frozen=True)
class Spec:
    """What a table's sheet shows: groups of printed columns with their widths, then what is beside the page.

    Beside it stand, after a gap, the column why, those of the record that are not printed, and the workings.
    """

    table: Table
    groups: Mapping[str, Mapping[str, float]]  # by title; "" has none
    totals: Sequence[str]
    resolved: Mapping[str, Wrap]  # entries of the engine that the sheet works out: a lot's row
    wrap: Wrap
    wrap_why: Wrap
    note: str  # above the records
    above: Callable[[int], int] = lambda years: 0  # rows between the totals and the note, of so many years
    elsewhere: Set[str] = frozenset()  # columns that no formula of the sheet can compute
    words: Sequence[Line] = ()  # columns of this sheet that the engine's table does not have
    heads: Mapping[str, str] = field(default_factory=dict)  # of computed columns, where the label says more than fits
    links: Set[str] = frozenset()  # columns that repeat what stands on another sheet
    chip: str = ""  # the column whose words are a chip
    wrap_chip: Wrap | None = None
    new_year_by: str = ""  # a rule stands above a row in which this day lies in another year than above
    bold: str = ""  # the column that a reader looks for
    goes_with: str = ""  # the amount that is told where a row is gone
    usual: Mapping[str, str] = field(default_factory=dict)  # the word of a column that counts as nothing
    means: str = ""  # of the note, what holds on any paper
    optional: Sequence[Set[str]] = ()  # printed columns that are hidden together while no row fills them in

    @cached_property
    def columns(self) -> dict[str, Line]:
        """The columns of the sheet by their names, in the order of calculation."""
        lines = (*self.table.columns, *self.words)
        return {line.leaf.line: line for line in lines if line.leaf.line not in self.elsewhere}

    @cached_property
    def printed(self) -> dict[str, float]:
        """The printed columns with their widths in characters, which grow with the client's figures."""
        return {name: width for columns in self.groups.values() for name, width in columns.items()}

    @property
    def frozen(self) -> list[str]:
        """The lot and its employer, which stay on the screen: together they are as wide as a phone allows."""
        return [name for name in self.groups.get("", {}) if name != self.chip]

    @property
    def widths(self) -> tuple[float, ...]:
        """Those of the printed page."""
        return tuple(self.printed.values())

    def width_of(self, name: str) -> float:
        """The width of a printed column, or of why beside the page."""
        return self.printed.get(name, WHY_WIDTH)

    @property
    def recorded(self) -> list[str]:
        """The typed columns beside the printed page."""
        return [each.name for each in TABLES[self.table.sheet] if each.label and each.name not in self.printed]

    @property
    def workings(self) -> list[str]:
        """The computed columns beside the printed page, but for why."""
        shown = {*self.printed, *self.recorded, WHY}
        return [name for name in self.columns if name not in shown]

    @cached_property
    def order(self) -> list[str]:
        """All columns from left to right: printed, why, recorded, workings."""
        return [*self.printed, *([] if WHY in self.printed else [WHY]), *self.recorded, *self.workings]

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each column; a gap follows the printed page."""
        page = len(self.printed)
        return {name: letter(place + (place > page)) for place, name in enumerate(self.order, 1)}

    def first_row(self, years: int) -> int:
        """The row of the first record, in a book of so many tax years."""
        return TOTAL_ROW + 1 + self.above(years) + 1

    def area(self, years: int, records: int) -> str:
        """The printed area: from the top to the last record."""
        return f"A1:{letter(len(self.printed))}{self.first_row(years) + records - 1}"


WHY: Final = "why"
WHY_WIDTH: Final = 62.0  # characters
