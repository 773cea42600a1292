"""What the lead sheet, the checks and the conclusions say: expressions over the forms, like every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from engine.expressions import (
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
from engine.expressions import count as whole
from engine.forms.exercises import adds_nothing, adjustment
from engine.lines import ROUNDING, Form, Line
from engine.nodes import Kind, Leaf
from engine.readings.amounts import AMOUNTS
from engine.readings.straight_line import Figure, compile_lines
from engine.tax_year import LAW, tax_year
from engine.years import forms_of

from .layout import BOOK, Shape

BESIDE: Final = (("schedule_d", "amt_schedule_d"), ("carryover", "amt_carryover"))


@dataclass(frozen=True)
class LeadRow:
    """One line of the lead sheet: what it is, the form line it shows, where that stands."""

    key: str
    label: str
    form: str
    line: str
    found: str
    to_know: str = ""
    result: bool = False


LEAD: Final[dict[str, tuple[LeadRow, ...]]] = {
    "Income": (
        LeadRow("wages", "Wages", "regular", "wages", "{wages}"),
        LeadRow("gain", "Gain, or loss allowed, regular", "schedule_d", "21", "Schedule D line 21"),
        LeadRow("amt_gain", "Gain, or loss allowed, AMT", "amt_schedule_d", "21", "AMT Schedule D line 21"),
        LeadRow("taxable_income", "Taxable income", "regular", "taxable_income", "{taxable_income}"),
    ),
    "Form 6251": (
        LeadRow(
            "2i",
            "Incentive stock options exercised",
            "f6251",
            "2i",
            "6251 line 2i",
            "Each exercise alone, never below zero",
        ),
        LeadRow("2k", "Property sold, AMT less regular", "f6251", "2k", "6251 line 2k"),
        LeadRow("4", "AMT income", "f6251", "4", "6251 line 4"),
        LeadRow("5", "Exemption", "f6251", "5", "6251 line 5", "After the phase-out"),
        LeadRow("9", "Tentative minimum tax", "f6251", "9", "6251 line 9"),
        LeadRow("10", "Regular tax to compare", "f6251", "10", "6251 line 10", "After foreign tax credit only"),
        LeadRow("11", "AMT to pay", "f6251", "11", "6251 line 11", "To {amt}", result=True),
    ),
}


def lead_rows(year: int) -> dict[str, list[LeadRow]]:
    """The lead sheet's rows by band, with the references of the year."""
    found_on = {name: value.split(";")[0] for name, value in tax_year(year).found_on.model_dump().items()}
    return {
        band: [
            LeadRow(
                row.key,
                row.label,
                row.form,
                row.line,
                row.found.format(**found_on).replace("Form 1040", "1040"),
                row.to_know.format(**found_on),
                row.result,
            )
            for row in rows
        ]
        for band, rows in LEAD.items()
    }


@cache
def year_summary(year: int) -> Form:
    """What the sheets show of a year beyond its forms: lead figures, differences, states and sentences."""
    forms, form = forms_of(year).forms, Form("lead", f"Lead sheet {year}")
    ready, needs = forms["year"].test("ready"), join("needs ", forms["year"].word("missing"))
    for row in (row for rows in LEAD.values() for row in rows):
        _shown_when_ready(form, row.key, row.label, ready, forms[row.form][row.line], needs)
    attach = when(forms["attach"].test("attach"), text("yes"), text("no"))
    form.words("attach", "Attach Form 6251?", when(ready, attach, needs))
    settled = text("provisional") if tax_year(year).provisional else text("figured")
    filed = when(given(forms["inputs"]["taxable_income"]), text("as filed"), settled)
    form.words("state", "State", when(ready, filed, join("not ready")))
    form.words(
        "form_state", "State of the forms", when(ready, settled if tax_year(year).provisional else text("ready"), needs)
    )
    form.words("gains", "Gains", _gains_sentence(year, forms))
    _differences(form, forms)
    return form


def _shown_when_ready(form: Form, key: str, label: str, ready: Flag, amount: Amount, needs: Text) -> None:
    """A figure, or in a year that is not ready the words 'needs wages'."""
    mixed = when(ready, amount, Amount(needs.node))
    form.add(Line(Leaf("lead", key, settled=True), label, expression=mixed.node))


def _gains_sentence(year: int, forms: Mapping[str, Form]) -> Text:
    regular, amt = forms["schedule_d"]["21"], forms["amt_schedule_d"]["21"]
    same = join(f"Gain, or loss allowed, of {year}: ", shown(regular, ROUNDING), " for regular tax and for AMT.")
    apart = join(f"Gain, or loss allowed, of {year}: ", shown(regular, ROUNDING), " for regular tax, ")
    return when(regular.equals(amt), same, join(apart, shown(amt, ROUNDING), " for AMT."))


def _differences(form: Form, forms: Mapping[str, Form]) -> None:
    for regular, amt in BESIDE:
        for ours, theirs in zip(forms[regular].lines, forms[amt].lines, strict=True):
            carried_out = regular != "carryover" or ours.leaf.line in ("8", "13")
            if ours.leaf.kind is Kind.MONEY and carried_out:
                form.line(f"{regular} {ours.leaf.line}", ours.label, Amount(theirs.leaf) - Amount(ours.leaf))


@dataclass(frozen=True)
class Check:
    """One line of the Checks sheet; amounts are lines of the book's form."""

    number: int
    band: str
    label: str
    compares: bool  # without two amounts it only tells a state


ANEW: Final = "A formula or a parameter was changed: build the file anew."


class _Checks:
    """Declares checks in the book's form, numbered as they come."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.made: list[Check] = []

    def equal(self, band: str, label: str, ours: Amount, theirs: Amount, wrong: Text, to_do: str) -> None:
        """Two amounts that should be equal; `wrong` is the result where they are not."""
        name = f"check {len(self.made) + 1}"
        this = self.form.line(f"{name} this", label, ours)
        other = self.form.line(f"{name} other", label, theirs)
        difference = self.form.line(f"{name} difference", label, this - other)
        result = when(difference.equals(0), text("agrees"), wrong)
        self._add(band, label, result, to_do, compares=True)

    def known(self, band: str, label: str, fine: Flag, good: str, to_do: str) -> None:
        """Something that is there, or still open."""
        self._add(band, label, when(fine, text(good), text("open")), to_do, compares=False)

    def _add(self, band: str, label: str, result: Text, to_do: str, *, compares: bool) -> None:
        number = len(self.made) + 1
        told = self.form.words(f"check {number} result", label, result)
        fine = told.equals("agrees") | told.equals("ready")
        self.form.words(f"check {number} to do", label, when(fine, text(""), text(to_do)))
        self.made.append(Check(number, band, label, compares))


@cache
def book_summary(shape: Shape) -> tuple[Form, tuple[Check, ...]]:
    """The sentences and checks over all years; a leaf of year Y is `last - Y` years ago."""
    form = Form(BOOK, "Book")
    checks = _Checks(form)
    _source_checks(checks, shape)
    _document_checks(checks, shape)
    _sentences(form, shape, len(checks.made))
    return form, tuple(checks.made)


def _of(shape: Shape, year: int, form: str, line: str) -> Amount:
    return years_ago(forms_of(year).forms[form][line], shape.last - year)


def _source_checks(checks: _Checks, shape: Shape) -> None:
    band = "Forms agree with their sources"
    all_years = sum_of(*(_of(shape, year, "f6251", "2i") for year in shape.years))
    lots = "Exercises of years without a form here are opening lots; for a form, fill in that year on Inputs."
    checks.equal(band, "Line 2i, all years = Exercises, total", all_years, total(adjustment), text("open"), lots)
    for year in shape.years:
        back = shape.last - year
        form = forms_of(year).forms["f6251"]
        taxed, limit = years_ago(form["6"], back), years_ago(LAW.amt_breakpoint, back)
        above = checks.form.line(f"above {year}", f"Line 6 over the breakpoint, {year}", not_below_zero(taxed - limit))
        extra = years_ago(LAW.high_rate, back) - years_ago(LAW.low_rate, back)
        second = years_ago(LAW.low_rate, back) * taxed + extra * above
        part_iii = years_ago(form.test("part III"), back)
        first = when(part_iii, years_ago(form["39"], back), years_ago(form["7"], back))
        label = f"26% and 28% tax of {year}, figured a second way"
        checks.equal(band, label, first, second, text("DIFFERS"), ANEW)
        lines = _of(shape, year, "f6251", "40"), _of(shape, year, "f6251", "39")
        over = checks.form.line(f"excess {year}", f"Line 40 over line 39, {year}", not_below_zero(lines[0] - lines[1]))
        checks.equal(band, f"Line 40 of {year} is not above line 39", over, number("0"), text("DIFFERS"), ANEW)


def _document_checks(checks: _Checks, shape: Shape) -> None:
    band = "Agreed to documents"
    for year in shape.years:
        back = shape.last - year
        forms = forms_of(year).forms
        known = years_ago(given(forms["inputs"]["wages"]), back)
        for entry, ours, label in (
            ("taxable_income", not_below_zero(forms["regular"]["signed_income"]), "Taxable income"),
            ("regular_tax", forms["regular"]["figured_tax"], "Regular tax"),
        ):
            filed = years_ago(given(forms["inputs"][entry]), back) & known
            theirs = only_when(filed, years_ago(forms["inputs"][entry], back))
            figured = only_when(filed, years_ago(ours, back))
            name = f"{label} of {year}, figured against filed"
            _compared(checks, band, name, filed, figured, theirs)


def _compared(checks: _Checks, band: str, label: str, filed: Flag, ours: Amount, theirs: Amount) -> None:
    number = len(checks.made) + 1
    form = checks.form
    this, other = form.line(f"check {number} this", label, ours), form.line(f"check {number} other", label, theirs)
    difference = form.line(f"check {number} difference", label, this - other)
    result = when(filed, when(difference.equals(0), text("agrees"), text("DIFFERS")), text("open"))
    told = form.words(f"check {number} result", label, result)
    wrong = text("Find the item that is missing or twice on Inputs; the filed figure is the one used.")
    waiting = text("Type the filed figure and the wages on Inputs to compare.")
    to_do = when(told.equals("agrees"), text(""), when(filed, wrong, waiting))
    form.words(f"check {number} to do", label, to_do)
    checks.made.append(Check(number, band, label, True))


def _sentences(form: Form, shape: Shape, checks: int) -> None:
    """The conclusions of the sheets that speak of all years."""
    span = f"{shape.first} to {shape.last}" if shape.first < shape.last else f"{shape.first}"
    parts: list[Text] = []
    owed: list[Amount] = []
    for year in shape.years:
        back = shape.last - year
        readiness = forms_of(year).forms["year"]
        ready = years_ago(readiness.test("ready"), back)
        amt = form.line(f"amt {year}", f"AMT of {year}", only_when(ready, _of(shape, year, "f6251", "11")))
        owed.append(amt)
        needs = join(f"  ·  {year} needs ", years_ago(readiness.word("missing"), back))
        some = join(f"  ·  {year}: ", shown(amt, ROUNDING))
        parts.append(when(ready, when(amt > 0, some, text("")), needs))
    owed_in_all = form.line("amt all", "AMT, all years", sum_of(*owed))
    start = when(owed_in_all > 0, text("AMT to pay"), text(f"No AMT for {span}"))
    form.words("conclusion", "Conclusion", join(start, *parts))
    nothing = form.line("nothing", "Exercises that add nothing", total(adds_nothing))
    line_2i = form.line("2i", "Line 2i, all exercises", total(adjustment))
    tail = join("  ·  exercises that add nothing: ", shown(nothing, whole(0)), " (see Why)")
    counted = join("Line 2i of all exercises: ", shown(line_2i, ROUNDING))
    form.words("exercises", "Exercises", join(counted, when(nothing > 0, tail, text(""))))
    _counts(form, checks)


def _counts(form: Form, checks: int) -> None:
    results = [form.word(f"check {each} result") for each in range(1, checks + 1)]
    one, none = number("1"), number("0")
    wrong = form.line(
        "differs", "Checks that differ", sum_of(*(when(each.equals("DIFFERS"), one, none) for each in results))
    )
    waiting = form.line(
        "open", "Checks still open", sum_of(*(when(each.equals("open"), one, none) for each in results))
    )
    differ = join("Checks: ", shown(wrong, whole(0)), " differs, ", shown(waiting, whole(0)), " open")
    opened = join("Checks: ", shown(waiting, whole(0)), " open")
    form.words("checks", "Checks", when(wrong > 0, differ, when(waiting > 0, opened, text("Checks: all agree"))))


@cache
def compiled_year(year: int) -> Figure:
    """Figure a year's summary from its figures."""
    return compile_lines(year_summary(year).lines, AMOUNTS)


@cache
def compiled_book(shape: Shape) -> Figure:
    """Figure the book's summary from the figures of all years, the last year first."""
    return compile_lines(book_summary(shape)[0].lines, AMOUNTS)


def summarize(shape: Shape, years: Mapping[int, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """All values by block: one block a year ("2025"), and the book's."""
    figured = {year: {**years[year], **compiled_year(year)(years[year])} for year in shape.years}
    last_first: Sequence[Mapping[str, Any]] = [figured[year] for year in reversed(shape.years)]
    book = compiled_book(shape)(*last_first)
    return {**{str(year): values for year, values in figured.items()}, BOOK: book}
