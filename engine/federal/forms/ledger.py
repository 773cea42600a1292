"""The credit ledger: what each year's AMT made, what was used, what is left; one column per year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...language.expressions import not_below_zero
from ...language.form import Form, FormCard, Part, Standing
from ...language.lines import Line
from ...language.roles import Role
from ..year_forms import YearForms

COMPUTED: Final = "As computed"
LEDGER: Final = FormCard(
    "ledger", "Credit ledger", Standing.LEDGER, short="ledger", page="Credit ledger", from_year_before=True
)


def ledger(of: YearForms) -> Form:
    """Roll the credit forward through one year, in dollars (IRC 53(b))."""
    form, form_8801 = of.begin(LEDGER), of.form_8801
    opening = form.line(
        "opening",
        "Credit carried in",
        form_8801[Role.CREDIT_CARRIED_IN],
        "IRC 53(b)",
        "8801 line 19",
        role=Role.LEDGER_OPENING,
    )
    form.line(
        "carried on",
        "Credit carried in, as computed",
        form_8801[Role.CREDIT_CARRIED_ON],
        "IRC 53(b)",
        "8801 line 26 of last year",
        role=Role.LEDGER_CARRIED_ON,
    )
    form.line(
        "made computed",
        "From the AMT of the year before, as computed",
        form_8801[Role.CREDIT_MADE_COMPUTED],
        "IRC 53(d)",
        "8801 line 16 less line 17",
    )
    made = form.line(
        "made", "Plus: from the AMT of the year before", form_8801[Role.CREDIT_MADE], "IRC 53(d)", "8801 line 18"
    )
    lost = form.line(
        "lost",
        "Plus: below zero, not carried",
        not_below_zero(-form_8801[Role.CREDIT_AVAILABLE]),
        "Instr. 8801, line 21",
        role=Role.CREDIT_BELOW_ZERO,
    )
    used = form.line("used", "Less: used on the return", form_8801[Role.CREDIT_USED], "IRC 53(a)", "8801 line 25")
    available = form.line("available", "Available", opening + made, "IRC 53(b)", "8801 line 21")
    carried = form_8801[Role.CREDIT_CARRIED_OUT]
    form.line("closing", "Carried out", carried, "IRC 53(b)", "8801 line 26", role=Role.LEDGER_CLOSING)
    kept = form.line("kept", "Available, not below zero", available + lost)
    form.line("rolled", "Carried out, rolled forward", kept - used, role=Role.LEDGER_ROLLED)
    owed = of.form_6251[Role.MINIMUM_TAX]
    form.line("amt", "AMT of the year", owed, "IRC 55(a)", "6251 line 11", role=Role.LEDGER_AMT)
    form.parts = [
        Part("The credit, rolled forward", _lines("opening", "made", "available", "used", "closing")),
        Part(COMPUTED, _lines("carried on", "made computed"), "where Inputs holds a figure, that one counts above"),
        Part("Workings, not printed", _lines("lost", "kept", "rolled"), workings=True),
    ]
    form.totals, form.results = frozenset({"available"}), frozenset({"closing"})
    return form


def _lines(*names: str) -> Callable[[Form], list[Line]]:
    return lambda form: [form.find(name) for name in names]
