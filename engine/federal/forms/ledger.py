"""The credit ledger: what each year's AMT made, what was used, what is left; one column a year."""

from __future__ import annotations

from ...language.expressions import not_below_zero
from ...language.lines import Form, Line


def ledger(form_8801: Form, form_6251: Form, order: list[Line]) -> Form:
    """Roll the credit forward through one year, in dollars (IRC 53(b))."""
    form = Form("ledger", "Credit ledger", order)
    opening = form.line("opening", "Credit carried in", form_8801["19"], "IRC 53(b)", "8801 line 19")
    made = form.line("made", "Plus: from the AMT of the year before", form_8801["18"], "IRC 53(d)", "8801 line 18")
    lost = form.line("lost", "Plus: below zero, not carried", not_below_zero(-form_8801["21"]), "Instr. 8801, line 21")
    used = form.line("used", "Less: used on the return", form_8801["25"], "IRC 53(a)", "8801 line 25")
    available = form.line("available", "Available", opening + made, "IRC 53(b)", "8801 line 21")
    form.line("closing", "Carried out", form_8801["26"], "IRC 53(b)", "8801 line 26")
    kept = form.line("kept", "Available, not below zero", available + lost)
    form.line("rolled", "Carried out, rolled forward", kept - used)
    form.line("amt", "AMT of the year", form_6251["11"], "IRC 55(a)", "6251 line 11")
    return form
