"""Worksheet functions of the tax of a year: Form 6251 from line 4 on, regular tax, the credit, figures of the law."""

from __future__ import annotations

from typing import Any

from engine.federal.tax_year import tax_year
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.lines import Line
from engine.language.money import ZERO
from engine.language.roles import Role
from engine.records.cells import CellError
from engine.systems import AMT as OF_AMT
from engine.systems import REGULAR

from ..convention import worksheet
from ..figures import KnownLines, gains, key_of, year_lines
from ..terms import (
    OTHERS,
    Amti,
    Credit,
    Dividends,
    GivenStatus,
    GivenTaxMethod,
    NetGain,
    ParameterName,
    RegularGain,
    RegularNetGain,
    RegularTax,
    TaxableIncome,
    Tentative,
    Year,
)


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
    wanted: Role | None = Role.MINIMUM_TAX,
    start: Role = Role.AMTI,
    *,
    workings: bool = False,
) -> KnownLines:
    """A line of Form 6251, or all printed ones after AMT income, from that or from another line to start with."""
    known = {
        key_of(year, start): amti,
        key_of(year, Role.TAXABLE_INCOME): ZERO if income is None else income,
        key_of(year, Role.QUALIFIED_DIVIDENDS): dividends,
        **gains(year, {REGULAR: regular_gain, OF_AMT: net}),
    }
    keys = (key_of(year, wanted),) if wanted else tuple(line.key for line in after_income(year))
    return year_lines(year, keys, known, status, tax_method, workings=workings)


def after_income(year: int) -> list[Line]:
    """The printed lines of Form 6251 after AMT income."""
    form = forms_of(year, first=True).form_6251
    printed = form.printed()
    return printed[printed.index(form.find(Role.AMTI)) + 1 :]


def _one(year: int, wanted: Role, known: KnownLines, status: Any = None, tax_method: Any = "table") -> Any:
    key = key_of(year, wanted)
    return year_lines(year, (key,), known, status, tax_method)[key]


@worksheet()
def AMT_EXEMPTION(amti: Amti, status: GivenStatus, year: Year) -> Any:
    """AMT exemption left after its phase-out, in dollars (Form 6251 line 5)."""
    return _one(year, Role.EXEMPTION, {key_of(year, Role.AMTI): amti}, status)


@worksheet(check=_tentative, same_as=OTHERS)
def TMT(
    amti: Amti,
    status: GivenStatus,
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
        wanted=Role.TENTATIVE_MINIMUM_TAX,
    )
    return figures[key_of(year, Role.TENTATIVE_MINIMUM_TAX)]


@worksheet()
def REG_TAX(
    taxable_income: TaxableIncome,
    status: GivenStatus,
    year: Year,
    net_capital_gain: RegularNetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    tax_method: GivenTaxMethod = "table",
) -> Any:
    """Regular tax on taxable income, in dollars, with the rates for gains and dividends (Form 1040 line 16)."""
    known = {
        key_of(year, Role.TAXABLE_INCOME): taxable_income,
        key_of(year, Role.QUALIFIED_DIVIDENDS): qualified_dividends,
        **gains(year, {REGULAR: net_capital_gain}),
    }
    return _one(year, Role.COMPUTED_TAX, known, status, tax_method)


@worksheet(same_as=OTHERS)
def AMT(
    amti: Amti,
    taxable_income: TaxableIncome,
    status: GivenStatus,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: GivenTaxMethod = "table",
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
    return figures[key_of(year, Role.MINIMUM_TAX)]


@worksheet()
def AMT_CREDIT(credit_available: Credit, regular_tax: RegularTax, tmt: Tentative) -> Any:
    """Minimum tax credit that can be used this year, in dollars (Form 8801 line 25)."""
    year = YEARS[-1]  # any year: from these lines on the form takes no figure of a year, which a test holds
    given = {
        Role.CREDIT_AVAILABLE: credit_available,
        Role.TAX_AFTER_CREDITS: regular_tax,
        Role.CREDIT_TENTATIVE_TAX: tmt,
    }
    return _one(year, Role.CREDIT_USED, {key_of(year, role): amount for role, amount in given.items()})


@worksheet(vectorised=False)
def AMT_PARAM(name: ParameterName, status: GivenStatus, year: Year) -> Any:
    """A figure of the law of a year, in dollars or as a part of one; bracket_starts and bracket_steps fill a row."""
    figure = tax_year(year).figure(name, status)
    return [figure] if isinstance(figure, list) else figure
