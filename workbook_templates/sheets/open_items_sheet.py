"""Open items: what is missing, assumed or not final, what rests on it, whom to ask, and a cell for the answer."""

from __future__ import annotations

from typing import Final

from ..contents.on_file import left_out
from ..contents.open_items import ANSWER, IDS, ITEMS, SHEET_NAMES, TITLE, WAITING, WIDTHS, RowState
from ..drawing.colors import TAB_NAVY
from ..drawing.excel_formula import as_answered, with_count
from ..drawing.layout import Book, letter
from ..drawing.page import Frame, Page
from ..drawing.rules import item_band, item_chip, one_of, still_to_type

HEADS: Final = (
    ("State", "ib_head_in"),
    ("What is missing or assumed", "ib_head_in"),
    ("What rests on it", "ib_head_in"),
    ("Ask", "ib_head_in"),
    ("For this document", "ib_head_in"),
    (ANSWER, "ib_head_in"),
)
TEXTS: Final = {"B": "what", "C": "rests", "D": "ask", "E": "document"}
BESIDE: Final = {"G": IDS, "H": "Without an answer", "I": "With an answer"}  # hidden
HOW: Final = (
    "Type an answer beside an item and run isobook build on this file: the item is settled, and opens again when its "
    "figures change. A missing entry of a year is typed on Inputs. The texts are those of the build: they do not "
    "follow what is typed afterward; the states and the headline do."
)
ON_FILE: Final = "Already on file"
AS_NONE: Final = "Left blank, and taken as none or as the usual word"
NOT_LOOKED_AT: Final = "Not looked at"


def draw_open_items(book: Book) -> None:
    """The table with room for all rows of the shape, then what is on file, what was taken as none, what is left out."""
    page = Page(book, Frame(TITLE, "C", TITLE, WIDTHS, TAB_NAVY, landscape=True, freeze="B5"))
    page.header([*HEADS, *((head, "ib_head") for head in BESIDE.values())])
    for column in BESIDE:
        page.sheet.column_dimensions[column].hidden = True
    first, last = page.row, page.row + book.shape.item_rows - 1
    for row in range(first, last + 1):
        _row(page, row, row - first)
    _looks(page, first, last)
    for name, column in zip(SHEET_NAMES, "GF", strict=True):
        book.name(name, page.sheet, f"{column}{first}:{column}{last}")
        book.publish(name)
    _headline(page, first, last)
    page.row = last + 1
    _foot(page)
    page.close()


def _row(page: Page, row: int, place: int) -> None:
    page.height(row, page.book.slots.number((ITEMS, "height", place)))
    state = as_answered(f"$F{row}", f"$H{row}", f"$I{row}")
    page.cells.computed(f"A{row}", state, (ITEMS, "state", place), "ib_item_state")
    for column, key in TEXTS.items():
        page.cells.typed(f"{column}{row}", (ITEMS, key, place), "ib_item")
    page.cells.typed(f"F{row}", (ITEMS, "answer", place), "ib_in_answer")
    for column, key in zip(BESIDE, ("ids", "blank", "typed"), strict=True):
        page.cells.typed(f"{column}{row}", (ITEMS, key, place), "ib_item")


def _looks(page: Page, first: int, last: int) -> None:
    """Bands over all columns; chips in the first; an answer that is waited for is deep yellow."""
    item_band(page.sheet, f"A{first}:F{last}", f'AND($G{first}="",$H{first}<>"")')
    item_chip(page.sheet, f"A{first}:A{last}", f"$A{first}")
    still_to_type(page.sheet, f"F{first}:F{last}", one_of(f"$A{first}", WAITING))


def _headline(page: Page, first: int, last: int) -> None:
    """How many are open, and how many were answered since the build."""
    page.cells.typed("H3", (ITEMS, "headline"), "ib_sub")
    told = "One is answered since.", " are answered since."
    text = with_count("$H$3", f"A{first}:A{last}", RowState.ANSWERED, *told)
    page.cells.computed("A3", text, (ITEMS, "headline"), "ib_say")


def _foot(page: Page) -> None:
    for head, key in ((ON_FILE, "on file"), (AS_NONE, "as none")):
        _head(page, head)
        page.merge(f"A{page.row}:{page.last_letter}{page.row}")
        page.cells.typed(f"A{page.row}", (ITEMS, key), "ib_note")
        page.height(page.row, page.book.slots.number((ITEMS, f"height {key}")))
        page.row += 1
    _head(page, NOT_LOOKED_AT)
    page.note(left_out(page.book.shape))
    page.note(HOW)


def _head(page: Page, words: str) -> None:
    page.height(page.row, 8)
    page.height(page.row + 1, 16)
    for column in range(1, len(WIDTHS) + 1):
        page.cells.fixed(f"{letter(column)}{page.row + 1}", None, "ib_foot_head")
    page.cells.fixed(f"A{page.row + 1}", words, "ib_foot_head")
    page.row += 2
