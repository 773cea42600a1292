"""Memo: what happened, where it goes and why, in words; one column, one paragraph a cell."""

from __future__ import annotations

from typing import Final

from engine.language.nodes import Kind

from ..contents.book_summary import book_summary
from ..drawing.colors import TAB_NAVY
from ..drawing.layout import BOOK, Book
from ..drawing.page import LINE, Frame, Page
from ..memo import MEMO, height_key, memo
from ..memo.open_items import HEADING, PARAGRAPHS, SIZE, WIDTH, item_height_key, item_key
from ..memo.writing import HEAD, PROSE, QUESTION, MemoRow
from ..xlsx.text_fit import lines_needed, row_height
from .about_sheet import not_covered

WIDTHS: Final = (WIDTH, 7.0)
AMOUNTS: Final = "C"  # beside the printed page
AUTHORITY: Final = (
    "Authority: IRC 53, 55, 56(b)(3), 83, 421, 422, 423, 1211, 1212, 6651; Instructions for Forms 6251 and 8801; "
    "Publication 525. The sentences follow the inputs. A paragraph that comes to apply after you type stays in a "
    "hidden row: select all rows and choose Unhide; heights may be changed."
)


def draw_memo(book: Book) -> None:
    """Heads and paragraphs; a paragraph that does not apply has no height. The sums behind them stand below."""
    frame = Frame(
        "Memo", "K", "Memo: your stock options and the alternative minimum tax", WIDTHS, TAB_NAVY, freeze="A4"
    )
    page = Page(book, frame)
    page.sheet.print_title_rows = "1:1"
    page.row = 4  # no header band: the first head follows
    conclusion = book_summary(book.shape)[0].find("conclusion")
    page.cells.expression("A3", conclusion.leaf, book.shape.last, (BOOK, conclusion.key), "ib_say")
    rows = _place(page)
    _open_items(page)
    _head(page, "What is left out")
    left_out = not_covered(book.shape)
    page.height(page.row, row_height(lines_needed(left_out, WIDTH, SIZE), SIZE, prose=True))
    page.cells.fixed(f"A{page.row}", left_out, PROSE)
    page.row += 1
    page.note(AUTHORITY)
    end = page.row - 1
    _workings(page)
    for at, row in rows:
        _write(page, at, row)
    page.close(end)


def _place(page: Page) -> list[tuple[int, MemoRow]]:
    """Draw the heads, and give each live paragraph its cell before any formula is written."""
    writer, rows = memo(page.book.shape), []
    for row in writer.rows:
        if row.style == HEAD:
            _head(page, row.words)
            continue
        page.cells.place(writer.form.find(row.key), page.book.shape.last, f"A{page.row}")
        rows.append((page.row, row))
        page.row += 1
    return rows


def _open_items(page: Page) -> None:
    """What is missing or to be confirmed, as of the build."""
    _head(page, HEADING)
    for place in range(PARAGRAPHS):
        page.cells.typed(f"A{page.row}", (MEMO, item_key(place)), PROSE)
        page.height(page.row, page.book.slots.number((MEMO, item_height_key(place))))
        page.row += 1


def _head(page: Page, words: str) -> None:
    page.heading(words)
    page.height(page.row, 5)  # air between the rule and the words
    page.row += 1


def _write(page: Page, at: int, row: MemoRow) -> None:
    line, last = memo(page.book.shape).form.find(row.key), page.book.shape.last
    assert line.expression is not None
    style = "ib_say_long" if row.style == QUESTION else row.style
    page.cells.expression(f"A{at}", line.expression, last, (MEMO, line.key), style)
    page.height(at, page.book.slots.number((MEMO, height_key(row.key))))


def _workings(page: Page) -> None:
    """The amounts that sentences take, below the printed page."""
    page.row += 1
    page.band("Sums behind the sentences, not printed")
    page.sheet.column_dimensions[AMOUNTS].width = 16.0
    writer, last = memo(page.book.shape), page.book.shape.last
    lines = [line for line in writer.form.lines if line.leaf.kind is Kind.MONEY]
    for place, line in enumerate(lines):
        page.cells.place(line, last, f"{AMOUNTS}{page.row + place}")
    for line in lines:
        assert line.expression is not None
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", line.label, "ib_label")
        page.cells.expression(f"{AMOUNTS}{page.row}", line.expression, last, (MEMO, line.key), "ib_amt")
        page.row += 1
