"""A record table to be typed into: the entries of the sheet of that name alone, with where each is found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Final, NamedTuple

from engine.columns import TABLES, EntryColumn, Needed
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.table import Table

from ...drawing.layout import BOOK, column_name, letter
from ...drawing.page import LINE, Page
from ...drawing.rules import still_to_type
from ...xlsx.text_fit import lines_needed, row_height
from ..inputs_sheet import validate
from ..records.record_spec import END, Spec
from ..records.record_table import STYLES
from .examples import EXAMPLES

HEADER_ROW: Final = 6
FIRST_ROW: Final = HEADER_ROW + 1
BESIDE: Final = 14.0  # characters of a column that the sheet of that name does not print
PAGE: Final = 137.0  # characters that a page has room for
LEAST: Final = {  # characters of a column: nothing computed stands beside the entries
    Kind.TEXT: 9.0,
    Kind.DAY: 12.0,
    Kind.PRICE: 10.0,
    Kind.SHARES: 10.0,
    Kind.MONEY: 12.0,
    Kind.YEAR: 8.0,
    Kind.COUNT: 8.0,
}
NEEDED: Final = {  # in the words of the cells of the row
    Needed.UNLESS_RSU: '{kind}<>"RSU"',
    Needed.OF_ESPP: '{kind}="ESPP"',
    Needed.WITH_VEST_DATE: "NOT(ISBLANK({vest_date}))",
    Needed.OF_A_SALE: 'OR(ISBLANK({disposition}),{disposition}="sale")',
}
CAPTION: Final = 8  # points
EXAMPLE_STYLES: Final = {
    Kind.MONEY: "ib_example_amt",
    Kind.PRICE: "ib_example_price",
    Kind.SHARES: "ib_example_amt",
    Kind.DAY: "ib_example_date",
    Kind.COUNT: "ib_example_year",
    Kind.YEAR: "ib_example_year",
}


class EntryTable(NamedTuple):
    """The entries of a record table from left to right, with the widths of their columns in characters."""

    table: Table
    widths: Mapping[str, float]

    @property
    def lines(self) -> dict[str, Line]:
        """The line of each entry."""
        return {name: self.table.find(name) for name in self.widths}

    @property
    def columns(self) -> dict[str, EntryColumn]:
        """What each entry is."""
        return {name: TABLES[self.table.sheet][name] for name in self.widths}

    @property
    def page(self) -> tuple[float, ...]:
        """The widths of the columns that are printed: as many from the left as fit on a page."""
        return tuple(
            width
            for width, end in zip(self.widths.values(), accumulate(self.widths.values()), strict=True)
            if end <= PAGE
        )


def entries_of(spec: Spec) -> EntryTable:
    """What a person types of a record table: what its sheet prints, then what stands there beside the page."""
    columns = TABLES[spec.table.sheet]
    printed = {name: width for name, width in spec.printed.items() if name in columns}
    widths = {**printed, **dict.fromkeys(spec.recorded, BESIDE)}
    return EntryTable(spec.table, {name: max(width, LEAST[columns[name].kind]) for name, width in widths.items()})


def draw_entries(page: Page, table: EntryTable, rows: int) -> None:
    """Write where each entry is found, an example that is not read, the heads, the empty rows and what ends them."""
    last = FIRST_ROW + rows - 1
    letters = {name: letter(place) for place, name in enumerate(table.widths, 1)}
    for name, width in table.widths.items():
        page.sheet.column_dimensions[letters[name]].width = width
    _where_found(page, table, letters)
    _example(page, table, letters)
    _heads(page, table, letters)
    for name, at in letters.items():
        line, cells = table.lines[name], f"{at}{FIRST_ROW}:{at}{last}"
        page.book.name(column_name(line.leaf), page.sheet, cells)
        page.book.publish(column_name(line.leaf))
        style = "ib_in_rec_word" if line.choices else STYLES.get(line.leaf.kind, STYLES[Kind.TEXT]).typed
        for row in range(rows):
            page.cells.typed(f"{at}{FIRST_ROW + row}", (BOOK, line.key, row), style)
        validate(page, table.columns[name], cells)
        if needed := _needed(table.columns[name], letters):
            still_to_type(page.sheet, cells, needed)
    for row in range(FIRST_ROW, last + 1):
        page.height(row, LINE)
    page.row = last + 1
    page.cells.fixed(f"A{page.row}", END, "ib_rec_end")
    page.row += 1


def _begun(letters: Mapping[str, str]) -> str:
    """Tell a row in which something is typed."""
    return f"COUNTA(${letter(1)}{FIRST_ROW}:${letter(len(letters))}{FIRST_ROW})>0"


def _needed(column: EntryColumn, letters: Mapping[str, str]) -> str:
    """When a row that is begun is refused without this entry, as a formula of the first row; "" for never."""
    if column.is_needed:
        return _begun(letters)
    if column.needed not in NEEDED:
        return ""
    condition = NEEDED[column.needed].format(**{name: f"${at}{FIRST_ROW}" for name, at in letters.items()})
    return f"AND({_begun(letters)},{condition})"


def _where_found(page: Page, table: EntryTable, letters: dict[str, str]) -> None:
    """The box of the form, or the document, over each column."""
    words = {name: column.docs_found.replace("`", "") for name, column in table.columns.items()}
    lines = (lines_needed(text, table.widths[name], CAPTION) for name, text in words.items())
    page.height(HEADER_ROW - 2, row_height(max(lines), CAPTION))
    for name, text in words.items():
        page.cells.fixed(f"{letters[name]}{HEADER_ROW - 2}", text, "ib_caption_wrapped")


def _example(page: Page, table: EntryTable, letters: dict[str, str]) -> None:
    row, example = HEADER_ROW - 1, EXAMPLES[table.table.sheet]
    page.height(row, LINE)
    for name, at in letters.items():
        kind = table.lines[name].leaf.kind
        page.cells.fixed(f"{at}{row}", example.get(name), EXAMPLE_STYLES.get(kind, "ib_example"))


def _heads(page: Page, table: EntryTable, letters: dict[str, str]) -> None:
    page.height(HEADER_ROW, 31)
    for name, at in letters.items():
        line = table.lines[name]
        words = "ib_head" if at == "A" else "ib_head_in"
        page.cells.fixed(f"{at}{HEADER_ROW}", line.label, words if line.leaf.kind is Kind.TEXT else "ib_head_num")
