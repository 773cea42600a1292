"""Grants: one row for each tranche, with what of it is within the $100,000 limit; only for a client with grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.federal.stock.hundred_thousand_limit import grants

from ...contents.book_summary import book_summary
from ...contents.records.grant_summary import ALL, SUMS, limit_line
from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, shares_of_grant, when_complete, when_found
from ...drawing.layout import Book, letter
from ...drawing.page import Frame, Page
from .record_spec import GROUP_ROW, HEAD_ROW, TOTAL_ROW, Spec
from .record_table import draw_table

NUMBERS: Final = 3  # granted, value, shares: a row counts when it has them all
OPEN: Final = "Not counted yet: grant day, value at grant and shares are needed."
NOTE: Final = (
    "One row for each part of a grant that becomes exercisable on one day; leave “Exercisable from” empty for an "
    "option that could be exercised at once. Options are taken in the order of grant, by calendar year and employer "
    "(with its parent and subsidiaries: type one name for them under Corporate group, to the right of the printed "
    "page), at the value on the grant day, until $100,000 is reached; whole shares (IRC 422(d); Reg. 1.422-4). "
    "Options that expired or were never exercised count too; leave out what was canceled before the year "
    "(provisional: Reg. 1.422-4(b)(5)). Spell employer and grant as on Exercises; "
    "Exercised as ISO is the whole grant's."
)
PROVISIONAL: Final = (
    "P  provisional: ISO shares come first in an exercise (Reg. 1.422-4(c)), and the row above is the earlier grant of "
    "one day: texts still to be confirmed."
)


def _entries(letters: Mapping[str, str], row: int) -> str:
    return f"${letters['date_granted']}{row}:${letters['shares']}{row}"


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['row']}{row}", body)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    started = if_started(f"$A{row}:${letters['date_accelerated']}{row}", OPEN)
    return when_found(f"${letters['row']}{row}", body, started)


def _number(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_complete(_entries(letters, row), NUMBERS, body)


def _exercised(letters: Mapping[str, str], row: int, _place: str) -> str:
    names = (f"exercises_{name}" for name in TAKEN)
    return _wrap(letters, row, shares_of_grant(f"${letters['grant_id']}{row}", *names))


PART: Final = 15.0  # points, of a row under the totals
TAKEN: Final = ("grant_id", "is_iso", "shares")  # columns of Exercises
GRANTS: Final = Spec(
    table=grants,
    groups={
        "As received: one row for each tranche": {
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
    resolved={"row": _number, "iso_exercised": _exercised},
    wrap=_wrap,
    wrap_why=_wrap_why,
    note=NOTE,
    goes_with="value",
    above=lambda years: years + 2,  # each year, all years, what is provisional
)


def draw_grants(book: Book) -> None:
    """The totals with what becomes exercisable each year, then the records."""
    frame = Frame(
        "Grants",
        "D-1",
        "Grants: the $100,000 limit",
        GRANTS.widths,
        TAB_INPUT,
        HEAD_ROW,
        landscape=True,
        freeze=f"B{TOTAL_ROW + 1}",
        title_rows=f"{GROUP_ROW}:{HEAD_ROW}",
    )
    page = Page(book, frame)
    for name in TAKEN:
        book.refer(f"exercises_{name}")
    draw_table(page, GRANTS, book.shape.grant_rows, _by_year)
    page.say(book_summary(book.shape)[0].find("grants"), book.shape.last)
    page.close()


def _by_year(page: Page) -> None:
    """What becomes exercisable for the first time in each year of the file, and in all years on record."""
    for each in (*page.book.shape.years, ALL):
        _year_row(page, each)
    page.strip(PROVISIONAL)


def _year_row(page: Page, years: int | str) -> None:
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    page.height(page.row, PART)
    for column in range(1, len(GRANTS.printed) + 1):
        page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_rec_part")
    words = "all years on record, all employers" if years == ALL else f"of which first exercisable in {years}"
    page.cells.fixed(f"A{page.row}", words, "ib_rec_part")
    for of_column, name in zip(("value", "iso_shares", "nso_shares"), SUMS, strict=True):
        line, cell = form.find(limit_line(name, years)), f"{GRANTS.letters[of_column]}{page.row}"
        page.cells.place(line, last, cell)
        page.cells.line(cell, line, last, "ib_amt" if of_column == "value" else "ib_shares")
    page.row += 1
