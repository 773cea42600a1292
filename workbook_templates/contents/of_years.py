"""Lines of several years in one expression: a leaf of year Y is `last - Y` years ago, and -1 is the year after."""

from __future__ import annotations

from engine.federal.years import forms_ahead, forms_of
from engine.language.expressions import Amount, Flag, Text, text, when, years_ago
from engine.language.roles import Role
from engine.systems import System

from ..drawing.layout import Shape


def amount_of(shape: Shape, year: int, role: Role, system: System | None = None) -> Amount:
    """The amount that plays a role in a year, in dollars."""
    return years_ago(forms_of(year).amount(role, system), shape.last - year)


def flag_of(shape: Shape, year: int, role: Role) -> Flag:
    """The yes or no that plays a role in a year."""
    return years_ago(forms_of(year).test(role), shape.last - year)


def word_of(shape: Shape, year: int, role: Role) -> Text:
    """The words that play a role in a year."""
    return years_ago(forms_of(year).word(role), shape.last - year)


def known_of(shape: Shape, year: int) -> Flag:
    """Tell whether a year is computed: it is ready, and so are those before it."""
    return flag_of(shape, year, Role.READY) & flag_of(shape, year, Role.FINAL)


def needs_of(shape: Shape, year: int) -> Text:
    """What a year that is not computed waits for: its own entries, else the year before; nothing where it is."""
    waits = flag_of(shape, year, Role.READY) & ~flag_of(shape, year, Role.FINAL)
    return when(waits, text(f"{year - 1}"), word_of(shape, year, Role.STILL_NEEDED))


def amount_after(shape: Shape, year: int, role: Role) -> Amount:
    """The amount that plays a role on the form that is prepared for the year after, in dollars."""
    return years_ago(forms_ahead(year).amount(role), shape.last - year - 1)
