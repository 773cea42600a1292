"""Credit ledger: the credit rolled forward, which year's AMT it came from, and the way from gains to line 2k."""

from __future__ import annotations

from typing import Final

from ..contents.book_summary import book_summary
from ..contents.credit_origins import BROUGHT_IN, origins
from ..contents.year_summary import LINE_2K, year_summary
from ..drawing.layout import Book, defined_name, letter
from ..drawing.page import LINE, RESULT, Frame, Page
from ..drawing.styles import TAB_LEDGER, grey_when_not_ready, quiet_zero

ROLL: Final = ("opening", "made", "available", "used", "closing")
NOTE: Final = (
    "The credit never expires, and AMT of a year is first usable in the next one (IRC 53(b), (c)). Which year's AMT a "
    "used credit came from is shown oldest first: our way of showing it, not a rule of law. AMT on exclusion items "
    "(standard deduction, taxes, private activity bond interest and the like) makes no credit (IRC 53(d)(1)(B)(ii))."
)


def draw_ledger(book: Book) -> None:
    """Each year has a column for its figures and a narrow one for the arrows."""
    years = list(book.shape.years)
    widths = (40.0, *(width for _ in years for width in (14.0, 4.0)), 14.0, 34.0)
    page = Page(book, Frame("Credit ledger", "H", "Credit ledger", widths, TAB_LEDGER, landscape=True, freeze="B5"))
    arrows = [("", "ib_head")]
    heads: list[tuple[str | int, str]] = [("US dollars", "ib_head")]
    for year in years:
        heads += [(year, "ib_head_num"), *arrows]
    page.header([*heads, ("Still to use", "ib_head_num"), ("Where it comes from", "ib_head_in")])
    _roll(page, years)
    _by_origin(page, years)
    _losses(page, years)
    for column, year in enumerate(years):
        known = f"AND({page.book.refer(f'year_{year}_ready')},{page.book.refer(f'year_{year}_final')})"
        grey_when_not_ready(page.sheet, f"{_at(column)}5:{_at(column)}{page.row - 1}", known)
    page.note(NOTE)
    page.say(book_summary(book.shape)[0].find("ledger"), book.shape.last)
    last = page.row - 1
    _workings(page)
    page.close(last)


def _at(place: int) -> str:
    """The column of a year's figures."""
    return letter(2 + 2 * place)


def _told(years: list[int]) -> str:
    return letter(3 + 2 * len(years))


def _describe(page: Page, years: list[int], label: str, words: str, result: bool = False) -> None:
    page.height(page.row, RESULT if result else LINE)
    for column in range(1, len(page.frame.widths) + 1):
        page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_result_src" if result else "ib_label")
    page.cells.fixed(f"A{page.row}", label, "ib_result_label" if result else "ib_label")
    page.cells.fixed(f"{_told(years)}{page.row}", words or None, "ib_result_src" if result else "ib_cite")


def _roll(page: Page, years: list[int]) -> None:
    page.band("The credit, rolled forward")
    shape = page.book.shape
    rows: dict[str, int] = {}
    for place, name in enumerate(ROLL):
        rows[name] = page.row + place
        for column, year in enumerate(years):
            page.cells.place(shape.forms(year)["ledger"].find(name), year, f"{_at(column)}{rows[name]}")
    for name in rows:
        line = shape.forms(years[-1])["ledger"].find(name)
        result = name == "closing"
        _describe(page, years, line.label, line.source, result)
        for column, year in enumerate(years):
            style = "ib_result_amt" if result else "ib_total" if name == "available" else "ib_amt_link"
            page.cells.line(f"{_at(column)}{page.row}", shape.forms(year)["ledger"].find(name), year, style)
        _arrow(page, name, len(years))
        page.row += 1
    _still(page, years)
    first = rows["opening"]
    for column in range(len(years)):
        quiet_zero(page.sheet, f"{_at(column)}{first}:{_at(column)}{rows['used']}", f"{_at(column)}{first}")


def _arrow(page: Page, name: str, years: int) -> None:
    """From what is carried out up to what is carried in of the next year."""
    sign = {"closing": "↑", "opening": "→"}.get(name)
    for column in range(years - 1):
        page.cells.fixed(f"{letter(3 + 2 * column)}{page.row}", sign, "ib_arrow")


def _still(page: Page, years: list[int]) -> None:
    """With what the year's AMT will give on next year's form, which is what the client owns at year end."""
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    for key, label, words in (
        ("amt", "AMT of the year", "6251 line 11"),
        ("excluded", "Of it, on exclusion items: makes no credit", "8801 line 17 of the next year"),
        ("still", "Credit still to use at year end", "8801 line 26, and line 18 of the next year"),
    ):
        _describe(page, years, label, words, key == "still")
        for column, year in enumerate(years):
            cell = f"{_at(column)}{page.row}"
            if key == "amt":
                line = page.book.shape.forms(year)["ledger"].find("amt")
                page.cells.place(line, year, cell)
                page.cells.line(cell, line, year, "ib_amt_link")
            else:
                line = form.find(f"{key} {year}")
                page.cells.place(line, last, cell)
                page.cells.line(cell, line, last, "ib_result_amt" if key == "still" else "ib_amt")
        page.row += 1


def _by_origin(page: Page, years: list[int]) -> None:
    shape, form = page.book.shape, book_summary(page.book.shape)[0]
    page.band("Which year's AMT was used when", "oldest first", 2)
    first = page.row
    for origin in origins(shape):
        made, left = form.find(f"made {origin}"), form.find(f"left {origin}")
        label = made.label if origin == BROUGHT_IN else f"{made.label}: credit made"
        _describe(page, years, label, "Made, by year used, and still to use")
        for column, year in enumerate(years):
            cell, name = f"{_at(column)}{page.row}", f"{origin} in {year}"
            if any(line.leaf.line == name for line in form.lines):
                page.cells.place(form.find(name), shape.last, cell)
        page.cells.place(left, shape.last, f"{letter(2 + 2 * len(years))}{page.row}")
        page.row += 1
    for row, origin in enumerate(origins(shape), first):
        for column, year in enumerate(years):
            name = f"{origin} in {year}"
            if any(line.leaf.line == name for line in form.lines):
                page.cells.line(f"{_at(column)}{row}", form.find(name), shape.last, "ib_amt")
        still = f"{letter(2 + 2 * len(years))}{row}"
        page.cells.line(still, form.find(f"left {origin}"), shape.last, "ib_total")
    end = letter(2 + 2 * len(years))
    quiet_zero(page.sheet, f"B{first}:{end}{page.row - 1}", f"B{first}")


def _losses(page: Page, years: list[int]) -> None:
    page.band("From gains to line 2k")
    first = page.row
    for key, label, how, result in LINE_2K:
        _describe(page, years, label, how, result)
        for column, year in enumerate(years):
            line, cell = year_summary(year).find(key), f"{_at(column)}{page.row}"
            page.cells.place(line, year, cell)
            page.cells.line(cell, line, year, "ib_result_amt" if result else "ib_amt_link")
        page.row += 1
    quiet_zero(page.sheet, f"B{first}:{_at(len(years) - 1)}{page.row - 2}", f"B{first}")


def _workings(page: Page) -> None:
    """The roll-forward with its floor, and the steps of the allocation, below the printed page."""
    page.row += 1
    page.band("Workings, not printed")
    years = list(page.book.shape.years)
    for name in ("lost", "kept", "rolled"):
        for column, year in enumerate(years):
            page.cells.place(page.book.shape.forms(year)["ledger"].find(name), year, f"{_at(column)}{page.row}")
        page.row += 1
    page.row -= 3
    for name in ("lost", "kept", "rolled"):
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", page.book.shape.forms(years[0])["ledger"].find(name).label, "ib_label")
        for column, year in enumerate(years):
            line = page.book.shape.forms(year)["ledger"].find(name)
            page.cells.line(f"{_at(column)}{page.row}", line, year, "ib_amt")
        page.row += 1
    _allocation(page)


def _allocation(page: Page) -> None:
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    starts = ("made ", "spent ", "open ", "wanted ", "away ", "gone ", "with new ", "used ", "amt ")
    elsewhere = ("amt all", "used all", "amt gains", "open checks")  # on Checks
    lines = [line for line in form.lines if line.leaf.line.startswith(starts) and line.leaf.line not in elsewhere]
    lines = [line for line in lines if defined_name(line.leaf, last) not in page.book.names]
    for place, line in enumerate(lines):
        page.cells.place(line, last, f"B{page.row + place}")
    for line in lines:
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", line.label, "ib_label")
        page.cells.line(f"B{page.row}", line, last, "ib_amt")
        page.row += 1
