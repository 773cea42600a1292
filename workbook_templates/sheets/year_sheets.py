"""The sheets of one year: Gains, Workings, and each form that is filed, drawn from its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.form_1040 import FORM_1040
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.language.form import Form, FormCard, Part
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.roles import Role
from engine.systems import REGULAR

from ..contents.forms.page_words import reference_of
from ..contents.year_summary import beside, difference_of, year_summary
from ..drawing.colors import TAB_FORM
from ..drawing.layout import Book, defined_name
from ..drawing.page import LINE, Frame, Page
from ..drawing.rules import grey_when_not_ready, quiet_zero
from .form_sheet import HEADS, WIDTHS, Band, draw, first_amount

GAINS: Final = SCHEDULE_D[REGULAR]  # the first form of each of the two sheets that show several forms
WORKINGS: Final = FORM_1040


def frame_of(card: FormCard, year: int, heading: str, widths: tuple[float, ...] = WIDTHS, freeze: str = "B5") -> Frame:
    """The frame of a sheet of a year: its title and its reference are those of its first form."""
    return Frame(card.page.format(year=year), reference_of(card, year), heading, widths, TAB_FORM, freeze=freeze)


def _bands(parts: Iterable[tuple[Form, Part]]) -> list[Band]:
    return [Band(part.heading, list(part.choose(form)), part.note) for form, part in parts]


def draw_workings(book: Book, year: int) -> None:
    """The regular return that Form 6251 compares with, its gain worksheets, and line 7 refigured for attach test 4."""
    forms = book.shape.forms(year)
    page = Page(book, frame_of(WORKINGS, year, f"Workings for {year}: the regular tax, and attach test 4"))
    page.header(HEADS)
    parts = [(form, part) for form in _on_page(forms.forms, WORKINGS.page) for part in form.parts if not part.beside]
    draw(page, _bands(parts), year, forms.forms)
    book.publish(defined_name(forms.find(Role.READY).leaf, year))
    says = next(card.says for card in FEDERAL.on_page(WORKINGS.page) if card.says)
    page.say(forms.find(says), year)
    page.close()


def _on_page(forms: Mapping[str, Form], page: str) -> Iterator[Form]:
    """The forms of a sheet, in order of calculation."""
    return (form for form in forms.values() if form.card and form.card.page == page)


GAIN_HEADS: Final = (
    ("Line", "ib_head_mid"),
    ("What it is", "ib_head"),
    ("Regular", "ib_head_num"),
    ("AMT", "ib_head_num"),
    ("AMT less\nregular", "ib_head_num"),
    ("Authority", "ib_head_in"),
)
GAIN_WIDTHS: Final = (7.0, 40.0, 14.0, 14.0, 14.0, 30.0)


def draw_gains(book: Book, year: int) -> None:
    """What is computed once for each system, regular beside AMT: Schedule D and the loss carryover."""
    forms = book.shape.forms(year)
    page = Page(book, frame_of(GAINS, year, f"Gains and losses for {year}", GAIN_WIDTHS, "C5"))
    page.header(GAIN_HEADS, 31)
    rows: list[tuple[int, Line, Line]] = []
    first: set[str] = set()  # of each block
    differences = {line.leaf.line: line for line in year_summary(year).lines}
    for title, pairs in _pairs(beside(forms, GAINS.page)):
        page.band(title)
        first |= {line.key for line in first_amount([ours for ours, _ in pairs])}
        for ours, theirs in pairs:
            page.cells.place(ours, year, f"C{page.row}")
            page.cells.place(theirs, year, f"D{page.row}")
            if difference := differences.get(difference_of(ours)):
                page.cells.place(difference, year, f"E{page.row}")
            rows.append((page.row, ours, theirs))
            page.row += 1
    page.say(year_summary(year).find("gains"), year)
    for row, ours, theirs in rows:
        _gain_row(page, row, ours, theirs, differences.get(difference_of(ours)), year, first=ours.key in first)
    top, last = rows[0][0], rows[-1][0]
    quiet_zero(page.sheet, f"C{top}:E{last}", f"C{top}")
    grey_when_not_ready(page.sheet, f"C{top}:E{last}", book.refer(defined_name(forms.find(Role.READY).leaf, year)))
    page.close()


def _pairs(forms: Iterable[tuple[Form, Form]]) -> Iterator[tuple[str, list[tuple[Line, Line]]]]:
    """The parts of the regular forms, and their lines beside the same lines for AMT."""
    for regular, amt in forms:
        for part, other in zip(regular.parts, amt.parts, strict=True):
            yield part.title, list(zip(part.choose(regular), other.choose(amt), strict=True))


def _gain_row(
    page: Page, row: int, ours: Line, theirs: Line, difference: Line | None, year: int, *, first: bool
) -> None:
    number, money = ours.leaf.line, "ib_amt_usd" if first else "ib_amt"
    amount = money if ours.leaf.kind is Kind.MONEY else "ib_flag"
    page.cells.fixed(f"A{row}", (int(number) if number.isdigit() else number) if ours.is_printed else None, "ib_line")
    page.cells.fixed(f"B{row}", ours.label, "ib_label")
    page.cells.line(f"C{row}", ours, year, amount)
    page.cells.line(f"D{row}", theirs, year, amount)
    if difference:
        page.cells.line(f"E{row}", difference, year, money)
    else:
        page.cells.fixed(f"E{row}", None, "ib_amt")
    page.cells.fixed(f"F{row}", ours.cite or None, "ib_cite")
    page.height(row, LINE)
