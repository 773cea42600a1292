"""Expressions as straight-line Python: one statement a line, compiled once. `amounts` and `arrays` are its dialects.

`placement` decides which lines are computed and where, `building` makes statements of them, `writing` writes those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from ...language.lines import Line
from . import writing
from .building import Builder
from .dialect import Dialect, call
from .placement import LeafNames, Places, simpler
from .statements import Assign, Definition, Expression, ReturnValue, Statement, by_key, forgetting, listed, name
from .taken import TakenLeaves, column_of

Figure = Callable[..., dict[str, Any]]  # figure(this year, the year before, ...) -> the wanted lines
Program = Sequence[Definition | Assign]  # that gives `figure` its meaning


def compile_lines(lines: Sequence[Line], dialect: Dialect, wanted: Collection[str] | None = None) -> Figure:
    """Turn lines, in order of calculation, into one Python function of this year and the years before it.

    It gives the `wanted` lines, such as "f6251.11", or all; of the others only what they need is computed.
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
    program, constants = program_of(lines, dialect, wanted)
    return writing.source(program), constants


def program_of(
    lines: Sequence[Line], dialect: Dialect, wanted: Collection[str] | None = None
) -> tuple[Program, dict[str, object]]:
    """Build the function of statements, and the constants that they take by name."""
    computed, names = [line for line in lines if line.expression is not None], LeafNames()
    kept = simpler(computed, names)
    results = {line.key: line for line in computed if wanted is None or line.key in wanted}
    taken = {key: names.get(line.leaf, line.leaf) for key, line in results.items() if not line.in_table}
    builder = Builder(dialect, TakenLeaves({line.leaf for line, _ in kept}, dialect.constant))
    body = builder.block(Places({*taken.values()}, dialect.exact_sums).put(kept))
    found = {
        key: builder.value(taken[key]) if key in taken else name(column_of(line.leaf)) for key, line in results.items()
    }
    in_blocks = dialect.in_blocks and builder.in_one_pass and not any(line.in_table for line in computed)
    program = _in_blocks if in_blocks else _at_once
    return program(builder.taken, body, found), builder.taken.constants


def _at_once(taken: TakenLeaves, body: Sequence[Statement], found: Mapping[str, Expression]) -> Program:
    """One function: all it takes first, then the lines."""
    return [Definition("figure", ("*ago",), (*taken.before(), *body, ReturnValue(by_key(found))))]


def _in_blocks(taken: TakenLeaves, body: Sequence[Statement], found: Mapping[str, Expression]) -> Program:
    """Two functions: one takes the values of all returns, the other computes the lines of a block of returns."""
    handed_on = taken.handed_on()
    loaded = Definition("loaded", ("*ago",), (*taken.before(), ReturnValue(listed([*map(name, handed_on)]))))
    lines = forgetting([*body, ReturnValue(listed([*found.values()]))])
    computed = Definition("computed", tuple(handed_on), tuple(lines))
    keys = Expression(repr([*found]))
    return [loaded, computed, Assign("figure", call("in_blocks")(name("loaded"), name("computed"), keys))]
