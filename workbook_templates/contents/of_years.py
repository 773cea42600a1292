"""Lines of several years in one expression: a leaf of year Y is `last - Y` years ago, and -1 is the year after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from engine.federal.years import forms_ahead, forms_of
from engine.language.expressions import Amount, Flag, Some, Text, join, number, sum_of, text, when, years_ago
from engine.language.form import Form
from engine.language.roles import Role
from engine.systems import System

from ..drawing.layout import Shape

NOT_YET: Final = text("not yet")  # in place of a figure while no year is computed


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


def of_latest(shape: Shape, of: Callable[[int], Some], none: Some) -> Some:
    """What holds of the last year that is computed; `none` where none is."""
    found = none
    for year in shape.years:
        found = when(known_of(shape, year), of(year), found)
    return found


class YearsTold(NamedTuple):
    """Some of the years: how many they are, and their names in a sentence."""

    how_many: Amount
    words: Text  # "2020", "2021 to 2025", "2020, 2022"


def years_told(form: Form, key: str, of: Mapping[int, Flag]) -> YearsTold:
    """Those of the years for which a flag holds, as lines "key count" and "key years" of a form."""
    one, none = number("1"), number("0")
    count = form.line(f"{key} count", "Years counted", sum_of(*(when(flag, one, none) for flag in of.values())))
    first, last, first_place, last_place = text(""), text(""), none, none
    for year, flag in of.items():
        last, last_place = when(flag, text(f"{year}"), last), when(flag, number(f"{year}"), last_place)
    for year, flag in reversed(list(of.items())):
        first, first_place = when(flag, text(f"{year}"), first), when(flag, number(f"{year}"), first_place)
    one_run = (last_place - first_place).equals(count - one)
    run = when(count.equals(2), join(first, " and ", last), join(first, " to ", last))
    listed = join(first, *_after_the_first(of))
    return YearsTold(count, form.words(f"{key} years", "Sentence", when(count <= 1, first, when(one_run, run, listed))))


def _after_the_first(of: Mapping[int, Flag]) -> Iterator[Text]:
    before: Flag | None = None
    for year, flag in of.items():
        if before is not None:
            yield when(before & flag, text(f", {year}"), text(""))
        before = flag if before is None else before | flag
