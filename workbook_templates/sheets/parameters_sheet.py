"""Parameters & sources: the figures in force for each year's filing status, and those of all statuses behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from engine.expressions import Count, Text, count, when
from engine.nodes import Kind, Leaf
from engine.tax_year import PARAMETERS, STATUSES, Parameter, Status, tax_year
from engine.years import forms_of

from ..excel_formula import chosen_cell
from ..layout import BOOK, Book, defined_name, letter
from ..page import LINE, Frame, Page
from ..styles import RATE, TAB_SUPPORT
from ..text_fit import lines_needed, row_height

SERIES: Final = [each for each in PARAMETERS if each.series]
SINGLE: Final = [each for each in PARAMETERS if not each.series]
SOURCE_WIDTH: Final = 60.0


def draw_parameters(book: Book) -> None:
    """Years side by side; first what is in force, then each filing status."""
    years = list(book.shape.years)
    widths = (44.0, *(13.0 for _ in years), SOURCE_WIDTH)
    frame = Frame("Parameters & sources", "L", "Parameters & sources", widths, TAB_SUPPORT, landscape=True, freeze="B5")
    page = Page(book, frame)
    page.header(
        [
            ("US dollars", "ib_head"),
            *((year, "ib_head_num") for year in years),
            (f"Source ({years[-1]})", "ib_head_in"),
        ]
    )
    page.cells.fixed("A3", "The figures of the law that this file uses; the filing status on Inputs chooses them.", "ib_say")
    _provisional(page, years)
    start = page.row
    page.row += 2 + len(_rows())  # the block in force, whose formulas need the blocks below
    blocks = {status: _status_block(page, status, years) for status in STATUSES}
    end, page.row = page.row, start
    _in_force(page, years, blocks)
    page.row = end
    page.close()


def _rows() -> list[tuple[Parameter, int]]:
    """One row a figure; a series has a row a bracket."""
    single = [(each, 0) for each in SINGLE]
    return [*single, *((each, bracket) for each in SERIES for bracket in range(7))]


def _provisional(page: Page, years: list[int]) -> None:
    for year in years:
        for note in tax_year(year).provisional:
            page.height(page.row, 16)
            for column in range(1, len(years) + 3):
                page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_prov_rest")
            page.cells.fixed(f"A{page.row}", f"P   {year}: {note}", "ib_prov")
            page.row += 1


def _label(parameter: Parameter, bracket: int) -> str:
    return f"{parameter.label} {bracket + 1}" if parameter.series else parameter.label


def _amount_style(page: Page, cell: str, parameter: Parameter) -> None:
    if parameter.kind is Kind.RATE:
        page.sheet[cell].number_format = RATE


def _status_block(page: Page, status: Status, years: list[int]) -> dict[tuple[str, int], int]:
    """Write one status; give the row of each figure."""
    page.band(STATUSES[status])
    rows: dict[tuple[str, int], int] = {}
    for parameter, bracket in _rows():
        rows[parameter.name, bracket] = page.row
        _describe(page, parameter, bracket, years)
        for place, year in enumerate(years, 2):
            found = tax_year(year).figure(parameter.name, status)
            value = found if isinstance(found, Decimal) else found[bracket]
            cell = f"{letter(place)}{page.row}"
            page.cells.fixed(cell, value, "ib_amt")
            _amount_style(page, cell, parameter)
        page.row += 1
    return rows


def _describe(page: Page, parameter: Parameter, bracket: int, years: list[int]) -> None:
    source = tax_year(years[-1]).source(parameter.name) if not bracket else ""
    lines = lines_needed(source, SOURCE_WIDTH, 9, indent=1)
    page.height(page.row, row_height(lines, 9) if lines > 1 else LINE)
    page.cells.fixed(f"A{page.row}", _label(parameter, bracket), "ib_label")
    page.cells.fixed(f"{letter(len(years) + 2)}{page.row}", source or None, "ib_cite")


def _in_force(page: Page, years: list[int], blocks: dict[Status, dict[tuple[str, int], int]]) -> None:
    """The block that the forms read, by the number of the filing status."""
    page.band("In force, for the filing status of each year")
    _status_numbers(page, years)
    number_row = page.row - 1
    for parameter, bracket in _rows():
        _describe(page, parameter, bracket, years)
        for place, year in enumerate(years, 2):
            at = letter(place)
            choices = [f"{at}{blocks[status][parameter.name, bracket]}" for status in STATUSES]
            name = f"law.{parameter.name}"
            slot = (str(year), name, bracket) if parameter.series else (str(year), name)
            page.cells.computed(f"{at}{page.row}", chosen_cell(f"{at}${number_row}", choices), slot, "ib_amt")
            _amount_style(page, f"{at}{page.row}", parameter)
            if not bracket:
                last = page.row + 6 if parameter.series else page.row
                cells = f"{at}{page.row}:{at}{last}" if parameter.series else f"{at}{page.row}"
                page.book.name(defined_name(Leaf("law", parameter.name), year), page.sheet, cells)
        page.row += 1


def _status_numbers(page: Page, years: list[int]) -> None:
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", "Filing status, by number (1 while it is not known)", "ib_label")
    page.cells.fixed(f"{letter(len(years) + 2)}{page.row}", _numbered(), "ib_cite")
    for place, year in enumerate(years, 2):
        node = status_number(forms_of(year).forms["inputs"].word("filing_status")).node
        page.cells.expression(f"{letter(place)}{page.row}", node, year, (BOOK, f"{year} status"), "ib_mid")
    page.row += 1


def _numbered() -> str:
    return ", ".join(f"{number} {status}" for number, status in enumerate(STATUSES, 1))


def status_number(word: Text) -> Count:
    """1 for the first of STATUSES, and for a blank."""
    chosen = count(1)
    for number, status in list(enumerate(STATUSES, 1))[:0:-1]:
        chosen = when(word.equals(status), count(number), chosen)
    return chosen


def status_position(status: str | None) -> int:
    """The number that `status_number` shows for a status."""
    return list(STATUSES).index(status) + 1 if status else 1  # type: ignore[arg-type]
