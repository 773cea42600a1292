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
from ...letter.page_rows import WIDTHS, PageRow

LAST: Final = letter(len(WIDTHS))
BY_YEAR: Final = (
    ("Tax year", "ib_head"),
    *((each, "ib_head_num") for each in ("ISO spread", "AMT", "Credit used", "Credit left")),
    ("Return", "ib_head_mid"),
)
HELD: Final = (
    ("Shares", "ib_head"),
    ("Lot", "ib_head_mid"),
    *((each, "ib_head_num") for each in ("Number", "Regular basis", "AMT basis")),
    ("Qualifies from", "ib_head_mid"),
)
AMOUNTS: Final = (("C", "shares", "_sh"), ("D", "regular", "_usd"), ("E", "AMT", "_usd"))


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


def _head(page: Page, heads: tuple[tuple[str, str], ...]) -> None:
    for place, (words, style) in enumerate(heads, 1):
        page.cells.fixed(f"{letter(place)}{page.row}", words, style)


def _line(page: Page, cell: str, key: str, style: str) -> None:
    line, last = written(page.book.shape).writer.form.find(key), page.book.shape.last
    page.cells.expression(cell, line.leaf, last, (LETTER, line.key), style)


def _year(page: Page, row: PageRow) -> None:
    usd = "_usd" if row.place == page.book.shape.first else ""
    page.cells.fixed(f"A{page.row}", row.place, "ib_year_told")
    for column, key in (("B", "spread"), ("C", "AMT"), ("D", "used"), ("E", "left")):
        _line(page, f"{column}{page.row}", f"{row.place} {key} shown", f"ib_amt{usd}")
    _line(page, f"F{page.row}", f"{row.place} stage", "ib_quiet_mid")
    quiet_zero(page.sheet, f"B{page.row}:E{page.row}", f"B{page.row}")


def _year_total(page: Page, _row: PageRow) -> None:
    _total(page)
    _line(page, f"B{page.row}", "spread all", "ib_total")
    for column, key in (("C", "AMT figure"), ("D", "used figure")):
        _line(page, f"{column}{page.row}", key, "ib_total")


def _total(page: Page) -> None:
    for column in range(2, len(WIDTHS) + 1):
        page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_total")
    page.cells.fixed(f"A{page.row}", "Total", "ib_total_label")


def _held(page: Page, row: PageRow) -> None:
    key, first = f"held {row.place}", row.place == 0
    _line(page, f"A{page.row}", f"{key} employer", "ib_year_told")
    _line(page, f"B{page.row}", f"{key} lot", "ib_quiet_mid")
    for column, name, unit in AMOUNTS:
        of = "ib_shares" if name == "shares" else "ib_amt"
        _line(page, f"{column}{page.row}", f"{key} {name}", of + unit if first else of)
    _line(page, f"F{page.row}", f"{key} since", "ib_mid_date")


def _held_others(page: Page, _row: PageRow) -> None:
    page.cells.fixed(f"A{page.row}", "Others, see Exercises", "ib_year_told")
    for column, name, _ in AMOUNTS:
        style = "ib_shares" if name == "shares" else "ib_amt"
        _line(page, f"{column}{page.row}", f"held others {name}", style)
    for column in "BF":
        page.cells.fixed(f"{column}{page.row}", None, "ib_year_told")


def _held_total(page: Page, _row: PageRow) -> None:
    _total(page)
    for column, key, style in (("C", "left", "_sh"), ("D", "regular left", ""), ("E", "AMT left", "")):
        _line(page, f"{column}{page.row}", key, f"ib_total{style}")


def _signature(page: Page, row: PageRow) -> None:
    if row.what == "sincerely":
        page.cells.fixed(f"A{page.row}", "Sincerely,", "ib_letter_line")
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
    "year head": lambda page, _row: _head(page, BY_YEAR),
    "year": _year,
    "year total": _year_total,
    "held top": lambda page, _row: _head(page, HELD),
    "held": _held,
    "held others": _held_others,
    "held total": _held_total,
    **dict.fromkeys(("sincerely", "sign", "signed"), _signature),
}
