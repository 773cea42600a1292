"""Why a figure is what it is, and how much more could be exercised: `isobook explain` and `isobook plan`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from engine import Client, Projection, YearResult
from engine.explain import worked
from engine.lines import Form, Line
from engine.nodes import Column, Leaf, leaves
from engine.planning import Turning, turning_points
from engine.readings.words import figure
from engine.years import forms_of

from .terminal import say

FORM_NAMES: Final = {
    "6251": "f6251",
    "8801": "f8801",
    "1040": "regular",
    "d": "schedule_d",
    "amt-d": "amt_schedule_d",
    "qdcg": "qdcg",
    "sdtw": "sdtw",
    "attach": "attach",
    "carryover": "carryover",
    "amt-carryover": "amt_carryover",
    "ledger": "ledger",
}


class UnknownLineError(Exception):
    """A form, year or line that the client's file does not have; the message says which there are."""


def explained(projection: Projection, year: int, form_name: str, number: str, depth: int) -> Iterator[str]:
    """Lines of text: the rule, its numbers, its authority, then the lines it takes, `depth` levels down."""
    if year not in projection.years:
        known = ", ".join(map(str, projection.years))
        raise UnknownLineError(f"{year} is no year of this client. There are: {known}.")
    result = projection.years[year]
    forms = forms_of(year, result.first).forms
    sheet = FORM_NAMES.get(form_name.lower().removeprefix("form-").removeprefix("form"), "")
    if not sheet:
        raise UnknownLineError(f"{form_name} is no form here. There are: {', '.join(FORM_NAMES)}.")
    try:
        line = forms[sheet].find(number)
    except KeyError:
        known = ", ".join(each.leaf.line for each in forms[sheet].lines)
        raise UnknownLineError(f"{forms[sheet].title} of {year} has no line {number}. It has: {known}.") from None
    yield from _steps(projection, result, forms, line, depth, 0)


def _steps(
    projection: Projection, result: YearResult, forms: Mapping[str, Form], line: Line, depth: int, level: int
) -> Iterator[str]:
    indent = "    " * level
    title = f"{forms[line.leaf.sheet].title} line {line.number}" if line.number else forms[line.leaf.sheet].title
    yield f"{indent}{title}, {line.label}: {_amount(result.figures[line.key])}"
    if line.expression is None:
        yield f"{indent}  typed by the preparer{f' ({line.source})' if line.source else ''}"
        return
    before = projection.years.get(result.year - 1)
    yield f"{indent}  {worked(line, forms, result.figures, before.figures if before else _Nothing())}"
    if line.cite:
        yield f"{indent}  {line.cite}"
    yield from (f"{indent}  {text}" for text in _records(projection, result, line))
    if depth > 0:
        for other in _taken(forms, line):
            yield from _steps(projection, result, forms, other, depth - 1, level + 1)


class _Nothing(dict[str, Any]):
    """The year before the first: every figure that is not carried in is 0."""

    def __missing__(self, key: str) -> Decimal:
        return Decimal(0)


def _taken(forms: Mapping[str, Form], line: Line) -> list[Line]:
    """The lines of this year that a line takes, each once."""
    assert line.expression is not None
    found = dict.fromkeys(leaf for leaf in leaves(line.expression) if isinstance(leaf, Leaf) and not leaf.years_ago)
    return [forms[leaf.sheet].find(leaf.line) for leaf in found if leaf.sheet in forms]


def _records(projection: Projection, result: YearResult, line: Line) -> Iterator[str]:
    """The exercises or sales behind a total."""
    assert line.expression is not None
    columns = [leaf.leaf for leaf in leaves(line.expression) if isinstance(leaf, Column)]
    for column in columns[:1]:
        rows = projection.lots if column.sheet == "exercises" else projection.sales
        year_of = "year_included" if column.sheet == "exercises" else "year_sold"
        for row in rows:
            if row[year_of] == result.year:
                yield f"{row['exercise_id']}: {_amount(row[column.line])}  {row['why']}"


def _amount(value: Any) -> str:
    return figure(value if not isinstance(value, Decimal) else value.normalize() + 0)


def plan_json(client: Client) -> str:
    """The turning points by year, in dollars and cents; null without a credit."""
    years = {
        str(year): {
            "amt_crossover": _cents(turning.amt_crossover),
            "credit_crossover": _cents(turning.credit_crossover),
        }
        for year, turning in turning_points(client).items()
    }
    return json.dumps({"years": years}, indent=2)


def show_plan(client: Client) -> None:
    """Print the turning points of each year in words."""
    say(f"{client.name}: total line 2i (spread of exercises kept) at which something turns, all else as given")
    for year, turning in turning_points(client).items():
        say()
        for words in _plan(year, turning):
            say(f"  {words}")


def _plan(year: int, turning: Turning) -> Iterator[str]:
    yield f"{year}  line 2i as recorded: {turning.line_2i:,.2f}"
    yield f"      AMT starts above:    {turning.amt_crossover:,.2f}"
    if turning.credit_crossover is not None:
        yield f"      credit shrinks above: {turning.credit_crossover:,.2f}"
    if turning.room >= 0:
        yield f"      {turning.room:,.2f} more spread still leaves AMT at 0."
    else:
        yield f"      {-turning.room:,.2f} of spread is above that point and costs AMT."


def _cents(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
