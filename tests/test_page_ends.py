"""Where pages of Checks, Parameters, Questions and Letter end: no heading at a foot, no last page nearly empty."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.printed_clients import PRINTED
from workbook_templates.fill import workbook
from workbook_templates.xlsx.paper import ends_between_bands

TEN = [10.0] * 12


@pytest.fixture(scope="module")
def books() -> dict[str, Workbook]:
    """Books whose Questions, Checks and Parameters once ended a page with a heading."""
    clients = {name: read_source(EXAMPLES / name) for name in ("six-years", "from-csv-alone", "four-years")}
    clients |= {name: PRINTED[name] for name in ("forty exercises", "nine years")}
    return {name: load_workbook(BytesIO(workbook(client)), data_only=True) for name, client in clients.items()}


def test_a_page_takes_what_fits_and_repeats_its_heading() -> None:
    """12 rows of 10 points on pages of 70: seven, then the heading of 10 and six, of which five are left."""
    assert ends_between_bands(TEN, 10, [], 70) == [7]


def test_a_band_is_not_the_last_row_of_a_page() -> None:
    """Row 7 is a band: it goes over to the second page with what it heads."""
    assert ends_between_bands(TEN, 10, [2, 7], 70) == [6]


def test_a_last_page_that_is_nearly_empty_takes_the_part_before_it() -> None:
    """11 rows fill a page of 110; the last would stand alone, so the part that begins in row 8 goes with it."""
    assert ends_between_bands(TEN, 10, [2, 8], 110) == [7]
    assert ends_between_bands(TEN, 10, [2], 110) == [11], "a part that begins on top of the first page cannot"


def test_what_fits_one_page_is_not_broken() -> None:
    """12 rows of 10 points are 120."""
    assert ends_between_bands(TEN, 10, [2, 8], 120) == []


@pytest.mark.parametrize("title", ["Checks", "Parameters"])
@pytest.mark.parametrize("name", ["six-years", "from-csv-alone", "four-years", "forty exercises", "nine years"])
def test_no_page_ends_with_the_heading_of_a_part(name: str, title: str, books: dict[str, Workbook]) -> None:
    """A heading has no figure beside it."""
    sheet = books[name][title]
    ends = [each.id for each in sheet.row_breaks.brk]
    assert ends, "it takes more than a page"
    last = [[cell.value for cell in sheet[end] if cell.value is not None] for end in ends]
    assert [cells for cells in last if len(cells) < 2] == []
    how = sheet.sheet_properties.pageSetUpPr
    assert how is None or not how.fitToPage, "Excel fits a page to the paper and forgets hand breaks"


@pytest.mark.parametrize("name", ["six-years", "from-csv-alone", "four-years", "forty exercises", "nine years"])
def test_no_page_ends_with_a_question(name: str, books: dict[str, Workbook]) -> None:
    """Its answer stands below it, and what is to be done before signing stays with the note of authorities."""
    sheet = books[name]["Questions"]
    ends = [each.id for each in sheet.row_breaks.brk]
    assert ends, "it takes more than a page"
    shown = [row for row in range(1, ends[-1] + 1) if sheet.row_dimensions[row].height and sheet.cell(row, 1).value]
    last = [max(row for row in shown if row <= end) for end in ends]
    assert [sheet.cell(row, 1).value for row in last if str(sheet.cell(row, 1).value).endswith(("?", "signed"))] == []


def test_the_letter_of_six_years_takes_two_pages(books: dict[str, Workbook]) -> None:
    """With five exercises of four companies and a table of four lots; a third page was a third full."""
    assert len(books["six-years"]["Letter"].row_breaks.brk) == 1
