"""8949: the sales of a year as they are filed, the same with AMT basis, and the walk to line 2k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.federal.years import forms_of
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.roles import Role
from engine.systems import AMT, REGULAR, System

from ...contents.forms.form_8949_layout import BLOCK, ONE_PAGE, PAGE_ENDS, ROWS, height_slot, other_slot
from ...contents.forms.form_8949_lines import BESIDE, LETTERS, SUMS, form_8949_lines
from ...drawing.colors import TAB_FORM
from ...drawing.layout import Book, defined_name, letter
from ...drawing.page import LINE, RESULT, Frame, Page
from ...drawing.rules import grey_when_not_ready, quiet_zero

WIDTHS: Final = (16.0, 22.0, 11.0, 11.0, 12.5, 12.5, 7.0, 12.5, 13.5)
COLUMNS: Final = ("lot", *LETTERS)
LAST: Final = letter(len(WIDTHS))
HEADS: Final = (
    ("Lot", "ib_column"),
    ("(a) Description of property", "ib_column_in"),
    ("(b) Date\nacquired", "ib_column_num"),
    ("(c) Date\nsold", "ib_column_num"),
    ("(d) Proceeds", "ib_column_num"),
    ("(e) Cost or\nbasis", "ib_column_num"),
    ("(f) Code", "ib_column_mid"),
    ("(g) Adjust-\nment", "ib_column_num"),
    ("(h) Gain or\n(loss)", "ib_column_num"),
)
STYLES: Final = {"lot": "ib_lot", "a": "ib_description", "f": "ib_code"}  # of the others by their kind
BANDS: Final = {
    REGULAR: "As filed: for the regular tax",
    AMT: "For the AMT: the same sales with AMT basis. Keep it with your records; do not file it.",
}
NOTE: Final = (
    "Code B: the basis on Form 1099-B leaves out income that was in your wages; column (g) corrects it. Beside box B "
    "or E column (e) is the correct basis. W: a wash sale, L: a related party, whose loss does not count. Proceeds are "
    "after selling costs. Part and box follow the holding period; a box of the other part is taken for its twin. "
    "Shares are those of today, after splits."
)


def title_of(year: int) -> str:
    """The sheet of a year."""
    return f"8949 {year}"


def code_of(year: int) -> str:
    """Its reference: it stands behind the sheet of gains of the year."""
    return f"E-{year % 100}-1"


def draw_form_8949(book: Book, year: int) -> None:
    """A block for each box, in the order of part, box and row of Sales; rows that are not needed have no height."""
    lines = form_8949_lines(year, book.shape.form_rows)
    one_page = book.shape.form_rows <= ONE_PAGE
    frame = Frame(
        *(title_of(year), code_of(year), f"Form 8949 for {year}", WIDTHS, TAB_FORM),
        header_row=3,
        landscape=True,
        one_page=one_page,
        scale=0 if one_page else 95,
        freeze="B4",
        title_rows="1:2",
    )
    page = Page(book, frame)
    _boxes(page, lines.beside, year)
    for system in (REGULAR, AMT):
        _block(page, BANDS[system])
        _places(page, lines.places[system], system, year)
    _walk(page, lines.walk, year)
    last = page.row
    page.note(NOTE)
    for row, helper in enumerate(lines.results, last):
        page.cells.place(helper, year, _beside(1, row))
        page.cells.line(_beside(1, row), helper, year, "ib_amt")
    page.say(lines.says, year)
    if not one_page:
        page.page_ends((str(year), PAGE_ENDS))
    page.close(last)


def _beside(place: int, row: int) -> str:
    """A cell right of the printed page: of workings, and of words that formulas take."""
    return f"{letter(len(WIDTHS) + 1 + place)}{row}"


def _boxes(page: Page, lines: Sequence[Line], year: int) -> None:
    """What the places take of the boxes, in columns beside the first of them."""
    at = [_beside(len(BESIDE) + 1 + place // 16, 5 + place % 16) for place in range(len(lines))]
    for cell, line in zip(at, lines, strict=True):
        page.cells.place(line, year, cell)
    for cell, line in zip(at, lines, strict=True):
        page.cells.line(cell, line, year, "ib_src_over" if line.leaf.kind is Kind.TEXT else "ib_amt")


def _block(page: Page, words: str) -> None:
    page.height(page.row, BLOCK)
    for place in range(1, len(WIDTHS) + 1):
        page.cells.fixed(f"{letter(place)}{page.row}", None, "ib_block")
    page.cells.fixed(f"A{page.row}", words, "ib_block")
    page.row += 1


def _places(page: Page, places: Sequence[Mapping[str, Line]], system: System, year: int) -> None:
    """Five rows a place: the bar of its box, the heads, the sale, the totals of the box, and air."""
    first = page.row
    for number, cells in enumerate(places):
        _place(page, cells, first + len(ROWS) * number, year)
    for number, cells in enumerate(places, 1):
        for step, row in enumerate(ROWS):
            page.height_of(page.row + step, height_slot(system, number, row, year))
        _write(page, cells, first=number == 1, year=year)
        page.row += len(ROWS)
    quiet_zero(page.sheet, f"E{first}:{LAST}{page.row - 1}", f"E{first}")


def _place(page: Page, cells: Mapping[str, Line], row: int, year: int) -> None:
    at = {"part": f"A{row}", "bar": f"B{row}", "goes": f"B{row + 3}"}
    at |= {key: f"{letter(place)}{row + 2}" for place, key in enumerate(COLUMNS, 1)}
    at |= {f"total {key}": f"{letter(COLUMNS.index(key) + 1)}{row + 3}" for key in SUMS}
    at |= {key: _beside(place, row + 2) for place, key in enumerate(BESIDE, 1)}
    for key, cell in at.items():
        page.cells.place(cells[key], year, cell)


def _write(page: Page, cells: Mapping[str, Line], *, first: bool, year: int) -> None:
    bar, heads, totals = (page.row + step for step in (0, 1, 3))
    here = page.cells.here
    for place, (head, style) in enumerate(HEADS, 1):
        page.cells.fixed(f"{letter(place)}{bar}", None, "ib_form_part")
        page.cells.fixed(f"{letter(place)}{heads}", head, style)
        page.cells.fixed(f"{letter(place)}{totals}", None, "ib_total")
    page.cells.fixed(f"A{totals}", "Totals", "ib_total_label")
    money = "ib_amt_usd" if first else "ib_amt"
    kinds = {Kind.MONEY: money, Kind.DAY: "ib_date"}
    looks = {"part": "ib_form_bar", "bar": "ib_form_part", "goes": "ib_total_goes", **dict.fromkeys(BESIDE, "ib_mid")}
    looks |= {f"total {key}": "ib_total" for key in SUMS} | STYLES
    for key, line in cells.items():
        at = here[line.leaf.sheet, line.leaf.line, year]
        page.cells.line(at, line, year, looks.get(key) or kinds[line.leaf.kind])


def _walk(page: Page, walk: Sequence[Line], year: int) -> None:
    _block(page, f"From these sales to Form 6251, {forms_of(year).called(Role.DISPOSITIONS)}")
    first = page.row
    for row, line in enumerate(walk, first):
        page.cells.place(line, year, f"{LAST}{row}")
    for row, line in enumerate(walk, first):
        result = line is walk[-1]
        page.height(row, RESULT if result else LINE)
        for place in range(1, len(WIDTHS)):
            page.cells.fixed(f"{letter(place)}{row}", None, "ib_result_label" if result else "ib_label")
        page.cells.fixed(f"A{row}", line.label, "ib_result_label" if result else "ib_label")
        page.merge(f"A{row}:{letter(len(WIDTHS) - 1)}{row}")
        amount = "ib_result_amt" if result else "ib_amt_usd" if row == first else "ib_amt"
        page.cells.line(f"{LAST}{row}", line, year, amount)
        if line.leaf.line == "other":
            page.height_of(row, other_slot(year))
    page.row = first + len(walk)
    ready = defined_name(page.book.shape.forms(year).find(Role.READY).leaf, year)
    quiet_zero(page.sheet, f"{LAST}{first}:{LAST}{page.row - 2}", f"{LAST}{first}")
    grey_when_not_ready(page.sheet, f"{LAST}{first}:{LAST}{page.row - 1}", page.book.refer(ready))
