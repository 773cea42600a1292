"""One sale (a line of Form 1099-B, or a gift) and one stock split: the columns of sales.csv and splits.csv."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal, TypeVar

from pydantic import Field, PlainValidator, ValidationInfo, field_validator

from . import cells
from .cells import CellError
from .rows import KindOfPay, NotNegative, Record, Text, column, needed

T = TypeVar("T")
Disposition = Literal["gift", "spouse", "death"]
LossRule = Literal["wash_sale", "related_party"]

MOST_FOR_ONE: Final = 10_000  # new shares for an old one, or the reverse; a larger ratio is a slip
_RATIO: Final = re.compile(r"([0-9.,]+)\s*(?::|/|-?\s*for\s*-?)\s*([0-9.,]+)", re.IGNORECASE)
_DISPOSITIONS: Final[dict[str, Disposition | None]] = {
    "sale": None,
    "sold": None,
    "gift": "gift",
    "spouse": "spouse",
    "death": "death",
}
_LOSS_RULES: Final[dict[str, LossRule]] = {
    "washsale": "wash_sale",
    "wash": "wash_sale",
    "relatedparty": "related_party",
    "related": "related_party",
}
CLEAR: Final = "Clear the cell, or clear disposition."
_NO_INCOME: Final = "and makes no ordinary income (IRC 424(c))"
_NO_SALE: Final[dict[Disposition, str]] = {
    "gift": "a gift, for which nothing is received",
    "spouse": "a transfer to a spouse, which is no sale (IRC 1041, 424(c)(4))",
    "death": "a transfer at death, which is no sale (IRC 424(c)(1)(A))",
}


def new_for_old(cell: object) -> Fraction:
    """The new shares for one old share, exactly: 2, 1.5, 3:2, 3-for-2 and 3/2 are ratios."""
    if isinstance(cell, Fraction):
        value = cell
    elif isinstance(cell, str) and (found := _RATIO.fullmatch(cell.strip())):
        value = Fraction(cells.more_than_zero(found[1])) / Fraction(cells.more_than_zero(found[2]))
    else:
        value = Fraction(cells.more_than_zero(cell))
    if not Fraction(1, MOST_FOR_ONE) <= value <= MOST_FOR_ONE:
        raise CellError("Check the ratio.", f"at most {MOST_FOR_ONE:,} new shares for an old one, or the reverse")
    return value


class Split(Record):
    """One stock split of one employer. Shares from the start of the effective day on are new shares."""

    employer: Annotated[str, PlainValidator(cells.text)] = needed("the employer's name, as in exercises.csv")
    effective_date: Annotated[date, PlainValidator(cells.day)] = needed(
        "the first day of trading in new shares, YYYY-MM-DD or MM/DD/YYYY"
    )
    ratio: Annotated[Fraction, PlainValidator(new_for_old)] = needed(
        "the new shares for one old share, such as 2, 3:2 or 3-for-2 (a reverse split: 1:10)"
    )


class Sale(Record):
    """Shares of one exercise that were sold or given away; dollars, shares, days.

    Without an id the shares are taken first in, first out. `disposition` is None for a sale.
    """

    exercise_id: Annotated[str | None, PlainValidator(cells.optional(cells.identifier))] = column(
        "the exercise_id of the lot sold (blank: first in, first out, with the employer)"
    )
    date_sold: Annotated[date, PlainValidator(cells.day)] = needed(
        "the day of sale, YYYY-MM-DD or MM/DD/YYYY (Form 1099-B box 1c)"
    )
    disposition: Annotated[Disposition | None, PlainValidator(cells.optional(cells.one_of(_DISPOSITIONS)))] = column(
        "sale, gift, spouse or death (blank: sale)"
    )
    shares: Annotated[Decimal, PlainValidator(cells.more_than_zero)] = needed("the number of shares sold, such as 100")
    price: NotNegative = Field(
        default=None,
        validate_default=True,
        description="the price in dollars a share, such as 55.25 (Form 1099-B: box 1d divided by the shares)",
    )
    selling_costs: NotNegative = column("the costs of the whole sale in dollars, where price is before them")
    loss_rule: Annotated[LossRule | None, PlainValidator(cells.optional(cells.one_of(_LOSS_RULES)))] = column(
        "wash_sale or related_party, where a loss does not count"
    )
    w2_income: NotNegative = column("ordinary income of this sale that is inside wages (Form W-2 box 1), in dollars")
    employer: Text = Field(
        default=None, validate_default=True, description="the employer's name, needed where exercise_id is blank"
    )
    broker_basis: NotNegative = column("the basis of the whole sale in dollars, as on Form 1099-B box 1e")
    box_8949: Annotated[
        Literal["A", "B", "C", "D", "E", "F"] | None,
        PlainValidator(
            cells.optional(cells.one_of({f"{prefix}{box.lower()}": box for box in "ABCDEF" for prefix in ("", "box")}))
        ),
    ] = column("the box of Form 8949, A to F")
    doc_ref: Text = column("where the document is found")

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
                "Fill in exercise_id, or the employer.",
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
        expected = "the value a share that day: the discount is ordinary income up to the rise in value (IRC 423(c))"
        return "price", "", expected, "Fill in the cell."
    if "ESPP" in kinds and len(set(kinds)) > 1:
        expected = "the exercise_id of one lot: ESPP shares and others are passed on under different rules"
        return "exercise_id", "", expected, "Fill in exercise_id, with a row for each lot."
    if sale.price and "ESPP" not in kinds:
        return "price", f"{sale.price:,}", f"no price beside {_NO_SALE[kind]}", CLEAR
    if sale.w2_income and kind == "death" and "ESPP" not in kinds:
        return "w2_income", f"{sale.w2_income:,}", f"a blank cell beside {_NO_SALE[kind]} {_NO_INCOME}", CLEAR
    return None
