"""Worksheet functions in words and tables: the form, how a line is figured, why there is an error."""

from __future__ import annotations

from typing import Any

from engine.clients.explain import worked
from engine.clients.partial import lines_for
from engine.federal.years import forms_of
from engine.language.lines import Line
from engine.language.money import ZERO
from engine.records.cells import CellError

from .convention import REGISTRY, XlError, evaluate, worksheet
from .tax import ALL, form_6251, printed_lines
from .terms import (
    OTHERS,
    Amti,
    AnyCell,
    Dividends,
    FunctionName,
    LineNumber,
    NetGain,
    RegularGain,
    Status,
    TaxableIncome,
    TaxMethod,
    Year,
)


@worksheet(same_as=OTHERS, vectorised=False)
def AMT_FORM(
    amti: Amti,
    taxable_income: TaxableIncome,
    status: Status,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: TaxMethod = "table",
) -> Any:
    """Form 6251 from line 4 on as a table: line, label, amount in dollars, citation. Part III where it is needed."""
    gain = net_capital_gain, qualified_dividends, taxable_income, regular_capital_gain
    figures = form_6251(amti, status, year, *gain, tax_method, wanted=ALL, workings=True)
    printed = {line.key: line for line in forms_of(year).forms["f6251"].printed()}
    keys = ["f6251.4", *printed_lines(year, ALL)]
    shown = [key for key in keys if figures["f6251.part III"] or _is_before_part_iii(key)]
    rows = [[each.leaf.line, each.label, figures[each.key], _cited(each)] for each in map(printed.__getitem__, shown)]
    return [["Line", "Form 6251", "Amount", "Citation"], *rows]


def _cited(line: Line) -> str:
    return line.cite or f"Form 6251 line {line.leaf.line}"


def _is_before_part_iii(key: str) -> bool:
    return int(key.removeprefix("f6251.")) < 12


@worksheet(same_as=OTHERS, vectorised=False)
def AMT_EXPLAIN(
    form_line: LineNumber,
    amti: Amti,
    taxable_income: TaxableIncome,
    status: Status,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: TaxMethod = "table",
) -> Any:
    """How a line of Form 6251 is figured, 5 to 40: the rule in words, then with its figures."""
    wanted = f"f6251.{form_line}"
    if wanted not in printed_lines(year, ALL):
        raise CellError(f"form_line: found {form_line}, expected a line of Form 6251 from 5 to 40.")
    gain = net_capital_gain, qualified_dividends, taxable_income, regular_capital_gain
    figures = form_6251(amti, status, year, *gain, tax_method, wanted=ALL, workings=True)
    declared = {each.key: each for each in lines_for(year, [wanted], ["f6251.4"])}
    return worked(declared[wanted], forms_of(year, first=True).forms, figures, {})


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
    """Why another function gives an error, in words: its name, then the arguments as in that call. Else it says OK."""
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
    return _reasons(evaluate(REGISTRY[name], cells))


def _reasons(result: Any) -> Any:
    if isinstance(result, list):
        return [_reasons(each) for each in result]
    return f"{result}: {result.reason}" if isinstance(result, XlError) else "OK"
