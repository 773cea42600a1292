"""One exercise (a Form 3921) and one tax year of a return: the columns of exercises.csv and returns.csv.

A column's description is what its cell is expected to hold; messages and blank tables are written from it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, ValidationInfo, field_validator

from ..errors import InputError, Problem
from ..filing import STATUSES, Status
from . import cells
from .cells import CellError

T = TypeVar("T")
Money = Annotated[Decimal | None, PlainValidator(cells.optional(cells.amount))]
NotNegative = Annotated[Decimal | None, PlainValidator(cells.optional(cells.not_negative))]
EnteredNegative = Annotated[Decimal | None, PlainValidator(cells.optional(cells.entered_negative))]
YesNo = Annotated[bool | None, PlainValidator(cells.optional(cells.yes_no))]
Text = Annotated[str | None, PlainValidator(cells.optional(cells.text))]
Day = Annotated[date | None, PlainValidator(cells.optional(cells.day))]

STATUS_WORDS: Final[dict[str, Status]] = {
    **{status.replace("_", ""): status for status in STATUSES},
    "s": "single",
    "mfj": "married_joint",
    "marriedfilingjointly": "married_joint",
    "mfs": "married_separate",
    "marriedfilingseparately": "married_separate",
    "hoh": "head_of_household",
    "qss": "surviving_spouse",
    "qualifyingsurvivingspouse": "surviving_spouse",
}
CARRIED_IN: Final = (
    "mtc_carryforward_in",
    "mtc_line_18_in",
    "short_term_carryover_in",
    "long_term_carryover_in",
    "amt_short_term_carryover_in",
    "amt_long_term_carryover_in",
)


def needed(expected: str) -> Any:
    """A column that every row must fill."""
    return Field(description=expected)


def column(expected: str) -> Any:
    """A column that may be blank."""
    return Field(default=None, description=expected)


def unless_rsu(expected: str) -> Any:
    """A column that every row must fill, but for an RSU."""
    return Field(default=None, validate_default=True, description=expected)


class Record(BaseModel):
    """A row whose cells are CSV text or exact values; a blank cell is the same as none. Raises InputError."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __init__(self, /, **row: object) -> None:
        try:
            super().__init__(**{name: cell for name, cell in row.items() if not cells.is_blank(cell)})
        except ValidationError as error:
            raise InputError(self._problem(each) for each in error.errors(include_url=False)) from None

    @classmethod
    def _problem(cls, error: Any) -> Problem:
        """Say in our words what pydantic found."""
        name = str(error["loc"][0])
        if error["type"] == "extra_forbidden":
            return Problem("", None, name, str(error["input"]), "a known column", "Correct or remove the column.")
        expected = cls.model_fields[name].description or ""
        if error["type"] == "missing":
            return Problem("", None, name, "", expected, FILL_IN)
        refused = cast(CellError, error["ctx"]["error"])
        value = "" if error["input"] is None else str(error["input"])
        return Problem("", None, name, value, refused.expected or expected, refused.remedy)


FILL_IN: Final = "Fill in the cell."
KindOfPay = Literal["ISO", "NSO", "RSU", "ESPP"]
KINDS: Final[dict[str, KindOfPay]] = {
    "iso": "ISO",
    "nso": "NSO",
    "nqso": "NSO",
    "nq": "NSO",
    "rsu": "RSU",
    "restrictedstockunit": "RSU",
    "restrictedstockunits": "RSU",
    "espp": "ESPP",
    "employeestockpurchaseplan": "ESPP",
}
_BESIDE_ESPP: Final = "a blank cell beside {}: it is of shares of a purchase plan (kind ESPP, Form 3922 {})"
_OF_ESPP: Final = {"fmv_grant": "box 3", "price_at_grant": "box 8", "date_transferred": "box 7"}
_NOT_OF: Final = {
    "RSU": "a blank cell beside RSU: the shares are measured once, on the day they are delivered",
    "ESPP": "a blank cell beside ESPP: shares of a purchase plan that are unvested when bought are not figured",
}


class Exercise(Record):
    """Shares that came in one day; dollars a share, shares, days.

    An exercise as Form 3921 reports it or one vest tranche of it, an exercise of an NSO, a delivery of RSUs, or a
    purchase as Form 3922 reports it.
    """

    exercise_id: Annotated[str, PlainValidator(cells.identifier)] = needed("an id of letters, digits and . _ - /")
    employer: Text = column("the employer's name")
    grant_id: Text = column("the grant's number or name")
    kind: Annotated[KindOfPay, PlainValidator(cells.one_of(KINDS))] = Field(
        default="ISO", description="ISO, NSO, RSU or ESPP (blank: ISO)"
    )
    date_granted: Day = unless_rsu("the day the option was granted, YYYY-MM-DD or MM/DD/YYYY (Form 3921 box 1)")
    date_exercised: Annotated[date, PlainValidator(cells.day)] = needed(
        "the day of exercise, YYYY-MM-DD or MM/DD/YYYY (Form 3921 box 2)"
    )
    exercise_price: Annotated[Decimal, PlainValidator(cells.optional(cells.not_negative))] = unless_rsu(
        "the exercise price in dollars a share, such as 12.50 (Form 3921 box 3)"
    )
    fmv_exercise: Annotated[Decimal, PlainValidator(cells.not_negative)] = needed(
        "the fair market value on the exercise day in dollars a share, such as 40.25 (Form 3921 box 4)"
    )
    shares: Annotated[Decimal, PlainValidator(cells.more_than_zero)] = needed(
        "the number of shares transferred, such as 1,000 (Form 3921 box 5)"
    )
    vest_date: Day = column("the day stock that was unvested at exercise vested, YYYY-MM-DD or MM/DD/YYYY")
    fmv_vest: NotNegative = Field(
        default=None, validate_default=True, description="the fair market value on vest_date in dollars a share"
    )
    election_83b: YesNo = column("yes or no: was a section 83(b) election filed for AMT?")
    price_exact: NotNegative = column("the exercise price in dollars a share, where box 3 is rounded, such as 1.2345")
    fmv_grant: NotNegative = Field(
        default=None,
        validate_default=True,
        description="the fair market value on the grant date in dollars a share (ESPP: Form 3922 box 3)",
    )
    price_at_grant: NotNegative = column(
        "the price in dollars a share as if bought on the grant date (ESPP: Form 3922 box 8; blank: the price paid)"
    )
    date_transferred: Day = column(
        "the day the employee first passed legal title on, YYYY-MM-DD or MM/DD/YYYY (ESPP: Form 3922 box 7)"
    )
    doc_ref: Text = column("where the document is found")

    @field_validator("date_granted", "exercise_price")
    @classmethod
    def _filled_in(cls, value: T | None, info: ValidationInfo) -> T | Decimal | None:
        """Only an RSU has no price, and no grant that matters."""
        kind = info.data.get("kind")  # None where it is refused itself
        if kind == "RSU" and info.field_name == "exercise_price":
            if value:
                expected = "0 or a blank cell beside RSU: its whole value is wages"
                raise CellError("Clear the cell; where something was paid for the shares, enter NSO in kind.", expected)
            return Decimal(0)
        if value is None and kind not in (None, "RSU"):
            raise CellError(FILL_IN)
        return Decimal(0) if value is None and info.field_name == "exercise_price" else value

    @field_validator("vest_date", "fmv_vest", "election_83b", "price_exact")
    @classmethod
    def _measured_once(cls, value: T, info: ValidationInfo) -> T:
        kind = info.data.get("kind")
        if value and kind in _NOT_OF and (kind, info.field_name) != ("ESPP", "price_exact"):
            remedy = "Enter day and value in date_exercised and fmv_exercise." if kind == "RSU" else "Clear the cell."
            raise CellError(remedy, _NOT_OF[kind])
        return value

    @field_validator("fmv_grant", "price_at_grant", "date_transferred")
    @classmethod
    def _of_espp_only(cls, value: T, info: ValidationInfo) -> T:
        kind, name = info.data.get("kind"), cast(str, info.field_name)
        if value is not None and kind not in (None, "ESPP"):
            raise CellError("Clear the cell, or enter ESPP in kind.", _BESIDE_ESPP.format(kind, _OF_ESPP[name]))
        if value is None and kind == "ESPP" and name == "fmv_grant":
            raise CellError("Fill in the cell: a sale after the holding periods needs it.")
        return value

    @field_validator("date_exercised")
    @classmethod
    def _not_before_grant(cls, value: date, info: ValidationInfo) -> date:
        granted = info.data.get("date_granted")
        if granted and value < granted:
            raise CellError("Correct one of the two dates.", f"a day on or after date_granted, {granted}")
        return value

    @field_validator("shares")
    @classmethod
    def _exact_in_total(cls, value: Decimal, info: ValidationInfo) -> Decimal:
        for price in ("exercise_price", "fmv_exercise"):
            if info.data.get(price, 0) * value > cells.LARGEST:
                raise CellError("Check the decimal points.", f"shares times {price} to be at most 999,999,999.99")
        return value

    @field_validator("vest_date")
    @classmethod
    def _not_before_exercise(cls, value: date | None, info: ValidationInfo) -> date | None:
        exercised = info.data.get("date_exercised")
        if value and exercised and value < exercised:
            raise CellError(
                "Leave vest_date and fmv_vest blank if the stock was vested at exercise.",
                f"a day on or after date_exercised, {exercised}",
            )
        return value

    @field_validator("fmv_vest")
    @classmethod
    def _with_its_date(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if "vest_date" not in info.data:  # refused itself
            return value
        vested = info.data["vest_date"]
        if value is None and vested:
            raise CellError("Fill in the cell, or clear vest_date.", f"the value a share on the vest date, {vested}")
        if value is not None and not vested:
            raise CellError("Fill in vest_date, or clear fmv_vest.", "a vest_date beside a value at vest")
        return value

    @field_validator("date_transferred")
    @classmethod
    def _not_before_purchase(cls, value: date | None, info: ValidationInfo) -> date | None:
        bought = info.data.get("date_exercised")
        if value and bought and value < bought:
            raise CellError("Correct one of the two dates.", f"a day on or after date_exercised, {bought}")
        return value

    @field_validator("fmv_vest", "price_exact", "fmv_grant", "price_at_grant")
    @classmethod
    def _exact_times_shares(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if value and value * info.data.get("shares", 0) > cells.LARGEST:
            raise CellError("Check the decimal points.", f"shares times {info.field_name} to be at most 999,999,999.99")
        return value


class Return(Record):
    """One tax year, in dollars; None is a blank cell."""

    tax_year: Annotated[int, PlainValidator(cells.tax_year)] = needed("a tax year such as 2025")
    filing_status: Annotated[Status | None, PlainValidator(cells.one_of(STATUS_WORDS))] = column(
        f"one of {', '.join(STATUSES)} (or S, MFJ, MFS, HOH, QSS)"
    )
    wages: NotNegative = column("wages in dollars, option income in Form W-2 box 1 included")
    other_income: Money = column("all other ordinary income in dollars, which may be negative")
    qualified_dividends: NotNegative = column("qualified dividends in dollars")
    short_term_gain: Money = column("short-term gain in dollars, a loss negative")
    long_term_gain: Money = column("long-term gain in dollars, a loss negative")
    unrecaptured_1250_gain: NotNegative = column("unrecaptured section 1250 gain in dollars")
    collectibles_gain: Money = column("collectibles (28%) gain in dollars, a loss negative")
    deduction: Annotated[
        Literal["standard", "itemized"] | None,
        PlainValidator(cells.one_of({"standard": "standard", "itemized": "itemized", "itemised": "itemized"})),
    ] = column("standard or itemized")
    standard_deduction: NotNegative = column("the standard deduction as filed, in dollars")
    itemized_deductions: NotNegative = column("itemized deductions in dollars")
    taxes_deducted: NotNegative = column("taxes deducted in dollars, part of itemized_deductions (Schedule A line 7)")
    other_deductions: NotNegative = column("other deductions in dollars, the senior deduction included")
    senior_deduction: NotNegative = column("the senior deduction in dollars, part of other_deductions")
    taxable_income: NotNegative = column("taxable income as filed, in dollars; the form prints 0 where it is less")
    regular_tax: NotNegative = column("regular tax as filed before foreign tax credit, in dollars")
    foreign_tax_credit: NotNegative = column("foreign tax credit in dollars")
    amt_foreign_tax_credit: NotNegative = column("AMT foreign tax credit in dollars (Form 6251 line 8)")
    exclusion_foreign_tax_credit: NotNegative = column("foreign tax credit on exclusion items (Form 8801 line 12)")
    nonrefundable_credits: NotNegative = column("credits in dollars, without foreign and minimum tax credit")
    general_business_credit: YesNo = column("yes or no: is a general business credit claimed?")
    form_8834_8911: YesNo = column("yes or no: is Form 8834, or the personal part of Form 8911, filed?")
    line_2b: EnteredNegative = column("Form 6251 line 2b in dollars, as it is added on line 4: negative")
    line_2c: Money = column("Form 6251 line 2c in dollars, as it is added on line 4")
    line_2d: Money = column("Form 6251 line 2d in dollars, as it is added on line 4")
    line_2e: Money = column("Form 6251 line 2e in dollars, as it is added on line 4: positive")
    line_2f: EnteredNegative = column("Form 6251 line 2f in dollars, as it is added on line 4: negative")
    line_2g: Money = column("Form 6251 line 2g in dollars, as it is added on line 4: positive")
    line_2h: Money = column("Form 6251 line 2h in dollars, as it is added on line 4: positive")
    line_2j: Money = column("Form 6251 line 2j in dollars, as it is added on line 4")
    line_2l: Money = column("Form 6251 line 2l in dollars, as it is added on line 4")
    line_2m: Money = column("Form 6251 line 2m in dollars, as it is added on line 4")
    line_2n: Money = column("Form 6251 line 2n in dollars, as it is added on line 4")
    line_2o: Money = column("Form 6251 line 2o in dollars, as it is added on line 4")
    line_2p: Money = column("Form 6251 line 2p in dollars, as it is added on line 4")
    line_2q: Money = column("Form 6251 line 2q in dollars, as it is added on line 4")
    line_2r: Money = column("Form 6251 line 2r in dollars, as it is added on line 4")
    line_2s: EnteredNegative = column("Form 6251 line 2s in dollars, as it is added on line 4: negative")
    line_2t: Money = column("Form 6251 line 2t in dollars, as it is added on line 4: positive")
    line_3: Money = column("Form 6251 line 3 in dollars, as it is added on line 4")
    other_line_2k: Money = column("line 2k from all but option stock, in dollars, as it is added on line 4")
    mtc_carryforward_in: NotNegative = column("minimum tax credit brought in (prior Form 8801 line 26), in dollars")
    mtc_line_18_in: NotNegative = column("credit made by the AMT of the year before (Form 8801 line 18), in dollars")
    short_term_carryover_in: NotNegative = column("short-term loss brought in, positive, in dollars")
    long_term_carryover_in: NotNegative = column("long-term loss brought in, positive, in dollars")
    amt_short_term_carryover_in: NotNegative = column("AMT short-term loss brought in, positive, in dollars")
    amt_long_term_carryover_in: NotNegative = column("AMT long-term loss brought in, positive, in dollars")

    @field_validator("taxes_deducted")
    @classmethod
    def _part_of_itemized(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        itemized = info.data.get("itemized_deductions")
        if value is not None and itemized is not None and value > itemized:
            raise CellError("Correct one of the two.", f"at most itemized_deductions, {itemized:,}, which include it")
        return value

    @field_validator("senior_deduction")
    @classmethod
    def _part_of_other(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if value is None or "other_deductions" not in info.data:
            return value
        if value > (other := info.data["other_deductions"] or 0):
            raise CellError("Enter it in both columns.", f"at most other_deductions, {other:,}, which include it")
        return value
