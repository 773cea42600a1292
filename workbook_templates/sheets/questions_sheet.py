"""Questions: what clients ask, answered; below the page the sums and sentences that Summary and Letter take."""

from __future__ import annotations

from typing import Final

from engine.language.lines import Line
from engine.language.nodes import Kind

from ..contents.book_summary import book_summary
from ..drawing.colors import TAB_SUPPORT
from ..drawing.layout import BOOK, SHARED, Book
from ..drawing.page import LINE, Frame, Page
from ..letter import LETTER, QUESTION_BREAKS, height_key, letter
from ..letter.questions.question_rows import AUTHORITY, SCALE, WIDTHS
from ..letter.writing import LetterRow

TITLE: Final = "Questions"
VALUES: Final = "C"  # beside the printed page
AS_MADE: Final = "As made: {}"


def draw_questions(book: Book) -> None:
    """Questions with their answers; one that does not arise has no height."""
    look = ("Q", "Questions and answers", WIDTHS, TAB_SUPPORT)
    page = Page(book, Frame(TITLE, *look, freeze="A4", scale=SCALE, title_rows="1:1"))
    page.row = 4  # no header band: the first head follows
    conclusion = book_summary(book.shape)[0].find("conclusion")
    page.cells.expression("A3", conclusion.leaf, book.shape.last, (BOOK, conclusion.key), "ib_say")
    rows = _place(page)
    page.note(AUTHORITY)
    end = page.row - 1
    _workings(page, {row.key for _, row in rows})
    for at, row in rows:
        _write(page, at, row)
    page.page_ends((LETTER, QUESTION_BREAKS))
    page.close(end)


def _place(page: Page) -> list[tuple[int, LetterRow]]:
    """Draw the heads, and give each live paragraph its cell before any formula is written."""
    written, rows = letter(page.book.shape), []
    for row in written.questions:
        if not row.key:
            page.heading(row.words)
            page.height(page.row, 5)  # air between the rule and the words
            page.row += 1
            continue
        page.cells.place(written.writer.form.find(row.key), page.book.shape.last, f"A{page.row}")
        rows.append((page.row, row))
        page.row += 1
    return rows


def _write(page: Page, at: int, row: LetterRow) -> None:
    line, last = letter(page.book.shape).writer.form.find(row.key), page.book.shape.last
    assert line.expression is not None
    page.cells.expression(f"A{at}", line.expression, last, (LETTER, line.key), row.style.look)
    page.height(at, page.book.slots.number((LETTER, height_key(row.key))))


def _workings(page: Page, on_this_page: set[str]) -> None:
    """The amounts and sentences that others take, and the values of the build, below the printed page."""
    page.row += 1
    page.band("Behind Summary, Letter and these answers, not printed")
    page.sheet.column_dimensions[VALUES].width = 16.0
    writer, last = letter(page.book.shape).writer, page.book.shape.last
    elsewhere = on_this_page | {row.key for row in letter(page.book.shape).letter if row.row}
    lines = [line for line in writer.form.lines if line.leaf.line not in elsewhere]
    for place, line in enumerate(lines):
        page.cells.place(line, last, f"{VALUES}{page.row + place}")
    for name in writer.as_made:
        page.book.name(name, page.sheet, f"{VALUES}{page.row + len(lines) + list(writer.as_made).index(name)}")
    for line in lines:
        _working(page, line)
    for name, kind in writer.as_made.items():
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", AS_MADE.format(name.replace("_", " ")), "ib_label")
        style = "ib_date" if kind is Kind.DAY else "ib_shares" if kind is Kind.COUNT else "ib_src_over"
        page.cells.typed(f"{VALUES}{page.row}", (LETTER, f"{SHARED}.{name}"), style)
        page.row += 1


def _working(page: Page, line: Line) -> None:
    assert line.expression is not None
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", f"{line.label}: {line.leaf.line}", "ib_label")
    style = "ib_src_over" if line.leaf.kind is Kind.TEXT else "ib_amt"
    last = page.book.shape.last
    page.cells.expression(f"{VALUES}{page.row}", line.expression, last, (LETTER, line.key), style)
    page.row += 1
