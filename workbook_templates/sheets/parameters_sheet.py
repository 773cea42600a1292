"""Parameters & sources: the figures in force for each year's filing status, and those of all statuses behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from engine.federal.tax_year import PARAMETERS, Parameter, tax_year
from engine.federal.years import forms_of
from engine.filing import STATUSES, Status
from engine.language.expressions import Count, Text, count, when
from engine.language.nodes import Kind, Leaf

from ..drawing.colors import TAB_SUPPORT
from ..drawing.excel_formula import chosen_cell
from ..drawing.layout import BOOK, Book, defined_name, letter
from ..drawing.page import LINE, Frame, Page
from ..xlsx.paper import scale_to_width
from ..xlsx.text_fit import lines_needed, row_height

LABEL_WIDTH, YEAR_WIDTH, SOURCE_WIDTH = 36.0, 11.5, 50.0  # characters


def draw_parameters(book: Book) -> None:
    """Years side by side; first what is in force, then the figures of each filing status, then those of all."""
    years = list(book.shape.years)
    widths = (LABEL_WIDTH, *(YEAR_WIDTH for _ in years), SOURCE_WIDTH)
    look = ("L", "Parameters and sources", widths, TAB_SUPPORT)
    scale = int(100 * scale_to_width(widths, margin=0.5))
    page = Page(book, Frame("Parameters", *look, landscape=True, freeze="A5", scale=scale, words_last=True))
    heads: list[tuple[str | int, str]] = [("US dollars", "ib_head"), *((year, "ib_head_num") for year in years)]
    page.header([*heads, (f"Source ({years[-1]})", "ib_head_in")])
    page.cells.fixed("A3", SAY, "ib_say")
    _provisional(page, years)
    start = page.row
    page.row += 2 + len(_rows(PARAMETERS))  # the block in force, whose formulas need the blocks below
    by_status = [each for each in PARAMETERS if not each.is_for_all]
    for_all = [each for each in PARAMETERS if each.is_for_all]
    blocks = {status: _block(page, STATUSES[status], by_status, status, years) for status in STATUSES}
    common = _block(page, "Every filing status", for_all, "single", years)
    end, page.row = page.row, start
    _in_force(page, years, [{**rows, **common} for rows in blocks.values()])
    page.row = end
    page.end_between_bands(end - 1)
    page.close()


SAY: Final = "The figures of the law that this file uses; the filing status on Inputs chooses them."


def _rows(parameters: Sequence[Parameter]) -> list[tuple[Parameter, int]]:
    """One row per figure; a series has a row per bracket."""
    return [(each, bracket) for each in parameters for bracket in range(7 if each.series else 1)]


def _provisional(page: Page, years: list[int]) -> None:
    for year in years:
        for note in tax_year(year).all_provisional:
            page.strip(f"P   {year}: {note}")


def _block(
    page: Page, band: str, parameters: Sequence[Parameter], status: Status, years: list[int]
) -> dict[tuple[str, int], int]:
    """Write the figures of one status; give the row of each."""
    page.band(band)
    rows: dict[tuple[str, int], int] = {}
    for parameter, bracket in _rows(parameters):
        rows[parameter.name, bracket] = page.row
        _describe(page, parameter, bracket, years)
        for place, year in enumerate(years, 2):
            found = tax_year(year).figure(parameter.name, status)
            value = found if isinstance(found, Decimal) else found[bracket]
            page.cells.fixed(f"{letter(place)}{page.row}", value, _style(parameter))
        page.row += 1
    return rows


def _style(parameter: Parameter) -> str:
    return "ib_amt_rate" if parameter.kind is Kind.RATE else "ib_amt"


def _describe(page: Page, parameter: Parameter, bracket: int, years: list[int]) -> None:
    source = tax_year(years[-1]).source(parameter.name) if not bracket else ""
    label = f"{parameter.label} {bracket + 1}" if parameter.series else parameter.label
    heights = (
        row_height(lines_needed(source, SOURCE_WIDTH, 9, indent=1), 9),
        row_height(lines_needed(label, LABEL_WIDTH, 10)),
    )
    page.height(page.row, max(LINE, *heights))
    page.cells.fixed(f"A{page.row}", label, "ib_label")
    if not bracket:
        page.comment(f"A{page.row}", "\n".join(f"{year}: {tax_year(year).source(parameter.name)}" for year in years))
    page.cells.fixed(f"{letter(len(years) + 2)}{page.row}", source or None, "ib_cite")


def _in_force(page: Page, years: list[int], blocks: Sequence[Mapping[tuple[str, int], int]]) -> None:
    """The block that the forms read, by the number of the filing status."""
    page.band("In force, for the filing status of each year")
    _status_numbers(page, years)
    number_row = page.row - 1
    for parameter, bracket in _rows(PARAMETERS):
        _describe(page, parameter, bracket, years)
        for place, year in enumerate(years, 2):
            at, name = letter(place), f"law.{parameter.name}"
            choices = list(dict.fromkeys(f"{at}{rows[parameter.name, bracket]}" for rows in blocks))
            text = chosen_cell(f"{at}${number_row}", choices) if len(choices) > 1 else choices[0]
            slot = (str(year), name, bracket) if parameter.series else (str(year), name)
            page.cells.computed(f"{at}{page.row}", text, slot, _style(parameter))
            if not bracket:
                last = f":{at}{page.row + 6}" if parameter.series else ""
                page.book.name(defined_name(Leaf("law", parameter.name), year), page.sheet, f"{at}{page.row}{last}")
        page.row += 1


def _status_numbers(page: Page, years: list[int]) -> None:
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", "Filing status, by number (1 while it is not known)", "ib_label")
    page.cells.fixed(f"{letter(len(years) + 2)}{page.row}", "In the order of the blocks below", "ib_cite")
    for place, year in enumerate(years, 2):
        node = status_number(forms_of(year).inputs.word("filing_status")).node
        page.cells.expression(f"{letter(place)}{page.row}", node, year, (BOOK, f"{year} status"), "ib_amt")
    page.row += 1


def status_number(word: Text) -> Count:
    """1 for the first of STATUSES, and for a blank."""
    chosen = count(1)
    for number, status in list(enumerate(STATUSES, 1))[:0:-1]:
        chosen = when(word.equals(status), count(number), chosen)
    return chosen


def status_position(status: Status | None) -> int:
    """The number that `status_number` shows for a status."""
    return list(STATUSES).index(status) + 1 if status else 1
