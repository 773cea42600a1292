"""What the sheets show of one year beyond its forms: lead figures, differences, states, the way to line 2k."""

from __future__ import annotations

from functools import cache
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.form_6251 import FORM_6251
from engine.federal.forms.form_8801 import FORM_8801
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.federal.tax_year import tax_year
from engine.federal.year_forms import YearForms
from engine.federal.years import forms_of
from engine.language.expressions import Amount, Flag, Text, given, join, signed_dollars, sum_of, text, when
from engine.language.form import Form, Standing
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Kind, Leaf
from engine.language.roles import Role
from engine.language.states import State
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines
from engine.systems import AMT, REGULAR, SYSTEMS, System

from .lead.lead_rows import LeadRow, all_lead_rows

GAINS: Final = SCHEDULE_D[REGULAR].page  # the page of what is computed once for each system
CARRIED_OUT: Final = (Role.SHORT_TERM_CARRIED_OUT, Role.LONG_TERM_CARRIED_OUT)
OF_THE_YEAR: Final = (  # gains before what is carried in
    *(Role.SHORT_TERM_STOCK, Role.SHORT_TERM_OTHER),
    *(Role.LONG_TERM_STOCK, Role.LONG_TERM_OTHER),
)


def form_line(year: int, role: Role, system: System | None = None) -> str:
    """Where a line stands: '6251 line 11', 'AMT Schedule D line 21'."""
    forms = forms_of(year)
    card = FEDERAL.named(forms.find(role, system).leaf.sheet)
    return f"{card.short if card.standing is Standing.FILED else card.title} {forms.called(role, system)}"


@cache
def year_summary(year: int) -> Form:
    """What the sheets show of a year beyond its forms: lead figures, differences, states and sentences."""
    forms, form = forms_of(year), Form("lead", f"Lead sheet {year}")
    ready, needs = forms.test(Role.READY), join(f"{State.NEEDS} ", forms.word(Role.STILL_NEEDED))
    known = ready & forms.test(Role.FINAL)
    after_needs = when(ready, text(f"{State.NEEDS} {year - 1}"), needs)
    for row in all_lead_rows():
        _lead_figure(form, row, forms, (ready, needs), (known, after_needs))
    attach = when(forms.test(Role.ATTACH), text("yes"), text("no"))
    form.words("attach", f"{forms.find(Role.ATTACH).label}?", when(ready, attach, needs))
    provisional = bool(tax_year(year).all_provisional)
    settled = State.PROVISIONAL if provisional else State.COMPUTED
    on_file = State.FILED_PROVISIONAL if provisional else State.AS_FILED
    filed = when(given(forms.inputs["taxable_income"]), on_file.said, settled.said)
    file = when(forms.amount(Role.CREDIT_AVAILABLE) > 0, text("yes"), text("no"))
    form.words("file", f"File {FORM_8801.title}?", when(known, file, after_needs))
    form.words("state", "State", when(ready, filed, join(State.NOT_READY.said)))
    of_forms = settled if provisional else State.READY
    form.words("form_state", "State of the forms", when(ready, of_forms.said, needs))
    waiting = join(f"{State.NOT_READY.capitalize()}: ", after_needs, ".")
    form.words("gains", "Gains", when(known, _gains_sentence(forms), waiting))
    _differences(form, forms)
    _dispositions(form, forms)
    return form


def _lead_figure(
    form: Form, row: LeadRow, forms: YearForms, alone: tuple[Flag, Text], after: tuple[Flag, Text]
) -> None:
    """A figure of the lead sheet; a filed form that takes the year before waits for that year too."""
    line, amount = forms.find(row.role, row.system), forms.amount(row.role, row.system)
    if row.role is Role.WAGES:
        typed = ~given(forms.inputs["taxable_income"]) | given(forms.inputs["wages"])
        amount = when(typed, amount, Amount(State.AS_FILED.said.node))
    if line.from_records:
        form.line(row.key, row.label, amount)
        return
    card = FEDERAL.named(line.leaf.sheet)
    ready, needs = after if card.standing is Standing.FILED and card.from_year_before else alone
    _shown_when_ready(form, row.key, row.label, ready, amount, needs)


def _shown_when_ready(form: Form, key: str, label: str, ready: Flag, amount: Amount, needs: Text) -> None:
    """A figure, or in a year that is not ready the words 'needs wages'."""
    mixed = when(ready, amount, Amount(needs.node))
    form.add(Line(Leaf("lead", key, settled=True), label, expression=mixed.node))


def _gains_sentence(forms: YearForms) -> Text:
    regular, amt = (forms.amount(Role.GAIN_OR_LOSS_ALLOWED, each) for each in (REGULAR, AMT))
    begin = f"Gain, or loss allowed, of {forms.year}: "
    same = join(begin, signed_dollars(regular, ROUNDING), " for regular tax and for AMT.")
    apart = join(
        begin, signed_dollars(regular, ROUNDING), " for regular tax, ", signed_dollars(amt, ROUNDING), " for AMT."
    )
    return when(regular.equals(amt), same, apart)


def beside(forms: YearForms, page: str) -> list[tuple[Form, Form]]:
    """The forms of a sheet that are computed once for each system: regular, and the same for AMT."""
    of_system = {
        each: [forms.forms[card.name] for card in FEDERAL.on_page(page) if card.system == each] for each in SYSTEMS
    }
    return list(zip(of_system[REGULAR], of_system[AMT], strict=True))


def difference_of(line: Line) -> str:
    """The name of the difference of a line of the regular form: AMT less regular."""
    return f"{line.leaf.sheet} {line.leaf.line}"


def _differences(form: Form, forms: YearForms) -> None:
    for regular, amt in beside(forms, GAINS):
        for ours, theirs in zip(regular.lines, amt.lines, strict=True):
            if ours.leaf.kind is Kind.MONEY and _is_told_apart(regular, ours):
                form.line(difference_of(ours), ours.label, Amount(theirs.leaf) - Amount(ours.leaf))


def _is_told_apart(form: Form, line: Line) -> bool:
    """Of the carryover worksheet only what is carried out."""
    out = [form.roles[role] for role in CARRIED_OUT if role in form.roles]
    return not out or line in out


def steps_to_dispositions(year: int) -> list[tuple[str, str, str, bool]]:
    """From gains to the line of property sold: name, label, how, whether it is the result."""
    gain, result = form_line(year, Role.GAIN_OR_LOSS_ALLOWED, REGULAR), forms_of(year).called(Role.DISPOSITIONS)
    return [
        ("2k gain", "Gain or loss that reaches income, regular", gain, False),
        ("2k amt", "AMT gain or loss of the year", "AMT Schedule D, before carryovers", False),
        ("2k in", "AMT loss carried in", "from the year before", False),
        ("2k reaches", "Gain or loss that reaches income, AMT", "a loss up to the limit", False),
        ("2k income", "Ordinary income, AMT less regular", "disqualifying sales of an earlier year's stock", False),
        ("2k other", "Dispositions other than option stock, as typed", "Inputs", False),
        ("2k result", f"{result.capitalize()}: AMT less regular", f"to {FORM_6251.title}", True),
    ]


def _dispositions(form: Form, forms: YearForms) -> None:
    regular, amt = (forms.amount(Role.GAIN_OR_LOSS_ALLOWED, each) for each in (REGULAR, AMT))
    values = {
        "2k gain": regular,
        "2k amt": sum_of(*(forms.amount(role, AMT) for role in OF_THE_YEAR)),
        "2k in": forms.amount(Role.SHORT_TERM_CARRIED_IN, AMT) + forms.amount(Role.LONG_TERM_CARRIED_IN, AMT),
        "2k reaches": amt,
        "2k income": forms.amount(Role.DISPOSITIONS_ORDINARY),
        "2k other": forms.amount(Role.DISPOSITIONS_OTHER),
        "2k result": forms.amount(Role.DISPOSITIONS),
    }
    for key, label, _, _ in steps_to_dispositions(forms.year):
        form.line(key, label, values[key])


@cache
def compiled_year(year: int) -> Figure:
    """Compute a year's summary from its figures."""
    return compile_lines(year_summary(year).lines, AMOUNTS)
