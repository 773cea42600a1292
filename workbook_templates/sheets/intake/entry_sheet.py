"""A record table to be typed into: the entries of the sheet of that name alone, with where each is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from engine.columns import TABLES, EntryColumn
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.table import Table

from ...drawing.excel_formula import sum_cells
from ...drawing.layout import BOOK, column_name, letter
from ...drawing.page import LINE, Page
from ...xlsx.text_fit import lines_needed, row_height
from ..inputs_sheet import validate
from ..records.record_spec import Spec
from ..records.record_table import STYLES
from .examples import EXAMPLES

HEADER_ROW: Final = 6
FIRST_ROW: Final = HEADER_ROW + 1
BESIDE: Final = 14.0  # characters of a column beside the printed page
LEAST: Final = {  # characters of a column: nothing computed stands beside the entries
    Kind.TEXT: 9.0,
    Kind.DAY: 12.0,
    Kind.PRICE: 10.0,
    Kind.SHARES: 10.0,
    Kind.MONEY: 12.0,
    Kind.YEAR: 8.0,
    Kind.COUNT: 8.0,
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
    """The entries of a record table: those of its printed page with their widths, then those beside it."""

    table: Table
    printed: Mapping[str, float]
    beside: Sequence[str] = ()
    totals: Sequence[str] = ()

    @property
    def order(self) -> list[str]:
        """All entries from left to right."""
        return [*self.printed, *self.beside]

    @property
    def lines(self) -> dict[str, Line]:
        """The line of each entry."""
        return {name: self.table.find(name) for name in self.order}

    @property
    def columns(self) -> dict[str, EntryColumn]:
        """What each entry is."""
        return {name: TABLES[self.table.sheet][name] for name in self.order}


def entries_of(spec: Spec) -> EntryTable:
    """What a person types of a record table, in the order of its sheet."""
    columns = TABLES[spec.table.sheet]
    printed = {
        name: max(width, LEAST[columns[name].kind])
        for group in spec.groups.values()
        for name, width in group.items()
        if name in columns
    }
    return EntryTable(spec.table, printed, spec.recorded, [name for name in spec.totals if name in columns])


def draw_entries(page: Page, table: EntryTable, rows: int) -> None:
    """Write where each entry is found, an example that is not read, the heads, the empty rows and their total."""
    last = FIRST_ROW + rows - 1
    letters = {name: letter(place) for place, name in enumerate(table.order, 1)}
    for name in table.beside:
        page.sheet.column_dimensions[letters[name]].width = BESIDE
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
    for row in range(FIRST_ROW, last + 1):
        page.height(row, LINE)
    page.row = last + 1
    _total(page, letters, {name: f"total {table.lines[name].key}" for name in table.totals})


def _where_found(page: Page, table: EntryTable, letters: dict[str, str]) -> None:
    """The box of the form, or the paper, over each column."""
    words = {name: column.docs_found for name, column in table.columns.items()}
    lines = (lines_needed(text, table.printed.get(name, BESIDE), CAPTION) for name, text in words.items())
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


def _total(page: Page, letters: dict[str, str], totals: dict[str, str]) -> None:
    """The row by which the end of the table is known."""
    page.height(page.row, LINE)
    for at in letters.values():
        page.cells.fixed(f"{at}{page.row}", None, "ib_total")
    page.cells.fixed(f"A{page.row}", "Total", "ib_label_b")
    for name, key in totals.items():
        at = letters[name]
        page.cells.computed(
            f"{at}{page.row}", sum_cells(f"{at}{FIRST_ROW}:{at}{page.row - 1}"), (BOOK, key), "ib_total"
        )
    page.row += 1
