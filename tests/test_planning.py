"""The two turning points of a year, against projections of the client with so much more line 2i."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.clients.planning import (
    ExercisableGrant,
    TurningPoints,
    allocate,
    shares_within,
    turning_point,
    turning_points,
)
from engine.federal.years import forms_of
from engine.filing import STATUSES
from engine.language.money import ZERO
from engine.language.roles import Role
from tests import many_returns
from tests.random_clients import random_clients
from tests.returns import exercise

DOLLAR = Decimal(1)
PLANNED = (2025, 2026)
AMT, CREDIT = (forms_of(PLANNED[0]).key(role) for role in (Role.MINIMUM_TAX, Role.CREDIT_USED))


@dataclass(frozen=True)
class Case:
    """One year of a random client, its turning points, and the client with line 2i at and around each of them."""

    turning: TurningPoints
    projections: dict[str, Projection]

    def figures(self, where: str) -> Mapping[str, Any]:
        """The figures of the year: "none", "at amt", "above amt", "at credit", "above credit"."""
        return self.projections[where].years[self.turning.year].figures


def with_line_2i(projection: Projection, year: int, wanted: Decimal) -> Projection:
    """The client with line 2i at an amount: through one more exercise, or where there is too much through line 3."""
    client, more = projection.client, wanted - projection.years[year].figures["f6251.2i"]
    if more >= 0:
        lot = exercise(year=year, exercise_id="X-more", exercise_price=0, fmv_exercise=more)
        return project(_changed(client, exercises=[*client.exercises, lot]))
    returns = [
        row.model_copy(update={"line_3": (row.line_3 or ZERO) + more}) if row.tax_year == year else row
        for row in client.returns
    ]
    return project(_changed(client, returns=returns))


def _changed(client: Client, **records: object) -> Client:
    known = {"exercises": client.exercises, "returns": client.returns, "sales": client.sales} | records
    return Client(rounding="cents", tax_method="schedule", **known)  # type: ignore[arg-type]


def planned_years(projection: Projection) -> Iterator[int]:
    """The ready years of interest, else the last ready one."""
    ready = [year for year, result in projection.years.items() if result.ready]
    yield from [year for year in ready if year in PLANNED] or ready[-1:]


def case(projection: Projection, year: int) -> Case:
    """Figure the turning points of a year, then the client at and around them by brute force."""
    turning = turning_point(projection, year)
    wanted = {"none": ZERO, "at amt": turning.amt_crossover, "above amt": turning.amt_crossover + DOLLAR}
    if turning.credit_crossover is not None:
        wanted |= {"at credit": turning.credit_crossover, "above credit": turning.credit_crossover + DOLLAR}
    return Case(turning, {where: with_line_2i(projection, year, total) for where, total in wanted.items()})


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """The planned years of 500 random clients, in cents and by the rate schedules."""
    projections = [project(_changed(client)) for client in random_clients(500, seed=2025)]
    return [case(projection, year) for projection in projections for year in planned_years(projection)]


def test_the_cases_reach_every_status_the_phase_out_and_the_stacking_of_gains(cases: list[Case]) -> None:
    """Both planned years in every status; turning points inside the phase-out, and with gains taxed at 0% and 15%."""
    found = {(each.figures("none")["inputs.filing_status"], each.turning.year) for each in cases}
    assert set(product(STATUSES, PLANNED)) - found == set()
    figures = [each.figures("at amt") for each in cases if each.turning.amt_crossover > 0]
    assert len(figures) > 150
    assert sum(0 < each["f6251.5"] < each["law.exemption"] for each in figures) > 20
    assert sum(each["f6251.5"] == 0 for each in figures) > 5
    assert sum(each["f6251.part III"] and each["f6251.31"] > 0 for each in figures) > 30
    assert sum(each["f6251.part III"] and each["f6251.23"] > 0 for each in figures) > 10


def test_the_turning_point_is_a_total_of_line_2i(cases: list[Case]) -> None:
    """What was added brings line 2i there, to the cent, wherever there was room to add."""
    found = [each for each in cases if each.turning.room >= 0]
    assert [each.figures("at amt")["f6251.2i"] for each in found] == [each.turning.amt_crossover for each in found]


def test_amt_is_0_at_its_turning_point(cases: list[Case]) -> None:
    """Unless AMT is due without any line 2i, where the turning point is 0."""
    due = [each for each in cases if each.figures("at amt")[AMT] > 0]
    assert {each.turning.amt_crossover for each in due} == {0}
    assert all(each.figures("none")[AMT] > 0 for each in due)


def test_amt_is_due_a_dollar_above_its_turning_point(cases: list[Case]) -> None:
    """So the turning point is the largest, not merely one."""
    assert [each.turning for each in cases if each.figures("above amt")[AMT] <= 0] == []


def test_there_is_a_credit_turning_point_where_a_credit_is_used(cases: list[Case]) -> None:
    """And none where no credit would be used even without line 2i."""
    assert [
        each for each in cases if (each.turning.credit_crossover is None) != (each.figures("none")[CREDIT] <= 0)
    ] == []


def test_the_credit_is_whole_at_its_turning_point_and_less_a_dollar_above(cases: list[Case]) -> None:
    """Form 8801 line 25 as without line 2i, then less."""
    found = [each for each in cases if each.turning.credit_crossover is not None]
    assert len(found) > 100
    assert [each for each in found if each.figures("at credit")[CREDIT] != each.figures("none")[CREDIT]] == []
    assert [each for each in found if each.figures("above credit")[CREDIT] >= each.figures("none")[CREDIT]] == []


def test_the_array_reading_agrees_at_and_around_the_turning_points(cases: list[Case]) -> None:
    """AMT and credit of many returns at once equal the exact figures, to the cent."""
    projections = [projection for each in cases for projection in each.projections.values()]
    compared = 0
    for batch in many_returns.batches(projections):
        if batch.year in PLANNED:
            arrays = many_returns.figures(batch, "cents", "schedule")
            for key in (AMT, CREDIT):
                assert list(arrays[key]) == [float(result.figures[key]) for result in batch.results]
            compared += len(batch.results)
    assert compared > 1_000


def test_a_turning_point_by_hand() -> None:
    """Single, 2025, wages 150,000: regular tax on 134,250 is 17,651 + 24% × 30,900 = 25,067.

    Line 4 is 150,000 and line 2i, the exemption 88,100: 26% × (61,900 + 34,511.55) is 25,067.00 to the cent, and
    26% of a cent more is 25,067.01.
    """
    client = Client(returns=[{"tax_year": 2025, "filing_status": "single", "wages": 150_000, "deduction": "standard"}])
    assert turning_points(client)[2025].amt_crossover == Decimal("34511.55")


def test_turning_points_leave_out_years_that_are_not_ready() -> None:
    """There is no figure to turn."""
    assert turning_points(Client(returns=[{"tax_year": 2025}])) == {}


@pytest.mark.parametrize(("limit", "shares"), [("99.99", 9), ("100", 10), ("0", 0), ("-50", 0)])
def test_shares_within_a_limit_are_whole(limit: str, shares: int) -> None:
    """At a spread of 10 per share."""
    assert shares_within(Decimal(limit), Decimal(5), Decimal(15)) == shares


def test_shares_without_spread_have_no_limit() -> None:
    """Underwater shares add nothing to line 2i and offset nothing."""
    assert shares_within(Decimal(0), Decimal(15), Decimal(15)) is None
    assert shares_within(Decimal(-5), Decimal(15), Decimal(5)) is None


def grants(*spreads: int, shares: int = 4) -> list[ExercisableGrant]:
    """Grants at price 1 with these spreads a share."""
    return [ExercisableGrant(f"G{spread}", Decimal(shares), Decimal(1), Decimal(1 + spread)) for spread in spreads]


def test_no_other_allocation_takes_more_shares() -> None:
    """Against all ways to take up to 4 shares of each of three grants, for every limit."""
    three = grants(7, 2, 5)
    ways = [(sum(way), 7 * way[0] + 2 * way[1] + 5 * way[2]) for way in product(range(5), repeat=3)]
    for limit in range(60):
        taken = allocate(Decimal(limit), three)
        assert sum(taken.values()) == max(count for count, spread in ways if spread <= limit)


def test_an_allocation_stays_within_its_limit() -> None:
    """4 × 2 + 2 × 5 = 18; a third share at 5 would be 23."""
    assert allocate(Decimal(20), grants(7, 5, 2)) == {"G2": 4, "G5": 2, "G7": 0}


def test_an_allocation_takes_all_shares_without_spread() -> None:
    """Also where nothing is left of the limit."""
    assert allocate(Decimal(-10), grants(0, 3)) == {"G0": 4, "G3": 0}
