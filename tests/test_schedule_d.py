"""Schedule D and the carryover worksheet: net gain, special gains, the loss limit, what is carried out."""

from __future__ import annotations

import pytest

from engine import Client, project
from tests.returns import computed, hold, working


def test_net_capital_gain_is_the_long_term_gain_less_a_short_term_loss() -> None:
    """Lines 15 and 16 of Schedule D, the smaller; a short-term gain is ordinary and does not enlarge it."""
    assert working(computed(2025, long_term_gain=9_000, short_term_gain=-2_000), "schedule_d", "net gain") == 7_000
    assert working(computed(2025, long_term_gain=9_000, short_term_gain=2_000), "schedule_d", "net gain") == 9_000
    assert working(computed(2025, long_term_gain=-9_000, short_term_gain=20_000), "schedule_d", "net gain") == 0


def test_losses_reduce_collectibles_gain_first_and_section_1250_gain_after_it() -> None:
    """A short-term loss of 12,000 takes all 10,000 of the 28% gain, and 2,000 of the section 1250 gain."""
    result = computed(
        2025,
        wages=300_000,
        long_term_gain=50_000,
        short_term_gain=-12_000,
        collectibles_gain=10_000,
        unrecaptured_1250_gain=8_000,
    )
    hold(result, "schedule_d", line_18=0, line_19=6_000)
    assert working(result, "regular", "schedule_d_tax")


def test_special_gains_without_a_net_gain_need_no_worksheet() -> None:
    """Lines 18 and 19 of Schedule D are asked for only with gains on lines 15 and 16."""
    result = computed(2025, wages=300_000, long_term_gain=-1_000, collectibles_gain=5_000, unrecaptured_1250_gain=5_000)
    hold(result, "schedule_d", line_18=0, line_19=0)
    assert not working(result, "regular", "schedule_d_tax")


@pytest.mark.parametrize(
    ("status", "limit"), [("single", 3_000), ("married_joint", 3_000), ("married_separate", 1_500)]
)
@pytest.mark.parametrize("over", [-1, 0, 1, 5_000])
def test_losses_are_allowed_up_to_the_limit(status: str, limit: int, over: int) -> None:
    """3,000, or 1,500 for married filing separately; the rest is carried out."""
    result = computed(2025, status, wages=100_000, long_term_gain=-(limit + over))
    assert working(result, "schedule_d", "21") == -min(limit, limit + over)
    assert result.carryover_out["long_term"] == max(0, over)


def test_the_loss_allowed_takes_short_term_losses_first() -> None:
    """10,000 short and 5,000 long: 7,000 and 5,000 carried; in the next year 3,000 more of the short, and so on."""
    common = {"filing_status": "single", "wages": 100_000, "deduction": "standard"}
    returns = [{"tax_year": year, **common} for year in (2022, 2023, 2024, 2025, 2026)]
    returns[0] |= {"short_term_gain": -10_000, "long_term_gain": -5_000}
    years = project(Client(returns=returns)).years
    carried = [each.carryover_out for each in years.values()]
    assert [each["short_term"] for each in carried] == [7_000, 4_000, 1_000, 0, 0]
    assert [each["long_term"] for each in carried] == [5_000, 5_000, 5_000, 3_000, 0]
    assert [each.regular["agi"] for each in years.values()] == [97_000] * 5


def test_a_gain_of_the_other_term_takes_up_a_loss_before_the_limit_does() -> None:
    """10,000 short-term loss, 4,000 long-term gain: 6,000 net, 3,000 allowed, 3,000 carried as short-term."""
    result = computed(2025, wages=100_000, short_term_gain=-10_000, long_term_gain=4_000)
    assert working(result, "schedule_d", "21") == -3_000
    assert result.carryover_out["short_term"] == 3_000
    result = computed(2025, wages=100_000, short_term_gain=4_000, long_term_gain=-10_000)
    assert result.carryover_out["long_term"] == 3_000


@pytest.mark.parametrize(
    ("wages", "used"),
    [(1_000, 0), (15_750, 0), (16_250, 500), (18_749, 2_999), (18_750, 3_000), (18_751, 3_000)],
)
def test_a_loss_that_income_cannot_use_is_not_used_up(wages: int, used: int) -> None:
    """Carryover Worksheet line 3: 3,000 are allowed, but only what income above the deduction needs is gone."""
    result = computed(2025, wages=wages, short_term_gain=-10_000)
    assert working(result, "schedule_d", "21") == -3_000
    assert result.carryover_out["short_term"] == 10_000 - used


def test_carried_losses_meet_the_gains_of_their_own_term() -> None:
    """Typed positive on the first row; lines 6 and 14 of Schedule D."""
    result = computed(
        2025, wages=100_000, short_term_carryover_in=5_000, long_term_carryover_in=700, long_term_gain=9_000
    )
    hold(result, "schedule_d", line_6=-5_000, line_7=-5_000, line_14=-700, line_15=8_300, line_16=3_300)
