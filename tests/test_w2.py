"""Forms W-2 by employer: wages, code V and stock income tie, or are asked about; the file is optional."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, InputError, project
from engine.clients.open_items import Finding
from engine.columns import Why
from isobook.sources import read_source
from tests.command import run
from tests.returns import Row
from tests.spreadsheets import differences, lint, recalculated_by_ironcalc, type_in
from workbook_templates.fill import workbook

# An NSO of Cedar with a spread of 100 × 18 = 1,800 and an RSU of Birch, 50 × 40 = 2,000, both of 2024.
NSO: Row = {"exercise_id": "N-1", "employer": "Cedar Corp", "kind": "NSO", "date_granted": "2022-03-01"}
NSO |= {"date_exercised": "2024-02-01", "exercise_price": 10, "fmv_exercise": 28, "shares": 100}
RSU: Row = {"exercise_id": "R-1", "employer": "Birch Labs", "kind": "RSU", "date_exercised": "2024-05-01"}
RSU |= {"fmv_exercise": 40, "shares": 50}
YEAR: Row = {"tax_year": 2024, "filing_status": "single", "wages": 150_000, "deduction": "standard"}
CEDAR: Row = {"tax_year": 2024, "employer": "cedar corp", "box_1": 90_000, "code_v": 1_800}
BIRCH: Row = {"tax_year": 2024, "employer": "Birch Labs", "box_1": 60_000}


def asked(*w2: Row, **returns: Any) -> dict[str, Finding]:
    """The items on wages by their rule."""
    client = Client(exercises=[NSO, RSU], returns=[YEAR | returns], w2=w2)
    rules = {"wages-of-w2", "code-v", "stock-income", "no-w2"}
    return {each.finding.rule: each.finding for each in project(client).open_items if each.finding.rule in rules}


def test_forms_that_tie_ask_nothing() -> None:
    """90,000 + 60,000 = 150,000; code V is the spread of the NSO; a name in another case is the same employer."""
    assert asked(CEDAR, BIRCH) == {}
    assert asked() == {}


def test_two_forms_of_one_employer_count_together() -> None:
    """50,000 and 40,000 of Cedar, code V on the first."""
    assert asked(CEDAR | {"box_1": 50_000}, CEDAR | {"box_1": 40_000, "code_v": None}, BIRCH) == {}


def test_wages_other_than_box_1_are_told_once_a_year() -> None:
    """Birch is missing: 150,000 beside 90,000."""
    found = asked(CEDAR)["wages-of-w2"]
    assert (found.table, found.column, found.why, found.taken) == ("returns", "wages", Why.CONFLICT, "150,000.00")
    assert "wages are $150,000.00, but box 1 of the Forms W-2 on record comes to $90,000.00" in found.what
    assert "wages-of-w2" not in asked(CEDAR, BIRCH | {"box_1": "59999.50"})  # rounded on the return


@pytest.mark.parametrize("code_v", [900, None])
def test_code_v_other_than_the_spread_is_told(code_v: object) -> None:
    """900, or nothing, beside the spread of 1,800."""
    found = asked(CEDAR | {"code_v": code_v}, BIRCH)["code-v"]
    assert (found.table, found.row, found.taken) == ("w2", 1, "1,800.00")


def test_stock_income_of_an_employer_without_a_form_is_told() -> None:
    """Wages tie with Cedar alone, but 50 × 40 = $2,000 came from Birch; a file without any Form W-2 says nothing."""
    found = asked(CEDAR, wages=90_000)["no-w2"]
    assert (found.table, found.row, found.year) == ("w2", None, 2024)
    assert "the records have $2,000.00 of wages from options and stock of Birch Labs" in found.what
    assert asked(CEDAR, BIRCH | {"employer": "Birch Laboratories"})["no-w2"].what == found.what


def test_code_v_is_of_nonqualified_options_alone() -> None:
    """An RSU has no code V: 2,000 typed for Birch is told."""
    found = asked(CEDAR, BIRCH | {"code_v": 2_000})["code-v"]
    assert (found.row, found.taken) == (2, "0.00")


def test_box_1_below_the_stock_income_of_the_employer_is_told() -> None:
    """Birch reports 1,500, less than the 2,000 of the RSU."""
    found = asked(CEDAR, BIRCH | {"box_1": 1_500}, wages=91_500)["stock-income"]
    assert "box 1 is $1,500.00, less than the income of options and stock on record, $2,000.00" in found.what


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"box_1": None}, "box_1.*wages in dollars"),
        ({"box_1": -1}, "cannot be negative"),
        ({"tax_year": 1999}, "a tax year from"),
        ({"employer": ""}, "the employer's name"),
        ({"code_v": "x"}, "box 12 with code V"),
    ],
)
def test_a_wrong_cell_is_refused(cells: Row, words: str) -> None:
    """With what belongs there."""
    with pytest.raises(InputError, match=words):
        Client(w2=[CEDAR | cells])


def test_the_file_is_read_told_and_kept_by_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with w2.csv; a workbook made of it, and what is exported again, have the same rows."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "returns.csv").write_text("tax_year,filing_status,wages,deduction\n2024,single,90000,standard\n")
    (folder / "w2.csv").write_text("Tax year,Employer,Box 1,Box 12 code V\n2024,Cedar Corp,90000,1800\n")
    read = read_source(folder)
    (form,) = read.w2
    assert (form.tax_year, form.employer) == (2024, "Cedar Corp")
    assert [form.box_1, form.code_v] == [90_000, 1_800]
    assert "box 12 code V is $1,800.00" in run("check", "ada").stdout
    assert run("build", "ada", "-o", "ada.xlsx").exit_code == 0
    assert read_source(tmp_path / "ada.xlsx").w2 == read.w2
    run("export", "ada.xlsx", "again")
    assert (tmp_path / "again" / "w2.csv").read_text() == "tax_year,employer,box_1,code_v\n2024,Cedar Corp,90000,1800\n"


REAL = pytest.mark.real_program


def edited(path: Path, change: Callable[[Worksheet], None]) -> Path:
    """The workbook after a person changed its sheet W-2 in a spreadsheet program."""
    book = load_workbook(path)
    change(book["W-2"])
    book.save(path.with_name("edited.xlsx"))
    return path.with_name("edited.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two Forms W-2: 90,000 of Cedar in row 8, spelled as on Exercises there, and 60,000 of Birch in row 9."""
    path = tmp_path / "ada.xlsx"
    path.write_bytes(
        workbook(Client(exercises=[NSO, RSU], returns=[YEAR], w2=[CEDAR | {"employer": "CEDAR  corp"}, BIRCH]))
    )
    return path


def test_the_sheet_ties_box_1_to_wages_and_code_v_to_the_spread(book: Path) -> None:
    """90,000 + 60,000 = 150,000 as on Inputs; the spread of Cedar is 100 × 18 = 1,800, Birch has an RSU and no NSO."""
    shown = {(row, column): value for row, column, value in _rows(book)}
    assert [shown[row, column] for row in (8, 9) for column in "EFG"] == [150_000, 150_000, 1_800, 150_000, 150_000, 0]
    assert shown[8, "H"] == shown[9, "H"] == "Box 1 agrees with wages, code V with the spread."
    assert [shown[6, column] for column in "ACD"] == ["Total", 150_000, 1_800]
    assert shown[8, "B"] == "Cedar Corp"
    assert [form.employer for form in read_source(book).w2] == ["CEDAR  corp", "Birch Labs"]  # as received
    assert lint(book) == []
    assert "W-2" not in load_workbook(io.BytesIO(workbook(Client(exercises=[NSO], returns=[YEAR])))).sheetnames


def _rows(path: Path) -> list[tuple[int, str, object]]:
    sheet = load_workbook(path, data_only=True)["W-2"]
    cells = [cell for row in sheet["A6:H22"] for cell in row if isinstance(cell, Cell)]
    return [(cell.row, cell.column_letter, cell.value) for cell in cells]


@pytest.mark.parametrize("engine", ["ironcalc", "formualizer", pytest.param("libreoffice", marks=REAL)])
def test_no_recalculation_changes_a_value(book: Path, engine: str) -> None:
    """Words and numbers of every sheet, whoever computes them."""
    assert differences(book, engine) == []


def test_a_tie_follows_what_is_typed(book: Path) -> None:
    """Code V 1,700 beside the spread of 1,800; then box 1 of Cedar 80,000, so that all forms have 140,000."""
    typed = type_in(book, {("W-2", "D8"): Decimal(1_700)}, book.with_name("v.xlsx"))
    words = "DIFFERS: code V is not the spread of NSO of this employer and year."
    assert recalculated_by_ironcalc(typed)["W-2", "H8"] == words
    typed = type_in(book, {("W-2", "C8"): Decimal(80_000)}, book.with_name("w.xlsx"))
    values = recalculated_by_ironcalc(typed)
    assert values["W-2", "E9"] == 140_000
    assert str(values["W-2", "H9"]).startswith("DIFFERS: wages of the return are not box 1")


def test_a_row_that_is_begun_says_what_it_needs(book: Path) -> None:
    """An employer without box 1."""
    values = recalculated_by_ironcalc(type_in(book, {("W-2", "B10"): "Elm Inc"}, book.with_name("b.xlsx")))
    assert values["W-2", "H10"] == "Not counted yet: year, employer and box 1 are needed."


def test_an_edited_and_an_added_form_are_read_back(book: Path) -> None:
    """Code V of Cedar is 1,900 now, and Elm with 500 was added in row 10."""

    def change(sheet: Worksheet) -> None:
        sheet["D8"] = 1_900
        sheet["A10"], sheet["B10"], sheet["C10"] = 2_024, "Elm Inc", 500

    read = read_source(edited(book, change)).w2
    assert [form.employer for form in read] == ["Cedar Corp", "Birch Labs", "Elm Inc"]
    assert [form.box_1 for form in read] == [90_000, 60_000, 500]
    assert [form.code_v for form in read] == [1_900, None, None]


def test_a_deleted_form_is_left_out_and_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of Birch was cleared."""

    def change(sheet: Worksheet) -> None:
        for column in "ABCD":
            sheet[f"{column}9"] = None

    path = edited(book, change)
    assert [form.employer for form in read_source(path).w2] == ["CEDAR  corp"]
    monkeypatch.chdir(path.parent)
    told = " ".join(run("check", "edited.xlsx").stdout.split())
    assert (
        "W-2, record 2 as received: Year 2024, Employer Birch Labs, Wages box 1 60000 is gone, and was left out."
        in told
    )
    differs = " ".join(run("diff", "ada.xlsx", "edited.xlsx").stdout.split())
    assert "2024 Birch Labs removed" in differs


def test_a_workbook_without_its_sheet_is_refused(book: Path) -> None:
    """The Forms W-2 would be lost in silence."""
    read = load_workbook(book)
    del read["W-2"]
    read.save(book)
    with pytest.raises(InputError, match="a sheet W-2"):
        read_source(book)
