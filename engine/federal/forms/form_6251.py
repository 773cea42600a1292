"""Form 6251, Alternative Minimum Tax – Individuals. Part III stands in a module of its own."""

from __future__ import annotations

from typing import Final

from ...language.expressions import (
    Amount,
    Flag,
    dollars,
    given,
    join,
    not_below_zero,
    smaller_of,
    sum_of,
    text,
    total,
    when,
)
from ...language.form import Form, FormCard, Part, Standing, between
from ...language.lines import ROUNDING
from ...language.roles import Role
from ...systems import AMT, REGULAR, SYSTEMS
from ..stock import sales
from ..stock.exercises import year_included
from ..stock.line_2i import adjustment
from ..stock.sale_gains import sale_figures
from ..year_forms import YearForms
from .exemption import amti_and_exemption
from .inputs import LINE_2_LABELS, SIGNED_LINES
from .part_iii import amt_rates, gain_figures, part_iii

FORM_6251: Final = FormCard(
    "f6251",
    "Form 6251",
    Standing.FILED,
    long_title="Alternative Minimum Tax: Individuals",
    attachment="32",
    short="6251",
    page="6251 {year}",
    reference="F",
    answers="Alternative minimum tax for {year}, line by line",
    says=Role.CONCLUSION,
    json="form_6251",
    always=(
        *(Role.INCOME, Role.EXERCISES, Role.AMTI, Role.EXEMPTION, Role.BASE, Role.TAX_AT_ALL_RATES),
        *(Role.AMT_FOREIGN_TAX_CREDIT, Role.TENTATIVE_MINIMUM_TAX, Role.REGULAR_TAX, Role.MINIMUM_TAX),
    ),
)


def form_6251(of: YearForms) -> Form:
    """Parts I to III with the line numbers of the year, in dollars."""
    form = of.begin(FORM_6251)
    _line_1(form, of)
    _adjustments(form, of)
    combined = sum_of(form[Role.INCOME], *form.through("2a", "3"))
    before = form.line(
        "4 before addition",
        "Lines 1 through 3, combined",
        combined,
        "IRC 55(b)(2)",
        role=Role.AMTI_BEFORE_ADDITION,
    )
    taxed = amti_and_exemption(form, str, before)
    needed = form.flag(
        "part III",
        "Part III needed?",
        (of.regular[Role.QUALIFIED_DIVIDENDS] > 0) | of.schedule_d(AMT).test(Role.BOTH_GAINS),
        "Instr. 6251, line 7",
        role=Role.GAIN_RATES_APPLY,
    )
    line_40 = part_iii(form, str, taxed, needed, gain_figures(of, AMT), of.found_on)
    _part_ii(form, taxed, needed, line_40, of)
    for role, line in ROLES.items():
        form.play(role, line)
    _conclude(form, of)
    form.parts = [
        Part("Alternative minimum taxable income", between("1", "4"), number="Part I"),
        Part("Alternative minimum tax", between("5", "11"), number="Part II"),
        Part("Tax with capital gain rates", between("12", "40"), PART_III_NOTE, number="Part III", needed="part III"),
        Part("Workings", Form.computed_workings, workings=True),
    ]
    form.totals, form.results = frozenset({"4", "9", "40"}), frozenset({"11"})
    form.short = SHORT
    return form


PART_III_NOTE: Final = "13–15 are AMT figures, 20 and 27 regular ones"
SHORT: Final = {
    "1": "Taxable income (may be negative)",
    "1b": "Income less line 1a (may be negative)",
    "2i": "Incentive stock options: AMT income over regular",
    "4": "Alternative minimum taxable income (AMTI)",
    "5": "Exemption, after the phase-out",
    "10": "Regular tax, less the foreign tax credit",
}


def _line_1(form: Form, of: YearForms) -> None:
    """Until 2024 income as in regular tax; from 2025 without the senior deduction, on lines 1a and 1b."""
    regular, found_on = of.regular, of.found_on
    income = regular["income_below_zero"]
    if of.year < 2025:
        label, found = "Taxable income, below zero if so", found_on.taxable_income
        form.line("1", label, income, "IRC 55(b)(2)", found, role=Role.INCOME)
        return
    form.line(
        "1a",
        "Deductions, without the senior deduction",
        regular["deductions"] - regular["senior_deduction"],
        "Instr. 6251, line 1a",
        f"{found_on.deductions} less {found_on.senior}",
    )
    form.line(
        "1b",
        "Income after those deductions",
        income + regular["senior_deduction"],
        "IRC 55(b)(2)",
        f"{found_on.agi} less line 1a, or as filed",
        role=Role.INCOME,
    )


def _adjustments(form: Form, of: YearForms) -> None:
    cites = LINE_2_CITES
    regular = of.regular
    form.line(
        "2a",
        "Standard deduction, or taxes on Schedule A",
        regular["standard_deduction"] + regular["taxes_deducted"],
        "IRC 56(b)(1)",
        f"{of.found_on.standard_deduction}; Schedule A line 7",
        role=Role.DEDUCTIONS_ADDED_BACK,
    )
    for letter in SIGNED_LINES:
        form.line(f"2{letter}", LINE_2_LABELS[letter], of.inputs[f"line_2{letter}"], cites[letter], "Inputs")
        if letter == "h":
            _line_2i(form, of.year)
        if letter == "j":
            _line_2k(form, of)
    form.line("3", "Other adjustments", of.inputs["line_3"], "Instr. 6251, line 3", "Inputs")
    form.line("2c to 3", "Lines 2c through 3, combined", sum_of(*form.through("2c", "3")), "Instr. 6251, Who Must File")


LINE_2_CITES = {
    "b": "IRC 56(b)(1)(C)",
    "c": "IRC 56(b)(1)(C)",
    "d": "IRC 57(a)(1)",
    "e": "IRC 56(a)(4)",
    "f": "IRC 56(a)(4), (d)",
    "g": "IRC 57(a)(5)",
    "h": "IRC 57(a)(7)",
    "j": "Schedule K-1 (1041)",
    "l": "IRC 56(a)(1)",
    "m": "IRC 58(b)",
    "n": "IRC 59(h)",
    "o": "IRC 56(b)(2)",
    "p": "IRC 56(a)(3)",
    "q": "IRC 56(a)(2)",
    "r": "IRC 56(b)(2)",
    "s": "Instr. 6251, line 2s",
    "t": "IRC 57(a)(2)",
}


def _line_2i(form: Form, year: int) -> None:
    by_year = total(adjustment, year_included.equals(year))
    label, found = "Incentive stock options exercised", f"Exercises, year {year}"
    form.line("2i", label, by_year, "IRC 56(b)(3)", found, role=Role.EXERCISES, from_records=True)


def _line_2k(form: Form, of: YearForms) -> None:
    """First ordinary income, then gains of both systems after each one's loss limit, and what the preparer adds."""
    in_year = sales.year_sold.equals(of.year)
    for_amt = form.line(
        "2k AMT ordinary",
        "2k: ordinary income for AMT",
        total(sale_figures(AMT).ordinary, in_year),
        role=Role.DISPOSITIONS_ORDINARY_AMT,
    )
    for_regular = form.line(
        "2k regular ordinary",
        "2k: ordinary income, regular",
        total(sale_figures(REGULAR).ordinary, in_year),
        role=Role.DISPOSITIONS_ORDINARY_REGULAR,
    )
    ordinary = form.line(
        "2k ordinary",
        "2k: ordinary income, AMT less regular",
        for_amt - for_regular,
        "Instr. 6251, line 2k",
        role=Role.DISPOSITIONS_ORDINARY,
    )
    allowed = {system: of.schedule_d(system)[Role.GAIN_OR_LOSS_ALLOWED] for system in SYSTEMS}
    capital = form.line(
        "2k capital",
        "2k: capital result, AMT less regular",
        allowed[AMT] - allowed[REGULAR],
        "Instr. 6251, line 2k",
        role=Role.DISPOSITIONS_CAPITAL,
    )
    typed = of.inputs["other_line_2k"]
    other = form.line("2k other", "2k: dispositions other than option stock", typed, role=Role.DISPOSITIONS_OTHER)
    all_three = sum_of(ordinary, capital, other)
    label = "Property sold: AMT less regular"
    form.line("2k", label, all_three, "IRC 56(a)(6), (b)(3)", "Gains", role=Role.DISPOSITIONS)


def _part_ii(form: Form, taxed: Amount, needed: Flag, line_40: Amount, of: YearForms) -> None:
    tax = when(needed, line_40, amt_rates(taxed))
    line_7 = form.line("7", "Tax at AMT rates", tax, "IRC 55(b)(1), (3)", "line 40, or 26% and 28%")
    typed, regular = of.inputs["amt_foreign_tax_credit"], of.regular
    either = when(given(typed), typed, regular[Role.FOREIGN_TAX_CREDIT])
    credit = form.line("8 credit", "AMT foreign tax credit, before its limit", either)
    line_8 = form.line("8", "AMT foreign tax credit", smaller_of(credit, line_7), "IRC 59(a)", "not more than line 7")
    line_9 = form.line("9", "Tentative minimum tax", line_7 - line_8, "IRC 55(b)(1)")
    line_10 = form.line(
        "10",
        "Regular tax to compare",
        not_below_zero(regular[Role.TAX] - regular[Role.FOREIGN_TAX_CREDIT]),
        "IRC 55(c)",
        f"{of.found_on.tax} + {of.found_on.additions} − {of.found_on.ftc}",
    )
    form.line(
        "11",
        "Alternative minimum tax",
        not_below_zero(line_9 - line_10),
        "IRC 55(a)",
        f"line 9 less line 10; to {of.found_on.amt}",
    )


ROLES: Final = {
    Role.SEPARATE_ADDITION: "4 addition",
    Role.AMTI: "4",
    Role.EXEMPTION: "5",
    Role.EXEMPTION_LOST: "5 lost",
    Role.BASE: "6",
    Role.TAX_AT_ALL_RATES: "7",
    Role.AMT_FOREIGN_TAX_CREDIT: "8",
    Role.TENTATIVE_MINIMUM_TAX: "9",
    Role.REGULAR_TAX: "10",
    Role.MINIMUM_TAX: "11",
    Role.TAX_AT_GAIN_RATES: "38",
    Role.TAX_AT_FLAT_RATES: "39",
    Role.SMALLER_TAX: "40",
}


def _conclude(form: Form, of: YearForms) -> None:
    """The answer of the year in one sentence, the verdict first."""
    enough, missing, year = of.readiness.test(Role.READY), of.readiness.word(Role.STILL_NEEDED), of.year
    owed = dollars(form["11"], ROUNDING)
    tentative, regular = dollars(form["9"], ROUNDING), dollars(form["10"], ROUNDING)
    compared = when(form["10"] > form["9"], text(" is above"), text(" equals"))
    some = join(
        "AMT of ", owed, f" for {year}: tentative minimum tax of ", tentative, ", regular tax of ", regular, "."
    )
    none = join(
        f"No AMT for {year}: regular tax of ", regular, compared, " the tentative minimum tax of ", tentative, "."
    )
    waiting = join("Not ready: needs ", missing, f" for {year}")
    answer = when(enough, when(form["11"] > 0, some, none), waiting)
    form.words("conclusion", "Conclusion", answer, role=Role.CONCLUSION)
