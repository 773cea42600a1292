"""Form 8949 as it is filed, one row for each sale of a lot, with its AMT twin: columns (a) to (h), totals by box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from ..federal.stock.boxes_of_8949 import BOXES, form_8949_columns
from ..federal.stock.form_8949 import acquired_words, description
from ..federal.stock.sale_gains import net_proceeds
from ..federal.stock.sales import date_sold, exercise_id, year_sold
from ..language.expressions import Value
from ..language.money import ZERO
from ..language.table import column_of
from ..records.lots import ResolvedSale
from ..systems import System

FormRow = dict[str, Any]
SUMS: Final = ("d", "e", "g", "h")  # the columns that are added up


def form_8949_rows(
    sold: Sequence[Mapping[str, Any]], pieces: Sequence[ResolvedSale], year: int, system: System
) -> list[FormRow]:
    """The sales of a year in the order of the form.

    `sold` are the columns of the sales by name, `pieces` the records that they are of. Each row has "part" ("I", "II"),
    "box" ("" where it is not known), "lot", "sale" (row of sales.csv, from 1) and the columns "a" to "h": days,
    dollars, words; (b) is "Inherited" where the form asks for that word, (g) None where there is no code.
    """
    columns = form_8949_columns(system)
    of_year = [
        (each, piece)
        for each, piece in zip(sold, pieces, strict=True)
        if each[column_of(year_sold)] == year and each[column_of(columns.place)]
    ]

    def of(each: Mapping[str, Any], column: Value) -> Any:
        return each[column_of(column)]

    return [
        {
            "part": of(each, columns.part),
            "box": of(each, columns.box),
            "lot": of(each, exercise_id),
            "sale": piece.row,
            "a": of(each, description),
            "b": of(each, acquired_words) or of(each, columns.acquired),
            "c": of(each, date_sold),
            "d": of(each, net_proceeds),
            "e": of(each, columns.basis),
            "f": of(each, columns.code),
            "g": of(each, columns.adjustment) if of(each, columns.code) else None,
            "h": of(each, columns.gain),
        }
        for each, piece in sorted(of_year, key=lambda found: of(found[0], columns.place))
    ]


def form_8949_totals(rows: Sequence[FormRow]) -> list[FormRow]:
    """The totals of each box that has rows, in dollars, with the line of Schedule D that takes them."""
    found = []
    for each in BOXES:
        of_box = [row for row in rows if (row["part"], row["box"]) == (each.part, each.box)]
        if of_box:
            sums = {name: sum((row[name] or ZERO for row in of_box), Decimal(0)) for name in SUMS}
            found.append({"part": each.part, "box": each.box, "line": each.line, **sums})
    return found
