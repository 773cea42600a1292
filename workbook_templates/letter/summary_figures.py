"""The three large figures of Summary, each with its label and what it means."""

from __future__ import annotations

from engine.federal.years import forms_of
from engine.language.expressions import Amount, Flag, Text, join, text, when
from engine.language.lines import Line
from engine.language.nodes import Leaf
from engine.language.roles import Role

from ..contents.of_years import NOT_YET
from .happened import SETTLE, estimate, owed_in, used_in
from .writing import NOTHING, Writer, if_so, money


def write_figures(letter: Writer) -> None:
    """AMT, credit used, credit left; while no year is computed, the words that say so."""
    any_known, form = letter.any_known(), letter.form
    known = letter.years_told("known", {year: letter.known(year) for year in letter.shape.years})
    label = when(letter.all_known(), text("AMT, all years"), join("AMT, ", known.words))
    letter.part("AMT label", when(any_known, label, text("AMT")))
    _figure(letter, "AMT figure", any_known, letter.book["amt all"])
    _figure(letter, "used figure", any_known, letter.book["used all"])
    _figure(letter, "left figure", any_known, form["still now"])
    letter.part("AMT means", _amt(letter), any_known)
    letter.part("used means", _used(letter), any_known)
    letter.part("left means", _left(letter), any_known)


def _figure(letter: Writer, key: str, known: Flag, amount: Amount) -> None:
    mixed = when(known, amount, Amount(NOT_YET.node))
    letter.form.add(Line(Leaf(letter.form.sheet, key, settled=True), "Figure of Summary", expression=mixed.node))


def _amt(letter: Writer) -> Text:
    form, owed = letter.form, letter.book["amt all"]
    count, words = form["AMT count"], form.word("AMT years")
    cause = join(*letter.by_year(lambda year: if_so(owed_in(letter, year) > 0, _of_options(letter, year))))
    others = when(form["known count"] > count, text(" The other years: none."), NOTHING)
    amounts = letter.by_year(
        lambda year: if_so(
            owed_in(letter, year) > 0, f"{year}: ", money(owed_in(letter, year)), estimate(letter, year), ". "
        )
    )
    one = join("All of it for ", words, cause, ".", others)
    none = join("No AMT in ", form.word("known years"), ".")
    return when(owed > 0, when(count.equals(1), one, join(*amounts)), none)


def _of_options(letter: Writer, year: int) -> Text:
    whose = letter.whose(f"whose_{year}_kept")
    kept = join(", from the ", whose, "shares you exercised and kept", estimate(letter, year))
    vested = text(", from shares that vested")
    one = when(letter.form[f"{year} by vest"] > 0, vested, text(", from other items than options"))
    return when(letter.form[f"{year} by exercise"] > 0, kept, one)


def _used(letter: Writer) -> Text:
    told = letter.years_told("used", {year: used_in(letter, year) > 0 for year in letter.shape.years})
    estimated = letter.by_year(
        lambda year: if_so(~letter.is_filed(year) & (used_in(letter, year) > 0), f" {year} is an estimate.")
    )
    line = f"Form 8801, {forms_of(letter.shape.last).called(Role.CREDIT_USED)}"
    some = join("AMT that has come back so far: it lowered your tax in ", told.words, " (", line, ").", *estimated)
    none = when(letter.form["still now"] > 0, text("Nothing has come back yet."), text("There is no credit."))
    return when(letter.book["used all"] > 0, some, none)


def _left(letter: Writer) -> Text:
    still = letter.form["still now"]
    carries = letter.latest(lambda year: text(f"AMT still to come back. It carries to {year + 1} and does not expire."))
    settle = join(money(still), SETTLE, ".")
    return when(still > 0, when(letter.still_in_question(), settle, carries), text("Nothing is left to come back."))
