"""Compute a few lines of a year, or a few columns of the records, from any that are given: the rest is not needed.

tentative = lines_for(2025, ["f6251.9"], ["f6251.4", "regular.qualified_dividends", ...])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ..federal.forms.inputs import INPUTS
from ..federal.stock.record_tables import RECORDS
from ..federal.years import forms_of
from ..language.lines import Line
from ..language.nodes import Column, Leaf, leaves
from ..readings.amounts import AMOUNTS
from ..readings.compiled.compile import Figure, compile_lines
from ..readings.compiled.dialect import Dialect

OUTSIDE = ("law", "options", INPUTS.name)  # sheets whose leaves come with the call


def figure_for(
    year: int,
    wanted: Iterable[str],
    given: Iterable[str],
    dialect: Dialect = AMOUNTS,
    *,
    first: bool = True,
    workings: bool = False,
) -> Figure:
    """One function, figure(known, the year before), that gives the wanted lines; compiled once for each question.

    With `workings` it gives all lines that lead to them as well.

    `given` are the lines that the caller knows, such as "f6251.4"; `known` must hold them, and the law, options and
    entries that the rest asks for. KeyError for a line that the year does not have.
    """
    return _compiled(year, tuple(wanted), frozenset(given), dialect, first, workings)


def lines_for(year: int, wanted: Iterable[str], given: Iterable[str], *, first: bool = True) -> list[Line]:
    """The lines that lead from the given to the wanted ones, in order of calculation."""
    return _leading_to(set(wanted), set(given), forms_of(year, first).order, str(year))


@cache
def columns_figure(wanted: tuple[str, ...], given: frozenset[str] = frozenset(), dialect: Dialect = AMOUNTS) -> Figure:
    """One function of the tables that gives the wanted columns, such as "exercises.adjustment", a list or array each.

    `given` are computed columns that the tables bring with them. KeyError for a column that the records do not have.
    """
    return compile_lines(_leading_to(set(wanted), set(given), RECORDS, "the table of records"), dialect)


def _leading_to(wanted: set[str], known: set[str], order: Sequence[Line], where: str) -> list[Line]:
    needed = wanted - known
    if missing := needed - {line.key for line in order}:
        raise KeyError(f"{where} has no line {', '.join(sorted(missing))}")
    chosen: list[Line] = []
    for line in reversed(order):
        if line.key in needed and line.expression is not None:
            chosen.append(line)
            needed |= {key for key in _used(line) if key not in known}
    return chosen[::-1]


@cache
def _compiled(
    year: int, wanted: tuple[str, ...], given: frozenset[str], dialect: Dialect, first: bool, workings: bool
) -> Figure:
    return compile_lines(lines_for(year, wanted, given, first=first), dialect, None if workings else wanted)


def _used(line: Line) -> set[str]:
    """The lines of the same year that a line takes."""
    assert line.expression is not None
    found = [leaf.leaf if isinstance(leaf, Column) else leaf for leaf in leaves(line.expression)]
    return {key(leaf) for leaf in found if not leaf.years_ago and leaf.sheet not in OUTSIDE}


def key(leaf: Leaf) -> str:
    """'f6251.2i': the name under which readings know a leaf."""
    return f"{leaf.sheet}.{leaf.line}"


@cache
def figure_again(
    year: int, wanted: tuple[str, ...], changed: frozenset[str], first: bool, *, workings: bool = False
) -> Figure:
    """One function that gives the wanted lines after a few others have changed; all the rest stays as computed.

    figure({**figures of the year, "f6251.2i": another amount}, figures of the year before). With `workings` it gives
    all lines that lead to them as well.
    """
    return compile_lines(lines_again(year, wanted, changed, first=first), AMOUNTS, None if workings else wanted)


def lines_again(year: int, wanted: Iterable[str], changed: Iterable[str], *, first: bool = True) -> list[Line]:
    """The lines between the changed and the wanted ones, in order of calculation."""
    moved = set(changed)
    chosen: list[Line] = []
    for line in forms_of(year, first).order:
        if line.key not in changed and line.expression is not None and _used(line) & moved:
            moved.add(line.key)
            chosen.append(line)
    return _leading_to(set(wanted), set(), chosen, str(year))
