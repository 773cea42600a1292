"""Basis beyond the purchase: wash sale, divorce, inheritance, in both systems, and the holding period that moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.errors import InputError
from engine.records import Exercise
from tests.returns import Row

D = Decimal
# 100 shares at 10, worth 25 on the day: paid 1,000, spread 1,500; first day to qualify 2024-03-02 (2 years from grant).
LOT: Row = {
    "exercise_id": "E1",
    "employer": "Cedar Corp",
    "date_granted": "2022-03-01",
    "date_exercised": "2023-02-01",
    "exercise_price": 10,
    "fmv_exercise": 25,
    "shares": 100,
}


def client(lot: Row, *sales: Row, **more: Any) -> Projection:
    """One lot with these columns more, and its sales."""
    return project(Client(exercises=[LOT | lot], sales=[{"exercise_id": "E1"} | each for each in sales], **more))


def sold(lot: Row, day: str, price: object, shares: int = 100, **columns: object) -> dict[str, Any]:
    """What a sale of the lot comes to."""
    return client(lot, {"date_sold": day, "shares": shares, "price": price, **columns}).sales[0]


# --- the adjustment of the basis -------------------------------------------------------------------------


def test_a_basis_adjustment_leaves_line_2i_alone() -> None:
    """Line 2i is 100 × (25 − 10) = 1,500; the bases are 1,000 + 300 and 1,000 + 1,500 + 450."""
    projection = client({"basis_adjustment": 300, "amt_basis_adjustment": 450})
    lot = projection.lots[0]
    assert (lot["adjustment"], lot["regular_basis"], lot["amt_basis"]) == (1_500, 1_300, 2_950)
    assert (lot["regular_left"], lot["amt_left"]) == (1_300, 2_950)
    assert projection.years[2023].form_6251["2i"] == 1_500


def test_a_blank_amt_adjustment_is_the_regular_one() -> None:
    """300 in both systems; a typed 0 is 0."""
    assert client({"basis_adjustment": 300}).lots[0]["amt_basis"] == 2_800
    assert client({"basis_adjustment": 300, "amt_basis_adjustment": 0}).lots[0]["amt_basis"] == 2_500


def test_an_adjustment_lowers_the_limit_of_ordinary_income() -> None:
    """Sold too early at 20: 2,000 − 1,000 = 1,000 is below the spread of 1,500, and 2,000 − 1,300 = 700 more so.

    The gain is 2,000 − (1,000 + 300 + 700) = 0. For AMT the basis is 1,000 + 1,500 + 300: a loss of 800.
    """
    plain, adjusted = sold({}, "2024-02-15", 20), sold({"basis_adjustment": 300}, "2024-02-15", 20)
    assert (plain["ordinary"], adjusted["ordinary"], adjusted["regular_basis"], adjusted["gain"]) == (
        1_000,
        700,
        2_000,
        0,
    )
    assert (adjusted["amt_ordinary"], adjusted["amt_basis"], adjusted["amt_gain"]) == (0, 2_800, -800)


def test_each_system_limits_by_its_own_adjusted_basis_in_the_year_of_exercise() -> None:
    """Sold in 2023 at 20, adjustments 300 and 800: income 700 and 200, gains 0 and 0 (2,000 − 1,000 − 800 − 200)."""
    sale = sold({"basis_adjustment": 300, "amt_basis_adjustment": 800}, "2023-06-01", 20)
    assert (sale["ordinary"], sale["amt_ordinary"], sale["gain"], sale["amt_gain"]) == (700, 200, 0, 0)


def test_an_adjustment_goes_by_shares_with_partial_sales() -> None:
    """Of 300 on 100 shares 40 take 120 and 60 the other 180; 3 shares take 9, and 100 × 1/3 is kept to a millionth."""
    first: Row = {"date_sold": "2024-06-03", "shares": 40, "price": 30}
    projection = client({"basis_adjustment": 300}, first, first | {"shares": 60})
    assert [sale["adjusted"] for sale in projection.sales] == [120, 180]
    assert [sale["gain"] for sale in projection.sales] == [1_200 - 400 - 120, 1_800 - 600 - 180]
    half = client({"basis_adjustment": 300}, first)
    assert (half.lots[0]["regular_left"], half.lots[0]["amt_left"]) == (600 + 180, 600 + 900 + 180)
    assert sold({"basis_adjustment": 100, "shares": 3}, "2024-06-03", 30, 1)["adjusted"] == D("33.333333")


def test_a_split_keeps_an_adjustment_whole() -> None:
    """2 for 1: 200 shares, still 300; half of them take 150."""
    split = {"employer": "Cedar Corp", "effective_date": "2023-12-01", "ratio": 2}
    projection = client(
        {"basis_adjustment": 300}, {"date_sold": "2024-06-03", "shares": 100, "price": 20}, splits=[split]
    )
    assert (projection.lots[0]["adjusted"], projection.lots[0]["regular_basis"]) == (300, 1_300)
    assert projection.sales[0]["adjusted"] == 150


def test_a_negative_adjustment_takes_basis_off() -> None:
    """1,000 − 250 = 750 of basis; sold at 30 after both periods: 3,000 − 750 = 2,250."""
    assert sold({"basis_adjustment": -250}, "2024-06-03", 30)["gain"] == 2_250


@pytest.mark.parametrize("kind", ["NSO", "RSU"])
def test_an_adjustment_of_stock_whose_spread_was_wages(kind: str) -> None:
    """NSO 1,000 + 1,500 + 300; RSU 2,500 + 300: the same in both systems."""
    lot = client({"kind": kind, "basis_adjustment": 300} | ({"exercise_price": None} if kind == "RSU" else {})).lots[0]
    assert (lot["regular_basis"], lot["amt_basis"]) == (2_800, 2_800)


# --- held since ------------------------------------------------------------------------------------------


def test_held_since_moves_the_terms_and_never_the_iso_periods() -> None:
    """Sold on 2024-01-15, 348 days after the exercise: short; held since 2023-01-02 it is long in both systems.

    It stays disqualifying: the two years from grant end on 2024-03-01.
    """
    plain, moved = sold({}, "2024-01-15", 40), sold({"held_since": "2023-01-02"}, "2024-01-15", 40)
    assert (plain["term"], plain["amt_term"], plain["what"]) == ("short", "short", "disqualifying")
    assert (moved["term"], moved["amt_term"], moved["what"]) == ("long", "long", "disqualifying")
    assert (moved["held_from"], moved["ordinary"]) == (date(2023, 1, 2), plain["ordinary"])
    assert client({"held_since": "2023-01-02"}).lots[0]["first_day"] == date(2024, 3, 2)


# --- from a spouse, from an estate -----------------------------------------------------------------------


def test_line_2i_is_not_charged_again_to_a_spouse_who_received_the_shares() -> None:
    """IRC 1041: line 2i 0, AMT basis 2,500 all the same; price, dates and periods go along."""
    projection = client({"acquired_by": "spouse"})
    lot = projection.lots[0]
    assert (lot["adjustment"], lot["regular_basis"], lot["amt_basis"]) == (0, 1_000, 2_500)
    assert projection.years[2023].form_6251["2i"] == 0
    assert lot["first_day"] == date(2024, 3, 2)
    early = sold({"acquired_by": "spouse"}, "2024-02-15", 40)
    assert (early["what"], early["ordinary"], early["gain"], early["amt_gain"]) == (
        "disqualifying",
        1_500,
        1_500,
        1_500,
    )


def test_wages_of_a_spouse_are_in_the_basis_and_not_in_wages_again() -> None:
    """An NSO that the spouse exercised: the 1,500 were the spouse's wages."""
    lot = client({"kind": "NSO", "acquired_by": "spouse"}).lots[0]
    assert (lot["wage_income"], lot["regular_basis"]) == (0, 2_500)


def test_inherited_stock_has_no_line_2i_and_is_long_term_at_once() -> None:
    """Value at death 60 per share: 6,000 − 1,000 = 5,000 of adjustment; sold at 55 a week later: a long-term loss, 500.

    No ordinary income in either system, though the two years from grant are not over.
    """
    lot: Row = {"acquired_by": "inheritance", "basis_adjustment": 5_000}
    sale = sold(lot, "2023-02-08", 55)
    assert (sale["ordinary"], sale["gain"], sale["term"]) == (0, -500, "long")
    assert (sale["amt_ordinary"], sale["amt_gain"], sale["amt_term"], sale["difference"]) == (0, -500, "long", 0)
    assert sale["what"] == "inherited"
    kept = client(lot).lots[0]
    assert (kept["adjustment"], kept["regular_basis"], kept["amt_basis"]) == (0, 6_000, 6_000)


@pytest.mark.parametrize("kind", ["ISO", "NSO", "ESPP"])
def test_inherited_stock_of_any_kind_has_the_basis_that_is_typed(kind: str) -> None:
    """1,000 paid + 1,500: no wages, no discount, long-term."""
    lot: Row = {"kind": kind, "acquired_by": "inheritance", "basis_adjustment": 1_500}
    lot |= {"fmv_grant": 12} if kind == "ESPP" else {}
    sale = sold(lot, "2023-03-01", 30)
    assert (sale["ordinary"], sale["gain"], sale["amt_gain"], sale["term"]) == (0, 500, 500, "long")
    assert client(lot).lots[0]["wage_income"] == 0


# --- cells -----------------------------------------------------------------------------------------------


def test_the_cells_are_read_as_what_they_mean() -> None:
    """Words in any spelling, money with its marks, days in either order; the client's own exercise is a blank."""
    read = Exercise(**LOT | {"acquired_by": "Inherited", "basis_adjustment": "($250.00)", "held_since": "01/02/2023"})
    assert (read.acquired_by, read.basis_adjustment, read.held_since) == ("inheritance", D(-250), date(2023, 1, 2))
    assert Exercise(**LOT | {"acquired_by": "exercise"}).acquired_by is None
    assert Exercise(**LOT | {"acquired_by": "divorce"}).acquired_by == "spouse"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"acquired_by": "gift"}, "expected exercise, spouse or inheritance"),
        ({"basis_adjustment": "some"}, "dollars added to the basis of the whole lot"),
        ({"amt_basis_adjustment": "x"}, "dollars added to the AMT basis of the whole lot"),
        ({"held_since": "2023-02-30"}, "No calendar has that day"),
        ({"employment_ended": "1/2/23"}, "Write the year with four digits"),
    ],
)
def test_a_wrong_cell_is_refused_with_what_belongs_there(cells: Row, words: str) -> None:
    """As every column does."""
    with pytest.raises(InputError, match=words):
        Exercise(**LOT | cells)
