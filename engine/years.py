"""A year is its forms in order of calculation; the forms of a year, compiled once for each reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from .forms.attach_6251 import attach_6251
from .forms.exercises import RECORDS
from .forms.form_6251 import YearForms, conclude, form_6251
from .forms.inputs import CARRIED_IN, inputs, ready
from .forms.regular_tax import finish, income, net_gain_lines, qdcg, schedule_d_tax
from .forms.schedule_d import carryover, schedule_d
from .lines import Form, Line
from .nodes import Kind, Leaf, leaves
from .readings.amounts import AMOUNTS
from .readings.straight_line import Dialect, Figure, compile_lines
from .tax_year import tax_year


@dataclass(frozen=True)
class Year:
    """The forms of one tax year by sheet name, and all their lines in order of calculation."""

    year: int
    forms: Mapping[str, Form]
    order: tuple[Line, ...]


@cache
def forms_of(year: int) -> Year:
    """Declare every form of a year, in order of calculation."""
    order: list[Line] = []
    found_on = tax_year(year).found_on
    entries = inputs(found_on, order)
    readiness = ready(entries, order)
    sch_d = schedule_d("schedule_d", "Schedule D", entries, "carryover", order)
    amt_d = schedule_d("amt_schedule_d", "AMT Schedule D", entries, "amt_carryover", order)
    regular = income(entries, sch_d, found_on, order)
    gains = qdcg(regular, sch_d, order)
    special = schedule_d_tax(regular, sch_d, gains, order)
    amt_special = Form("amt_sdtw", "AMT Schedule D Tax Worksheet, lines 2 to 13", order)
    net_gain_lines(amt_special, regular, amt_d)
    finish(regular, entries, sch_d, gains, special, found_on)
    of = YearForms(entries, regular, sch_d, amt_d, gains, special, amt_special, found_on)
    f6251 = form_6251(year, of, order)
    conclude(f6251, year, readiness.test("ready"), readiness.word("missing"))
    attach = attach_6251(year, of, f6251, order)
    losses = carryover("carryover", "Capital Loss Carryover", sch_d, regular["income_below_zero"], order)
    amt_income = f6251["4 before addition"]
    amt_losses = carryover("amt_carryover", "AMT Capital Loss Carryover", amt_d, amt_income, order)
    forms = (entries, readiness, sch_d, amt_d, regular, gains, special, amt_special, f6251, attach, losses, amt_losses)
    return Year(year, {form.sheet: form for form in forms}, tuple(order))


def figures_of(year: int) -> list[Line]:
    """The lines of a year without its sentences."""
    return [line for line in forms_of(year).order if line.leaf.kind is not Kind.TEXT or line.leaf.sheet == "inputs"]


@cache
def compiled(year: int, dialect: Dialect = AMOUNTS) -> Figure:
    """One function for the whole year: figure(this year, the year before) gives every computed line."""
    lines = forms_of(year).order if dialect is AMOUNTS else figures_of(year)
    return compile_lines(lines, dialect)


@cache
def compiled_records(dialect: Dialect = AMOUNTS) -> Figure:
    """One function for the tables of records."""
    lines = RECORDS if dialect is AMOUNTS else [line for line in RECORDS if line.leaf.line != "why"]
    return compile_lines(lines, dialect)


@cache
def needed_before(year: int) -> tuple[Leaf, ...]:
    """The figures of the year before that a year asks for: the 'year before' block of a first year."""
    found = [leaf for line in forms_of(year).order if line.expression is not None for leaf in leaves(line.expression)]
    return tuple(dict.fromkeys(leaf for leaf in found if isinstance(leaf, Leaf) and leaf.years_ago))


@cache
def blank_entries(year: int) -> Mapping[str, Decimal | str | None]:
    """Entries that were left blank: 0, or None (for words "") where being blank means something."""
    blanks: dict[str, Decimal | str | None] = {}
    for line in forms_of(year).forms["inputs"].lines:
        blanks[line.key] = Decimal(0) if line.blank_is_zero else "" if line.leaf.kind is Kind.TEXT else None
    return blanks


def before_block(year: int, carried_in: Mapping[str, Decimal]) -> dict[str, Any]:
    """What a first year takes from the year before: as typed on its row, else 0."""
    typed = {f"{sheet}.{line}": carried_in.get(name, Decimal(0)) for name, (sheet, line) in CARRIED_IN.items()}
    return {key: typed.get(key, Decimal(0)) for key in (f"{leaf.sheet}.{leaf.line}" for leaf in needed_before(year))}
