"""Yearly parameters: their names for the authors of forms, and one block a year and filing status.

The numbers are data: `parameters/2018.toml` and its like, each group with its source. A year without one is an error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, cast

from pydantic import BaseModel, ConfigDict, Field

from ..filing import YEARS, Status
from ..language.expressions import FACES, Amount, Rate, Series, bracket_tax
from ..language.nodes import Kind, Leaf


class Parameter(NamedTuple):
    """One figure of the law: its name in the forms, its label, its kind; a series has one figure a bracket."""

    name: str
    label: str
    kind: Kind = Kind.MONEY
    series: bool = False


PARAMETERS: Final = (
    Parameter("exemption", "AMT exemption"),
    Parameter("phaseout_start", "AMT exemption phase-out threshold"),
    Parameter("phaseout_rate", "AMT exemption phase-out rate", Kind.RATE),
    Parameter("addition_start", "Start of the married-separate addition"),
    Parameter("addition_rate", "Rate of the married-separate addition", Kind.RATE),
    Parameter("addition_limit", "Limit of the married-separate addition"),
    Parameter("low_rate", "Lower AMT rate", Kind.RATE),
    Parameter("high_rate", "Upper AMT rate", Kind.RATE),
    Parameter("amt_breakpoint", "End of the lower AMT rate"),
    Parameter("amt_subtraction", "Subtraction amount at the upper AMT rate"),
    Parameter("zero_rate_top", "Top of the 0% capital gain band"),
    Parameter("fifteen_rate_top", "Top of the 15% capital gain band"),
    Parameter("standard_deduction", "Standard deduction"),
    Parameter("loss_limit", "Capital loss limit"),
    Parameter("top_of_24", "Top of the 24% bracket"),
    Parameter("bracket_starts", "Start of tax bracket", series=True),
    Parameter("bracket_steps", "Rate added by tax bracket", Kind.RATE, series=True),
)


@dataclass(frozen=True)
class Law:
    """The parameters of a year as the forms read them, for the filing status of the return."""

    exemption: Amount
    phaseout_start: Amount
    phaseout_rate: Rate
    addition_start: Amount
    addition_rate: Rate
    addition_limit: Amount
    low_rate: Rate
    high_rate: Rate
    amt_breakpoint: Amount
    amt_subtraction: Amount
    zero_rate_top: Amount
    fifteen_rate_top: Amount
    standard_deduction: Amount
    loss_limit: Amount
    top_of_24: Amount
    bracket_starts: Series
    bracket_steps: Series

    def regular_rates(self, income: Amount) -> Amount:
        """Tax by the rate schedules (IRC 1(j))."""
        return bracket_tax(income, self.bracket_starts, self.bracket_steps)


def law_of(years_ago: int) -> Law:
    """The law of this year (0), or of the year before (1)."""
    held = {
        each.name: (Series if each.series else FACES[each.kind])(
            Leaf("law", each.name, years_ago, each.kind, settled=True)
        )
        for each in PARAMETERS
    }
    return Law(**cast(dict[str, Any], held))


LAW: Final = law_of(0)


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ForAll(_Data):
    """One figure for every filing status."""

    source: str
    all: Decimal

    def of(self, status: Status) -> Decimal:
        """The figure for a status."""
        return self.all


class ByStatus(_Data):
    """One figure a filing status, in dollars."""

    source: str
    single: Decimal
    married_joint: Decimal
    married_separate: Decimal
    head_of_household: Decimal
    surviving_spouse: Decimal

    def of(self, status: Status) -> Decimal:
        """The figure for a status."""
        return cast(Decimal, getattr(self, status))


class Rates(_Data):
    """The rates of the brackets, lowest first."""

    source: str
    all: tuple[Decimal, ...] = Field(min_length=7, max_length=7)


class Brackets(_Data):
    """Where each bracket starts, in dollars, lowest first."""

    source: str
    single: tuple[Decimal, ...] = Field(min_length=7, max_length=7)
    married_joint: tuple[Decimal, ...] = Field(min_length=7, max_length=7)
    married_separate: tuple[Decimal, ...] = Field(min_length=7, max_length=7)
    head_of_household: tuple[Decimal, ...] = Field(min_length=7, max_length=7)
    surviving_spouse: tuple[Decimal, ...] = Field(min_length=7, max_length=7)

    def of(self, status: Status) -> tuple[Decimal, ...]:
        """The starts for a status."""
        return cast(tuple[Decimal, ...], getattr(self, status))


class FoundOn(_Data):
    """Where a figure stands on the return of the year."""

    wages: str
    qualified: str
    agi: str
    deductions: str
    standard_deduction: str
    itemized: str
    other_deductions: str
    senior: str = ""
    taxable_income: str
    tax: str
    additions: str
    ftc: str
    amt: str
    credit: str
    refund: str
    nol: str
    option_income: str  # of a disqualifying sale, where the employer left it out of wages
    qdcg: str  # the line of the gain worksheet that Form 6251 line 13 takes
    ordinary20: str
    ordinary27: str
    sdtw20: str
    sdtw27: str


class TaxYear(_Data):
    """Everything that the law and the printed forms of one year fix as numbers."""

    year: int
    provisional: tuple[str, ...]  # what is not yet confirmed, in words; empty for a settled year
    exemption: ByStatus
    phaseout_start: ByStatus
    phaseout_rate: ForAll
    addition_start: ByStatus
    addition_rate: ForAll
    addition_limit: ByStatus
    low_rate: ForAll
    high_rate: ForAll
    amt_breakpoint: ByStatus
    amt_subtraction: ByStatus
    zero_rate_top: ByStatus
    fifteen_rate_top: ByStatus
    standard_deduction: ByStatus
    loss_limit: ByStatus
    rates: Rates
    bracket_starts: Brackets
    found_on: FoundOn

    def figure(self, name: str, status: Status) -> Decimal | list[Decimal]:
        """One parameter for a status; a series is a list, lowest bracket first."""
        starts = self.bracket_starts.of(status)
        match name:
            case "bracket_starts":
                return list(starts)
            case "bracket_steps":
                return [high - low for low, high in zip((Decimal(0), *self.rates.all), self.rates.all, strict=False)]
            case "top_of_24":
                return starts[self.rates.all.index(Decimal("0.24")) + 1]
        group: ForAll | ByStatus = getattr(self, name)
        return group.of(status)

    def source(self, name: str) -> str:
        """Where a parameter comes from."""
        group = {"bracket_steps": "rates", "top_of_24": "bracket_starts"}.get(name, name)
        return cast(str, getattr(self, group).source)


@cache
def tax_year(year: int) -> TaxYear:
    """Read a year's parameters; ValueError for a year that is not enacted or not covered."""
    if year not in YEARS:
        raise ValueError(f"no parameters for tax year {year}; there are those of {YEARS[0]} to {YEARS[-1]}")
    content = files(__package__).joinpath("parameters", f"{year}.toml").read_text(encoding="utf-8")
    return TaxYear(**tomllib.loads(content, parse_float=Decimal))


@cache
def parameters(year: int, status: Status) -> Mapping[str, Any]:
    """One block of parameters, keyed as the forms read it: 'law.exemption'."""
    book = tax_year(year)
    return {f"law.{each.name}": book.figure(each.name, status) for each in PARAMETERS}
