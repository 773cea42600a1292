"""The sheet Inputs: words in place of codes, lines that no year has folded away, what is still to type."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.columns import RETURNS
from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.edited_workbooks import entry_row, made, opened, sheet_of, small_client
from tests.spreadsheets import recalculated_by_ironcalc, type_in
from tests.workbook_facts import Facts
from workbook_templates.fill import workbook


def inputs() -> Worksheet:
    """That of the example of six years."""
    return load_workbook(BytesIO(workbook(read_source(EXAMPLES / "six-years"))), data_only=True)["Inputs"]


def test_the_return_comes_first_and_a_status_is_shown_in_words() -> None:
    """Single until 2022, then joint returns."""
    sheet = inputs()
    assert sheet["A6"].value == "Return"
    (status,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Filing status"]
    assert list(status[1:7]) == ["Single"] * 3 + ["Married, joint"] * 3


def test_the_words_of_a_status_are_not_cut() -> None:
    """Married, separate is wider than a year's column; set to the right, its first letters would be gone."""
    sheet = inputs()
    (row,) = [row for row in sheet.iter_rows(max_col=7) if row[0].value == "Filing status"]
    assert all(cell.alignment.shrink_to_fit and not cell.alignment.wrap_text for cell in row[1:])


def test_words_and_codes_are_read_alike(tmp_path: Path) -> None:
    """Married, joint as the list offers it; married_joint, as files have it; MFJ, as preparers write it."""
    for typed in ("Married, joint", "married_joint", "MFJ"):

        def edit(book: Workbook, typed: str = typed) -> None:
            sheet_of(book, "Inputs").cell(entry_row("filing_status"), 2).value = typed

        client = opened(tmp_path, edit).client
        assert client.returns[0].filing_status == "married_joint"
        assert client.exercises == small_client().exercises


def test_formulas_take_the_code_of_the_words(tmp_path: Path) -> None:
    """The exemption of 2025 is 88,100 of one person and 137,000 of a joint return, in words or as a code."""
    path = tmp_path / "client.xlsx"
    path.write_bytes(made())
    facts = Facts(path)
    for typed in ("Married, joint", "married_joint"):
        values = recalculated_by_ironcalc(
            type_in(path, {facts.entry(2025, "filing_status"): typed}, tmp_path / "typed.xlsx")
        )
        assert values[facts.places["f6251_2025_5"]] == 137_000
    assert facts.cells[facts.places["f6251_2025_5"]].value == "88100"


def test_lines_that_no_year_has_are_folded_away() -> None:
    """Wages stand, line 2d of Form 6251 does not; the row that tells of them opens them."""
    sheet = inputs()
    rows = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
    depletion = sheet.row_dimensions[rows["2d  Depletion"]]
    assert (depletion.hidden, depletion.outlineLevel) == (True, 1)
    assert not sheet.row_dimensions[rows["Wages"]].hidden
    (more,) = [row for words, row in rows.items() if words.startswith("+  ")]
    assert sheet.row_dimensions[more].collapsed


def test_short_names_are_told_apart_and_fit_a_phone() -> None:
    """By them a row is found when the workbook comes back; 16 characters are 117 pixels."""
    names = [each.short or each.label for each in RETURNS if each.label]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) > 17] == []
