"""A trial of the house: a form more is its module, its card and its step, and every face has it."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from engine import Client, project
from engine.language.form import FormCard
from tests.toy_form import toy_form, toy_in_the_catalogue
from workbook_templates.fill import workbook
from workbook_templates.read_back.figures import figures_said
from workbook_templates.read_back.xlsx_cells import XlsxCells

__all__ = ["toy_form"]  # the fixture

YEARS = (2024, 2025)
CLIENT = Client(
    returns=[
        {"tax_year": year, "filing_status": "single", "wages": 180_000, "deduction": "standard"} | credit
        for year, credit in zip(YEARS, ({"mtc_carryforward_in": 90_000}, {}), strict=True)  # so that Form 8801 is shown
    ]
)


@pytest.fixture(scope="module")
def made() -> bytes:
    """A workbook that was made with the toy in the catalogue."""
    with toy_in_the_catalogue():
        return workbook(CLIENT)


def test_a_filed_form_more_is_a_sheet_after_the_others_of_its_year(made: bytes) -> None:
    """Without an edit of the workbook: the card says on which sheet it stands."""
    titles = load_workbook(io.BytesIO(made)).sheetnames
    for year in YEARS:
        assert titles[titles.index(f"6251 {year}") :][:3] == [f"6251 {year}", f"8801 {year}", f"TOY {year}"]
    assert "TOY 2026" not in titles  # it is not prepared ahead
    assert "8801 2026" in titles


def test_it_stands_in_the_index_with_what_it_answers(made: bytes) -> None:
    """Title, answer and reference are those of its card; the row after it is the next year's."""
    index = load_workbook(io.BytesIO(made))["Contents"]
    rows = [[cell.value for cell in row[:3]] for row in index.iter_rows()]
    for year in YEARS:
        answer = f"A tenth of what is above 100,000 of AMT income in {year}"
        at = rows.index([f"TOY {year}", answer, f"T-{year % 100}"])
        assert rows[at - 1][0] == f"8801 {year}"


def test_its_sheet_shows_its_lines_with_formulas_and_figures(made: bytes) -> None:
    """AMT income in 2024 is the wages, as no tax was deducted: 180,000; above 100,000 80,000; a tenth 8,000."""
    live, kept = (load_workbook(io.BytesIO(made), data_only=kept)["TOY 2024"] for kept in (False, True))
    assert [live[cell].value for cell in ("A1", "B1", "C1", "D1")] == ["Form", "TOY", "Form TOY", 2024]
    assert live["C6"].value == "The whole form"
    assert [live[f"D{row}"].value for row in (7, 8, 9)] == [1, 2, 3]
    words = ["AMT income", "Line 1 less 100,000, not below zero", "A tenth of that"]
    assert [live[f"B{row}"].value for row in (7, 8, 9)] == words
    assert [live[f"G{row}"].value for row in (7, 8, 9)] == ["6251 line 4", "Of it above 100,000", "10% of line 2"]
    assert [live[f"E{row}"].value for row in (7, 8, 9)] == [
        "=f6251_2024_4",
        "=ROUND(MAX(0,E7-100000),rounding)",
        "=ROUND(0.1*E8,rounding)",
    ]
    assert [kept[f"E{row}"].value for row in (7, 8, 9)] == [180_000, 80_000, 8_000]


def test_its_cells_are_found_again_by_name(made: bytes, toy_form: FormCard) -> None:
    """A workbook that comes back says what the form said."""
    said = figures_said(XlsxCells(made))
    assert {line: said[line].value for line in said if line[1] == toy_form.name} == {
        (2024, "toy", "1"): 180_000,
        (2024, "toy", "2"): 80_000,
        (2024, "toy", "3"): 8_000,
        (2025, "toy", "1"): 180_000,
        (2025, "toy", "2"): 80_000,
        (2025, "toy", "3"): 8_000,
    }


def test_the_projection_figures_it(toy_form: FormCard) -> None:
    """Its figures stand among those of the year, under its name."""
    assert project(CLIENT).years[2024].figures[f"{toy_form.name}.3"] == 8_000


def test_without_it_there_is_no_trace() -> None:
    """The trial leaves the house as it was."""
    assert not any("TOY" in title for title in load_workbook(io.BytesIO(workbook(CLIENT))).sheetnames)
