"""What the sheets show of one year beyond its forms: lead figures, differences, states, the way to line 2k."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.federal.tax_year import tax_year
from engine.federal.years import forms_of
from engine.language.expressions import Amount, Flag, Text, given, join, shown, sum_of, text, when
from engine.language.form import Form
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Kind, Leaf
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

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
        LeadRow("option_income", "Option income not in wages", "regular", "option_income", "{option_income}"),
        LeadRow("gain", "Gain, or loss allowed, regular", "schedule_d", "21", "Schedule D line 21"),
        LeadRow("amt_gain", "Gain, or loss allowed, AMT", "amt_schedule_d", "21", "AMT Schedule D line 21"),
        LeadRow("loss", "Loss carried out, regular", "carryover", "out", "Schedule D, carryover"),
        LeadRow("amt_loss", "Loss carried out, AMT", "amt_carryover", "out", "AMT Schedule D, carryover"),
        LeadRow("taxable_income", "Taxable income", "regular", "taxable_income", "{taxable_income}"),
    ),
    "Form 6251": (
        LeadRow(
            "2i", "Incentive stock options exercised", "f6251", "2i", "6251 line 2i", "Each exercise alone, not below 0"
        ),
        LeadRow(
            "2k line",
            "Property sold, AMT less regular",
            "f6251",
            "2k",
            "6251 line 2k",
            "See Credit ledger",
        ),
        LeadRow("4", "AMT income", "f6251", "4", "6251 line 4"),
        LeadRow("5", "Exemption", "f6251", "5", "6251 line 5", "After the phase-out"),
        LeadRow("9", "Tentative minimum tax", "f6251", "9", "6251 line 9"),
        LeadRow("10", "Regular tax to compare", "f6251", "10", "6251 line 10", "After foreign tax credit only"),
        LeadRow("11", "AMT to pay", "f6251", "11", "6251 line 11", "To {amt}", result=True),
    ),
    "Form 8801": (
        LeadRow(
            "21", "Credit available this year", "f8801", "21", "8801 line 21", "AMT is first usable the year after"
        ),
        LeadRow(
            "24", "Room: regular tax over tentative", "f8801", "24", "8801 line 24", "No sale is needed, only room"
        ),
        LeadRow("25", "Credit used", "f8801", "25", "8801 line 25", "To {credit}", result=True),
    ),
}
LINE_2K: Final = (  # key, label, how, whether it is the result
    ("2k gain", "Gain or loss that reaches income, regular", "Schedule D line 21", False),
    ("2k amt", "AMT gain or loss of the year", "AMT Schedule D, before carryovers", False),
    ("2k in", "AMT loss carried in", "from the year before", False),
    ("2k reaches", "Gain or loss that reaches income, AMT", "a loss up to the limit", False),
    ("2k income", "Ordinary income, AMT less regular", "disqualifying sales of an earlier year's stock", False),
    ("2k other", "Dispositions other than option stock, as typed", "Inputs", False),
    ("2k result", "Line 2k: AMT less regular", "to Form 6251", True),
)


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
    known = ready & forms["year"].test("final")
    typed = ~given(forms["inputs"]["taxable_income"]) | given(forms["inputs"]["wages"])
    for row in (row for rows in LEAD.values() for row in rows):
        amount = forms[row.form][row.line]
        if row.key == "wages":
            amount = when(typed, amount, Amount(text("as filed").node))
        if row.key == "2i":  # known from the records alone
            form.line(row.key, row.label, amount)
        else:
            rests = row.form == "f8801"
            waiting = when(ready, text(f"needs {year - 1}"), needs) if rests else needs
            _shown_when_ready(form, row.key, row.label, known if rests else ready, amount, waiting)
    attach = when(forms["attach"].test("attach"), text("yes"), text("no"))
    form.words("attach", "Attach Form 6251?", when(ready, attach, needs))
    settled = text("provisional") if tax_year(year).provisional else text("figured")
    on_file = text("filed, provisional") if tax_year(year).provisional else text("as filed")
    filed = when(given(forms["inputs"]["taxable_income"]), on_file, settled)
    file = when(forms["f8801"]["21"] > 0, text("yes"), text("no"))
    form.words("file", "File Form 8801?", when(known, file, when(ready, text(f"needs {year - 1}"), needs)))
    form.words("state", "State", when(ready, filed, join("not ready")))
    form.words(
        "form_state", "State of the forms", when(ready, settled if tax_year(year).provisional else text("ready"), needs)
    )
    form.words("gains", "Gains", _gains_sentence(year, forms))
    _differences(form, forms)
    _line_2k(form, forms)
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


def _line_2k(form: Form, forms: Mapping[str, Form]) -> None:
    regular, amt = forms["schedule_d"], forms["amt_schedule_d"]
    f6251 = forms["f6251"]
    values = {
        "2k gain": regular["21"],
        "2k amt": sum_of(amt["1b"], amt["5"], amt["8b"], amt["12"]),
        "2k in": amt["6"] + amt["14"],
        "2k reaches": amt["21"],
        "2k income": f6251["2k ordinary"],
        "2k other": f6251["2k other"],
        "2k result": f6251["2k"],
    }
    for key, label, _, _ in LINE_2K:
        form.line(key, label, values[key])


@cache
def compiled_year(year: int) -> Figure:
    """Figure a year's summary from its figures."""
    return compile_lines(year_summary(year).lines, AMOUNTS)
