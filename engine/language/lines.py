"""A line: number, label, citation and one expression. A form is its lines; a table's columns are lines too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from .expressions import FACES, Amount, Count, Flag, Rate, Some, Text, rounded
from .nodes import Column, Kind, Leaf, Node, is_settled, leaves

ROUNDING: Final = Count(Leaf("options", "rounding", kind=Kind.COUNT))  # digits kept: 0 whole dollars, 2 cents
TAX_METHOD: Final = Text(Leaf("options", "tax_method", kind=Kind.TEXT))  # "table" or "schedule"
SECOND_TIME: Final = ("refigured", "AMT gains", "regular gains")  # begin the names of lines that are figured again
MILLIONTH: Final = 6  # columns and workings keep this many digits
A_SHARE: Final = 10  # dollars a share keep this many


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

    @property
    def key(self) -> str:
        """'f6251.2i': the name under which readings know the line."""
        return f"{self.leaf.sheet}.{self.leaf.line}"

    @property
    def number(self) -> str:
        """The printed number, also of a line that is figured a second time ('refigured 4'); "" for a working."""
        return printed_number(self.leaf.line)

    @property
    def is_printed(self) -> bool:
        """Tell a line that the form prints from a working, and from a line figured a second time."""
        return self.number == self.leaf.line


@dataclass
class Form:
    """Lines in the order of their calculation; `printed` gives them in the order of the page."""

    sheet: str
    title: str
    order: list[Line] = field(default_factory=list)  # shared by the forms of a year: the order of calculation
    lines: list[Line] = field(default_factory=list)
    _places: dict[str, Line] = field(default_factory=dict)

    def line(self, number: str, label: str, amount: Amount, cite: str = "", source: str = "") -> Amount:
        """Add a money line, in dollars. It rounds here, and nowhere else."""
        exact = amount if is_settled(amount.node) else rounded(amount, ROUNDING)
        leaf = Leaf(self.sheet, number, settled=True)
        self.add(Line(leaf, label, cite, exact.node, source))
        return Amount(leaf)

    def flag(self, number: str, label: str, test: Flag, cite: str = "", source: str = "") -> Flag:
        """Add a yes-or-no line."""
        leaf = Leaf(self.sheet, number, kind=Kind.FLAG)
        self.add(Line(leaf, label, cite, test.node, source))
        return Flag(leaf)

    def words(self, number: str, label: str, words: Text, cite: str = "") -> Text:
        """Add a sentence, or a word of ours."""
        leaf = Leaf(self.sheet, number, kind=Kind.TEXT)
        self.add(Line(leaf, label, cite, words.node))
        return Text(leaf)

    def working(self, number: str, label: str, amount: Amount, cite: str = "") -> Amount:
        """Add a working that is no printed line, kept to a millionth: the middle of a Tax Table row."""
        leaf = Leaf(self.sheet, number)
        self.add(Line(leaf, label, cite, rounded(amount, MILLIONTH).node))
        return Amount(leaf)

    def share(self, number: str, label: str, rate: Rate, cite: str = "") -> Rate:
        """Add a line that is a rate."""
        leaf = Leaf(self.sheet, number, kind=Kind.RATE)
        self.add(Line(leaf, label, cite, rate.node))
        return Rate(leaf)

    def entry(self, number: str, label: str, source: str = "", *, blank_is_zero: bool = True) -> Amount:
        """Add an amount that the preparer types, in dollars."""
        leaf = Leaf(self.sheet, number)
        self.add(Line(leaf, label, source=source, blank_is_zero=blank_is_zero))
        return Amount(leaf)

    def choice(self, number: str, label: str, choices: Sequence[str], source: str = "") -> Text:
        """Add a word that the preparer chooses from a list, or leaves blank."""
        leaf = Leaf(self.sheet, number, kind=Kind.TEXT)
        self.add(Line(leaf, label, source=source, blank_is_zero=False, choices=tuple(choices)))
        return Text(leaf)

    def __getitem__(self, number: str) -> Amount:
        """Take an amount from this form by its line number."""
        line = self.find(number)
        if line.leaf.kind is not Kind.MONEY:
            raise TypeError(f"{line.key} is a {line.leaf.kind}, not an amount")
        return Amount(line.leaf)

    def test(self, number: str) -> Flag:
        """Take a yes-or-no line, as `form[...]` takes an amount."""
        return Flag(self.find(number).leaf)

    def word(self, number: str) -> Text:
        """Take a line of words."""
        return Text(self.find(number).leaf)

    def find(self, number: str) -> Line:
        """Find a line by its number; KeyError names the form."""
        if number not in self._places:
            raise KeyError(f"{self.title} has no line {number!r}")
        return self._places[number]

    def through(self, first: str, last: str) -> list[Amount]:
        """Take the printed lines from one number through another."""
        printed = self.printed()
        numbers = [line.leaf.line for line in printed]
        return [Amount(line.leaf) for line in printed[numbers.index(first) : numbers.index(last) + 1]]

    def printed(self) -> list[Line]:
        """The lines that the form prints, by number; workings are not among them, so that a sum stays one range."""
        return sorted((line for line in self.lines if line.is_printed), key=_place)

    def workings(self) -> list[Line]:
        """The lines that the form does not print, in order of calculation."""
        return [line for line in self.lines if not line.is_printed]

    def add(self, line: Line) -> None:
        """Add a line as it is; ValueError if its number is taken."""
        if line.leaf.line in self._places:
            raise ValueError(f"{self.title} has line {line.leaf.line} already")
        self._places[line.leaf.line] = line
        self.lines.append(line)
        self.order.append(line)


@dataclass
class Table:
    """A table of records. Columns of several tables may be declared in turn: `order` is that of calculation."""

    sheet: str
    title: str
    order: list[Line]

    def entry(
        self, name: str, label: str, face: type[Some], kind: Kind, *, required: bool = True, choices: Sequence[str] = ()
    ) -> Some:
        """Add a column that comes with the record."""
        assert FACES[kind] is face
        leaf = Leaf(self.sheet, name, kind=kind)
        self.order.append(Line(leaf, label, in_table=True, blank_is_zero=False, choices=tuple(choices)))
        return face(leaf)

    def column(self, name: str, label: str, value: Some, kind: Kind, cite: str = "") -> Some:
        """Add a computed column: a day, a yes-or-no, a word, or a value taken over as it is."""
        leaf = Leaf(self.sheet, name, kind=kind)
        self.order.append(Line(leaf, label, cite, value.node, in_table=True))
        return type(value)(leaf)

    def amount(self, name: str, label: str, amount: Amount, cite: str = "", kind: Kind = Kind.MONEY) -> Amount:
        """Add a computed amount, cut to a millionth, so that binary dust never adds up."""
        return self.column(name, label, rounded(amount, MILLIONTH), kind, cite)

    def a_share(self, name: str, label: str, amount: Amount, cite: str = "") -> Amount:
        """Add dollars a share, kept so exactly that a lot restated for a split keeps its cents."""
        return self.column(name, label, rounded(amount, A_SHARE), Kind.PRICE, cite)

    @property
    def columns(self) -> list[Line]:
        """The columns of this table, as the sheet shows them."""
        return [line for line in self.order if line.leaf.sheet == self.sheet]


def printed_number(name: str) -> str:
    """'4' of '4' and of 'refigured 4'; "" of a working such as '5 lost'."""
    found = re.fullmatch(rf"(?:(?:{'|'.join(SECOND_TIME)}) )?(\d+[a-z]*)", name)
    return found[1] if found else ""


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


def _place(line: Line) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+)([a-z]*)", line.leaf.line)
    assert found
    return int(found[1]), found[2]
