"""Form 6251 Part III, tax at capital gain rates: for Form 6251, Form 8801, and whoever computes them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...language.expressions import Amount, Flag, not_below_zero, only_when, percent, smaller_of, sum_of, when
from ...language.form import Form
from ...systems import System
from ..tax_year import LAW, FoundOn, Law
from ..year_forms import YearForms

Numbering = Callable[[int], str]  # the line of Form 6251 Part III -> the line of the form at hand


@dataclass(frozen=True)
class GainFigures:
    """What Part III takes from elsewhere."""

    gain_and_dividends: Amount  # line 13: of the system that is computed
    section_1250: Amount  # line 14
    all_gain: Amount  # the limit of line 15
    ordinary_0: Amount  # line 20: always regular tax
    ordinary_15: Amount  # line 27: always regular tax


def gain_figures(of: YearForms, system: System) -> GainFigures:
    """Lines 13 to 15 as the system computes them; lines 20 and 27 are those of the regular return."""
    special, worksheet, of_system = of.regular.test("schedule_d_tax"), of.schedule_d_tax(), of.schedule_d_tax(system)
    return GainFigures(
        gain_and_dividends=of_system["13"],
        section_1250=of.schedule_d(system)["19"],
        all_gain=of_system["10"],
        ordinary_0=when(special, worksheet["14"], of.gain_worksheet["5"]),
        ordinary_15=when(special, worksheet["21"], of.gain_worksheet["5"]),
    )


def amt_rates(taxed: Amount, law: Law = LAW) -> Amount:
    """26% up to the breakpoint; 28% less the subtraction amount above it."""
    above = law.high_rate * taxed - law.amt_subtraction
    return when(taxed <= law.amt_breakpoint, law.low_rate * taxed, above)


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
