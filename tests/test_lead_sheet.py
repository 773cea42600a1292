"""The lead sheet: the line of each year, totals where a sum means something, the proof, the state of each return."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client
from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.printed_clients import PRINTED
from workbook_templates.contents.lead.lead_lines import place_in_year
from workbook_templates.contents.lead.lead_rows import all_lead_rows
from workbook_templates.fill import workbook
from workbook_templates.xlsx.text_fit import width_px


def sheet_of(client: Client) -> Worksheet:
    """The sheet with the values of its formulas."""
    return load_workbook(BytesIO(workbook(client)), data_only=True)["Lead sheet"]


@pytest.fixture(scope="module")
def lead() -> Worksheet:
    """That of the example of six years."""
    return sheet_of(read_source(EXAMPLES / "six-years"))


def row_of(sheet: Worksheet, label: str) -> list[object]:
    """The cells of the row of a label."""
    (row,) = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == label]
    return list(row)


@pytest.mark.parametrize(
    ("name", "year", "place"),
    [
        ("wages", 2021, "1040 ln 1"),
        ("wages", 2022, "1040 ln 1a"),
        ("amt", 2018, "Sch 2 ln 45"),
        ("amt", 2019, "Sch 2 ln 1"),
        ("amt", 2023, "Sch 2 ln 1"),
        ("amt", 2024, "Sch 2 ln 2"),
        ("credit", 2018, "Sch 3 ln 54b"),
        ("credit", 2024, "Sch 3 ln 6b"),
    ],
)
def test_each_year_names_the_line_of_its_own_return(name: str, year: int, place: str) -> None:
    """As Form 1040 and its schedules of that year print them."""
    assert place_in_year(name, year) == place


def test_the_line_of_each_year_stands_under_the_amt(lead: Worksheet) -> None:
    """2020 to 2023 on line 1 of Schedule 2, then on line 2."""
    (at,) = [cell.row for cell in lead["A"] if cell.value == "AMT"]
    below = [cell.value for cell in lead[int(at or 0) + 1]][:7]
    assert below == ["goes to", *["Sch 2 ln 1"] * 4, *["Sch 2 ln 2"] * 2]


def test_a_total_stands_only_where_a_sum_means_something(lead: Worksheet) -> None:
    """Spreads 320,000 + 37,500 + 76,000; none for balances, exemption and tentative tax."""
    assert row_of(lead, "ISO spread")[7] == 433_500
    assert row_of(lead, "AMT")[7] == 80_934
    assert row_of(lead, "Credit used")[7] == 18_686 + 2_715 + 2_885 + 16_714 + 21_538
    for label in ("Exemption", "Tentative min. tax", "AMT income", "Credit available", "Credit left"):
        assert row_of(lead, label)[7] is None


def test_the_proof_shows_that_no_credit_is_lost(lead: Worksheet) -> None:
    """62,538 + 18,396 + 0 = 80,934."""
    words = [str(cell.value) for cell in lead["A"] if str(cell.value).startswith("Proof")]
    assert words == [
        "Proof: AMT of $80,934 = credit used $62,538 + credit left $18,396 + part that never comes back $0.  Agrees."
    ]


def test_the_conclusion_speaks_in_the_tense_of_the_return(lead: Worksheet) -> None:
    """The last year is open; the others are filed."""
    told = "No AMT is expected for 2025; AMT of $80,934 for 2020. Credit used: $62,538; credit left: $18,396."
    assert lead["A3"].value == told
    assert [cell.value for cell in lead[5]][1:7] == [*["filed"] * 5, "open"]
    client = read_source(EXAMPLES / "six-years")
    returns = [
        row if row.tax_year < 2025 else row.model_copy(update={"return_stage": "filed"}) for row in client.returns
    ]
    again = sheet_of(client.model_copy(update={"returns": returns}))
    assert str(again["A3"].value).startswith("No AMT for 2025; AMT of $80,934 for 2020.")


def test_a_year_that_waits_for_wages_leaves_no_proof() -> None:
    """What is missing is named, and nothing is claimed."""
    sheet = sheet_of(Client(returns=[{"tax_year": 2025, "filing_status": "S", "deduction": "standard"}]))
    assert str(sheet["A3"].value).startswith("2025 needs wages")
    assert "Proof: not yet. A year is not ready." in [cell.value for cell in sheet["A"]]


def test_labels_fit_the_first_column_of_a_phone() -> None:
    """16 digits of 7 pixels and the air of a cell are 117 pixels; results are bold and of 11 points."""
    wide = [row.label for row in all_lead_rows() if width_px(row.label, 11 if row.result else 10, row.result) > 111]
    assert wide == []


def test_the_amt_of_many_earlier_years_is_told_in_one_figure() -> None:
    """5,163 + 3,572 + 3,813 = 12,548; each year's own amount stands in its column."""
    sheet = sheet_of(PRINTED["forty exercises"])
    told = "AMT of $3,937 is expected for 2025; AMT of $12,548 for 2022 to 2024. Credit used: $0; credit left: $16,485."
    assert sheet["A3"].value == told
    assert row_of(sheet, "AMT")[1:4] == [5_163, 3_572, 3_813]


@pytest.mark.parametrize("kind", PRINTED)
def test_the_conclusion_has_the_width_of_the_sheet_and_fits_it(kind: str) -> None:
    """The chip of the checks stands below, in the last column; nothing else is written into row 3."""
    sheet = sheet_of(PRINTED[kind])
    assert [cell.value for cell in sheet[3] if cell.value][1:] == []
    last = sheet.max_column if not sheet.print_area else column_index_from_string(sheet.print_area.split("$")[3])
    wide = sum(sheet.column_dimensions[get_column_letter(place)].width for place in range(1, last + 1))
    assert width_px(str(sheet["A3"].value), 11, True) < wide * 7


def test_a_year_that_is_not_ready_is_never_told_as_no_credit() -> None:
    """AMT of 5,103 in 2024 carries to 2025, whose wages are missing: the last year known is told, on both sheets."""
    book = load_workbook(BytesIO(workbook(PRINTED["not ready"])), data_only=True)
    ledger = book["Credit ledger"]
    assert ledger["A3"].value == "Credit left at the end of 2024: $5,103  ·  used so far: $0  ·  2025 is not ready"
    assert row_of(ledger, "Credit left at year end")[1:4:2] == [5_103, "needs wages"]
    told = "2025 needs wages; AMT of $5,103 for 2024. Credit used: $0; credit left at the end of 2024: $5,103."
    assert book["Lead sheet"]["A3"].value == told


def test_a_client_without_a_computed_year_has_no_credit_yet() -> None:
    """Nothing is told as $0."""
    client = Client(returns=[{"tax_year": 2025, "filing_status": "S", "deduction": "standard"}])
    ledger = load_workbook(BytesIO(workbook(client)), data_only=True)["Credit ledger"]
    assert ledger["A3"].value == "No credit is computed yet  ·  2025 is not ready"


def test_the_total_of_years_that_wait_is_not_yet_and_that_of_records_stands() -> None:
    """Both years lack their filing status; 1,000 x $13.50 and 2,000 x $10 are exercised whatever the return says."""
    waits = sheet_of(read_source(EXAMPLES / "from-csv-alone"))
    assert row_of(waits, "ISO spread")[1:4] == [13_500, 20_000, 33_500]
    assert row_of(waits, "AMT")[3] == "not yet"
    assert row_of(waits, "Wages")[3] == "not yet"
