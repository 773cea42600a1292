import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from isobook.imports import read_file
from tests import form_3921_pdf as made
from tests.importing import CASES, EXAMPLES, problems_of, read_one, write_csv, write_xlsx

FACTS = {
    "date_granted": "2021-05-01", "date_exercised": "2023-06-15", "exercise_price": "1.23", "fmv_exercise": "31.10",
    "shares": "2500",
}  # fmt: skip
BOXES = tuple(FACTS)


def facts(cells: dict[str, str]) -> dict[str, str]:
    """The boxes 1 to 5 among the cells of a lot."""
    return {box: cells[box] for box in BOXES}


# --- FDX -------------------------------------------------------------------------------------------------


def test_fdx_forms_are_found_inside_an_envelope() -> None:
    """Version 6.4: two Tax3921 deep in a document; the Tax3922 beside them is named and never taken."""
    reading = read_one(EXAMPLES / "forms-3921.json")
    assert [(lot.account, lot.cells["shares"], lot.cells["exercise_price"]) for lot in reading.lots] == [
        ("77-0042", "1000", "12.50"),
        ("77-0043", "250", "20.00"),
    ]
    assert reading.lots[0].cells["employer"] == "Acme Robotics, Inc. (invented)"
    assert "tax3922: Form 3922 (purchase plan)" in reading.left[0]


def test_fdx_numbers_keep_every_digit() -> None:
    """Version 5: 1.2345 a share and 2,500.5 shares, the corporation of box 6, a day with its time."""
    lot = read_one(CASES / "fdx-v5.json").lots[0]
    assert facts(lot.cells) == FACTS | {"exercise_price": "1.2345", "shares": "2500.5"}
    assert (lot.cells["employer"], lot.account) == ("Acme Holdings, Inc.", "A-1")


@pytest.mark.parametrize("wrap", [lambda form: form, lambda form: [form], lambda form: {"Tax3921": [form]}])
def test_one_fdx_form_may_stand_alone(tmp_path: Path, wrap: Any) -> None:
    """One object, a list, or an entity under its name."""
    form = json.loads((CASES / "fdx-v5.json").read_text())[1]
    path = tmp_path / "form"
    path.write_text(json.dumps(wrap(form)), encoding="utf-8")
    assert read_one(path).lots[0].cells["date_exercised"] == "2023-11-20"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON in UTF-8"),
        ("{}", "Tax3921"),
        ('{"tax3922": {"optionGrantDate": "2021-05-01", "grantMarketValue": 1}, "x": NaN}', ""),
        ("[" * 100_000, "JSON in UTF-8"),
        ('{"exercisePrice": 1' + "0" * 5000 + "}", "Tax3921"),
    ],
    ids=["cut", "empty", "only 3922", "deep", "long"],
)
def test_json_without_a_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """With the reason; a Form 3922 alone gives no lot."""
    path = tmp_path / "form.json"
    path.write_text(text, encoding="utf-8")
    if words:
        assert words in problems_of(path)[0].expected
    else:
        assert read_one(path).lots == []


def test_an_fdx_form_without_a_box_is_refused(tmp_path: Path) -> None:
    """Its place in the document and the name of the box."""
    form = json.loads((CASES / "fdx-v5.json").read_text())[1]
    del form["numberOfShares"]
    path = tmp_path / "form.json"
    path.write_text(json.dumps({"forms": [{"tax3921": form}]}), encoding="utf-8")
    (problem,) = problems_of(path)
    assert (problem.file, problem.column) == ("form.json: forms[1].tax3921", "numberOfShares")


# --- tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["boxes.csv", "standing.csv"])
def test_form_3921_by_its_boxes_is_read_lying_and_standing(name: str) -> None:
    """A row a form below a title, or a column a form beside the labels."""
    first, second = read_one(CASES / name).lots
    assert (facts(first.cells), first.account) == (FACTS, "A-1")
    assert (second.cells["date_exercised"], second.cells["shares"], second.account) == ("2023-11-20", "100", "A-2")


def test_a_label_that_is_no_box_is_named() -> None:
    """A title and the employee's name are left out, and said."""
    assert read_one(CASES / "standing.csv").left == ["row 1: Form 3921", "row 8: EMPLOYEE'S name"]


def test_the_boxes_are_read_from_a_workbook_too(tmp_path: Path) -> None:
    """Numbers and days as cells."""
    rows: list[list[object]] = [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5"]]
    rows += [["05/01/2021", "06/15/2023", 1.23, 31.1, 2500]]
    cells = read_one(write_xlsx(tmp_path / "forms.xlsx", rows)).lots[0].cells
    assert facts(cells) == FACTS | {"fmv_exercise": "31.1"}


def test_a_sheet_of_remarks_beside_the_forms_is_named(tmp_path: Path) -> None:
    """Left out, and said; a sheet with a column that is ours is read or refused."""
    rows: list[list[object]] = [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5"]]
    rows += [["05/01/2021", "06/15/2023", 1.23, 31.1, 2500]]
    path = write_xlsx(tmp_path / "forms.xlsx", rows)
    book = load_workbook(path)
    remarks = book.create_sheet("Remarks")
    remarks.append(["Prepared by", "Jordan"])
    book.save(path)
    (reading,) = read_file(path, {})
    assert (len(reading.lots), reading.left) == (1, ["forms.xlsx [Remarks]: no column of it is known"])
    remarks.append(["Grant date", "05/01/2021"])
    book.save(path)
    assert {problem.file for problem in problems_of(path)} == {"forms.xlsx [Remarks]"}


def test_form_3922_is_never_taken_for_form_3921(tmp_path: Path) -> None:
    """By its boxes, by its titles, lying or standing, and with its first six boxes alone."""
    standing = [["3 Fair market value per share on grant date", "36.84"], ["5 Exercise price paid per share", "28.60"]]
    standing += [["1 Date option granted", "07/01/2022"], ["2 Date option exercised", "12/30/2022"]]
    standing += [["4 Fair market value per share on exercise date", "33.65"], ["6 No. of shares transferred", "10"]]
    six = [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5", "Box 6"]]
    six += [["07/01/2022", "12/30/2022", "36.84", "33.65", "28.60", "10"]]
    for path in (
        CASES / "boxes-3922.csv",
        write_csv(tmp_path / "standing.csv", standing),
        write_csv(tmp_path / "six.csv", six),
    ):
        assert any("3922" in str(problem) for problem in problems_of(path)), path


def test_rows_of_filing_software_are_refused_with_the_reason() -> None:
    """No header says which cell is which box."""
    (problem,) = problems_of(CASES / "positional.csv")
    assert "a header row" in problem.expected


def test_a_form_that_stands_there_twice_is_asked_for(tmp_path: Path) -> None:
    """Line 2i depends on it: one form twice, or two exercises."""
    row = ["05/01/2021", "06/15/2023", "1.23", "31.10", "2500"]
    same = ["5/1/2021", "2023-06-15", "$1.23", "31.1", "2,500"]
    path = write_csv(tmp_path / "forms.csv", [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5"], row, same])
    assert "differs from the one of row 2" in problems_of(path)[0].expected


def test_every_column_that_is_not_known_is_named() -> None:
    """In an unknown layout, each with its place."""
    problems = problems_of(CASES / "other-broker.csv")
    named = {problem.column for problem in problems}
    assert named >= {"Tag der Zusage", "Ausübung am", "Preis", "Kurs am Tag", "Stück", "Depot"}


def test_a_mapping_reads_any_layout() -> None:
    """Headers that the user names, and one that is left out."""
    own = {
        "tagderzusage": "date_granted", "ausübungam": "date_exercised", "preis": "exercise_price",
        "kursamtag": "fmv_exercise", "stück": "shares", "depot": "",
    }  # fmt: skip
    reading = read_one(CASES / "other-broker.csv", own)
    assert facts(reading.lots[0].cells) == FACTS
    assert reading.left == ["columns Depot: [columns] says so"]


# --- PDF -------------------------------------------------------------------------------------------------


def pdf(folder: Path, data: bytes) -> Path:
    """A PDF under a name that does not say so."""
    path = folder / "download"
    path.write_bytes(data)
    return path


PDF_FACTS = {
    "date_granted": "2022-01-03", "date_exercised": "2024-03-14", "exercise_price": "12.50", "fmv_exercise": "40.25",
    "shares": "1000",
}  # fmt: skip


def test_a_printed_form_is_read_by_its_labels(tmp_path: Path) -> None:
    """Values below the labels, a $ before them, the account number and the transferor."""
    (lot,) = read_one(pdf(tmp_path, made.printed([{}]))).lots
    assert facts(lot.cells) == PDF_FACTS
    assert (lot.account, lot.cells["employer"]) == ("77-0042", "Acme Robotics, Inc.")


def test_a_statement_with_values_beside_the_labels_is_read(tmp_path: Path) -> None:
    """And the instructions in running text, which name the boxes too, are no boxes."""
    (lot,) = read_one(pdf(tmp_path, made.listed({}))).lots
    assert facts(lot.cells) == PDF_FACTS


DAYS = st.dates(date(1980, 1, 1), date(2026, 12, 31))
PRICES = st.decimals(1, 9999, places=4) | st.decimals(1, 9999, places=2)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS, DAYS, PRICES, PRICES, st.integers(1, 99_999), st.sampled_from(["account", ""]))
def test_any_facts_are_read_as_they_are_printed(
    tmp_path: Path, one: date, other: date, price: Decimal, value: Decimal, shares: int, account: str
) -> None:
    """In both layouts, whatever the days, prices and shares are."""
    granted, exercised = sorted([one, other])
    form = {"1": f"{granted:%m/%d/%Y}", "2": f"{exercised:%m/%d/%Y}", "3": f"{price:,}", "4": f"{value:,}"}
    form |= {"5": f"{shares:,}", "account": account and "77-0042"}
    for data in (made.printed([form]), made.listed(form)):
        (lot,) = read_one(pdf(tmp_path, data)).lots
        assert facts(lot.cells) == {
            "date_granted": f"{granted}", "date_exercised": f"{exercised}", "exercise_price": f"{price}",
            "fmv_exercise": f"{value}", "shares": f"{shares}",
        }  # fmt: skip


def test_a_table_of_one_form_is_read(tmp_path: Path) -> None:
    """Labels side by side, the values in a row below."""
    (lot,) = read_one(pdf(tmp_path, made.tabled([{}]))).lots
    assert facts(lot.cells) == PDF_FACTS


@pytest.mark.parametrize("spacing", [12, 90])
def test_a_table_of_several_forms_is_refused(tmp_path: Path, spacing: float) -> None:
    """However far apart its rows are, and even if they are equal: no second exercise is lost."""
    problems = problems_of(pdf(tmp_path, made.tabled([{}, {}], spacing)))
    assert "01/03/2022 and 01/03/2022" in [problem.value for problem in problems]


def test_copies_of_one_form_are_one_lot(tmp_path: Path) -> None:
    """Copies A, B and C; the further ones are named."""
    reading = read_one(pdf(tmp_path, made.printed([{}], copies=3)))
    assert (len(reading.lots), len(reading.left)) == (1, 2)


@pytest.mark.parametrize("a_page", [1, 2])
def test_several_forms_of_a_pdf_are_several_lots(tmp_path: Path, a_page: int) -> None:
    """On pages of their own or two on a page."""
    forms = [{}, {"account": "77-0043", "2": "05/06/2024", "5": "20"}]
    lots = read_one(pdf(tmp_path, made.printed(forms, a_page=a_page))).lots
    assert [(lot.account, lot.cells["date_exercised"], lot.cells["shares"]) for lot in lots] == [
        ("77-0042", "2024-03-14", "1000"),
        ("77-0043", "2024-05-06", "20"),
    ]


def test_a_form_that_names_no_corporation_says_so(tmp_path: Path) -> None:
    """Splits and first in, first out go by the employer: it is asked for."""
    (words,) = read_one(pdf(tmp_path, made.listed({}))).unknown
    assert words.endswith("the corporation: box 6 and transferor were not found; fill in employer")
    assert read_one(pdf(tmp_path, made.printed([{}]))).unknown == []


def test_the_corporation_of_box_6_is_the_employer(tmp_path: Path) -> None:
    """It stands for the transferor where it is another."""
    (lot,) = read_one(pdf(tmp_path, made.printed([{"6": "Acme Sub Corp.\n2 Elm St"}]))).lots
    assert lot.cells["employer"] == "Acme Sub Corp."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made.form_3922, "Form 3922"),
        (made.scanned, "a scanned image"),
        (lambda: made.printed([{}], password="secret"), "a PDF with a password"),
        (lambda: made.printed([{"5": ""}]), "box 5"),
        (lambda: made.printed([{"5": "1,000 2,000"}]), "1,000 and 2,000"),
        (lambda: made.printed([{"2": "3/14/24"}]), "Write the year with four digits"),
        (lambda: made.listed({}, titles=["Dear Jordan,", "see the form."]), "the boxes of Form 3921"),
        (lambda: made.listed({}, titles=["1 Date option granted 01/03/2022"]), "5 No. of shares transferred"),
        (lambda: b"%PDF-1.7 and no more", "a damaged PDF"),
    ],
    ids=["3922", "scan", "password", "blank box", "two values", "short year", "letter", "labels missing", "damaged"],
)
def test_a_pdf_that_cannot_be_read_for_sure_is_refused(tmp_path: Path, data: Any, words: str) -> None:
    """With the reason, and nothing is taken."""
    assert any(words in str(problem) for problem in problems_of(pdf(tmp_path, data())))


def test_without_the_library_a_pdf_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is optional."""
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert "isobook[pdf]" in problems_of(pdf(tmp_path, made.scanned()))[0].remedy


def test_a_name_that_stands_twice_in_a_json_object_is_refused(tmp_path: Path) -> None:
    """Nothing says which of two numbers of shares is meant, or that both forms are wanted."""
    form = '{"optionGrantDate": "2021-01-05", "optionExerciseDate": "2024-02-01", "exercisePrice": 2.5}'
    for text in (form.replace("}", ', "numberOfShares": 1, "numberOfShares": 2}'), f'{{"a": {form}, "a": {form}}}'):
        (tmp_path / "form.json").write_text(text)
        assert "each name once" in problems_of(tmp_path / "form.json")[0].expected


def test_one_fdx_form_twice_in_a_document_is_refused(tmp_path: Path) -> None:
    """As rows of a table are: it would count twice."""
    form = json.dumps({name: "2024-02-01" if name.endswith("Date") else 5 for name in made_names()})
    (tmp_path / "form.json").write_text(f"[{form}, {form}]")
    (problem,) = problems_of(tmp_path / "form.json")
    assert problem.value == "the same form again"


def made_names() -> list[str]:
    """The names of FDX's form that isobook reads."""
    return ["optionGrantDate", "optionExerciseDate", "exercisePrice", "exerciseMarketValue", "numberOfShares"]
