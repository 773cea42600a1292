"""As received: a hidden sheet with the client's records as they came in, so that the workbook can be read back."""

from __future__ import annotations

from typing import Final

from engine.columns import TABLES

from ...contents.as_received import FORMAT, MARK, NAME, RECEIVED, TITLE, cells_of, columns_line, settings_line
from ...drawing.colors import TAB_SUPPORT
from ...drawing.layout import Book, letter
from ...drawing.page import Frame, Page

HEADER_ROW: Final = 4
WIDTH: Final = 60.0
SAY: Final = (
    "The client's own records before splits and sales without a lot were resolved. Nothing is computed from here."
)


def draw_received(book: Book) -> None:
    """One column a table, one line of CSV a record; hidden, and found by the reader through its first words."""
    page = Page(book, Frame(TITLE, "N", "Records as received", [WIDTH] * (len(TABLES) + 1), TAB_SUPPORT, freeze="A6"))
    page.cells.fixed("A3", SAY, "ib_say")
    page.header([(f"{MARK} {FORMAT}", "ib_head"), *((table, "ib_head") for table in TABLES)])
    book.name(NAME, page.sheet, f"A{HEADER_ROW}")
    book.publish(NAME)
    page.cells.fixed("A5", settings_line(intake=book.intake), "ib_src")
    page.cells.typed("A6", (RECEIVED, "settings"), "ib_src")
    last = HEADER_ROW + 2
    for place, table in enumerate(TABLES, 2):
        at = letter(place)
        page.cells.fixed(f"{at}5", columns_line(table), "ib_src")
        for row in range(cells_of(book.shape, table)):
            page.cells.typed(f"{at}{row + 6}", (RECEIVED, table, row), "ib_src")
        last = max(last, cells_of(book.shape, table) + 5)
    for row in range(5, last + 1):
        page.height(row, 14)
    page.close(last)
