"""Grants: one row a tranche, with what of it is within the $100,000 limit; only for a client with grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.federal.stock.hundred_thousand_limit import grants

from ...contents.book_summary import book_summary
from ...contents.grant_summary import ALL, SUMS, limit_line
from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, shares_of_grant, when_complete, when_found
from ...drawing.layout import Book
from ...drawing.page import LINE, Frame, Page
from .record_table import FIRST_ROW, Spec, draw_table

NUMBERS: Final = 3  # granted, value, shares: a row counts when it has them all
OPEN: Final = "Not counted yet: grant day, value at grant and shares are needed."
NOTE: Final = (
    "One row for each part of a grant that becomes exercisable on one day; leave “Exercisable from” empty for an "
    "option that could be exercised at once. Options are taken in the order of grant, by calendar year and employer "
    "(with its parent and subsidiaries: type one name for them under Corporate group, to the right of the printed "
    "page), at the value on the grant day, until 100,000 are reached; whole shares (IRC 422(d); Reg. 1.422-4). "
    "Options that expired or were never exercised count too; leave out what was canceled before the year "
    "(provisional: Reg. 1.422-4(b)(5)). Spell employer and grant as on Exercises; "
    "Exercised as ISO is the whole grant's."
)
PROVISIONAL: Final = (
    "P  provisional: ISO shares come first in an exercise (Reg. 1.422-4(c)), and the row above is the earlier grant of "
    "one day: texts still to be confirmed."
)
HEADS: Final = (
    ("Year", "ib_head"),
    ("First exercisable", "ib_head_num"),
    ("ISO", "ib_head_num"),
    ("NSO", "ib_head_num"),
)


def _entries(letters: Mapping[str, str], row: int) -> str:
    return f"${letters['date_granted']}{row}:${letters['shares']}{row}"


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['row']}{row}", body)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    started = if_started(f"$A{row}:${letters['date_accelerated']}{row}", OPEN)
    return when_found(f"${letters['row']}{row}", body, started)


def _number(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_complete(_entries(letters, row), NUMBERS, str(row - FIRST_ROW + 1)) + body


def _exercised(letters: Mapping[str, str], row: int, body: str) -> str:
    names = (f"exercises_{name}" for name in TAKEN)
    return _wrap(letters, row, shares_of_grant(f"${letters['grant_id']}{row}", *names)) + body


TAKEN: Final = ("grant_id", "is_iso", "shares")  # columns of Exercises
GRANTS: Final = Spec(
    table=grants,
    groups={
        "As received: one row a tranche": {
            "grant_id": 13.0,
            "employer": 20.0,
            "date_granted": 12.0,
            "fmv_grant": 12.0,
            "shares": 10.0,
            "date_exercisable": 12.0,
            "date_accelerated": 12.0,
        },
        "The $100,000 limit of the year": {
            "year": 7.0,
            "value": 12.0,
            "before": 12.0,
            "iso_shares": 10.0,
            "nso_shares": 10.0,
            "iso_exercised": 10.0,
            "why": 37.0,
        },
    },
    totals=("shares", "value", "iso_shares", "nso_shares"),
    quiet_by="value",
    resolved={"row": _number, "iso_exercised": _exercised},
    wrap=_wrap,
    wrap_why=_wrap_why,
)


def draw_grants(book: Book) -> None:
    """The record table with its totals, and the limit by year below."""
    frame = Frame(
        "Grants",
        "D-1",
        "Grants: the $100,000 limit",
        GRANTS.widths(book.shape.cents),
        TAB_INPUT,
        5,
        landscape=True,
        freeze="B6",
    )
    page = Page(book, frame)
    for name in TAKEN:
        book.refer(f"exercises_{name}")
    draw_table(page, GRANTS, book.shape.grant_rows)
    page.say(book_summary(book.shape)[0].find("grants"), book.shape.last)
    page.strip(PROVISIONAL)
    _by_year(page)
    page.note(NOTE)
    page.close()


def _by_year(page: Page) -> None:
    """What becomes exercisable for the first time in each year of the file, and in all years on record."""
    page.heading("By year, all employers: value on the days of the grants")
    page.height(page.row, LINE)
    for column, (head, style) in zip("ABCD", HEADS, strict=True):
        page.cells.fixed(f"{column}{page.row}", head, style)
    page.row += 1
    for each in (*page.book.shape.years, ALL):
        _year_row(page, each)
    page.height(page.row, 8)
    page.row += 1


def _year_row(page: Page, years: int | str) -> None:
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    label, amount = ("ib_label_b", "ib_total") if years == ALL else ("ib_label", "ib_amt")
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", "All years" if years == ALL else years, label)
    for column, name in zip("BCD", SUMS, strict=True):
        line = form.find(limit_line(name, years))
        page.cells.place(line, last, f"{column}{page.row}")
        page.cells.line(f"{column}{page.row}", line, last, amount)
    page.row += 1
