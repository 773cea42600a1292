"""The workbook of a client: live, named, cited, protected, printable, and the same file every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import coordinate_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, project
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_of
from engine.filing import YEARS
from tests.spreadsheets import cells, lint
from tests.spreadsheets.styles import cell_formats
from tests.spreadsheets.workbook_file import tag
from tests.workbook_facts import Facts, Place, compared, engine_differences, generated_client, sample_client
from workbook_templates.drawing.layout import defined_name
from workbook_templates.fill import CAPACITIES, SPARE, workbook
from workbook_templates.sheets.contents_sheet import LEGEND

CHECKOUT = Path(__file__).parents[1]
EVERY_YEAR = [{"tax_year": year, "filing_status": "HOH", "wages": 90_000, "deduction": "standard"} for year in YEARS]
EXPLAINED = {  # numbers that forms and worksheets print, and what stands beside them in the formula
    "100000": 'tax_method="table",',  # Tax Table below 100,000, the Tax Computation Worksheet from there on
    "3000": "INT(",  # Tax Table: rows of 25 up to 3,000, rows of 50 above
    "12.5": "INT(",  # the middle of a row of 25
    "100": "*100,0)",  # cents of a dollar, in the words of Plan
    "0.15": "ROUND(0.15*",  # QDCG worksheet lines 18 and 21, Schedule D Tax Worksheet, Form 6251 lines 31 to 37
    "0.2": "ROUND(0.2*",
    "0.25": "ROUND(0.25*",
    "0.28": "ROUND(0.28*",  # Schedule D Tax Worksheet line 43
    "2.5": "<5,2.5,",  # Tax Table: the middle of its first row
    "1000": ">0,$",  # Plan: shares on the highest rung where no lot tells how many
}
LARGEST_PLAIN_NUMBER = 50  # positions, months, and the steps of the Tax Table
FREE_TEXT = "@"  # number format of cells that take any words


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    """Three workbooks: a client with everything, all years in one book, exercises without any return."""
    exercises = sample_client().exercises
    clients = {
        "everything": sample_client(),
        "every year": Client(returns=EVERY_YEAR, exercises=exercises),
        "exercises alone": Client(exercises=exercises),
    }
    return {name: workbook(client) for name, client in clients.items()}


@pytest.fixture(scope="module", params=["everything", "exercises alone"])
def data(built: dict[str, bytes], request: pytest.FixtureRequest) -> bytes:
    """A file of few years."""
    return built[request.param]


@pytest.fixture(scope="module")
def facts(data: bytes) -> Facts:
    """Its cells by name."""
    return Facts(data)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    """The file as openpyxl reads it."""
    return load_workbook(BytesIO(data))


def forms_6251(facts: Facts) -> Iterator[tuple[int, str]]:
    """Year and title of each Form 6251."""
    for name, place in facts.places.items():
        if found := re.fullmatch(r"f6251_(\d{4})_11", name):
            yield int(found[1]), place.sheet


def literals(formula: str) -> list[str]:
    """The numbers that stand in a formula."""
    return [token.value for token in Tokenizer(formula).items if token.subtype == Token.NUMBER]


def rules(facts: Facts) -> Iterator[str]:
    """The formulas of conditional formats."""
    for root in facts.file.sheets.values():
        for rule in root.iter(tag("cfRule")):
            yield from (f"={formula.text}" for formula in rule.iter(tag("formula")))


def test_every_computed_line_is_a_formula_with_the_engines_value_beside_it(built: dict[str, bytes]) -> None:
    """Lines of forms by their names; a viewer that cannot calculate shows the same figures."""
    facts, values = Facts(built["everything"]), cells(built["everything"])
    projection = project(sample_client())
    assert engine_differences(facts, values, projection) == []
    assert all(facts.cells[facts.places[name]].formula for name in compared(projection, facts))


def test_every_formula_has_its_value(facts: Facts) -> None:
    """Words may be empty, figures may not."""
    empty = [place for place, cell in facts.cells.items() if cell.formula is not None and cell.value is None]
    assert empty == []


def test_every_printed_line_of_form_6251_has_a_name_of_its_year(built: dict[str, bytes]) -> None:
    """`f6251_2025_2i`, for reviewers and for other workbooks."""
    facts = Facts(built["every year"])
    years = dict(forms_6251(facts))
    assert list(years) == list(YEARS)
    for year, title in years.items():
        names = [defined_name(line.leaf, year) for line in forms_of(year).forms["f6251"].printed()]
        assert len(names) > 50
        assert {facts.places[name].sheet for name in names} == {title}


def test_a_figure_is_a_formula_an_entry_or_a_parameter(facts: Facts) -> None:
    """Other locked numbers are years, numbers of forms and lines, and turning points that no formula can search for."""
    formats = cell_formats(facts.file)
    parameters = next(place.sheet for name, place in facts.ranges.items() if name.startswith("law_"))
    for cell in facts.file.cells:
        if cell.formula is None and cell.kind == "n" and cell.value and formats[cell.style].locked:
            number = float(cell.value)
            counts = number in (*YEARS, YEARS[-1] + 1) or (number.is_integer() and 0 <= number < 100)
            counts = counts or f"Form {number:.0f}" in [card.title for card in FEDERAL.cards]
            as_made = Place(cell.sheet, cell.coordinate) in facts.stored
            legend = cell.sheet == "Contents" and cell.value == str(LEGEND[0][0])
            assert counts or as_made or legend or cell.sheet == parameters, f"{cell.sheet}!{cell.coordinate}"


def test_no_number_of_law_stands_in_a_formula(built: dict[str, bytes]) -> None:
    """They stand among the parameters, with their source; only what forms themselves print is written in formulas."""
    facts = Facts(built["every year"])
    for formula in {*facts.file.formulas.values(), *rules(facts)}:
        for number in literals(formula):
            plain = float(number).is_integer() and float(number) <= LARGEST_PLAIN_NUMBER
            year = number in map(str, YEARS)
            assert plain or year or EXPLAINED.get(number, "not explained") in formula, f"{number} in {formula}"


def test_formulas_are_locked_and_what_looks_like_an_entry_is_open(facts: Facts) -> None:
    """And nothing else is open: pale yellow is the promise that a cell is to be typed into."""
    formats = cell_formats(facts.file)
    assert not [cell for cell in facts.file.cells if cell.formula and not formats[cell.style].locked]
    assert not [cell for cell in facts.file.cells if formats[cell.style].locked == formats[cell.style].looks_like_input]


def test_every_sheet_is_protected_without_a_password(facts: Facts) -> None:
    """A reviewer may lift the protection; nobody overwrites a formula by accident."""
    for title, root in facts.file.sheets.items():
        protection = root.find(tag("sheetProtection"))
        assert protection is not None, title
        assert protection.get("sheet") == "1"
        assert not {"password", "hashValue", "algorithmName", "saltValue"} & set(protection.keys())


def test_every_line_number_of_form_6251_carries_its_citation(facts: Facts, book: Workbook) -> None:
    """A comment, so that the law is one hover away."""
    for year, title in forms_6251(facts):
        for line in forms_of(year).forms["f6251"].printed():
            row = coordinate_from_string(facts.places[defined_name(line.leaf, year)].cell)[1]
            number = book[title][f"D{row}"]  # in its box; at the left sub-lines have their letter alone
            assert str(number.value) == line.leaf.line
            assert number.comment is not None, line.leaf.line
            assert line.label in number.comment.text
            assert line.cite in number.comment.text


def sheets_of(book: Workbook) -> list[Worksheet]:
    """Its worksheets."""
    return list(book.worksheets)


def across(sheet: Worksheet) -> float:
    """How wide the printed columns are, in points: 7 pixels a character and 5 of air."""
    last = CellRange(sheet.print_area.rpartition("!")[2].replace("$", "")).max_col
    columns = [sheet.column_dimensions[get_column_letter(column)] for column in range(1, last + 1)]
    return sum(int(7 * each.width + 5) * 0.75 for each in columns if not each.hidden)


def room_across(sheet: Worksheet) -> float:
    """How wide the paper is between its margins, in points."""
    inches = 11 if sheet.page_setup.orientation == "landscape" else 8.5
    return (inches - sheet.page_margins.left - sheet.page_margins.right) * 72


def test_every_sheet_prints_a_page_wide_with_a_footer(book: Workbook) -> None:
    """A print area, a fit to one page of width or a scale where pages are broken by hand, and the part of the book."""
    for sheet in sheets_of(book):
        if sheet.sheet_state != "visible":
            assert not sheet.print_area, f"{sheet.title} is hidden, and LibreOffice would print it"
            continue
        assert sheet.print_area, sheet.title
        assert sheet.sheet_properties.pageSetUpPr is not None
        if sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert sheet.page_setup.fitToWidth == 1
            assert sheet.page_setup.fitToHeight in (0, 1)
        else:
            assert across(sheet) * (sheet.page_setup.scale or 100) / 100 <= room_across(sheet), sheet.title
        assert sheet.oddFooter is not None
        assert re.fullmatch("(Client pack|Preparer's file) · page &P", sheet.oddFooter.right.text or "")


def test_one_sheet_is_selected_the_first(book: Workbook) -> None:
    """What is typed while several are selected goes to all of them."""
    assert book.active is book.worksheets[0]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in sheets_of(book)] == [
        True,
        *[False] * (len(sheets_of(book)) - 1),
    ]


def test_headings_stay_in_sight_on_every_sheet_but_summary_and_letter(book: Workbook) -> None:
    """Panes are frozen below the rows that are repeated in print."""
    assert [sheet.title for sheet in sheets_of(book)[:2]] == ["Summary", "Letter"]
    for sheet in (each for each in sheets_of(book)[2:] if each.sheet_state == "visible"):
        if sheet.page_setup.fitToHeight == 1 and not sheet.print_title_rows:
            continue  # one page without a head of columns: Plan
        repeated = re.search(r"(\d+)$", sheet.print_title_rows or "")
        assert repeated, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert coordinate_from_string(sheet.freeze_panes)[1] > int(repeated[1])


def links(sheet: Worksheet) -> set[str]:
    """The sheets that a sheet's links lead to."""
    found = (cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    return {(link.location or "").rpartition("!")[0].strip("'") for link in found}


def test_every_sheet_is_reached_from_the_index_and_leads_back(book: Workbook) -> None:
    """Summary leads to Contents, Contents to every sheet; one click leads back to Summary."""
    home, *others = [sheet for sheet in sheets_of(book) if sheet.sheet_state == "visible"]
    assert "Contents" in links(home)
    assert links(book["Contents"]) >= {home.title, *(sheet.title for sheet in others)} - {"Contents"}
    for sheet in others:
        assert home.title in links(sheet), sheet.title


def test_every_entry_is_validated_but_free_text(facts: Facts, book: Workbook) -> None:
    """Amounts, dates and words of a list; what takes any words is formatted as text, so that "=1+1" stays text."""
    sample = str(LEGEND[0][0])  # of what an entry looks like
    for cell in facts.inputs:
        sheet = book[cell.sheet]
        if sheet[cell.coordinate].number_format == FREE_TEXT or (sheet.title, cell.value) == ("Contents", sample):
            continue
        rules = [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
        assert rules, f"{cell.sheet}!{cell.coordinate} takes anything"
        assert all(rule.showErrorMessage and rule.error and rule.allow_blank for rule in rules)


def test_the_same_client_gives_the_same_bytes_in_every_process() -> None:
    """Whatever order Python's hashes fall into."""
    program = (
        "from hashlib import sha256; from tests.workbook_facts import sample_client; "
        "from workbook_templates.fill import workbook; print(sha256(workbook(sample_client())).hexdigest())"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2025")
    ]
    printed = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert printed == [sha256(workbook(sample_client())).hexdigest()] * 2


def test_a_template_keeps_nothing_of_the_client_it_was_filled_for() -> None:
    """The first client's file is the same before and after the second's, which holds nothing of the first."""
    first, second = sample_client("Avery Alpha", "from Alpha"), sample_client("Blake Beta")
    before, between, after = workbook(first), workbook(second), workbook(first)
    assert before == after
    assert [part for part, text in Facts(between).file.parts.items() if b"Alpha" in text] == []


@pytest.mark.parametrize("seed", range(3))
def test_a_file_filled_after_many_others_is_the_file_of_a_fresh_template(seed: int) -> None:
    """Small and large, early and late: no shape is taken for another."""
    client = generated_client(seed)
    first = workbook(client)
    for other in range(200, 203):
        workbook(generated_client(other))
    assert workbook(client) == first


def many_exercises(count: int) -> Client:
    """So many exercises of 2025, each with 10.01 to add."""
    row: dict[str, object] = {"date_granted": "2022-01-02", "date_exercised": "2025-03-04", "shares": 1}
    row |= {"exercise_price": 1, "fmv_exercise": "11.01"}
    return Client(
        exercises=[{**row, "exercise_id": f"E{number}"} for number in range(count)],
        returns=[{"tax_year": 2025, "filing_status": "S", "wages": 0, "deduction": "standard"}],
        rounding="cents",
    )


@pytest.mark.parametrize("exercises", [0, *(rows - SPARE + more for rows in CAPACITIES[:3] for more in (0, 1)), 1_000])
def test_a_book_holds_its_exercises_and_spare_rows(exercises: int) -> None:
    """The smallest table that does; line 2i adds up all of them."""
    client = many_exercises(exercises)
    data = workbook(client)
    facts = Facts(data)
    rows = facts.ranges["exercises_adjustment"].cell.split(":")
    first, last = (coordinate_from_string(end)[1] for end in rows)
    assert last - first + 1 == min(rows for rows in CAPACITIES if rows >= exercises + SPARE)
    assert cells(data)[facts.places["f6251_2025_2i"]] == float(exercises * 1001) / 100


def test_all_years_of_law_fit_into_one_book(built: dict[str, bytes]) -> None:
    """A form a year, and nothing for the lint to find."""
    assert [year for year, _ in forms_6251(Facts(built["every year"]))] == list(YEARS)
    assert lint(built["every year"]) == []


def test_a_client_without_a_name_gets_a_book() -> None:
    """The cell stays empty and yellow, the footer says Client."""
    facts = Facts(workbook(Client(returns=EVERY_YEAR[-1:])))
    assert facts.cells[facts.places["client_name"]].value is None
    footers = [footer.text or "" for root in facts.file.sheets.values() for footer in root.iter(tag("oddFooter"))]
    assert all("Client" in footer for footer in footers)


def test_exercises_alone_make_a_book_whose_years_wait_for_the_returns(built: dict[str, bytes]) -> None:
    """Line 2i is there; what needs a return says what it needs."""
    facts, values = Facts(built["exercises alone"]), cells(built["exercises alone"])
    assert [year for year, _ in forms_6251(facts)] == [2023, 2024, 2025]
    for year, _ in forms_6251(facts):
        assert not values[facts.places[f"year_{year}_ready"]]
        assert values[facts.lead(year, "AMT")] == "needs filing status"
        assert values[facts.places[f"f6251_{year}_2i"]]
