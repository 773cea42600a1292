"""Why a line of a form is what it is: its rule, its figures, and the lines and records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine import Projection
from engine.clients.explain import rule, worked, year_before
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_ahead, forms_of
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Column, Constant, Leaf, Node, Op, Operation, leaves

from .explained import Explained, UnknownLineError

RECORDS_OF: Final = {"exercises": "Exercise", "sales": "Sale"}  # a record table, and what one row of it is called


def form_names() -> str:
    """What may be typed for a form, in words."""
    return ", ".join(FEDERAL.by_short())


def explained(projection: Projection, year: int, form_name: str, number: str, depth: int) -> Explained:
    """A line with the lines behind it, `depth` levels down. Raises UnknownLineError."""
    view = _view(projection, year)
    cards = {short.casefold(): card for short, card in FEDERAL.by_short().items()}
    card = cards.get(_without("form", form_name))
    if card is None:
        raise UnknownLineError(f"{form_name} is no form here. There are: {form_names()}, lot, sale.")
    if card.name not in view.own:
        there = ", ".join(view.forms[name].title for name in view.own)
        raise UnknownLineError(
            f"{card.title} of {year} is not prepared: {year} is the year after the last. {there} is."
        )
    try:
        line = _line(view.forms[card.name], number)
    except KeyError:
        raise UnknownLineError(_no_line(view.forms[card.name], year, number)) from None
    return view.explain(line, depth)


@dataclass(frozen=True)
class YearView:
    """What the explanation of a year reads: its forms, its figures, those of the year before, and the records."""

    projection: Projection
    forms: Mapping[str, Form]
    own: tuple[str, ...]  # the names of the forms that may be asked for
    now: Mapping[str, Any]
    before: Mapping[str, Any]
    known: bool  # whether enough is typed
    note: str

    def explain(self, line: Line, depth: int) -> Explained:
        """A line, and `depth` levels of the lines that it takes; the records behind a total are always told."""
        title, value = self.forms[line.leaf.sheet].title, self.now[line.key]
        if line.expression is None:
            source = f"typed by the preparer{f' ({line.source})' if line.source else ''}"
            return Explained(title, line.number, line.label, value, line.leaf.kind, source=source, name=line.leaf.line)
        behind = [*self._records(line)]
        if depth > 0:
            behind += [self.explain(other, depth - 1) for other in self._taken(line)]
        return Explained(
            title,
            line.number,
            line.label,
            value,
            line.leaf.kind,
            known=self.known or line.from_records,
            rule=rule(line, self.forms),
            worked=worked(line, self.forms, self.now, self.before),
            cite=line.cite,
            source=line.source,
            taken=tuple(behind),
            note=self.note,
            name=line.leaf.line,
        )

    def _taken(self, line: Line) -> list[Line]:
        """The lines of this year that a line takes, each once."""
        assert line.expression is not None
        found = dict.fromkeys(leaf for leaf in leaves(line.expression) if isinstance(leaf, Leaf) and not leaf.years_ago)
        return [self.forms[leaf.sheet].find(leaf.line) for leaf in found if leaf.sheet in self.forms]

    def _records(self, line: Line) -> Iterator[Explained]:
        """The exercises or sales behind a total."""
        assert line.expression is not None
        for column, tests in totals(line.expression):
            rows = self.projection.lots if column.leaf.sheet == "exercises" else self.projection.sales
            for row in rows:
                if meets(row, tests):
                    value, what = row[column.leaf.line], RECORDS_OF[column.leaf.sheet]
                    yield Explained(what, row["exercise_id"], row["why"], value, column.leaf.kind, is_record=True)


def _view(projection: Projection, year: int) -> YearView:
    """A year of the client, or the year after its last one. Raises UnknownLineError."""
    years = projection.years
    if year in years:
        result = years[year]
        forms = forms_of(year, result.first).forms
        note = "" if result.ready else _not_ready(year, result.missing)
        before = year_before(projection, year)
        return YearView(projection, forms, tuple(forms), result.figures, before, result.ready, note)
    last = max(years)
    if year != last + 1:
        there_are = ", ".join(map(str, years))
        ahead = ", ".join(form.title for form in forms_ahead(last).forms.values())
        raise UnknownLineError(f"{year} is no year of this client. There are: {there_are}; and {ahead} of {last + 1}.")
    result, of = years[last], forms_ahead(last)
    known = result.ready and result.final
    note = "" if known else _rests_on(projection, last)
    forms = {**forms_of(last, result.first).forms, **of.forms}
    return YearView(projection, forms, tuple(of.forms), projection.following, result.figures, known, note)


def _not_ready(year: int, missing: list[str]) -> str:
    return f"{year} is not ready: needs {', '.join(missing)} in returns.csv. What is missing counts as 0 here."


def _rests_on(projection: Projection, last: int) -> str:
    """Which year is not ready, of those that the year after the last rests on."""
    year = next(year for year in projection.years if not projection.years[year].ready)
    return f"{last + 1} rests on {year}. {_not_ready(year, projection.years[year].missing)}"


def _without(word: str, typed: str) -> str:
    """What was typed without the word before it, in lower case: `Form 6251`, `line 2i`."""
    return typed.casefold().strip().removeprefix(word).strip(" -")


def _plain(typed: str) -> str:
    return "".join(filter(str.isalnum, typed.casefold()))


def _line(form: Form, typed: str) -> Line:
    """The line of a number, a name or a label as it is typed. Raises KeyError."""
    numbers = {each.leaf.line.casefold(): each for each in form.lines}
    if found := numbers.get(typed.casefold().strip()) or numbers.get(_without("line", typed)):
        return found
    named = [line for line in form.lines if _plain(typed) == _plain(line.leaf.line)]
    wanted = named or [line for line in form.lines if _plain(typed) == _plain(line.label)]
    if len(wanted) != 1:
        raise KeyError(typed)
    return wanted[0]


def _no_line(form: Form, year: int, number: str) -> str:
    """Which lines there are: those with a number, in the form's order; where none has one, the others in words."""
    others = [line for line in form.lines if not form.again(line.leaf.line)]
    known = ", ".join([each.leaf.line for each in form.printed()] or [_asked_as(line) for line in others])
    again = [_again(form, prefix) for prefix in (form.card.again if form.card and not form.printed() else ())]
    twice = f"; computed a second time there: {', '.join(filter(None, again))}" if again else ""
    return f"{form.title} of {year} has no line {number}. It has: {known}{twice}."


def _asked_as(line: Line) -> str:
    """How a line without a number is asked for, and what it is: "agi (Adjusted gross income)"."""
    name = line.leaf.line.replace("_", " ")
    if _plain(name) == _plain(line.label):
        return name
    label = line.label.split(": ", 1)[1] if _plain(line.label).startswith(_plain(name)) and ": " in line.label else ""
    return f"{name} ({label or line.label})"


def _again(form: Form, prefix: str) -> str:
    """The lines that are computed there a second time, by the first and the last: "AMT gains 12 to AMT gains 40"."""
    names = [line.leaf.line for line in form.lines if form.again(line.leaf.line) == prefix and line.number]
    return f"{names[0]} to {max(names, key=lambda name: int(name.split()[-1]))}" if names else ""


def totals(node: Node) -> Iterator[tuple[Column, tuple[tuple[Node, Node], ...]]]:
    """The column and the tests of each total in an expression."""
    if isinstance(node, Operation):
        if node.op is Op.TOTAL:
            column, *tests = node.arguments
            assert isinstance(column, Column)
            yield column, tuple(zip(tests[::2], tests[1::2], strict=True))
        for argument in node.arguments:
            yield from totals(argument)


def meets(row: Mapping[str, Any], tests: tuple[tuple[Node, Node], ...]) -> bool:
    """Tell whether a row is among those that a total takes."""
    return all(
        isinstance(key, Column) and isinstance(wanted, Constant) and row[key.leaf.line] == wanted.value
        for key, wanted in tests
    )
