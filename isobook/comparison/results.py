"""What the forms make of two clients, side by side: lines by year and form, lots, sales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from engine import Projection, YearResult
from engine.clients.year_result import Figures
from engine.federal.years import following_8801, forms_of
from engine.language.form import Form

from .records import Pairs

WORKSHEETS: Final = ("carryover", "amt_carryover", "qdcg", "sdtw", "amt_sdtw")
FORMS: Final = ("f6251", "f8801", "regular", "schedule_d", "amt_schedule_d", *WORKSHEETS)
KEY_LINES: Final = (("f6251", "2i"), ("f6251", "11"), ("f8801", "25"), ("f8801", "26"))  # what a reviewer asks first
ATTACH: Final = ("attach", "attach")
CARRIED: Final = ("carryover", "amt_carryover")  # rest on the years before, as Form 8801 does
LOT_COLUMNS: Final = {
    "adjustment": "Line 2i adjustment",
    "regular_basis": "Basis, regular",
    "amt_basis": "Basis, AMT",
    "shares_left": "Shares left",
    "regular_left": "Basis of shares left, regular",
    "amt_left": "Basis of shares left, AMT",
    "first_day": "First day to qualify",
}
SALE_COLUMNS: Final = {
    "what": "Disposition",
    "ordinary": "Ordinary income",
    "gain": "Gain or loss, regular",
    "term": "Term, regular",
    "amt_gain": "Gain or loss, AMT",
    "amt_term": "Term, AMT",
}


class ComparedFigure(NamedTuple):
    """A line of a form on both sides, in dollars, or the attach verdict; None where a side does not know it."""

    year: int
    form: str  # as the engine calls it: f6251, schedule_d
    title: str  # as the form does
    line: str
    number: str  # as printed; empty for a working
    label: str
    a: Decimal | bool | str | None  # a text stands in a cell of a file where a number should be
    b: Decimal | bool | str | None

    @property
    def is_key(self) -> bool:
        """Tell a line that a reviewer asks for first."""
        return (self.form, self.line) in (*KEY_LINES, ATTACH)

    @property
    def matters(self) -> bool:
        """Tell a line that both know, and a key line that one knows and that is not 0."""
        known = self.a is not None and self.b is not None
        return known or (self.is_key and bool(self.a or self.b))

    @property
    def weight(self) -> int:
        """What a reviewer reads first: 0 the key lines, 1 the forms, 2 the worksheets behind them."""
        return 0 if self.is_key else 2 if self.form in WORKSHEETS else 1

    @property
    def difference(self) -> Decimal | None:
        """B less A, in dollars."""
        if isinstance(self.a, Decimal) and isinstance(self.b, Decimal):
            return self.b - self.a
        return None


class LotFigure(NamedTuple):
    """What is figured of a lot or of a sale that both sources have, and differs."""

    table: str  # exercises, sales
    row: str
    column: str
    label: str
    a: Decimal | date | str | None
    b: Decimal | date | str | None


def figures(a: Projection, b: Projection) -> Iterator[tuple[ComparedFigure, bool]]:
    """Every line that both know, and the key lines that one knows and that are not 0; each with whether it is equal."""
    for year in sorted({*a.years, *b.years}):
        first, second = a.years.get(year), b.years.get(year)
        for sheet in FORMS:
            yield from _form(forms_of(year).forms[sheet], year, _known(first, sheet), _known(second, sheet))
        verdicts = [result.attach_6251 if result else None for result in (first, second)]
        attach = ComparedFigure(year, ATTACH[0], "Form 6251", ATTACH[1], "", "Attach Form 6251?", *verdicts)
        if attach.matters:
            yield attach, attach.a == attach.b
    if a.years and b.years and max(a.years) == max(b.years):
        form = following_8801(max(a.years)).forms["f8801"]
        yield from _form(form, max(a.years) + 1, a.following_8801, b.following_8801)


def _known(result: YearResult | None, sheet: str) -> Figures:
    """The lines of a form by number, None where they are not known."""
    if result is None:
        return {}
    faces = {"f6251": "form_6251", "f8801": "form_8801", "regular": "regular"}
    if sheet in faces:
        figures: Figures = getattr(result, faces[sheet])
        return figures
    known = result.ready and (result.final or sheet not in CARRIED)
    printed = forms_of(result.year).forms[sheet].printed()
    return {line.leaf.line: result.figures[line.key] if known else None for line in printed}


def _form(form: Form, year: int, a: Figures, b: Figures) -> Iterator[tuple[ComparedFigure, bool]]:
    for number in a or b:
        line = form.find(number)
        figure = ComparedFigure(
            year, form.sheet, form.title, number, line.number, line.label, a.get(number), b.get(number)
        )
        if figure.matters:
            yield figure, figure.a == figure.b


def lot_figures(a: Projection, b: Projection, exercises: Pairs, sales: Pairs) -> Iterator[LotFigure]:
    """What differs in the lots, then in the sales, of those that both sources have."""
    yield from _rows("exercises", a.lots, b.lots, exercises, LOT_COLUMNS)
    yield from _rows("sales", a.sales, b.sales, sales, SALE_COLUMNS)


def _rows(
    table: str,
    a: Sequence[Mapping[str, Any]],
    b: Sequence[Mapping[str, Any]],
    pairs: Pairs,
    labels: Mapping[str, str],
) -> Iterator[LotFigure]:
    for ours, theirs in ((a[first], b[second]) for first, second in pairs.both):
        sold = f" sold {theirs['date_sold']}" if table == "sales" else ""
        for column, label in labels.items():
            if ours[column] != theirs[column]:
                yield LotFigure(table, f"{theirs['exercise_id']}{sold}", column, label, ours[column], theirs[column])
