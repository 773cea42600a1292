import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from isobook.sources import read_source
from tests.client_notes import record_notes
from tests.command import EXAMPLES, FOUR_YEARS, HEADER, RETURNS, ROW, client, refused, run, wrong_use


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- build -----------------------------------------------------------------------------------------------


def test_build_tells_what_it_made(desk: Path) -> None:
    """The path, the client, the years, one conclusion a year, and the notes."""
    (desk / "made").mkdir()
    outcome = run("build", FOUR_YEARS, "-o", "made/book.xlsx")
    assert outcome.exit_code == 0
    lines = outcome.stdout.splitlines()
    assert lines[0] == f"Made {Path('made/book.xlsx')}: Jordan Sample (invented), 2023 to 2026"
    assert lines[1] == "  AMT of $74,422 for 2023: tentative minimum tax of $112,822, regular tax of $38,400."
    assert [line[:17] for line in lines[2:5]] == ["  No AMT for 2024", "  No AMT for 2025", "  No AMT for 2026"]
    assert lines[5:6] == ["Notes:"]
    assert lines[6].startswith("  Exercise E-2: the value per share, $9.00, is below the price, $12.00")
    assert load_workbook(desk / "made" / "book.xlsx").sheetnames


@pytest.mark.parametrize(
    ("source", "book"), [("smith", "smith.xlsx"), ("smith/", "smith.xlsx"), ("smith/exercises.csv", "exercises.xlsx")]
)
def test_build_names_the_workbook_after_its_source(desk: Path, source: str, book: str) -> None:
    """It stands in the current folder."""
    client()
    assert run("build", source).exit_code == 0
    assert (desk / book).is_file()


def test_build_of_the_current_folder_is_named_after_it(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preparer may stand in the client's folder."""
    monkeypatch.chdir(client())
    assert run("build", ".").exit_code == 0
    assert (desk / "smith" / "smith.xlsx").is_file()


def test_build_makes_the_same_bytes_again(desk: Path) -> None:
    """It says that it replaced the older workbook."""
    client()
    run("build", "smith")
    first = (desk / "smith.xlsx").read_bytes()
    assert run("build", "smith").stdout.startswith("Replaced smith.xlsx: smith, 2025\n")
    assert (desk / "smith.xlsx").read_bytes() == first


def test_build_says_what_a_year_still_needs() -> None:
    """Exercises alone make a workbook whose forms are not ready."""
    client(returns="tax_year\n")
    outcome = run("build", "smith")
    assert outcome.exit_code == 0
    assert "  Not ready: needs filing status for 2025" in outcome.stdout


@pytest.mark.parametrize("target", ["smith.xls", "smith", "smith/returns.csv"])
def test_build_refuses_a_name_that_excel_would_not_open(desk: Path, target: str) -> None:
    """A workbook's name ends in .xlsx; no file of the source is touched."""
    client()
    assert "end it in .xlsx" in wrong_use("build", "smith", "-o", target)
    assert (desk / "smith" / "returns.csv").read_text() == RETURNS


@pytest.mark.parametrize("source", ["smith", "smith/exercises.csv"])
@pytest.mark.parametrize("make", [Path.symlink_to, Path.hardlink_to])
def test_build_never_writes_over_its_source(desk: Path, source: str, make: Any) -> None:
    """A file of the source is known under any name."""
    client()
    make(desk / "book.xlsx", desk / "smith" / "exercises.csv")
    assert "is a file of SOURCE" in wrong_use("build", source, "-o", "book.xlsx")
    assert (desk / "smith" / "exercises.csv").read_text() == f"{HEADER}\n{ROW}\n"


def test_build_refuses_a_folder_as_workbook(desk: Path) -> None:
    """Even one that is named like a workbook."""
    client()
    (desk / "book.xlsx").mkdir()
    assert "is no file" in wrong_use("build", "smith", "-o", "book.xlsx")


def test_build_leaves_an_open_workbook_as_it_is(desk: Path) -> None:
    """It says to close it."""
    client()
    (desk / "smith.xlsx").write_bytes(b"old")
    (desk / "~$smith.xlsx").touch()
    outcome = run("build", "smith")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert "Close it in the spreadsheet program" in outcome.stderr
    assert (desk / "smith.xlsx").read_bytes() == b"old"


def test_bad_input_leaves_an_older_workbook_as_it_is(desk: Path) -> None:
    """Nothing is half-written."""
    client(exercises="")
    (desk / "smith.xlsx").write_bytes(b"old")
    assert run("build", "smith").exit_code == 1
    assert (desk / "smith.xlsx").read_bytes() == b"old"
    assert sorted(path.name for path in desk.iterdir()) == ["smith", "smith.xlsx"]


# --- settings --------------------------------------------------------------------------------------------


BY_SCHEDULE = 'rounding = "cents"\ntax_method = "schedule"\n'


@pytest.mark.parametrize(
    ("toml", "flags", "tax"),
    [
        # Single, 2025: 80,001 - 15,750 = 64,251, in the row around 64,275: 5,578.50 + 22% of 15,800 = 9,054.50
        ("", [], "9055"),
        # 5,578.50 + 22% of (64,251 - 48,475 = 15,776) = 9,049.22
        ("", ["--tax-method", "schedule"], "9049"),
        # 80,000.50 - 15,750 = 64,250.50: 5,578.50 + 22% of 15,775.50 = 9,049.11
        ("", ["--tax-method", "schedule", "--rounding", "cents"], "9049.11"),
        (BY_SCHEDULE, [], "9049.11"),
        (BY_SCHEDULE, ["--rounding", "dollars"], "9049"),
        (BY_SCHEDULE, ["--rounding", "dollars", "--tax-method", "table"], "9055"),
    ],
)
def test_a_flag_wins_over_client_toml_and_that_over_the_default(toml: str, flags: list[str], tax: str) -> None:
    """The default is whole dollars and the Tax Table."""
    client(returns=RETURNS.replace("150000", "80000.50"), client_toml=toml)
    assert json.loads(run("forms", "smith", "--json", *flags).stdout)["years"]["2025"]["regular"]["tax"] == tax


# --- forms -----------------------------------------------------------------------------------------------


def test_forms_prints_each_year_as_aligned_lines() -> None:
    """The conclusion, the key lines and those that are not 0, the exercises with their reason, the verdict."""
    outcome = run("forms", str(EXAMPLES / "mixed"))
    assert outcome.exit_code == 0
    lines = outcome.stdout.splitlines()
    assert lines[2] == "2025  AMT of $6,627 for 2025: tentative minimum tax of $31,694, regular tax of $25,067."
    amounts = [line for line in lines if line.startswith("    ")]
    assert len({len(line) for line in amounts}) == 1  # one column of amounts, aligned at the right
    shown = dict(re.findall(r"^ {4}(\S+) .* (\S+)$", "\n".join(amounts), re.MULTILINE))
    assert list(shown)[:12] == ["1a", "1b", "2a", "2i", *(str(line) for line in range(4, 12))]
    assert (shown["2i"], shown["8"], shown["11"], shown["M-1"], shown["M-2"]) == ("60,000", "0", "6,627", "60,000", "0")
    assert "Underwater" in next(line for line in lines if "M-2" in line)
    assert lines[-2:] == [
        "  Attach Form 6251? Yes, test 1: line 7 of $31,694 is more than line 10 of $25,067.",
        "  Capital losses carried to 2026: none",
    ]


def test_forms_shows_losses_and_negative_lines() -> None:
    """Single, 2025: of a loss of 10,000 the year takes 3,000, in both systems; a refund is negative on line 2b."""
    client(returns="tax_year,status,wages,deduction,long_term_gain,line_2b\n2025,S,90000,standard,-10000,-400\n")
    shown = run("forms", "smith").stdout
    assert "(400)" in next(line for line in shown.splitlines() if line.startswith("    2b"))
    assert "carried to 2026: long-term $7,000, AMT long-term $7,000" in shown


def test_forms_as_json_has_every_line_of_every_year() -> None:
    """Amounts are plain decimal text."""
    years = json.loads(run("forms", FOUR_YEARS, "--json").stdout)["years"]
    assert list(years) == ["2023", "2024", "2025", "2026"]
    year = years["2023"]
    assert year["attach_6251"] is True
    assert (year["ready"], year["missing"]) == (True, [])
    assert year["form_6251"]["1"] == "186150"
    assert year["form_6251"]["11"] == "74422"
    assert (year["regular"]["taxable_income"], year["regular"]["tax"]) == ("186150", "38400")
    assert year["carryover_out"] == dict.fromkeys(("short_term", "long_term", "amt_short_term", "amt_long_term"), "0")
    assert years["2025"]["form_6251"]["1b"] == "204250"
    assert years["2024"]["form_8801"]["25"] == "7897"  # regular tax of 40,215 less tentative minimum tax of 32,318


def test_json_amounts_are_plain_decimals_of_the_rounding() -> None:
    """No exponent and no thousands comma; two decimals in cents, none in dollars."""
    for rounding, shape in (("dollars", r"-?\d+"), ("cents", r"-?\d+\.\d\d")):
        years = json.loads(run("forms", FOUR_YEARS, "--json", "--rounding", rounding).stdout)["years"]
        for year in years.values():
            groups = [year[each] for each in ("form_6251", "form_8801", "regular", "carryover_out")]
            amounts = [amount for group in groups for amount in group.values()]
            assert [amount for amount in amounts if not re.fullmatch(shape, amount)] == []


def test_json_of_a_year_that_is_not_ready_has_nulls_but_line_2i() -> None:
    """Never a zero that nobody computed: 1,000 shares at 40.25 less 12.50 are known, the rest is not."""
    client(returns="tax_year,wages\n2025,\n")
    year = json.loads(run("forms", "smith", "--json").stdout)["years"]["2025"]
    assert (year["ready"], year["missing"], year["attach_6251"]) == (
        False,
        ["filing_status", "wages", "deduction"],
        None,
    )
    assert year["form_6251"].pop("2i") == "27750"
    groups = [year[each] for each in ("form_6251", "form_8801", "regular", "carryover_out")]
    assert {amount for group in groups for amount in group.values()} == {None}


def test_forms_of_exercises_alone_show_line_2i_and_what_is_needed() -> None:
    """One CSV is a client."""
    outcome = run("forms", str(EXAMPLES / "from-csv-alone" / "exercises.csv"))
    assert outcome.exit_code == 0
    assert "2024  Not ready: needs filing status for 2024" in outcome.stdout
    assert "Attach" not in outcome.stdout


def test_a_client_without_a_year_is_refused() -> None:
    """Exercises before 2018 alone make no form."""
    client(exercises=f"{HEADER}\nE1,2015-01-03,2016-03-14,12.50,40.25,1000\n", returns="tax_year\n")
    for command in ("build", "forms", "check"):
        assert "expected at least one tax year" in refused(command, "smith")


# --- check -----------------------------------------------------------------------------------------------


def test_check_shows_columns_needs_and_notes() -> None:
    """Columns under the headers of the file, where they are spelled otherwise."""
    client(
        exercises="Lot,Granted,Cost,Box 4,Box 5,Date exercised\nE1,2022-01-03,50,40.25,1000,2025-03-14\n",
        returns="tax_year,filing_status,wages\n2025,single,150000\n",
        client_toml='name = "Ada"\n[columns]\n"Cost" = "exercise_price"\n',
    )
    outcome = run("check", "smith")
    assert outcome.exit_code == 0
    lines = outcome.stdout.splitlines()
    items = lines.index("Open items: needs entries. One entry is missing. One estimate, five optional comparisons.")
    assert lines[items + 2] == "    2025 needs an entry: deduction. (returns.csv, row 2)"
    assert [*lines[:items], *lines[lines.index("Notes:") :]] == [
        "Ada: no problems.",
        (
            "  exercises.csv: 1 row; columns exercise_id (“Lot”), date_granted (“Granted”), exercise_price (“Cost”), "
            "fmv_exercise (“Box 4”), shares (“Box 5”), date_exercised"
        ),
        "  returns.csv: 1 row; columns tax_year, filing_status, wages",
        "Years:",
        "  2025  needs deduction in returns.csv",
        "Notes:",
        f"  {record_notes(read_source(Path('smith')))[0]}",
    ]


def test_check_counts_columns_that_are_blank_in_every_row() -> None:
    """What `isobook new` made and nobody filled in is no news, nor is an empty table."""
    blank = "tax_year,filing_status,wages,other_income,line_2b\n2025,single,150000,,\n"
    client(returns=blank, splits="employer,effective_date,ratio\n")
    said = run("check", "smith").stdout
    assert "  returns.csv: 1 row; columns tax_year, filing_status, wages; 2 blank columns\n" in said
    assert "  splits.csv: 0 rows\n" in said


def test_check_writes_nothing(desk: Path) -> None:
    """It only looks."""
    client()
    before = sorted(desk.rglob("*"))
    assert run("check", "smith").exit_code == 0
    assert sorted(desk.rglob("*")) == before
