"""The arguments of the worksheet functions, in the terms of the forms: each is declared once, with its help."""

from __future__ import annotations

from typing import Annotated, Any, Final

from engine.federal.tax_year import PARAMETERS
from engine.language.nodes import Kind

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

Shares = Annotated[Any, SHARES]
Price = Annotated[Any, price_of("Exercise price in dollars per share (Form 3921 box 3)")]
Fmv = Annotated[Any, price_of("Fair market value on the exercise day in dollars per share (Form 3921 box 4)")]
Granted = Annotated[Any, day_of("Day of the grant (Form 3921 box 1)")]
Exercised = Annotated[Any, day_of("Day of the exercise (Form 3921 box 2)")]
DaySold = Annotated[Any, day_of("Day of the sale")]
PriceSold = Annotated[Any, price_of("Price received in dollars per share")]
SellingCosts = Annotated[Any, gain_of("Selling costs of the whole sale, in dollars")]
GivenLossRule = Annotated[Any, LOSS_RULE]
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
GivenStatus = Annotated[Any, STATUS]
Year = Annotated[Any, YEAR]
GivenTaxMethod = Annotated[Any, TAX_METHOD]
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

OTHERS: Final = {"regular_capital_gain": "net_capital_gain"}
