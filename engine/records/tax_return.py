"""One tax year of a return: which figures are part of others."""

from __future__ import annotations

from decimal import Decimal

from pydantic import ValidationInfo, field_validator

from ..columns.returns import ReturnColumns
from .cells import CellError
from .record import Record


class Return(Record, ReturnColumns):
    """One tax year, in dollars; None is a blank cell."""

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
