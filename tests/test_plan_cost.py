"""What exercising more costs in federal tax: the facts behind the sentence, and the sentence of each case."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine import Client, Projection, project
from engine.clients.planning import (
    PlanCost,
    cost_of_more,
    cost_of_more_spread,
    exactly,
    turning_point,
    whole_shares_within,
)
from engine.clients.planning.words import IN_SHARES, IN_SPREAD, said
from engine.language.money import ZERO
from isobook.sources import read_source
from tests.returns import exercise

EXAMPLES = Path(__file__).parents[1] / "examples"
NINE = Decimal(9)  # dollars of spread per share


def example(name: str) -> Projection:
    """An example, projected."""
    return project(read_source(EXAMPLES / name))


def cost_of(projection: Projection, spread: Decimal = NINE) -> PlanCost:
    """Of the last year."""
    return cost_of_more(projection, turning_point(exactly(projection), max(projection.years)), spread)


def test_what_costs_no_amt_costs_the_credit_that_it_pushes_out() -> None:
    """9,050 shares put 81,450 on line 2i: tentative tax goes from 45,956 to 67,492, the credit used from 21,538 to 2.

    The federal tax is regular tax less credit, 67,494 - 21,538 = 45,956 and then 67,494 - 2 = 67,492: up by 21,536.
    """
    cost = cost_of(example("six-years"))
    assert [cost.until_amt, cost.until_credit, cost.cost] == [9_050, 0, 67_492 - 45_956]
    assert said(cost, IN_SHARES, 0) == (
        "Up to 9,050 more shares keep the AMT at $0, but they raise the 2025 federal tax by up to $21,536, because "
        "less credit is used. That credit is not lost: it carries to 2026."
    )


@pytest.mark.parametrize("name", ["six-years", "all-equity", "underwater", "mixed"])
def test_the_cost_is_that_of_a_client_who_exercised_so_many_more(name: str) -> None:
    """Projected once more with the shares as an exercise: AMT less credit has risen by the cost."""
    before, year = example(name), max(example(name).years)
    cost = cost_of(before)
    today, there, beyond = (
        amt_and_credit(with_shares(before, shares), year) for shares in (ZERO, cost.until_amt, cost.until_amt + 2)
    )
    assert (there[0] - there[1]) - (today[0] - today[1]) == cost.cost
    assert there[0] == today[0]  # 0, or where AMT is due already no share more
    assert beyond[0] > there[0]  # of two shares more, so that whole dollars show it


def with_shares(projection: Projection, shares: Decimal) -> Projection:
    """The client who exercised so many more shares in the last year, at a spread of 9 dollars."""
    if not shares:
        return projection
    year = max(projection.years)
    lot = exercise(year=year, exercise_id="X-more", exercise_price=1, fmv_exercise=10, shares=shares)
    client = projection.client
    return project(Client(**{**dict(client), "exercises": [*client.exercises, lot]}))


def amt_and_credit(projection: Projection, year: int) -> tuple[Decimal, Decimal]:
    """Form 6251 line 11 and Form 8801 line 25, dollars."""
    result = projection.years[year]
    return result.form_6251["11"] or ZERO, result.form_8801["25"] or ZERO


def test_a_credit_that_stays_whole_at_first_is_said_with_both_numbers() -> None:
    """Where the credit is limited by what is left of it, the first shares cost nothing at all."""
    cost = cost_of(example("all-equity"))
    assert cost.until_credit < cost.until_amt
    assert said(cost, IN_SHARES, 0) == (
        f"Up to {cost.until_credit:,} more shares cost no federal tax; from there to {cost.until_amt:,} the AMT stays "
        f"$0, but the 2025 federal tax rises by up to ${cost.cost:,}, because less credit is used. That credit is not "
        "lost: it carries to 2026."
    )


def test_without_a_credit_in_use_more_shares_cost_nothing_up_to_the_amt() -> None:
    """The year of the underwater exercise has no credit."""
    cost = cost_of(example("underwater"))
    assert [cost.cost, cost.credit_used] == [0, 0]
    assert said(cost, IN_SHARES, 0) == "Up to 3,854 more shares cost no AMT and no federal tax for 2024."


def test_where_amt_is_due_already_each_share_is_said_to_cost() -> None:
    """26 % of 9 dollars are 2.34."""
    assert said(cost_of(example("mixed")), IN_SHARES, 0) == (
        "AMT is due already: each additional share costs about $2.34 of AMT for 2025, most of it a credit later."
    )


def test_one_share_agrees_with_its_verb() -> None:
    """81,458 dollars of room take one share of 50,000."""
    told = said(cost_of(example("six-years"), Decimal(50_000)), IN_SHARES, 0)
    assert told.startswith("Up to 1 more share keeps the AMT at $0, but it raises the 2025 federal tax by up to $")


def test_a_share_beyond_the_room_is_the_first_to_cost_amt() -> None:
    """No share of 100,000 fits into 81,458, though no AMT is due yet."""
    told = said(cost_of(example("six-years"), Decimal(100_000)), IN_SHARES, 0)
    assert told.startswith("AMT starts with the first share: each additional share costs about $")


def test_dollars_of_spread_are_counted_where_no_price_is_known() -> None:
    """To the cent: 81,458.05 of room, and all of the credit of 21,538.25 that was used."""
    exact = exactly(example("six-years"))
    told = said(cost_of_more_spread(exact, turning_point(exact, 2025)), IN_SPREAD, 2)
    assert told.startswith(
        "Up to $81,458.05 more spread keeps the AMT at $0, but it raises the 2025 federal tax by up to $21,538.25, "
    )


def test_whole_shares_stay_within_the_limit() -> None:
    """1,366 shares at 24 are 32,784; without a spread there is no number to give."""
    assert whole_shares_within(Decimal("32807.71"), Decimal(24)) == 1_366
    assert whole_shares_within(Decimal(100), Decimal(0)) == 0
