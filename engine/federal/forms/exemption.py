"""Form 6251 lines 4 to 6: AMT income, the exemption, what is left to tax. They serve whoever computes them again."""

from __future__ import annotations

from ...language.expressions import Amount, not_below_zero, only_when, smaller_of
from ...language.form import Form
from ..tax_year import LAW, Law
from .part_iii import Numbering


def amti_and_exemption(form: Form, number: Numbering, before: Amount, law: Law = LAW) -> Amount:
    """Lines 4 to 6 from line 4 before the married-separate addition; gives line 6."""
    addition = separate_addition(form, before, number(4), law)
    line_4 = form.line(number(4), "AMT income", before + addition, "IRC 55(b)(2)", "lines 1 through 3, with addition")
    excess = form.line(
        f"{number(5)} excess", "Line 4 over the phase-out threshold", not_below_zero(line_4 - law.phaseout_start)
    )
    lost = form.line(f"{number(5)} lost", "Exemption phased out", law.phaseout_rate * excess, "IRC 55(d)(2)")
    line_5 = form.line(
        number(5), "Exemption", not_below_zero(law.exemption - lost), "IRC 55(d)", "exemption less the part phased out"
    )
    return form.line(number(6), "Amount to be taxed", not_below_zero(line_4 - line_5), "IRC 55(b)(1)")


def separate_addition(form: Form, amti: Amount, prefix: str, law: Law = LAW) -> Amount:
    """The exemption that a married person filing separately loses a second time (0 for all others)."""
    over = form.line(
        f"{prefix} over",
        "AMT income over the start of the addition",
        only_when(law.addition_limit > 0, not_below_zero(amti - law.addition_start)),
    )
    share = form.line(f"{prefix} share", "The addition before its limit", law.addition_rate * over)
    return form.line(
        f"{prefix} addition",
        "Married-separate addition",
        smaller_of(law.addition_limit, share),
        "IRC 55(d)(2), last sentence",
    )
