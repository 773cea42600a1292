"""Worksheet functions for planning: how much spread, and how many shares, a year takes without AMT."""

from __future__ import annotations

from typing import Any

from engine.federal.years import forms_of
from engine.language.money import ZERO
from engine.language.roles import Role
from engine.records.cells import CellError

from ..convention import worksheet
from ..figures import crossover, whole_shares, year_lines
from ..terms import (
    OTHERS,
    AmtiWithout,
    Dividends,
    Fmv,
    GivenStatus,
    GivenTaxMethod,
    NetGain,
    Price,
    RegularGain,
    TaxableIncome,
    Year,
)
from .tax import form_6251


def _crossover(amti: Any, income: Any, status: Any, year: int, net: Any, dividends: Any, regular: Any, how: Any) -> Any:
    gain = net, dividends, income, regular
    form, before_addition = forms_of(year).form_6251, Role.AMTI_BEFORE_ADDITION
    raised, regular_tax, amt = (form.find(role).key for role in (before_addition, Role.REGULAR_TAX, Role.MINIMUM_TAX))
    start = form_6251(amti, status, year, *gain, how, start=before_addition, workings=True)
    moved = {line.key for line in form.lines} - {regular_tax}  # regular tax knows nothing of line 2i
    fixed = {key: value for key, value in start.items() if key not in moved}

    def owed(line_2i: Any) -> Any:
        return year_lines(year, (amt,), {**fixed, raised: amti + line_2i}, status, how)[amt]

    return crossover(owed, start[amt])


@worksheet(same_as=OTHERS)
def ISO_CROSSOVER(
    amti_without_exercise: AmtiWithout,
    taxable_income: TaxableIncome,
    status: GivenStatus,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: GivenTaxMethod = "table",
) -> Any:
    """The largest spread (line 2i), to the cent, that makes no AMT, all else as given; 0 where AMT is due anyway."""
    gain = net_capital_gain, qualified_dividends, regular_capital_gain
    return _crossover(amti_without_exercise, taxable_income, status, year, *gain, tax_method)


def _some_spread(*row: Any) -> None:
    price, fmv = row[:2]
    if fmv <= price:
        raise CellError("fmv is not above exercise_price: such an exercise adds nothing, however many shares it has.")


@worksheet(check=_some_spread, same_as=OTHERS)
def ISO_MAX_SHARES(
    exercise_price: Price,
    fmv: Fmv,
    amti_without_exercise: AmtiWithout,
    taxable_income: TaxableIncome,
    status: GivenStatus,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: GivenTaxMethod = "table",
) -> Any:
    """The most whole shares that can be exercised and kept without AMT, all else as given."""
    gain = net_capital_gain, qualified_dividends, regular_capital_gain
    limit = _crossover(amti_without_exercise, taxable_income, status, year, *gain, tax_method)
    return whole_shares(limit, exercise_price, fmv)
