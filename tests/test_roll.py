"""`isobook roll`: the next year's workbook, and what the old one said against what is computed now."""

import csv
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import formualizer
import pytest
from openpyxl import load_workbook

from engine import project
from isobook.sources import read_source
from tests.command import EXAMPLES, FOUR_YEARS, HEADER, client, refused, run, wrong_use
from tests.spreadsheets import cells, type_in
from tests.spreadsheets.typed_input import Typed
from tests.spreadsheets.workbook_file import WorkbookFile
from tests.workbook_facts import Facts
from workbook_templates.read_back.figures import Said, figures_said
from workbook_templates.read_back.xlsx_cells import XlsxCells

SIX_YEARS = str(EXAMPLES / "six-years")
LARGE = "E1,2022-01-03,2024-03-14,2.00,42.00,8000"  # makes AMT, and so credit
NEEDS = "2026 needs filing status, wages, deduction: fill in its yellow cells on Inputs, and new exercises and sales "
NEEDS += "on their sheets."
MADE_BY, OURS = f"made by isobook {version('isobook')}", f"this version, {version('isobook')},"
COMPARED = 728  # lines of Forms 6251 and 8801, 2020 to 2025, and the prepared Form 8801 of 2026


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of six years, made once."""
    path = tmp_path_factory.mktemp("made") / "robin-2025.xlsx"
    assert run("build", SIX_YEARS, "-o", str(path)).exit_code == 0
    return path


@pytest.fixture
def book(made: Path, desk: Path) -> Path:
    """A copy of it in the folder of the test."""
    return Path(shutil.copy(made, desk))


def said(*arguments: str) -> str:
    """What `isobook roll` prints, its spaces made single."""
    outcome = run("roll", *arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return "\n".join(" ".join(line.split()) for line in outcome.stdout.splitlines())


def change_cell(path: Path, name: str, change: Callable[[str], str]) -> None:
    """Rewrite the XML of a named cell and leave all else as it is, as a program that saves caches would."""
    book, place = WorkbookFile(path), Facts(path).places[name]
    part = dict(book.sheet_parts)[place.sheet]
    found = re.search(rf'<c r="{place.cell}"[^>]*>.*?</c>', text := book.parts[part].decode(), re.DOTALL)
    assert found
    parts = book.parts | {part: text.replace(found[0], change(found[0])).encode()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part_name, content in parts.items():
            archive.writestr(part_name, content)


# --- the next year ---------------------------------------------------------------------------------------


def test_roll_adds_a_year_and_keeps_the_old_ones(book: Path) -> None:
    """Named after the year, the file before untouched; the credit and the losses are carried in."""
    before = book.read_bytes()
    words = said(book.name, "--year", "2026")
    assert words.splitlines()[:3] == [
        "Made robin-2026.xlsx: Robin Example (invented), 2020 to 2026",
        NEEDS,
        "Carried into 2026, live: credit available $18,396; capital losses AMT long-term $60,085",
    ]
    assert book.read_bytes() == before
    rolled, old = project(read_source(Path("robin-2026.xlsx"))), project(read_source(book))
    assert list(rolled.years) == [*old.years, 2026]
    assert all(rolled.years[year].figures == old.years[year].figures for year in old.years)


def test_the_new_year_is_empty_and_its_form_8801_is_live(book: Path) -> None:
    """Nothing is guessed, not even the filing status; Form 8801 stands up to line 21 from the year before."""
    said(book.name)
    facts, values = Facts("robin-2026.xlsx"), cells("robin-2026.xlsx")
    typed = {cell.coordinate: cell.value for cell in facts.inputs if cell.sheet == "Inputs"}
    column = facts.places["inputs_2026_wages"].cell.rstrip("0123456789")
    assert [value for place, value in typed.items() if place.startswith(column) and value] == []
    assert values[facts.places["f8801_2026_21"]] == values[facts.places["f8801_2025_26"]] == 18396
    assert values[facts.places["year_2026_ready"]] is False
    assert "8801 2027" in facts.titles


def test_a_rolled_workbook_is_filled_in_and_rolled_again() -> None:
    """A new client's second and third year: typed into the new column, recalculated by another program, read again."""
    client(
        returns="tax_year,filing_status,wages,deduction\n2024,single,150000,standard\n",
        exercises=f"{HEADER}\n{LARGE}\n",
    )
    said("smith")
    facts = Facts("smith-2025.xlsx")
    year: dict[str, Typed] = {"filing_status": "single", "wages": 160_000, "deduction": "standard"}
    places: dict[tuple[str, str], Typed] = {facts.entry(2025, column): year[column] for column in year}
    typed = type_in("smith-2025.xlsx", places, "typed.xlsx")
    Path("smith-2025.xlsx").write_bytes(formualizer.recalculate_xlsx_bytes(typed.read_bytes())["bytes"])
    words = said("smith-2025.xlsx")
    result = project(read_source(Path("smith-2026.xlsx"))).years[2025]
    assert result.ready
    assert result.form_8801["25"]
    assert words.startswith("Made smith-2026.xlsx: smith, 2024 to 2026\n")
    assert f"Carried into 2026, live: credit available ${result.form_8801['26']:,}" in words
    assert words.endswith("compared, all equal.")


def test_roll_of_a_folder_says_what_to_add_to_it() -> None:
    """A folder stores no figures, so there is nothing to compare."""
    words = said(SIX_YEARS, "-o", "next.xlsx")
    assert words.splitlines()[-1].endswith("as well, add a row to returns.csv: tax_year 2026, the other columns blank.")
    assert "compare" not in words
    assert list(project(read_source(Path("next.xlsx"))).years)[-1] == 2026


def test_a_client_with_exercises_alone_keeps_its_years() -> None:
    """No year is ready: what is carried in follows later."""
    words = said(str(EXAMPLES / "from-csv-alone" / "exercises.csv"))
    assert words.startswith("Made exercises-2026.xlsx: exercises, 2024 to 2026\n")
    assert "What is carried into 2026 follows once 2025 and the years before it are ready." in words


def test_the_next_year_may_have_its_records_already() -> None:
    """An exercise of 2026 was entered before the year was rolled: its year gets its row."""
    client(exercises=f"{HEADER}\nE1,2022-01-03,2026-03-14,12.50,40.25,1000\n")
    said("smith")
    assert project(read_source(Path("smith-2026.xlsx"))).years[2026].form_6251["2i"] == 27_750


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("2025", "2025 is in the file already: fill in what it needs. The next is 2026."),
        ("2027", "2027 has no parameters. This version has the law of 2018 to 2026"),
        ("2019", "the file begins with 2025"),
    ],
)
def test_a_year_that_cannot_be_next_is_refused(desk: Path, year: str, words: str) -> None:
    """With what to do; nothing is written."""
    client()
    assert words in wrong_use("roll", "smith", "--year", year)
    assert list(desk.rglob("*.xlsx")) == []


def test_a_gap_is_refused() -> None:
    """Credit and losses come from the year before, which is not known."""
    client(returns="tax_year,filing_status,wages,deduction\n2024,single,150000,standard\n", exercises=f"{HEADER}\n")
    words = wrong_use("roll", "smith", "--year", "2026")
    assert "the file ends with 2024, and 2026 takes its credit and losses from 2025. Roll to 2025 first" in words


def test_the_last_covered_year_has_no_next() -> None:
    """The year that would follow is named."""
    assert "2027 has no parameters" in wrong_use("roll", FOUR_YEARS)


def test_nothing_is_ever_replaced(book: Path) -> None:
    """Not the source, not a workbook that may have been filled in, not a report."""
    before = book.read_bytes()
    assert "is there already, and is not replaced" in wrong_use("roll", book.name, "-o", book.name)
    said(book.name)
    assert "robin-2026.xlsx is there already" in wrong_use("roll", book.name)
    Path("report.csv").touch()
    assert "--report" in wrong_use("roll", book.name, "-o", "new.xlsx", "--report", "report.csv")
    assert book.read_bytes() == before
    assert not Path("new.xlsx").exists()


def test_names_that_would_not_open_are_refused(book: Path) -> None:
    """A workbook ends in .xlsx, a report in .csv or .txt, and a folder has nothing to report."""
    assert "end the name in .xlsx" in wrong_use("roll", book.name, "-o", "new.xls")
    assert "end the name in .csv or .txt" in wrong_use("roll", book.name, "--report", "report.pdf")
    assert "has no old figures" in wrong_use("roll", SIX_YEARS, "--report", "report.csv")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n1,2\n"])
def test_a_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    """Broken, under a password, or not a workbook at all: in words, and nothing is written."""
    Path("old.xls.xlsx").write_bytes(content)
    outcome = run("roll", "old.xls.xlsx")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert "old.xls.xlsx" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert [path.name for path in Path().iterdir()] == ["old.xls.xlsx"]


def test_bad_records_make_no_workbook() -> None:
    """They are listed as for build; so is a client without any year."""
    client("empty", exercises=f"{HEADER}\n", returns="tax_year\n")
    assert "at least one tax year" in refused("roll", "empty")
    client(returns="tax_year,filing_status\n2025,alone\n")
    assert "filing_status" in refused("roll", "smith")


# --- what the file said ----------------------------------------------------------------------------------


def test_a_file_that_says_the_same_gets_one_sentence(book: Path) -> None:
    """How many lines were compared, so that silence is no doubt."""
    assert said(book.name).splitlines()[3:] == [
        (
            f"robin-2025.xlsx, {MADE_BY}, says what {OURS} computes: "
            f"{COMPARED} lines of Forms 6251 and 8801 compared, all equal."
        )
    ]


def test_check_says_the_same_of_a_workbook(book: Path) -> None:
    """Without making another."""
    outcome = run("check", book.name)
    assert f"computes: {COMPARED} lines of Forms 6251 and 8801 compared, all equal." in outcome.stdout
    change_cell(book, "f6251_2020_11", lambda cell: cell.replace("<v>80934</v>", "<v>81029</v>"))
    assert "1 differ" in (words := " ".join(run("check", book.name).stdout.split()))
    assert words.endswith("2020 6251 11 Alternative minimum tax 81,029 80,934 (95)")


def test_a_line_that_differs_is_listed_with_both_figures(book: Path) -> None:
    """As if an older version had computed 95 more of AMT and 1,000 less of credit."""
    change_cell(book, "f6251_2020_11", lambda cell: cell.replace("<v>80934</v>", "<v>81029</v>"))
    change_cell(book, "f8801_2021_19", lambda cell: cell.replace("<v>0</v>", "<v>-1000.5</v>"))
    words = said(book.name)
    assert f"{OURS} computes: {COMPARED} lines of Forms 6251 and 8801 compared, 2 differ. A line differs where" in words
    assert words.endswith(
        "file said now difference\nResults\n2020 6251 11 Alternative minimum tax 81,029 80,934 (95)\n"
        "Form 8801, 2021\n19 Credit carried in (1,000.50) 0 1,000.50"
    )


def test_inputs_changed_without_recalculation_are_found_and_then_not(book: Path) -> None:
    """The cells still say the figures before the change; recalculated by another program they say the new ones."""
    facts = Facts(book)
    typed = type_in(book, {facts.entry(2021, "wages"): 250_000}, "typed.xlsx")
    assert "2021 8801 25 Credit used 18,686 20,428 1,742" in said("typed.xlsx", "-o", "one.xlsx")
    Path("saved.xlsx").write_bytes(formualizer.recalculate_xlsx_bytes(typed.read_bytes())["bytes"])
    assert f"{COMPARED} lines of Forms 6251 and 8801 compared, all equal." in said("saved.xlsx", "-o", "two.xlsx")
    assert Path("one.xlsx").read_bytes() == Path("two.xlsx").read_bytes()


def test_a_file_without_stored_figures_is_said_to_have_none(book: Path) -> None:
    """That library writes formulas alone: nothing is compared, and nothing is called equal."""
    load_workbook(book).save("plain.xlsx")
    words = said("plain.xlsx")
    assert f"plain.xlsx, {MADE_BY}, has no figure of Forms 6251 and 8801 to compare" in words
    assert f"Not compared: {COMPARED} lines without a stored figure. The file was saved by a program" in words


def test_an_overwritten_formula_is_said_with_its_cell(book: Path) -> None:
    """A number in the place of line 4, and line 5 cleared: neither is called equal, though 501,200 is right."""
    change_cell(book, "f6251_2020_4", lambda cell: re.sub(r"<f>.*</f>", "", cell))
    change_cell(book, "f6251_2020_5", lambda cell: re.sub(r">.*<", "><", cell))
    words = said(book.name)
    assert f"{COMPARED - 2} lines of Forms 6251 and 8801 compared, all equal." in words
    assert "Not compared: 2 lines without the formula: '6251 2020'!E" in words
    assert re.search(
        r"E\d+, line 4 \(501,200, 501,200 is computed\); .*E\d+, line 5 \(empty, 72,900 is computed\)\.", words
    )


def test_a_cell_in_error_is_a_difference(book: Path) -> None:
    """#REF! is what the file says."""
    change_cell(
        book, "f6251_2020_11", lambda cell: re.sub(r"(<c [^>]*)>(<f>.*</f>).*", r'\1 t="e">\2<v>#REF!</v></c>', cell)
    )
    assert "2020 6251 11 Alternative minimum tax #REF! 80,934" in said(book.name)


def test_a_deleted_sheet_is_said(book: Path) -> None:
    """Its form is named with the lines that could not be compared."""
    parts = WorkbookFile(book).parts
    lost = re.sub(rb"'8801 2023'![$A-Z0-9]+", b"#REF!", parts["xl/workbook.xml"])
    with ZipFile(book, "w", ZIP_DEFLATED) as archive:
        for name, content in (parts | {"xl/workbook.xml": lost}).items():
            archive.writestr(name, content)
    words = said(book.name)
    assert re.search(r"Not compared: \d+ lines of Form 8801 for 2023, not in the file, deleted or broken\.", words)


def test_a_broken_sheet_costs_its_own_lines_alone(book: Path) -> None:
    """No input stands on it: the new workbook is made, and has it again."""
    file = WorkbookFile(book)
    part = dict(file.sheet_parts)["6251 2021"]
    with ZipFile(book, "w", ZIP_DEFLATED) as archive:
        for name, content in (file.parts | {part: file.parts[part][:5000]}).items():
            archive.writestr(name, content)
    words = said(book.name)
    assert "What was typed over formulas cannot be told: sheet 6251 2021: a part is broken." in words
    assert re.search(r"Not compared: \d+ lines of Form 6251 for 2021, not in the file, deleted or broken\.", words)


def test_the_report_has_every_line_as_csv(book: Path) -> None:
    """A reviewer sees what was compared, equal or not, and in which cell."""
    change_cell(book, "f6251_2020_11", lambda cell: cell.replace("<v>80934</v>", "<v>81029</v>"))
    assert said(book.name, "--report", "report.csv").endswith("Made report.csv")
    rows = list(csv.DictReader(Path("report.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == COMPARED
    assert [row["line"] for row in rows if row["state"] != "equal"] == ["11"]
    (differing,) = (row for row in rows if row["state"] == "differs")
    assert [differing[name] for name in ("year", "form", "file said", "now", "difference")] == [
        *("2020", "Form 6251", "81029", "80934", "-95")
    ]
    assert differing["cell"].startswith("'6251 2020'!E")


def test_the_report_as_text_is_what_was_said(book: Path) -> None:
    """The same words and table, in a file."""
    change_cell(book, "f6251_2020_11", lambda cell: cell.replace("<v>80934</v>", "<v>81029</v>"))
    words = said(book.name, "--report", "report.txt")
    report = Path("report.txt").read_text("utf-8-sig")
    assert "\n".join(" ".join(line.split()) for line in report.splitlines()) in words


def test_figures_said_finds_cells_wherever_they_were_moved(book: Path) -> None:
    """By their names: a renamed sheet is followed."""
    parts = WorkbookFile(book).parts
    renamed = parts["xl/workbook.xml"].replace(b"6251 2020", b"Dad&apos;s 6251")
    renamed = renamed.replace(b"'Dad&apos;s 6251'!", b"'Dad''s 6251'!")
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in (parts | {"xl/workbook.xml": renamed}).items():
            archive.writestr(name, content)
    found = figures_said(XlsxCells(stream.getvalue()))[2020, "f6251", "11"]
    assert found == Said(Decimal(80934), "'Dad''s 6251'!E37", is_typed=False)


def test_a_workbook_of_another_kind_names_no_form_lines() -> None:
    """Nothing is found, and nothing fails."""
    load_workbook(EXAMPLES / "workpaper" / "workpaper.xlsx").save("other.xlsx")
    assert figures_said(XlsxCells(Path("other.xlsx").read_bytes())) == {}


def test_a_report_that_cannot_be_written_makes_no_workbook(book: Path, desk: Path) -> None:
    """The report comes first: a second try then finds nothing in its way."""
    (desk / "a file").write_text("", "utf-8")
    result = run("roll", str(book), "-o", str(desk / "new.xlsx"), "--report", str(desk / "a file" / "report.txt"))
    assert result.exit_code == 1
    assert "report.txt" in result.stderr
    assert not (desk / "new.xlsx").exists()
