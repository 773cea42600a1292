"""Worksheet functions in words and tables: the form, how a line is computed, why there is an error."""

from __future__ import annotations

from typing import Any

from engine.clients.explain import worked
from engine.federal.years import forms_of
from engine.language.money import ZERO
from engine.language.roles import Role
from engine.records.cells import CellError

from ..call_reasons import reasons
from ..convention import REGISTRY, worksheet
from ..terms import (
    OTHERS,
    Amti,
    AnyCell,
    Dividends,
    FunctionName,
    GivenStatus,
    GivenTaxMethod,
    LineNumber,
    NetGain,
    RegularGain,
    TaxableIncome,
    Year,
)
from .tax import after_income, form_6251


@worksheet(same_as=OTHERS, vectorised=False)
def AMT_FORM(
    amti: Amti,
    taxable_income: TaxableIncome,
    status: GivenStatus,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: GivenTaxMethod = "table",
) -> Any:
    """Form 6251 from line 4 on as a table: line, label, amount in dollars, citation. Part III where it is needed."""
    gain = net_capital_gain, qualified_dividends, taxable_income, regular_capital_gain
    figures = form_6251(amti, status, year, *gain, tax_method, wanted=None, workings=True)
    form = forms_of(year, first=True).form_6251
    at_gain_rates = form.part_with(Role.TAX_AT_GAIN_RATES).choose(form)
    left_out = set() if figures[form.find(Role.GAIN_RATES_APPLY).key] else {line.key for line in at_gain_rates}
    shown = [line for line in (form.find(Role.AMTI), *after_income(year)) if line.key not in left_out]
    cited = {line.key: line.cite or f"{form.title} line {line.number}" for line in shown}
    rows = [[line.number, line.label, figures[line.key], cited[line.key]] for line in shown]
    return [["Line", form.title, "Amount", "Citation"], *rows]


@worksheet(same_as=OTHERS, vectorised=False)
def AMT_EXPLAIN(
    form_line: LineNumber,
    amti: Amti,
    taxable_income: TaxableIncome,
    status: GivenStatus,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: GivenTaxMethod = "table",
) -> Any:
    """How a line of Form 6251 is computed, 5 to 40: the rule in words, then with its figures."""
    forms, lines = forms_of(year, first=True), {line.number: line for line in after_income(year)}
    if form_line not in lines:
        first, *_, last = lines
        title = forms.form_6251.title
        raise CellError(f"form_line: found {form_line}, expected a line of {title} from {first} to {last}.")
    gain = net_capital_gain, qualified_dividends, taxable_income, regular_capital_gain
    figures = form_6251(amti, status, year, *gain, tax_method, wanted=None, workings=True)
    return worked(lines[form_line], forms.forms, figures, {})


@worksheet(raw=True)
def ISO_CHECK(
    function_name: FunctionName,
    argument_1: AnyCell = None,
    argument_2: AnyCell = None,
    argument_3: AnyCell = None,
    argument_4: AnyCell = None,
    argument_5: AnyCell = None,
    argument_6: AnyCell = None,
    argument_7: AnyCell = None,
    argument_8: AnyCell = None,
    argument_9: AnyCell = None,
    argument_10: AnyCell = None,
) -> Any:
    """Why another function gives an error, in words: its name, then the arguments as in that call.

    Else it says OK, with what was taken for a blank argument.
    """
    while isinstance(function_name, list | tuple) and len(function_name) == 1:
        function_name = function_name[0]
    name = function_name.strip().upper() if isinstance(function_name, str) else ""
    if name not in REGISTRY or REGISTRY[name].raw:
        return f"There is no function {name or 'of that name'}; there are {', '.join(sorted(REGISTRY))}."
    cells = [argument_1, argument_2, argument_3, argument_4, argument_5]
    cells += [argument_6, argument_7, argument_8, argument_9, argument_10]
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > len(REGISTRY[name].parameters):
        return f"{REGISTRY[name].signature} takes no more than {len(REGISTRY[name].parameters)} arguments."
    return reasons(REGISTRY[name], cells)
