"""The regular return: Tax Table, brackets, both gain worksheets, loss limit and carryover, deductions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.federal.tax_year import tax_year
from engine.filing import STATUSES, Status
from tests.returns import computed, hold, working

D = Decimal


def table_tax(income: object, year: int = 2025, status: str = "single") -> Decimal | None:
    """Tax by the Tax Table, where it goes so far."""
    return computed(year, status, taxable_income=income, tax_method="table").regular["tax"]


# --- Tax Table -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("income", "tax"),
    [
        (0, 0), ("4.99", 0),  # 10% of 2.50
        (5, 1), ("14.99", 1),  # 10% of 10
        (15, 2), ("24.99", 2),  # 10% of 20
        (25, 4), ("49.99", 4),  # 10% of 37.50 is 3.75
        (50, 6), (75, 9),  # 6.25 and 8.75: the printed first rows 1, 2, 4, 6, 9
        (2_975, 299), ("2999.99", 299),  # the last row of 25: 10% of 2,987.50
        (3_000, 303), ("3049.99", 303), (3_050, 308),  # the first rows of 50: 302.50 goes up
    ],
)  # fmt: skip
def test_the_first_rows_of_the_tax_table_have_their_own_widths(income: object, tax: int) -> None:
    """Rows of 5, 10, 25 and 50; each takes the tax at its middle, half a dollar up."""
    assert table_tax(income) == tax


def test_the_tax_table_ends_below_one_hundred_thousand() -> None:
    """Row 99,950 to 100,000, single: 22% of 99,975 less 5,086 = 16,908.50, so 16,909; 100,000 itself: 16,914."""
    assert [table_tax(income) for income in (99_950, "99999.99")] == [16_909, 16_909]
    assert table_tax(100_000) == 16_914
    assert computed(2025, taxable_income="99999.99").regular["tax"] == D("16914.00")


def test_the_rate_schedules_are_used_everywhere_if_so_chosen() -> None:
    """22% of 60,025.50 less 5,086 = 8,119.61, where the table has 22% of 60,025: 8,119.50, so 8,120."""
    assert computed(2025, taxable_income="60025.50").regular["tax"] == D("8119.61")
    assert table_tax("60025.50") == 8_120


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("year", [2018, 2023, 2026])
def test_tax_goes_on_without_a_jump_where_a_bracket_starts(year: int, status: Status) -> None:
    """A dollar below and a dollar above each start: the step is the rate on either side."""
    law = tax_year(year)
    for start, below, above in zip(law.bracket_starts.of(status)[1:], law.rates.all, law.rates.all[1:], strict=False):
        taxes = [computed(year, status, taxable_income=start + step).regular["tax"] or D(0) for step in (-1, 0, 1)]
        assert (taxes[1] - taxes[0], taxes[2] - taxes[1]) == (below, above)


# --- Qualified Dividends and Capital Gain Tax Worksheet --------------------------------------------------


def test_gain_fills_the_bands_from_below() -> None:
    """2025 single, wages 55,750 (40,000 after the deduction), gain 500,000: 8,350 at 0%, then 15% to 533,400, then 20%.

    8,350 = 48,350 - 40,000; 485,050 = 533,400 - 48,350 at 15% = 72,757.50; the last 6,600 at 20% = 1,320;
    12% of 40,000 less 238.50 = 4,561.50.
    """
    result = computed(2025, wages=55_750, long_term_gain=500_000)
    hold(result, "qdcg", line_1=540_000, line_5=40_000, line_9=8_350, line_17=485_050, line_18="72757.50")
    hold(result, "qdcg", line_20=6_600, line_21=1_320, line_22="4561.50", line_25="78639.00")
    assert result.regular["tax"] == D("78639.00")


@pytest.mark.parametrize(("gain", "tax"), [(8_349, 0), (8_350, 0), (8_351, "0.15"), (8_360, "1.50")])
def test_gain_is_taxed_only_above_the_zero_rate_top(gain: int, tax: object) -> None:
    """Ordinary income of 40,000 leaves 8,350 of room up to 48,350 (2025, single)."""
    assert working(computed(2025, wages=55_750, long_term_gain=gain), "qdcg", "18") == D(str(tax))


@pytest.mark.parametrize(("gain", "at_20"), [(493_399, 0), (493_400, 0), (493_401, 1)])
def test_gain_is_taxed_at_twenty_percent_only_above_the_fifteen_rate_top(gain: int, at_20: int) -> None:
    """40,000 and 493,400 come to 533,400 (2025, single)."""
    assert working(computed(2025, wages=55_750, long_term_gain=gain), "qdcg", "20") == at_20


def test_dividends_count_as_gain_but_for_losses() -> None:
    """Dividends keep their rates beside a capital loss: line 4 is the dividends alone."""
    result = computed(2025, wages=100_000, qualified_dividends=5_000, long_term_gain=-2_000)
    hold(result, "qdcg", line_1=87_250, line_3=0, line_4=5_000, line_5=82_250)


# --- Schedule D Tax Worksheet ----------------------------------------------------------------------------


def test_section_1250_gain_is_taxed_below_25_percent_where_ordinary_rates_are_lower() -> None:
    """2025 single, taxable income 200,000 with gain 100,000, of it 60,000 of section 1250: that part goes to line 21.

    10: 100,000; 11, 12: 60,000; 13: 40,000; 14: 160,000; 18: 100,000; 19: 197,300; 20, 21: 160,000; 30: 40,000 at 15%
    = 6,000; 35: 60,000; 36: 260,000; 38: 60,000; 39: 0; 44: 24% of 160,000 less 7,153 = 31,247; 45: 37,247;
    46: 32% of 200,000 less 22,937 = 41,063.
    """
    result = computed(2025, taxable_income=200_000, long_term_gain=100_000, unrecaptured_1250_gain=60_000)
    hold(result, "sdtw", line_10=100_000, line_13=40_000, line_14=160_000, line_18=100_000, line_19=197_300)
    hold(result, "sdtw", line_21=160_000, line_22=0, line_30=40_000, line_31=6_000, line_33=0, line_35=60_000)
    hold(result, "sdtw", line_38=60_000, line_39=0, line_44=31_247, line_45=37_247, line_46=41_063, line_47=37_247)
    assert result.regular["tax"] == 37_247


def test_section_1250_gain_is_taxed_at_25_percent_above_the_24_percent_bracket() -> None:
    """The same gain in a taxable income of 400,000: line 21 is the ordinary 300,000 and all 60,000 bear 25%.

    14: 360,000; 18: 300,000; 20: 197,300; 21: 300,000; 30: 40,000 -> 6,000; 36 - 37: 0; 39: 60,000 -> 15,000;
    44: 35% of 300,000 less 30,452.75 = 74,547.25; 45: 95,547.25; 46: 109,547.25.
    """
    result = computed(2025, taxable_income=400_000, long_term_gain=100_000, unrecaptured_1250_gain=60_000)
    hold(result, "sdtw", line_14=360_000, line_20=197_300, line_21=300_000, line_30=40_000, line_31=6_000)
    hold(result, "sdtw", line_38=0, line_39=60_000, line_40=15_000, line_44="74547.25", line_45="95547.25")
    assert result.regular["tax"] == D("95547.25")


def test_collectibles_section_1250_and_twenty_percent_gain_together() -> None:
    """2025 single, taxable income 600,000, gain 80,000: 30,000 of collectibles, 20,000 of section 1250.

    12: 50,000; 13: 30,000; 14: 570,000; 18, 21: 520,000; 29: 533,400 - 520,000 = 13,400 at 15% = 2,010; 33: 16,600 at
    20% = 3,320; 39: 20,000 at 25% = 5,000; 41: 570,000; 42: 30,000 at 28% = 8,400; 44: 35% of 520,000 less 30,452.75 =
    151,547.25; 45: 170,277.25; 46: 179,547.25.
    """
    result = computed(
        2025, taxable_income=600_000, long_term_gain=80_000, collectibles_gain=30_000, unrecaptured_1250_gain=20_000
    )
    hold(result, "sdtw", line_12=50_000, line_13=30_000, line_14=570_000, line_21=520_000, line_29=13_400)
    hold(result, "sdtw", line_30=13_400, line_31=2_010, line_33=16_600, line_34=3_320, line_39=20_000)
    hold(result, "sdtw", line_40=5_000, line_41=570_000, line_42=30_000, line_43=8_400, line_44="151547.25")
    hold(result, "sdtw", line_45="170277.25", line_46="179547.25", line_47="170277.25")
    assert result.regular["tax"] == D("170277.25")


@settings(max_examples=60)
@given(st.integers(0, 900_000), st.integers(0, 400_000), st.integers(0, 100_000), st.integers(0, 100_000))
def test_gain_rates_never_cost_more_than_ordinary_rates(income: int, gain: int, special: int, other: int) -> None:
    """And special gains never cost less than gain at 15% and 20%: tax lies between the two."""
    plain = computed(2025, taxable_income=income)
    low = computed(2025, taxable_income=income, long_term_gain=gain)
    mixed = computed(
        2025, taxable_income=income, long_term_gain=gain, unrecaptured_1250_gain=special, collectibles_gain=other
    )
    taxes = [result.regular["tax"] or D(0) for result in (low, mixed, plain)]
    assert taxes == sorted(taxes)


# --- income and deductions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "deduction", "line_2a"),
    [
        ({"deduction": "standard"}, 15_750, 15_750),
        ({"deduction": "standard", "itemized_deductions": 40_000, "taxes_deducted": 10_000}, 15_750, 15_750),
        ({"deduction": "standard", "standard_deduction": 17_750}, 17_750, 17_750),
        ({"deduction": "", "standard_deduction": 1_350}, 1_350, 1_350),
        ({"deduction": "itemized", "itemized_deductions": 40_000, "taxes_deducted": 10_000}, 40_000, 10_000),
        ({"deduction": "", "itemized_deductions": 40_000, "taxes_deducted": 10_000}, 40_000, 10_000),
        ({"deduction": "", "itemized_deductions": 0}, 0, 0),
        ({"deduction": "itemized", "itemized_deductions": 9_000, "standard_deduction": 15_750}, 9_000, 0),
    ],
)
def test_one_deduction_is_taken_and_its_tax_part_comes_back_on_line_2a(
    entries: dict[str, object], deduction: int, line_2a: int
) -> None:
    """A blank choice is itemized if such deductions are given; a standard deduction as filed replaces the usual one."""
    result = computed(2025, wages=100_000, **entries)
    assert result.regular["deductions"] == deduction
    assert result.regular["taxable_income"] == 100_000 - deduction
    assert result.form_6251["2a"] == line_2a


def test_taxable_income_as_filed_replaces_the_components() -> None:
    """It feeds the tax and line 1b, whatever wages and deductions would give; line 2a has the standard deduction."""
    result = computed(2025, wages=100_000, taxable_income=70_000)
    assert result.regular["taxable_income"] == result.form_6251["1b"] == 70_000
    assert result.form_6251["4"] == 85_750
    assert result.regular["signed_income"] == 84_250


def test_taxable_income_of_zero_as_filed_leaves_the_sign_to_the_components() -> None:
    """The form prints 0, but line 1 may be below zero: 5,000 less 15,750."""
    result = computed(2025, wages=5_000, taxable_income=0)
    assert [result.regular["taxable_income"], result.form_6251["1b"]] == [0, -10_750]


def test_regular_tax_as_filed_replaces_the_figured_tax() -> None:
    """Schedule J or other taxes make it differ; line 10 compares with what was filed, less the foreign tax credit."""
    result = computed(2025, wages=100_000, regular_tax=20_000, foreign_tax_credit=600)
    assert [result.regular["tax"], result.form_6251["10"]] == [20_000, 19_400]
    assert result.regular["figured_tax"] == D("13449.00")


def test_line_10_is_not_below_zero() -> None:
    """A foreign tax credit above the tax gives 0."""
    assert computed(2025, wages=20_000, foreign_tax_credit=5_000).form_6251["10"] == 0


def test_entries_are_rounded_before_anything_is_added() -> None:
    """In whole dollars 0.50 goes up and 0.49 down on each entry, as on the forms."""
    result = computed(2025, wages="100000.50", other_income="0.49", qualified_dividends="0.50", rounding="dollars")
    assert result.regular["agi"] == 100_002


@settings(max_examples=80)
@given(
    st.integers(0, 1_500_000),
    st.integers(1, 50_000),
    st.integers(-20_000, 400_000),
    st.integers(0, 90_000),
    st.sampled_from(list(STATUSES)),
    st.integers(2018, 2026),
)
def test_more_wages_never_mean_less_tax(
    wages: int, more: int, gain: int, dividends: int, status: Status, year: int
) -> None:
    """By the rate schedules, whatever gains are beside them."""
    entries = {"long_term_gain": gain, "qualified_dividends": dividends}
    before, after = (computed(year, status, wages=each, **entries) for each in (wages, wages + more))
    assert (before.regular["tax"] or 0) <= (after.regular["tax"] or 0)
