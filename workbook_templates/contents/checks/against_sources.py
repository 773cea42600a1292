"""Forms agree with their sources: the records behind line 2i, and the tax computed a second way."""

from __future__ import annotations

from engine.federal.stock.exercises import year_included
from engine.federal.stock.line_2i import adjustment
from engine.federal.tax_year import LAW
from engine.federal.years import forms_of
from engine.language.expressions import join, not_below_zero, number, shown, sum_of, text, total, when, years_ago
from engine.language.lines import ROUNDING
from engine.language.roles import Role
from engine.language.states import State

from ...drawing.layout import Shape
from ..of_years import amount_of, flag_of
from .declaring import ANEW, DIFFERS, Checks, is_typed
from .of_ledger import CREDIT_IN, CREDIT_MADE


def source_checks(checks: Checks, shape: Shape) -> None:
    """Line 2i against the records, the tax of Part II and III computed another way."""
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
    typed = is_typed(shape, first, (*CREDIT_IN, *CREDIT_MADE))
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
