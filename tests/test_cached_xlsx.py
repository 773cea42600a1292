"""openpyxl's workbook with formula and value in each cell, in XML that every reader takes."""

from __future__ import annotations

import io
import re
import sys
from decimal import Decimal
from pathlib import Path
from subprocess import run

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference

from tests.spreadsheets import recalculated_by_ironcalc, validate_open_xml
from workbook_templates.drawing.rules import needs_marker, state_chip
from workbook_templates.drawing.styles import add_styles, citation
from workbook_templates.xlsx.cached_xlsx import Cached, save_cached, workbook_parts

CHECKOUT = Path(__file__).parents[1]
SHEET = "xl/worksheets/sheet1.xml"


def small_book() -> tuple[Workbook, Cached]:
    """A sheet with two formulas of known value, one left to Excel, a comment, rules and a chart."""
    book = Workbook()
    add_styles(book)
    sheet = book.worksheets[0]
    sheet.title = "Form & co"
    for cell, value in zip(sheet["A1:A4"], (100, "=A1*2", '="x"&A1', "=A1+1"), strict=True):
        cell[0].value, cell[0].style = value, "ib_amt"
    sheet["A1"].comment = citation("IRC \u00a755")
    needs_marker(sheet, "A1:A4", "A1")
    state_chip(sheet, "A1:A4", "A1")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "C1")
    return book, {(sheet.title, 2, 1): Decimal("200.00"), (sheet.title, 3, 1): "x100<&>"}


def test_formula_and_value_are_both_in_the_file() -> None:
    """A reader that cannot calculate sees the value; a formula without one is left as openpyxl writes it."""
    file = io.BytesIO()
    save_cached(small_book()[0], file, small_book()[1])
    columns = [load_workbook(file, data_only=values).worksheets[0]["A"] for values in (False, True)]
    assert [[cell.value for cell in column] for column in columns] == [
        [100, "=A1*2", '="x"&A1', "=A1+1"],
        [100, 200, "x100<&>", None],
    ]


def test_a_value_that_no_cell_can_hold_is_refused_with_its_place() -> None:
    """Sheet and cell are named."""
    book, cached = small_book()
    with pytest.raises(ValueError, match="Form & co!A2: nan is not a number a cell can hold"):
        workbook_parts(book, {**cached, ("Form & co", 2, 1): float("nan")})


def test_text_line_numbers_draw_no_green_corners() -> None:
    """The list of ignored errors covers the sheet and stands where the schema wants it: before the drawings."""
    elements = re.findall(r"<(\w+)", workbook_parts(*small_book())[SHEET].decode())
    assert [name for name in elements if name in {"ignoredErrors", "drawing", "legacyDrawing"}] == [
        *("ignoredErrors", "drawing", "legacyDrawing"),
    ]
    assert b'<ignoredError sqref="A1:A4" numberStoredAsText="1"' in workbook_parts(*small_book())[SHEET]


def test_relations_are_relative() -> None:
    """Ironcalc finds comments by no other path."""
    relations = b"".join(part for name, part in workbook_parts(*small_book()).items() if name.endswith(".rels"))
    assert b'Target="../comments1.xml"' in relations
    assert b'Target="/xl' not in relations


def test_saving_to_a_path_writes_the_same_file(tmp_path: Path) -> None:
    """A path or an open file."""
    file = io.BytesIO()
    save_cached(small_book()[0], file, small_book()[1])
    save_cached(small_book()[0], tmp_path / "book.xlsx", small_book()[1])
    assert (tmp_path / "book.xlsx").read_bytes() == file.getvalue()


def test_two_processes_write_the_same_bytes() -> None:
    """No clock, no order of a hash table is in the file."""
    code = "import sys, tests.test_cached_xlsx as t; b, c = t.small_book(); t.save_cached(b, sys.stdout.buffer, c)"
    command = [sys.executable, "-c", code]
    files = [run(command, capture_output=True, cwd=CHECKOUT, env={"PYTHONHASHSEED": seed}, check=True) for seed in "12"]
    assert files[0].stdout == files[1].stdout
    assert files[0].stdout.startswith(b"PK")


def test_ironcalc_reads_and_agrees(tmp_path: Path) -> None:
    """A second engine finds the same values."""
    book, cached = small_book()
    save_cached(book, tmp_path / "book.xlsx", cached)
    computed = recalculated_by_ironcalc(tmp_path / "book.xlsx")
    assert [computed["Form & co", place] for place in ("A2", "A4")] == [200, 101]


@pytest.mark.real_program
def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    """Fonts, rules, comment, chart, ignored errors: all within the schema."""
    book, cached = small_book()
    save_cached(book, tmp_path / "book.xlsx", cached)
    assert validate_open_xml(tmp_path / "book.xlsx") == []
