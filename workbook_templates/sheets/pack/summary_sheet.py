"""Summary: one page that a client can read. What happened, what came back, what is left to do, and who signed."""

from __future__ import annotations

from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.language.expressions import Text, join
from engine.language.form import Standing
from engine.language.nodes import Kind, Leaf

from ...contents.binding import PACK_PAGES
from ...contents.open_items import TITLE as ITEMS_TITLE
from ...drawing.charts import Bars, stacked_chart
from ...drawing.colors import INK, NAVY, SKY, TAB_NAVY, WHITE
from ...drawing.layout import BOOK, SHARED, Book, CellRange, Shape, letter
from ...drawing.page import CLIENT, HOME, Frame, Page
from ...drawing.rules import item_chip, link_unless, open_year, quiet_zero, still_to_type
from ...letter import LETTER
from ...letter import letter as written
from ...letter.summary_rows import CHART_ROWS, HAPPENED, ITEMS, NO_LINK, NO_SALES, NOT_NEEDED, SHEETS, WIDTHS
from ...letter.writing import years_between
from ..inputs_sheet import dates_only
from ..year_sheets import WORKINGS

FIGURES: Final = (("AMT", "AMT label", ""), ("used", "Credit used", ""), ("left", "Credit left", "_tinted"))
SIGNERS: Final = ("Prepared by", "Reviewed by", "Partner")
LAST: Final = letter(len(WIDTHS))
BESIDE: Final = len(WIDTHS) + 2  # the column of what is not printed
SERIES: Final = (  # of the chart: name, where its figure of a year stands, fill, color of the figures in it
    ("Came back so far", "letter.{} bar back", NAVY, WHITE),
    ("Still to come back", "letter.{} bar left", SKY, INK),
)
WHAT_HAPPENED: Final = "What happened, and what to do"
BY_YEAR: Final = "Year by year"
ALT: Final = "Stacked columns by year: what came back so far, and what is still to come back"
PREPARERS: Final = "What follows is the preparer's file: Inputs, the other years, Work, Checks."


def draw_summary(book: Book) -> None:
    """From the verdict to the sign-off; rows that do not apply have no height."""
    frame = Frame(HOME, "A", HOME, WIDTHS, TAB_NAVY, header_row=0, one_page=True, own_top=True, title_rows="-")
    page = Page(book, frame)
    _top(page)
    _figures(page)
    _happened(page)
    _chart(page)
    _open_items(page)
    _years(page)
    _links(page)
    _sign_off(page)
    page.close()


def _top(page: Page) -> None:
    for row, points in ((1, 32), (2, 15), (3, 22)):
        page.height(row, points)
    page.cells.expression("A1", join(CLIENT, "").node, 0, (LETTER, "client_name"), "ib_name")
    for row, name in ((1, "firm"), (2, "letter_date")):
        words = join(Text(Leaf(SHARED, name, kind=Kind.TEXT)), "")
        page.cells.expression(f"{LAST}{row}", words.node, 0, (LETTER, name), "ib_from")
    page.cells.fixed("A2", subject_of(page.book.shape), "ib_sub")
    _across(page, 3, "ib_verdict")
    _line(page, "A3", "verdict", "ib_verdict")
    at = letter(BESIDE)
    page.cells.typed(f"{at}1", (BOOK, PACK_PAGES), "ib_sub")
    page.cells.fixed(f"{at}2", PREPARERS, "ib_sub")
    page.row = 4


def subject_of(shape: Shape) -> str:
    """What the book is about, and its years."""
    span = f"tax year{'s' if shape.first < shape.last else ''} {years_between(shape.first, shape.last)}"
    return f"Incentive stock options (ISOs) and the alternative minimum tax (AMT)  ·  {span}"


def _line(page: Page, cell: str, key: str, style: str) -> None:
    """A line of the letter's form, by its name."""
    line, last = written(page.book.shape).writer.form.find(key), page.book.shape.last
    page.cells.expression(cell, line.leaf, last, (LETTER, line.key), style)


def _across(page: Page, row: int, style: str, first: int = 1) -> None:
    for column in range(first, len(WIDTHS) + 1):
        page.cells.fixed(f"{letter(column)}{row}", None, style)


def _heading(page: Page, right: str = "") -> None:
    """The rule and the height of a heading; whoever asks for it writes its words into A."""
    page.height(page.row, 22)
    _across(page, page.row, "ib_h2")
    if right:
        page.cells.fixed(f"{LAST}{page.row}", f"{right} →", "ib_link_h2")
        page.link(f"{LAST}{page.row}", ITEMS_TITLE)


def _figures(page: Page) -> None:
    """Label, figure, what it means."""
    for key, label, tint in FIGURES:
        page.height(page.row, 36)
        _across(page, page.row, f"ib_large_text{tint}")
        if key == "AMT":
            _line(page, f"A{page.row}", label, f"ib_large_label{tint}")
        else:
            page.cells.fixed(f"A{page.row}", label, f"ib_large_label{tint}")
        _line(page, f"B{page.row}", f"{key} figure", f"ib_large{tint}")
        _line(page, f"C{page.row}", f"{key} means", f"ib_large_text{tint}")
        page.sheet.merge_cells(f"C{page.row}:{LAST}{page.row}")
        page.row += 1


def _happened(page: Page) -> None:
    _heading(page)
    page.cells.fixed(f"A{page.row}", WHAT_HAPPENED, "ib_h2")
    page.row += 1
    for key, label in HAPPENED.items():
        page.height(page.row, page.book.slots.number((LETTER, f"height {key}")))
        _across(page, page.row, "ib_answer")
        if label.endswith("label"):
            _line(page, f"A{page.row}", label, "ib_happened")
        else:
            page.cells.fixed(f"A{page.row}", label, "ib_happened")
        _line(page, f"B{page.row}", key, "ib_answer")
        page.sheet.merge_cells(f"B{page.row}:{LAST}{page.row}")
        page.row += 1


def _chart(page: Page) -> None:
    """What came back and what is left, a column per year; without AMT the rows, and the chart with them, are hidden."""
    years, last = list(page.book.shape.years), page.book.shape.last
    _heading(page)
    page.height(page.row, page.book.slots.number((LETTER, "height chart heading")))
    _line(page, f"A{page.row}", "chart head", "ib_h2")
    top = page.row = page.row + 1
    for row in range(top, top + CHART_ROWS):
        page.height(row, page.book.slots.number((LETTER, "height chart")))
    first, end = letter(BESIDE + 1), letter(BESIDE + len(years))
    page.sheet.column_dimensions[letter(BESIDE)].width = 20.0
    series: list[Bars] = []
    for row, (name, key, fill, ink) in enumerate(SERIES, top + 1):
        page.cells.fixed(f"{letter(BESIDE)}{row}", name, "ib_sub")
        slots = [(LETTER, key.format(year)) for year in years]
        for place, year in enumerate(years):
            bar = Leaf(LETTER, key.format(year).removeprefix("letter."))
            page.cells.expression(f"{letter(BESIDE + 1 + place)}{row}", bar, last, slots[place], "ib_chart_data")
        cells = f"{first}{row}:{end}{row}"
        series.append(Bars(name, fill, NAVY, cells, slots, ink, f"{letter(BESIDE)}{row}"))
    for place, year in enumerate(years):
        page.cells.fixed(f"{letter(BESIDE + 1 + place)}{top}", year, "ib_sub")
    heads = CellRange(page.sheet.title, f"{first}{top}:{end}{top}")
    stacked_chart(page, (top, CHART_ROWS), heads, years, series)
    page.book.rows.chart(ALT)
    page.row = top + CHART_ROWS


def _open_items(page: Page) -> None:
    """The items that press most; the words are those of the build."""
    _heading(page, "All open items")
    page.cells.typed(f"A{page.row}", (LETTER, "open items head"), "ib_h2")
    page.row += 1
    first = page.row
    for place in range(ITEMS):
        page.height(page.row, page.book.slots.number((LETTER, f"height open {place}")))
        _across(page, page.row, "ib_large_text")
        page.cells.typed(f"A{page.row}", (LETTER, f"open state {place}"), "ib_chip")
        page.cells.typed(f"B{page.row}", (LETTER, f"open what {place}"), "ib_why_10")
        page.sheet.merge_cells(f"B{page.row}:{LAST}{page.row}")
        page.row += 1
    item_chip(page.sheet, f"A{first}:A{page.row - 1}", f"$A{first}")


def _years(page: Page) -> None:
    """Newest first, with a link to each sheet of the year."""
    _heading(page)
    page.cells.fixed(f"A{page.row}", BY_YEAR, "ib_h2")
    page.row += 1
    filed = list(FEDERAL.standing(Standing.FILED))
    heads = [("Tax year", "ib_head"), ("AMT", "ib_head_num"), ("Credit used", "ib_head_num")]
    heads += [(card.title, "ib_head_mid") for card in filed] + [("Form 8949", "ib_head_mid"), ("Work", "ib_head_mid")]
    page.height(page.row, 17)
    for place, (head, style) in enumerate(heads, 1):
        page.cells.fixed(f"{letter(place)}{page.row}", head, style)
    page.row += 1
    first = page.row
    for year in reversed(page.book.shape.years):
        _year(page, year, [card.page.format(year=year) for card in filed], newest=page.row == first)
    open_year(page.sheet, f"A{first}:A{page.row - 1}", f'RIGHT($A{first},5)<>"filed"')
    quiet_zero(page.sheet, f"B{first}:C{page.row - 1}", f"B{first}")
    link_unless(page.sheet, f"D{first}:{LAST}{page.row - 1}", f"D{first}", (NOT_NEEDED, NO_SALES))
    page.height(page.row, 17)
    _across(page, page.row, "ib_total")
    page.cells.fixed(f"A{page.row}", "Total", "ib_total_label")
    for column, key in (("B", "AMT figure"), ("C", "used figure")):
        _line(page, f"{column}{page.row}", key, "ib_total")
    page.row += 1


def _year(page: Page, year: int, forms: list[str], *, newest: bool) -> None:
    page.height(page.row, 15.5)
    _line(page, f"A{page.row}", f"{year} told", "ib_year_told")
    for column, key in (("B", "AMT"), ("C", "used")):
        _line(page, f"{column}{page.row}", f"{year} {key} shown", "ib_amt_usd" if newest else "ib_amt")
    sales = f"8949 {year}"
    for place, title in enumerate([*forms, sales, WORKINGS.page.format(year=year)], 4):
        cell = f"{letter(place)}{page.row}"
        if title == sales and year not in page.book.shape.sale_years:
            page.cells.fixed(cell, NO_SALES, "ib_to_sheet")
            continue
        if title in forms:
            page.cells.typed(cell, (LETTER, title), "ib_to_sheet")
        else:
            page.cells.fixed(cell, title, "ib_to_sheet")
        page.link(cell, title)
    page.row += 1


def _links(page: Page) -> None:
    page.height(page.row, 20)
    for place, title in enumerate(SHEETS, 1):
        cell = f"{letter(place)}{page.row}"
        page.cells.typed(cell, (LETTER, f"link {title}"), "ib_link_left" if place == 1 else "ib_to_sheet")
        page.link(cell, title)
    last = f"{letter(len(SHEETS))}{page.row}"
    link_unless(page.sheet, f"B{page.row}:{last}", f"B{page.row}", tuple(NO_LINK.values()))
    page.cells.fixed(f"{LAST}{page.row}", "All sheets", "ib_link")
    page.link(f"{LAST}{page.row}", "Contents")
    page.row += 1


def _sign_off(page: Page) -> None:
    _heading(page)
    page.cells.fixed(f"A{page.row}", "Sign-off", "ib_h2")
    page.row += 1
    first = page.row
    for role in SIGNERS:
        page.height(page.row, 17)
        page.cells.fixed(f"A{page.row}", role, "ib_signer_role")
        _across(page, page.row, "ib_signer_rest", first=2)
        for column in "BE":
            page.cells.fixed(f"{column}{page.row}", None, "ib_in_signer")
        page.cells.fixed(f"{LAST}{page.row}", None, "ib_in_signed_on")
        page.sheet.merge_cells(f"B{page.row}:D{page.row}")
        page.sheet.merge_cells(f"E{page.row}:F{page.row}")
        dates_only(page, f"{LAST}{page.row}")
        page.row += 1
    still_to_type(page.sheet, f"B{first}:{LAST}{page.row - 1}", "TRUE")
    page.height(page.row, 12)
    for column, words in (("B", "name"), ("E", "initials"), (LAST, "date")):
        page.cells.fixed(f"{column}{page.row}", words, "ib_caption")
    page.row += 1
