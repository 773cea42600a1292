"""Form 6251, Alternative Minimum Tax – Individuals. Part III and the exemption serve whoever refigures them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...language.expressions import (
    Amount,
    Flag,
    Text,
    given,
    join,
    not_below_zero,
    only_when,
    percent,
    shown,
    smaller_of,
    sum_of,
    text,
    total,
    when,
)
from ...language.lines import ROUNDING, Form, Line
from ..tax_year import LAW, FoundOn, Law
from . import sale_gains, sales
from .exercises import year_included
from .inputs import LINE_2_LABELS, SIGNED_LINES
from .line_2i import adjustment

Numbering = Callable[[int], str]  # the line of Form 6251 Part III -> the line of the form at hand


@dataclass(frozen=True)
class YearForms:
    """The forms of a year that Form 6251 takes figures from."""

    inputs: Form
    regular: Form
    schedule_d: Form
    amt_schedule_d: Form
    qdcg: Form
    sdtw: Form
    amt_sdtw: Form
    found_on: FoundOn


@dataclass(frozen=True)
class GainFigures:
    """What Part III takes from elsewhere."""

    gain_and_dividends: Amount  # line 13: of the system that is figured
    section_1250: Amount  # line 14
    all_gain: Amount  # the limit of line 15
    ordinary_0: Amount  # line 20: always regular tax
    ordinary_15: Amount  # line 27: always regular tax


def form_6251(year: int, of: YearForms, order: list[Line]) -> Form:
    """Parts I to III with the line numbers of the year, in dollars."""
    form = Form("f6251", "Form 6251", order)
    first = _line_1(form, year, of)
    _adjustments(form, year, of)
    before = form.line(
        "4 before addition", "Lines 1 through 3, combined", sum_of(*form.through(first, "3")), "IRC 55(b)(2)"
    )
    taxed = amti_and_exemption(form, str, before)
    needed = form.flag(
        "part III",
        "Part III needed?",
        (of.regular["qualified_dividends"] > 0) | of.amt_schedule_d.test("both gains"),
        "Instr. 6251, line 7",
    )
    line_40 = part_iii(form, str, taxed, needed, amt_gains(of), of.found_on)
    _part_ii(form, taxed, needed, line_40, of)
    return form


def amt_gains(of: YearForms) -> GainFigures:
    """Lines 13 to 15 as refigured for AMT; lines 20 and 27 stay regular."""
    return _gains(of, of.amt_schedule_d, of.amt_sdtw)


def regular_gains(of: YearForms) -> GainFigures:
    """The gains of the regular return in all lines."""
    return _gains(of, of.schedule_d, of.sdtw)


def _gains(of: YearForms, schedule_d: Form, sdtw: Form) -> GainFigures:
    special = of.regular.test("schedule_d_tax")
    return GainFigures(
        gain_and_dividends=sdtw["13"],
        section_1250=schedule_d["19"],
        all_gain=sdtw["10"],
        ordinary_0=when(special, of.sdtw["14"], of.qdcg["5"]),
        ordinary_15=when(special, of.sdtw["21"], of.qdcg["5"]),
    )


def _line_1(form: Form, year: int, of: YearForms) -> str:
    """Until 2024 income as in regular tax; from 2025 without the senior deduction, on lines 1a and 1b."""
    regular, found_on = of.regular, of.found_on
    income = regular["income_below_zero"]
    if year < 2025:
        form.line("1", "Taxable income, below zero if so", income, "IRC 55(b)(2)", found_on.taxable_income)
        return "1"
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
    )
    return "1b"


def _adjustments(form: Form, year: int, of: YearForms) -> None:
    cites = LINE_2_CITES
    regular = of.regular
    form.line(
        "2a",
        "Standard deduction, or taxes on Schedule A",
        regular["standard_deduction"] + regular["taxes_deducted"],
        "IRC 56(b)(1)",
        f"{of.found_on.standard_deduction}; Schedule A line 7",
    )
    for letter in SIGNED_LINES:
        form.line(f"2{letter}", LINE_2_LABELS[letter], of.inputs[f"line_2{letter}"], cites[letter], "Inputs")
        if letter == "h":
            by_year = total(adjustment, year_included.equals(year))
            form.line("2i", "Incentive stock options exercised", by_year, "IRC 56(b)(3)", f"Exercises, year {year}")
        if letter == "j":
            _line_2k(form, year, of)
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


def _line_2k(form: Form, year: int, of: YearForms) -> None:
    """First ordinary income, then gains of both systems after each one's loss limit, and what the preparer adds."""
    in_year = sales.year_sold.equals(year)
    for_amt = form.line("2k AMT ordinary", "2k: ordinary income for AMT", total(sale_gains.amt_ordinary, in_year))
    for_regular = form.line("2k regular ordinary", "2k: ordinary income, regular", total(sale_gains.ordinary, in_year))
    ordinary = form.line(
        "2k ordinary", "2k: ordinary income, AMT less regular", for_amt - for_regular, "Instr. 6251, line 2k"
    )
    capital = form.line(
        "2k capital",
        "2k: capital result, AMT less regular",
        of.amt_schedule_d["21"] - of.schedule_d["21"],
        "Instr. 6251, line 2k",
    )
    other = form.line("2k other", "2k: dispositions other than option stock", of.inputs["other_line_2k"])
    form.line(
        "2k", "Property sold: AMT less regular", sum_of(ordinary, capital, other), "IRC 56(a)(6), (b)(3)", "Gains"
    )


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


def amt_rates(taxed: Amount, law: Law = LAW) -> Amount:
    """26% up to the breakpoint; 28% less the subtraction amount above it."""
    above = law.high_rate * taxed - law.amt_subtraction
    return when(taxed <= law.amt_breakpoint, law.low_rate * taxed, above)


def _part_ii(form: Form, taxed: Amount, needed: Flag, line_40: Amount, of: YearForms) -> None:
    line_7 = form.line(
        "7", "Tax at AMT rates", when(needed, line_40, amt_rates(taxed)), "IRC 55(b)(1), (3)", "line 40, or 26% and 28%"
    )
    typed, regular = of.inputs["amt_foreign_tax_credit"], of.regular
    credit = form.line(
        "8 credit", "AMT foreign tax credit, before its limit", when(given(typed), typed, regular["ftc"])
    )
    line_8 = form.line("8", "AMT foreign tax credit", smaller_of(credit, line_7), "IRC 59(a)", "not more than line 7")
    line_9 = form.line("9", "Tentative minimum tax", line_7 - line_8, "IRC 55(b)(1)")
    line_10 = form.line(
        "10",
        "Regular tax to compare",
        not_below_zero(regular["tax"] - regular["ftc"]),
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


def part_iii(
    form: Form, number: Numbering, taxed: Amount, needed: Flag, gains: GainFigures, on: FoundOn, law: Law = LAW
) -> Amount:
    """Tax with the capital gain rates, on lines 12 to 40 of Form 6251 (or their twins); gives line 40.

    Where the Part is not needed its entries are 0, and every other line then comes to 0 by itself.
    """

    def line(place: int, label: str, amount: Amount, cite: str = "", source: str = "") -> Amount:
        return form.line(number(place), label, amount, cite, source)

    def entry(place: int, label: str, amount: Amount, cite: str = "", source: str = "") -> Amount:
        return line(place, label, only_when(needed, amount), cite, source)

    def said(place: int) -> str:
        return number(place).split()[-1]

    gain_sheet, regular = f"gain worksheet line 4{_printed(on.qdcg, '4')}, or Sch. D Tax 13", "regular figures"
    row_20 = f"gain worksheet line 5{_printed(on.ordinary20, '5')}, or Sch. D Tax {on.sdtw20}"
    row_27 = f"gain worksheet line 5{_printed(on.ordinary27, '5')}, or Sch. D Tax {on.sdtw27}"
    line_12 = entry(12, "Amount to be taxed", taxed, "", f"line {said(6)}")
    line_13 = entry(13, "Gain and qualified dividends", gains.gain_and_dividends, "IRC 55(b)(3)", gain_sheet)
    line_14 = entry(
        14, "Unrecaptured section 1250 gain", gains.section_1250, "IRC 55(b)(3)", "Schedule D line 19, of that system"
    )
    with_1250 = form.line(f"{number(15)} sum", "The two, added", line_13 + line_14)
    limited = smaller_of(with_1250, gains.all_gain)
    line_15 = line(
        15,
        "Gain taxed at special rates",
        only_when(needed, limited),
        "",
        f"lines {said(13)} and {said(14)}, up to all gain",
    )
    line_16 = line(16, "Special-rate gain within the amount taxed", smaller_of(line_12, line_15))
    line_17 = line(17, "Taxed at 26% and 28%", line_12 - line_16)
    line_18 = line(18, "Tax on that part", amt_rates(line_17, law), "IRC 55(b)(1)", "26% to the breakpoint, then 28%")
    line_19 = entry(19, "Top of the 0% band", law.zero_rate_top, "IRC 1(h)(1)(B)", "Parameters")
    line_20 = entry(20, "Ordinary income, regular", gains.ordinary_0, regular, row_20)
    line_21 = line(21, "Room left in the 0% band", not_below_zero(line_19 - line_20))
    line_22 = line(22, "Gain within the amount taxed", smaller_of(line_12, line_13))
    line_23 = line(23, "Taxed at 0%", smaller_of(line_21, line_22))
    line_24 = line(24, "Left for 15% and 20%", line_22 - line_23)
    line_25 = entry(25, "Top of the 15% band", law.fifteen_rate_top, "IRC 1(h)(1)(C)", "Parameters")
    line_26 = line(26, "Room in the 0% band", line_21)
    line_27 = entry(27, "Ordinary income, regular", gains.ordinary_15, regular, row_27)
    line_28 = line(28, "0% room and ordinary income", line_26 + line_27)
    line_29 = line(29, "Room left in the 15% band", not_below_zero(line_25 - line_28))
    line_30 = line(30, "Taxed at 15%", smaller_of(line_24, line_29))
    line_31 = line(31, "Tax at 15%", percent(15) * line_30, "IRC 1(h)(1)(C)")
    line_32 = line(32, "Taxed at 0% and 15%", line_23 + line_30)
    line_33 = line(33, "Taxed at 20%", line_22 - line_32)
    line_34 = line(34, "Tax at 20%", percent(20) * line_33, "IRC 1(h)(1)(D)")
    some_1250 = (line_14 > 0) & (line_32 < line_12)
    line_35 = line(35, "Placed so far", only_when(some_1250, sum_of(line_17, line_32, line_33)))
    line_36 = line(36, "Taxed at 25%", only_when(some_1250, line_12 - line_35))
    line_37 = line(37, "Tax at 25%", percent(25) * line_36, "IRC 1(h)(1)(E)")
    line_38 = line(38, "Tax with capital gain rates", sum_of(line_18, line_31, line_34, line_37), "IRC 55(b)(3)")
    line_39 = line(
        39, "Tax at 26% and 28% alone", amt_rates(line_12, law), "IRC 55(b)(1)", f"26%, then 28%, of line {said(12)}"
    )
    return line(
        40,
        "Smaller of the two",
        smaller_of(line_38, line_39),
        "IRC 55(b)(3)",
        f"lines {said(38)} and {said(39)}; to line {said(7)}",
    )


def _printed(line: str, ours: str) -> str:
    """Where the printed worksheet of the year has another number than ours, which is that of 2020 and later."""
    return "" if line == f"line {ours}" else f" (printed {line})"


def conclude(form: Form, year: int, enough: Flag, missing: Text) -> Text:
    """The answer of the year in one sentence, the verdict first."""
    owed = shown(form["11"], ROUNDING)
    tentative, regular = shown(form["9"], ROUNDING), shown(form["10"], ROUNDING)
    compared = when(form["10"] > form["9"], text(" is above"), text(" equals"))
    some = join(
        "AMT of ", owed, f" for {year}: tentative minimum tax of ", tentative, ", regular tax of ", regular, "."
    )
    none = join(
        f"No AMT for {year}: regular tax of ", regular, compared, " the tentative minimum tax of ", tentative, "."
    )
    waiting = join("Not ready: needs ", missing, f" for {year}")
    return form.words("conclusion", "Conclusion", when(enough, when(form["11"] > 0, some, none), waiting))
