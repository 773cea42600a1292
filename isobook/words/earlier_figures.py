"""What a workbook said against what this version computes from its inputs, line by line of the forms that are filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from importlib.metadata import version
from itertools import groupby
from typing import Any, Final, NamedTuple

from engine import Projection
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_ahead
from engine.language.form import Form, Standing
from workbook_templates.read_back import ReadBack
from workbook_templates.read_back.figures import FormLine, Said, figures_said

from ..comparison import ComparedFigure
from ..files.csv_files import csv_cell, csv_text
from .comparison import figure_sections, words_of
from .terminal import TableSection, plain_lines, printable, say, show

DUST: Final = Decimal("0.000001")  # what a program's binary numbers may be off by
HEADS: Final = ("file said", "now", "difference")
CSV_HEADS: Final = ("year", "form", "line", "label", "file said", "now", "difference", "state", "cell")
WHY: Final = (
    "A line differs where isobook or the law it holds was corrected since, or where the file was not calculated "
    "after its last change."
)
NOT_CALCULATED: Final = (
    "The file was saved by a program that does not calculate: open it in Excel or LibreOffice, save it, compare again."
)


class LineState(StrEnum):
    """How a line of the file stands beside what is computed now, in the words of the CSV file."""

    EQUAL = "equal"
    DIFFERS = "differs"
    NO_STORED_VALUE = "no stored value"
    FORMULA_GONE = "formula gone"
    NOT_IN_THE_FILE = "not in the file"
    NO_LINE_NOW = "no line now"


class Then(NamedTuple):
    """One line: what the file said (a) and what it is now (b), what is to be said of it, and its cell in the file."""

    figure: ComparedFigure
    state: LineState
    place: str


def compare_then(book: ReadBack, projection: Projection) -> list[Then]:
    """Every line that this version computes or that the file names, in the order of years, forms and lines.

    `projection` is that of the workbook's own inputs.
    """
    found: list[Then] = []
    left = dict(figures_said(book.book))
    for year, form, figures in _forms(projection):
        for line in form.printed():
            number, now = line.leaf.line, figures[line.key]
            cell = left.pop((year, form.sheet, number), None)
            figure = ComparedFigure.of(year, form, line, cell.value if cell else None, now)
            found.append(Then(figure, _state(cell, now), cell.place if cell else ""))
    years = {each.figure.year for each in found}
    gone = [each for each in sorted(left) if each[0] in years]  # a year before the first has typed cells of such names
    return found + [_no_line_now(each, left[each]) for each in gone]


def _forms(projection: Projection) -> Iterator[tuple[int, Form, Mapping[str, Any]]]:
    """The filed forms of each year, and those prepared for the year after, with all their figures.

    A year that is not ready is among them: its cells hold what its blanks come to, in the file as here.
    """
    for year, result in projection.years.items():
        for card in FEDERAL.standing(Standing.FILED):
            yield year, result.forms.forms[card.name], result.figures
    last = max(projection.years)
    for form in forms_ahead(last).forms.values():
        yield last + 1, form, projection.following


def _state(cell: Said | None, now: Decimal) -> LineState:
    if cell is None:
        return LineState.NOT_IN_THE_FILE
    if cell.is_typed:
        return LineState.FORMULA_GONE
    if cell.value is None:
        return LineState.NO_STORED_VALUE
    same = isinstance(cell.value, Decimal) and abs(cell.value - now) <= DUST
    return LineState.EQUAL if same else LineState.DIFFERS


def _no_line_now(key: FormLine, cell: Said) -> Then:
    year, form, number = key
    title = FEDERAL.named(form).title
    figure = ComparedFigure(year, form, title, number, number, "", cell.value, None)
    return Then(figure, LineState.NO_LINE_NOW, cell.place)


def _words(name: str, book: ReadBack, found: Sequence[Then]) -> Iterator[str]:
    """The report in sentences: how many lines were compared, and what could not be; `name` is the file's."""
    name = f"{name}, made by isobook {book.made_by}," if book.made_by else name
    ours = f"this version, {version('isobook')},"
    forms = FEDERAL.titles(Standing.FILED)
    equal, differ = len(_those(found, LineState.EQUAL)), len(_those(found, LineState.DIFFERS))
    if not equal + differ:
        yield f"{name} has no figure of {forms} to compare with what {ours} computes."
    elif not differ:
        yield f"{name} says what {ours} computes: {_lines(equal)} of {forms} compared, all equal."
    else:
        compared = f"{_lines(equal + differ)} of {forms} compared"
        differing = f"{differ:,} differ{'s' if differ == 1 else ''}"
        yield f"{name} does not say all that {ours} computes: {compared}, {differing}. {WHY}"
    yield from _not_compared(found)


def _not_compared(found: Sequence[Then]) -> Iterator[str]:
    if blank := _those(found, LineState.NO_STORED_VALUE):
        yield f"Not compared: {_lines(len(blank))} without a stored figure. {NOT_CALCULATED}"
    absent = groupby(_those(found, LineState.NOT_IN_THE_FILE), key=lambda each: (each.figure.title, each.figure.year))
    for (title, year), lines in absent:
        yield f"Not compared: {_lines(len(list(lines)))} of {title} for {year}, not in the file, deleted or broken."
    if gone := _those(found, LineState.FORMULA_GONE):
        yield f"Not compared: {_lines(len(gone))} without the formula: {'; '.join(map(_gone, gone))}."
    for each in _those(found, LineState.NO_LINE_NOW):
        yield f"Not compared: {each.place}, {each.figure.title} line {each.figure.line}: no line of this version."


def _gone(then: Then) -> str:
    figure = then.figure
    there = "empty" if figure.a is None else words_of(figure.a)
    return f"{then.place}, line {figure.line} ({there}, {words_of(figure.b)} is computed)"


def _those(found: Sequence[Then], state: LineState) -> list[Then]:
    return [each for each in found if each.state is state]


def _lines(count: int) -> str:
    return f"{count:,} line{'' if count == 1 else 's'}"


def show_then(name: str, book: ReadBack, found: Sequence[Then]) -> None:
    """Print what the file said against what is computed, the lines that differ as a table: the key lines first."""
    for words in _words(name, book, found):
        say(words)
    show(_sections(found), HEADS)


def then_text(name: str, book: ReadBack, found: Sequence[Then]) -> str:
    """The same as text."""
    lines = [*_words(name, book, found), *plain_lines(_sections(found), HEADS), ""]
    return "\n".join(map(printable, lines))


def _sections(found: Sequence[Then]) -> list[TableSection]:
    differ = [each.figure for each in _those(found, LineState.DIFFERS)]
    return list(figure_sections(sorted(differ, key=lambda figure: figure.weight)))


def then_csv(found: Sequence[Then]) -> str:
    """Every line, the equal ones too: a reviewer sees what was compared."""
    return csv_text([CSV_HEADS, *map(_csv_row, found)])


def _csv_row(then: Then) -> list[str]:
    figure, state, place = then
    line = (figure.year, figure.title, figure.line, figure.label)
    row = (*line, figure.a, figure.b, figure.difference, state, place)
    return ["" if each is None else str(csv_cell(each)) for each in row]
