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
    """Version 6.4: two Tax3921 and a Tax3922 deep in a document, each with its kind."""
    reading = read_one(EXAMPLES / "forms-3921.json")
    assert [(lot.account, lot.kind, lot.cells["shares"], lot.cells["exercise_price"]) for lot in reading.lots] == [
        ("77-0042", "ISO", "1000", "12.50"),
        ("77-0043", "ISO", "250", "20.00"),
        ("77-0044", "ESPP", "10", "28.60"),
    ]
    assert (reading.lots[2].cells["fmv_grant"], reading.lots[2].cells["fmv_exercise"]) == ("36.84", "33.65")
    assert reading.lots[0].cells["employer"] == "Acme Robotics, Inc. (invented)"
    assert reading.left == []


PARTY = {"businessName": {"name1": "Acme Holdings, Inc."}, "tin": "00-0000002"}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda form: form | {"issuer": PARTY},
        lambda form: form | {"issuer": {"name1": "Acme Holdings, Inc."}},
        lambda form: form | {"issuer": "Acme Holdings, Inc."},
        lambda form: {"issuer": PARTY, "forms": [{"tax3921": form}]},
        lambda form: {
            "tax3922": form | {"grantMarketValue": 20, "corporationNameAddress": {"name1": "Acme Holdings, Inc."}}
        },
    ],
    ids=["party", "name1", "text", "of the statement", "corporation of 3922"],
)
def test_the_issuer_of_an_fdx_form_is_the_employer(tmp_path: Path, wrap: Any) -> None:
    """Where no corporation and no transferor is named: the filer of Form 3921 is the corporation."""
    form = {"optionGrantDate": "2021-05-01", "optionExerciseDate": "2023-06-15", "exercisePrice": 1.5}
    form |= {"exerciseMarketValue": 31, "numberOfShares": 100}
    (tmp_path / "form.json").write_text(json.dumps(wrap(form)), encoding="utf-8")
    assert read_one(tmp_path / "form.json").lots[0].cells["employer"] == "Acme Holdings, Inc."


def test_fdx_numbers_keep_every_digit() -> None:
    """Version 5: 1.2345 per share and 2,500.5 shares, the corporation of box 6, a day with its time."""
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
        ('{"tax3922": {"optionGrantDate": "2021-05-01", "grantMarketValue": 1}, "x": NaN}', "optionExerciseDate"),
        ("[" * 100_000, "JSON in UTF-8"),
        ('{"exercisePrice": 1' + "0" * 5000 + "}", "Tax3921"),
    ],
    ids=["cut", "empty", "only 3922", "deep", "long"],
)
def test_json_without_a_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """With the reason; a Form 3922 without its boxes is none either."""
    path = tmp_path / "form.json"
    path.write_text(text, encoding="utf-8")
    assert words in str(problems_of(path)[0])


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
    """A row per form below a title, or a column per form beside the labels."""
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


STANDING_3922 = [
    ["3 Fair market value per share on grant date", "36.84"], ["5 Exercise price paid per share", "28.60"],
    ["1 Date option granted", "07/01/2022"], ["2 Date option exercised", "12/30/2022"],
    ["4 Fair market value per share on exercise date", "33.65"], ["6 No. of shares transferred", "10"],
]  # fmt: skip
PURCHASE = {
    "date_granted": "2022-07-01", "date_exercised": "2022-12-30", "fmv_grant": "36.84", "fmv_exercise": "33.65",
    "exercise_price": "28.60", "shares": "10", "kind": "ESPP",
}  # fmt: skip


def test_form_3922_comes_in_as_a_purchase(tmp_path: Path) -> None:
    """By its boxes 1 to 8, by its titles, lying or standing: the same purchase, and never a Form 3921."""
    lying = [[label for label, _ in STANDING_3922], [value for _, value in STANDING_3922]]
    named = [[f"3922 box {box}" for box in range(1, 7)], ["07/01/2022", "12/30/2022", "36.84", "33.65", "28.60", "10"]]
    for path in (
        CASES / "boxes-3922.csv",
        write_csv(tmp_path / "standing.csv", STANDING_3922),
        write_csv(tmp_path / "lying.csv", lying),
        write_csv(tmp_path / "named.csv", named),
    ):
        (lot,) = read_one(path).lots
        assert {name: lot.cells[name] for name in PURCHASE} == PURCHASE, path
    assert read_one(CASES / "boxes-3922.csv").lots[0].cells["price_at_grant"] == "31.31"


def test_six_bare_boxes_that_are_no_form_3921_are_refused(tmp_path: Path) -> None:
    """Box 6 of Form 3922 has shares: nothing says that these boxes are of it."""
    six = [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5", "Box 6"]]
    six += [["07/01/2022", "12/30/2022", "36.84", "33.65", "28.60", "10"]]
    assert any("3922" in str(problem) for problem in problems_of(write_csv(tmp_path / "six.csv", six)))


def test_a_table_of_both_forms_by_bare_boxes_is_refused(tmp_path: Path) -> None:
    """The first row has a box 7, the second has none: of the second nothing says which form it is."""
    rows = [[f"Box {box}" for box in range(1, 9)]]
    rows += [["07/01/2022", "12/30/2022", "36.84", "33.65", "28.60", "10", "12/30/2022", ""]]
    rows += [["05/01/2021", "06/15/2023", "1.23", "31.10", "2500", "", "", ""]]
    problems = problems_of(write_csv(tmp_path / "both.csv", rows))
    assert any("a header that tells the form" in problem.expected for problem in problems)


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


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def test_the_corporation_of_box_6_is_the_employer(tmp_path: Path) -> None:
    """It stands for the transferor where it is another."""
    (lot,) = read_one(pdf(tmp_path, made.printed([{"6": "Acme Sub Corp.\n2 Elm St"}]))).lots
    assert lot.cells["employer"] == "Acme Sub Corp."


def test_a_printed_form_3922_is_read_by_its_labels(tmp_path: Path) -> None:
    """Boxes 3 and 4 begin alike: the number tells them apart. The words “box 1” in the label of box 8 are no value."""
    for data in (made.form_3922(), made.printed_3922({})):
        reading = read_one(pdf(tmp_path, data))
        assert reading.layout == "Form 3922 (PDF)"
        (lot,) = reading.lots
        assert {name: lot.cells[name] for name in PURCHASE} == PURCHASE
    assert (lot.account, lot.cells["employer"]) == ("77-0044", "Acme Robotics, Inc.")
    assert (lot.cells["date_transferred"], lot.cells["price_at_grant"]) == ("2022-12-30", "31.31")


def test_boxes_7_and_8_of_form_3922_may_be_blank(tmp_path: Path) -> None:
    """The price may have been fixed at grant; two values in one box are refused."""
    (lot,) = read_one(pdf(tmp_path, made.printed_3922({"7": "", "8": ""}))).lots
    assert not {"date_transferred", "price_at_grant"} & lot.cells.keys()
    (problem,) = problems_of(pdf(tmp_path, made.printed_3922({"8": "31.31 32.00"})))
    assert (problem.column, problem.value) == ("box 8", "31.31 and 32.00")


@pytest.mark.parametrize(
    ("mark", "corrected"),
    [
        ("CORRECTED", True),
        ("X CORRECTED (if checked)", True),
        ("[X] CORRECTED (if checked)", True),
        ("VOID   X CORRECTED", True),
        ("Corrected: Yes", True),
        ("CORRECTED (if checked)", False),
        ("[ ] CORRECTED (if checked)", False),
        ("VOID   CORRECTED", False),
        ("Corrected: No", False),
        ("If this form is corrected, keep both.", False),
        ("", False),
    ],
)
def test_a_form_marked_corrected_is_told(tmp_path: Path, mark: str, corrected: bool) -> None:
    """The word that is printed on every form counts with a mark beside it; alone it is said of this form."""
    (lot,) = read_one(pdf(tmp_path, made.printed([{}], mark=mark))).lots
    assert lot.corrected is corrected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made.scanned, "a scanned image"),
        (lambda: made.printed([{}], password="secret"), "a PDF with a password"),
        (lambda: made.printed([{"5": ""}]), "box 5"),
        (lambda: made.printed([{"5": "1,000 2,000"}]), "1,000 and 2,000"),
        (lambda: made.printed([{"2": "3/14/24"}]), "Write the year with four digits"),
        (lambda: made.listed({}, titles=["Dear Jordan,", "see the form."]), "the boxes of Form 3921"),
        (lambda: made.listed({}, titles=["1 Date option granted 01/03/2022"]), "5 No. of shares transferred"),
        (lambda: b"%PDF-1.7 and no more", "a damaged PDF"),
    ],
    ids=["scan", "password", "blank box", "two values", "short year", "letter", "labels missing", "damaged"],
)
def test_a_pdf_that_cannot_be_read_for_sure_is_refused(tmp_path: Path, data: Any, words: str) -> None:
    """With the reason, and nothing is taken."""
    assert any(words in str(problem) for problem in problems_of(pdf(tmp_path, data())))


def test_without_the_library_a_pdf_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is optional."""
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert "isobook[office]" in problems_of(pdf(tmp_path, made.scanned()))[0].remedy


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
