"""The six-year example, by hand: four employers, both systems, the trapped AMT loss and the credit of 2020."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import Projection, project
from isobook.sources import read_source

EXAMPLE = Path(__file__).parents[1] / "examples" / "six-years"


@pytest.fixture(scope="module")
def six_years() -> Projection:
    """The projection of the example."""
    return project(read_source(EXAMPLE))


def lot(projection: Projection, exercise_id: str) -> dict[str, Any]:
    """One exercise with what follows from it."""
    return next(each for each in projection.lots if each["exercise_id"] == exercise_id)


def test_2020_pays_for_the_large_exercise(six_years: Projection) -> None:
    """2i: 8,000 × 40 = 320,000, and 0 of the 83(b) lot.

    Line 1: 181,200 - 12,400 = 168,800; line 4: + 12,400 + 320,000 = 501,200; less 72,900 = 428,300; 28% less 3,958 =
    115,966. Regular tax 33,271.50 + 32% of (168,800 - 163,300) = 35,031.50. AMT 115,966 - 35,032 = 80,934.
    """
    form = six_years.years[2020].form_6251
    assert [form[line] for line in ("1", "2i", "4", "6", "9", "10", "11")] == [
        168_800, 320_000, 501_200, 428_300, 115_966, 35_032, 80_934,
    ]  # fmt: skip


def test_2021_sells_below_the_value_of_2020(six_years: Projection) -> None:
    """Regular gain 3,000 × 18 - 45 = 53,955; AMT loss 3,000 × 22 + 45 = 66,045, of which 3,000 count."""
    year = six_years.years[2021]
    assert year.form_6251["2k"] == -3_000 - 53_955
    assert year.carryover_out["amt_long_term"] == 63_045
    assert six_years.years[2021].form_8801["21"] == 80_934


def test_2022_same_year_sale_leaves_line_2i_to_the_rest(six_years: Projection) -> None:
    """500 of 2,000 shares sold in the year: 1,500 × 25 = 37,500. Ordinary 500 × 23 = 11,500 in both systems."""
    assert six_years.years[2022].form_6251["2i"] == 37_500
    assert lot(six_years, "C-1")["why"].startswith("Part sold")
    assert six_years.sales[1]["ordinary"] == six_years.sales[1]["amt_ordinary"] == 11_500
    assert six_years.years[2022].form_6251["2k"] == -3_000  # the AMT loss carried in, up to the limit


def test_2023_absorbs_the_amt_loss(six_years: Projection) -> None:
    """Vest without election: 5,000 × 9.80 = 49,000, and 3,000 × 9 = 27,000 of another lot.

    AMT: long 94,880 - 60,045 carried in = 34,835, short 1,500 × (28 - 40) - 20 = -18,020: 16,815. Regular: 94,880 - 20.
    Line 2k: ordinary 0 - 19,500, capital 16,815 - 94,860 = -78,045.
    """
    year = six_years.years[2023]
    assert year.form_6251["2i"] == 49_000 + 27_000
    assert year.form_6251["2k"] == -19_500 - 78_045
    assert year.carryover_out["amt_long_term"] == 0


def test_an_underwater_lot_sold_above_its_price_is_all_gain(six_years: Projection) -> None:
    """400 × (35 - 30) = 2,000 in both systems: the lower value of the exercise day counts nowhere."""
    sale = next(each for each in six_years.sales if each["exercise_id"] == "A-2")
    assert (sale["gain"], sale["amt_gain"]) == (2_000, 2_000)
    assert (lot(six_years, "A-2")["adjustment"], lot(six_years, "A-2")["shares_left"]) == (0, 600)


def test_form_8949_gets_code_b_where_the_broker_left_the_wages_out(six_years: Projection) -> None:
    """Basis reported 7,500, income taxed as wages 11,500: adjustment of -11,500."""
    sale = six_years.sales[1]
    assert (sale["box"], sale["code_8949"], sale["adjust_8949"]) == ("A", "B", -11_500)


def test_the_credit_of_2020_is_used_year_after_year(six_years: Projection) -> None:
    """80,934 = 18,686 + 2,715 + 2,885 + 16,714 + 21,538 + 18,396 left."""
    rows = six_years.ledger
    assert [row["used"] for row in rows] == [0, 18_686, 2_715, 2_885, 16_714, 21_538]
    assert rows[-1]["closing"] == 18_396
    assert sum(row["amt"] for row in rows) == sum(row["used"] for row in rows) + rows[-1]["closing"]
