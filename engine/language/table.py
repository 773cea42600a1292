"""A table of records: its columns are lines too, some as received, the others computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .expressions import FACES, Amount, Some, Value, rounded
from .lines import A_SHARE, MILLIONTH, Line
from .nodes import Kind, Leaf


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

    def column(self, name: str, label: str, value: Some, kind: Kind, cite: str = "", *, alone: str = "") -> Some:
        """Add a computed column: a day, a yes-or-no, a word, or a value taken over as it is."""
        leaf = Leaf(self.sheet, name, kind=kind)
        self.order.append(Line(leaf, label, cite, value.node, in_table=True, alone=alone))
        return type(value)(leaf)

    def amount(
        self, name: str, label: str, amount: Amount, cite: str = "", kind: Kind = Kind.MONEY, *, alone: str = ""
    ) -> Amount:
        """Add a computed amount, cut to a millionth, so that binary dust never adds up."""
        return self.column(name, label, rounded(amount, MILLIONTH), kind, cite, alone=alone)

    def a_share(self, name: str, label: str, amount: Amount, cite: str = "") -> Amount:
        """Add dollars per share, kept so exactly that a lot restated for a split keeps its cents."""
        return self.column(name, label, rounded(amount, A_SHARE), Kind.PRICE, cite)

    @property
    def columns(self) -> list[Line]:
        """The columns of this table, as the sheet shows them."""
        return [line for line in self.order if line.leaf.sheet == self.sheet]

    def find(self, name: str) -> Line:
        """A column of this table by its name. KeyError if there is none."""
        for line in self.columns:
            if line.leaf.line == name:
                return line
        raise KeyError(f"{self.title} has no column {name!r}")


def column_of(value: Value) -> str:
    """The name of the column that a value is. TypeError of a value that is computed from columns."""
    if not isinstance(value.node, Leaf):
        raise TypeError(f"no column, but an expression: {value.node}")
    return value.node.line
