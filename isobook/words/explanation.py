"""Why a figure is what it is: `isobook explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine import Projection, YearResult
from engine.clients.explain import worked, year_before
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_of
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Column, Constant, Leaf, Node, Op, Operation, leaves
from engine.readings.words import figure


class UnknownLineError(Exception):
    """A form, year or line that the client's file does not have; the message says which there are."""


def form_names() -> str:
    """What may be typed for a form, in words."""
    return ", ".join(FEDERAL.by_short())


def explained(projection: Projection, year: int, form_name: str, number: str, depth: int) -> Iterator[str]:
    """Lines of text: the rule, its numbers, its authority, then the lines it takes, `depth` levels down."""
    if year not in projection.years:
        known = ", ".join(map(str, projection.years))
        raise UnknownLineError(f"{year} is no year of this client. There are: {known}.")
    result = projection.years[year]
    forms = forms_of(year, result.first).forms
    cards = {short.casefold(): card for short, card in FEDERAL.by_short().items()}
    card = cards.get(_without("form", form_name))
    if card is None:
        raise UnknownLineError(f"{form_name} is no form here. There are: {form_names()}.")
    try:
        line = _line(forms[card.name], number)
    except KeyError:
        raise UnknownLineError(_no_line(forms[card.name], year, number)) from None
    if not result.ready:
        needs = ", ".join(result.missing)
        yield f"{year} is not ready: needs {needs} in returns.csv. What is missing counts as 0 here."
    yield from _steps(projection, result, forms, line, depth, 0)


def _without(word: str, typed: str) -> str:
    """What was typed without the word before it, in lower case: `Form 6251`, `line 2i`."""
    return typed.casefold().strip().removeprefix(word).strip(" -")


def _line(form: Form, typed: str) -> Line:
    """The line of a number as it is typed. Raises KeyError."""
    numbers = {each.leaf.line.casefold(): each.leaf.line for each in form.lines}
    return form.find(numbers.get(typed.casefold()) or numbers[_without("line", typed)])


def _no_line(form: Form, year: int, number: str) -> str:
    """Which lines there are: those with a number, in the form's order; where none has one, all."""
    known = ", ".join(each.leaf.line for each in form.printed() or form.lines)
    return f"{form.title} of {year} has no line {number}. It has: {known}."


def _steps(
    projection: Projection, result: YearResult, forms: Mapping[str, Form], line: Line, depth: int, level: int
) -> Iterator[str]:
    indent = "    " * level
    title = f"{forms[line.leaf.sheet].title} line {line.number}" if line.number else forms[line.leaf.sheet].title
    yield f"{indent}{title}, {line.label}: {_amount(result.figures[line.key])}"
    if line.expression is None:
        yield f"{indent}  typed by the preparer{f' ({line.source})' if line.source else ''}"
        return
    yield f"{indent}  {worked(line, forms, result.figures, year_before(projection, result.year))}"
    if line.cite:
        yield f"{indent}  {line.cite}"
    yield from (f"{indent}  {text}" for text in _records(projection, line))
    if depth > 0:
        for other in _taken(forms, line):
            yield from _steps(projection, result, forms, other, depth - 1, level + 1)


def _taken(forms: Mapping[str, Form], line: Line) -> list[Line]:
    """The lines of this year that a line takes, each once."""
    assert line.expression is not None
    found = dict.fromkeys(leaf for leaf in leaves(line.expression) if isinstance(leaf, Leaf) and not leaf.years_ago)
    return [forms[leaf.sheet].find(leaf.line) for leaf in found if leaf.sheet in forms]


def _records(projection: Projection, line: Line) -> Iterator[str]:
    """The exercises or sales behind a total."""
    assert line.expression is not None
    for column, *tests in _totals(line.expression):
        assert isinstance(column, Column)
        pairs = list(zip(tests[::2], tests[1::2], strict=True))
        for row in projection.lots if column.leaf.sheet == "exercises" else projection.sales:
            if all(_meets(row, key, wanted) for key, wanted in pairs):
                yield f"{row['exercise_id']}: {_amount(row[column.leaf.line])}  {row['why']}"


def _totals(node: Node) -> Iterator[tuple[Node, ...]]:
    """The column and the tests of each total in an expression."""
    if isinstance(node, Operation):
        if node.op is Op.TOTAL:
            yield node.arguments
        for argument in node.arguments:
            yield from _totals(argument)


def _meets(row: Mapping[str, Any], key: Node, wanted: Node) -> bool:
    return isinstance(key, Column) and isinstance(wanted, Constant) and row[key.leaf.line] == wanted.value


def _amount(value: Any) -> str:
    return figure(value if not isinstance(value, Decimal) else value.normalize() + 0)
