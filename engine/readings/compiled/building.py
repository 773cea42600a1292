"""From placed lines to statements: each line's expression in a dialect, and what has to stand before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ...language.lines import Line
from ...language.nodes import Column, Constant, Kind, Leaf, Op
from .dialect import Dialect, call
from .placement import IN_TURN, Block, Choice, Step, Tree
from .statements import Assign, Expression, ForEachRow, If, Statement, Unpack, called, forgetting, name, whole_number
from .taken import TakenLeaves, column_of, variable_of

TOTALS: Final = {Op.TOTAL: "totals", Op.TOTAL_SAME: "totals", Op.TOTAL_BEFORE: "totals_before"}  # functions of dialects
NONE_YET: Final = Expression("0.0")  # what a choice is before the first branch that some return takes


class Row(NamedTuple):
    """The row of a table, while a column is written."""

    before: list[Statement]  # statements before the column
    leaves: dict[Leaf, None]  # the columns whose values it takes


@dataclass
class Builder:
    """Builds the statements of one function. Where `out` is None there is no place for a statement before."""

    dialect: Dialect
    taken: TakenLeaves
    in_one_pass: bool = True  # no line adds up a table that is computed here
    numbered: int = 0
    owner: str = ""  # the sheet whose rows, or returns, are computed

    def block(self, block: Block) -> list[Statement]:
        """The statements of all lines in a block."""
        out: list[Statement] = []
        for line, tree in block.lines:
            self.owner = line.leaf.sheet if line.in_table else "returns"
            out.append(self._column(line, tree, out) if line.in_table else self._line(line, tree, out))
        return out

    def _line(self, line: Line, tree: Tree, out: list[Statement]) -> Assign:
        value = self.expression(tree, out)
        if self.dialect.in_blocks and line.leaf.kind is Kind.FLAG:
            value = call("alone")(value)  # one answer for all returns of a block spares the other branch
        return Assign(variable_of(line.leaf), value)

    def _column(self, line: Line, tree: Tree, out: list[Statement]) -> Assign | ForEachRow:
        """A column: one expression for all rows, or one for each row."""
        row = Row(out, {})
        value = self.expression(tree, None, row)
        if self.dialect.whole_columns:
            return Assign(column_of(line.leaf), value)
        names, columns = map(variable_of, row.leaves), map(self.taken.column, row.leaves)
        return ForEachRow(column_of(line.leaf), value, tuple(names), tuple(columns))

    def expression(self, tree: Tree, out: list[Statement] | None, row: Row | None = None) -> Expression:
        """Write a tree; the statements that must stand before it go to `out`."""
        match tree:
            case Step(op, (Column(column), *tests)) if op in TOTALS:
                return self._total(TOTALS[op], column, tests, row)
            case Step(Op.ROUNDED, (amount, Constant(digits))):
                return self._operation(tree, [self._argument(Op.ROUNDED, amount, out, row), whole_number(str(digits))])
            case Step(op, arguments):
                within = None if op in IN_TURN or op is Op.WHEN else out  # what may not be reached stays where it is
                return self._operation(tree, [self._argument(op, each, within, row) for each in arguments])
            case Choice():
                assert out is not None
                return self._choice(tree, out)
        return self.value(tree, row)

    def value(self, tree: Tree, row: Row | None = None) -> Expression:
        """The name of a constant, of a line, or of a value that is loaded first."""
        match tree:
            case Constant(value):
                return self.taken.constant(value)
            case Column(leaf):
                return self.taken.column(leaf)
        assert isinstance(tree, Leaf)
        if row and _is_in_row(tree):
            row.leaves[tree] = None
            return self.taken.column(tree) if self.dialect.whole_columns else name(variable_of(tree))
        return self.taken.value(tree)

    def _argument(self, op: Op, tree: Tree, out: list[Statement] | None, row: Row | None) -> Expression:
        """An argument that the shorter way of its operation asks to be a name gets one, if there is a place."""
        value = self.expression(tree, out, row)
        if out is None or op not in self.dialect.write_names or value.is_plain:
            return value
        part = self._new("part")
        out.append(Assign(part, value))
        return name(part)

    def _operation(self, step: Step, arguments: Sequence[Expression]) -> Expression:
        if step.is_sum:
            return call("cleaned")(*arguments)
        shorter = step.op in self.dialect.write_names and all(argument.is_plain for argument in arguments)
        return (self.dialect.write_names if shorter else self.dialect.write)[step.op](*arguments)

    def _choice(self, choice: Choice, out: list[Statement]) -> Expression:
        """A choice on one line, or as `if` and `else` where a branch has lines of its own."""
        test = self.expression(choice.test, out)
        sides: list[list[Statement]] = []
        values: list[Expression] = []
        for block, tree in choice.branches:
            sides.append(self.block(block))
            values.append(self.expression(tree, sides[-1]))
        if not any(sides):
            return self.dialect.write[Op.WHEN](test, *values)
        either = self._new("either")
        then, otherwise = ([*side, Assign(either, value)] for side, value in zip(sides, values, strict=True))
        if self.dialect.in_blocks:
            return _of_many(either, test, then, otherwise, out)
        out.append(If(test, tuple(then), tuple(otherwise)))
        return name(either)

    def _total(self, function: str, column: Leaf, tests: Sequence[Tree], row: Row | None) -> Expression:
        """Group the rows once; then each total is a look-up, and one that no line leads to is computed first."""
        keys, wanted = [each.leaf for each in tests[::2] if isinstance(each, Column)], list(tests[1::2])
        found = [self.value(each, row) for each in wanted]
        if self.dialect.owners:
            keys.append(Leaf(column.sheet, "owner"))
            found.append(self.taken.column(Leaf(self.owner, "owner")))
        grouped = call(function)(*map(self.taken.column, [column, *keys]))
        if row:
            groups = self._new("totals")
            row.before.append(Assign(groups, grouped))
            return called(name(groups), found)
        if any(isinstance(each, Leaf) and each in self.taken.computed for each in (column, *keys, *wanted)):
            self.in_one_pass = False
            return called(grouped, found)
        return self.taken.total(called(self.taken.total(grouped, "totals"), found), "total")

    def _new(self, kind: str) -> str:
        self.numbered += 1
        return f"{kind}_{self.numbered}"


def _is_in_row(leaf: Leaf) -> bool:
    """Tell a column of a table from an option, which is one value for all rows."""
    return leaf.sheet not in ("options", "law")


def _of_many(
    either: str, test: Expression, then: Sequence[Statement], otherwise: Sequence[Statement], out: list[Statement]
) -> Expression:
    """A choice for many returns: a branch is computed if some return takes it, and forgets what it computed."""
    holds, some, others, first = (name(f"{either}_{part}") for part in ("test", "some", "others", "then"))
    out += [
        Assign(holds.text, test),
        Unpack((some.text, others.text), call("which")(holds)),
        Assign(either, NONE_YET),
        If(some, tuple(forgetting(then, keep=either))),
        Assign(first.text, name(either)),
        If(others, tuple(forgetting(otherwise, keep=either))),
    ]
    return call("merged")(holds, some, others, first, name(either))
