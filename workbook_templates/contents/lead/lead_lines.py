"""The lines of the lead sheet over all years: totals, credit used to date, the proof, the conclusion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
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
    rounded,
    shown,
    sum_of,
    text,
    when,
)
from engine.language.expressions import count as whole
from engine.language.form import Form, Standing
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.language.states import State

from ...drawing.layout import Shape
from ..of_years import NOT_YET, amount_after, amount_of, flag_of, known_of, of_latest, word_of, years_told
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
            _declare_total(form, shape, row)
    used = [form[f"used {year}"] for year in shape.years]
    for place, year in enumerate(shape.years, 1):
        form.line(f"to date {year}", f"Credit used to {year}", sum_of(*used[:place]))
    form.words("conclusion", "Conclusion", _conclusion(form, shape))
    form.words("proof", "Proof", _proof(form, shape))
    left_out = form["not compared"]
    some = join(shown(left_out, whole(0)), " not compared with filed (optional)")
    form.words("compared", "Compared with filed", when(left_out > 0, some, text("compared with the filed returns")))


def _declare_total(form: Form, shape: Shape, row: LeadRow) -> None:
    """The sum over the years whose figure is known; words while there is none."""
    known = [_known(shape, year, row) for year in shape.years]
    amounts = [_amount(shape, year, row) for year in shape.years]
    total = sum_of(*(only_when(flag, amount) for flag, amount in zip(known, amounts, strict=True)))
    mixed = when(reduce(or_, known), rounded(total, ROUNDING), Amount(NOT_YET.node))  # a sum of cents has dust in it
    label = f"{row.label}, all years"
    form.add(Line(Leaf(form.sheet, total_key(row), settled=True), label, expression=mixed.node))


def _known(shape: Shape, year: int, row: LeadRow) -> Flag:
    """Tell a year whose figure is known: of a filed form that takes the year before, that year too."""
    line = forms_of(year).find(row.role, row.system)
    if line.from_records:
        return whole(1).equals(1)
    card = FEDERAL.named(line.leaf.sheet)
    after = card.standing is Standing.FILED and card.from_year_before
    return known_of(shape, year) if after else flag_of(shape, year, Role.READY)


def _amount(shape: Shape, year: int, row: LeadRow) -> Amount:
    return amount_of(shape, year, row.role, row.system)


def _conclusion(form: Form, shape: Shape) -> Text:
    """The last year by the state of its return, then the AMT of the years before, then the credit."""
    left = form.line("still latest", "Credit left, last year computed", of_latest(shape, _left(form), number("0")))

    def told(year: int) -> Text:
        when_left = "" if year == shape.last else f" at the end of {year}"
        return text(f"; credit left{when_left}: ")

    credit = join(
        " Credit used: ",
        dollars(form["used all"], ROUNDING),
        of_latest(shape, told, NOTHING),
        dollars(left, ROUNDING),
        ".",
    )
    some = when(form["used all"] + left > 0, credit, NOTHING)
    return join(_last_year(form, shape), *_earlier(form, shape), ".", some)


def _left(form: Form) -> Callable[[int], Amount]:
    return lambda year: form[f"still {year}"]


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


def _earlier(form: Form, shape: Shape) -> Sequence[Text]:
    """The AMT of the years before the last in one figure, so that the sentence fits; then what each waits for."""
    owed = {year: form[f"amt {year}"] for year in shape.years if year < shape.last}
    if not owed:
        return ()
    amount = form.line("earlier AMT", "AMT of the years before the last", sum_of(*owed.values()))
    told = years_told(form, "earlier AMT", {year: each > 0 for year, each in owed.items()})
    some = join("; AMT of ", dollars(amount, ROUNDING), " for ", told.words)
    return [when(amount > 0, some, NOTHING), *(_if_known(shape, year, NOTHING, "; ") for year in owed)]


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
    known = known_of(shape, shape.last)
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
