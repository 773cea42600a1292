"""Sheets drawn once for many books: a book takes each from any other book that has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from workbook_templates.drawing.assembly import assemble
from workbook_templates.drawing.colors import TAB_NAVY
from workbook_templates.drawing.layout import Book, Shape, Sheet
from workbook_templates.drawing.page import Frame, Page
from workbook_templates.drawing.style_table import style_table
from workbook_templates.fill import drawings, drawn
from workbook_templates.xlsx.template import TableRows, TemplatePart

SHAPE = Shape(2023, 2025, 16, 64, True, 16)


def content(sheet: Sheet) -> list[object]:
    """All that a sheet is, in a form that can be compared."""
    parts: list[object] = []
    for part in sheet.parts:
        if isinstance(part, TemplatePart):
            runs = [row for run in part.runs for row in (run.rows.values() if isinstance(run, TableRows) else [run])]
            nothing = [run.pieces([None] * len(run.holes)) for run in runs]
            parts.append((part.name, nothing, part.tail, [hole.slot for hole in part.holes()]))
        else:
            parts.append(part)
    return [sheet.title, parts, sheet.relations, sheet.names, sheet.used, sheet.printed]


@pytest.mark.parametrize("shape", [SHAPE, Shape(2024, 2024, 16, 16, False, w2_rows=16)])
def test_a_sheet_rests_on_no_more_than_it_is_drawn_for(shape: Shape) -> None:
    """Drawn for the whole shape it is the same sheet, so that no book gets one that was meant for another."""
    for draw, least, year in drawings(shape):
        whole = Book(shape)
        draw(whole, *year)
        assert content(whole.finish()) == content(drawn(draw, least, year)), (draw.__name__, *year)


def test_a_book_of_other_years_takes_the_sheets_that_are_drawn_already() -> None:
    """Form 6251 of 2024 is one sheet for all books, whatever other years and however many rows they have."""
    some, other = ({sheet.title: sheet for sheet in (drawn(*each) for each in drawings(shape))} for shape in SHAPES)
    shared = {title for title in some.keys() & other.keys() if some[title] is other[title]}
    assert {"Gains 2025", "6251 2024", "Work 2025", "6251 2025", "8801 2025", "8801 2026"} <= shared
    assert not {"Lead sheet", "Exercises", "Letter"} & shared


SHAPES = (Shape(2023, 2025, 16, 16, False), Shape(2024, 2025, 64, 16, False))


def sheet_of(draw: Callable[[Page], Any]) -> Sheet:
    """A small sheet."""
    page = Page(Book(SHAPE), Frame("Small", "Z", "A small sheet", (20.0, 20.0), TAB_NAVY))
    page.cells.fixed("A5", "words", "ib_text")
    draw(page)
    page.close()
    return page.book.finish()


def test_a_name_that_two_sheets_give_is_refused() -> None:
    """A formula would take one or the other."""
    named = sheet_of(lambda page: page.book.name("amt", page.sheet, "A5"))
    with pytest.raises(ValueError, match="names that two sheets give: amt"):
        assemble([named, named], cents=False)


def test_a_name_that_stands_on_no_sheet_is_refused() -> None:
    """A formula with it would be #NAME?."""
    with pytest.raises(ValueError, match="names that stand nowhere: client_name, f6251_2025_11"):
        assemble([sheet_of(lambda page: page.book.refer("f6251_2025_11"))], cents=False)


def test_a_cell_written_past_the_page_is_refused() -> None:
    """Only what goes through Cells reaches the file: a value set on openpyxl's cell would be lost."""
    with pytest.raises(ValueError, match="write it through Cells"):
        sheet_of(lambda page: page.sheet.cell(6, 1, "lost"))


def test_a_look_that_the_style_table_does_not_know_is_refused() -> None:
    """The table is written once, before any sheet."""
    unknown = Rule("expression", dxf=DifferentialStyle(font=Font(color="FF123456")), formula=["TRUE"])
    with pytest.raises(ValueError, match="a look that add_rules does not know"):
        sheet_of(lambda page: page.sheet.conditional_formatting.add("A5", unknown))


def test_a_style_has_the_same_number_with_and_without_cents() -> None:
    """The sheets that show no cents of their own serve both kinds of books."""
    assert style_table(False).numbers == style_table(True).numbers
    assert style_table(False).parts["xl/styles.xml"] != style_table(True).parts["xl/styles.xml"]
