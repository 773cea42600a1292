"""What a preparer keys into any program for a year, in the order of entry, and what to compare then.

A printed line is *entered* where its expression takes a typed entry or a line of the year before, or where it is known
from the records alone; every other line is a *result*. The lists are read off the forms: none is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.clients.projection import DIGITS, Projection
from engine.clients.year_result import YearResult
from engine.columns import RETURNS, InputsBand
from engine.columns.column import EntryColumn
from engine.federal.catalogue import FEDERAL
from engine.federal.forms.inputs import INPUTS
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.federal.stock import exercises as of_lot
from engine.federal.stock.line_2i import adjustment
from engine.language.expressions import Value
from engine.language.form import Standing
from engine.language.lines import Line
from engine.language.money import rounded
from engine.language.nodes import Leaf, leaves
from engine.language.table import column_of
from papers.figures.line_figures import lines_not_needed

from .sales_of_year import SaleToEnter, sales_to_enter

_IN_FORMS: Final = (InputsBand.FORM_6251, InputsBand.CARRIED)  # these entries stand on a line of a form below
_OURS: Final = "return_stage"  # no program asks for it


@dataclass(frozen=True)
class ExerciseToEnter:
    """The Form 3921 of an exercise as filed, before any split, and what of it is on line 2i of the year."""

    lot: str
    employer: str
    granted: date | None  # box 1
    exercised: date  # box 2
    price: Decimal  # box 3, dollars per share
    value: Decimal  # box 4, dollars per share
    shares: Decimal  # box 5
    adjustment: Decimal  # dollars


@dataclass(frozen=True)
class KeyedFigure:
    """One figure: where it goes, what it is, dollars or a word, and where it comes from."""

    form: str
    line: str
    label: str
    value: Decimal | str
    source: str


@dataclass(frozen=True)
class KeyInYear:
    """All that a year asks for, block by block in the order of entry, and the results to compare."""

    year: int
    exercises: list[ExerciseToEnter]
    sales: list[SaleToEnter]
    entered: list[KeyedFigure]
    of_return: list[KeyedFigure]
    results: list[KeyedFigure]


def key_in_year(projection: Projection, year: int) -> KeyInYear:
    """The figures of a year that is ready, as `isobook forms` has them; lines of 0 are left out."""
    result = projection.years[year]
    return KeyInYear(
        year,
        list(_exercises(projection, year)),
        sales_to_enter(projection, year),
        list(_lines(result, entered=True)),
        list(_of_return(projection, year)),
        list(_lines(result, entered=False)),
    )


def _exercises(projection: Projection, year: int) -> Iterator[ExerciseToEnter]:
    """The ISO exercises whose adjustment belongs to the year; of a spouse or an estate none is entered."""
    filed = projection.as_given
    for place, lot in enumerate(projection.lots):
        if lot[column_of(of_lot.year_included)] != year or not lot[column_of(of_lot.is_iso)]:
            continue
        if lot[column_of(of_lot.of_spouse)] or lot[column_of(of_lot.is_inherited)]:
            continue

        def box(column: Value, place: int = place) -> Any:
            return filed[f"{of_lot.exercises.sheet}.{column_of(column)}"][place]

        yield ExerciseToEnter(
            lot["exercise_id"],
            lot["employer"],
            box(of_lot.date_granted),
            box(of_lot.date_exercised),
            box(of_lot.exercise_price),
            box(of_lot.fmv_exercise),
            box(of_lot.shares),
            lot[column_of(adjustment)],
        )


def _lines(result: YearResult, *, entered: bool) -> Iterator[KeyedFigure]:
    """The printed lines of the forms that are entered, or those that are results; lines that matter at 0 too."""
    for card in (*SCHEDULE_D.values(), *FEDERAL.standing(Standing.FILED)):
        form = result.forms.forms[card.name]
        unused = lines_not_needed(form, result)
        always = {form.roles[role].leaf.line for role in card.always if role in form.roles}
        for name, amount in result.form(card).items():
            line = form.find(name)
            shown = amount or (not entered and amount is not None and name in always)
            if shown and name not in unused and _is_entered(line, result) is entered:
                assert amount is not None
                yield KeyedFigure(card.title, line.number, line.label_alone, amount, line.source)


def _is_entered(line: Line, result: YearResult) -> bool:
    """Tell what a program without isobook's records and without the year before has to be given."""
    if line.from_records or line.expression is None:
        return True
    return any(
        isinstance(leaf, Leaf)
        and (leaf.sheet == INPUTS.name or (leaf.years_ago > 0 and leaf.sheet in result.forms.forms))
        for leaf in leaves(line.expression)
    )


def _of_return(projection: Projection, year: int) -> Iterator[KeyedFigure]:
    """What else of the return is on record, so that the program and isobook begin from the same figures."""
    row = next((each for each in projection.client.returns if each.tax_year == year), None)
    digits, places = DIGITS[projection.client.rounding], projection.years[year].forms.found_on.model_dump()
    bands = [band for band in InputsBand if band not in _IN_FORMS]
    for column in (each for band in bands for each in RETURNS if each.band is band and each.name != _OURS):
        shown = _shown(column, getattr(row, column.name, None), digits)
        if shown:
            yield KeyedFigure("Return", "", column.label, shown, column.where(places))


def _shown(column: EntryColumn, value: object, digits: int) -> Decimal | str:
    """An entry as it is typed in a workbook: dollars, or a word; "" where it is blank or 0."""
    if isinstance(value, Decimal):
        return rounded(value, digits)
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(column.shown(value) or "")
