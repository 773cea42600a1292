"""Form 6251, Parts I and II, at their thresholds: exemption, breakpoint, married-separate addition, credits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Client, YearResult, project
from engine.federal.tax_year import tax_year
from engine.filing import STATUSES, YEARS, Status
from tests.returns import amounts, computed, exercise, lines, working

D = Decimal

# --- Part I ----------------------------------------------------------------------------------------------


def test_line_1_may_be_below_zero() -> None:
    """Wages 5,000 less the standard deduction: -10,750, and line 2a brings AMT income back to 5,000."""
    result = computed(2025, wages=5_000)
    assert result.regular["taxable_income"] == 0
    assert lines(result, "1b", "2a", "4") == amounts(-10_750, 15_750, 5_000)
    assert computed(2024, wages=5_000).form_6251["1"] == -9_600


def test_the_senior_deduction_is_added_back_from_2025_on() -> None:
    """It lowers regular income by 6,000 and AMT income by nothing; other deductions stay."""
    result = computed(2025, wages=100_000, other_deductions=7_000, senior_deduction=6_000)
    assert result.regular["taxable_income"] == 77_250
    assert lines(result, "1a", "1b", "2a", "4") == amounts(16_750, 83_250, 15_750, 99_000)
    as_filed = computed(2025, taxable_income=77_250, other_deductions=7_000, senior_deduction=6_000)
    assert lines(as_filed, "1b", "4") == amounts(83_250, 99_000)


@pytest.mark.parametrize("letter", "cdeghjlmnopqrt")
def test_each_adjustment_is_added_on_line_4(letter: str) -> None:
    """As it is signed; a line of its own."""
    result = computed(2025, wages=100_000, **{f"line_2{letter}": 1_234})
    assert lines(result, f"2{letter}", "4") == amounts(1_234, 101_234)


@pytest.mark.parametrize("letter", "bfs")
def test_lines_in_parentheses_are_typed_as_negatives(letter: str) -> None:
    """They take from line 4."""
    assert computed(2025, wages=100_000, **{f"line_2{letter}": -1_234}).form_6251["4"] == 98_766


def test_line_2k_is_amt_less_regular_and_what_is_typed() -> None:
    """An AMT loss carried in of 20,000 meets a gain of 5,000: AMT -3,000, regular 5,000, and 700 from elsewhere."""
    result = computed(
        2025, wages=100_000, long_term_gain=5_000, amt_long_term_carryover_in=20_000, other_line_2k=700, line_3=-50
    )
    assert lines(result, "2k", "3", "4") == amounts(-7_300, -50, 100_000 + 5_000 - 7_300 - 50)
    assert result.carryover_out["amt_long_term"] == 12_000
    assert result.carryover_out["long_term"] == 0


@pytest.mark.parametrize(
    ("line_3", "used"), [(0, 3_000), (-96_000, 3_000), (-98_000, 2_000), (-99_999, 1), (-100_001, 0)]
)
def test_the_amt_loss_is_used_up_only_as_far_as_amt_income_needs_it(line_3: int, used: int) -> None:
    """Line 1 of the AMT carryover worksheet is line 4 before the addition: 97,000 and what line 3 takes from it."""
    result = computed(2025, wages=100_000, amt_long_term_carryover_in=50_000, line_3=line_3)
    assert result.form_6251["4"] == 97_000 + line_3
    assert result.carryover_out["amt_long_term"] == 50_000 - used


# --- exemption, breakpoint, addition ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "status", "amti", "line_5", "line_6", "line_7"),
    [
        (2025, "single", 200_000, 88_100, 111_900, 29_094),
        (2025, "single", 700_000, "69687.50", "630312.50", "171705.50"),  # 88,100 - 25% of 73,650; 28% less 4,782
        (2026, "single", 600_000, 40_100, 559_900, 151_882),  # 90,100 - 50% of 100,000; 28% less 4,890
        (2025, "married_separate", 920_350, 0, 925_350, 256_707),  # with the addition of 5,000; 28% less 2,391
    ],
)
def test_lines_5_to_7_of_the_worked_checks(
    year: int, status: Status, amti: int, line_5: object, line_6: object, line_7: object
) -> None:
    """Exemption, amount taxed and tax; the deduction is standard, so that wages are line 4 before the addition."""
    assert lines(computed(year, status, wages=amti), "5", "6", "7") == amounts(line_5, line_6, line_7)


def test_each_printed_line_rounds_to_whole_dollars() -> None:
    """18,412.50 phased out rounds to 18,413: exemption 69,687, amount taxed 630,313, tax 171,706 (171,705.64)."""
    result = computed(2025, wages=700_000, rounding="dollars")
    assert working(result, "f6251", "5 lost") == 18_413
    assert lines(result, "5", "6", "7") == amounts(69_687, 630_313, 171_706)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("status", STATUSES)
def test_the_exemption_shrinks_from_its_threshold_on(year: int, status: Status) -> None:
    """Whole at the threshold, less by the rate of each dollar above: 25%, and 50% from 2026 on."""
    law = tax_year(year)
    whole, start = law.of("exemption", status), law.of("phaseout_start", status)
    rate = D("0.5") if year >= 2026 else D("0.25")
    found = [computed(year, status, wages=start + step).form_6251["5"] for step in (-1, 0, 1, 100)]
    assert found == [whole, whole, whole - rate, whole - 100 * rate]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("status", STATUSES)
def test_the_rate_rises_at_the_breakpoint(year: int, status: Status) -> None:
    """26 cents a dollar up to it, 28 above, and no jump; half the amount for married filing separately."""
    law = tax_year(year)
    at = law.of("amt_breakpoint", status) + law.of("exemption", status)
    taxes = [computed(year, status, wages=at + step).form_6251["7"] or D(0) for step in (-1, 0, 1)]
    assert taxes[1] == D("0.26") * law.of("amt_breakpoint", status)
    assert (taxes[1] - taxes[0], taxes[2] - taxes[1]) == (D("0.26"), D("0.28"))


@pytest.mark.parametrize("year", YEARS)
def test_the_addition_starts_above_its_threshold_and_is_capped(year: int) -> None:
    """Nothing at the start, the rate of each dollar above it, and at most one exemption."""
    law = tax_year(year)
    start, cap = law.of("addition_start", "married_separate"), law.of("exemption", "married_separate")
    rate = law.of("addition_rate", "single")
    full = start + cap / rate

    def added(amti: Decimal) -> Decimal:
        return (computed(year, "married_separate", wages=amti).form_6251["4"] or D(0)) - amti

    steps = (start - 1, start, start + 1, full - 1, full, full + 1, full + 500_000)
    assert [added(amti) for amti in steps] == [0, 0, rate, cap - rate, cap, cap, cap]


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "married_separate"])
def test_nobody_else_has_the_addition(status: Status) -> None:
    """Line 4 is what was combined, however large, or below zero."""
    assert computed(2025, status, wages=5_000_000).form_6251["4"] == 5_000_000
    assert computed(2025, status, wages=0, other_income=-50_000).form_6251["4"] == -50_000


def test_the_addition_and_the_exemption_use_line_4_before_and_after_it() -> None:
    """AMT income of 901,350 (2025): addition 250, line 4 of 901,600, all of it taxed."""
    result = computed(2025, "married_separate", wages=901_350)
    assert lines(result, "4", "5", "6") == amounts(901_600, 0, 901_600)


def test_income_within_the_exemption_leaves_nothing_to_tax() -> None:
    """Lines 6, 7, 9 and 11 are 0, and line 10 is still filled in."""
    result = computed(2025, wages=88_100)
    assert lines(result, "6", "7", "9", "11") == [0] * 4
    assert result.form_6251["10"] == result.regular["tax"] == D("10831.00")
    assert lines(computed(2025, wages=88_101), "6", "7") == amounts(1, "0.26")


# --- Part II ---------------------------------------------------------------------------------------------


def test_amt_is_tentative_tax_over_regular_tax() -> None:
    """The example of an explainer, corrected: wages 150,000, spread 40,000, 2025 single: 26,494 less 25,067."""
    result = computed(2025, wages=150_000, spread=40_000, rounding="dollars", tax_method="table")
    assert result.regular["taxable_income"] == 134_250
    assert lines(result, "2i", "4", "9", "10", "11") == amounts(40_000, 190_000, 26_494, 25_067, 1_427)
    assert result.conclusion == "AMT of $1,427 for 2025: tentative minimum tax of $26,494, regular tax of $25,067."


def test_amt_starts_where_tentative_tax_passes_regular_tax() -> None:
    """Wages 150,000 make 25,067 of regular tax; 26% of 96,411.54 is 25,067.00: a spread up to 34,511.54 is free."""
    crossover = D("34511.54")
    assert [computed(2025, wages=150_000, spread=crossover + step).form_6251["11"] for step in (-1, 0, 1)] == amounts(
        0, 0, "0.26"
    )


def test_the_amt_foreign_tax_credit_is_at_most_line_7() -> None:
    """A blank AMT credit is the regular one; a given one replaces it; line 9 is not below zero."""
    common: dict[str, Any] = {"wages": 150_000, "spread": 40_000}
    assert lines(computed(2025, **common, foreign_tax_credit=600), "8", "9", "10") == amounts(600, 25_894, 24_467)
    both = computed(2025, **common, foreign_tax_credit=600, amt_foreign_tax_credit=400)
    assert lines(both, "8", "9", "10") == amounts(400, 26_094, 24_467)
    none = computed(2025, **common, foreign_tax_credit=600, amt_foreign_tax_credit=0)
    assert lines(none, "8", "9") == amounts(0, 26_494)
    for credit, line_8 in ((26_493, 26_493), (26_494, 26_494), (26_495, 26_494), (99_999, 26_494)):
        assert computed(2025, **common, amt_foreign_tax_credit=credit).form_6251["8"] == line_8


# --- properties ------------------------------------------------------------------------------------------

MONEY = st.integers(0, 1_200_000)


@st.composite
def returns(draw: Any) -> dict[str, Any]:
    """A return with gains, losses and adjustments, in either rounding and by either method."""
    rounding, tax_method = draw(st.sampled_from([("dollars", "table"), ("cents", "schedule"), ("cents", "table")]))
    signed = st.integers(-60_000, 300_000)
    return {
        "year": draw(st.sampled_from(YEARS)),
        "status": draw(st.sampled_from(list(STATUSES))),
        "rounding": rounding,
        "tax_method": tax_method,
        "wages": draw(MONEY),
        "other_income": draw(signed),
        "long_term_gain": draw(signed),
        "short_term_gain": draw(signed),
        "qualified_dividends": draw(st.integers(0, 40_000)),
        "unrecaptured_1250_gain": draw(st.integers(0, 40_000)),
        "amt_long_term_carryover_in": draw(st.integers(0, 90_000)),
        "line_2g": draw(st.integers(0, 90_000)),
        "line_3": draw(signed),
        "foreign_tax_credit": draw(st.integers(0, 9_000)),
    }


def amount(result: YearResult, line: str) -> Decimal:
    """A line of a year that is ready."""
    found = result.form_6251[line]
    assert found is not None
    return found


@settings(max_examples=120)
@given(returns(), MONEY, MONEY)
def test_a_larger_spread_never_lowers_amt(entries: dict[str, Any], spread: int, more: int) -> None:
    """Line 11 rises with line 2i, from 0 on, to the dollar and to the cent."""
    without, some, further = (computed(**entries, spread=each) for each in (0, spread, spread + more))
    assert 0 <= amount(without, "11") <= amount(some, "11") <= amount(further, "11")
    assert amount(some, "2i") == spread


@settings(max_examples=120)
@given(returns(), MONEY)
def test_part_iii_never_raises_the_tax(entries: dict[str, Any], spread: int) -> None:
    """Line 40 is at most line 39, and no line of Part III is below zero."""
    result = computed(**entries, spread=spread)
    part = [amount(result, str(place)) for place in range(12, 41) if place not in (20, 27)]
    assert min(part) >= 0
    assert amount(result, "40") <= amount(result, "39")


@settings(max_examples=60)
@given(returns(), st.lists(st.integers(-90_000, 90_000), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_exercises_are_never_netted_and_their_order_does_not_matter(
    entries: dict[str, Any], spreads: list[int], random: Any
) -> None:
    """Each spread is floored at zero alone; underwater exercises and the order of rows change no figure."""
    year, row = entries["year"], {name: value for name, value in entries.items() if name not in OPTIONS}
    base = {"tax_year": year, "filing_status": entries["status"], "deduction": "standard", **row}
    options = {"rounding": entries["rounding"], "tax_method": entries["tax_method"]}
    rows = [
        exercise(spread, year, exercise_id=f"E{place}", exercise_price=90_000, fmv_exercise=90_000 + spread)
        for place, spread in enumerate(spreads)
    ]
    result = project(Client(exercises=rows, returns=[base], **options)).years[year]
    assert result.form_6251["2i"] == sum(spread for spread in spreads if spread > 0)
    random.shuffle(rows)
    without = [row for row in rows if row["fmv_exercise"] > row["exercise_price"]]  # type: ignore[operator]
    for other in (rows, without):
        assert project(Client(exercises=other, returns=[base], **options)).years[year].form_6251 == result.form_6251


OPTIONS = ("year", "status", "rounding", "tax_method")
