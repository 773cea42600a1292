"""The checks: two figures that should be equal, or something that is still open; each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from engine.columns import OVERRIDES
from engine.federal.stock.exercises import year_included
from engine.federal.stock.form_8949 import unvalued, w2_off
from engine.federal.stock.hundred_thousand_limit import beyond
from engine.federal.stock.line_2i import adjustment, oversold
from engine.federal.tax_year import LAW
from engine.federal.years import forms_of
from engine.language.expressions import (
    Amount,
    Flag,
    Text,
    given,
    join,
    not_below_zero,
    number,
    only_when,
    shown,
    sum_of,
    text,
    total,
    when,
    years_ago,
)
from engine.language.form import Form
from engine.language.lines import ROUNDING
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.language.states import State
from engine.systems import SYSTEMS

from ..drawing.layout import Shape
from .of_years import amount_after, amount_of, flag_of


@dataclass(frozen=True)
class Check:
    """One line of the Checks sheet; amounts are lines of the book's form."""

    number: int
    band: str
    label: str
    compares: bool  # without two amounts it only tells a state


LOSSES_IN: Final = (Role.SHORT_TERM_CARRIED_IN, Role.LONG_TERM_CARRIED_IN)
LOSSES_OUT: Final = (Role.SHORT_TERM_CARRIED_OUT, Role.LONG_TERM_CARRIED_OUT)
CREDIT_IN: Final = (Role.CREDIT_CARRIED_IN,)
CREDIT_MADE: Final = (Role.CREDIT_MADE,)
DIFFERS: Final = State.DIFFERS.said
ANEW: Final = "A formula or a parameter was changed: build the file anew."
TYPED: Final = (
    "If a figure is typed under Carried in on Inputs, it counts in place of the computed one: check the two and the "
    "reason. Else a formula or a parameter was changed: build the file anew."
)


class Checks:
    """Declares checks in the book's form, numbered as they come."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.made: list[Check] = []

    def equal(self, band: str, label: str, ours: Amount, theirs: Amount, wrong: Text, to_do: str | Text) -> None:
        """Two amounts that should be equal; `wrong` is the result where they are not."""
        name = f"check {len(self.made) + 1}"
        this = self.form.line(f"{name} this", label, ours)
        other = self.form.line(f"{name} other", label, theirs)
        difference = self.form.line(f"{name} difference", label, this - other)
        result = when(difference.equals(0), State.AGREES.said, wrong)
        self._add(band, label, result, to_do, compares=True)

    def known(self, band: str, label: str, fine: Flag, good: State, to_do: str) -> None:
        """Something that is there, or still open."""
        self._add(band, label, when(fine, good.said, State.OPEN.said), to_do, compares=False)

    def _add(self, band: str, label: str, result: Text, to_do: str | Text, *, compares: bool) -> None:
        number = len(self.made) + 1
        told = self.form.words(f"check {number} result", label, result)
        fine = State.AGREES.stands_in(told) | State.READY.stands_in(told)
        self.form.words(
            f"check {number} to do", label, when(fine, text(""), text(to_do) if isinstance(to_do, str) else to_do)
        )
        self.made.append(Check(number, band, label, compares))


def declare_checks(form: Form, shape: Shape) -> tuple[Check, ...]:
    """Add all checks to the book's form."""
    checks = Checks(form)
    _ledger_checks(checks, shape)
    _source_checks(checks, shape)
    _record_checks(checks, shape)
    _year_checks(checks, shape)
    _document_checks(checks, shape)
    return tuple(checks.made)


def _ledger_checks(checks: Checks, shape: Shape) -> None:
    band = "Ledgers balance"
    years = list(shape.years)
    for year in years:
        rolled, closing = (amount_of(shape, year, role) for role in (Role.LEDGER_ROLLED, Role.LEDGER_CLOSING))
        checks.equal(band, f"Credit of {year}: in + made - used = out", rolled, closing, DIFFERS, ANEW)
    for year in years[1:]:
        carried_in = amount_of(shape, year, Role.CREDIT_CARRIED_IN)
        out = amount_of(shape, year - 1, Role.CREDIT_CARRIED_OUT)
        label = f"Credit carried into {year} = carried out of {year - 1}"
        checks.equal(band, label, carried_in, out, _unless_typed(shape, year, CREDIT_IN), TYPED)
    for year in years[1:]:
        losses_in = [-amount_of(shape, year, role, system) for system in SYSTEMS for role in LOSSES_IN]
        losses_out = [amount_of(shape, year - 1, role, system) for system in SYSTEMS for role in LOSSES_OUT]
        label = f"Losses carried into {year} = carried out of {year - 1}"
        wrong = _unless_typed(shape, year, LOSSES_IN)
        checks.equal(band, label, sum_of(*losses_in), sum_of(*losses_out), wrong, TYPED)
    for year in years:
        made, excluded = (amount_after(shape, year, role) for role in (Role.CREDIT_MADE, Role.EXCLUSION_PART))
        owed = amount_of(shape, year, Role.MINIMUM_TAX)
        label = f"AMT of {year} = credit made + exclusion part"
        wrong = _unless_typed(shape, year + 1, CREDIT_MADE)
        checks.equal(band, label, owed, made + excluded, wrong, TYPED)


def _unless_typed(shape: Shape, year: int, roles: Sequence[Role]) -> Text:
    """That two figures differ, or that one typed in a year stands between them in place of the computed one."""
    if year > shape.last:
        return DIFFERS
    return when(_is_typed(shape, year, roles), State.AS_TYPED.said, DIFFERS)


def _is_typed(shape: Shape, year: int, roles: Sequence[Role]) -> Flag:
    """Tell whether an entry of a year stands in place of a line of one of these roles."""
    entries = [name for name, (role, _) in OVERRIDES.items() if role in roles]
    typed = (years_ago(given(forms_of(year).inputs[name]), shape.last - year) for name in entries)
    return reduce(or_, typed)


def _source_checks(checks: Checks, shape: Shape) -> None:
    band = "Forms agree with their sources"
    _every_exercise(checks, band, shape)
    for year in shape.years:
        _two_rates(checks, band, shape, year)
        _lower_tax(checks, band, shape, year)


def _every_exercise(checks: Checks, band: str, shape: Shape) -> None:
    """What the years of the file have on line 2i, against all exercises on record, those of other years too."""
    first, last, name = shape.first, shape.last, f"line {forms_of(shape.last).number(Role.EXERCISES)}"
    inside = sum_of(*(amount_of(shape, year, Role.EXERCISES) for year in shape.years))
    every = total(adjustment)
    measured = sum_of(*(total(adjustment, year_included.equals(year)) for year in shape.years))
    years = f"before {first} or after {last}"
    outside = checks.form.line("2i outside", f"{name.capitalize()} of exercises {years}", every - measured)
    typed = _is_typed(shape, first, (*CREDIT_IN, *CREDIT_MADE))
    stands = when(typed, State.AS_TYPED.said, State.OPEN.said)
    wrong = when((inside + outside).equals(every), stands, DIFFERS)
    told = join(f"Exercises {years} put $", shown(outside, ROUNDING), f" on {name} of their years: ")
    credit = text("the credit typed on Inputs stands for them.")
    add_years = text("add those years, or type on Inputs the credit that they carried in.")
    to_do = when(wrong.equals(State.DIFFERS.value), text(ANEW), join(told, when(typed, credit, add_years)))
    label = f"{name.capitalize()}, all years = all exercises on record"
    checks.equal(band, label, inside, every, wrong, to_do)


def _two_rates(checks: Checks, band: str, shape: Shape, year: int) -> None:
    back = shape.last - year
    taxed, limit = amount_of(shape, year, Role.BASE), years_ago(LAW.amt_breakpoint, back)
    label = f"Line {forms_of(year).number(Role.BASE)} over the breakpoint, {year}"
    above = checks.form.line(f"above {year}", label, not_below_zero(taxed - limit))
    extra = years_ago(LAW.high_rate, back) - years_ago(LAW.low_rate, back)
    second = years_ago(LAW.low_rate, back) * taxed + extra * above
    flat, tax = (amount_of(shape, year, role) for role in (Role.TAX_AT_FLAT_RATES, Role.TAX_AT_ALL_RATES))
    first = when(flag_of(shape, year, Role.GAIN_RATES_APPLY), flat, tax)
    checks.equal(band, f"26% and 28% tax of {year}, computed a second way", first, second, DIFFERS, ANEW)


def _lower_tax(checks: Checks, band: str, shape: Shape, year: int) -> None:
    roles = Role.SMALLER_TAX, Role.TAX_AT_FLAT_RATES
    lower, flat = (amount_of(shape, year, role) for role in roles)
    one, other = (forms_of(year).number(role) for role in roles)
    over = checks.form.line(f"excess {year}", f"Line {one} over line {other}, {year}", not_below_zero(lower - flat))
    label = f"Line {one} of {year} is not above line {other}"
    checks.equal(band, label, over, number("0"), DIFFERS, ANEW)


def _record_checks(checks: Checks, shape: Shape) -> None:
    band = "Records are complete"
    for table in ("Exercises", "Sales", "Grants") if shape.grant_rows else ("Exercises", "Sales"):
        begun, counted = (
            Amount(Leaf("options", f"{table.lower()}_{state}", settled=True)) for state in ("begun", "counted")
        )
        complete = f"Complete the row; on {table} the column Why says which one."
        checks.equal(band, f"{table}: every row begun is complete", begun, counted, DIFFERS, complete)
    sold = "The lot is marked in the column Why of Exercises: correct shares or lot on Sales."
    checks.equal(band, "No lot sold beyond its shares", total(oversold), number("0"), DIFFERS, sold)
    value = "Type the value that day in price: an ESPP gift or death is taxed by it (IRC 423(c))."
    label = "ESPP gifts and deaths have a value"
    checks.equal(band, label, total(unvalued), number("0"), DIFFERS, value)
    wages = "Compare Form W-2 with the ordinary income on Sales: bases use the computed figure, wages stay as typed."
    w2 = "Ordinary income in wages (W-2), where typed, is as computed"
    checks.equal(band, w2, total(w2_off), number("0"), DIFFERS, wages)
    if shape.grant_rows:
        limit = "The grant is marked in the column Why of Grants: kind on Exercises, or the tranches, need correction."
        label = "No grant exercised as ISO beyond its ISO shares"
        checks.equal(band, label, total(beyond), number("0"), DIFFERS, limit)


def _year_checks(checks: Checks, shape: Shape) -> None:
    """A year that is not ready carries no loss and no credit: what follows it is not final."""
    for year in shape.years[1:]:
        now, before = (flag_of(shape, each, Role.READY) for each in (year, year - 1))
        fine = before | ~now
        to_do = f"Complete {year - 1} on Inputs: carryovers and credit of {year} rest on it."
        checks.known("Records are complete", f"The year before {year} is ready", fine, State.READY, to_do)


def _document_checks(checks: Checks, shape: Shape) -> None:
    band = "Agreed to documents"
    for year in shape.years:
        back = shape.last - year
        forms = forms_of(year)
        known = years_ago(given(forms.inputs["wages"]), back)
        for entry, ours, label in (
            ("taxable_income", not_below_zero(forms.amount(Role.INCOME_LESS_DEDUCTIONS)), "Taxable income"),
            ("regular_tax", forms.amount(Role.COMPUTED_TAX), "Regular tax"),
        ):
            filed = years_ago(given(forms.inputs[entry]), back) & known
            theirs = only_when(filed, years_ago(forms.inputs[entry], back))
            figured = only_when(filed, years_ago(ours, back))
            name = f"{label} of {year}, computed against filed"
            _compared(checks, band, name, filed, figured, theirs)


def _compared(checks: Checks, band: str, label: str, filed: Flag, ours: Amount, theirs: Amount) -> None:
    number = len(checks.made) + 1
    form = checks.form
    this, other = form.line(f"check {number} this", label, ours), form.line(f"check {number} other", label, theirs)
    difference = form.line(f"check {number} difference", label, this - other)
    result = when(filed, when(difference.equals(0), State.AGREES.said, DIFFERS), State.OPEN.said)
    told = form.words(f"check {number} result", label, result)
    wrong = text("Find the item that is missing or twice on Inputs; the filed figure is the one used.")
    waiting = text("Type the filed figure and the wages on Inputs to compare.")
    to_do = when(State.AGREES.stands_in(told), text(""), when(filed, wrong, waiting))
    form.words(f"check {number} to do", label, to_do)
    checks.made.append(Check(number, band, label, True))
