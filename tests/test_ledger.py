"""The worked ledger of four years, line by line, and two small cases of Form 8801 with their arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import Client, Projection, project
from workbook_templates.drawing.layout import BOOK
from workbook_templates.fill import shape_of, values_of

D = Decimal
YEARS = (2023, 2024, 2025, 2026)
WAGES = (200_000, 210_000, 220_000, 230_000)

# Single, standard deduction. Grant 2022-02-01 of 10,000 options at 2, exercised 2023-06-01 at 32; 4,000 sold at 20
# on 2024-12-02, 6,000 at 50 on 2025-03-03. None: not computed in the hand-made ledger.
FORM_6251 = {
    "2i": (300_000, 0, 0, 0),
    "2k": (0, -75_000, -225_000, 0),
    "4": (500_000, 207_000, 283_000, 230_000),
    "5": (81_300, 85_700, 88_100, 90_100),
    "6": (418_700, 121_300, 194_900, 139_900),
    "7": (112_822, 31_538, 43_744, 36_374),
    "9": (112_822, 31_538, 43_744, 36_374),
    "10": (38_400, 51_015, 85_623, 44_904),
    "11": (74_422, 0, 0, 0),
}
FORM_8801 = {
    "4": (None, 200_000, 282_000, 508_000),
    "10": (None, 118_700, 196_300, 419_900),
    "11": (None, 30_862, 43_118, 77_494),
    "14": (None, 38_400, 51_015, 85_623),
    "15": (None, 0, 0, 0),
    "18": (0, 74_422, 0, 0),
    "19": (0, 0, 54_945, 13_066),
    "21": (0, 74_422, 54_945, 13_066),
    "22": (None, 51_015, 85_623, 44_904),
    "23": (None, 31_538, 43_744, 36_374),
    "24": (None, 19_477, 41_879, 8_530),
    "25": (0, 19_477, 41_879, 8_530),
    "26": (0, 54_945, 13_066, 4_536),
}


@pytest.fixture(scope="module")
def ledger() -> Projection:
    """The client of the worked ledger."""
    exercise = {
        "exercise_id": "E-1",
        "date_granted": "2022-02-01",
        "date_exercised": "2023-06-01",
        "exercise_price": "2",
        "fmv_exercise": "32",
        "shares": "10,000",
    }
    sales = [
        {"exercise_id": "E-1", "date_sold": "2024-12-02", "shares": "4,000", "price": "20"},
        {"exercise_id": "E-1", "date_sold": "2025-03-03", "shares": "6,000", "price": "50"},
    ]
    returns = [
        {"tax_year": str(year), "filing_status": "S", "wages": str(wages), "deduction": "standard"}
        for year, wages in zip(YEARS, WAGES, strict=True)
    ]
    return project(Client(exercises=[exercise], sales=sales, returns=returns))


@pytest.mark.parametrize("line", FORM_6251)
def test_form_6251_of_the_worked_ledger(ledger: Projection, line: str) -> None:
    """Each line of each year."""
    assert [ledger.years[year].form_6251[line] for year in YEARS] == list(FORM_6251[line])


@pytest.mark.parametrize("line", FORM_8801)
def test_form_8801_of_the_worked_ledger(ledger: Projection, line: str) -> None:
    """Each line of each year; the first year has no year before it."""
    wanted = FORM_8801[line]
    found = [ledger.years[year].form_8801[line] for year in YEARS]
    assert [each for each, want in zip(found, wanted, strict=True) if want is not None] == [
        each for each in wanted if each is not None
    ]


def test_both_bases_and_gains_of_the_worked_ledger(ledger: Projection) -> None:
    """Regular gains 72,000 and 288,000; AMT loss of 48,000 and gain of 108,000."""
    assert [sale["gain"] for sale in ledger.sales] == [72_000, 288_000]
    assert [sale["amt_gain"] for sale in ledger.sales] == [-48_000, 108_000]
    assert ledger.years[2024].carryover_out == {
        "short_term": 0,
        "long_term": 0,
        "amt_short_term": 0,
        "amt_long_term": 45_000,
    }


def test_the_ledger_balances(ledger: Projection) -> None:
    """74,422 = 19,477 + 41,879 + 8,530 + 4,536."""
    rows = ledger.ledger
    assert sum(row["amt"] for row in rows) == sum(row["used"] for row in rows) + rows[-1]["closing"] == 74_422
    assert ledger.following_8801["21"] == 4_536
    assert "26" not in ledger.following_8801


def _one_exercise(year: int, spread: int) -> dict[str, str]:
    return {
        "exercise_id": "1",
        "date_granted": f"{year - 2}-01-02",
        "date_exercised": f"{year}-03-01",
        "exercise_price": "1",
        "fmv_exercise": str(1 + spread),
        "shares": "1",
    }


def test_exclusion_items_in_the_amt_year_make_no_credit() -> None:
    """2023 single, wages 200,000, bond interest 100,000, spread 300,000: credit 103,951.50 - 18,462 = 85,489.50.

    AMTI 186,150 + 13,850 + 100,000 + 300,000 = 600,000; exemption 81,300 - 25% of 21,850 = 75,837.50; line 6
    524,162.50; 28% less 4,414 = 142,351.50; regular 38,400. Exclusion items alone: 300,000 - 81,300 = 218,700, 26%
    = 56,862, less 38,400 = 18,462.
    """
    wages = {"filing_status": "S", "wages": "200000", "deduction": "standard"}
    returns = [{"tax_year": "2023", **wages, "line_2g": "100000"}, {"tax_year": "2024", **wages}]
    exercises = [_one_exercise(2023, 300_000)]
    client = Client(exercises=exercises, returns=returns, rounding="cents", tax_method="schedule")
    years = project(client).years
    assert years[2023].form_6251["5"] == D("75837.50")
    assert years[2023].form_6251["7"] == D("142351.50")
    assert years[2023].form_6251["11"] == D("103951.50")
    assert years[2024].form_8801["11"] == 56_862
    assert years[2024].form_8801["15"] == 18_462
    assert years[2024].form_8801["18"] == D("85489.50")


FOREIGN = {
    "tax_year": "2024",
    "filing_status": "S",
    "wages": "200000",
    "deduction": "standard",
    "line_2g": "200000",
} | {"foreign_tax_credit": "5000"}


@pytest.mark.parametrize(
    ("entries", "line_12", "line_18"),
    [
        ({"amt_foreign_tax_credit": "3000"}, 3_000, 0),  # the least of 5,000, 3,000 and line 11
        ({}, 5_000, 0),  # one credit for both systems
        ({"amt_foreign_tax_credit": "3000", "exclusion_foreign_tax_credit": "5000"}, 5_000, 2_000),  # as typed
        ({"amt_foreign_tax_credit": "300000", "foreign_tax_credit": "0"}, 0, None),
    ],
)
def test_line_12_is_the_least_of_both_credits_and_line_11(
    entries: dict[str, str], line_12: int, line_18: int | None
) -> None:
    """Bond interest of 200,000 is an exclusion item: all AMT of 2024 is, and it makes no credit by itself."""
    returns = [
        {**FOREIGN, **entries},
        {"tax_year": "2025", "filing_status": "S", "wages": "1", "deduction": "standard"},
    ]
    form = project(Client(returns=returns)).years[2025].form_8801
    assert form["12"] == line_12
    assert line_18 is None or form["18"] == line_18


def test_a_negative_line_18_takes_from_the_credit() -> None:
    """2024: 2k (120,000) and 2g 150,000: AMT 0, exclusion items alone 31,753 more; a pool of 74,422 falls to 42,669.

    Taxable income 200,000; AMTI 200,000 + 14,600 + 150,000 - 120,000 = 244,600, less 85,700 = 158,900, 26% = 41,314,
    below the regular tax of 41,687. Without 2k: 364,600 - 85,700 = 278,900, 28% - 4,652 = 73,440; less 41,687 = 31,753.
    """
    first = {
        "tax_year": "2024",
        "filing_status": "S",
        "wages": "214600",
        "deduction": "standard",
        "line_2g": "150000",
        "other_line_2k": "-120000",
        "mtc_carryforward_in": "74422",
    }
    returns = [first, {"tax_year": "2025", "filing_status": "S", "wages": "40000", "deduction": "standard"}]
    years = project(Client(returns=returns, rounding="cents", tax_method="schedule")).years
    assert years[2024].form_6251["9"] == 41_314
    assert years[2024].form_6251["10"] == D("41686.50")
    assert years[2024].form_8801["25"] == D("372.50")  # the room of 2024: 41,686.50 - 41,314
    assert years[2025].form_8801["15"] == D("31753.50")
    assert years[2025].form_8801["18"] == D("-31753.50")
    assert years[2025].form_8801["21"] == D("74422") - D("372.50") - D("31753.50")


def test_a_pool_that_falls_below_zero_carries_nothing() -> None:
    """Line 21 of zero or less: no credit, and 0 is carried forward."""
    first = {
        "tax_year": "2024",
        "filing_status": "S",
        "wages": "214600",
        "deduction": "standard",
        "line_2g": "150000",
        "other_line_2k": "-120000",
        "mtc_carryforward_in": "1000",
    }
    returns = [first, {"tax_year": "2025", "filing_status": "S", "wages": "40000", "deduction": "standard"}]
    form = project(Client(returns=returns)).years[2025].form_8801
    assert form["21"] is not None
    assert form["21"] < 0
    assert [form["25"], form["26"]] == [0, 0]


def test_the_credit_made_before_the_file_is_typed() -> None:
    """Without the year before, lines 1 to 17 are 0 and line 18 is `mtc_line_18_in`."""
    row = {"tax_year": "2025", "filing_status": "S", "wages": "250000", "deduction": "standard"}
    client = Client(returns=[{**row, "mtc_line_18_in": "5000", "mtc_carryforward_in": "700"}])
    form = project(client).years[2025].form_8801
    assert [form[line] for line in ("1", "4", "10", "15", "17")] == [0] * 5
    assert [form["18"], form["19"], form["21"]] == [5_000, 700, 5_700]


def test_a_year_after_an_open_one_is_not_final() -> None:
    """Wages of 2024 are not known: what 2025 takes from it is None, and said so; its own Form 6251 stands."""
    rows = (("2023", "200000"), ("2024", ""), ("2025", "200000"))
    returns = [
        {"tax_year": year, "filing_status": "S", "wages": wages, "deduction": "standard"} for year, wages in rows
    ]
    projection = project(Client(exercises=[_one_exercise(2024, 300_000)], returns=returns))
    year = projection.years[2025]
    assert (year.ready, year.final, projection.years[2023].final) == (True, False, True)
    assert set(year.form_8801.values()) == set(year.carryover_out.values()) == {None}
    assert year.form_6251["11"] == 0
    assert projection.ledger[-1]["closing"] is None
    assert str(year.figures["f8801.conclusion"]).startswith("Not final")


def test_income_in_wages_follows_the_income_of_each_lot() -> None:
    """One FIFO sale of two lots, 10,000 and 0 of ordinary income, all of it in wages: nothing is left to add."""
    lots = [
        {"exercise_id": name, "employer": "X", "date_granted": "2023-01-02", "date_exercised": "2024-03-01"}
        | {"exercise_price": price, "fmv_exercise": "110", "shares": "100"}
        for name, price in (("A", "10"), ("B", "120"))
    ]
    sale = {"employer": "X", "date_sold": "2024-06-01", "shares": "200", "price": "150", "w2_income": "10000"}
    row = {"tax_year": "2024", "filing_status": "S", "wages": "200000", "deduction": "standard"}
    projection = project(Client(exercises=lots, sales=[sale], returns=[row]))
    assert [each["ordinary"] for each in projection.sales] == [10_000, 0]
    assert projection.years[2024].regular["option_income"] == 0


def test_filed_income_of_zero_leaves_no_positive_line_1() -> None:
    """Line 15 is 0 only where income less deductions is not above 0."""
    row = {"tax_year": "2024", "filing_status": "S", "wages": "30000", "deduction": "standard", "taxable_income": "0"}
    assert project(Client(returns=[row])).years[2024].form_6251["1"] == 0


def test_a_qualifying_gift_after_vest_keeps_line_2i() -> None:
    """1,000 shares × (50 - 1) at vest: a gift is no sale that both systems would treat alike."""
    lot = {
        "exercise_id": "1", "date_granted": "2021-01-04", "date_exercised": "2022-01-05", "exercise_price": "1",
        "fmv_exercise": "1", "shares": "1000", "vest_date": "2025-03-01", "fmv_vest": "50",
    }  # fmt: skip
    gift = {"exercise_id": "1", "date_sold": "2025-06-01", "shares": "1000", "disposition": "gift"}
    projection = project(Client(exercises=[lot], sales=[gift]))
    assert projection.years[2025].form_6251["2i"] == 49_000


def test_the_ledger_shows_no_more_on_exclusion_items_than_the_amt() -> None:
    """Above, 31,753.50 on an AMT of 0: the sheet shows 0. With bond interest alone, all of an AMT of 2024 is shown.

    200,000 + 14,600 + 200,000 - 85,700 = 328,900: 28% - 4,652 = 87,440, less the regular tax of 41,686.50 = 45,753.50.
    """
    year = {"tax_year": "2024", "filing_status": "S", "wages": "214600", "deduction": "standard"}
    following = {"tax_year": "2025", "filing_status": "S", "wages": "40000", "deduction": "standard"}
    for first, amt, excluded in (
        (year | {"line_2g": "150000", "other_line_2k": "-120000"}, 0, 0),
        (year | {"line_2g": "200000"}, D("45753.50"), D("45753.50")),
    ):
        projection = project(Client(returns=[first, following], rounding="cents", tax_method="schedule"))
        book = values_of(projection, shape_of(projection))[BOOK]
        assert (book[f"{BOOK}.amt 2024"], book[f"{BOOK}.excluded 2024"]) == (amt, excluded)
