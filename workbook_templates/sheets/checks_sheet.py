"""Checks: does everything tie out? This file beside what it is compared with, and what to do about a difference."""

from __future__ import annotations

import re
from typing import Final

from ..contents.book_summary import book_summary
from ..contents.checks import Check
from ..contents.checks.verdict import COUNTED
from ..drawing.colors import TAB_SUPPORT
from ..drawing.excel_formula import count_above_zero, started_rows
from ..drawing.layout import BOOK, Book
from ..drawing.page import LINE, Frame, Page
from ..drawing.rules import quiet_zero, state_chip
from ..xlsx.paper import scale_to_width
from ..xlsx.text_fit import row_height

WIDTHS: Final = (6.0, 48.0, 14.0, 14.0, 13.0, 13.0, 44.0)
HEADS: Final = (
    ("No.", "ib_head_mid"),
    ("What is checked", "ib_head"),
    ("This file", "ib_head_num"),
    ("Compared with", "ib_head_num"),
    ("Difference", "ib_head_num"),
    ("Result", "ib_head_mid"),
    ("What to do", "ib_head_in"),
)
COUNT: Final = "ib_shares"  # of rows, checks and shares: no cents
COUNTS: Final = (*COUNTED, "checks made", "grants over", "nothing")
SUMS: Final = (
    "above",
    "excess",
    "amt all",
    "used all",
    "nothing",
    "2i",
    "gains",
    "amt gains",
    *COUNTED,
    "checks made",
    "grants limit",
    "grants over",
)
ROWS: Final = (
    ("exercises_begun", "Rows begun on Exercises", started_rows("exercises_exercise_id", "exercises_date_exercised")),
    ("exercises_counted", "Rows that count on Exercises", count_above_zero("exercises_row")),
    ("sales_begun", "Rows begun on Sales", started_rows("sales_exercise_id", "sales_date_sold")),
    ("sales_counted", "Rows that count on Sales", count_above_zero("sales_lot")),
)
GRANT_ROWS: Final = (
    ("grants_begun", "Rows begun on Grants", started_rows("grants_grant_id", "grants_date_granted")),
    ("grants_counted", "Rows that count on Grants", count_above_zero("grants_row")),
)
LEGEND: Final = (
    "agrees: equal to the dollar (or the cent).   DIFFERS: white on red, here and on the Lead sheet, until cleared.   "
    "open: an earlier year is still to come.   not compared: a filed figure that is not typed; that is optional, and "
    "counts for nothing."
)


def draw_checks(book: Book) -> None:
    """All checks by band, then the sums that the conclusions take."""
    form, checks = book_summary(book.shape)
    scale = int(100 * scale_to_width(WIDTHS, margin=0.5))
    page = Page(book, Frame("Checks", "M", "Checks", WIDTHS, TAB_SUPPORT, landscape=True, freeze="A5", scale=scale))
    page.header(HEADS)
    first = page.row
    rows = _place(page, checks)
    page.row += 1
    page.note(LEGEND)
    printed = page.row - 1
    _place_sums(page)
    for check, row in zip(checks, rows, strict=True):
        _row(page, check, row)
    last = rows[-1]
    state_chip(page.sheet, f"F{first}:F{last}", f"F{first}")
    quiet_zero(page.sheet, f"C{first}:E{last}", f"C{first}")
    page.say(form.find("checks said"), book.shape.last)
    page.end_between_bands(printed)
    page.close(printed)


def _place(page: Page, checks: tuple[Check, ...]) -> list[int]:
    form, year = book_summary(page.book.shape)[0], page.book.shape.last
    rows, band = [], ""
    for check in checks:
        if check.band != band:
            page.band(check.band)
            band = check.band
        for column, name, _ in _columns(check):
            page.cells.place(form.find(f"check {check.number} {name}"), year, f"{column}{page.row}")
        rows.append(page.row)
        page.row += 1
    return rows


def _columns(check: Check) -> list[tuple[str, str, str]]:
    """Where the lines of a check stand; one without amounts only tells a state."""
    look = COUNT if check.counts else "ib_amt"
    amounts = [("C", "this", look), ("D", "other", look), ("E", "difference", look)]
    told = [("F", "result", "ib_check"), ("G", "to do", "ib_why")]
    return [*amounts, *told] if check.compares else told


def _row(page: Page, check: Check, row: int) -> None:
    form, year = book_summary(page.book.shape)[0], page.book.shape.last
    page.height(row, row_height(2, 9))
    page.cells.fixed(f"A{row}", check.number, "ib_line")
    page.cells.fixed(f"B{row}", check.label, "ib_label")
    for column in "CDE":
        page.cells.fixed(f"{column}{row}", None, "ib_amt")
    for column, name, style in _columns(check):
        page.cells.line(f"{column}{row}", form.find(f"check {check.number} {name}"), year, style)


def _place_sums(page: Page) -> None:
    """The sums that the conclusions take, and the rows that the tables hold, below the checks."""
    form, year = book_summary(page.book.shape)[0], page.book.shape.last
    page.row += 1
    page.band("Workings, not printed: rows and sums behind the conclusions")
    sums = [line for line in form.lines if line.leaf.line.startswith(SUMS)]
    for place, line in enumerate(sums):
        page.cells.place(line, year, f"C{page.row + place}")
    for line in sums:
        _sum_row(page, line.label)
        page.cells.line(f"C{page.row}", line, year, COUNT if line.leaf.line in COUNTS else "ib_amt")
        page.row += 1
    for name, label, text in (*ROWS, *GRANT_ROWS) if page.book.shape.grant_rows else ROWS:
        for column in re.findall(r"\b(?:exercises|sales|grants)_\w+", text):
            page.book.refer(column)
        _sum_row(page, label)
        page.book.name(name, page.sheet, f"C{page.row}")
        page.cells.computed(f"C{page.row}", text, (BOOK, f"options.{name}"), COUNT)
        page.row += 1


def _sum_row(page: Page, label: str) -> None:
    page.height(page.row, LINE)
    page.cells.fixed(f"B{page.row}", label, "ib_label")
