"""Yearly parameters: their names for the authors of forms, and one block a year and filing status.

The numbers are data: `parameters/2018.toml` and its like, each group with its source. A year without one is an error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, NamedTuple, cast, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from ..filing import YEARS, Status
from ..language.expressions import FACES, Amount, Rate, Series, bracket_tax
from ..language.nodes import Kind, Leaf


class Parameter(NamedTuple):
    """One figure of the law: its name in the forms, its label, its kind; a series has one figure per bracket."""

    name: str
    label: str
    kind: Kind
    series: bool
    group: str  # of the year's file: the figure's own, or the one that it follows from
    begins_with_name: bool  # its label keeps its capital within a sentence

    @property
    def within_sentence(self) -> str:
        """The label as it is within a sentence."""
        return self.label if self.begins_with_name else self.label[0].lower() + self.label[1:]

    @property
    def is_for_all(self) -> bool:
        """Tell a figure that is the same for every filing status: rates are."""
        return self.kind is Kind.RATE


class Stated(NamedTuple):
    """What is said of a parameter beside its type: a series may be one of rates, and a group not its own."""

    label: str
    rates: bool = False
    group: str = ""
    begins_with_name: bool = False


@dataclass(frozen=True)
class Law:
    """The parameters of a year as the forms read them, for the filing status of the return; each is stated here."""

    exemption: Annotated[Amount, Stated("AMT exemption", begins_with_name=True)]
    phaseout_start: Annotated[Amount, Stated("AMT exemption phase-out threshold", begins_with_name=True)]
    phaseout_rate: Annotated[Rate, Stated("AMT exemption phase-out rate", begins_with_name=True)]
    addition_start: Annotated[Amount, Stated("Start of the married-separate addition")]
    addition_rate: Annotated[Rate, Stated("Rate of the married-separate addition")]
    addition_limit: Annotated[Amount, Stated("Limit of the married-separate addition")]
    low_rate: Annotated[Rate, Stated("Lower AMT rate")]
    high_rate: Annotated[Rate, Stated("Upper AMT rate")]
    amt_breakpoint: Annotated[Amount, Stated("End of the lower AMT rate")]
    amt_subtraction: Annotated[Amount, Stated("Subtraction amount at the upper AMT rate")]
    zero_rate_top: Annotated[Amount, Stated("Top of the 0% capital gain band")]
    fifteen_rate_top: Annotated[Amount, Stated("Top of the 15% capital gain band")]
    standard_deduction: Annotated[Amount, Stated("Standard deduction")]
    loss_limit: Annotated[Amount, Stated("Capital loss limit")]
    top_of_24: Annotated[Amount, Stated("Top of the 24% bracket", group="bracket_starts")]
    bracket_starts: Annotated[Series, Stated("Start of tax bracket")]
    bracket_steps: Annotated[Series, Stated("Rate added by tax bracket", rates=True, group="rates")]

    def regular_rates(self, income: Amount) -> Amount:
        """Tax by the rate schedules (IRC 1(j))."""
        return bracket_tax(income, self.bracket_starts, self.bracket_steps)


def _parameters() -> Iterator[Parameter]:
    for name, hint in get_type_hints(Law, include_extras=True).items():
        face, said = get_args(hint)
        kind = Kind.RATE if face is Rate or said.rates else Kind.MONEY
        yield Parameter(name, said.label, kind, face is Series, said.group or name, said.begins_with_name)


PARAMETERS: Final = tuple(_parameters())


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
    """Everything that the law and the printed forms of one year fix as numbers; Law says what groups a file has."""

    year: int
    provisional: tuple[str, ...]  # what is not yet confirmed, in words; empty for a settled year
    provisional_for: Mapping[Status, tuple[str, ...]] = {}  # what of it concerns one filing status alone
    rates: Rates
    bracket_starts: Brackets
    found_on: FoundOn

    @property
    def all_provisional(self) -> tuple[str, ...]:
        """What is not yet confirmed for any filing status."""
        return (*self.provisional, *(note for notes in self.provisional_for.values() for note in notes))

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
        return self.of(name, status)

    def of(self, name: str, status: Status) -> Decimal:
        """One parameter for a status that is a single figure of the file. AttributeError without one."""
        group: ForAll | ByStatus = getattr(self, name)
        return group.of(status)

    def source(self, name: str) -> str:
        """Where a parameter comes from."""
        return cast(str, getattr(self, GROUPS[name]).source)


GROUPS: Final = {each.name: each.group for each in PARAMETERS}
_GROUP_TYPES: Final[dict[str, Any]] = {
    each.name: (ForAll if each.is_for_all else ByStatus, ...)
    for each in PARAMETERS
    if each.group == each.name and not each.series
}
_YearFile: Final = create_model("_YearFile", __base__=TaxYear, **_GROUP_TYPES)  # with a group for each parameter


@cache
def tax_year(year: int) -> TaxYear:
    """Read a year's parameters; ValueError for a year that is not enacted or not covered."""
    if year not in YEARS:
        raise ValueError(f"no parameters for tax year {year}; there are those of {YEARS[0]} to {YEARS[-1]}")
    content = files(__package__).joinpath("parameters", f"{year}.toml").read_text(encoding="utf-8")
    return _YearFile(**tomllib.loads(content, parse_float=Decimal))


@cache
def parameters(year: int, status: Status) -> Mapping[str, Any]:
    """One block of parameters, keyed as the forms read it: 'law.exemption'."""
    book = tax_year(year)
    return {f"law.{each.name}": book.figure(each.name, status) for each in PARAMETERS}
