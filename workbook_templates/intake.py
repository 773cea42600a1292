"""A blank intake workbook: the sheets that people type into, with the names and labels of any other workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from engine.clients.projection import project
from engine.records import Client

from .contents.as_received import RECEIVED, intake_values
from .contents.as_received import TITLE as RECEIVED_TITLE
from .drawing.assembly import BINDING, Binding, assemble
from .drawing.layout import BOOK, Book, Shape, Sheet
from .drawing.page import footer_key
from .fill import shape_of, values_of
from .sheets.inputs_sheet import draw_inputs
from .sheets.intake.entry_sheets import ENTRY_SHEETS, draw_entry_sheet
from .sheets.intake.start_sheet import draw_start
from .sheets.records.received_sheet import draw_received
from .xlsx.zip_writer import Compression

ROOM: Final = {"exercises": 50, "sales": 50, "w2": 20, "grants": 20, "splits": 10}  # empty rows of each table
FOOTER: Final = "Intake workbook"


def intake_workbook(years: range, compression: Compression = "fast") -> bytes:
    """The .xlsx file with empty columns for some covered tax years; the same years give the same bytes."""
    blank = project(Client(returns=[{"tax_year": year} for year in years]))
    shape = shape_of(blank)
    sheets = _sheets(shape)
    values = {**values_of(blank, shape), RECEIVED: intake_values(years)}
    values[BOOK] = {**values[BOOK], **_book_values([sheet.title for sheet in sheets])}
    return assemble(sheets, cents=False).fill(values, compression)


@lru_cache(maxsize=4)
def _sheets(shape: Shape) -> tuple[Sheet, ...]:
    tables: list[Callable[[Book], None]] = [
        partial(draw_entry_sheet, place=place, rows=ROOM[sheet.entries.table.sheet])
        for place, sheet in enumerate(ENTRY_SHEETS)
    ]
    return tuple(_drawn(draw, shape) for draw in (draw_start, draw_inputs, *tables, draw_received))


def _drawn(draw: Callable[[Book], None], shape: Shape) -> Sheet:
    book = Book(shape, intake=True)
    draw(book)
    return book.finish()


def _book_values(titles: Sequence[str]) -> Mapping[str, Any]:
    """No records, and how the sheets are bound."""
    tables = [sheet.entries for sheet in ENTRY_SHEETS]
    entries: dict[str, list[object]] = {line.key: [] for table in tables for line in table.lines.values()}
    parts = {footer_key(title): FOOTER for title in titles}
    return {**entries, **parts, "footer": FOOTER, BINDING: Binding(titles, {RECEIVED_TITLE}, {})}
