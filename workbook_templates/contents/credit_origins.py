"""Which year's AMT a used credit came from: oldest first. Our way of showing it, not a rule of law."""

from __future__ import annotations

from typing import Final

from engine.federal.years import forms_of
from engine.language.expressions import Amount, not_below_zero, smaller_of, sum_of
from engine.language.form import Form
from engine.language.roles import Role

from ..drawing.layout import Shape
from .of_years import amount_after, amount_of

BROUGHT_IN: Final = "in"


def origins(shape: Shape) -> list[str]:
    """What was brought in, then the AMT of each year."""
    return [BROUGHT_IN, *map(str, shape.years)]


def declare_origins(form: Form, shape: Shape) -> None:
    """Amount of each origin, what of it goes in each year, what is left; all rows and columns foot."""
    for origin in origins(shape):
        form.line(f"made {origin}", _label(shape, origin), _made(shape, origin))
    for year in shape.years:
        _take(form, shape, year)
    for origin in origins(shape):
        gone = [form[f"{origin} in {year}"] for year in shape.years if _may_take(origin, year)]
        total = form.line(f"gone {origin}", f"Gone of {origin}", sum_of(*gone)) if gone else None
        left = form[f"made {origin}"] - total if total else form[f"made {origin}"]
        form.line(f"left {origin}", f"Left of {origin}", left)


def _take(form: Form, shape: Shape, year: int) -> None:
    """What a year uses, and what a negative line 18 takes away, comes from the oldest origins first."""
    used, number = amount_of(shape, year, Role.CREDIT_USED), forms_of(year).number(Role.CREDIT_MADE)
    taken_away = not_below_zero(-amount_of(shape, year, Role.CREDIT_MADE))
    away = form.line(f"away {year}", f"Taken away by line {number} of {year}", taken_away)
    wanted = form.line(f"wanted {year}", f"Used or taken away in {year}", used + away)
    for origin in origins(shape):
        if not _may_take(origin, year):
            continue
        before = [form[f"{origin} in {earlier}"] for earlier in range(shape.first, year) if _may_take(origin, earlier)]
        made = form[f"made {origin}"]
        spent = (
            form.line(f"spent {origin} {year}", f"Spent of {origin} before {year}", sum_of(*before)) if before else None
        )
        left = form.line(f"open {origin} {year}", f"Open of {origin} in {year}", made - spent) if spent else made
        here = smaller_of(wanted, left)
        amount = form.line(f"{origin} in {year}", f"Of {origin}, used in {year}", here)
        wanted = form.line(f"wanted {year} after {origin}", f"Still wanted in {year}", wanted - amount)


def _may_take(origin: str, year: int) -> bool:
    """A year's AMT is first usable in the next year."""
    return origin == BROUGHT_IN or int(origin) < year


def _made(shape: Shape, origin: str) -> Amount:
    if origin == BROUGHT_IN:
        carried, made = (amount_of(shape, shape.first, role) for role in (Role.CREDIT_CARRIED_IN, Role.CREDIT_MADE))
        return not_below_zero(carried) + not_below_zero(made)
    return not_below_zero(amount_after(shape, int(origin), Role.CREDIT_MADE))


def _label(shape: Shape, origin: str) -> str:
    return f"Brought into {shape.first}" if origin == BROUGHT_IN else f"AMT of {origin}"
