"""What the forms make of two clients, side by side: lines by year and form, lots, sales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from engine import Projection, YearResult
from engine.clients.year_result import Figures
from engine.federal.catalogue import FEDERAL
from engine.federal.stock import record_tables
from engine.federal.stock.sale_gains import sale_figures
from engine.federal.years import forms_ahead, forms_of
from engine.language.form import Form, FormCard, Standing
from engine.language.lines import Line
from engine.language.roles import Role
from engine.language.table import Table, column_of
from engine.systems import SYSTEMS

from .records import Pairs

KEY_ROLES: Final = (  # what a reviewer asks first
    *(Role.EXERCISES, Role.MINIMUM_TAX, Role.CREDIT_USED, Role.CREDIT_CARRIED_OUT, Role.ATTACH),
)
FIGURED_OF_LOTS: Final = (
    *("adjustment", "regular_basis", "amt_basis"),
    *("shares_left", "regular_left", "amt_left", "first_day"),
)
FIGURED_OF_SALES: Final = (
    *("what", "ordinary"),
    *(column_of(each) for system in SYSTEMS for each in (sale_figures(system).gain, sale_figures(system).term)),
)


def compared_forms() -> list[FormCard]:
    """The forms that are compared: filed ones, the return, then worksheets, first those that are carried on."""
    worksheets = sorted(FEDERAL.standing(Standing.WORKSHEET), key=lambda card: not card.from_year_before)
    return [*FEDERAL.standing(Standing.FILED), *FEDERAL.standing(Standing.RETURN), *worksheets]


class ComparedFigure(NamedTuple):
    """A line of a form on both sides, in dollars, or the attach verdict; None where a side does not know it."""

    year: int
    form: str  # as the engine calls it: f6251, schedule_d
    title: str  # as it heads the figure
    line: str
    number: str  # as printed; empty for a working
    label: str
    a: Decimal | bool | str | None  # a text stands in a cell of a file where a number should be
    b: Decimal | bool | str | None
    is_key: bool = False  # a line that a reviewer asks for first

    @classmethod
    def of(cls, year: int, form: Form, line: Line, a: Decimal | str | None, b: Decimal | None) -> ComparedFigure:
        """A line of a form of the catalogue."""
        is_key = any(form.roles.get(role) == line for role in KEY_ROLES)
        return cls(year, form.sheet, form.title, line.leaf.line, line.number, line.label, a, b, is_key)

    @property
    def card(self) -> FormCard:
        """The form in the catalogue."""
        return FEDERAL.named(self.form)

    @property
    def matters(self) -> bool:
        """Tell a line that both know, and a key line that one knows and that is not 0."""
        known = self.a is not None and self.b is not None
        return known or (self.is_key and bool(self.a or self.b))

    @property
    def weight(self) -> int:
        """What a reviewer reads first: 0 the key lines, 1 the forms, 2 the worksheets behind them."""
        return 0 if self.is_key else 2 if self.card.standing is Standing.WORKSHEET else 1

    @property
    def difference(self) -> Decimal | None:
        """B less A, in dollars."""
        if isinstance(self.a, Decimal) and isinstance(self.b, Decimal):
            return self.b - self.a
        return None


class LotFigure(NamedTuple):
    """What is computed of a lot or of a sale that both sources have, and differs."""

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
        for card in compared_forms():
            yield from _form(forms_of(year).forms[card.name], year, _known(first, card), _known(second, card))
        attach = _verdicts(year, first, second)
        if attach.matters:
            yield attach, attach.a == attach.b
    if a.years and b.years and max(a.years) == max(b.years):
        last = max(a.years)
        for name, form in forms_ahead(last).forms.items():
            card = FEDERAL.named(name)
            yield from _form(form, last + 1, a.ahead(card), b.ahead(card))


def _known(result: YearResult | None, card: FormCard) -> Figures:
    return result.form(card) if result else {}


def _verdicts(year: int, a: YearResult | None, b: YearResult | None) -> ComparedFigure:
    """Whether the form of the minimum tax must be attached, under the title of that form."""
    forms = forms_of(year)
    line, title = forms.find(Role.ATTACH), forms.form_6251.title
    said, other = (result.attach_6251 if result else None for result in (a, b))
    sheet, number = line.leaf.sheet, line.leaf.line
    return ComparedFigure(year, sheet, title, number, "", f"{line.label}?", said, other, is_key=True)


def _form(form: Form, year: int, a: Figures, b: Figures) -> Iterator[tuple[ComparedFigure, bool]]:
    for number in a or b:
        figure = ComparedFigure.of(year, form, form.find(number), a.get(number), b.get(number))
        if figure.matters:
            yield figure, figure.a == figure.b


def lot_figures(a: Projection, b: Projection, exercises: Pairs, sales: Pairs) -> Iterator[LotFigure]:
    """What differs in the lots, then in the sales, of those that both sources have."""
    yield from _rows(record_tables.exercises, a.lots, b.lots, exercises, FIGURED_OF_LOTS)
    yield from _rows(record_tables.sales, a.sales, b.sales, sales, FIGURED_OF_SALES)


def _rows(
    table: Table,
    a: Sequence[Mapping[str, Any]],
    b: Sequence[Mapping[str, Any]],
    pairs: Pairs,
    columns: Sequence[str],
) -> Iterator[LotFigure]:
    for ours, theirs in ((a[first], b[second]) for first, second in pairs.both):
        sold = f" sold {theirs['date_sold']}" if table is record_tables.sales else ""
        row = f"{theirs['exercise_id']}{sold}"
        for column in columns:
            if ours[column] != theirs[column]:
                label = table.find(column).label_alone
                yield LotFigure(table.sheet, row, column, label, ours[column], theirs[column])
