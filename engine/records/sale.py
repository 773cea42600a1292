"""One sale (a line of Form 1099-B), or a gift: which cells go together, and what is refused."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final, TypeVar

from pydantic import ValidationInfo, field_validator

from ..columns.exercises import KindOfPay
from ..columns.sales import Disposition, SaleColumns
from . import cells
from .cells import CellError
from .record import Record

T = TypeVar("T")
CLEAR: Final = "Clear the cell, or clear disposition."
_NO_INCOME: Final = "and makes no ordinary income (IRC 424(c))"
_NO_SALE: Final[dict[Disposition, str]] = {
    "gift": "a gift, for which nothing is received",
    "spouse": "a transfer to a spouse, which is no sale (IRC 1041, 424(c)(4))",
    "death": "a transfer at death, which is no sale (IRC 424(c)(1)(A))",
}


class Sale(Record, SaleColumns):
    """Shares of one exercise that were sold or given away; dollars, shares, days.

    Without an id the shares are taken first in, first out. `disposition` is None for a sale.
    """

    @field_validator("price")
    @classmethod
    def _of_a_sale_only(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if "disposition" not in info.data:  # refused itself
            return value
        if kind := info.data["disposition"]:
            if value and kind == "spouse":
                raise CellError(CLEAR, f"no price beside {_NO_SALE[kind]}")
        elif value is None:
            raise CellError(
                "Fill in the cell; for shares given away name gift, spouse or death in disposition, for worthless "
                "stock enter 0."
            )
        if value and value * info.data.get("shares", 0) > cells.LARGEST:
            raise CellError("Check the decimal points.", "shares times price to be at most 999,999,999.99")
        return value

    @field_validator("selling_costs", "loss_rule", "broker_basis", "box_8949")
    @classmethod
    def _without_a_sale(cls, value: T, info: ValidationInfo) -> T:
        kind = info.data.get("disposition")
        if value and kind:
            raise CellError(CLEAR, f"a blank cell beside {_NO_SALE[kind]}")
        return value

    @field_validator("w2_income")
    @classmethod
    def _of_a_disposition_only(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        kind = info.data.get("disposition")
        if value and kind == "spouse":
            raise CellError(CLEAR, f"a blank cell beside {_NO_SALE[kind]} {_NO_INCOME}")
        return value

    @field_validator("employer")
    @classmethod
    def _named_for_fifo(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("exercise_id", "refused itself") is None:
            raise CellError(
                "Fill in exercise_id; in a CSV file the employer alone will do.",
                "the employer's name where exercise_id is blank: shares are then taken first in, first out "
                "(Reg. 1.1012-1(c))",
            )
        return value


def beside_kinds(sale: Sale, kinds: Collection[KindOfPay]) -> tuple[str, str, str, str] | None:
    """What is wrong with a sale of lots of these kinds: column, value, what was expected and what to do.

    A gift, or death, of ESPP shares is taxed by the value of that day (IRC 423(c)); of other shares it has no price.
    """
    kind = sale.disposition
    if kind not in ("gift", "death"):
        return None
    if "ESPP" in kinds and sale.price is None:
        expected = "the value per share that day: the discount is ordinary income up to the rise in value (IRC 423(c))"
        return "price", "", expected, "Fill in the cell."
    if "ESPP" in kinds and len(set(kinds)) > 1:
        expected = "the exercise_id of one lot: ESPP shares and others are passed on under different rules"
        return "exercise_id", "", expected, "Fill in exercise_id, with a row for each lot."
    if sale.price and "ESPP" not in kinds:
        return "price", f"{sale.price:,}", f"no price beside {_NO_SALE[kind]}", CLEAR
    if sale.w2_income and kind == "death" and "ESPP" not in kinds:
        return "w2_income", f"{sale.w2_income:,}", f"a blank cell beside {_NO_SALE[kind]} {_NO_INCOME}", CLEAR
    return None
