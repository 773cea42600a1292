"""The lines of the lead sheet over all years: totals, credit used to date, the proof, the conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.form_1040 import FORM_1040
from engine.federal.tax_year import tax_year
from engine.federal.years import forms_of
from engine.language.expressions import (
    Amount,
    Flag,
    Text,
    dollars,
    join,
    number,
    only_when,
    shown,
    sum_of,
    text,
    when,
)
from engine.language.expressions import count as whole
from engine.language.form import Form, Standing
from engine.language.lines import ROUNDING
from engine.language.roles import Role
from engine.language.states import State

from ...drawing.layout import Shape
from ..of_years import amount_after, amount_of, flag_of, word_of
from ..year_summary import form_line
from .lead_rows import LEAD, LeadRow, all_lead_rows

NOTHING: Final = text("")
LONGEST: Final = 14  # characters of the name of a form line
SHORT: Final = (("Form 1040 line", "1040 ln"), ("Schedule ", "Sch "), (" line ", " ln "), (" box b", "b"))


def lead_rows(year: int) -> dict[str, list[LeadRow]]:
    """The lead sheet's rows by band, with the references of the year."""
    found_on = {name: value.split(";")[0] for name, value in tax_year(year).found_on.model_dump().items()}

    def of_year(row: LeadRow) -> LeadRow:
        found = row.found.format(**found_on).replace(FORM_1040.title, FORM_1040.short)
        found = found or form_line(year, row.role, row.system)
        return replace(row, found=_short(found) if len(found) > LONGEST else found)

    return {band: [of_year(row) for row in rows] for band, rows in LEAD.items()}


def place_in_year(name: str, year: int) -> str:
    """Where the return of a year has a figure, in a few words: 'Sch 2 ln 1'."""
    return _short(str(getattr(tax_year(year).found_on, name)))


def _short(words: str) -> str:
    for long, short in SHORT:
        words = words.replace(long, short)
    return words


def total_key(row: LeadRow) -> str:
    """The line with the total of a row."""
    return f"lead total {row.key}"


def declare_lead(form: Form, shape: Shape) -> None:
    """Add the lines; those of each year's credit and AMT stand already."""
    for row in all_lead_rows():
        if row.total:
            amounts = [only_when(_known(shape, year, row), _amount(shape, year, row)) for year in shape.years]
            form.line(total_key(row), f"{row.label}, all years", sum_of(*amounts))
    used = [form[f"used {year}"] for year in shape.years]
    for place, year in enumerate(shape.years, 1):
        form.line(f"to date {year}", f"Credit used to {year}", sum_of(*used[:place]))
    form.words("conclusion", "Conclusion", _conclusion(form, shape))
    form.words("proof", "Proof", _proof(form, shape))
    left_out = form["not compared"]
    some = join(shown(left_out, whole(0)), " not compared with filed (optional)")
    form.words("compared", "Compared with filed", when(left_out > 0, some, text("compared with the filed returns")))


def _known(shape: Shape, year: int, row: LeadRow) -> Flag:
    """Tell a year whose figure is known: of a filed form that takes the year before, that year too."""
    card = FEDERAL.named(forms_of(year).find(row.role, row.system).leaf.sheet)
    ready = flag_of(shape, year, Role.READY)
    after = card.standing is Standing.FILED and card.from_year_before
    return ready & flag_of(shape, year, Role.FINAL) if after else ready


def _amount(shape: Shape, year: int, row: LeadRow) -> Amount:
    return amount_of(shape, year, row.role, row.system)


def _conclusion(form: Form, shape: Shape) -> Text:
    """The last year by the state of its return, then the AMT of the years before, then the credit."""
    last = shape.last
    earlier = [_earlier(form, shape, year) for year in shape.years if year < last]
    credit = join(
        " Credit used: ",
        dollars(form["used all"], ROUNDING),
        "; credit left: ",
        dollars(form[f"still {last}"], ROUNDING),
        ".",
    )
    told = when(form["used all"] + form[f"still {last}"] > 0, credit, NOTHING)
    return join(_last_year(form, shape), *earlier, ".", told)


def _last_year(form: Form, shape: Shape) -> Text:
    """What the last year owes, in the tense of its state."""
    last, owed = shape.last, form[f"amt {shape.last}"]
    stage, amount = form.word(f"stage {last}"), dollars(owed, ROUNDING)
    some = _by_stage(
        stage,
        join(f"The AMT for {last} was ", amount),
        join("AMT of ", amount, f" is expected for {last}"),
        join("AMT of ", amount, f" would be due for {last}"),
    )
    filed, opened, planned = (
        text(f"No AMT {tense} {last}") for tense in ("for", "is expected for", "would be due for")
    )
    none = _by_stage(stage, filed, opened, planned)
    return _if_known(shape, last, when(owed > 0, some, none), "")


def _by_stage(stage: Text, filed: Text, opened: Text, planned: Text) -> Text:
    return when(stage.equals("filed"), filed, when(stage.equals("planned"), planned, opened))


def _earlier(form: Form, shape: Shape, year: int) -> Text:
    some = join("; AMT of ", dollars(form[f"amt {year}"], ROUNDING), f" for {year}")
    return _if_known(shape, year, when(form[f"amt {year}"] > 0, some, NOTHING), "; ")


def _if_known(shape: Shape, year: int, words: Text, before: str) -> Text:
    """What is said of a year; of one that is not computed, what it waits for: an entry, or the year before."""
    needs = join(f"{before}{year} {State.NEEDS} ", word_of(shape, year, Role.STILL_NEEDED))
    known = when(flag_of(shape, year, Role.FINAL), words, text(f"{before}{year} {State.NEEDS} {year - 1}"))
    return when(flag_of(shape, year, Role.READY), known, needs)


def _proof(form: Form, shape: Shape) -> Text:
    """All AMT, and what credit was brought in, is used, left, taken away, or never comes back."""
    owed, used, left = form["amt all"], form["used all"], form[f"still {shape.last}"]
    brought = form.line("proof in", "Credit brought in or typed", sum_of(*_brought(form, shape)))
    lost = form.line("proof lost", "Part that never comes back", sum_of(*(form[f"excluded {y}"] for y in shape.years)))
    gone = form.line("proof gone", "Credit taken away", sum_of(*_taken_away(form, shape)))
    apart = form.line("proof apart", "Proof, apart by", owed + brought - sum_of(used, left, lost, gone))
    first = join("Proof: AMT of ", dollars(owed, ROUNDING), _if_any(" + credit brought in ", brought))
    second = join(" = credit used ", dollars(used, ROUNDING), " + credit left ", dollars(left, ROUNDING))
    third = join(" + part that never comes back ", dollars(lost, ROUNDING), _if_any(" + credit taken away ", gone))
    differs = text(f".  {State.DIFFERS}: a credit typed on Inputs stands in place of the computed one.")
    ends = when(apart.equals(0), text(".  Agrees."), differs)
    waits = text("Proof: not yet. A year is not ready.")
    known = flag_of(shape, shape.last, Role.READY) & flag_of(shape, shape.last, Role.FINAL)
    return when(known, join(first, second, third, ends), waits)


def _if_any(words: str, amount: Amount) -> Text:
    return when(amount.equals(0), NOTHING, join(words, dollars(amount, ROUNDING)))


def _brought(form: Form, shape: Shape) -> Sequence[Amount]:
    typed = [form["made typed"]] if shape.first < shape.last else [number("0")]
    return [form["made in"], *typed]


def _taken_away(form: Form, shape: Shape) -> Sequence[Amount]:
    """By a line 18 below zero, or by a credit that is typed below what is carried."""
    after = amount_after(shape, shape.last, Role.CREDIT_MADE)
    last = [when(after < 0, -after, number("0"))]
    return [*(form[f"{kind} {year}"] for year in shape.years for kind in ("away", "away typed")), *last]
