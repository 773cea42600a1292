"""Form 6251, Part III: when it is needed, and how gain fills the bands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.returns import amounts, computed, hold, lines, working

D = Decimal


@pytest.mark.parametrize(
    ("entries", "needed"),
    [
        ({}, False),
        ({"qualified_dividends": 1}, True),
        ({"long_term_gain": 1}, True),
        ({"short_term_gain": 5_000}, False),
        ({"long_term_gain": 5_000, "short_term_gain": -5_000}, False),
        ({"long_term_gain": 5_000, "short_term_gain": -4_999}, True),
        ({"long_term_gain": -1, "short_term_gain": 5_000}, False),
        ({"long_term_gain": 5_000, "amt_long_term_carryover_in": 5_000}, False),
        ({"long_term_gain": 5_000, "amt_long_term_carryover_in": 4_999}, True),
        ({"long_term_gain": 5_000, "long_term_carryover_in": 9_000, "amt_long_term_carryover_in": 0}, True),
        ({"long_term_gain": 5_000, "long_term_carryover_in": 9_000}, False),  # blank for AMT: the same there
    ],
)
def test_part_iii_is_needed_with_dividends_or_with_amt_gains(entries: dict[str, object], needed: bool) -> None:
    """Gains on lines 15 and 16 of Schedule D as refigured for AMT; a regular gain alone does not count."""
    result = computed(2025, wages=200_000, spread=100_000, **entries)
    assert working(result, "f6251", "part III") is needed
    assert (result.form_6251["39"] != 0) is needed


def test_part_iii_that_is_not_needed_is_zero_throughout() -> None:
    """Lines 12 to 40, and line 7 comes from 26% and 28%."""
    result = computed(2025, wages=200_000, spread=100_000)
    assert lines(result, *map(str, range(12, 41))) == [0] * 29
    assert result.form_6251["7"] == D("0.26") * (300_000 - 88_100)


def test_part_iii_fills_the_bands_with_the_regular_ordinary_income() -> None:
    """2025 single, wages 55,750, gain 500,000, spread 30,000: room of 8,350 at 0%, 485,050 at 15%, 6,600 at 20%.

    Line 4: 540,000 + 15,750 + 30,000 = 585,750; 6: 497,650; 17: 0, for the gain is larger; 22: 497,650; 23: 8,350;
    24: 489,300; 28: 48,350; 29: 485,050; 30: 485,050 -> 72,757.50; 33: 4,250 -> 850; 38: 73,607.50; 39: 134,560.
    """
    result = computed(2025, wages=55_750, long_term_gain=500_000, spread=30_000)
    hold(
        result,
        "f6251",
        line_4=585_750,
        line_6=497_650,
        line_12=497_650,
        line_13=500_000,
        line_15=500_000,
        line_16=497_650,
    )
    hold(result, "f6251", line_17=0, line_19=48_350, line_20=40_000, line_21=8_350, line_22=497_650, line_23=8_350)
    hold(result, "f6251", line_24=489_300, line_27=40_000, line_28=48_350, line_29=485_050, line_31="72757.50")
    hold(result, "f6251", line_33=4_250, line_34=850, line_38="73607.50", line_39=134_560, line_40="73607.50")


def test_part_iii_with_collectibles_and_section_1250_gain() -> None:
    """The return of 600,000 with 80,000 of gain (20,000 section 1250, 30,000 collectibles), and a spread of 200,000.

    Line 4: 600,000 + 15,750 + 200,000 = 815,750; 5: 88,100 - 25% of 189,400 = 40,750; 6: 775,000. 13: 30,000 (all gain
    less special gain); 14: 20,000; 15: 50,000; 17: 725,000 -> 198,218; 20: 570,000; 27: 520,000; 29: 13,400 -> 2,010;
    33: 16,600 -> 3,320; 35: 755,000; 36: 20,000 -> 5,000; 38: 208,548; 39: 212,218. Regular tax 170,277.25.
    """
    gains = {"long_term_gain": 80_000, "collectibles_gain": 30_000, "unrecaptured_1250_gain": 20_000}
    result = computed(2025, taxable_income=600_000, spread=200_000, **gains)
    hold(result, "f6251", line_4=815_750, line_5=40_750, line_6=775_000, line_13=30_000, line_14=20_000, line_15=50_000)
    hold(result, "f6251", line_16=50_000, line_17=725_000, line_18=198_218, line_20=570_000, line_21=0, line_22=30_000)
    hold(
        result, "f6251", line_27=520_000, line_29=13_400, line_30=13_400, line_31=2_010, line_32=13_400, line_33=16_600
    )
    hold(
        result, "f6251", line_34=3_320, line_35=755_000, line_36=20_000, line_37=5_000, line_38=208_548, line_39=212_218
    )
    hold(result, "f6251", line_7=208_548, line_10="170277.25", line_11="38270.75")


@pytest.mark.parametrize(("gain", "line_23"), [(8_349, 8_349), (8_350, 8_350), (8_351, 8_350)])
def test_the_zero_rate_room_of_part_iii_ends_at_its_top(gain: int, line_23: int) -> None:
    """48,350 less 40,000 of regular ordinary income (2025, single)."""
    assert computed(2025, wages=55_750, long_term_gain=gain, spread=200_000).form_6251["23"] == line_23


@pytest.mark.parametrize(("gain", "line_33"), [(493_399, 0), (493_400, 0), (493_401, 1)])
def test_the_fifteen_rate_room_of_part_iii_ends_at_its_top(gain: int, line_33: int) -> None:
    """533,400 less 40,000 (2025, single)."""
    assert computed(2025, wages=55_750, long_term_gain=gain, spread=500_000).form_6251["33"] == line_33


def test_lines_20_and_27_stay_regular_where_the_amt_gain_is_smaller() -> None:
    """An AMT loss of 20,000 carried in lowers line 13; the ordinary income of line 20 is the regular return's."""
    result = computed(2025, wages=55_750, long_term_gain=60_000, amt_long_term_carryover_in=20_000, spread=100_000)
    assert lines(result, "13", "20", "27") == amounts(40_000, 40_000, 40_000)
