"""Worksheet functions of the tax of a year: Form 6251 from line 4 on, regular tax, the credit, figures of the law."""

from __future__ import annotations

from typing import Any, Final

from engine.federal.tax_year import tax_year
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.money import ZERO
from engine.records.cells import CellError

from .convention import worksheet
from .figures import gains, year_lines
from .terms import (
    OTHERS,
    Amti,
    Credit,
    Dividends,
    NetGain,
    ParameterName,
    RegularGain,
    RegularNetGain,
    RegularTax,
    Status,
    TaxableIncome,
    TaxMethod,
    Tentative,
    Year,
)

ALL: Final = "all"  # the printed lines from 5 on


def _needs_income(*amounts: Any, income: Any) -> None:
    if income is None and any(amounts):
        raise CellError("taxable_income is blank: gains and qualified dividends are taxed on top of it, so give it.")


def _tentative(*row: Any) -> None:
    _, _, _, net, dividends, income, regular = row
    _needs_income(net, dividends, regular, income=income)


def form_6251(
    amti: Any,
    status: Any,
    year: int,
    net: Any,
    dividends: Any,
    income: Any,
    regular_gain: Any,
    tax_method: Any = "table",
    wanted: str = "f6251.11",
    line_4: str = "f6251.4",
    *,
    workings: bool = False,
) -> Any:
    """Lines of Form 6251 from line 4 on, or one of them."""
    known = {
        line_4: amti,
        "regular.taxable_income": ZERO if income is None else income,
        "regular.qualified_dividends": dividends,
        **gains({"schedule_d": regular_gain, "amt_schedule_d": net}),
    }
    return year_lines(year, printed_lines(year, wanted), known, status, tax_method, workings=workings)


def printed_lines(year: int, wanted: str) -> tuple[str, ...]:
    """One line, or all printed lines from 5 on."""
    if wanted != ALL:
        return (wanted,)
    printed = forms_of(year).forms["f6251"].printed()
    numbers = [line.leaf.line for line in printed]
    return tuple(line.key for line in printed[numbers.index("5") :])


@worksheet()
def AMT_EXEMPTION(amti: Amti, status: Status, year: Year) -> Any:
    """AMT exemption left after its phase-out, in dollars (Form 6251 line 5)."""
    return year_lines(year, ("f6251.5",), {"f6251.4": amti}, status)["f6251.5"]


@worksheet(check=_tentative, same_as=OTHERS)
def TMT(
    amti: Amti,
    status: Status,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    taxable_income: TaxableIncome = None,
    regular_capital_gain: RegularGain = None,
) -> Any:
    """Tentative minimum tax before the foreign tax credit, in dollars (Form 6251 lines 7 and 9, with Part III)."""
    figures = form_6251(
        amti,
        status,
        year,
        net_capital_gain,
        qualified_dividends,
        taxable_income,
        regular_capital_gain,
        wanted="f6251.9",
    )
    return figures["f6251.9"]


@worksheet()
def REG_TAX(
    taxable_income: TaxableIncome,
    status: Status,
    year: Year,
    net_capital_gain: RegularNetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    tax_method: TaxMethod = "table",
) -> Any:
    """Regular tax on taxable income, in dollars, with the rates for gains and dividends (Form 1040 line 16)."""
    known = {
        "regular.taxable_income": taxable_income,
        "regular.qualified_dividends": qualified_dividends,
        **gains({"schedule_d": net_capital_gain}),
    }
    return year_lines(year, ("regular.figured_tax",), known, status, tax_method)["regular.figured_tax"]


@worksheet(same_as=OTHERS)
def AMT(
    amti: Amti,
    taxable_income: TaxableIncome,
    status: Status,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: TaxMethod = "table",
) -> Any:
    """Alternative minimum tax, in dollars: tentative minimum tax over regular tax (Form 6251 line 11)."""
    figures = form_6251(
        amti,
        status,
        year,
        net_capital_gain,
        qualified_dividends,
        taxable_income,
        regular_capital_gain,
        tax_method,
    )
    return figures["f6251.11"]


@worksheet()
def AMT_CREDIT(credit_available: Credit, regular_tax: RegularTax, tmt: Tentative) -> Any:
    """Minimum tax credit that can be used this year, in dollars (Form 8801 line 25)."""
    known = {"f8801.21": credit_available, "f8801.22": regular_tax, "f8801.23": tmt}
    return year_lines(YEARS[-1], ("f8801.25",), known)["f8801.25"]


@worksheet(vectorised=False)
def AMT_PARAM(name: ParameterName, status: Status, year: Year) -> Any:
    """A figure of the law of a year, in dollars or as a part of one; bracket_starts and bracket_steps fill a row."""
    figure = tax_year(year).figure(name, status)
    return [figure] if isinstance(figure, list) else figure
