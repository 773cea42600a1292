"""Forms 6251 and 8801 as pages that read like the printed ones: what stands where, what is printed, what follows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, project
from engine.federal.forms.form_6251 import FORM_6251
from engine.federal.forms.form_8801 import FORM_8801
from engine.filing import YEARS
from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.spreadsheets import cells, recalculated_by_ironcalc, type_in
from tests.workbook_facts import Facts
from workbook_templates.contents.forms.page_layout import printed_pages
from workbook_templates.fill import workbook

PAGE_POINTS = (11 - 0.5 - 0.65) * 72 / 0.95  # Letter less its margins, at a scale of 95
SINGLE = {"filing_status": "single", "wages": 150_000, "deduction": "standard"}


def book_of(client: Client) -> Workbook:
    """The workbook with its stored values."""
    return openpyxl.load_workbook(io.BytesIO(workbook(client)), data_only=True)


@pytest.fixture(scope="module")
def six_years() -> Workbook:
    """The example of six years: no gains in 2020, qualified dividends from 2021 on."""
    return book_of(read_source(EXAMPLES / "six-years"))


def column(sheet: Worksheet, letter: str) -> list[Any]:
    """What stands in a column, in the rows that have a height."""
    rows = range(1, sheet.max_row + 1)
    return [sheet[f"{letter}{row}"].value for row in rows if not sheet.row_dimensions[row].hidden]


def last_printed(sheet: Worksheet) -> int:
    """The last row of the printed area."""
    return int(str(sheet.print_area).rpartition("$")[2])


def test_the_head_is_that_of_the_printed_form(six_years: Workbook) -> None:
    """Number, title, year and attachment sequence number; the name, and no social security number."""
    for card, number, sequence in ((FORM_6251, 6251, 32), (FORM_8801, 8801, 74)):
        sheet = six_years[f"{number} 2025"]
        assert [sheet[cell].value for cell in ("A1", "B1", "C1", "D1")] == ["Form", number, card.long_title, 2025]
        assert sheet["D3"].value == f"Attachment no. {sequence}"
        assert (sheet["A5"].value, sheet["D5"].value) == ("Robin Example (invented)", "kept out of this file")


def test_sub_lines_have_their_letter_at_the_left_and_their_number_in_the_box(six_years: Workbook) -> None:
    """From 2025 the form begins with 1a and b."""
    sheet = six_years["6251 2025"]
    beginning = [(sheet[f"A{row}"].value, sheet[f"D{row}"].value) for row in range(7, 12)]
    assert beginning == [("1a", "1a"), ("b", "1b"), ("2a", "2a"), ("b", "2b"), ("c", "2c")]
    assert [six_years["6251 2020"][f"{letter}7"].value for letter in "AD"] == [1, 1]


def test_words_tell_what_to_do_and_the_margin_what_it_is_or_where_it_comes_from(six_years: Workbook) -> None:
    """Line 30 in words of the printed form; line 2k leads to the sales, line 19 to the parameters."""
    sheet = six_years["6251 2025"]
    rows = {sheet[f"D{row}"].value: row for row in range(1, last_printed(sheet) + 1)}
    words = {number: (sheet[f"B{row}"].value, sheet[f"G{row}"].value) for number, row in rows.items()}
    assert words[30] == ("Smaller of line 24 and line 29", "Taxed at 15%")
    assert words[9] == ("Tentative minimum tax. Line 7 less line 8", None)
    assert words["2k"] == ("Property sold: AMT less regular", "8949 2025, and its AMT twin")
    links = {number: sheet[f"G{rows[number]}"].hyperlink.location for number in ("2i", "2k", 19)}
    assert links == {"2i": "'Exercises'!A1", "2k": "'8949 2025'!A1", 19: "'Parameters'!A1"}


def test_a_part_that_is_not_needed_is_a_bar_alone_and_takes_no_page(six_years: Workbook) -> None:
    """2020: 40 lines of Parts I and II are shown as they always are, lines 12 to 40 are not; the page ends below."""
    sheet = six_years["6251 2020"]
    shown = [number for number in column(sheet, "D") if isinstance(number, int) and number < 41]
    assert shown == [1, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert "Not needed: lines 12 to 40 stay blank" in column(sheet, "C")
    assert str(sheet[f"A{last_printed(sheet)}"].value).startswith("Line numbers are those of the printed form")
    projection = project(read_source(EXAMPLES / "six-years"))
    assert printed_pages(projection, FORM_6251, 2020) == 1


def test_a_part_that_is_needed_begins_the_second_page(six_years: Workbook) -> None:
    """2025: the break stands above the bar of Part III, whose last printed line is 40."""
    sheet = six_years["6251 2025"]
    [after] = [each.id for each in sheet.row_breaks.brk]
    assert (sheet[f"A{after + 1}"].value, sheet[f"D{after + 2}"].value) == ("Part III", 12)
    assert sheet[f"D{last_printed(sheet) - 1}"].value == 40
    assert "Not needed: lines 12 to 40 stay blank" not in column(sheet, "C")
    assert sheet.print_title_rows == "$4:$5"
    assert printed_pages(project(read_source(EXAMPLES / "six-years")), FORM_6251, 2025) == 2


@pytest.mark.parametrize("status", ["single", "married_separate"])
def test_the_first_page_holds_parts_one_and_two_in_every_year(status: str) -> None:
    """Letter at a scale of 95 has room for 746 points, with whatever is provisional."""
    book = book_of(Client(returns=[SINGLE | {"tax_year": year, "filing_status": status} for year in YEARS]))
    for title in (f"{form} {year}" for form in (6251, 8801) for year in YEARS):
        sheet = book[title]
        rows = range(1, sheet.row_breaks.brk[0].id + 1)
        points = sum(sheet.row_dimensions[row].height or 15 for row in rows if not sheet.row_dimensions[row].hidden)
        assert 500 < points < PAGE_POINTS, (title, points)


def test_the_margin_has_the_verdict_and_how_far_the_return_is(six_years: Workbook) -> None:
    """2020 is filed with AMT; 2025 is an estimate, without AMT but attached for the credit."""
    told = {year: [six_years[f"6251 {year}"][cell].value for cell in ("G1", "G3")] for year in (2020, 2025)}
    assert told[2020] == ["AMT of $80,934 for 2020", "Return filed  ·  F-20"]
    assert told[2025] == ["No AMT for 2025", "Return open: an estimate  ·  F-25"]
    assert six_years["8801 2025"]["G1"].value == "Credit of $21,538 used for 2025"


def test_a_form_that_need_not_be_attached_says_so_at_its_head() -> None:
    """Wages alone: line 7 is not more than line 10, and no other test is met."""
    sheet = book_of(Client(returns=[SINGLE | {"tax_year": 2024}]))["6251 2024"]
    assert sheet["G1"].value == "No AMT for 2024: form not attached"
    assert any(str(words).startswith("Attach this form to the 2024 return?  No") for words in column(sheet, "A"))


def test_forms_with_nothing_to_say_are_hidden_until_a_figure_is_typed() -> None:
    """No credit and no gains; with a credit carried in Form 8801 is shown, with a gain the sheet of gains."""
    rows = [SINGLE | {"tax_year": year} for year in (2024, 2025)]
    titles = ("8801 2024", "8801 2025", "8801 2026", "Gains 2024", "6251 2024")
    plain, credit, gain = (
        book_of(Client(returns=[rows[0] | more, rows[1]]))
        for more in ({}, {"mtc_carryforward_in": 90_000}, {"long_term_gain": 500})
    )
    shown = [[title for title in titles if book[title].sheet_state == "visible"] for book in (plain, credit, gain)]
    assert shown == [["6251 2024"], [*titles[:3], "6251 2024"], [*titles[3:]]]


def test_a_figure_typed_later_that_needs_part_iii_is_told_in_its_bar(tmp_path: Path) -> None:
    """Qualified dividends of 1,000: the rows stay hidden, the tax is right, and the bar says what to do."""
    (made := tmp_path / "made.xlsx").write_bytes(workbook(Client(returns=[SINGLE | {"tax_year": 2024}])))
    facts, before = Facts(made.read_bytes()), cells(made)
    place = facts.places["inputs_2024_qualified_dividends"]
    type_in(made, {(place.sheet, place.cell): 1_000}, typed := tmp_path / "typed.xlsx")
    after = recalculated_by_ironcalc(typed)
    [bar] = [place for place, value in before.items() if value == "Not needed: lines 12 to 40 stay blank"]
    assert after[bar] == "Needed now: run isobook build on this file to show lines 12 to 40"
    paid = project(Client(returns=[SINGLE | {"tax_year": 2024, "qualified_dividends": 1_000}])).years[2024].form_6251
    assert [after[facts.places[f"f6251_2024_{number}"]] for number in (13, 40)] == [1_000, float(paid["40"] or 0)]


def test_a_stage_typed_later_is_told_at_the_head(tmp_path: Path) -> None:
    """The last year is open until it is said to be filed."""
    (made := tmp_path / "made.xlsx").write_bytes(workbook(Client(returns=[SINGLE | {"tax_year": 2024}])))
    place = Facts(made.read_bytes()).places["inputs_2024_return_stage"]
    type_in(made, {(place.sheet, place.cell): "filed"}, typed := tmp_path / "typed.xlsx")
    assert cells(made)["6251 2024", "G3"] == "Return open: an estimate  ·  F-24"
    assert recalculated_by_ironcalc(typed)["6251 2024", "G3"] == "Return filed  ·  F-24"


def test_the_margin_says_inputs_beside_a_figure_that_was_typed_and_nothing_beside_a_zero(tmp_path: Path) -> None:
    """Of the lines 2b to 2t that are typed, 2c alone has a figure; the word is a formula."""
    made = tmp_path / "book.xlsx"
    made.write_bytes(workbook(Client(returns=[{"tax_year": 2024, **SINGLE, "line_2c": 700}])))
    sheet = openpyxl.load_workbook(made)["6251 2024"]
    row_of = {sheet[f"D{row}"].value: row for row in range(6, 60)}
    for values in (cells(made), recalculated_by_ironcalc(made)):
        told = [values.get(("6251 2024", f"G{row_of[number]}")) or "" for number in ("2c", "2d", "2t")]
        assert told == ["Inputs", "", ""]


@pytest.mark.parametrize(("years", "gap"), [(1, 480), (2, 190), (4, 45), (6, 45)])
def test_a_bar_of_few_years_is_no_wider_than_one_of_four(years: int, gap: int) -> None:
    """A column and its gap share the width: 145% for each of four years, 580% for one."""
    client = Client(returns=[{"tax_year": year, **SINGLE} for year in range(2020, 2020 + years)])
    with zipfile.ZipFile(io.BytesIO(workbook(client))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert any(f'gapWidth val="{gap}"' in chart for chart in charts)


def test_no_cell_without_a_word_is_a_link(six_years: Workbook) -> None:
    """A margin that tells live where a figure comes from is blank for many lines: a program would read its target."""
    blank = [
        (sheet.title, cell.coordinate)
        for sheet in six_years.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.value in (None, "", f"'{cell.hyperlink.location or ''}'", cell.hyperlink.location)
    ]
    assert blank == []


def test_a_year_that_rests_on_one_that_is_not_ready_claims_nothing() -> None:
    """Wages of 2023 are missing: whether 2024 attaches Form 6251 is not known, though its own entries are there."""
    client = read_source(EXAMPLES / "six-years")
    returns = [row.model_copy(update={"wages": None}) if row.tax_year == 2023 else row for row in client.returns]
    book = book_of(client.model_copy(update={"returns": returns}))
    told = [cell.value for row in book["6251 2024"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "Attach this form to the 2024 return?  Not known yet." in told
    assert "Not final: a year before is not ready" in told
    assert not any("test 3" in each and "credit of" in each for each in told)
