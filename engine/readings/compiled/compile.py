"""Expressions as straight-line Python: one statement a line, compiled once. `amounts` and `arrays` are its dialects.

`placement` decides which lines are figured and where; this module writes them down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ...lines import Line
from ...nodes import Column, Constant, Kind, Leaf, Op
from .dialect import Dialect
from .placement import IN_TURN, Block, Choice, Names, Places, Step, Tree, simpler

TOTALS: Final = {Op.TOTAL: "totals", Op.TOTAL_SAME: "totals", Op.TOTAL_BEFORE: "totals_before"}  # functions of dialects
Known = Mapping[str, Any]  # "f6251.2i" -> a Decimal, or an array, or (for a table) a list of one value a row
Figure = Callable[..., dict[str, Any]]  # figure(this year, the year before, ...) -> the wanted lines


def compile_lines(lines: Sequence[Line], dialect: Dialect, wanted: Collection[str] | None = None) -> Figure:
    """Turn lines, in order of calculation, into one Python function of this year and the years before it.

    It gives the `wanted` lines, such as "f6251.11", or all; of the others only what they need is figured.
    """
    source, constants = source_of(lines, dialect, wanted)
    namespace: dict[str, Any] = {**dialect.environment, **constants}
    exec(compile(source, "<lines>", "exec"), namespace)  # noqa: S102 - our own expressions, no input reaches it
    figure: Figure = namespace["figure"]
    return figure


def source_of(
    lines: Sequence[Line], dialect: Dialect, wanted: Collection[str] | None = None
) -> tuple[str, dict[str, object]]:
    """Write the function's source, and the constants it refers to."""
    computed, names = [line for line in lines if line.expression is not None], Names()
    kept = simpler(computed, names)
    results = {line.key: line for line in computed if wanted is None or line.key in wanted}
    taken = {key: names.get(line.leaf, line.leaf) for key, line in results.items() if not line.in_table}
    writer = _Writer(dialect, {line.leaf for line, _ in kept})
    body = writer.block(Places({*taken.values()}, dialect.exact_sums).put(kept))
    found = {key: writer.value(taken[key]) if key in taken else _every(line.leaf) for key, line in results.items()}
    if dialect.in_blocks and writer.blocks and not any(line.in_table for line in computed):
        own = ", ".join([*(name for name in writer.loads if not name.startswith("every_")), *writer.sums.values()])
        loaded = ["def loaded(*ago):", *writer.before(), f"return [{own}]"]
        figured = [f"def figured({own}):", *_forgetting([*body, f"return [{', '.join(found.values())}]"])]
        text = ["\n    ".join(loaded), "\n    ".join(figured), f"figure = in_blocks(loaded, figured, {[*found]})"]
        return "\n".join(text), writer.constants
    given = ", ".join(f"{key!r}: {value}" for key, value in found.items())
    return "\n    ".join(["def figure(*ago):", *writer.before(), *body, f"return {{{given}}}"]), writer.constants


@dataclass
class _Writer:
    dialect: Dialect
    computed: Collection[Leaf]
    loads: dict[str, str] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)  # totals figured before all lines, each once
    blocks: bool = True  # no line adds up a table for each return
    places: int = 0
    owner: str = ""

    def block(self, block: Block) -> list[str]:
        """The statements of all lines in a block."""
        statements: list[str] = []
        for line, tree in block.lines:
            self.owner = line.leaf.sheet if line.in_table else "returns"
            if line.in_table:
                statements.append(f"{_every(line.leaf)} = {self._column(line, tree, statements)}")
            else:
                written = self.write(tree, statements)
                if self.dialect.in_blocks and line.leaf.kind is Kind.FLAG:
                    written = f"alone({written})"  # one answer for all returns of a block spares the other branch
                statements.append(f"{_variable(line.leaf)} = {written}")
        return statements

    def _column(self, line: Line, tree: Tree, out: list[str]) -> str:
        """A column: one expression for all rows, or one for each row."""
        rows: dict[Leaf, None] = {}
        body = self.write(tree, None, _Row(out, rows))
        if self.dialect.whole_columns:
            return body
        names = "".join(f"{_variable(leaf)}, " for leaf in rows)
        return f"[{body} for {names}in zip({', '.join(map(self.whole, rows))})]"

    def write(self, tree: Tree, out: list[str] | None, row: _Row | None = None) -> str:
        """An expression; statements that must stand before it go to `out` (None: there is no place for any)."""
        match tree:
            case Step(op, (Column(column), *tests)) if op in TOTALS:
                return self._total(TOTALS[op], column, tests, row)
            case Step(Op.ROUNDED, (amount, Constant(digits))):
                return self._operation(tree, [self._argument(Op.ROUNDED, amount, out, row), str(digits)])
            case Step(op, arguments):
                within = None if op in IN_TURN or op is Op.WHEN else out  # what may not be reached stays where it is
                return self._operation(tree, [self._argument(op, each, within, row) for each in arguments])
            case Choice():
                assert out is not None
                return self._choice(tree, out)
        return self.value(tree, row)

    def _argument(self, op: Op, tree: Tree, out: list[str] | None, row: _Row | None) -> str:
        written = self.write(tree, out, row)
        if out is None or op not in self.dialect.write_names or re.fullmatch(r"\w+", written):
            return written
        name = self._name("part")
        out.append(f"{name} = {written}")
        return name

    def _operation(self, step: Step, arguments: list[str]) -> str:
        if step.is_sum:
            return f"cleaned({', '.join(arguments)})"
        plain = all(re.fullmatch(r"\w+", argument) for argument in arguments)
        ways = self.dialect.write_names if plain and step.op in self.dialect.write_names else self.dialect.write
        return ways[step.op](*arguments)

    def _choice(self, choice: Choice, out: list[str]) -> str:
        """A choice on one line, or as `if` and `else` where a branch has lines of its own."""
        test = self.write(choice.test, out)
        sides: list[list[str]] = []
        values: list[str] = []
        for block, tree in choice.branches:
            sides.append(self.block(block))
            values.append(self.write(tree, sides[-1]))
        if not any(sides):
            return self.dialect.write[Op.WHEN](test, *values)
        name = self._name("either")
        whole = [[*side, f"{name} = {value}"] for side, value in zip(sides, values, strict=True)]
        if self.dialect.in_blocks:
            whole = [_forgetting(side, name) for side in whole]
        branches = [[f"    {statement}" for statement in side] for side in whole]
        if not self.dialect.in_blocks:
            out += [f"if {test}:", *branches[0], "else:", *branches[1]]
            return name
        out += [f"{name}_test = {test}", f"{name}_some, {name}_others = which({name}_test)", f"{name} = 0.0"]
        out += [f"if {name}_some:", *branches[0], f"{name}_then = {name}", f"if {name}_others:", *branches[1]]
        return f"merged({name}_test, {name}_some, {name}_others, {name}_then, {name})"

    def value(self, tree: Tree, row: _Row | None = None) -> str:
        """The name of a constant, of a line, or of a value that is loaded first."""
        if isinstance(tree, Constant):
            return self.constant(tree.value)
        if isinstance(tree, Column):
            return self.whole(tree.leaf)
        assert isinstance(tree, Leaf)
        if row and _is_row(tree):
            row.leaves[tree] = None
            return self.whole(tree) if self.dialect.whole_columns else _variable(tree)
        if tree not in self.computed:
            self.loads.setdefault(_variable(tree), f"{_year(tree.years_ago)}[{_key(tree)!r}]")
        return _variable(tree)

    def whole(self, leaf: Leaf) -> str:
        """The name of a whole column."""
        if leaf not in self.computed:
            self.loads.setdefault(_every(leaf), f"{_year(0)}[{_key(leaf)!r}]")
        return _every(leaf)

    def before(self) -> list[str]:
        """The statements before all lines: values by their names, and totals."""
        years = dict.fromkeys(place.split("[")[0] for place in self.loads.values())
        return [
            *(f"{year} = ago[{year.removeprefix('ago_').replace('after_', '-')}]" for year in years),
            *(f"{name} = {place}" for name, place in self.loads.items()),
            *(f"{name} = {text}" for text, name in self.sums.items()),
        ]

    def constant(self, value: Decimal | str) -> str:
        """The name of a constant."""
        name = f"k_{len(self.constants)}_" + re.sub(r"\W", "_", str(value))[:20]
        found = self.dialect.constant(value)
        for known, held in self.constants.items():
            if type(held) is type(found) and held == found:
                return known
        self.constants[name] = found
        return name

    def _total(self, function: str, column: Leaf, tests: Sequence[Tree], row: _Row | None) -> str:
        """Group the rows once; then each total is a look-up, and one that no line leads to is figured first."""
        keys, wanted = [each.leaf for each in tests[::2] if isinstance(each, Column)], list(tests[1::2])
        found = [self.value(each, row) for each in wanted]
        if self.dialect.owners:
            keys.append(Leaf(column.sheet, "owner"))
            found.append(self.whole(Leaf(self.owner, "owner")))
        grouped = f"{function}({', '.join(map(self.whole, [column, *keys]))})"
        free = not any(isinstance(each, Leaf) and each in self.computed for each in (column, *keys, *wanted))
        if row:
            name = self._name("totals")
            row.out.append(f"{name} = {grouped}")
            return f"{name}({', '.join(found)})"
        if not free:
            self.blocks = False
            return f"{grouped}({', '.join(found)})"
        group = self.sums.setdefault(grouped, f"totals_{len(self.sums)}")
        return self.sums.setdefault(f"{group}({', '.join(found)})", f"total_{len(self.sums)}")

    def _name(self, kind: str) -> str:
        self.places += 1
        return f"{kind}_{self.places}"


class _Row(NamedTuple):
    """The row of a table, while a column is written."""

    out: list[str]  # statements before the column
    leaves: dict[Leaf, None]  # the columns that it takes


def _forgetting(statements: Sequence[str], keep: str = "") -> list[str]:
    """Let go of each array after its last use, so that the next one takes its memory, still in the cache."""
    last = {name: place for place, statement in enumerate(statements) for name in re.findall(r"\w+", statement)}
    ends: list[list[str]] = [[] for _ in statements]
    for name in dict.fromkeys(found[1] for each in statements if (found := re.match(r"(\w+) = ", each))):
        place = last[name]
        while place + 1 < len(statements) and statements[place + 1].startswith(" "):
            place += 1  # not inside a branch, which may not be taken
        if name != keep and not statements[place].startswith("return"):
            ends[place].append(name)
    return [
        text
        for statement, names in zip(statements, ends, strict=True)
        for text in (statement, *([f"del {', '.join(names)}"] if names else []))
    ]


def _is_row(leaf: Leaf) -> bool:
    """Tell a column of a table from an option, which is one value for all rows."""
    return leaf.sheet not in ("options", "law")


def _key(leaf: Leaf) -> str:
    return f"{leaf.sheet}.{leaf.line}"


def _year(ago: int) -> str:
    return f"after_{-ago}" if ago < 0 else f"ago_{ago}"  # the year after the last stands last: ago[-1]


def _variable(leaf: Leaf) -> str:
    name = re.sub(r"\W", "_", f"{leaf.sheet}_{leaf.line}")
    if leaf.years_ago < 0:
        return f"{name}_{-leaf.years_ago}_after"
    return f"{name}_{leaf.years_ago}_before" if leaf.years_ago else name


def _every(leaf: Leaf) -> str:
    return "every_" + _variable(leaf)
