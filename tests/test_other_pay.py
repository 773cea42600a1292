"""Shares without an AMT adjustment: RSU and ESPP beside NSO; income, basis, holding periods, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Client, Projection, project
from engine.errors import InputError, Problem
from engine.records import Exercise
from tests.client_notes import items, record_notes
from tests.random_clients import random_client

D = Decimal
Row = dict[str, object]
RSU: Row = {"exercise_id": "R", "kind": "RSU", "date_exercised": "2024-02-20", "fmv_exercise": 40, "shares": 100}
# A look-back plan at 85%: 17 as if bought at grant (value 20), 13.60 paid (85% of 16 on the day of purchase).
ESPP: Row = {
    "exercise_id": "P",
    "kind": "ESPP",
    "date_granted": "2023-01-03",
    "date_exercised": "2023-06-30",
    "exercise_price": "13.60",
    "fmv_exercise": 16,
    "shares": 100,
    "fmv_grant": 20,
    "price_at_grant": 17,
}
LATE, EARLY = "2025-01-04", "2025-01-03"  # two years from grant and a day; the anniversary itself


def sold(row: Row, day: object = LATE, price: object = 30, **columns: object) -> dict[str, Any]:
    """What the sale of a whole lot gives."""
    sale = {"exercise_id": row["exercise_id"], "date_sold": day, "shares": row["shares"], "price": price, **columns}
    return project(Client(exercises=[row], sales=[sale])).sales[0]


def problems(row: Row, *sales: Row) -> list[Problem]:
    """All that is wrong with an exercise and its sales."""
    with pytest.raises(InputError) as refused:
        Client(exercises=[row], sales=sales)
    return list(refused.value.problems)


# --- RSU ------------------------------------------------------------------------------------------------------


def test_an_rsu_is_wages_and_basis_of_its_whole_value() -> None:
    """100 shares at 40: 4,000 of wages, which is the basis in both systems; nothing on line 2i."""
    lot = project(Client(exercises=[RSU])).lots[0]
    assert (lot["wage_income"], lot["regular_basis"], lot["amt_basis"], lot["adjustment"]) == (4_000, 4_000, 4_000, 0)
    assert lot["why"] == "RSU: the value is wages and the basis, no AMT adjustment."


@pytest.mark.parametrize(("day", "term"), [("2025-02-20", "short"), ("2025-02-21", "long")])
def test_an_rsu_is_held_from_the_day_it_came(day: str, term: str) -> None:
    """Sold at 45: 4,500 less 4,000 less 12 of costs is 488, in both systems; long-term after more than a year."""
    sale = sold(RSU, day, 45, selling_costs=12)
    assert (sale["ordinary"], sale["gain"], sale["amt_gain"], sale["difference"]) == (0, 488, 488, 0)
    assert (sale["term"], sale["amt_term"], sale["what"]) == (term, term, "RSU")


def test_an_rsu_with_a_brokers_basis_of_nothing_is_adjusted_on_form_8949() -> None:
    """Box 1e of 0: column (e) as reported, code B, and 4,000 taken off in column (g)."""
    sale = sold(RSU, "2025-02-21", 45, broker_basis=0)
    assert (sale["code_8949"], sale["adjust_8949"], sale["box"]) == ("B", -4_000, "D")


@pytest.mark.parametrize(
    ("box", "price", "loss_rule", "basis", "code", "adjustment", "gain"),
    [
        ("A", 20, "", 1_360, "B", -240, 400),  # as reported 2,000 - 1,360; 100 × (16 - 13.60) was income
        ("B", 20, "", 1_600, "B", 0, 400),  # not reported to the IRS: the correct basis itself, and 0
        ("B", 10, "wash_sale", 1_600, "BW", 600, 0),  # 1,000 - 1,600, all of it disallowed
        ("A", 10, "wash_sale", 1_360, "BW", 360, 0),  # 1,000 - 1,360 + 360
        ("C", 20, "", 1_600, "", 0, 400),  # no Form 1099-B: nothing to correct
    ],
)
def test_a_discounted_price_as_brokers_basis_is_corrected_by_the_box_of_form_8949(
    box: str, price: int, loss_rule: str, basis: int, code: str, adjustment: int, gain: int
) -> None:
    """Boxes A and D: basis as reported, corrected in (g); B and E: the correct basis in (e), nothing for it in (g)."""
    sale = sold(ESPP, "2024-03-01", price, broker_basis=1_360, box_8949=box, loss_rule=loss_rule)
    assert (sale["reported_basis"], sale["code_8949"], sale["adjust_8949"]) == (basis, code, adjustment)
    assert sale["gain"] == sale["as_reported"] + sale["adjust_8949"] == gain


# --- ESPP, both holding periods over (IRC 423(c)) --------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "ordinary", "gain"),
    [
        (30, 300, 1_340),  # the discount at grant, 100 × (20 - 17); 3,000 - 1,360 - 300
        ("16.60", 300, 0),  # the rise, 100 × (16.60 - 13.60), is the same
        (15, 140, 0),  # the rise alone, 100 × (15 - 13.60), and nothing is left
        ("13.60", 0, 0),
        (10, 0, -360),  # a loss is capital altogether: 1,000 - 1,360
    ],
)
def test_a_qualifying_espp_sale_is_taxed_on_the_lesser_of_discount_at_grant_and_rise(
    price: object, ordinary: int, gain: int
) -> None:
    """Not on the 6.40 between value at grant and price paid: the price that counts is that as if bought at grant."""
    sale = sold(ESPP, price=price)
    assert (sale["ordinary"], sale["gain"], sale["term"]) == (ordinary, gain, "long")
    assert sale["regular_basis"] == sale["amt_basis"] == 1_360 + ordinary


def test_a_price_that_was_fixed_at_grant_needs_no_box_8() -> None:
    """18 paid for 20 at grant: 200; without a discount at grant nothing is ordinary."""
    fixed = ESPP | {"exercise_price": 18, "price_at_grant": None}
    assert (sold(fixed)["ordinary"], sold(fixed)["gain"]) == (200, 1_000)
    assert (sold(fixed | {"fmv_grant": 18})["ordinary"], sold(fixed | {"fmv_grant": 18})["gain"]) == (0, 1_200)


def test_selling_costs_lower_the_gain_and_not_the_ordinary_income() -> None:
    """At 15 with costs of 50: 140 ordinary all the same, and 1,500 - 50 - 1,500 is a loss of 50."""
    sale = sold(ESPP, price=15, selling_costs=50)
    assert (sale["ordinary"], sale["gain"]) == (140, -50)


# --- ESPP, too early (IRC 421(b)) ------------------------------------------------------------------------------


@pytest.mark.parametrize(("price", "gain"), [(30, 1_400), (16, 0), (15, -100), (10, -600)])
def test_an_early_espp_sale_is_taxed_on_the_discount_at_purchase_whatever_it_brings(price: object, gain: int) -> None:
    """100 × (16 - 13.60) = 240, even at a loss; the basis is 1,360 + 240 = 1,600."""
    sale = sold(ESPP, EARLY, price)
    assert (sale["ordinary"], sale["gain"], sale["regular_basis"]) == (240, gain, 1_600)


def test_a_loss_that_does_not_count_leaves_espp_income_as_it_is() -> None:
    """There is no limit to switch off: 240 ordinary, and the loss of 600 is 0 in both systems."""
    sale = sold(ESPP, EARLY, 10, loss_rule="wash_sale")
    assert (sale["ordinary"], sale["gain"], sale["amt_gain"], sale["code_8949"]) == (240, 0, 0, "W")


@pytest.mark.parametrize(
    ("granted", "bought", "title", "day", "qualifies"),
    [
        ("2023-01-03", "2023-06-30", None, "2025-01-03", False),  # two years from grant
        ("2023-01-03", "2023-06-30", None, "2025-01-04", True),  # more than that
        ("2022-01-03", "2024-01-02", None, "2025-01-02", False),  # one year from purchase
        ("2022-01-03", "2024-01-02", None, "2025-01-03", True),
        ("2022-01-03", "2024-01-02", "2024-01-10", "2025-01-02", False),  # Form 3922 box 7 starts no period
        ("2022-01-03", "2024-01-02", "2024-01-10", "2025-01-03", True),
        ("2022-01-03", "2024-01-02", "2025-06-02", "2025-06-02", True),  # sold out of the employee's own name
    ],
)
def test_espp_periods_are_two_years_from_grant_and_one_from_the_purchase(
    granted: str, bought: str, title: str | None, day: str, qualifies: bool
) -> None:
    """More than both (IRC 423(a)(1)); box 7 is the employee's first transfer of title to others (IRC 6039(a)(2))."""
    row = ESPP | {"date_granted": granted, "date_exercised": bought, "date_transferred": title}
    sale = sold(row, day)
    assert sale["qualifying"] is qualifies
    assert (date.fromisoformat(day) >= sale["first_day"]) is qualifies
    assert sale["what"] == ("ESPP qualifying" if qualifies else "ESPP disqualifying")


def test_box_7_of_form_3922_moves_neither_income_nor_year_nor_term() -> None:
    """Bought 2022-12-30, title passed on when sold, 2024-06-03: the lesser of 300 and 1,300, and 1,000 is long-term.

    Counted from box 7 it would be 500 of ordinary income (100 × (22 - 17)) and 800 short-term.
    """
    row = ESPP | {"date_granted": "2022-01-03", "date_exercised": "2022-12-30", "date_transferred": "2024-06-03"}
    row |= {"exercise_price": 17, "fmv_exercise": 22}
    sale = {"exercise_id": "P", "date_sold": "2024-06-03", "shares": 100, "price": 30}
    projection = project(Client(exercises=[row], sales=[sale]))
    (found,) = projection.sales
    assert (found["ordinary"], found["gain"], found["term"], found["amt_term"]) == (300, 1_000, "long", "long")
    assert (projection.lots[0]["year_included"], projection.lots[0]["first_day"]) == (2022, date(2024, 1, 4))
    assert any("the periods run from the purchase" in note for note in projection.notes)


def test_nonqualified_stock_sold_before_vest_is_noted_with_what_to_enter() -> None:
    """Entered so, 50 at the sale less 10 is 4,000 of wages, and the gain is nothing (Reg. 1.83-1(b))."""
    row: Row = {"exercise_id": "N", "kind": "NSO", "date_granted": "2021-01-04", "date_exercised": "2023-03-01"}
    row |= {"exercise_price": 10, "fmv_exercise": 25, "shares": 100, "vest_date": "2024-03-01", "fmv_vest": 40}
    sale: Row = {"exercise_id": "N", "date_sold": "2023-09-01", "shares": 100, "price": 50}
    cells = 'in "Vested later" (vest_date) and "Value at vest" (fmv_vest)'
    assert any(cells in each for each in items(Client(exercises=[row], sales=[sale])))
    at_sale = row | {"vest_date": "2023-09-01", "fmv_vest": 50}
    projection = project(Client(exercises=[at_sale], sales=[sale]))
    assert (projection.lots[0]["wage_income"], projection.sales[0]["gain"]) == (4_000, 0)


# --- passed on -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("disposition", "day", "value", "ordinary"),
    [
        ("gift", EARLY, 10, 240),  # within a period: the discount at purchase
        ("gift", LATE, 30, 300),  # after both: the lesser of 300 and 100 × (30 - 13.60)
        ("gift", LATE, 14, 40),
        ("death", EARLY, 30, 300),  # at death the lesser counts whenever it comes
        ("death", LATE, 10, 0),
    ],
)
def test_a_gift_or_death_of_espp_shares_is_income_by_the_value_that_day(
    disposition: str, day: str, value: int, ordinary: int
) -> None:
    """IRC 423(c), 424(c)(1): no proceeds and no gain, in both systems."""
    sale = sold(ESPP, day, value, disposition=disposition)
    assert (sale["ordinary"], sale["amt_ordinary"]) == (ordinary, ordinary)
    assert (sale["proceeds"], sale["gain"], sale["amt_gain"], sale["unvalued"]) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("disposition", "day", "value", "ordinary"),
    [
        ("gift", "2014-01-01", 75, 0),  # Example 6: the value that day is below the price
        ("death", "2012-08-01", 150, 15),  # Example 7: value at grant less price, which is below 150 - 85
        ("death", "2011-08-01", 150, 15),  # Example 8: the same within a year of the transfer
    ],
)
def test_the_regulations_examples_of_gift_and_death(disposition: str, day: str, value: int, ordinary: int) -> None:
    """Reg. 1.423-2(k) (T.D. 9471): a share worth 100 at grant, bought for 85 on June 1, 2011."""
    row: Row = {"exercise_id": "P", "kind": "ESPP", "date_granted": "2010-06-01", "date_exercised": "2011-06-01"}
    row |= {"exercise_price": 85, "fmv_exercise": 120, "fmv_grant": 100, "shares": 1}
    assert sold(row, day, value, disposition=disposition)["ordinary"] == ordinary


def test_espp_shares_that_go_to_a_spouse_make_no_income() -> None:
    """IRC 424(c)(4), 1041."""
    sale = sold(ESPP, EARLY, None, disposition="spouse")
    assert (sale["ordinary"], sale["gain"], sale["what"]) == (0, 0, "spouse")
    assert sale["why"].startswith("To a spouse: no disposition")


@pytest.mark.parametrize("disposition", ["gift", "death"])
def test_a_gift_or_death_of_espp_shares_needs_its_value(disposition: str) -> None:
    """Refused with the rule where the price is blank, and for other shares where there is one."""
    gift: Row = {"exercise_id": "P", "date_sold": LATE, "shares": 5, "disposition": disposition}
    (problem,) = problems(ESPP, gift)
    assert (problem.file, problem.row, problem.column) == ("sales", 1, "price")
    assert "423(c)" in problem.expected
    (problem,) = problems(RSU | {"exercise_id": "P"}, gift | {"price": 9})
    assert (problem.column, problem.value) == ("price", "9")


# --- forms -----------------------------------------------------------------------------------------------------


def test_espp_income_that_is_not_in_wages_goes_on_the_return_once() -> None:
    """300 and 240: of the second sale 200 are in wages, so 340 is added to income; line 2k is 0."""
    sales = [
        {"exercise_id": "P", "date_sold": LATE, "shares": 100, "price": 30},
        {"exercise_id": "Q", "date_sold": LATE, "shares": 100, "price": 10, "w2_income": 200},
    ]
    later = ESPP | {"exercise_id": "Q", "date_granted": "2024-01-02", "date_exercised": "2024-06-28"}
    returns = [{"tax_year": 2025, "filing_status": "S", "wages": 100_000, "deduction": "standard"}]
    year = project(Client(exercises=[ESPP, later], sales=sales, returns=returns)).years[2025]
    assert year.regular["option_income"] == 340
    assert [year.form_6251[line] for line in ("2i", "2k")] == [0, 0]
    assert year.form_6251["4"] == 100_000 + 340 + 1_340 - 600


def test_a_split_restates_value_and_price_at_grant() -> None:
    """2 for 1: 200 shares at 6.80, 10 at grant and 8.50 as if bought then; 200 × 1.50 is still 300."""
    split = {"employer": "Tern", "effective_date": "2024-05-01", "ratio": "2"}
    sale = {"exercise_id": "P", "date_sold": LATE, "shares": 200, "price": 15}
    projection = project(Client(exercises=[ESPP | {"employer": "Tern"}], sales=[sale], splits=[split]))
    assert (projection.sales[0]["ordinary"], projection.sales[0]["gain"]) == (300, 1_340)
    assert (projection.lots[0]["fmv_grant"], projection.lots[0]["price_at_grant"]) == (10, D("8.50"))


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_shares_without_an_adjustment_are_the_same_in_both_systems(seed: int) -> None:
    """Lots and sales of NSO, RSU and ESPP: basis, income, gain and term; nothing on line 2i."""
    projection = project(random_client(Random(seed)))
    for lot in projection.lots:
        if not lot["is_iso"]:
            assert (lot["adjustment"], lot["amt_basis"]) == (0, lot["regular_basis"])
            assert lot["amt_left"] == lot["regular_left"]
    for sale in projection.sales:
        if not sale["is_iso"]:
            regular = [sale[name] for name in ("ordinary", "regular_basis", "gain", "term", "held_from")]
            assert [sale[f"amt_{name.removeprefix('regular_')}"] for name in (
                "ordinary", "regular_basis", "gain", "term", "held_from"
            )] == regular  # fmt: skip
            assert sale["difference"] == 0


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_what_a_sale_brings_is_income_once(seed: int) -> None:
    """Income and gain are proceeds less price paid and costs, in regular tax, for each sale whose loss counts."""
    for sale in project(random_client(Random(seed))).sales:
        if sale["is_sale"] and not sale["loss_rule"]:
            brought = sale["proceeds"] - sale["price_paid"] - sale["adjusted"] - (sale["selling_costs"] or 0)
            assert abs(sale["taxed_income"] + sale["gain"] - brought) <= D("0.000003")
            if sale["is_iso"] or sale["is_espp"]:
                assert sale["taxed_income"] == sale["ordinary"] >= 0


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_the_order_of_exercises_does_not_matter(seed: int) -> None:
    """Sales with ids; every line of every form, from first to last and from last to first."""
    client = random_client(Random(seed))
    named = [sale for sale in client.sales if sale.exercise_id]

    def forms(exercises: tuple[Exercise, ...]) -> list[Any]:
        found: Projection = project(Client(exercises=exercises, sales=named, returns=client.returns))
        return [(each.form_6251, each.form_8801, each.regular, each.carryover_out) for each in found.years.values()]

    assert forms(client.exercises) == forms(client.exercises[::-1])


# --- what a row may hold ---------------------------------------------------------------------------------------


def test_an_rsu_needs_neither_price_nor_grant() -> None:
    """Blank or 0, and a grant date does no harm; its price counts as 0."""
    assert Exercise(**RSU).exercise_price == 0
    assert Exercise(**RSU | {"exercise_price": "0", "date_granted": "2021-01-04"}).date_granted == date(2021, 1, 4)


@pytest.mark.parametrize(
    ("row", "cells", "column", "words"),
    [
        (RSU, {"exercise_price": 1}, "exercise_price", "enter NSO in kind"),
        (RSU, {"vest_date": "2024-02-20", "fmv_vest": 40}, "vest_date", "Enter day and value in date_exercised"),
        (RSU, {"election_83b": "yes"}, "election_83b", "a blank cell beside RSU"),
        (RSU, {"price_exact": "0.001"}, "price_exact", "a blank cell beside RSU"),
        (RSU, {"fmv_grant": 9}, "fmv_grant", "a blank cell beside RSU"),
        (RSU, {"kind": "NSO"}, "date_granted", "the day the option was granted"),
        (ESPP, {"fmv_grant": None}, "fmv_grant", "Form 3922 box 3"),
        (ESPP, {"date_granted": None}, "date_granted", "Fill in the cell"),
        (ESPP, {"exercise_price": None}, "exercise_price", "Fill in the cell"),
        (ESPP, {"election_83b": "yes"}, "election_83b", "unvested when bought are not computed"),
        (ESPP, {"date_transferred": "2023-06-29"}, "date_transferred", "on or after date_exercised, 2023-06-30"),
        (ESPP, {"kind": "ISO"}, "fmv_grant", "kind ESPP, Form 3922 box 3"),
        (ESPP, {"kind": "", "fmv_grant": None}, "price_at_grant", "or enter ESPP in kind"),
    ],
)
def test_a_column_that_does_not_belong_to_the_kind_is_refused(row: Row, cells: Row, column: str, words: str) -> None:
    """With what belongs there and what to do."""
    found = {problem.column: str(problem) for problem in problems(row | cells)}
    assert words in found[column]


def test_a_price_that_is_not_told_as_if_at_grant_is_asked_for() -> None:
    """Box 8 decides what a qualifying sale is taxed on."""
    found = project(Client(exercises=[ESPP | {"price_at_grant": None}])).open_items
    (item,) = [each for each in found if each.finding.table == "exercises"]
    assert (item.finding.column, item.finding.document) == ("price_at_grant", "Form 3922 box 8")
    assert item.finding.taken == "13.60"
    assert record_notes(Client(exercises=[ESPP])) == []


# --- prices that Form 3921 rounds ------------------------------------------------------------------------------


def test_each_lot_shows_what_its_exact_price_changes() -> None:
    """1,500 × 0.0033 = 4.95 more is paid and 4.95 less is on line 2i; sold in the year, 500 of them leave 3.30 there.

    An underwater lot pays 600 × 0.0033 = 1.98 less, and line 2i is 0 by either price.
    """
    iso: Row = {"exercise_id": "A", "date_granted": "2021-02-01", "date_exercised": "2024-05-10", "fmv_exercise": 21}
    iso |= {"exercise_price": "3.33", "price_exact": "3.3333", "shares": 1_500}
    under = iso | {"exercise_id": "B", "exercise_price": "25.67", "price_exact": "25.6667", "shares": 600}
    lots = project(Client(exercises=[iso, under])).lots
    assert [lot["rounding"] for lot in lots] == [D("4.95"), D("-1.98")]
    assert [lot["rounding_2i"] for lot in lots] == [D("-4.95"), 0]
    assert lots[0]["adjustment"] - lots[0]["rounding_2i"] == 1_500 * (21 - D("3.33"))
    sale = {"exercise_id": "A", "date_sold": "2024-11-04", "shares": 500, "price": 30}
    assert project(Client(exercises=[iso], sales=[sale])).lots[0]["rounding_2i"] == D("-3.30")
