"""Make workpaper.xlsx: an accountant's own sheet with isobook's functions in it, and the list of the functions.

python examples/workpaper/make.py [OUT.xlsx]. Each formula is written with its value, which shows without the add-in.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))  # the checkout, where it is not installed

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from addin import functions
from addin.reference import table
from workbook_templates.drawing.styles import add_styles
from workbook_templates.xlsx.cached_xlsx import save_cached
from workbook_templates.xlsx.text_fit import lines_needed, row_height

HERE: Final = Path(__file__).with_name("workpaper.xlsx")
INPUTS: Final = (
    ("B4", "Filing status", "single", "ib_in_text", "Form 1040"),
    ("B5", "Tax year", 2025, "ib_in_pick", ""),
    ("B6", "Taxable income", 150_000, "ib_in_amt", "Form 1040 line 15"),
    ("B7", "Form 6251 lines 1 to 3, without the exercises", 165_750, "ib_in_amt", "line 1b, and 2a: 15,750"),
)
HEADS: Final = (
    *("Lot", "Granted", "Exercised", "Price", "Value", "Shares", "Sold"),
    *("Line 2i", "Basis for AMT", "Basis", "Qualifying?", "Check"),
)
LOTS: Final = (
    ("E-1", "2022-01-10", "2025-03-14", 10, 50, 1_000, None),
    ("E-2", "2022-01-10", "2025-03-14", 10, 50, 500, "2025-11-03"),
    ("E-3", "2023-06-01", "2025-06-20", 45, 38.5, 400, None),
)
FIRST, LAST = 11, 13
YEAR: Final = (
    ("B17", "AMT income, before the married-separate addition", "=B7+H14", "Form 6251 line 4"),
    ("B18", "Exemption", "=AMT_EXEMPTION(B17,B4,B5)", "line 5"),
    ("B19", "Tentative minimum tax", "=TMT(B17,B4,B5)", "line 9"),
    ("B20", "Regular tax", "=REG_TAX(B6,B4,B5)", "line 10"),
    ("B21", "Alternative minimum tax", "=AMT(B17,B6,B4,B5)", "line 11"),
    ("B22", "Largest line 2i without AMT", "=ISO_CROSSOVER(B7,B6,B4,B5)", ""),
    ("B23", "How line 11 comes about", '=AMT_EXPLAIN("11",B17,B6,B4,B5)', ""),
)
WHAT_IF: Final = (
    ("B26", "What if so many more shares are exercised", 250, "ib_in_shares"),
    ("B27", "at a price of", 10, "ib_in_price"),
    ("B28", "and a value of", 50, "ib_in_price"),
)
THEN: Final = (
    ("B29", "Line 2i of these shares", "=ISO_ADJ(B26,B27,B28)"),
    ("B30", "AMT then", "=AMT(B17+B29,B6,B4,B5)"),
    ("B31", "More AMT", "=B30-B21"),
    ("B32", "Shares at this price without AMT, total", "=ISO_MAX_SHARES(B27,B28,B7,B6,B4,B5)"),
)
FORM_AT: Final = "A35"
FUNCTION_WIDTHS: Final = (18, 48, 60, 44, 48)  # characters


def main(target: Path) -> None:
    """Write the workbook."""
    book = Workbook()
    add_styles(book)
    sheet = book.worksheets[0]
    cached = _Cells(sheet)
    _top(cached)
    _lots(cached)
    _year(cached)
    _what_if(cached)
    _form(cached)
    _look(sheet)
    _list_functions(book.create_sheet("Functions"))
    save_cached(book, target, {(sheet.title, row, column): value for (row, column), value in cached.values.items()})


class _Cells:
    """Types cells, and keeps the value of each formula."""

    def __init__(self, sheet: Worksheet) -> None:
        sheet.title = "Workpaper"
        self.sheet = sheet
        self.values: dict[tuple[int, int], Any] = {}

    def type(self, cell: str, value: Any, style: str = "ib_text") -> None:
        """Type a value."""
        self.sheet[cell].value, self.sheet[cell].style = value, style

    def formula(self, cell: str, formula: str, value: Any, style: str = "ib_price") -> None:
        """Type a formula whose value is known."""
        self.type(cell, formula, style)
        self.values[self.sheet[cell].row, self.sheet[cell].column] = value

    def call(self, cell: str, formula: str, style: str = "ib_price") -> None:
        """Type a formula that is one function of isobook, on cells."""
        name, arguments = formula[1:-1].split("(")
        given = [self.value(each) for each in arguments.split(",")]
        self.formula(cell, formula, getattr(functions, name)(*given), style)

    def value(self, text: str) -> Any:
        """What a cell holds, a sum of cells, or a text."""
        if text.startswith('"'):
            return text.strip('"')
        if "+" in text:
            return sum(self.value(each) for each in text.split("+"))
        cell = self.sheet[text]
        return self.values.get((cell.row, cell.column), cell.value)


def _top(cells: _Cells) -> None:
    cells.type("A1", "AMT on incentive stock options", "ib_title")
    cells.type("A2", "Jordan Sample (invented). Yellow cells are typed; the rest are functions of isobook.", "ib_sub")
    for cell, label, value, style, note in INPUTS:
        cells.type(f"A{cell[1:]}", label, "ib_label")
        cells.type(cell, value, style)
        cells.type(f"C{cell[1:]}", note, "ib_sub")


def _lots(cells: _Cells) -> None:
    cells.type("A9", "Exercises, one for each Form 3921", "ib_h2")
    for column, head in zip("ABCDEFGHIJKL", HEADS, strict=True):
        cells.type(
            f"{column}10", head, "ib_head" if column == "A" else "ib_head_mid" if column in "KL" else "ib_head_num"
        )
    for row, lot in enumerate(LOTS, FIRST):
        styles = ("ib_in_text", *["ib_in_date"] * 2, *["ib_in_price"] * 2, "ib_in_shares", "ib_in_date")
        for column, value, style in zip("ABCDEFG", lot, styles, strict=True):
            day = style == "ib_in_date" and value
            cells.type(f"{column}{row}", datetime.fromisoformat(str(value)) if day else value, style)
        sold = bool(lot[-1])
        kept = f"F{row},D{row},E{row}" + (f",C{row},G{row}" if sold else "")
        cells.call(f"H{row}", f"=ISO_ADJ({kept})")
        cells.call(f"I{row}", f"=AMT_BASIS({kept})")
        cells.call(f"J{row}", f"=ISO_BASIS(F{row},D{row})")
        if sold:
            cells.call(f"K{row}", f"=ISO_DISPOSITION(B{row},C{row},G{row})", "ib_mid")
        cells.call(f"L{row}", f'=ISO_CHECK("ISO_ADJ",{kept})', "ib_mid")
    cells.type("A14", "Total", "ib_label_b")
    for column in "HIJ":
        total = sum(cells.value(f"{column}{row}") for row in range(FIRST, LAST + 1))
        cells.formula(f"{column}14", f"=SUM({column}{FIRST}:{column}{LAST})", total, "ib_total")


def _year(cells: _Cells) -> None:
    cells.type("A16", "The year", "ib_h2")
    for cell, label, formula, note in YEAR:
        cells.type(f"A{cell[1:]}", label, "ib_label")
        cells.type(f"C{cell[1:]}", note, "ib_sub")
        if formula.endswith(")"):
            cells.call(cell, formula, "ib_sub" if "EXPLAIN" in formula else "ib_price")
        else:
            cells.formula(cell, formula, cells.value(formula[1:]))


def _what_if(cells: _Cells) -> None:
    cells.type("A25", "What if", "ib_h2")
    for cell, label, value, style in WHAT_IF:
        cells.type(f"A{cell[1:]}", label, "ib_label")
        cells.type(cell, value, style)
    for cell, label, formula in THEN:
        cells.type(f"A{cell[1:]}", label, "ib_label")
        if formula.endswith(")"):
            cells.call(cell, formula, "ib_amt" if "SHARES" in formula else "ib_price")
        else:
            cells.formula(cell, formula, cells.value("B30") - cells.value("B21"))


def _form(cells: _Cells) -> None:
    """Form 6251 as one function that fills a table."""
    cells.type("A34", "Form 6251 from line 4 on, one function", "ib_h2")
    rows = functions.AMT_FORM(*(cells.value(cell) for cell in ("B17", "B6", "B4", "B5")))
    first = int(FORM_AT[1:])
    for down, row in enumerate(rows):
        for column, value in zip("ABCD", row, strict=True):
            cells.type(f"{column}{first + down}", value, "ib_price" if column == "C" else "ib_text")
    area = f"{FORM_AT}:D{first + len(rows) - 1}"
    cells.formula(FORM_AT, ArrayFormula(area, "=AMT_FORM(B17,B6,B4,B5)"), rows[0][0], "ib_text")  # type: ignore[arg-type]


def _look(sheet: Worksheet) -> None:
    widths = {"A": 46, "B": 24, "C": 14, "D": 18, "G": 14, "H": 13, "I": 14, "J": 13, "K": 14, "L": 10}
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    sheet["B5"].number_format = "0"
    sheet.sheet_view.showGridLines = False
    _fit_to_width(sheet)


def _list_functions(sheet: Worksheet) -> None:
    """All functions with an example each, as text."""
    for row, cells in enumerate(table(), 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value, cell.style = text, "ib_head" if row == 1 else "ib_text"
            cell.data_type = "s"  # an example is shown, not calculated
        lines = max(lines_needed(text, width, 10) for text, width in zip(cells, FUNCTION_WIDTHS, strict=True))
        sheet.row_dimensions[row].height = row_height(lines)  # wrapped text does not raise a row by itself
    for column, width in zip("ABCDE", FUNCTION_WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = "1:1"
    _fit_to_width(sheet)


def _fit_to_width(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
