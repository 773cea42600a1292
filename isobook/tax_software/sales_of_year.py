"""The sales of a year as a program takes them: regular and AMT figures beside each other, adjustments code by code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.clients.filed_sales import FormRow
from engine.clients.projection import Projection
from engine.federal.stock.sale_gains import amt_gain, amt_result, gain, result
from engine.language.money import ZERO, rounded
from engine.language.table import column_of
from engine.systems import AMT, REGULAR

from ..files.csv_files import csv_cell

CENTS: Final = 2  # digits: programs round by themselves, and totals of cents foot
_OF_BASIS: Final = "B"
_GROUPING: Final = re.compile(r"(?<=\d),(?=\d{3})")  # 3,000


@dataclass(frozen=True)
class Adjustment:
    """One code of column (f), with what it adds to the gain of each system, in dollars; 0 where it adds nothing."""

    code: str
    regular: Decimal
    amt: Decimal


@dataclass(frozen=True)
class SaleToEnter:
    """One row of Form 8949 and its AMT twin."""

    regular: FormRow
    amt: FormRow
    adjustments: tuple[Adjustment, ...]

    @property
    def terms_differ(self) -> bool:
        """Tell a sale that is long-term in one system and short-term in the other: a program has one term."""
        return bool(self.regular["part"] != self.amt["part"])

    @property
    def only_for_amt(self) -> bool:
        """Tell a sale with a code that stands on the AMT form alone."""
        return any(each.code not in self.regular["f"] for each in self.adjustments)


def sales_to_enter(projection: Projection, year: int) -> list[SaleToEnter]:
    """The sales of a year in the order of Form 8949; none where the year has none. They rest on no return."""
    computed = {
        (piece.row, row["exercise_id"]): row
        for row, piece in zip(projection.sales, projection.client.resolved.sales, strict=True)
    }
    twins = {_key(row): row for row in projection.form_8949(year, AMT)}
    return [
        SaleToEnter(row, twins[_key(row)], _adjustments(row, twins[_key(row)], computed[_key(row)]))
        for row in projection.form_8949(year, REGULAR)
    ]


def _key(row: FormRow) -> tuple[int, str]:
    return row["sale"], row["lot"]


def _adjustments(row: FormRow, twin: FormRow, sale: Mapping[str, Any]) -> tuple[Adjustment, ...]:
    """Column (g) code by code: of a loss that does not count, and what is left of it for a corrected basis."""
    uncounted = (
        sale[column_of(gain)] - sale[column_of(result)],
        sale[column_of(amt_gain)] - sale[column_of(amt_result)],
    )
    found = []
    for code in sorted({*row["f"], *twin["f"]}):
        regular, amt = uncounted
        if code == _OF_BASIS:
            regular, amt = (row["g"] or ZERO) - regular, (twin["g"] or ZERO) - amt
        found.append(Adjustment(code, regular if code in row["f"] else ZERO, amt if code in twin["f"] else ZERO))
    return tuple(found)


def words_text(words: str) -> str:
    """A description without commas and quotation marks: the row keeps its columns wherever commas part them."""
    return " ".join(_GROUPING.sub("", csv_cell(words)).replace(",", " ").replace('"', " ").split())


def cents_text(amount: Decimal) -> str:
    """Dollars with cents as a program reads them: no commas, a minus before what is below zero."""
    return f"{rounded(amount, CENTS) + 0:.2f}"
