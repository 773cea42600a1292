"""An intake workbook: blank, filled in, half filled in; the same reader as for any other workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import project
from engine.columns import TABLES
from isobook.commands import new as new_command
from isobook.sources import open_source, read_source
from tests.command import run, wrong_use
from tests.intake_client import YEARS, TypedCell, blank, filled, typed_cells, write_csv_files
from tests.spreadsheets import lint, validate_open_xml
from workbook_templates.intake import intake_workbook
from workbook_templates.sheets.intake.entry_sheet import FIRST_ROW, HEADER_ROW


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def intake(*cells: TypedCell, years: range = YEARS) -> Path:
    """An intake workbook in which some cells are typed."""
    filled(blank(years), cells).save("client.xlsx")
    return Path("client.xlsx")


# --- isobook new NAME.xlsx -------------------------------------------------------------------------------
def test_new_makes_an_intake_workbook_and_says_what_to_do() -> None:
    """For the years asked for; the same bytes as the template gives."""
    outcome = run("new", "client.xlsx", "--years", "2022-2025")
    assert outcome.stdout.splitlines() == [
        "Made client.xlsx: an intake workbook for 2022 to 2025",
        "Fill in its yellow cells, or send it to your client: the sheet Start here says what goes where.",
        "Then: isobook check client.xlsx, and isobook build client.xlsx.",
    ]
    assert Path("client.xlsx").read_bytes() == intake_workbook(YEARS) == intake_workbook(YEARS)


@pytest.mark.parametrize(
    ("year", "first", "last"), [(2024, 2021, 2024), (2019, 2018, 2019), (2017, 2018, 2018), (2031, 2023, 2026)]
)
def test_new_takes_the_last_four_covered_years(
    year: int, first: int, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the current year, within 2018 to 2026."""

    class Day(date):
        @classmethod
        def today(cls) -> Day:
            return cls(year, 3, 1)

    monkeypatch.setattr(new_command, "date", Day)
    run("new", "client.xlsx")
    years = [cell.value for cell in load_workbook("client.xlsx")["Inputs"][4] if isinstance(cell.value, int)]
    assert years == list(range(first, last + 1))


@pytest.mark.parametrize("years", ["2022", "2022-2025", "2022 to 2025", "2022–2025"])
def test_new_takes_a_span_of_years_as_people_write_it(years: str) -> None:
    """One year is a span too."""
    assert run("new", "client.xlsx", "--years", years).exit_code == 0


@pytest.mark.parametrize("years", ["2025-2022", "2017-2020", "2026-2027", "soon", "22-25"])
def test_new_refuses_years_that_are_not_covered(years: str) -> None:
    """It says what can be written."""
    assert "write two of 2018 to 2026, such as 2022-2025" in wrong_use("new", "client.xlsx", "--years", years)
    assert not Path("client.xlsx").exists()


def test_new_replaces_no_file() -> None:
    """What is there may be filled in."""
    Path("client.xlsx").write_text("mine")
    assert "client.xlsx is there already, and is not replaced" in wrong_use("new", "client.xlsx")
    assert Path("client.xlsx").read_text() == "mine"


def test_a_folder_has_no_years() -> None:
    """The option is refused, not ignored."""
    assert "a folder has no years: name a workbook" in wrong_use("new", "client", "--years", "2022-2025")
    assert not Path("client").exists()


# --- blank -----------------------------------------------------------------------------------------------
def test_a_blank_intake_workbook_is_a_client_who_needs_everything_by_cell() -> None:
    """Four years without an entry: 12 entries are missing, each with its cell; nothing was typed."""
    opened = open_source(intake())
    assert opened.all_notes() == []
    assert [row.tax_year for row in opened.client.returns] == list(YEARS)
    assert (opened.client.exercises, opened.client.sales) == ((), ())
    outcome = run("check", "client.xlsx")
    assert outcome.exit_code == 0
    assert "Open items: needs entries. 12 entries are missing." in outcome.stdout
    wages = blank().defined_names["inputs_2023_wages"].attr_text.replace("$", "").replace("'", "")
    assert f"2023 needs an entry: wages (Form W-2 box 1). ({wages})" in outcome.stdout
    assert "Not compared" not in outcome.stdout
    assert "Traceback" not in outcome.stderr


def test_plan_of_a_workbook_says_that_a_year_is_filled_in_on_inputs() -> None:
    """Not in a file that is not there."""
    intake()
    words = run("plan", "client.xlsx").stdout
    assert "2025  not ready: needs filing_status, wages, deduction on Inputs" in words
    assert "returns.csv" not in words


def test_a_blank_intake_workbook_is_right_by_microsofts_validator_and_ours() -> None:
    """No repair on opening."""
    path = intake()
    path.write_bytes(intake_workbook(YEARS))
    assert lint(path) == []
    assert validate_open_xml(path) == []


def test_each_entry_has_its_drop_down_and_its_words() -> None:
    """Every column of exercises and sales says what belongs there; words are chosen, days are days."""
    book = blank()
    for table in ("exercises", "sales"):
        rules = {str(rule.sqref): rule for rule in book[table.capitalize()].data_validations.dataValidation}
        for column in (column for column in TABLES[table] if column.label):
            rule = rules[book.defined_names[f"{table}_{column.name}"].attr_text.replace("$", "").split("!")[1]]
            assert rule.showInputMessage
            assert column.docs_found[:20] in rule.prompt
            assert (rule.type == "list") == bool(column.words)
            assert (rule.type == "date") == (column.unit == "day")


def test_there_is_room_for_fifty_exercises_and_sales_and_twenty_forms_w2() -> None:
    """As many rows as the names hold."""
    names = blank().defined_names
    rooms = {name: names[name].attr_text for name in ("exercises_shares", "sales_shares", "w2_box_1")}
    assert [text.split("$")[-1] for text in rooms.values()] == ["56", "56", "26"]
    assert all(f"${FIRST_ROW}:" in text for text in rooms.values())


# --- filled in -------------------------------------------------------------------------------------------
def test_an_intake_workbook_that_is_filled_in_is_the_client_of_the_same_csv_files(desk: Path) -> None:
    """Three employers, four years, a split and grants: the same client, and nothing is told as an edit."""
    opened = open_source(intake(*typed_cells(blank())))
    expected = read_source(write_csv_files(desk / "files"))
    assert opened.all_notes() == []
    assert opened.client == expected
    assert project(opened.client).years[2025].figures == project(expected).years[2025].figures


def test_what_is_said_of_a_workbook_names_its_sheets() -> None:
    """Not the files that a folder would have: no Form W-2 of Birch Labs for 2024, one lot without a grant."""
    intake(*typed_cells(blank()))
    words = run("check", "client.xlsx").stdout
    assert "Birch Labs, from whom no Form W-2 is on record" in words
    assert "without a grant of the sheet Grants: B-1" in words
    assert ".csv" not in words
    assert ".csv" not in run("build", "client.xlsx").stdout


def test_every_command_takes_an_intake_workbook() -> None:
    """Build makes the full workbook beside it, which reads back as the same client; the intake workbook stays."""
    before = intake(*typed_cells(blank())).read_bytes()
    assert run("build", "client.xlsx").stdout.startswith("Made client-2.xlsx: Kim Sample (invented), 2022 to 2025\n")
    assert Path("client.xlsx").read_bytes() == before
    assert read_source(Path("client-2.xlsx")) == read_source(Path("client.xlsx"))
    for arguments in (
        ["check", "client.xlsx"],
        ["forms", "client.xlsx", "--json"],
        ["explain", "client.xlsx", "2023", "6251", "2i"],
        ["plan", "client.xlsx"],
        ["export", "client.xlsx", "out"],
        ["diff", "client.xlsx", "out"],
        ["roll", "client.xlsx"],
    ):
        outcome = run(*arguments)
        assert outcome.exit_code == 0, (arguments, outcome.stderr)
        assert "typed over" not in outcome.stdout
    Path("books").mkdir()
    Path("client.xlsx").rename("books/client.xlsx")
    assert run("batch", "books", "-o", "made").exit_code == 0


def test_the_gray_example_is_never_read() -> None:
    """Typing over it changes nothing, and is told with its cell."""
    cells = [*typed_cells(blank())]
    before = open_source(intake(*cells)).client
    example = [TypedCell("Exercises", f"{column}{HEADER_ROW - 1}", value) for column, value in (("A", "X-9"), ("H", 7))]
    opened = open_source(intake(*cells, *example))
    assert opened.client == before
    written, gone = opened.all_notes()
    assert gone.startswith('Words of isobook that are gone; a new workbook has them again: Exercises!A5 "E-1";')
    assert written.startswith('Typed beside the records, and not carried into a new workbook: Exercises!A5 "X-9";')


def test_optional_sheets_may_be_deleted_and_needed_ones_not() -> None:
    """Without W-2, Grants and Splits the rest is the client; without Sales it is refused by the name of the sheet."""
    book = filled(blank(), [*typed_cells(blank())])
    for title in ("W-2", "Grants", "Splits"):
        del book[title]
    book.save("client.xlsx")
    client = open_source(Path("client.xlsx")).client
    assert (len(client.exercises), client.w2, client.grants, client.splits) == (4, (), (), ())
    del book["Sales"]
    book.save("client.xlsx")
    assert "expected a sheet Sales. Bring the sheet back" in run("check", "client.xlsx").stderr


def test_an_intake_workbook_whose_hidden_sheet_is_gone_loses_no_record(desk: Path) -> None:
    """Splits are read too; it is said that edits cannot be told."""
    book = filled(blank(), [*typed_cells(blank())])
    del book["As received"]
    book.save("client.xlsx")
    opened = open_source(Path("client.xlsx"))
    assert opened.client == read_source(write_csv_files(desk / "files"))
    assert "The hidden sheet As received is missing" in opened.all_notes()[0]


def test_what_a_row_that_is_begun_still_needs_turns_deep_yellow() -> None:
    """By a live condition: the value always, the price but for an RSU, the value at grant of an ESPP alone."""
    sheet, names = blank()["Exercises"], blank().defined_names
    found = {str(each.sqref).split(":")[0]: each.rules[-1].formula[0] for each in sheet.conditional_formatting}
    at = {name: names[f"exercises_{name}"].attr_text.split("$")[1] for name in ("kind", "fmv_exercise", "fmv_grant")}
    conditions = {name: found[f"{at[name]}{FIRST_ROW}"] for name in ("fmv_exercise", "fmv_grant")}
    assert conditions["fmv_exercise"].startswith(f"AND(ISBLANK({at['fmv_exercise']}{FIRST_ROW}),COUNTA($A{FIRST_ROW}:")
    assert f'${at["kind"]}{FIRST_ROW}="ESPP"' in conditions["fmv_grant"]
    assert f"{at['kind']}{FIRST_ROW}" not in found


def test_what_a_year_cannot_do_without_is_deep_yellow_until_it_is_typed() -> None:
    """Filing status, wages, deduction of each year, by the engine's own tests read as formulas of the sheet."""
    sheet, names = blank()["Inputs"], blank().defined_names
    found = {str(each.sqref): each.rules[-1].formula[0] for each in sheet.conditional_formatting}
    wages, income = (
        names[f"inputs_2024_{name}"].attr_text.replace("$", "").split("!")[1] for name in ("wages", "taxable_income")
    )
    expected = f"AND(ISBLANK({wages}),AND(NOT(ISNUMBER({income})),NOT(ISNUMBER({wages}))))"
    assert found[wages] == expected
    assert len(found) == 3 * len(YEARS)


def test_codes_are_typed_in_words() -> None:
    """As the lists offer them: Married, joint is married_joint."""
    words = {"married_joint": "Married, joint", "standard": "Standard", "itemized": "Itemized"}
    cells = [*typed_cells(blank())]
    in_words = [cell._replace(value=words.get(str(cell.value), cell.value)) for cell in cells]
    assert open_source(intake(*in_words)).client == open_source(intake(*cells)).client


def test_years_without_an_entry_at_either_end_are_left_out() -> None:
    """2022 and 2025 are blank; 2023 has a lot, 2024 wages: the client has these two years."""
    lot = [cell for cell in typed_cells(blank()) if (cell.sheet, cell.cell[1:]) == ("Exercises", str(FIRST_ROW + 2))]
    wages = [cell for cell in typed_cells(blank()) if cell.value == 340_000.0 and cell.sheet == "Inputs"]
    client = open_source(intake(*lot, *wages)).client
    assert [row.tax_year for row in client.returns] == [2023, 2024]
    assert [row.wages for row in client.returns] == [None, 340_000]


def test_another_year_can_be_typed_at_the_head_of_a_column() -> None:
    """2022 becomes 2021, and so does what is typed under it; nothing else of that column is left."""
    cells = [cell for cell in typed_cells(blank()) if cell.sheet == "Inputs" and cell.cell.startswith("B")]
    opened = open_source(intake(*cells, TypedCell("Inputs", "B4", 2021)))
    assert [row.tax_year for row in opened.client.returns] == [2021]
    assert str(opened.client.returns[0].wages) == "310000.4"


def test_what_is_half_typed_is_refused_with_its_cell() -> None:
    """A lot without its value: the sheet, the cell, what is expected, what to do."""
    cells = [cell for cell in typed_cells(blank()) if cell.value != 9.5]
    intake(*cells)
    outcome = run("check", "client.xlsx")
    assert outcome.exit_code == 1
    place = f"Exercises!H{FIRST_ROW + 2} (Value box 4)"
    assert f"client.xlsx, {place}: found nothing, expected the fair market value" in outcome.stderr
