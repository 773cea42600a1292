"""Letter: what a client is told, on two or three pages; each paragraph a cell, each figure live."""

from __future__ import annotations

from typing import Final

from engine.language.expressions import Text, join
from engine.language.nodes import Kind, Leaf

from ...drawing.colors import TAB_NAVY
from ...drawing.layout import SHARED, Book, letter
from ...drawing.page import HOME, Frame, Page
from ...drawing.rules import quiet_zero
from ...letter import BREAKS, LETTER, height_key
from ...letter import letter as written
from ...letter.page_rows import CLOSING, HELD_TOP, WIDTHS, YEAR_HEAD, PageRow
from ...letter.parts.tables import BY_YEAR, HELD, OTHERS, TOTAL, Holds, TableColumn

LAST: Final = letter(len(WIDTHS))
HEADS: Final = {Holds.NAME: "ib_head", Holds.AMOUNT: "ib_head_num", Holds.SHARES: "ib_head_num"}
CELLS: Final = {Holds.AMOUNT: "ib_amt", Holds.SHARES: "ib_shares", Holds.WORD: "ib_quiet_mid", Holds.DAY: "ib_mid_date"}
FIRST: Final = {Holds.AMOUNT: "_usd", Holds.SHARES: "_sh"}  # of the first row, which names the unit


def draw_letter(book: Book) -> None:
    """Row by row; a paragraph that does not apply has no height, and the client's values say where pages end."""
    frame = Frame(
        "Letter",
        "K",
        "Letter",
        WIDTHS,
        TAB_NAVY,
        header_row=0,
        scale=95,
        margin=0.95,
        top_margin=0.65,
        own_top=True,
        title_rows="-",
    )
    page = Page(book, frame)
    rows = written(book.shape).letter
    for row in rows:
        if row.row and row.key:
            line = written(book.shape).writer.form.find(row.key)
            page.cells.place(line, book.shape.last, f"A{page.row + rows.index(row)}")
    for row in rows:
        _height(page, row)
        DRAW.get(row.what, _letterhead)(page, row)
        page.row += 1
    beside = letter(len(WIDTHS) + 2)
    page.cells.fixed(f"{beside}1", f"← {HOME}", "ib_nav")
    page.link(f"{beside}1", HOME)
    page.page_ends((LETTER, BREAKS))
    page.close()


def _height(page: Page, row: PageRow) -> None:
    points = page.book.slots.number((LETTER, height_key(row.key))) if row.points is None else row.points
    page.height(page.row, points)


def _letterhead(page: Page, row: PageRow) -> None:
    """A line of the letterhead, as it is typed on Inputs."""
    name = "client_name" if row.what == "client" else row.what
    words = join(Text(Leaf(SHARED, name, kind=Kind.TEXT)), "")
    style = "ib_letter_firm" if name == "firm" else "ib_letter_line"
    for column in range(2, len(WIDTHS) + 1):
        page.cells.fixed(f"{letter(column)}{page.row}", None, style)
    page.cells.expression(f"A{page.row}", words.node, 0, (LETTER, name), style)
    page.sheet.merge_cells(f"A{page.row}:{LAST}{page.row}")


def _gap(_page: Page, _row: PageRow) -> None:
    """Air."""


def _words(page: Page, row: PageRow) -> None:
    assert row.row
    look = row.row.style.look
    page.sheet.merge_cells(f"A{page.row}:{LAST}{page.row}")
    if not row.key:
        page.cells.fixed(f"A{page.row}", row.row.words, look)
        return
    line, last = written(page.book.shape).writer.form.find(row.key), page.book.shape.last
    assert line.expression is not None
    page.cells.expression(f"A{page.row}", line.expression, last, (LETTER, line.key), look)


def _head(page: Page, columns: tuple[TableColumn, ...]) -> None:
    for place, column in enumerate(columns, 1):
        page.cells.fixed(f"{letter(place)}{page.row}", column.head, HEADS.get(column.holds, "ib_head_mid"))


def _line(page: Page, cell: str, key: str, style: str) -> None:
    line, last = written(page.book.shape).writer.form.find(key), page.book.shape.last
    page.cells.expression(cell, line.leaf, last, (LETTER, line.key), style)


def _cell(page: Page, place: int, column: TableColumn, key: str, *, first: bool) -> None:
    unit = FIRST.get(column.holds, "") if first else ""
    _line(page, f"{letter(place)}{page.row}", key, CELLS[column.holds] + unit)


def _year(page: Page, row: PageRow) -> None:
    page.cells.fixed(f"A{page.row}", row.place, "ib_year_told")
    for place, column in enumerate(BY_YEAR[1:], 2):
        _cell(page, place, column, f"{row.place} {column.key}", first=row.place == page.book.shape.first)
    quiet_zero(page.sheet, f"B{page.row}:E{page.row}", f"B{page.row}")


def _total(page: Page, columns: tuple[TableColumn, ...]) -> None:
    for place in range(2, len(WIDTHS) + 1):
        page.cells.fixed(f"{letter(place)}{page.row}", None, "ib_total")
    page.cells.fixed(f"A{page.row}", TOTAL, "ib_total_label")
    for place, column in enumerate(columns, 1):
        if column.total:
            unit = "_sh" if column.holds is Holds.SHARES else ""
            _line(page, f"{letter(place)}{page.row}", column.total, f"ib_total{unit}")


def _held(page: Page, row: PageRow) -> None:
    key = f"held {row.place}"
    _line(page, f"A{page.row}", f"{key} {HELD[0].key}", "ib_year_told")
    for place, column in enumerate(HELD[1:], 2):
        _cell(page, place, column, f"{key} {column.key}", first=row.place == 0)


def _held_others(page: Page, _row: PageRow) -> None:
    page.cells.fixed(f"A{page.row}", OTHERS, "ib_year_told")
    for place, column in enumerate(HELD[1:], 2):
        if column.total:
            _cell(page, place, column, f"held others {column.key}", first=False)
        else:
            page.cells.fixed(f"{letter(place)}{page.row}", None, "ib_year_told")


def _signature(page: Page, row: PageRow) -> None:
    if row.what == "sincerely":
        page.cells.fixed(f"A{page.row}", CLOSING, "ib_letter_line")
    elif row.what == "sign":
        for column in "ABC":
            page.cells.fixed(f"{column}{page.row}", None, "ib_signature")
    else:
        words = join(Text(Leaf(SHARED, "firm", kind=Kind.TEXT)), "")
        page.cells.expression(f"A{page.row}", words.node, 0, (LETTER, "firm"), "ib_letter_line")
        page.sheet.merge_cells(f"A{page.row}:{LAST}{page.row}")


DRAW: Final = {
    "gap": _gap,
    "words": _words,
    YEAR_HEAD: lambda page, _row: _head(page, BY_YEAR),
    "year": _year,
    "year total": lambda page, _row: _total(page, BY_YEAR),
    HELD_TOP: lambda page, _row: _head(page, HELD),
    "held": _held,
    "held others": _held_others,
    "held total": lambda page, _row: _total(page, HELD),
    **dict.fromkeys(("sincerely", "sign", "signed"), _signature),
}
