"""The worksheet functions, each a reading of the engine's own expressions. The Python name is the worksheet name.

Cell values in: numbers, text, dates, None, error strings, or rows of these. The same out: a range gives rows, an error
is its string. No spreadsheet program is imported here.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from engine.explain import worked
from engine.lines import Line
from engine.money import ZERO
from engine.nodes import Kind
from engine.partial import lines_for
from engine.records.cells import CellError
from engine.tax_year import PARAMETERS, YEARS, tax_year
from engine.years import forms_of

from .arguments import (
    LOSS_RULE,
    SHARES,
    STATUS,
    TAX_METHOD,
    YEAR,
    Argument,
    as_it_is,
    day_of,
    dollars_of,
    gain_of,
    line_number,
    price_of,
    word_of,
)
from .convention import REGISTRY, XlError, evaluate, worksheet
from .figures import crossover, gains, lot, to_cents, whole_shares, year_lines

Shares = Annotated[Any, SHARES]
Price = Annotated[Any, price_of("Exercise price in dollars a share (Form 3921 box 3)")]
Fmv = Annotated[Any, price_of("Fair market value on the exercise day in dollars a share (Form 3921 box 4)")]
Granted = Annotated[Any, day_of("Day of the grant (Form 3921 box 1)")]
Exercised = Annotated[Any, day_of("Day of the exercise (Form 3921 box 2)")]
Sold = Annotated[Any, day_of("Day of the sale")]
PriceSold = Annotated[Any, price_of("Price received in dollars a share")]
SellingCosts = Annotated[Any, gain_of("Selling costs of the whole sale, in dollars")]
LossRule = Annotated[Any, LOSS_RULE]
OrdinaryIncome = Annotated[Any, gain_of("Ordinary income of a disqualifying sale of these shares, in dollars")]
Amti = Annotated[Any, dollars_of("AMT income in dollars (Form 6251 line 4, after the married-separate addition)")]
AmtiWithout = Annotated[
    Any, dollars_of("Form 6251 lines 1 to 3 in dollars, without the exercise and before the married-separate addition")
]
TaxableIncome = Annotated[Any, gain_of("Taxable income in dollars (Form 1040 line 15)")]
NetGain = Annotated[Any, gain_of("Net capital gain of the AMT Schedule D in dollars, without qualified dividends")]
RegularGain = Annotated[Any, gain_of("Net capital gain of the regular Schedule D in dollars")]
RegularNetGain = Annotated[Any, gain_of("Net capital gain of Schedule D in dollars, without qualified dividends")]
Dividends = Annotated[Any, gain_of("Qualified dividends in dollars (Form 1040 line 3a)")]
Status = Annotated[Any, STATUS]
Year = Annotated[Any, YEAR]
TaxMethod = Annotated[Any, TAX_METHOD]
Credit = Annotated[Any, dollars_of("Minimum tax credit available, in dollars (Form 8801 line 21)")]
RegularTax = Annotated[Any, gain_of("Regular tax less credits, in dollars (Form 8801 line 22)")]
Tentative = Annotated[Any, gain_of("Tentative minimum tax in dollars (Form 6251 line 9)")]
LineNumber = Annotated[
    Any, Argument("Line of Form 6251 such as 5 or 18", "a line of Form 6251 from 5 to 40", line_number, Kind.TEXT)
]
NAMES: Final = {each.name.replace("_", ""): each.name for each in PARAMETERS}
ParameterName = Annotated[Any, word_of("Name of a figure of the law, such as exemption or amt_breakpoint", NAMES)]
AnyCell = Annotated[Any, Argument("An argument as in that call", "anything", as_it_is, Kind.TEXT)]
FunctionName = Annotated[Any, Argument('Name of a function, such as "TMT"', "a function", as_it_is, Kind.TEXT)]

NOT_SOLD: Final = date(2018, 1, 2)  # stands for a day of exercise that no figure depends on
BEFORE_ADDITION: Final = "f6251.4 before addition"
OTHERS: Final = {"regular_capital_gain": "net_capital_gain"}


def _in_order(exercised: Any, sold: Any, granted: Any = None) -> None:
    if sold is not None and exercised is None:
        raise CellError("date_sold is given without date_exercised: give both.")
    if exercised is not None and sold is not None and sold < exercised:
        raise CellError(f"date_sold, {sold}, is before date_exercised, {exercised}.")
    if granted is not None and exercised < granted:
        raise CellError(f"date_exercised, {exercised}, is before date_granted, {granted}.")


def _kept(_shares: Any, _price: Any, _fmv: Any, exercised: Any, sold: Any) -> None:
    _in_order(exercised, sold)


def _held(granted: Any, exercised: Any, sold: Any) -> None:
    _in_order(exercised, sold, granted)


def _sale(*row: Any) -> None:
    granted, exercised, sold = row[4:7]
    _in_order(exercised, sold, granted)


def _needs_income(*amounts: Any, income: Any) -> None:
    if income is None and any(amounts):
        raise CellError("taxable_income is blank: gains and qualified dividends are taxed on top of it, so give it.")


def _tentative(*row: Any) -> None:
    _, _, _, net, dividends, income, regular = row
    _needs_income(net, dividends, regular, income=income)


# --- exercises and sales --------------------------------------------------------------------------------------


def _exercise(shares: Any, price: Any, fmv: Any = ZERO, exercised: Any = None, granted: Any = None) -> dict[str, Any]:
    day = NOT_SOLD if exercised is None else exercised
    return {
        "exercises.kind": "ISO",
        "exercises.shares": shares,
        "exercises.exercise_price": price,
        "exercises.fmv_exercise": fmv,
        "exercises.date_exercised": day,
        "exercises.date_granted": day if granted is None else granted,
    }


def _kept_lot(wanted: str, shares: Any, price: Any, fmv: Any, exercised: Any, sold: Any) -> Any:
    sale = {"sales.shares": shares, "sales.price": ZERO, "sales.date_sold": sold}
    return to_cents(lot(wanted, _exercise(shares, price, fmv, exercised), sale))


@worksheet(check=_kept)
def ISO_ADJ(
    shares: Shares, exercise_price: Price, fmv: Fmv, date_exercised: Exercised = None, date_sold: Sold = None
) -> Any:
    """AMT adjustment of one exercise, never below zero (Form 6251 line 2i). Sold in the year of exercise: 0."""
    return _kept_lot("exercises.adjustment", shares, exercise_price, fmv, date_exercised, date_sold)


@worksheet()
def ISO_BASIS(shares: Shares, exercise_price: Price, ordinary_income: OrdinaryIncome = ZERO) -> Any:
    """Basis for regular tax: the price paid, and the ordinary income of a disqualifying sale."""
    sale = {"sales.shares": shares, "sales.date_sold": NOT_SOLD}
    known = {"sales.ordinary": ordinary_income}
    return to_cents(lot("sales.regular_basis", _exercise(shares, exercise_price), sale, known))


@worksheet(check=_kept)
def AMT_BASIS(
    shares: Shares, exercise_price: Price, fmv: Fmv, date_exercised: Exercised = None, date_sold: Sold = None
) -> Any:
    """Basis for AMT: the price paid and the adjustment on line 2i. Sold in the year of exercise: as ISO_BASIS."""
    return _kept_lot("exercises.amt_basis", shares, exercise_price, fmv, date_exercised, date_sold)


@worksheet(check=_held)
def ISO_DISPOSITION(date_granted: Granted, date_exercised: Exercised, date_sold: Sold) -> Any:
    """Is a sale qualifying or disqualifying? Two years from grant and one from exercise must have passed."""
    sale = {"sales.shares": date_sold, "sales.date_sold": date_sold}
    return lot("sales.what", _exercise(ZERO, ZERO, ZERO, date_exercised, date_granted), sale)


def _sold_lot(
    wanted: str,
    shares: Any,
    price: Any,
    fmv: Any,
    price_sold: Any,
    granted: Any,
    exercised: Any,
    sold: Any,
    loss_rule: Any,
    costs: Any = ZERO,
) -> Any:
    sale = {
        "sales.shares": shares,
        "sales.price": price_sold,
        "sales.date_sold": sold,
        "sales.loss_rule": loss_rule,
        "sales.selling_costs": costs,
    }
    return to_cents(lot(wanted, _exercise(shares, price, fmv, exercised, granted), sale))


@worksheet(check=_sale)
def ISO_INCOME(
    shares: Shares,
    exercise_price: Price,
    fmv: Fmv,
    price_sold: PriceSold,
    date_granted: Granted,
    date_exercised: Exercised,
    date_sold: Sold,
    loss_rule: LossRule = "",
) -> Any:
    """Ordinary income of a sale, part of wages: 0 if qualifying, else the spread up to the gain (IRC 422(c)(2))."""
    dates = date_granted, date_exercised, date_sold
    return _sold_lot("sales.ordinary", shares, exercise_price, fmv, price_sold, *dates, loss_rule)


@worksheet(check=_sale)
def ISO_GAIN(
    shares: Shares,
    exercise_price: Price,
    fmv: Fmv,
    price_sold: PriceSold,
    date_granted: Granted,
    date_exercised: Exercised,
    date_sold: Sold,
    loss_rule: LossRule = "",
    selling_costs: SellingCosts = ZERO,
) -> Any:
    """Capital gain of a sale for regular tax; a loss is negative."""
    dates = date_granted, date_exercised, date_sold
    return _sold_lot("sales.gain", shares, exercise_price, fmv, price_sold, *dates, loss_rule, selling_costs)


@worksheet(check=_sale)
def AMT_GAIN(
    shares: Shares,
    exercise_price: Price,
    fmv: Fmv,
    price_sold: PriceSold,
    date_granted: Granted,
    date_exercised: Exercised,
    date_sold: Sold,
    loss_rule: LossRule = "",
    selling_costs: SellingCosts = ZERO,
) -> Any:
    """Capital gain of a sale for AMT, on the AMT basis; a loss is negative. Less ISO_GAIN: toward line 2k."""
    dates = date_granted, date_exercised, date_sold
    return _sold_lot("sales.amt_gain", shares, exercise_price, fmv, price_sold, *dates, loss_rule, selling_costs)


# --- the tax of a year ----------------------------------------------------------------------------------------


def _form_6251(
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
) -> Any:
    """Lines of Form 6251 from line 4 on, or one of them."""
    known = {
        line_4: amti,
        "regular.taxable_income": ZERO if income is None else income,
        "regular.qualified_dividends": dividends,
        **gains({"schedule_d": regular_gain, "amt_schedule_d": net}),
    }
    return year_lines(year, _lines(year, wanted), known, status, tax_method)


def _lines(year: int, wanted: str) -> tuple[str, ...]:
    """One line, or all printed lines from 5 on."""
    if wanted != "all":
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
    figures = _form_6251(
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
    figures = _form_6251(
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


# --- planning -------------------------------------------------------------------------------------------------


def _crossover(amti: Any, income: Any, status: Any, year: int, net: Any, dividends: Any, regular: Any, how: Any) -> Any:
    gain = net, dividends, income, regular
    start = _form_6251(amti, status, year, *gain, how, line_4=BEFORE_ADDITION)
    fixed = {key: value for key, value in start.items() if not key.startswith("f6251.")}
    fixed["f6251.10"] = start["f6251.10"]  # regular tax knows nothing of line 2i

    def owed(line_2i: Any) -> Any:
        known = {**fixed, BEFORE_ADDITION: amti + line_2i}
        return year_lines(year, ("f6251.11",), known, status, how)["f6251.11"]

    return crossover(owed, start["f6251.11"])


@worksheet(same_as=OTHERS)
def ISO_CROSSOVER(
    amti_without_exercise: AmtiWithout,
    taxable_income: TaxableIncome,
    status: Status,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: TaxMethod = "table",
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
    status: Status,
    year: Year,
    net_capital_gain: NetGain = ZERO,
    qualified_dividends: Dividends = ZERO,
    regular_capital_gain: RegularGain = None,
    tax_method: TaxMethod = "table",
) -> Any:
    """The most whole shares that can be exercised and kept without AMT, all else as given."""
    gain = net_capital_gain, qualified_dividends, regular_capital_gain
    limit = _crossover(amti_without_exercise, taxable_income, status, year, *gain, tax_method)
    return whole_shares(limit, exercise_price, fmv)


# --- words ----------------------------------------------------------------------------------------------------


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
    figures = _form_6251(amti, status, year, *gain, tax_method, wanted="all")
    printed = {line.key: line for line in forms_of(year).forms["f6251"].printed()}
    shown = [key for key in ("f6251.4", *_lines(year, "all")) if figures["f6251.part III"] or _is_before_part_iii(key)]
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
    if wanted not in _lines(year, "all"):
        raise CellError(f"form_line: found {form_line}, expected a line of Form 6251 from 5 to 40.")
    gain = net_capital_gain, qualified_dividends, taxable_income, regular_capital_gain
    figures = _form_6251(amti, status, year, *gain, tax_method, wanted="all")
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
        return f"There is no function {name or 'of that name'}; there are {', '.join(REGISTRY)}."
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


__all__ = [
    "AMT", "AMT_BASIS", "AMT_CREDIT", "AMT_EXEMPTION", "AMT_EXPLAIN", "AMT_FORM", "AMT_GAIN", "AMT_PARAM",
    "ISO_ADJ", "ISO_BASIS", "ISO_CHECK", "ISO_CROSSOVER", "ISO_DISPOSITION", "ISO_GAIN", "ISO_INCOME",
    "ISO_MAX_SHARES", "REGISTRY", "REG_TAX", "TMT",
]  # fmt: skip
