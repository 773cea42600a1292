"""Contents: all sheets with their state, how to read the file, tick marks, what is hidden, what is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.ledger import LEDGER
from engine.federal.years import forms_of
from engine.language.form import FormCard, Standing
from engine.language.lines import Line
from engine.language.roles import Role

from ..contents.binding import HIDDEN_HEIGHT, HIDDEN_TOLD, WIDTHS, part_key
from ..contents.book_summary import book_summary
from ..contents.forms.page_words import reference_of
from ..contents.on_file import left_out
from ..contents.open_items import ITEMS
from ..contents.open_items import TITLE as ITEMS_TITLE
from ..contents.year_summary import year_summary
from ..drawing.colors import TAB_SUPPORT
from ..drawing.layout import BOOK, Book
from ..drawing.page import BAND, HOME, Frame, Page
from ..drawing.rules import needs_marker, state_chip
from .inputs_sheet import PBC, PROVIDED
from .records.form_8949_sheet import code_of, title_of
from .records.w2_sheet import TITLE as W2_TITLE
from .year_sheets import GAINS, WORKINGS

TITLE: Final = "Contents"
ONE_PAGE: Final = 4  # years up to which the list and all else fit a page
LEGEND: Final = (
    (12345, "ib_in_amt", "You may type here: blue on a pale fill. A needed cell that is empty turns deep yellow."),
    (12345, "ib_amt", "Computed on this sheet: black, locked. Change an entry and it follows."),
    (12345, "ib_amt_link", "Comes from another sheet: green; the source beside it is a link."),
    (12345, "ib_total", "A total: bold under a thin rule."),
    (12345, "ib_result_amt", "A result that goes to the return: bold, tinted, double rule."),
    (0, "ib_amt", "Zero. Printed quiet, so that the figures that matter stand out."),
    ("needs wages", "ib_amt", "An entry is missing; the message names the first one that is needed."),
    ("P  provisional", "ib_prov", "Rests on a draft form or on law whose text is still to be confirmed."),
)
TICKS: Final = (
    (PBC, PROVIDED),
    ("Rx", "Recalculated a second way, on Checks"),
    ("P", "Provisional"),
)
ADVICE: Final = (
    "What was left blank and taken as none is listed below the table of Open items; what is missing, assumed or not "
    "final stands in it. This is not tax advice."
)


def draw_contents(book: Book) -> None:
    """The list leads to all the other sheets."""
    few = len(book.shape.years) <= ONE_PAGE
    page = Page(book, Frame(TITLE, "O", TITLE, WIDTHS, TAB_SUPPORT, one_page=few, freeze="A5"))
    conclusion = book_summary(book.shape)[0].find("conclusion")
    page.cells.expression("A3", conclusion.leaf, book.shape.last, (BOOK, conclusion.key), "ib_say")
    mid = "ib_head_mid"
    page.header([("Sheet", "ib_head"), ("What it answers", "ib_head"), ("Ref", mid), ("State", mid), ("Part", mid)])
    first = page.row
    for row in _index(book):
        _index_row(page, *row)
    state_chip(page.sheet, f"D{first}:D{page.row - 1}", f"D{first}")
    _hidden(page)
    _legend(page)
    page.heading("Not covered")
    page.note(f"{left_out(book.shape)} {ADVICE}")
    page.close()


IndexRow = tuple[str, str, str, Line | None, int]  # title, what it answers, reference, state, year of the state


def _index(book: Book) -> Iterator[IndexRow]:
    checks, last = book_summary(book.shape)[0].find("checks"), book.shape.last
    yield HOME, "One page: what happened, what came back, what is left to do", "A", None, last
    yield "Letter", "The same for the client, in words", "K", None, last
    yield "Lead sheet", "Every figure that reaches a return, one line each, by year", "B", None, last
    yield "Plan", "What would exercising more before year-end cost?", "J", None, last
    yield ITEMS_TITLE, "What is missing, assumed or not final, and whom to ask for it", "C", None, last
    yield "Exercises", "Forms 3921 and 3922, RSU, NSO: adjustment, both bases, first qualifying day", "D", None, last
    yield "Sales", "Each sale twice: regular tax beside AMT", "E", None, last
    yield LEDGER.page, "Where each dollar of credit came from and where it went", "H", None, last
    yield "Inputs", "What was typed in, by year, and where on the return to find it", "N", None, last
    if book.shape.w2_rows:
        yield W2_TITLE, "Do the Forms W-2 tie to wages, and to the income of options and stock?", "N-1", None, last
    yield from _of_years(book)
    if book.shape.grant_rows:
        what = "The $100,000 limit: which options are ISOs, by the year they become exercisable"
        yield "Grants", what, "D-1", None, last
    yield "Questions", "What clients ask, answered with their own figures", "Q", None, last
    yield "Parameters", "The figures of the law, by year and filing status, with sources", "L", None, last
    yield "Checks", "Does everything tie out?", "M", checks, last


def _of_years(book: Book) -> Iterator[IndexRow]:
    """The sheets of each year, from the newest; first the forms that are prepared for the year after the last."""
    filed, last = FEDERAL.standing(Standing.FILED), book.shape.last
    for card in (card for card in filed if card.runs_ahead):
        yield _of_card(card, card.answers_ahead, last + 1, last)
    for year in reversed(book.shape.years):
        for card in filed:
            yield _of_card(card, card.answers, year, year)
        if year in book.shape.sale_years:
            yield title_of(year), f"The sales of {year} as filed, and with AMT basis", code_of(year), None, last
        for card in (GAINS, WORKINGS):
            yield _of_card(card, card.answers, year, year)


def _of_card(card: FormCard, answers: str, of: int, year: int) -> IndexRow:
    """A sheet of a year; the form of the minimum tax tells whether the year is ready."""
    owes = forms_of(year).find(Role.MINIMUM_TAX).leaf.sheet == card.name
    state = year_summary(year).find("form_state") if owes else None
    return card.page.format(year=of), answers.format(year=of), reference_of(card, of), state, year


def _index_row(page: Page, title: str, answers: str, code: str, state: Line | None, year: int) -> None:
    page.height(page.row, BAND)
    page.cells.fixed(f"A{page.row}", title, "ib_src_link")
    page.link(f"A{page.row}", title)
    page.cells.fixed(f"B{page.row}", answers, "ib_text")
    page.cells.fixed(f"C{page.row}", code, "ib_mid")
    if title == ITEMS_TITLE:
        page.cells.typed(f"D{page.row}", (ITEMS, "stands"), "ib_check")
    elif state is None:
        page.cells.fixed(f"D{page.row}", None, "ib_check")
    elif state.leaf.sheet == BOOK:
        page.cells.expression(f"D{page.row}", state.leaf, year, (BOOK, state.key), "ib_check")
    else:
        page.cells.place(state, year, f"D{page.row}")
        page.cells.line(f"D{page.row}", state, year, "ib_check")
    page.cells.typed(f"E{page.row}", (BOOK, part_key(title)), "ib_cite")
    page.row += 1


def _hidden(page: Page) -> None:
    """Which sheets are hidden, why, and what brings each to life; the words are those of the build."""
    page.heading("Hidden sheets: right-click a sheet tab and choose Unhide to see one")
    page.sheet.merge_cells(f"A{page.row}:{page.last_letter}{page.row}")
    page.cells.typed(f"A{page.row}", (BOOK, HIDDEN_TOLD), "ib_note")
    page.height(page.row, page.book.slots.number((BOOK, HIDDEN_HEIGHT)))
    page.row += 1


def _legend(page: Page) -> None:
    page.heading("How to read it")
    first = page.row
    for sample, style, words in LEGEND:
        page.height(page.row, 19)
        page.cells.fixed(f"A{page.row}", sample, style)
        page.cells.fixed(f"B{page.row}", words, "ib_src_over")
        page.row += 1
    needs_marker(page.sheet, f"A{first}:A{page.row - 1}", f"A{first}")
    page.heading("Tick marks")
    for mark, words in TICKS:
        page.height(page.row, 16)
        page.cells.fixed(f"A{page.row}", mark, "ib_mark")
        page.cells.fixed(f"B{page.row}", words, "ib_src_over")
        page.row += 1
