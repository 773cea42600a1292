"""Say where a figure comes from: the rule in words, with names that a preparer knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from ..federal.stock.hundred_thousand_limit import GRANTS
from ..federal.stock.record_tables import RECORDS
from ..federal.tax_year import PARAMETERS
from ..federal.wages.form_w2 import FORMS_W2
from ..federal.years import forms_of
from ..filing import YEARS
from ..language.form import Form
from ..language.lines import Line
from ..language.nodes import Column, Constant, Kind, Leaf, Node, Op, Operation, leaves
from ..readings.amounts import AMOUNTS
from ..readings.compiled.compile import compile_lines
from ..readings.words import Name, Shown, figure, in_words, with_figures, with_runs
from .projection import Projection

LAW = {each.name: each for each in PARAMETERS}
OPTIONS = {"rounding": "the digits kept", "tax_method": "the tax method"}


def rule(line: Line, forms: Mapping[str, Form], name: Name | None = None) -> str:
    """'line 4 less line 5, not below zero': the rule of a computed line; `name` may call other lines differently."""
    assert line.expression is not None
    name, node = name or namer(line, forms), without_rounding(line.expression)
    runs = [[name(leaf) for leaf in run] for run in _runs(node, forms)]
    return with_runs(in_words(node, name), runs)


def _runs(node: Node, forms: Mapping[str, Form]) -> list[list[Leaf]]:
    """The sums of five or more lines that follow each other on the printed form."""
    if not isinstance(node, Operation):
        return []
    found = [run for argument in node.arguments for run in _runs(argument, forms)]
    added = [argument for argument in node.arguments if isinstance(argument, Leaf)]
    if node.op is Op.SUM_OF and len(added) == len(node.arguments) >= SHORTEST_RUN and added[0].sheet in forms:
        printed = [line.leaf for line in forms[added[0].sheet].printed()]
        start = printed.index(added[0]) if added[0] in printed else 0
        if printed[start : start + len(added)] == added:
            found.append(added)
    return found


SHORTEST_RUN = 5  # lines; fewer are named one by one


def worked(line: Line, forms: Mapping[str, Form], now: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """'line 4 less line 5, not below zero: 200,000 − 88,100, not below zero = 111,900'.

    `now` and `before` hold the lines of the year and of the year before that the line takes.
    """
    assert line.expression is not None
    name = namer(line, forms)

    def value_of(leaf: Leaf | Column) -> Shown:
        return name(leaf) if isinstance(leaf, Column) else _shown(leaf, (before if leaf.years_ago else now)[_key(leaf)])

    said, result = rule(line, forms), _result(line, now[line.key])
    taken = _taken(without_rounding(line.expression), now, before)
    as_it_is = isinstance(taken, Leaf | Constant) or line.leaf.kind is Kind.TEXT
    if as_it_is or any(isinstance(leaf, Column) for leaf in leaves(taken)):
        return f"{said}: {result}"
    return f"{said}: {with_figures(taken, value_of)} = {result}"


def year_before(projection: Projection, year: int) -> Mapping[str, Any]:
    """The figures of the year before; none before the first year, whose lines take none."""
    earlier = projection.years.get(year - 1)
    return earlier.figures if earlier else {}


def _taken(node: Node, now: Mapping[str, Any], before: Mapping[str, Any]) -> Node:
    """Follow each 'if' to the branch that this return takes, and answer whether an entry is given."""
    match node:
        case Operation(Op.GIVEN, (Leaf() as leaf,)):
            value = (before if leaf.years_ago else now)[_key(leaf)]
            return Constant("no" if value in (None, "") else "yes")
        case Operation(Op.WHEN, (test, _, _)) if any(isinstance(leaf, Column) for leaf in leaves(test)):
            return node  # the row of another table decides, which is not at hand: the result alone is said
        case Operation(Op.WHEN, (test, then, otherwise)):
            leaf = Leaf("explained", "test", kind=Kind.FLAG)
            holds = compile_lines([Line(leaf, "", "", test)], AMOUNTS)(now, before)[_key(leaf)]
            return _taken(then if holds else otherwise, now, before)
        case Operation(op, arguments):
            return Operation(op, tuple(_taken(argument, now, before) for argument in arguments))
    return node


def _result(line: Line, value: Any) -> str:
    """What a line came to; a year without a comma."""
    return str(value) if line.leaf.kind is Kind.YEAR else figure(value) or "blank"


def _shown(leaf: Leaf, value: Any) -> Shown:
    """A value as its kind is written: 26%, 2025, the brackets."""
    match leaf.kind, value:
        case Kind.TEXT, "":
            return "blank"
        case Kind.RATE, Decimal():
            return f"{value * 100:f}".rstrip("0").rstrip(".") + "%"
        case Kind.YEAR, _:
            return str(value)
        case _, list():
            return "one figure per bracket"
    shown: Shown = value
    return shown


def _key(leaf: Leaf) -> str:
    return f"{leaf.sheet}.{leaf.line}"


def namer(line: Line, forms: Mapping[str, Form]) -> Callable[[Leaf | Column], str]:
    """How a line speaks of others: 'line 4' on its own form, 'Form 6251 line 4' elsewhere, a label without a number."""

    def name(leaf: Leaf | Column) -> str:
        if isinstance(leaf, Column):
            return f"“{flat(_column_label(leaf.leaf))}” of {leaf.leaf.sheet}"
        when = "last year’s " * leaf.years_ago
        if leaf.sheet == "law":
            return f"the {when}{LAW[leaf.line].within_sentence}"
        if leaf.sheet == "options":
            return OPTIONS[leaf.line]
        if leaf.sheet not in forms:
            return f"“{flat(_column_label(leaf))}”"
        form, here = _form_of(leaf, forms), leaf.sheet == line.leaf.sheet
        number, prefix = form.number_of(leaf.line), form.again(leaf.line)
        other_time = here and prefix and prefix != (line.number and form.again(line.leaf.line))  # a working has none
        if number and not other_time:
            return f"{when}line {number}" if here else f"{when}{form.title} line {number}"
        return f"{when}“{flat(form.find(leaf.line).label)}”"

    return name


def _form_of(leaf: Leaf, forms: Mapping[str, Form]) -> Form:
    """The form of a line; of last year's line that a form prepared ahead does not have, that of a whole year."""
    form = forms[leaf.sheet]
    if leaf.years_ago and all(line.leaf.line != leaf.line for line in form.lines):
        return forms_of(YEARS[-1]).forms[leaf.sheet]
    return form


def without_rounding(node: Node) -> Node:
    """Leave out a line's own rounding, which words need not repeat."""
    return node.arguments[0] if isinstance(node, Operation) and node.op is Op.ROUNDED else node


@cache
def _column_label(leaf: Leaf) -> str:
    columns = (*RECORDS, *GRANTS, *FORMS_W2)
    return next(line.label for line in columns if (line.leaf.sheet, line.leaf.line) == (leaf.sheet, leaf.line))


def flat(label: str) -> str:
    """A label on one line; a word that is divided there is whole again."""
    return " ".join(label.replace("-\n", "").split())
