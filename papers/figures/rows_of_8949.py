"""Form 8949: the sales of a year by box, on as many pages as they need, with the totals of each page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from engine.clients.filed_sales import FormRow
from engine.language.money import ZERO, rounded

from ..boxes.box_map import BoxMap
from ..boxes.form_8949_boxes import COLUMNS, TOTAL, TOTAL_COLUMNS, rows_on_page
from .manner import FilledForm, FilledSheet, amount_text, day_text, head_texts
from .taxpayer import Taxpayer


def filled_8949(boxes: BoxMap, rows: Sequence[FormRow], digits: int, taxpayer: Taxpayer) -> FilledForm:
    """The pages of a year's sales; `rows` are those of `Projection.form_8949`, in the order of the form."""
    sheets, notes = [], []
    for (part, box), of_box in groupby(rows, key=lambda row: (row["part"], row["box"])):
        listed = list(of_box)
        page = boxes.boxes[f"{part} 1 a"].page
        for chunk in _chunks(listed, rows_on_page(boxes, part)):
            texts = {boxes.boxes[key]: text for key, text in _texts(part, chunk, digits)}
            checked = frozenset([boxes.boxes[f"box {box}"]] if box else [])
            sheets.append(FilledSheet(page, {**head_texts(boxes, page, taxpayer), **texts}, checked))
        if not box:
            sales = "the sale" if len(listed) == 1 else f"{len(listed):,} sales"
            notes.append(
                f"Form 8949 of {boxes.year}, Part {part}: the box of {sales} is not known, so that none is checked. "
                "See Form 1099-B, and enter it as box_8949 in sales.csv."
            )
    if _apart(rows, digits):
        notes.append(
            f"Form 8949 of {boxes.year}: each amount is rounded from its exact figure, row by row, the totals once. "
            "Columns may add up to a little more or less than is printed."
        )
    return FilledForm(boxes, sheets, notes)


def _chunks(rows: Sequence[FormRow], size: int) -> Iterator[Sequence[FormRow]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _texts(part: str, rows: Sequence[FormRow], digits: int) -> Iterator[tuple[str, str]]:
    """What a page says, by the names of its boxes; a cell that is not known stays blank."""
    for number, row in enumerate(rows, 1):
        for column in COLUMNS:
            value = row[column]
            text = amount_text(value, digits) if isinstance(value, Decimal) else day_text(value)
            if text:
                yield f"{part} {number} {column}", text
    for column in TOTAL_COLUMNS:
        total = total_of(rows, column)
        if total or column != "g":
            yield f"{part} {TOTAL} {column}", amount_text(total, digits)


def total_of(rows: Sequence[FormRow], column: str) -> Decimal:
    """A column added up exactly, in dollars."""
    return sum((row[column] or ZERO for row in rows), Decimal(0))


def _apart(rows: Sequence[FormRow], digits: int) -> bool:
    """Tell whether rounding shows: a row that does not add up, or totals that are not the sum of their rows."""

    def shown(row: FormRow, column: str) -> Decimal:
        return rounded(row[column] or ZERO, digits)

    across = any(shown(row, "d") - shown(row, "e") + shown(row, "g") != shown(row, "h") for row in rows)
    return across or any(
        sum(shown(row, column) for row in rows) != rounded(total_of(rows, column), digits) for column in TOTAL_COLUMNS
    )
