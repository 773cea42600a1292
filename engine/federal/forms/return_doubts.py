"""What deserves a look in a return that is in order: what the forms take for granted of an entry, and what contradicts.

The conditions are lines that no sheet draws and no figure takes; they rest on the figures that the forms take.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ...columns import RETURNS, Limits
from ...filing import YEARS
from ...language.expressions import given, not_below_zero, percent, sum_of, total
from ...language.form import Form
from ...language.roles import Role
from ..stock import exercises, form_8949, sale_gains, sales
from ..tax_year import tax_year
from ..year_forms import YearForms
from .form_8801 import EXCLUSION_ITEMS

# Of Form 6251, in whole or in part: Form 8801 may need a part of them, line 3 (minimum tax credit NOL) another figure.
NOT_SPLIT: Final = ("line_2e", "line_2f", "line_2j", "line_3")
# The form adds them as they are typed.
PRINTED_POSITIVE: Final = tuple(each.name for each in RETURNS if each.limits is Limits.PRINTED_POSITIVE)


@cache
def senior_deduction_from() -> int:
    """The first covered year whose return has a line for the senior deduction (P.L. 119-21, sec. 70103)."""
    return min(year for year in YEARS if has_senior_deduction(year))


def has_senior_deduction(year: int) -> bool:
    """Tell whether the return of a year has that line."""
    return bool(tax_year(year).found_on.senior)


DOUBTS: Final = "doubts"
NO_DEFERRAL: Final = (*EXCLUSION_ITEMS, "2e")  # of lines 2c through 3; line 2e is added to line 1 of Form 8801


def return_doubts(of: YearForms) -> Form:
    """The conditions of a year, from its figures; amounts in dollars."""
    form = Form(DOUBTS, f"What deserves a look in {of.year}")
    _of_line_12(form, of)
    _of_line_2f(form, of)
    _of_income(form, of)
    _of_wages(form, of)
    _of_credit(form, of)
    return form


def _of_line_12(form: Form, of: YearForms) -> None:
    """Blank, it is the least of both credits; with deferral items the credit on exclusion items alone may be less."""
    printed = {line.leaf.line: of.form_6251[line.leaf.line] for line in of.form_6251.printed()}
    through = of.form_6251.through("2c", "3")
    items = [amount for number, amount in printed.items() if amount in through and number not in NO_DEFERRAL]
    deferral = ~items[0].equals(0)
    for item in items[1:]:
        deferral = deferral | ~item.equals(0)
    form.flag("deferral items", "Deferral items in AMT income?", deferral, "IRC 53(d)(1)(B)(ii)")
    blank = ~given(of.inputs["exclusion_foreign_tax_credit"])
    credit = (of.regular[Role.FOREIGN_TAX_CREDIT] > 0) & (of.form_6251["8 credit"] > 0)
    form.flag("line 12 blank", "Line 12 of the next Form 8801 taken from both credits?", blank & credit)


def _of_line_2f(form: Form, of: YearForms) -> None:
    """The AMT net operating loss deduction takes at most 90% of AMT income without it."""
    without = form.line(
        "without 2f", "AMT income without line 2f", of.form_6251[Role.AMTI_BEFORE_ADDITION] - of.form_6251["2f"]
    )
    limit = form.line("2f limit", "90% of it", percent(90) * not_below_zero(without), "IRC 56(d)(1)(A)")
    form.flag("2f beyond", "Line 2f beyond the limit?", -of.form_6251["2f"] > limit, "IRC 56(d)(1)(A)")


def _of_income(form: Form, of: YearForms) -> None:
    """Taxable income as filed without the parts of which Form 6251 needs some."""
    filed, wages = of.inputs["taxable_income"], of.inputs["wages"]
    unsaid = of.inputs.word("deduction").equals("") & ~given(of.inputs["standard_deduction"])
    alone = given(filed) & unsaid & ~of.regular.test(Role.ITEMIZING)
    form.flag("deduction assumed", "Line 2a on a standard deduction that nobody entered?", alone, "IRC 56(b)(1)(D)")
    form.flag(
        "itemized unsaid",
        "Itemized deductions without their total?",
        given(filed) & of.regular.test(Role.ITEMIZING) & ~given(of.inputs["itemized_deductions"]),
    )
    form.flag(
        "income assumed",
        "Income below zero on wages that nobody entered?",
        given(filed) & filed.equals(0) & ~given(wages),
        "Instr. 6251, line 1",
    )


def _of_wages(form: Form, of: YearForms) -> None:
    """Income from stock that Form W-2 holds is part of wages."""
    received = exercises.year_included.equals(of.year)
    paid = form.line("pay", "Income of nonqualified options and units", total(exercises.wage_income, received))
    in_year = sales.year_sold.equals(of.year)
    income = form.line("sale income", "Ordinary income of sales", total(sale_gains.ordinary, in_year))
    short = form.line("sale short", "The same less W-2 income", total(form_8949.short_of_wages, in_year))
    in_w2 = form.line("sale wages", "W-2 income of sales", income - short)
    stock = form.line("stock wages", "Income from stock in wages", sum_of(paid, in_w2))
    typed = given(of.inputs["wages"])
    form.flag("wages short", "Wages below it?", typed & (of.regular[Role.WAGES] < stock), "IRC 83(a), 421(b)")


def _of_credit(form: Form, of: YearForms) -> None:
    """IRC 53(b) takes the credit allowable off what is carried on, whether or not it was claimed."""
    claimed = of.inputs["credit_claimed"]
    allowable = of.form_8801[Role.CREDIT_USED]
    form.flag("claimed otherwise", "Another credit claimed?", given(claimed) & ~claimed.equals(allowable), "IRC 53(b)")
