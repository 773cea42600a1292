"""Expressions as straight-line Python: one statement a line, compiled once. `amounts` and `arrays` are its dialects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..lines import ROUNDING, Line
from ..nodes import SUMS, Column, Constant, Leaf, Node, Op, Operation, fold, is_settled, leaves

Write = Callable[..., str]
Known = Mapping[str, Any]  # "f6251.2i" -> a Decimal, or an array, or (for a table) a list of one value a row
Figure = Callable[..., dict[str, Any]]  # figure(this year, the year before, ...) -> the computed lines


@dataclass(frozen=True, eq=False)
class Dialect:
    """How one kind of number is written in Python."""

    write: Mapping[Op, Write]
    constant: Callable[[Decimal | str], object]
    environment: Mapping[str, object]
    whole_columns: bool  # a column is one array, not a list with an expression a row
    exact_sums: bool = False  # a sum of rounded amounts is rounded already
    owners: bool = False  # tables hold the records of many returns at once


def call(function: str) -> Write:
    """Write an operator as a function call."""
    return lambda *arguments: f"{function}({', '.join(arguments)})"


def infix(sign: str) -> Write:
    """Write an operator between its arguments."""
    return lambda *arguments: f"({f' {sign} '.join(arguments)})"


def template(pattern: str) -> Write:
    """Write an operator by a pattern with places {0}, {1}, ..."""
    return lambda *arguments: pattern.format(*arguments)


def compile_lines(lines: Sequence[Line], dialect: Dialect) -> Figure:
    """Turn lines, in order of calculation, into one Python function of this year and the years before it."""
    source, constants = source_of(lines, dialect)
    namespace: dict[str, Any] = {**dialect.environment, **constants}
    exec(compile(source, "<lines>", "exec"), namespace)  # noqa: S102 - our own expressions, no input reaches it
    figure: Figure = namespace["figure"]
    return figure


def source_of(lines: Sequence[Line], dialect: Dialect) -> tuple[str, dict[str, object]]:
    """Write the function's source, and the constants it refers to."""
    computed = [line for line in lines if line.expression is not None]
    writer = _Writer(dialect)
    statements = [statement for line in computed for statement in writer.statements(line)]
    own = {_every(line.leaf) if line.in_table else _variable(line.leaf) for line in computed}
    loads = [f"{name} = {place}" for name, place in writer.loads.items() if name not in own]
    results = ", ".join(
        f"{line.key!r}: {_every(line.leaf) if line.in_table else _variable(line.leaf)}" for line in computed
    )
    body = [*loads, *statements, f"return {{{results}}}"]
    return "\n    ".join(["def figure(*ago):", *body]), writer.constants


@dataclass
class _Writer:
    dialect: Dialect
    loads: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Leaf] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    hoisted: list[str] = field(default_factory=list)
    totals: int = 0
    owner: str = ""

    def statements(self, line: Line) -> list[str]:
        assert line.expression is not None
        self.hoisted = []
        self.owner = line.leaf.sheet if line.in_table else "returns"
        by_row = line.in_table and not self.dialect.whole_columns
        body = fold(self._lean(line.expression), lambda node: self._value(node, by_row, line), self._apply)
        target = _every(line.leaf) if line.in_table else _variable(line.leaf)
        if by_row:
            rows = dict.fromkeys(leaf for leaf in leaves(line.expression) if isinstance(leaf, Leaf) and _is_row(leaf))
            names = "".join(f"{_variable(leaf)}, " for leaf in rows)
            body = f"[{body} for {names}in zip({', '.join(map(self.whole, rows))})]"
        return [*self.hoisted, f"{target} = {body}"]

    def _lean(self, node: Node) -> Node:
        """Leave out a rounding that exact arithmetic does not need."""
        match node:
            case Operation(Op.ROUNDED, (amount, digits)) if self.dialect.exact_sums and digits == ROUNDING.node:
                return amount if is_settled(amount, SUMS) else node
        return node

    def whole(self, leaf: Leaf) -> str:
        name = _every(leaf)
        self.columns[name] = leaf
        self.loads.setdefault(name, f"ago[0][{_key(leaf)!r}]")
        return name

    def _value(self, node: Node, by_row: bool, line: Line) -> str:
        if isinstance(node, Constant):
            return self._constant(node)
        if isinstance(node, Column):
            return self.whole(node.leaf)
        assert isinstance(node, Leaf)
        if line.in_table and _is_row(node):
            return _variable(node) if by_row else self.whole(node)
        self.loads.setdefault(_variable(node), f"ago[{node.years_ago}][{_key(node)!r}]")
        return _variable(node)

    def _constant(self, node: Constant) -> str:
        name = f"k_{len(self.constants)}_" + re.sub(r"\W", "_", str(node.value))[:20]
        value = self.dialect.constant(node.value)
        for known, held in self.constants.items():
            if type(held) is type(value) and held == value:
                return known
        self.constants[name] = value
        return name

    def _apply(self, op: Op, arguments: list[str]) -> str:
        if op is Op.TOTAL:
            return self._total(*arguments)
        return self.dialect.write[op](*arguments)

    def _total(self, column: str, *tests: str) -> str:
        """Group the rows once, before the statement; then each total is a look-up."""
        keys, wanted = list(tests[::2]), list(tests[1::2])
        if self.dialect.owners:
            keys.append(self.whole(Leaf(self.columns[column].sheet, "owner")))
            wanted.append(self.whole(Leaf(self.owner, "owner")))
        self.totals += 1
        self.hoisted.append(f"total_{self.totals} = totals({', '.join([column, *keys])})")
        return f"total_{self.totals}({', '.join(wanted)})"


def _is_row(leaf: Leaf) -> bool:
    """Tell a column of a table from an option, which is one value for all rows."""
    return leaf.sheet not in ("options", "law")


def _key(leaf: Leaf) -> str:
    return f"{leaf.sheet}.{leaf.line}"


def _variable(leaf: Leaf) -> str:
    name = re.sub(r"\W", "_", f"{leaf.sheet}_{leaf.line}")
    if leaf.years_ago < 0:  # the year after the last stands last: ago[-1]
        return f"{name}_{-leaf.years_ago}_after"
    return f"{name}_{leaf.years_ago}_before" if leaf.years_ago else name


def _every(leaf: Leaf) -> str:
    return "every_" + _variable(leaf)
