"""About & sign-off: index, sign-off, how to read the file, tick marks, what is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.ledger import LEDGER
from engine.federal.years import forms_of
from engine.language.form import FormCard, Standing
from engine.language.lines import Line
from engine.language.roles import Role

from ..contents.book_summary import book_summary
from ..contents.forms.page_words import reference_of
from ..contents.open_items import ITEMS
from ..contents.open_items import TITLE as ITEMS_TITLE
from ..contents.year_summary import year_summary
from ..drawing.colors import TAB_NAVY
from ..drawing.layout import BOOK, Book, Shape
from ..drawing.page import BAND, HOME, Frame, Page
from ..drawing.rules import needs_marker, state_chip
from .inputs_sheet import dates_only
from .records.form_8949_sheet import code_of, title_of
from .records.w2_sheet import TITLE as W2_TITLE
from .year_sheets import GAINS, WORKINGS

WIDTHS: Final = (22.0, 62.0, 13.0, 22.0)
ONE_PAGE: Final = 5  # years up to which the index and all else fit a page
SIGN_OFF: Final = ("Prepared by", "Reviewed by", "Partner")
LEGEND: Final = (
    (12345, "ib_in_amt", "You may type here: blue on pale yellow. Empty and yellow means not known yet."),
    (12345, "ib_amt", "Computed on this sheet: black, locked. Change an input and it follows."),
    (12345, "ib_amt_link", "Comes from another sheet: green; the source beside it is a link."),
    (12345, "ib_total", "A total: bold under a thin rule."),
    (12345, "ib_result_amt", "A result that goes to the return: bold, tinted, double rule."),
    (0, "ib_amt", "Zero. Printed quiet, so that the figures that matter stand out."),
    ("needs wages", "ib_amt", "An input is missing; the message names the first one that is needed."),
    ("P  provisional", "ib_prov", "Rests on a draft form or on law whose text is still to be confirmed."),
)
TICKS: Final = (
    ("PBC", "Provided by the client: agree it with the document named"),
    ("Rx", "Recalculated a second way, on Checks"),
    ("P", "Provisional"),
)
NOT_COVERED: Final = (
    "State minimum taxes, net investment income tax, Additional Medicare Tax, trusts and estates, {and_}"
    "Form 2555{limit}."
)
BLANKS: Final = (
    "What was left blank and taken as none is listed below the table of Open items; what is missing, assumed or not "
    "final stands in it. Figures, not advice."
)
HIDDEN: Final = (
    "One sheet is hidden: As received keeps the client's own records as they came in, so that isobook can read this "
    "file back after it was edited. Nothing is computed from it."
)
NO_GRANTS: Final = ", and the $100,000 limit on options first exercisable in a year, for which no grants are on record"


def draw_about(book: Book) -> None:
    """The first sheet; its index leads to all the others."""
    shape = book.shape
    span = f"{shape.first}–{shape.last}" if shape.first < shape.last else str(shape.last)
    few = len(shape.years) <= ONE_PAGE
    heading = f"Incentive stock options and the AMT, {span}"
    page = Page(book, Frame(HOME, "A", heading, WIDTHS, TAB_NAVY, one_page=few))
    conclusion = book_summary(shape)[0].find("conclusion")
    page.cells.expression("A3", conclusion.leaf, shape.last, (BOOK, conclusion.key), "ib_say")
    page.header(
        [("Sheet", "ib_head"), ("What it answers", "ib_head"), ("Ref", "ib_head_mid"), ("State", "ib_head_mid")]
    )
    first = page.row
    for title, answers, code, state, year in _index(book):
        _index_row(page, title, answers, code, state, year)
    state_chip(page.sheet, f"D{first}:D{page.row - 1}", f"D{first}")
    _sign_off(page)
    _legend(page)
    page.heading("Not covered")
    page.note(not_covered(shape))
    page.note(HIDDEN)
    page.close()


def not_covered(shape: Shape) -> str:
    """What is left out, and where it says what was taken for a blank."""
    return f"{left_out(shape)} {BLANKS}"


def left_out(shape: Shape) -> str:
    """What is left out; the $100,000 limit only where there are no grants to compute it from."""
    limited = bool(shape.grant_rows)
    return NOT_COVERED.format(and_="and " if limited else "", limit="" if limited else NO_GRANTS)


IndexRow = tuple[str, str, str, Line | None, int]  # title, what it answers, reference, state, year of the state


def _index(book: Book) -> Iterator[IndexRow]:
    checks, last = book_summary(book.shape)[0].find("checks"), book.shape.last
    yield "Lead sheet", "Every figure that reaches a return, one line each, by year", "B", None, last
    yield ITEMS_TITLE, "What is missing, assumed or not final, and whom to ask for it", "C", None, last
    yield "Inputs", "What was typed in, by year, and where on the return to find it", "N", None, last
    if book.shape.w2_rows:
        yield W2_TITLE, "Do the Forms W-2 tie to wages, and to the income of options and stock?", "N-1", None, last
    yield "Exercises", "Forms 3921 and 3922, RSU, NSO: adjustment, both bases, first qualifying day", "D", None, last
    if book.shape.grant_rows:
        yield (
            "Grants",
            "The $100,000 limit: which options are ISOs, by the year they become exercisable",
            "D-1",
            None,
            last,
        )
    yield "Sales", "Each sale twice: regular tax beside AMT", "E", None, last
    filed = FEDERAL.standing(Standing.FILED)
    for year in book.shape.years:
        for card in (GAINS, WORKINGS, *filed):
            yield _of_card(card, card.answers, year, year)
            if card is GAINS and year in book.shape.sale_years:
                yield title_of(year), f"The sales of {year} as filed, and with AMT basis", code_of(year), None, last
    for card in (card for card in filed if card.runs_ahead):
        yield _of_card(card, card.answers_ahead, last + 1, last)
    yield LEDGER.page, "Where each dollar of credit came from and where it went", "H", None, last
    yield "Plan", "What if more options are exercised before year end?", "J", None, last
    yield "Memo", "The years in words, and the questions that clients ask", "K", None, last
    yield "Parameters", "The figures of the law, by year and filing status, with sources", "L", None, last
    yield "Checks", "Does everything tie out?", "M", checks, last


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
    page.row += 1


def _sign_off(page: Page) -> None:
    page.heading("Client and sign-off")
    for place, (head, style) in enumerate(
        (("Role", "ib_head"), ("Name", "ib_head_in"), ("Initials", "ib_head_mid"), ("Date", "ib_head_mid"))
    ):
        page.cells.fixed(f"{'ABCD'[place]}{page.row}", head, style)
    page.height(page.row, BAND)
    page.row += 1
    for role in ("Client", *SIGN_OFF):
        page.height(page.row, 19)
        page.cells.fixed(f"A{page.row}", role, "ib_label")
        if role == "Client":
            page.cells.typed(f"B{page.row}", (BOOK, "client"), "ib_in_text")
            page.book.name("client_name", page.sheet, f"B{page.row}")
            for column in "CD":
                page.cells.fixed(f"{column}{page.row}", None, "ib_text")
        else:
            for column, style in (("B", "ib_in_text"), ("C", "ib_in_text"), ("D", "ib_in_date")):
                page.cells.fixed(f"{column}{page.row}", None, style)
            dates_only(page, f"D{page.row}")
        page.row += 1


def _legend(page: Page) -> None:
    page.heading("How to read it")
    first = page.row
    for sample, style, words in LEGEND:
        page.height(page.row, 19)
        page.cells.fixed(f"A{page.row}", sample, style)
        page.cells.fixed(f"B{page.row}", words, "ib_src")
        page.row += 1
    needs_marker(page.sheet, f"A{first}:A{page.row - 1}", f"A{first}")
    page.heading("Tick marks")
    for mark, words in TICKS:
        page.height(page.row, 16)
        page.cells.fixed(f"A{page.row}", mark, "ib_mark")
        page.cells.fixed(f"B{page.row}", words, "ib_src")
        page.row += 1
