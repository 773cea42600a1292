"""A year is its forms in order of calculation; the forms of a year, compiled once for each reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from ..columns import CARRIED_IN
from ..filing import YEARS
from ..language.lines import Form, Line
from ..language.nodes import Kind, Leaf, leaves
from ..readings.amounts import AMOUNTS
from ..readings.dialect import Dialect
from ..readings.straight_line import Figure, compile_lines
from .forms.attach_6251 import attach_6251
from .forms.form_6251 import YearForms, conclude, form_6251
from .forms.form_8801 import conclude_following, first_form_8801, form_8801, use_credit
from .forms.hundred_thousand_limit import GRANTS
from .forms.inputs import inputs, ready
from .forms.ledger import ledger
from .forms.records import RECORDS
from .forms.regular_tax import finish, income, net_gain_lines, qdcg, schedule_d_tax
from .forms.schedule_d import FOR_AMT, REGULAR, carryover, schedule_d
from .tax_year import tax_year


@dataclass(frozen=True)
class Year:
    """The forms of one tax year by sheet name, and all their lines in order of calculation."""

    year: int
    forms: Mapping[str, Form]
    order: tuple[Line, ...]
    of: YearForms  # what other forms take figures from


@cache
def forms_of(year: int, first: bool = False) -> Year:
    """Declare every form of a year, in order of calculation; the `first` year of a file has no year before it.

    The earliest covered year is always a first one.
    """
    first = first or year == YEARS[0]
    order: list[Line] = []
    found_on = tax_year(year).found_on
    entries = inputs(found_on, order)
    readiness = ready(entries, first, order)
    sch_d, amt_d = schedule_d(REGULAR, year, entries, order), schedule_d(FOR_AMT, year, entries, order)
    regular = income(year, entries, sch_d, found_on, order)
    gains = qdcg(regular, sch_d, order)
    special = schedule_d_tax(regular, sch_d, gains, order)
    amt_special = Form("amt_sdtw", "AMT Schedule D Tax Worksheet", order)
    net_gain_lines(amt_special, regular, amt_d)
    finish(regular, entries, sch_d, gains, special, found_on)
    of = YearForms(entries, regular, sch_d, amt_d, gains, special, amt_special, found_on)
    f6251 = form_6251(year, of, order)
    enough, missing = readiness.test("ready"), readiness.word("missing")
    conclude(f6251, year, enough, missing)
    as_if_next = form_8801(year + 1, of, f6251, [])
    f8801 = first_form_8801(as_if_next, entries, order) if first else _form_8801(year, order)
    use_credit(f8801, year, of, f6251, readiness)
    attach = attach_6251(year, of, f6251, f8801, order)
    losses = carryover(REGULAR, sch_d, regular["income_below_zero"], order)
    amt_losses = carryover(FOR_AMT, amt_d, f6251["4 before addition"], order)
    roll = ledger(f8801, f6251, order)
    forms = (entries, readiness, sch_d, amt_d, regular, gains, special, amt_special, f6251, f8801, attach)
    return Year(year, {form.sheet: form for form in (*forms, losses, amt_losses, roll)}, tuple(order), of)


@cache
def following_8801(year: int) -> Year:
    """Form 8801 for the year after `year`, up to line 21: it takes the figures of `year` alone."""
    order: list[Line] = []
    form = _form_8801(year + 1, order)
    conclude_following(form, year + 1)
    return Year(year + 1, {form.sheet: form}, tuple(order), forms_of(year).of)


@cache
def compiled_following(year: int) -> Figure:
    """One function for the Form 8801 of the year after `year`: figure({}, the figures of `year`)."""
    return compile_lines(following_8801(year).order, AMOUNTS)


def _form_8801(year: int, order: list[Line]) -> Form:
    """Lines 1 to 21 and Part III; the lines of the year before are those of its own form."""
    before = forms_of(year - 1, first=True)
    return form_8801(year, before.of, before.forms["f6251"], order)


def figures_of(year: int, first: bool = False) -> list[Line]:
    """The lines of a year without its sentences."""
    return [
        line for line in forms_of(year, first).order if line.leaf.kind is not Kind.TEXT or line.leaf.sheet == "inputs"
    ]


@cache
def compiled(year: int, first: bool = False, dialect: Dialect = AMOUNTS) -> Figure:
    """One function for the whole year: figure(this year, the year before) gives every computed line."""
    lines = forms_of(year, first).order if dialect is AMOUNTS else figures_of(year, first)
    return compile_lines(lines, dialect)


SENTENCES: Final = frozenset({"why", "what", "code_8949", "box"})  # columns of words that no figure takes


@cache
def compiled_records(dialect: Dialect = AMOUNTS) -> Figure:
    """One function for the tables of records."""
    lines = RECORDS if dialect is AMOUNTS else [line for line in RECORDS if line.leaf.line not in SENTENCES]
    return compile_lines(lines, dialect)


@cache
def compiled_grants() -> Figure:
    """One function for the table of grants, which stands by itself."""
    return compile_lines(GRANTS, AMOUNTS)


@cache
def needed_before(year: int) -> tuple[Leaf, ...]:
    """The figures of the year before that a year asks for: the 'year before' block of a first year."""
    found = [
        leaf
        for line in forms_of(year, first=True).order
        if line.expression is not None
        for leaf in leaves(line.expression)
    ]
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
