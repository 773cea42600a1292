"""The head of a form's page as it is printed: form, title and year; name and number; in the margin the verdict."""

from __future__ import annotations

from typing import Final

from engine.language.expressions import join
from engine.language.form import FormCard

from ...contents.forms.page_words import reference_of, sentence
from ...drawing.colors import TAB_FORM
from ...drawing.layout import BOOK, Book
from ...drawing.page import CLIENT, HOME, Frame, Page

ROWS: Final = 5  # of the head; the last two are repeated on each printed page
_HEIGHTS: Final = (30.0, 17.0, 15.0, 12.0, 18.0)
_NOT_PRINTED: Final = (
    ("H", "Tick", "ib_head_mid"),
    ("I", "Rule in full", "ib_head_in"),
    ("J", "Authority", "ib_head_in"),
)


def form_frame(card: FormCard, year: int, widths: tuple[float, ...]) -> Frame:
    """A page of a scale of its own, because its pages are broken by hand."""
    return Frame(
        *(card.page.format(year=year), reference_of(card, year), f"{card.title} for {year}", widths, TAB_FORM),
        header_row=ROWS,
        freeze=f"A{ROWS + 1}",
        scale=95,
        own_top=True,
        title_rows="4:5",
    )


def begin_page(book: Book, card: FormCard, year: int, widths: tuple[float, ...]) -> Page:
    """A sheet with its head."""
    page = Page(book, form_frame(card, year, widths))
    for row, points in enumerate(_HEIGHTS, 1):
        page.height(row, points)
    _form_and_year(page, card, year)
    _name_and_number(page)
    for column, words, style in _NOT_PRINTED:
        page.cells.fixed(f"{column}{ROWS}", words, style)
    return page


def _form_and_year(page: Page, card: FormCard, year: int) -> None:
    fixed, number = page.cells.fixed, card.title.removeprefix("Form ")
    fixed("A1", "Form", "ib_form_word")
    fixed("B1", int(number) if number.isdigit() else number, "ib_form_number")
    fixed("A2", "For review,\nnot for filing", "ib_form_review")
    for cell in ("B2", "A3", "B3"):
        fixed(cell, None, "ib_form_review")
    fixed("C1", card.long_title or card.title, "ib_form_title")
    fixed("C2", None, "ib_form_title_rest")
    fixed("C3", f"Goes with Form 1040 for {year}", "ib_form_title_rest")
    fixed("D1", year, "ib_form_year")
    fixed("E1", None, "ib_form_year")
    for cell in ("D2", "E2", "E3"):
        fixed(cell, None, "ib_form_goes")
    fixed("D3", f"Attachment no. {card.attachment}" if card.attachment else None, "ib_form_goes")
    for cells in ("A2:B3", "C1:C2", "D1:E2", "D3:E3"):
        page.merge(cells)


def _name_and_number(page: Page) -> None:
    """The social security number is asked for on the form, and never stored here."""
    fixed = page.cells.fixed
    for column in "ABCE":
        fixed(f"{column}4", None, "ib_form_caption")
        fixed(f"{column}5", None, "ib_form_name")
    fixed("A4", "Name(s) shown on Form 1040", "ib_form_caption")
    fixed("D4", "Your social security number", "ib_form_caption_left")
    page.cells.expression("A5", join("", CLIENT).node, 0, (BOOK, "client_shown"), "ib_form_name")
    fixed("D5", "kept out of this file", "ib_form_ssn")
    page.merge("A5:C5")
    page.merge("D4:E4")
    page.merge("D5:E5")


def end_head(page: Page, card: FormCard, year: int, *, ahead: bool) -> None:
    """The margin of the head, whose sentences speak of lines that are placed before."""
    for cell, key, style in (("G1", "verdict", "ib_form_verdict"), ("G3", "state", "ib_form_src")):
        line = sentence(card, key, year, ahead)
        if line:
            page.cells.place(line, year, cell)
            page.cells.line(cell, line, year, style)
        else:
            page.cells.fixed(cell, _without(card, key, year, ahead=ahead), style)
    page.cells.fixed("G2", f"← {HOME}", "ib_form_src_link")
    page.link("G2", HOME)
    page.cells.fixed("G5", "Where it comes from", "ib_form_src_b")


def _without(card: FormCard, key: str, year: int, *, ahead: bool) -> str:
    """What stands in the margin of a form that has no such sentence."""
    told = "Prepared ahead" if ahead else f"{card.title} for {year}"
    return told if key == "verdict" else reference_of(card, year)
