"""What a compiled function has at hand before its first line: values of the years, constants, and totals of tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ...language.nodes import Leaf
from .statements import Assign, Expression, name


class Load(NamedTuple):
    """A value that the caller brings: f6251.2i of the year at hand, or of a year before it."""

    years_ago: int
    key: str
    is_column: bool  # all rows of a table


@dataclass
class TakenLeaves:
    """Names for what the caller brings, for constants and for totals; each is taken once."""

    computed: Collection[Leaf]  # what the function figures itself
    as_constant: Callable[[Decimal | str], object]
    named: dict[Leaf, Expression] = field(default_factory=dict)
    loads: dict[str, Load] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    constant_names: dict[tuple[type, object], str] = field(default_factory=dict)
    totals: dict[Expression, str] = field(default_factory=dict)  # computed before all lines

    def value(self, leaf: Leaf) -> Expression:
        """The name of a line, or of a value that is loaded first."""
        if found := self.named.get(leaf):
            return found
        self.named[leaf] = found = name(variable_of(leaf))
        if leaf not in self.computed:
            self.loads[found.text] = Load(leaf.years_ago, _key(leaf), is_column=False)
        return found

    def column(self, leaf: Leaf) -> Expression:
        """The name of a whole column."""
        variable = column_of(leaf)
        if leaf not in self.computed:
            self.loads.setdefault(variable, Load(0, _key(leaf), is_column=True))
        return name(variable)

    def constant(self, value: Decimal | str) -> Expression:
        """The name of a constant; equal ones have one name."""
        found = self.as_constant(value)
        known = self.constant_names.get((type(found), found))
        if known is None:
            known = self.constant_names[type(found), found] = f"k_{len(self.constants)}_{_identifier(str(value))[:20]}"
            self.constants[known] = found
        return name(known)

    def total(self, total: Expression, kind: str) -> Expression:
        """The name of a total, or of the rows grouped for totals (its kind), which is computed before all lines."""
        return name(self.totals.setdefault(total, f"{kind}_{len(self.totals)}"))

    def before(self) -> Iterator[Assign]:
        """The statements before all lines. `ago` are the figures by year, the last year first."""
        for years in dict.fromkeys(load.years_ago for load in self.loads.values()):
            # The year after the last stands last: ago[-1].
            yield Assign(_year(years), Expression(f"ago[{years}]", frozenset(("ago",))))
        for variable, load in self.loads.items():
            year = _year(load.years_ago)
            yield Assign(variable, Expression(f"{year}[{load.key!r}]", frozenset((year,))))
        for total, variable in self.totals.items():
            yield Assign(variable, total)

    def handed_on(self) -> list[str]:
        """The variables that the lines take: all but whole columns, of which they take the totals."""
        return [*(variable for variable, load in self.loads.items() if not load.is_column), *self.totals.values()]


def variable_of(leaf: Leaf) -> str:
    """The variable of a line, an entry or a column's value in one row: f6251_2i, f6251_2i_1_before."""
    variable = _identifier(f"{leaf.sheet}_{leaf.line}")
    if leaf.years_ago < 0:
        return f"{variable}_{-leaf.years_ago}_after"
    return f"{variable}_{leaf.years_ago}_before" if leaf.years_ago else variable


def column_of(leaf: Leaf) -> str:
    """The variable of a whole column: every_exercises_shares."""
    return "every_" + variable_of(leaf)


def _identifier(words: str) -> str:
    return re.sub(r"\W", "_", words)


def _key(leaf: Leaf) -> str:
    return f"{leaf.sheet}.{leaf.line}"


def _year(ago: int) -> str:
    return f"after_{-ago}" if ago < 0 else f"ago_{ago}"
