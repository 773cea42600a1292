"""Which year's AMT a used credit came from: oldest first. Our way of showing it, not a rule of law."""

from __future__ import annotations

from typing import Final

from engine.federal.years import forms_of
from engine.language.expressions import Amount, not_below_zero, number, smaller_of, sum_of
from engine.language.form import Form
from engine.language.roles import Role

from ..drawing.layout import Shape
from .of_years import amount_after, amount_of

BROUGHT_IN: Final = "in"
TYPED: Final = "typed"  # in a later year, above what was carried there


def origins(shape: Shape) -> list[str]:
    """What was brought in, then the AMT of each year, then what was typed above what a later year carries in."""
    return [BROUGHT_IN, *map(str, shape.years), *([TYPED] if shape.first < shape.last else [])]


def declare_origins(form: Form, shape: Shape) -> None:
    """Amount of each origin, what of it goes in each year, what is left; all rows and columns foot."""
    for origin in origins(shape):
        form.line(f"made {origin}", _label(shape, origin), _made(shape, origin))
    for year in shape.years:
        _take(form, shape, year)
    for origin in origins(shape):
        gone = [form[f"{origin} in {year}"] for year in _years_taken(shape, origin)]
        total = form.line(f"gone {origin}", f"Gone of {origin}", sum_of(*gone)) if gone else None
        left = form[f"made {origin}"] - total if total else form[f"made {origin}"]
        form.line(f"left {origin}", f"Left of {origin}", left)


def _take(form: Form, shape: Shape, year: int) -> None:
    """What a year uses, and what a negative line 18 takes away, comes from the oldest origins first."""
    used, line = amount_of(shape, year, Role.CREDIT_USED), forms_of(year).number(Role.CREDIT_MADE)
    taken_away = not_below_zero(-amount_of(shape, year, Role.CREDIT_MADE))
    away = form.line(f"away {year}", f"Taken away by line {line} of {year}", taken_away)
    less = form.line(f"away typed {year}", f"Typed below what {year} carries in", _typed_over(shape, year, below=True))
    wanted = form.line(f"wanted {year}", f"Used or taken away in {year}", sum_of(used, away, less))
    for origin in origins(shape):
        if year not in _years_taken(shape, origin):
            continue
        before = [form[f"{origin} in {earlier}"] for earlier in _years_taken(shape, origin) if earlier < year]
        made = form[f"made {origin}"]
        spent = (
            form.line(f"spent {origin} {year}", f"Spent of {origin} before {year}", sum_of(*before)) if before else None
        )
        left = form.line(f"open {origin} {year}", f"Open of {origin} in {year}", made - spent) if spent else made
        here = smaller_of(wanted, left)
        amount = form.line(f"{origin} in {year}", f"Of {origin}, used or taken away in {year}", here)
        wanted = form.line(f"wanted {year} after {origin}", f"Still wanted in {year}", wanted - amount)


def _typed_over(shape: Shape, year: int, *, below: bool = False) -> Amount:
    """By how much the credit that is typed is above what is carried into a later year, or below it."""
    if year == shape.first:
        return number("0")
    typed, carried = (amount_of(shape, year, role) for role in (Role.CREDIT_CARRIED_IN, Role.CREDIT_CARRIED_ON))
    return not_below_zero(carried - typed if below else typed - carried)


def _years_taken(shape: Shape, origin: str) -> list[int]:
    """The years that may take from an origin: AMT of a year is first usable in the next one."""
    earliest = {BROUGHT_IN: shape.first, TYPED: shape.first + 1}
    first = earliest[origin] if origin in earliest else int(origin) + 1
    return [year for year in shape.years if year >= first]


def _made(shape: Shape, origin: str) -> Amount:
    if origin == BROUGHT_IN:
        carried, made = (amount_of(shape, shape.first, role) for role in (Role.CREDIT_CARRIED_IN, Role.CREDIT_MADE))
        return not_below_zero(carried) + not_below_zero(made)
    if origin == TYPED:
        return sum_of(*(_typed_over(shape, year) for year in shape.years[1:]))
    return not_below_zero(amount_after(shape, int(origin), Role.CREDIT_MADE))


def _label(shape: Shape, origin: str) -> str:
    named = {BROUGHT_IN: f"Brought into {shape.first}", TYPED: f"Typed above what is carried after {shape.first}"}
    return named.get(origin) or f"AMT of {origin}"
