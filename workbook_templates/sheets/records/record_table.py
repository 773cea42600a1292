"""A table of records as a sheet: totals, then the records as received and computed, and spare rows to go on entering.

The totals stand above the records, so that the printed page ends at the last record and typed rows can go on below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from ...drawing.page import Page
from ...drawing.rules import new_year, other_year, quiet_zero, record_chip
from ...xlsx.template import Slot
from ...xlsx.text_fit import lines_needed, row_height
from ..inputs_sheet import validate
from .record_spec import END, GROUP_ROW, HEAD_ROW, TOTAL_ROW, WHY, WHY_WIDTH, Spec, Wrap

ROW: Final = "\N{SYMBOL FOR NULL}"  # stands for the number of a row, in a formula that all rows share
BESIDE, GAP = 14.0, 2.0  # characters
TOP: Final = {1: 21.0, 2: 12.0, 3: 16.0, GROUP_ROW: 12.0, HEAD_ROW: 25.0, TOTAL_ROW: 14.0}  # points: 100 are frozen
NEEDS_ENTRIES: Final = "needs entries"  # a row that is begun and does not count yet
NOT_PRINTED: Final = ("Why, not printed", "Also recorded, not printed", "Workings, not printed")


@dataclass(frozen=True)
class Styles:
    """The styles of a kind of column: typed and computed, each of the first record and of those below."""

    typed_first: str
    typed: str
    computed_first: str
    computed: str
    total: str = "ib_total"


def _same(typed: str, computed: str) -> Styles:
    return Styles(typed, typed, computed, computed)


STYLES: Final = {
    Kind.MONEY: Styles("ib_in_rec_amt_usd", "ib_in_rec_amt", "ib_amt_usd", "ib_amt"),
    Kind.PRICE: Styles("ib_in_rec_price_usd", "ib_in_rec_price", "ib_price_usd", "ib_price"),
    Kind.SHARES: Styles("ib_in_rec_shares_sh", "ib_in_rec_shares", "ib_shares_sh", "ib_shares", "ib_total_sh"),
    Kind.COUNT: _same("ib_in_rec_shares", "ib_rec_word"),
    Kind.YEAR: _same("ib_in_rec_year", "ib_rec_year"),
    Kind.DAY: _same("ib_in_rec_date", "ib_rec_date"),
    Kind.FLAG: _same("ib_in_rec_word", "ib_flag"),
    Kind.TEXT: _same("ib_in_rec", "ib_rec_word"),
}


def draw_table(page: Page, spec: Spec, rows: int, between: Callable[[Page], None] | None = None) -> None:
    """Write the table; `between` draws the rows under the totals, if there are any."""
    columns, letters = spec.columns, spec.letters
    first = spec.first_row(len(page.book.shape.years))
    last = first + rows - 1
    for row, points in TOP.items():
        page.height(row, points)
    for name, at in letters.items():
        page.book.name(column_name(columns[name].leaf), page.sheet, f"{at}{first}:{at}{last}")
        if columns[name].expression is None:
            page.book.publish(column_name(columns[name].leaf))  # by which a column is found again under another header
    _heads(page, spec)
    _widths(page, spec)
    _totals(page, spec, first, last)
    page.row = TOTAL_ROW + 1
    if between:
        between(page)
    _note(page, spec)
    if page.row != first:
        raise ValueError(f"{page.frame.title}: the records begin in row {page.row}, not in row {first}")
    bodies = _bodies(page, columns, letters)
    for row in range(first, last + 1):
        _row(page, spec, row, first, {name: body.replace(ROW, str(row)) for name, body in bodies.items()})
    _rules(page, spec, first, last)
    page.row = last + 1
    page.height(page.row, 13)
    page.cells.fixed(f"A{page.row}", END, "ib_rec_end")
    page.row += 1


def tell_room(page: Page, spec: Spec) -> None:
    """Keep the number of records of the build beside the title: the headline tells rows that were typed since."""
    sheet = spec.table.sheet
    at = letter(len(spec.printed) + 2)
    page.cells.fixed(f"{at}1", "Records when this workbook was built", "ib_sub")
    page.book.name(f"{sheet}_built", page.sheet, f"{at}2")
    page.cells.typed(f"{at}2", (BOOK, f"options.{sheet}_built"), "ib_rec_part")


def width_slot(spec: Spec, name: str) -> Slot:
    """Where the width of a printed column comes from."""
    return BOOK, f"width {spec.table.sheet}.{name}"


def height_slot(table: Table, place: int) -> Slot:
    """Where the height of a record's row comes from; the first place is 0."""
    return BOOK, f"height {table.sheet}", place


def has_width_of_client(spec: Spec, name: str) -> bool:
    """Tell a printed column that grows with its figures or names, or is hidden while it is empty."""
    figures = (Kind.MONEY, Kind.PRICE, Kind.SHARES)
    return (
        name in spec.frozen
        or spec.columns[name].leaf.kind in figures
        or any(name in together for together in spec.optional)
    )


def _widths(page: Page, spec: Spec) -> None:
    letters = spec.letters
    for name in spec.printed:
        if has_width_of_client(spec, name):
            page.grows(letters[name], width_slot(spec, name))
    page.sheet.column_dimensions[letter(len(spec.printed) + 1)].width = GAP
    for name in spec.order[len(spec.printed) :]:
        page.sheet.column_dimensions[letters[name]].width = WHY_WIDTH if name == WHY else BESIDE


def _heads(page: Page, spec: Spec) -> None:
    columns, letters = spec.columns, spec.letters
    beside = ([] if WHY in spec.printed else [WHY]), spec.recorded, spec.workings
    groups = [(title, list(names)) for title, names in spec.groups.items()]
    for title, names in [*groups, *zip(NOT_PRINTED, beside, strict=True)]:
        if not names:
            continue
        first, last = letters[names[0]], letters[names[-1]]
        if first != last:
            page.merge(f"{first}{GROUP_ROW}:{last}{GROUP_ROW}")
        page.cells.fixed(f"{first}{GROUP_ROW}", title or None, "ib_group")
        for name in names[1:]:
            page.cells.fixed(f"{letters[name]}{GROUP_ROW}", None, "ib_group")
    for name, at in letters.items():
        line = columns[name]
        page.cells.fixed(f"{at}{HEAD_ROW}", spec.heads.get(name, line.label), _head_style(spec, line))
        if line in spec.words:
            page.comment(f"{at}{HEAD_ROW}", line.cite and f"{line.label}: {line.cite}")
        elif line.expression is not None:
            told = f"{line.label}: {rule(line, forms_of(page.book.shape.last).forms)}\n{line.cite}"
            page.comment(f"{at}{HEAD_ROW}", told.replace("\n", " ")[:600])


def _head_style(spec: Spec, line: Line) -> str:
    if line.leaf.kind is not Kind.TEXT:
        return "ib_rec_head_num"
    if line.leaf.line == WHY:
        return "ib_rec_head_in"
    if line.leaf.line in spec.links:
        return "ib_rec_head"
    if line.leaf.line == "doc_ref":
        return "ib_rec_head_in"
    return "ib_rec_head_mid" if line.choices or line.expression is not None else "ib_rec_head"


def _totals(page: Page, spec: Spec, first: int, last: int) -> None:
    letters = spec.letters
    for column in range(1, len(spec.printed) + 1):
        page.cells.fixed(f"{letter(column)}{TOTAL_ROW}", None, "ib_total")
    page.cells.fixed(f"A{TOTAL_ROW}", "Total", "ib_label_b")
    for name in spec.totals:
        cells = f"{letters[name]}{first}:{letters[name]}{last}"
        slot = (BOOK, f"total {spec.table.sheet}.{name}")
        style = STYLES[spec.columns[name].leaf.kind].total
        page.cells.computed(f"{letters[name]}{TOTAL_ROW}", sum_cells(cells), slot, style)


def _note(page: Page, spec: Spec) -> None:
    page.merge(f"A{page.row}:{page.last_letter}{page.row}")
    page.cells.fixed(f"A{page.row}", spec.note, "ib_note")
    page.height(page.row, row_height(lines_needed(spec.note, sum(spec.widths), 9), 9))
    page.row += 1


def _bodies(page: Page, columns: Mapping[str, Line], letters: Mapping[str, str]) -> dict[str, str]:
    """The formula of each computed column, with ROW for the number of the row: printed once, not once per row."""
    sheet = next(iter(columns.values())).leaf.sheet

    def here(leaf: Leaf) -> str | None:
        return f"{letters[leaf.line]}{ROW}" if leaf.sheet == sheet else None

    address = page.cells.address(page.book.shape.last, here)
    return {name: formula(line.expression, address) for name, line in columns.items() if line.expression is not None}


def _row(page: Page, spec: Spec, row: int, first: int, bodies: Mapping[str, str]) -> None:
    letters, place = spec.letters, row - first
    page.height(row, page.book.slots.number(height_slot(spec.table, place)))
    for name, line in ((name, spec.columns[name]) for name in letters):
        at, slot = f"{letters[name]}{row}", (BOOK, line.key, place)
        if name in spec.resolved:
            page.cells.computed(
                at, spec.resolved[name](letters, row, str(place + 1)), slot, _computed_style(spec, line, place)
            )
        elif line.expression is None:
            page.cells.typed(at, slot, _typed_style(spec, line, place))
        else:
            page.cells.computed(
                at, _wrap(spec, name)(letters, row, bodies[name]), slot, _computed_style(spec, line, place)
            )


def _wrap(spec: Spec, name: str) -> Wrap:
    if name == spec.chip and spec.wrap_chip:
        return spec.wrap_chip
    return spec.wrap_why if name == WHY else spec.wrap


def _typed_style(spec: Spec, line: Line, place: int) -> str:
    if line.choices:
        return "ib_in_rec_word"
    if line.leaf.kind is Kind.TEXT and line.leaf.line not in spec.printed:
        return "ib_in_rec_cut"
    styles = STYLES[line.leaf.kind]
    return styles.typed if place else styles.typed_first


def _computed_style(spec: Spec, line: Line, place: int) -> str:
    if line.leaf.line == WHY:
        return "ib_why"
    if line.leaf.line == spec.chip:
        return "ib_chip"
    if line.leaf.line == spec.bold:
        return "ib_amt_b" if place else "ib_amt_b_usd"
    if line.leaf.line in spec.links:
        return "ib_rec_text_link"
    styles = STYLES[line.leaf.kind]
    return styles.computed if place else styles.computed_first


def _rules(page: Page, spec: Spec, first: int, last: int) -> None:
    columns, letters = spec.columns, spec.letters
    for name, at in letters.items():
        if columns[name].expression is None and name not in spec.resolved:
            validate(page, TABLES[spec.table.sheet][name], f"{at}{first}:{at}{last}")
    line = ""
    if spec.new_year_by:
        day = letters[spec.new_year_by]
        line = other_year(f"${day}{first}", f"${day}{first - 1}")  # above the first stands the note, which is no day
    figures = [name for name in spec.printed if columns[name].leaf.kind in (Kind.MONEY, Kind.SHARES)]
    for name in (name for name in spec.printed if line and name != spec.chip):
        new_year(page.sheet, f"{letters[name]}{first}:{letters[name]}{last}", f"{letters[name]}{first}", line)
    for name in (name for name in figures if columns[name].expression is not None):
        quiet_zero(page.sheet, f"{letters[name]}{first}:{letters[name]}{last}", f"{letters[name]}{first}")
    if spec.chip:
        at = letters[spec.chip]
        record_chip(page.sheet, f"{at}{first}:{at}{last}", f"{at}{first}", line)
