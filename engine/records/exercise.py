"""One exercise (box by box as on Form 3921), delivery or purchase: which cells go together, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, TypeVar, cast

from pydantic import ValidationInfo, field_validator

from ..columns.exercises import ExerciseColumns
from . import cells
from .cells import CellError
from .record import FILL_IN, Record

T = TypeVar("T")
_BESIDE_ESPP: Final = "a blank cell beside {}: it is of shares of a purchase plan (kind ESPP, Form 3922 {})"
_OF_ESPP: Final = {"fmv_grant": "box 3", "price_at_grant": "box 8", "date_transferred": "box 7"}
_NOT_OF: Final = {
    "RSU": "a blank cell beside RSU: the shares are measured once, on the day they are delivered",
    "ESPP": "a blank cell beside ESPP: shares of a purchase plan that are unvested when bought are not computed",
}


class Exercise(Record, ExerciseColumns):
    """Shares that came in one day; dollars per share, shares, days.

    An exercise as Form 3921 reports it or one vest tranche of it, an exercise of an NSO, a delivery of RSUs, or a
    purchase as Form 3922 reports it.
    """

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
            raise CellError("Fill in the cell, or clear vest_date.", f"the value per share on the vest date, {vested}")
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
