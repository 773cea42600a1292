"""Form 1040 as far as the minimum tax needs it: income, deductions, the tax of the return."""

from __future__ import annotations

from typing import Final

from ...language.expressions import Amount, given, not_below_zero, number, only_when, smaller_of, sum_of, total, when
from ...language.form import Form, FormCard, Part, Standing
from ...language.roles import Role
from ...systems import REGULAR
from ..stock import form_8949, sales
from ..tax_year import LAW, FoundOn
from ..year_forms import YearForms

ZERO: Final = number("0")


FORM_1040: Final = FormCard(
    "regular",
    "Form 1040",
    Standing.RETURN,
    short="1040",
    page="Work {year}",
    reference="W",
    answers="The regular tax of {year}, and whether to attach Form 6251",
    about="From the typed figures to the regular tax that Form 6251 line 10 compares with.",
    always=(Role.TAXABLE_INCOME, Role.TAX),
)


def income(of: YearForms) -> Form:
    """Form 1040, from wages to taxable income, in dollars."""
    form, inputs, found_on = of.begin(FORM_1040), of.inputs, of.found_on
    typed = _if_given(inputs["wages"])
    wages = form.line("wages", "Wages", typed, "IRC 61(a)", found_on.wages, role=Role.WAGES)
    option_income = form.line(
        "option_income",
        "Option income not in wages",
        total(form_8949.not_in_wages, sales.year_sold.equals(of.year)),
        "IRC 421(b), 422(c)(2), 423(c)",
        found_on.option_income,
        role=Role.OPTION_INCOME,
    )
    dividends = form.line(
        "qualified_dividends",
        "Qualified dividends",
        inputs["qualified_dividends"],
        "IRC 1(h)(11)",
        found_on.qualified,
        role=Role.QUALIFIED_DIVIDENDS,
    )
    gain = of.schedule_d(REGULAR)[Role.GAIN_OR_LOSS_ALLOWED]
    other = form.line("other_income", "Other ordinary income", inputs["other_income"], "IRC 61(a)", "Inputs")
    agi = form.line(
        "agi",
        "Adjusted gross income",
        sum_of(wages, option_income, dividends, other, gain),
        "IRC 62",
        found_on.agi,
    )
    deductions = _deductions(form, inputs, found_on)
    signed = form.line(
        "signed_income",
        "Income less deductions",
        agi - deductions,
        "IRC 63",
        "below zero if so",
        role=Role.INCOME_LESS_DEDUCTIONS,
    )
    filed = form.line("filed_income", "Taxable income as filed", _if_given(inputs["taxable_income"]), "", "Inputs")
    is_filed = form.flag("is_filed", "Taxable income as filed?", given(inputs["taxable_income"]))
    form.line(
        "taxable_income",
        "Taxable income",
        when(is_filed, not_below_zero(filed), not_below_zero(signed)),
        "IRC 63",
        found_on.taxable_income.split(";")[0],
        role=Role.TAXABLE_INCOME,
    )
    form.line(
        "income_below_zero",
        "Taxable income, below zero if so",
        when(is_filed, when(filed > 0, filed, smaller_of(signed, ZERO)), signed),
        "Instr. 6251, line 1",
    )
    credit = inputs["foreign_tax_credit"]
    form.line("ftc", "Foreign tax credit", credit, "IRC 901", found_on.ftc, role=Role.FOREIGN_TAX_CREDIT)
    form.line("credits", "Other nonrefundable credits", inputs["nonrefundable_credits"], "IRC 26", "Inputs")
    return form


def _if_given(entry: Amount) -> Amount:
    """An entry whose blank means something, taken as 0 where the blank does not matter."""
    return only_when(given(entry), entry)


def _deductions(form: Form, inputs: Form, found_on: FoundOn) -> Amount:
    chosen, itemized = inputs.word("deduction"), inputs["itemized_deductions"]
    typed_taxes = form.line("taxes_typed", "Taxes deducted, as typed", inputs["taxes_deducted"], "IRC 164", "Inputs")
    itemizing = form.flag(
        "itemizing",
        "Itemized deductions?",
        chosen.equals("itemized") | (chosen.equals("") & (given(itemized) | (typed_taxes > 0))),
        "IRC 63(e)",
        role=Role.ITEMIZING,
    )
    typed = inputs["standard_deduction"]
    usual = only_when(~itemizing, when(given(typed), typed, LAW.standard_deduction))
    standard = form.line("standard_deduction", "Standard deduction", usual, "IRC 63(c)", found_on.standard_deduction)
    listed = form.line(
        "itemized_deductions",
        "Itemized deductions",
        only_when(itemizing, _if_given(itemized)),
        "IRC 63(d)",
        found_on.itemized,
    )
    taxes = only_when(itemizing, typed_taxes)
    form.line("taxes_deducted", "Taxes, part of them", taxes, "IRC 164", "Schedule A line 7")
    other = form.line(
        "other_deductions", "Other deductions", inputs["other_deductions"], "IRC 63", found_on.other_deductions
    )
    form.line("senior_deduction", "Senior deduction, part of them", inputs["senior_deduction"], "P.L. 119-21, 70103")
    all_three = sum_of(standard, listed, other)
    return form.line("deductions", "Total deductions", all_three, "IRC 63", found_on.deductions)


def tax_of_return(of: YearForms) -> None:
    """The tax of the return: by one of the two gain worksheets, or as filed."""
    income, schedule_d = of.regular, of.schedule_d(REGULAR)
    special = income.flag(
        "schedule_d_tax",
        "Schedule D Tax Worksheet used?",
        schedule_d.test(Role.BOTH_GAINS) & ((schedule_d["18"] > 0) | (schedule_d["19"] > 0)),
        "Schedule D line 20",
    )
    by_worksheet = when(special, of.schedule_d_tax()["47"], of.gain_worksheet["25"])
    computed = income.line("figured_tax", "Tax, computed", by_worksheet, "IRC 1", role=Role.COMPUTED_TAX)
    typed = of.inputs["regular_tax"]
    either = when(given(typed), typed, computed)
    income.line("tax", "Tax, before foreign tax credit", either, "IRC 1", of.found_on.tax, role=Role.TAX)
    income.parts = [Part(f"Form 1040 for {of.year}", lambda form: form.lines)]
    income.totals = frozenset({"taxable_income", "tax"})
