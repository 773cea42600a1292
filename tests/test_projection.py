"""Years in a row through the public face: which years there are, what is ready, what is carried from year to year."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Client, Projection, project
from tests.random_clients import random_client
from tests.returns import Row, computed, exercise, working

D = Decimal


def plain(year: int, **columns: object) -> Row:
    """A row of returns that is ready."""
    return {"tax_year": year, "filing_status": "single", "wages": 100_000, "deduction": "standard"} | columns


def years(exercises: list[Row], returns: list[Row]) -> dict[int, bool]:
    """The years of a client, and whether each is ready."""
    projection = project(Client(exercises=exercises, returns=returns))
    return {year: result.ready for year, result in projection.years.items()}


# --- which years -----------------------------------------------------------------------------------------


def test_forms_exist_from_the_first_return_through_the_last() -> None:
    """Returns alone are enough, in any order of their rows."""
    assert years([], [plain(2025), plain(2023), plain(2024)]) == {2023: True, 2024: True, 2025: True}


def test_earlier_exercises_are_opening_lots() -> None:
    """An exercise before the first return gives a lot with both bases, and no year."""
    projection = project(Client(exercises=[exercise(500, 2012)], returns=[plain(2024)]))
    assert list(projection.years) == [2024]
    assert projection.years[2024].form_6251["2i"] == 0
    assert (projection.lots[0]["amt_basis"], projection.lots[0]["regular_basis"]) == (501, 1)


def test_a_later_record_year_without_a_return_is_not_ready() -> None:
    """Exercises of 2026 after a return of 2024: 2025 and 2026 are shown, with line 2i and what they need."""
    assert years([exercise(500, 2026)], [plain(2024)]) == {2024: True, 2025: False, 2026: False}


def test_without_returns_the_record_years_are_shown_from_2018_on() -> None:
    """One file of exercises alone: line 2i of each year, nothing else."""
    assert years([exercise(1, 2016), exercise(2, 2021, exercise_id="E2"), exercise(3, 2023, exercise_id="E3")], []) == {
        2021: False,
        2022: False,
        2023: False,
    }


def test_a_vest_counts_as_the_year_of_its_exercise() -> None:
    """Unvested stock of 2024 that vests in 2026 makes 2026 a record year."""
    row = exercise(0, 2024, vest_date="2026-05-01", fmv_vest=9)
    assert years([row], [plain(2024)]) == {2024: True, 2025: False, 2026: False}


def test_an_empty_client_has_no_years() -> None:
    """Nothing in, nothing out."""
    projection = project(Client())
    assert (dict(projection.years), projection.lots) == ({}, [])


# --- ready or not ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ({}, []),
        ({"filing_status": ""}, ["filing_status"]),
        ({"wages": ""}, ["wages"]),
        ({"wages": 0}, []),
        ({"deduction": ""}, ["deduction"]),
        ({"deduction": "", "itemized_deductions": 0}, []),
        ({"deduction": "", "standard_deduction": 15_750}, []),
        ({"deduction": "itemized"}, ["deduction"]),
        ({"deduction": "itemized", "standard_deduction": 15_750}, ["deduction"]),
        ({"wages": "", "deduction": "", "taxable_income": 0}, []),
        ({"wages": "", "deduction": "", "filing_status": ""}, ["filing_status", "wages", "deduction"]),
        ({"wages": "", "deduction": "", "filing_status": "", "taxable_income": 5}, ["filing_status"]),
    ],
)
def test_a_year_names_what_it_still_needs(columns: Row, missing: list[str]) -> None:
    """Filing status, and wages with a deduction, or taxable income as filed; every other blank is 0."""
    result = project(Client(returns=[plain(2025, **columns)])).years[2025]
    assert result.missing == missing
    assert result.ready is not bool(missing)


def test_a_year_that_is_not_ready_shows_nothing_as_a_figure() -> None:
    """No unmarked zero: None everywhere but line 2i, and a conclusion that says what is needed."""
    client = Client(exercises=[exercise(500)], returns=[plain(2025, wages="")])
    result = project(client).years[2025]
    assert result.form_6251.pop("2i") == 500  # type: ignore[attr-defined]  # a copy of ours
    for figures in (result.form_6251, result.form_8801, result.regular, result.carryover_out):
        assert set(figures.values()) == {None}
    assert result.attach_6251 is None
    assert result.attach_reason == result.conclusion == "Not ready: needs wages for 2025"


def test_a_year_that_is_ready_has_every_figure() -> None:
    """No None among its lines."""
    result = computed(2025, wages=100_000, spread=500)
    figures = [*result.form_6251.values(), *result.form_8801.values(), *result.regular.values()]
    assert None not in figures
    assert None not in result.carryover_out.values()


# --- from year to year -----------------------------------------------------------------------------------


def test_losses_are_carried_in_both_systems_by_term() -> None:
    """What the first row carries in is used and carried on by the years after it."""
    first = plain(2024, short_term_carryover_in=1_000, long_term_carryover_in=5_000)
    first |= {"amt_short_term_carryover_in": 0, "amt_long_term_carryover_in": 45_000}
    found = project(Client(returns=[first, plain(2025), plain(2026, long_term_gain=60_000)])).years
    assert found[2024].carryover_out == {
        "short_term": 0,
        "long_term": 3_000,
        "amt_short_term": 0,
        "amt_long_term": 42_000,
    }
    assert found[2025].carryover_out["long_term"] == 0
    assert found[2025].carryover_out["amt_long_term"] == 39_000
    assert found[2026].form_6251["2k"] == -39_000
    assert found[2026].carryover_out["amt_long_term"] == 0


def test_carried_in_amounts_round_like_entries() -> None:
    """In whole dollars 999.50 is 1,000, to cents it is itself."""
    for rounding, carried in (("dollars", 1_000), ("cents", D("999.50"))):
        result = computed(2025, wages=100_000, long_term_carryover_in="999.50", rounding=rounding)
        assert working(result, "schedule_d", "14") == -carried


def test_the_earliest_year_can_be_a_first_year() -> None:
    """2018 has no year before it in the parameters; what is carried in is typed."""
    result = project(Client(returns=[plain(2018, long_term_carryover_in=4_000), plain(2019)])).years
    assert result[2018].carryover_out["long_term"] == 1_000
    assert result[2019].ready


def test_the_filing_status_of_each_year_chooses_its_law() -> None:
    """Joint in 2024, separate in 2025: each year takes its own exemption, whole dollars."""
    client = Client(returns=[plain(2024, filing_status="MFJ"), plain(2025, filing_status="MFS")])
    found = project(client).years
    assert [found[year].form_6251["5"] for year in (2024, 2025)] == [133_300, 68_500]


def test_options_change_rounding_and_method_only() -> None:
    """Taxable income of 84,250.40: the table's row in dollars, the rates to the cent."""
    columns = plain(2025, wages="100000.40")
    taxes = {
        (rounding, method): project(Client(returns=[columns], rounding=rounding, tax_method=method))
        .years[2025]
        .regular["tax"]
        for rounding in ("dollars", "cents")
        for method in ("table", "schedule")
    }
    assert taxes == {
        ("dollars", "table"): 13_455,  # 22% of 84,275 less 5,086 is 13,454.50
        ("dollars", "schedule"): 13_449,
        ("cents", "table"): 13_455,
        ("cents", "schedule"): D("13449.09"),  # 22% of 84,250.40 less 5,086 is 13,449.088
    }


def same(one: Projection, other: Projection) -> bool:
    """Tell whether two projections agree in every figure and record."""
    years_agree = {year: each.figures for year, each in one.years.items()} == {
        year: each.figures for year, each in other.years.items()
    }
    return years_agree and one.records == other.records


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_the_same_client_gives_the_same_figures_every_time(seed: int) -> None:
    """Random clients drawn and computed twice; nothing is kept from one to the next."""
    one, other = (project(random_client(Random(seed))) for _ in range(2))
    assert same(one, other)


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_a_year_alone_gives_what_it_gives_in_a_row(seed: int) -> None:
    """A year depends on the years before it, never on those after it."""
    client = random_client(Random(seed))
    whole = project(client)
    if len(client.returns) < 2:
        return
    first = client.returns[0].tax_year
    alone = project(client.model_copy(update={"returns": client.returns[:1]}))
    assert alone.years[first].form_6251 == whole.years[first].form_6251
    assert alone.years[first].form_8801 == whole.years[first].form_8801


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_amt_and_credit_are_never_below_zero(seed: int) -> None:
    """Lines 5 to 9 and 11 of Form 6251, 25 and 26 of Form 8801, in any year of any client."""
    for result in project(random_client(Random(seed))).years.values():
        if result.ready and result.final:
            figures = [result.form_6251[line] for line in ("5", "6", "7", "8", "9", "10", "11")]
            figures += [result.form_8801[line] for line in ("25", "26")]
            figures += [result.regular["tax"], *result.carryover_out.values()]
            assert all(figure is not None and figure >= 0 for figure in figures)


def test_random_clients_reach_the_corners() -> None:
    """So that tests with random clients say something: AMT, Part III, both gain worksheets, each attach test, sales."""
    random = Random(6251)
    results = [result for _ in range(400) for result in project(random_client(random)).years.values()]
    flags = ("f6251.part III", "regular.schedule_d_tax", "regular.itemizing", "year.ready", "regular.is_filed")
    tests = tuple(f"attach.test {number}" for number in range(1, 5))
    for flag in (*flags, *tests):
        assert 20 < sum(bool(result.figures[flag]) for result in results) < len(results)
    for line in ("f6251.11", "f6251.2i", "f6251.2k", "f6251.23", "f6251.33", "f6251.36", "f8801.25", "carryover.8"):
        assert sum(result.figures[line] != 0 for result in results) > 20, line
