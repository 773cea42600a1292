"""Exercises: one row a Form 3921, as received and computed, with spare rows to go on entering."""

from __future__ import annotations

from typing import Final

from openpyxl.styles import Alignment

from engine.explain import rule
from engine.forms.exercises import exercises
from engine.lines import Line
from engine.nodes import Kind, Leaf
from engine.years import forms_of

from ..excel_formula import formula, in_complete_row, sum_cells
from ..layout import BOOK, Book, column_name, letter
from ..page import Frame, Page
from ..styles import TAB_INPUT, quiet_zero
from ..summary import book_summary
from ..text_fit import row_height
from .inputs_sheet import validate

RECEIVED: Final = {
    "exercise_id": 7.0,
    "doc_ref": 10.0,
    "kind": 5.5,
    "date_granted": 12.0,
    "date_exercised": 12.0,
    "exercise_price": 8.5,
    "fmv_exercise": 8.5,
    "shares": 9.0,
    "vest_date": 12.0,
    "fmv_vest": 8.5,
    "election_83b": 7.0,
}
COMPUTED: Final = {
    "bargain_element": 11.0,
    "adjustment": 11.0,
    "regular_basis": 11.0,
    "amt_basis": 11.0,
    "first_day": 12.0,
    "shares_left": 8.5,
    "why": 37.0,
}
NOT_PRINTED: Final = ("employer", "grant_id", "price_exact")  # recorded beside the printed page
NUMBERS: Final = 5  # granted, exercised, price, value, shares: a row counts when it has them all
FIRST_ROW: Final = 6
TWO_LINES: Final = row_height(2, 9)  # room for the reason, also of rows that are still to be typed
FIRST_YEAR: Final = 4  # the column of the first year, below the table
TOTALS: Final = ("shares", "adjustment", "regular_basis", "amt_basis", "shares_left")
STYLES: Final = {
    Kind.MONEY: ("ib_in_amt", "ib_amt"),
    Kind.PRICE: ("ib_in_price", "ib_price"),
    Kind.SHARES: ("ib_in_shares", "ib_amt"),
    Kind.COUNT: ("ib_in_shares", "ib_amt"),
    Kind.YEAR: ("ib_in_shares", "ib_mid"),
    Kind.DAY: ("ib_in_date", "ib_date"),
    Kind.FLAG: ("ib_in_pick", "ib_mid"),
    Kind.TEXT: ("ib_in_text", "ib_why"),
}
NOTE: Final = (
    "Bargain element = shares × (value − price); it may be negative and is shown for information. The adjustment "
    "takes each exercise alone, never below zero (IRC 56(b)(3); Instr. 6251, line 2i). AMT basis = regular basis "
    "+ adjustment. First day to qualify = the first day after both two years from grant and one year from exercise "
    "(IRC 422(a)(1)). Empty yellow rows are for later exercises; a row counts when dates, price, value and shares are "
    "all there. Employer, grant and exact price, and the workings, stand to the right of the printed page."
)


def draw_exercises(book: Book) -> None:
    """The record table with its totals, and the adjustment by year below."""
    printed = {**RECEIVED, **COMPUTED}
    frame = Frame(
        "Exercises", "D", "Exercises (Form 3921)", tuple(printed.values()), TAB_INPUT, 5, landscape=True, freeze="B6"
    )
    page = Page(book, frame)
    columns = {line.leaf.line: line for line in exercises.columns}
    workings = [name for name in columns if name not in printed and name not in NOT_PRINTED]
    order = [*printed, *NOT_PRINTED, *workings]
    letters = {name: letter(place) for place, name in enumerate(order, 1)}
    last = FIRST_ROW + book.shape.rows - 1
    for name, at in letters.items():
        book.name(column_name(columns[name].leaf), page.sheet, f"{at}{FIRST_ROW}:{at}{last}")
    _heads(page, columns, letters, order)
    for row in range(FIRST_ROW, last + 1):
        _row(page, columns, letters, row)
    for name, at in letters.items():
        if columns[name].expression is None:
            validate(page, columns[name], f"{at}{FIRST_ROW}:{at}{last}")
    first, end = letters["bargain_element"], letters["why"]
    quiet_zero(page.sheet, f"{first}{FIRST_ROW}:{end}{last}", f"${letters['adjustment']}{FIRST_ROW}")
    page.say(book_summary(book.shape)[0].find("exercises"), book.shape.last)
    _totals(page, letters, last)
    _by_year(page)
    page.close()


def _heads(page: Page, columns: dict[str, Line], letters: dict[str, str], order: list[str]) -> None:
    groups = (
        ("As received: one row a Form 3921", list(RECEIVED)),
        ("Computed", list(COMPUTED)),
        ("Also recorded, not printed", list(NOT_PRINTED)),
    )
    page.height(4, 15)
    for text, names in groups:
        first, last = letters[names[0]], letters[names[-1]]
        page.sheet.merge_cells(f"{first}4:{last}4")
        page.cells.fixed(f"{first}4", text, "ib_group")
    workings = order[len(RECEIVED) + len(COMPUTED) + len(NOT_PRINTED) :]
    page.sheet.merge_cells(f"{letters[workings[0]]}4:{letters[workings[-1]]}4")
    page.cells.fixed(f"{letters[workings[0]]}4", "Workings, not printed", "ib_group")
    page.height(5, 31)
    for name, at in letters.items():
        kind = columns[name].leaf.kind
        style = (
            "ib_head_in"
            if name in ("why", "election_83b", *NOT_PRINTED)
            else "ib_head"
            if kind is Kind.TEXT
            else "ib_head_num"
        )
        page.cells.fixed(f"{at}5", columns[name].label, style)
        if name not in RECEIVED and name not in COMPUTED:
            page.sheet.column_dimensions[at].width = 14.0
        if columns[name].expression is not None:
            forms = forms_of(page.book.shape.last).forms
            told = rule(columns[name], forms)
            page.comment(f"{at}5", f"{columns[name].label}: {told}\n{columns[name].cite}".replace("\n", " ")[:600])


def _row(page: Page, columns: dict[str, Line], letters: dict[str, str], row: int) -> None:
    page.height(row, TWO_LINES)
    place = row - FIRST_ROW
    entries = f"${letters['date_granted']}{row}:${letters['shares']}{row}"

    def here(leaf: Leaf) -> str | None:
        return f"{letters[leaf.line]}{row}" if leaf.sheet == exercises.sheet else None

    address = page.cells.address(page.book.shape.last, here)
    for name, at in letters.items():
        line, slot = columns[name], (BOOK, columns[name].key, place)
        typed, computed = STYLES[line.leaf.kind]
        if line.expression is None:
            page.cells.typed(f"{at}{row}", slot, "ib_in_pick" if line.choices else typed)
        else:
            body = in_complete_row(entries, NUMBERS, formula(line.expression, address))
            page.cells.computed(f"{at}{row}", body, slot, computed)


def _totals(page: Page, letters: dict[str, str], last: int) -> None:
    row = page.row = last + 1
    page.height(row, 17.5)
    for name in (*RECEIVED, *COMPUTED):
        page.cells.fixed(f"{letters[name]}{row}", None, "ib_total")
    page.cells.fixed(f"A{row}", "Total", "ib_label_b")
    for name in TOTALS:
        cells = f"{letters[name]}{FIRST_ROW}:{letters[name]}{last}"
        page.cells.computed(f"{letters[name]}{row}", sum_cells(cells), (BOOK, f"total {name}"), "ib_total")
    page.row += 1


def _by_year(page: Page) -> None:
    """The adjustment of each year's line 2i, beside the form it goes to."""
    page.heading("Adjustment by year")
    years = list(page.book.shape.years)
    for label, row in (("Year", page.row), ("Line 2i", page.row + 1)):
        page.height(row, 17.5)
        page.cells.fixed(f"A{row}", label, "ib_text")
    for place, year in enumerate(years):
        at = letter(FIRST_YEAR + place)
        line = forms_of(year).forms["f6251"].find("2i")
        page.cells.fixed(f"{at}{page.row}", year, "ib_src_link")
        page.sheet[f"{at}{page.row}"].alignment = Alignment(horizontal="right", vertical="center")
        page.cells.expression(f"{at}{page.row + 1}", line.leaf, year, (str(year), line.key), "ib_amt_link")
        page.link(f"{at}{page.row}", f"6251 {year}")
    page.row += 3
    page.note(NOTE)
