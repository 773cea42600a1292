"""The two worksheets that tax gains and qualified dividends, and the Tax Table and rates behind them."""

from __future__ import annotations

from typing import Final

from ...language.expressions import (
    Amount,
    Flag,
    count,
    larger_of,
    not_below_zero,
    number,
    only_when,
    percent,
    rounded,
    rounded_down,
    smaller_of,
    sum_of,
    when,
)
from ...language.form import Form, FormCard, Part, Standing, printed_first
from ...language.lines import ROUNDING, TAX_METHOD
from ...language.roles import Role
from ...systems import AMT, REGULAR, SYSTEMS
from ..tax_year import LAW
from ..year_forms import YearForms

GAIN_WORKSHEET: Final = FormCard(
    "qdcg",
    "Qualified Dividends and Capital Gain Tax Worksheet",
    Standing.WORKSHEET,
    short="QDCG",
    page="Work {year}",
)


def gain_worksheet(of: YearForms) -> Form:
    """Qualified Dividends and Capital Gain Tax Worksheet, numbered as since 2020; without gains it is plain tax."""
    form, income = of.begin(GAIN_WORKSHEET), of.regular
    line_1 = form.line("1", "Taxable income", income[Role.TAXABLE_INCOME])
    line_2 = form.line("2", "Qualified dividends", income[Role.QUALIFIED_DIVIDENDS])
    net_gain = of.schedule_d(REGULAR)[Role.NET_CAPITAL_GAIN]
    line_3 = form.line("3", "Net capital gain", net_gain, "Schedule D lines 15 and 16")
    line_4 = form.line("4", "Gain and dividends", line_2 + line_3)
    line_5 = form.line("5", "Ordinary part", not_below_zero(line_1 - line_4))
    line_6 = form.line("6", "Top of the 0% band", LAW.zero_rate_top, "IRC 1(h)(1)(B)")
    line_7 = form.line("7", "Smaller of lines 1 and 6", smaller_of(line_1, line_6))
    line_8 = form.line("8", "Smaller of lines 5 and 7", smaller_of(line_5, line_7))
    line_9 = form.line("9", "Taxed at 0%", line_7 - line_8)
    line_10 = form.line("10", "Smaller of lines 1 and 4", smaller_of(line_1, line_4))
    line_11 = form.line("11", "From line 9", line_9)
    line_12 = form.line("12", "Line 10 less line 11", line_10 - line_11)
    line_13 = form.line("13", "Top of the 15% band", LAW.fifteen_rate_top, "IRC 1(h)(1)(C)")
    line_14 = form.line("14", "Smaller of lines 1 and 13", smaller_of(line_1, line_13))
    line_15 = form.line("15", "Line 5 plus line 9", line_5 + line_9)
    line_16 = form.line("16", "Room in the 15% band", not_below_zero(line_14 - line_15))
    line_17 = form.line("17", "Taxed at 15%", smaller_of(line_12, line_16))
    line_18 = form.line("18", "Tax at 15%", percent(15) * line_17, "IRC 1(h)(1)(C)")
    line_19 = form.line("19", "Line 9 plus line 17", line_9 + line_17)
    line_20 = form.line("20", "Taxed at 20%", line_10 - line_19)
    line_21 = form.line("21", "Tax at 20%", percent(20) * line_20, "IRC 1(h)(1)(D)")
    line_22 = tax_line(form, "22", "Tax on line 5", line_5)
    line_23 = form.line("23", "Tax with the gain rates", sum_of(line_18, line_21, line_22))
    line_24 = tax_line(form, "24", "Tax on line 1", line_1)
    form.line("25", "Smaller of lines 23 and 24", smaller_of(line_23, line_24))
    form.parts = [Part(form.title, printed_first)]
    return form


SCHEDULE_D_TAX: Final = {
    system: FormCard(
        system.named("sdtw"),
        system.titled("Schedule D Tax Worksheet"),
        Standing.WORKSHEET,
        short=system.short("SDTW"),
        page="Work {year}",
        about="The lines of the worksheet that Form 6251 Part III takes, from AMT gains." if system is AMT else "",
        system=system,
    )
    for system in SYSTEMS
}


def schedule_d_tax(of: YearForms) -> Form:
    """Schedule D Tax Worksheet, numbered as since 2019, without Form 4952 (lines 3, 4 and 8 are 0)."""
    form, schedule_d = of.begin(SCHEDULE_D_TAX[REGULAR]), of.schedule_d(REGULAR)
    line_1 = form.line("1", "Taxable income", of.regular[Role.TAXABLE_INCOME])
    line_9 = _net_gain_lines(form, of.regular, schedule_d)
    line_10, line_13 = form["10"], form["13"]
    line_14 = form.line("14", "Ordinary part and special gains", not_below_zero(line_1 - line_13))
    line_15 = form.line("15", "Top of the 0% band", LAW.zero_rate_top, "IRC 1(h)(1)(B)")
    line_16 = form.line("16", "Smaller of lines 1 and 15", smaller_of(line_1, line_15))
    line_17 = form.line("17", "Smaller of lines 14 and 16", smaller_of(line_14, line_16))
    line_18 = form.line("18", "Ordinary part", not_below_zero(line_1 - line_10))
    line_19 = form.line("19", "Line 1, up to the top of the 24% bracket", smaller_of(line_1, LAW.top_of_24))
    line_20 = form.line("20", "Smaller of lines 14 and 19", smaller_of(line_14, line_19))
    line_21 = form.line("21", "Larger of lines 18 and 20", larger_of(line_18, line_20))
    line_22 = form.line("22", "Taxed at 0%", line_16 - line_17)
    line_23 = form.line("23", "Smaller of lines 1 and 13", smaller_of(line_1, line_13))
    line_24 = form.line("24", "From line 22", line_22)
    line_25 = form.line("25", "Line 23 less line 24", not_below_zero(line_23 - line_24))
    line_26 = form.line("26", "Top of the 15% band", LAW.fifteen_rate_top, "IRC 1(h)(1)(C)")
    line_27 = form.line("27", "Smaller of lines 1 and 26", smaller_of(line_1, line_26))
    line_28 = form.line("28", "Line 21 plus line 22", line_21 + line_22)
    line_29 = form.line("29", "Room in the 15% band", not_below_zero(line_27 - line_28))
    line_30 = form.line("30", "Taxed at 15%", smaller_of(line_25, line_29))
    line_31 = form.line("31", "Tax at 15%", percent(15) * line_30)
    line_32 = form.line("32", "Line 24 plus line 30", line_24 + line_30)
    line_33 = form.line("33", "Taxed at 20%", line_23 - line_32)
    line_34 = form.line("34", "Tax at 20%", percent(20) * line_33)
    line_35 = form.line("35", "Section 1250 gain within line 9", smaller_of(line_9, schedule_d["19"]))
    line_36 = form.line("36", "Line 10 plus line 21", line_10 + line_21)
    line_37 = form.line("37", "From line 1", line_1)
    line_38 = form.line("38", "Line 36 less line 37", not_below_zero(line_36 - line_37))
    line_39 = form.line("39", "Taxed at 25%", not_below_zero(line_35 - line_38))
    line_40 = form.line("40", "Tax at 25%", percent(25) * line_39, "IRC 1(h)(1)(E)")
    line_41 = form.line("41", "Taxed so far", sum_of(line_21, line_22, line_30, line_33, line_39))
    some_28 = schedule_d["18"] > 0
    line_42 = form.line("42", "Taxed at 28%", only_when(some_28, line_1 - line_41))
    line_43 = form.line("43", "Tax at 28%", percent(28) * line_42, "IRC 1(h)(1)(F)")
    line_44 = tax_line(form, "44", "Tax on line 21", line_21)
    line_45 = form.line("45", "Tax with the gain rates", sum_of(line_31, line_34, line_40, line_43, line_44))
    line_46 = form.line("46", "Tax on line 1", of.gain_worksheet["24"], "", "gain worksheet line 24")
    form.line("47", "Smaller of lines 45 and 46", smaller_of(line_45, line_46))
    form.parts = [Part(form.title, printed_first, "used where 28% or section 1250 gain is taxed")]
    return form


def amt_schedule_d_tax(of: YearForms) -> Form:
    """Lines 2 to 13 of the worksheet, which Form 6251 Part III takes from AMT gains."""
    form = of.begin(SCHEDULE_D_TAX[AMT])
    _net_gain_lines(form, of.regular, of.schedule_d(AMT))
    form.parts = [Part(f"{form.title}, lines 2 to 13", Form.printed, "for Form 6251 13 to 15")]
    return form


def _net_gain_lines(form: Form, income: Form, schedule_d: Form) -> Amount:
    """Lines 2 to 13 ; gives line 9."""
    line_2 = form.line("2", "Qualified dividends", income[Role.QUALIFIED_DIVIDENDS])
    line_9 = form.line("9", "Net capital gain", schedule_d[Role.NET_CAPITAL_GAIN], "Schedule D lines 15 and 16")
    line_10 = form.line("10", "Gain and dividends", line_2 + line_9)
    line_11 = form.line("11", "28% and section 1250 gain", schedule_d["18"] + schedule_d["19"], "Schedule D 18, 19")
    line_12 = form.line("12", "Smaller of lines 9 and 11", smaller_of(line_9, line_11))
    form.line("13", "Line 10 less line 12", line_10 - line_12)
    return line_9


def tax_line(form: Form, line: str, label: str, income: Amount) -> Amount:
    """Tax from the Tax Table below 100,000, by the rate schedules from there on (or everywhere, if so chosen)."""
    table = form.flag(f"{line} from table", f"Line {line}: Tax Table used?", _table_used(income))
    row = form.working(f"{line} table row", f"Line {line}: middle of the Tax Table row", table_row(income))
    taxed = form.working(f"{line} taxed", f"Line {line}: amount taxed by the rates", when(table, row, income))
    tax = form.working(f"{line} by rates", f"Line {line}: tax by the rates", LAW.regular_rates(taxed))
    digits = when(table, count(0), ROUNDING)
    return form.line(line, label, rounded(tax, digits), "IRC 1, 3", "Tax Table or Tax Computation Worksheet")


def _table_used(income: Amount) -> Flag:
    return TAX_METHOD.equals("table") & (income < 100_000)


def table_row(income: Amount) -> Amount:
    """The middle of the row: rows of 5, then of 10 to 25, of 25 to 3,000, of 50 above."""
    by_25 = rounded_down(income, 25) + number("12.5")
    by_50 = rounded_down(income, 50) + 25
    lowest = when(income < 5, number("2.5"), when(income < 15, number("10"), number("20")))
    return when(income < 25, lowest, when(income < 3000, by_25, by_50))
