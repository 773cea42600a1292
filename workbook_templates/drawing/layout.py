"""Where everything stands: a sheet of the book under construction, its cells, its names, and what fills them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from engine.columns import RETURNS
from engine.federal.catalogue import FEDERAL
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.stock.record_tables import exercises, sales
from engine.federal.year_forms import YearForms
from engine.federal.years import forms_of
from engine.language.lines import Line
from engine.language.nodes import Column, Leaf, Node
from engine.language.roles import Role
from engine.systems import System

from ..xlsx.cached_xlsx import sheet_parts
from ..xlsx.cutting import Slots, cut
from ..xlsx.sheet_rows import SheetRows
from ..xlsx.template import Slot, TemplatePart
from ..xlsx.zip_writer import Packed
from .excel_formula import formula
from .style_table import style_table

CODED: Final = frozenset(each.name for each in RETURNS if each.choice_labels)
SHARED: Final = "options"  # leaves of this sheet have no year in their name
NUMBERS: Final = style_table(False).numbers
BOOK: Final = "book"  # the block of values that belong to no single year


class Shape(NamedTuple):
    """What a compiled template depends on."""

    first: int  # tax years of the forms
    last: int
    rows: int  # capacity of Exercises
    sale_rows: int  # capacity of Sales
    cents: bool
    grant_rows: int = 0  # capacity of Grants; without a grant there is no such sheet
    item_rows: int = 64  # capacity of Open items
    form_rows: int = 0  # capacity of the Form 8949 of a year
    sale_years: tuple[int, ...] = ()  # the years with sales: each has its Form 8949
    w2_rows: int = 0  # capacity of W-2; without a Form W-2 there is no such sheet

    @property
    def span(self) -> Shape:
        """The years, and whether there are grants: most of a book depends on no more."""
        years = self._replace(rows=0, sale_rows=0, cents=False, grant_rows=min(self.grant_rows, 1), item_rows=0)
        return years._replace(form_rows=0, sale_years=(), w2_rows=0)

    @property
    def years(self) -> range:
        """The tax years of the forms."""
        return range(self.first, self.last + 1)

    def forms(self, year: int) -> YearForms:
        """The forms of a year; the first one has no year before it."""
        return forms_of(year, year == self.first)


class CellRange(NamedTuple):
    """A cell or a range on a sheet."""

    title: str
    cells: str


def defined_name(leaf: Leaf, year: int) -> str:
    """`f6251_2025_2i`; a column of a table or an option has no year."""
    if leaf.sheet == SHARED:
        return leaf.line
    return re.sub(r"\W", "_", f"{leaf.sheet}_{year - leaf.years_ago}_{leaf.line}").lower()


def taken_name(leaf: Leaf, year: int) -> str:
    """The name by which formulas take a leaf: of a word that its cell shows in other words, that of its code."""
    coded = leaf.sheet == RETURNS.sheet and leaf.line in CODED
    return f"{defined_name(leaf, year)}_code" if coded else defined_name(leaf, year)


def column_name(leaf: Leaf) -> str:
    """`exercises_adjustment`: all rows of a column."""
    return f"{leaf.sheet}_{leaf.line}"


class Sheet(NamedTuple):
    """A sheet drawn once, for all books of its shape."""

    title: str
    parts: Sequence[TemplatePart | Packed]  # its files, numbered as if it were the only sheet
    relations: Mapping[str, bytes]  # which of its files belong to which
    names: Mapping[str, CellRange]  # every name that it gives
    used: frozenset[str]  # the names that its formulas use, and those that it publishes
    printed: Mapping[str, str]  # Print_Titles and Print_Area; none of a sheet that is always hidden
    first_page: str = ""  # the printed area without the pages that only some clients need; "" of most sheets


@dataclass
class Book:
    """A book of which one sheet is under construction: what stands where, and by which name."""

    shape: Shape
    intake: bool = False  # a blank book to be typed into, without forms
    workbook: Workbook = field(default_factory=Workbook)
    rows: SheetRows = field(default_factory=SheetRows)
    slots: Slots = field(default_factory=Slots)
    names: dict[str, CellRange] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    first_page: str = ""  # what is printed where the pages after the first are not needed: "A1:G52"

    def sheet(self, title: str) -> Worksheet:
        """Begin the sheet."""
        made = self.workbook.worksheets[0]
        made.title = title
        return made

    def name(self, name: str, sheet: Worksheet, cells: str) -> None:
        """Give a cell or range a name; it is written only if a formula uses it or `publish` asks for it."""
        if name in self.names:
            raise ValueError(f"the name {name} is taken by {self.names[name]}")
        self.names[name] = CellRange(sheet.title, cells)

    def publish(self, name: str) -> None:
        """Write this name even if no formula uses it, for reviewers and other workbooks."""
        self.used.add(name)

    def refer(self, name: str) -> str:
        """Use a name in a formula."""
        self.used.add(name)
        return name

    def sources(self, year: int) -> Mapping[str, str]:
        """On which sheet each form and table of a year stands; of the year before the first there is none."""
        if year < self.shape.first:
            return {}
        tables = {table.sheet: table.title for table in (exercises, sales, grants)}
        return tables | {card.name: card.page.format(year=year) for card in FEDERAL.cards if card.page}

    def page_of(self, role: Role, year: int, system: System | None = None) -> str:
        """The sheet on which the line of a role stands."""
        return self.sources(year)[forms_of(year).find(role, system).leaf.sheet]

    def finish(self) -> Sheet:
        """The finished sheet, cut at the places that a client fills."""
        sheet, rules = self.workbook.worksheets[0], style_table(self.shape.cents).rules
        known = len(rules.styles)
        self.workbook._differential_styles = rules  # type: ignore[attr-defined]  # openpyxl has no other way in
        parts = sheet_parts(self.workbook, self.rows.written())
        if len(rules.styles) > known:
            raise ValueError(f"{sheet.title}: a conditional format has a look that add_rules does not know")
        relations = {name: parts.pop(name) for name in list(parts) if name.endswith(".rels")}
        printed = {"Print_Titles": sheet.print_titles, "Print_Area": sheet.print_area}
        cuts = cut(parts, self.slots)
        return Sheet(sheet.title, cuts, relations, self.names, frozenset(self.used), printed, self.first_page)


@dataclass
class Cells:
    """Writes the cells of one sheet; lines that stand on it are referred to by address, all others by name."""

    book: Book
    sheet: Worksheet
    here: dict[tuple[str, str, int], str] = field(default_factory=dict)  # (form, line, year) -> address

    def fixed(self, cell: str, value: object, style: str) -> None:
        """Write a text or figure of ours."""
        self.book.rows.fixed(cell, value, NUMBERS[style])

    def typed(self, cell: str, slot: Slot, style: str) -> None:
        """Write a cell for the preparer's entry."""
        self.book.rows.typed(cell, self.book.slots.token(slot), NUMBERS[style])

    def computed(self, cell: str, text: str, slot: Slot, style: str) -> None:
        """Write a formula (without "=") with its cached value."""
        self.book.rows.computed(cell, text, self.book.slots.token(slot), NUMBERS[style])

    def place(self, line: Line, year: int, cell: str) -> None:
        """Say where a line stands, before the formulas of this sheet are written."""
        self.here[line.leaf.sheet, line.leaf.line, year] = cell
        self.book.name(defined_name(line.leaf, year), self.sheet, cell)

    def address(self, year: int, row: Callable[[Leaf], str | None] | None = None) -> Callable[[Leaf | Column], str]:
        """How formulas of a year name what they use; `row` finds columns of a table in the row at hand."""

        def of(leaf: Leaf | Column) -> str:
            if isinstance(leaf, Column):
                return self.book.refer(column_name(leaf.leaf))
            if row and (cell := row(leaf)):
                return cell
            here = self.here.get((leaf.sheet, leaf.line, year - leaf.years_ago))
            return here or self.book.refer(taken_name(leaf, year))

        return of

    def expression(self, cell: str, node: Node, year: int, slot: Slot, style: str) -> None:
        """Write an expression as a formula of the year."""
        self.computed(cell, formula(node, self.address(year)), slot, style)

    def line(self, cell: str, line: Line, year: int, style: str) -> None:
        """Write a line of a form where it was placed: its formula, or the cell for its entry."""
        slot = (BOOK if line.leaf.sheet == BOOK else str(year), line.key)
        if line.expression is None:
            self.typed(cell, slot, style)
        else:
            self.expression(cell, line.expression, year, slot, style)


def absolute(cells: str) -> str:
    """`C5:C9` as `$C$5:$C$9`."""
    return re.sub(r"\$?([A-Z]+)\$?(\d+)", r"$\1$\2", cells)


def letter(column: int) -> str:
    """1 is A."""
    return get_column_letter(column)
