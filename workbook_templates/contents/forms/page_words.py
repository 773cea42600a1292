"""What the page of a filed form says beyond its lines: the verdict, how far the return is, what to do with the form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.form_6251 import FORM_6251
from engine.federal.forms.form_8801 import FORM_8801
from engine.federal.forms.inputs import INPUTS
from engine.federal.year_forms import YearForms
from engine.federal.years import forms_ahead, forms_of
from engine.language.expressions import Amount, Text, dollars, join, text, when
from engine.language.form import Form, FormCard, Part, Standing
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Kind, Leaf
from engine.language.roles import Role
from engine.language.states import State
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

from ...drawing.layout import SHARED

SHEET: Final = "page"


def forms_on_file(year: int, ahead: bool) -> YearForms:
    """The forms of a year; `ahead` those that are prepared for the year after the last."""
    return forms_ahead(year - 1) if ahead else forms_of(year)


def filed_forms(year: int, ahead: bool) -> Iterator[tuple[FormCard, Form]]:
    """Each filed form of a year, with its card."""
    forms = forms_on_file(year, ahead).forms
    return ((card, forms[card.name]) for card in FEDERAL.standing(Standing.FILED) if card.name in forms)


def parts_if_needed(form: Form) -> Iterator[Part]:
    """The parts of a form that a return may leave blank."""
    return (part for part in form.parts if part.needed)


def stage_name(year: int) -> str:
    """The name of the cell that tells how far the return of a year is: filed, open or planned."""
    return f"stage_{year}"


@cache
def page_words(year: int, ahead: bool = False) -> Form:
    """The sentences of the pages of a year, in order; a form ahead has no return of its own to speak of."""
    form, forms = Form(SHEET, f"Pages of {year}"), forms_on_file(year, ahead)
    for card, each in filed_forms(year, ahead):
        for part in parts_if_needed(each):
            form.words(f"{card.name} {part.number}", part.number, _part_bar(each, part))
        for line in each.printed():
            if line.source == INPUTS.page and line.leaf.kind is Kind.MONEY:
                margin = when(Amount(line.leaf).equals(0), text(""), text(line.source))
                form.words(f"{card.name} {margin_key(line)}", "Where it comes from", margin)
        if not ahead:
            form.words(f"{card.name} state", "Return", _state(year, reference_of(card, year)))
    if not ahead:
        for name, sentences in SENTENCES.items():
            for key, words in sentences(forms).items():
                form.words(f"{name} {key}", key, words)
    return form


@cache
def compiled_page_words(year: int, ahead: bool = False) -> Figure:
    """One function for all of them, from the figures of the year and its stage."""
    return compile_lines(page_words(year, ahead).lines, AMOUNTS)


def margin_key(line: Line) -> str:
    """The key of what stands beside a figure of Inputs: where it comes from; nothing beside a zero."""
    return f"{line.number} margin"


def sentence(card: FormCard, key: str, year: int, ahead: bool) -> Line | None:
    """A sentence of a form's page by its key, where it has one: "verdict", "state", "file"."""
    return next((line for line in page_words(year, ahead).lines if line.leaf.line == f"{card.name} {key}"), None)


def reference_of(card: FormCard, year: int) -> str:
    """The reference of a sheet of a year: 'F-25'."""
    return f"{card.reference}-{year % 100}"


def _part_bar(form: Form, part: Part) -> Text:
    """What stands in the bar of a part that was not needed when the workbook was made."""
    lines = list(part.choose(form))
    named = f"lines {lines[0].number} to {lines[-1].number}"
    now = text(f"Needed now: run isobook build on this file to show {named}")
    return when(form.test(part.needed), now, text(f"Not needed: {named} stay blank"))


def _state(year: int, reference: str) -> Text:
    stage = Text(Leaf(SHARED, stage_name(year), kind=Kind.TEXT))
    estimate = when(stage.equals("open"), text("Return open: an estimate"), text("Return planned: an estimate"))
    return join(when(stage.equals("filed"), text("Return filed"), estimate), f"  ·  {reference}")


def _of_form_6251(forms: YearForms) -> dict[str, Text]:
    year, owed = forms.year, forms.amount(Role.MINIMUM_TAX)
    some = join("AMT of ", dollars(owed, ROUNDING), f" for {year}")
    none = when(forms.test(Role.ATTACH), text(f"No AMT for {year}"), text(f"No AMT for {year}: form not attached"))
    reason = forms.word(Role.ATTACH_REASON)
    return {
        "verdict": _once_known(forms, when(owed > 0, some, none), RESTS),
        "file": join(f"Attach this form to the {year} return?  ", _once_known(forms, reason, NOT_KNOWN)),
    }


def _of_form_8801(forms: YearForms) -> dict[str, Text]:
    year, used = forms.year, forms.amount(Role.CREDIT_USED)
    some = join("Credit of ", dollars(used, ROUNDING), f" used for {year}")
    answer = when(used > 0, some, text(f"No credit used for {year}"))
    yes, no = text("Yes: a credit is available."), text("No: no credit is available.")
    to_file = when(forms.amount(Role.CREDIT_AVAILABLE) > 0, yes, no)
    known = forms.test(Role.READY) & forms.test(Role.FINAL)
    return {
        "verdict": _once_known(forms, answer, RESTS),
        "file": join(f"File this form with the {year} return?  ", when(known, to_file, NOT_KNOWN)),
    }


def _once_known(forms: YearForms, words: Text, not_final: Text) -> Text:
    """What a year says that is ready and rests on none that is not; else what it waits for."""
    waiting = join(f"{State.NOT_READY.capitalize()}: {State.NEEDS} ", forms.word(Role.STILL_NEEDED))
    return when(forms.test(Role.READY), when(forms.test(Role.FINAL), words, not_final), waiting)


RESTS: Final = text("Not final: a year before is not ready")
NOT_KNOWN: Final = text("Not known yet.")
SENTENCES: Final = {FORM_6251.name: _of_form_6251, FORM_8801.name: _of_form_8801}
