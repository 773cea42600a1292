"""Exercises: one row for each Form 3921 or 3922, with the adjustment of line 2i by year below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.columns import EXERCISES as COLUMNS
from engine.columns import Needed
from engine.federal.stock.exercises import exercises
from engine.federal.years import forms_of
from engine.language.nodes import Kind
from engine.language.roles import Role

from ...contents.book_summary import book_summary
from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, when_counted, when_found
from ...drawing.layout import Book
from ...drawing.page import LINE, Frame, Page
from .record_table import FIRST_ROW, Spec, draw_table

AMOUNT: Final = "B"  # the column of line 2i, below the table
OPEN: Final = "Not counted yet: dates, price, value and shares are needed (ESPP: value at grant)."
NOTE: Final = (
    "Bargain element = shares × (value − price); it may be negative and is shown for information. The adjustment "
    "takes each exercise alone, never below zero (IRC 56(b)(3); Instr. 6251, line 2i). AMT basis = regular basis "
    "+ adjustment. First day to qualify = the first day after both two years from grant and one year from exercise "
    "(IRC 422(a)(1), 423(a)(1)). NSO and RSU: the spread is wages; ESPP: taxed at sale; none of them is on line 2i. "
    "Empty yellow rows are for later exercises. Employer, grant, exact price, what Form 3922 says of an ESPP beyond "
    "Form 3921 (boxes 3, 8 and 7), and the workings, stand to the right of the printed page. A lot restated for a "
    "split shows the shares and prices of today."
)


ALWAYS: Final = [each.name for each in COLUMNS if each.is_needed and each.kind is not Kind.TEXT]
BUT_RSU: Final = [each.name for each in COLUMNS if each.needed is Needed.UNLESS_RSU]
OF_ESPP: Final = next(each.name for each in COLUMNS if each.needed is Needed.OF_ESPP)


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['row']}{row}", body)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    started = if_started(f"$A{row}:${letters['shares']}{row}", OPEN)
    return when_found(f"${letters['row']}{row}", body, started)


def _number(letters: Mapping[str, str], row: int, body: str) -> str:
    """A row counts when it has all that its kind needs: an RSU has no grant and no price, an ESPP a value at grant."""
    at = {name: f"${column}{row}" for name, column in letters.items()}
    always, but_rsu = [at[name] for name in ALWAYS], [at[name] for name in BUT_RSU]
    return when_counted(at["kind"], always, but_rsu, at[OF_ESPP], str(row - FIRST_ROW + 1)) + body


EXERCISES: Final = Spec(
    table=exercises,
    groups={
        "As received: one row for each Form 3921 or 3922": {
            "exercise_id": 7.0,
            "doc_ref": 13.0,
            "kind": 5.5,
            "date_granted": 12.0,
            "date_exercised": 12.0,
            "exercise_price": 8.5,
            "fmv_exercise": 8.5,
            "shares": 9.0,
            "vest_date": 12.0,
            "fmv_vest": 8.5,
            "election_83b": 7.0,
        },
        "Computed": {
            "bargain_element": 11.0,
            "adjustment": 11.0,
            "regular_basis": 11.0,
            "amt_basis": 11.0,
            "first_day": 12.0,
            "shares_left": 8.5,
            "why": 37.0,
        },
    },
    totals=("shares", "adjustment", "regular_basis", "amt_basis", "shares_left"),
    quiet_by="adjustment",
    resolved={"row": _number},
    wrap=_wrap,
    wrap_why=_wrap_why,
)


def draw_exercises(book: Book) -> None:
    """The record table with its totals, and the adjustment by year below."""
    frame = Frame(
        "Exercises",
        "D",
        "Exercises (Forms 3921 and 3922)",
        EXERCISES.widths(book.shape.cents),
        TAB_INPUT,
        5,
        landscape=True,
        freeze="B6",
    )
    page = Page(book, frame)
    draw_table(page, EXERCISES, book.shape.rows)
    page.say(book_summary(book.shape)[0].find("exercises"), book.shape.last)
    _by_year(page)
    page.note(NOTE)
    page.close()


def _by_year(page: Page) -> None:
    """The adjustment of each year's line 2i, beside the form it goes to."""
    page.heading(f"Line {forms_of(page.book.shape.last).number(Role.EXERCISES)} by year")
    for year in page.book.shape.years:
        page.height(page.row, LINE)
        line = forms_of(year).find(Role.EXERCISES)
        page.cells.fixed(f"A{page.row}", year, "ib_src_link")
        page.link(f"A{page.row}", page.book.page_of(Role.EXERCISES, year))
        page.cells.expression(f"{AMOUNT}{page.row}", line.leaf, year, (str(year), line.key), "ib_amt_link")
        page.row += 1
    page.height(page.row, 8)
    page.row += 1
