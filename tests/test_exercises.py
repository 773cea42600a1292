"""Exercises: the adjustment of each alone, when it is measured, both bases, the first day of a qualifying sale."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Client, project
from tests.returns import Row, exercise

D = Decimal


def lot(**columns: object) -> dict[str, Any]:
    """What one exercise gives: its record and its computed columns."""
    return project(Client(exercises=[exercise(**columns)])).lots[0]


def line_2i(*rows: Row) -> dict[int, Decimal | None]:
    """Line 2i of each year."""
    return {year: each.form_6251["2i"] for year, each in project(Client(exercises=rows)).years.items()}


PRICED: Row = {"exercise_price": 10, "fmv_exercise": 25, "shares": 100}


def test_the_adjustment_is_the_spread_of_the_shares() -> None:
    """100 shares, price 10, value 25: 1,500; paid 1,000; regular basis 1,000, AMT basis 2,500."""
    found = lot(**PRICED)
    assert (found["adjustment"], found["price_of_lot"]) == (1_500, 1_000)
    assert (found["regular_basis"], found["amt_basis"]) == (1_000, 2_500)


@pytest.mark.parametrize(("value", "adjustment"), [("9.9999", 0), (10, 0), ("10.0001", D("0.01"))])
def test_an_adjustment_is_not_below_zero(value: object, adjustment: object) -> None:
    """Below the price nothing is added, and the price paid is the basis in both systems."""
    found = lot(**PRICED | {"fmv_exercise": value})
    assert found["adjustment"] == adjustment
    assert found["regular_basis"] == 1_000
    assert found["amt_basis"] == 1_000 + found["adjustment"]
    assert bool(found["adds_nothing"]) is (adjustment == 0)


def test_an_underwater_exercise_takes_nothing_from_another() -> None:
    """1,500 and 50 x (8 - 20) = -600: line 2i is 1,500, not 900."""
    good = exercise(**PRICED)
    underwater = exercise(exercise_id="E2", exercise_price=20, fmv_exercise=8, shares=50)
    assert line_2i(good, underwater) == {2025: 1_500}
    found = project(Client(exercises=[good, underwater])).lots[1]
    assert (found["adjustment"], found["regular_basis"], found["amt_basis"]) == (0, 1_000, 1_000)
    assert found["why"].startswith("Underwater")


def test_line_2i_adds_up_the_exercises_of_its_year() -> None:
    """Two of 2024 and one of 2026; 2025 has none, and is there all the same."""
    rows = [
        exercise(spread, year, exercise_id=f"E{spread}") for spread, year in ((100, 2024), (250, 2024), (700, 2026))
    ]
    assert line_2i(*rows) == {2024: 350, 2025: 0, 2026: 700}


def test_a_nonqualified_option_adds_nothing_to_line_2i() -> None:
    """Its spread is wages and part of both bases; an underwater one is worth its price."""
    found = lot(**PRICED, kind="NSO")
    assert (found["adjustment"], found["wage_income"]) == (0, 1_500)
    assert (found["regular_basis"], found["amt_basis"]) == (2_500, 2_500)
    under = lot(exercise_price=10, fmv_exercise=4, shares=100, kind="NSO")
    assert (under["wage_income"], under["regular_basis"], under["amt_basis"]) == (0, 1_000, 1_000)


UNVESTED: Row = {"exercise_price": 1, "fmv_exercise": 1, "shares": 1_000, "vest_date": "2026-02-01", "fmv_vest": 21}


@pytest.mark.parametrize(("election", "by_year"), [("", {2026: 20_000}), ("no", {2026: 20_000}), ("yes", {2025: 0})])
def test_unvested_stock_is_measured_at_vest_unless_elected_otherwise(election: str, by_year: dict[int, int]) -> None:
    """Price 1, value 1 at exercise, 21 at vest, 1,000 shares: 20,000 in the year of vest, or 0 with a section 83(b)."""
    assert line_2i(exercise(**UNVESTED, election_83b=election)) == by_year


def test_value_at_vest_below_the_price_adds_nothing() -> None:
    """The exercise-day value of 25 does not count for unvested stock."""
    found = lot(**PRICED, vest_date="2025-06-01", fmv_vest=9)
    assert (found["adjustment"], found["amt_basis"]) == (0, 1_000)


def test_a_lot_that_was_measured_early_says_why() -> None:
    """Each lot carries its reason in words."""
    assert lot(**UNVESTED)["why"].startswith("Unvested at exercise")
    assert lot(**UNVESTED, election_83b="yes")["why"].startswith("Value equals price")
    assert lot(**UNVESTED | {"fmv_exercise": 2}, election_83b="yes")["why"].startswith("83(b) election")
    assert lot(**PRICED)["why"].startswith("Value over price")
    assert lot(**PRICED, kind="NSO")["why"].startswith("Nonqualified")


def test_the_exact_price_replaces_one_rounded_to_cents() -> None:
    """1.2345 for 1.23: 10,000 shares at a value of 5 add 37,655, not 37,700."""
    rounded = exercise(exercise_price="1.23", fmv_exercise=5, shares=10_000)
    assert line_2i(rounded) == {2025: 37_700}
    assert line_2i(rounded | {"price_exact": "1.2345"}) == {2025: 37_655}
    assert lot(**rounded | {"price_exact": "1.2345"})["regular_basis"] == 12_345


def test_columns_keep_cents_that_lines_round() -> None:
    """Three lots of 0.50 are 1.50 on line 2i, in whole dollars 2: the sum rounds, not each lot."""
    rows = [exercise("0.50", exercise_id=f"E{place}") for place in range(3)]
    assert line_2i(*rows) == {2025: 2}
    assert [each["adjustment"] for each in project(Client(exercises=rows)).lots] == [D("0.5")] * 3


@pytest.mark.parametrize(
    ("granted", "exercised", "first_day"),
    [
        ("2023-01-03", "2024-03-13", date(2025, 3, 14)),  # more than a year from exercise
        ("2024-04-08", "2025-01-07", date(2026, 4, 9)),  # more than two years from grant is later
        ("2024-02-29", "2024-03-01", date(2026, 3, 1)),
        ("2022-01-01", "2024-02-29", date(2025, 3, 1)),
        ("2021-01-01", "2023-02-28", date(2024, 3, 1)),
        ("2021-12-31", "2022-12-31", date(2024, 1, 1)),
    ],
)
def test_a_sale_qualifies_after_both_periods(granted: str, exercised: str, first_day: date) -> None:
    """More than two years from grant and more than one from exercise; the anniversaries themselves do not qualify."""
    assert lot(date_granted=granted, date_exercised=exercised, **PRICED)["first_day"] == first_day


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 3_000))
def test_the_first_qualifying_day_is_after_both_anniversaries(granted: date, days: int) -> None:
    """The day after the later of them; one more where February ends early (Rev. Rul. 66-7, last days of a month)."""
    exercised = granted + timedelta(days=days)
    first = lot(date_granted=granted, date_exercised=exercised, **PRICED)["first_day"]
    latest = max(_years_later(granted, 2), _years_later(exercised, 1))
    assert latest < first <= latest + timedelta(days=2 if (latest.month, latest.day) == (2, 28) else 1)


def _years_later(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 2, 28) if leap_day else day.replace(year=day.year + years)


@given(
    st.decimals(min_value=0, max_value=500, places=4),
    st.decimals(min_value=0, max_value=500, places=4),
    st.decimals(min_value=D("0.001"), max_value=9_000, places=3),
)
def test_both_bases_balance(price: Decimal, value: Decimal, shares: Decimal) -> None:
    """AMT basis less regular basis is the adjustment; AMT basis is the larger of value and price, of all shares."""
    found = lot(exercise_price=price, fmv_exercise=value, shares=shares)
    assert found["amt_basis"] - found["regular_basis"] == found["adjustment"] >= 0
    assert abs(found["amt_basis"] - shares * max(price, value)) < D("0.000002")
    assert abs(found["regular_basis"] - shares * price) < D("0.000001")


def test_lots_keep_their_record_and_their_order() -> None:
    """A lot shows what was typed beside what follows from it, in the order of the rows."""
    rows = [exercise(5, exercise_id="B", doc_ref="3921-b"), exercise(7, exercise_id="A", grant_id="G-1")]
    lots = project(Client(exercises=rows)).lots
    assert [(each["exercise_id"], each["adjustment"]) for each in lots] == [("B", 5), ("A", 7)]
    assert (lots[0]["doc_ref"], lots[1]["grant_id"], lots[0]["shares_left"]) == ("3921-b", "G-1", 1)
