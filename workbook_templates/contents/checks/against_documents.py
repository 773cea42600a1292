"""Agreed to documents: what was filed, where it is typed, against what is computed. To type it is optional."""

from __future__ import annotations

from typing import Final

from engine.federal.years import forms_of
from engine.language.expressions import given, not_below_zero, only_when, years_ago
from engine.language.roles import Role

from ...drawing.layout import Shape
from .declaring import Checks

WRONG: Final = "Find the item that is missing or twice on Inputs; the filed figure is the one used."
NOT_TYPED: Final = "Optional: type the filed figure and the wages on Inputs to compare."


def document_checks(checks: Checks, shape: Shape) -> None:
    """Taxable income and regular tax of each year, as filed and as computed from wages."""
    for year in shape.years:
        back = shape.last - year
        forms = forms_of(year)
        known = years_ago(given(forms.inputs["wages"]), back)
        for entry, ours, label in (
            ("taxable_income", not_below_zero(forms.amount(Role.INCOME_LESS_DEDUCTIONS)), "Taxable income"),
            ("regular_tax", forms.amount(Role.COMPUTED_TAX), "Regular tax"),
        ):
            filed = years_ago(given(forms.inputs[entry]), back) & known
            computed = only_when(filed, years_ago(ours, back))
            theirs = only_when(filed, years_ago(forms.inputs[entry], back))
            name = f"{label} of {year}, computed against filed"
            checks.where(filed, "Agreed to documents", name, (computed, theirs), WRONG, NOT_TYPED)
