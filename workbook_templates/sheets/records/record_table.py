"""A table of records as a sheet: as received and computed, with spare rows to go on entering, and totals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from engine.clients.explain import rule
from engine.columns import TABLES
from engine.federal.years import forms_of
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf
from engine.language.table import Table

from ...drawing.excel_formula import formula, sum_cells
from ...drawing.layout import BOOK, column_name, letter
from ...drawing.page import LINE, Page
from ...drawing.rules import quiet_zero
from ...xlsx.text_fit import row_height
from ..inputs_sheet import validate

FIRST_ROW: Final = 6
ROW: Final = "\N{SYMBOL FOR NULL}"  # stands for the number of a row, in a formula that all rows share
TWO_LINES: Final = row_height(2, 9)  # room for the reason, also of rows that are still to be typed
STYLES: Final = {
    Kind.MONEY: ("ib_in_amt", "ib_amt"),
    Kind.PRICE: ("ib_in_price", "ib_price"),
    Kind.SHARES: ("ib_in_shares", "ib_amt"),
    Kind.COUNT: ("ib_in_shares", "ib_amt"),
    Kind.YEAR: ("ib_in_year", "ib_mid"),
    Kind.DAY: ("ib_in_date", "ib_date"),
    Kind.FLAG: ("ib_in_pick", "ib_flag"),
    Kind.TEXT: ("ib_in_text_cut", "ib_why"),
}
CENTS: Final = 3.0  # characters that cents take
WIDE_WORDS: Final = "why"
Wrap = Callable[[Mapping[str, str], int, str], str]  # letters, row, formula -> the formula of a row that may be empty


@dataclass(frozen=True)
class Spec:
    """What a table's sheet shows: groups of printed columns with their widths, then what is beside the page.

    Beside it stand the columns of the record that are not printed, in the order of the file, and the workings.
    """

    table: Table
    groups: Mapping[str, Mapping[str, float]]
    totals: Sequence[str]
    quiet_by: str  # rows where this column is 0 are grayed
    resolved: Mapping[str, Wrap]  # entries of the engine that the sheet works out: a lot's row
    wrap: Wrap
    wrap_why: Wrap
    elsewhere: Set[str] = frozenset()  # columns that no formula of the sheet can compute

    @property
    def columns(self) -> dict[str, Line]:
        """The columns of the sheet by their names, in the order of calculation."""
        return {line.leaf.line: line for line in self.table.columns if line.leaf.line not in self.elsewhere}

    def widths(self, cents: bool) -> tuple[float, ...]:
        """The printed columns; money with cents needs more room."""
        money = {name for name, line in self.columns.items() if line.leaf.kind is Kind.MONEY}
        printed = [each for columns in self.groups.values() for each in columns.items()]
        return tuple(width + CENTS * (cents and name in money) for name, width in printed)

    @property
    def recorded(self) -> list[str]:
        """The typed columns beside the printed page."""
        printed = {name for columns in self.groups.values() for name in columns}
        return [each.name for each in TABLES[self.table.sheet] if each.label and each.name not in printed]

    @property
    def order(self) -> list[str]:
        """All columns from left to right: printed, recorded, workings."""
        printed, recorded = [name for columns in self.groups.values() for name in columns], self.recorded
        rest = [name for name in self.columns if name not in {*printed, *recorded}]
        return [*printed, *recorded, *rest]


def draw_table(page: Page, spec: Spec, rows: int) -> dict[str, str]:
    """Write the table; give the letter of each column."""
    columns = spec.columns
    letters = {name: letter(place) for place, name in enumerate(spec.order, 1)}
    last = FIRST_ROW + rows - 1
    for name, at in letters.items():
        page.book.name(column_name(columns[name].leaf), page.sheet, f"{at}{FIRST_ROW}:{at}{last}")
        if columns[name].expression is None:
            page.book.publish(column_name(columns[name].leaf))  # by which a column is found again under another header
    _heads(page, spec, columns, letters)
    bodies = _bodies(page, columns, letters)
    for row in range(FIRST_ROW, last + 1):
        _row(page, spec, columns, letters, row, {name: body.replace(ROW, str(row)) for name, body in bodies.items()})
    for name, at in letters.items():
        if columns[name].expression is None and name not in spec.resolved:
            validate(page, TABLES[spec.table.sheet][name], f"{at}{FIRST_ROW}:{at}{last}")
    computed = next(name for name in spec.order if columns[name].expression is not None)
    printed_end = letter(len(page.frame.widths))
    quiet_zero(
        page.sheet, f"{letters[computed]}{FIRST_ROW}:{printed_end}{last}", f"${letters[spec.quiet_by]}{FIRST_ROW}"
    )
    _totals(page, spec, letters, last)
    return letters


def _heads(page: Page, spec: Spec, columns: Mapping[str, Line], letters: Mapping[str, str]) -> None:
    printed, recorded = {name for group in spec.groups.values() for name in group}, spec.recorded
    workings = [name for name in spec.order if name not in printed and name not in recorded]
    groups = {title: list(names) for title, names in spec.groups.items()}
    groups |= {"Also recorded, not printed": recorded, "Workings, not printed": workings}
    page.height(4, 15)
    for title, names in ((title, names) for title, names in groups.items() if names):
        first, last = letters[names[0]], letters[names[-1]]
        if first != last:
            page.sheet.merge_cells(f"{first}4:{last}4")
        page.cells.fixed(f"{first}4", title, "ib_group")
    page.height(5, 31)
    for place, (name, at) in enumerate(letters.items()):
        line = columns[name]
        before = columns[spec.order[place - 1]].leaf.kind if place else Kind.TEXT
        words = "ib_head" if before is Kind.TEXT and name != WIDE_WORDS else "ib_head_in"
        if line.expression is not None and name != WIDE_WORDS:
            words = "ib_head_mid"
        page.cells.fixed(f"{at}5", line.label, words if line.leaf.kind is Kind.TEXT else "ib_head_num")
        if name not in printed:
            page.sheet.column_dimensions[at].width = 14.0
        if line.expression is not None:
            told = f"{line.label}: {rule(line, forms_of(page.book.shape.last).forms)}\n{line.cite}"
            page.comment(f"{at}5", told.replace("\n", " ")[:600])


def _bodies(page: Page, columns: Mapping[str, Line], letters: Mapping[str, str]) -> dict[str, str]:
    """The formula of each computed column, with ROW for the number of the row: printed once, not once per row."""
    sheet = next(iter(columns.values())).leaf.sheet

    def here(leaf: Leaf) -> str | None:
        return f"{letters[leaf.line]}{ROW}" if leaf.sheet == sheet else None

    address = page.cells.address(page.book.shape.last, here)
    return {name: formula(line.expression, address) for name, line in columns.items() if line.expression is not None}


def _row(
    page: Page, spec: Spec, columns: Mapping[str, Line], letters: Mapping[str, str], row: int, bodies: Mapping[str, str]
) -> None:
    page.height(row, TWO_LINES)
    for name, at in letters.items():
        line, slot = columns[name], (BOOK, columns[name].key, row - FIRST_ROW)
        typed, computed = STYLES[line.leaf.kind]
        if name in spec.resolved:
            style = "ib_mid" if line.leaf.kind is Kind.COUNT else computed
            page.cells.computed(f"{at}{row}", spec.resolved[name](letters, row, ""), slot, style)
        elif line.expression is None:
            page.cells.typed(f"{at}{row}", slot, "ib_in_pick" if line.choices else typed)
        else:
            wrap = spec.wrap_why if name == WIDE_WORDS else spec.wrap
            body = wrap(letters, row, bodies[name])
            style = computed if name == WIDE_WORDS or line.leaf.kind is not Kind.TEXT else "ib_mid"
            page.cells.computed(f"{at}{row}", body, slot, style)


def _totals(page: Page, spec: Spec, letters: Mapping[str, str], last: int) -> None:
    row = page.row = last + 1
    page.height(row, LINE)
    for column in range(1, len(page.frame.widths) + 1):
        page.cells.fixed(f"{letter(column)}{row}", None, "ib_total")
    page.cells.fixed(f"A{row}", "Total", "ib_label_b")
    for name in spec.totals:
        cells = f"{letters[name]}{FIRST_ROW}:{letters[name]}{last}"
        slot = (BOOK, f"total {spec.table.sheet}.{name}")
        page.cells.computed(f"{letters[name]}{row}", sum_cells(cells), slot, "ib_total")
    page.row += 1
