"""Who must attach Form 6251: each of the four tests, below and above its line, and the reason it gives."""

from __future__ import annotations

from tests.returns import amounts, computed, lines, working


def test_attach_test_1_line_7_over_line_10() -> None:
    """Even where the AMT foreign tax credit leaves no AMT: line 7 counts, not line 9."""
    owed = computed(2025, wages=150_000, spread=40_000, rounding="dollars")
    assert owed.attach_6251
    assert owed.attach_reason == "Yes, test 1: line 7 of $26,494 is more than line 10 of $25,067."
    saved = computed(2025, wages=150_000, spread=40_000, amt_foreign_tax_credit=5_000)
    assert saved.form_6251["11"] == 0
    assert working(saved, "attach", "test 1")


def test_attach_test_1_is_not_met_at_equality() -> None:
    """Line 7 equal to line 10 is not more; a cent more is."""
    even = computed(2025, wages=150_000, spread=40_000, regular_tax=26_494)
    less = computed(2025, wages=150_000, spread=40_000, regular_tax="26493.99")
    assert (even.attach_6251, less.attach_6251) == (False, True)
    assert (
        even.conclusion == "No AMT for 2025: regular tax of $26,494.00 equals the tentative minimum tax of $26,494.00."
    )


def test_attach_tests_2_and_3_are_answered_by_the_preparer() -> None:
    """A general business credit; Form 8834 or the personal part of Form 8911."""
    two = computed(2025, wages=150_000, general_business_credit="yes", form_8834_8911="yes")
    assert two.attach_6251
    assert two.attach_reason == "Yes, test 2: Form 3800 line 6 or 25 is above 0."
    three = computed(2025, wages=150_000, general_business_credit="no", form_8834_8911="yes")
    assert three.attach_6251
    assert three.attach_reason == "Yes, test 3: Form 8834, or the personal part of Form 8911, is filed."


def test_attach_test_3_is_met_by_a_minimum_tax_credit() -> None:
    """Line 25 of Form 8801 above 0 is a credit claimed."""
    result = computed(2025, wages=150_000, mtc_carryforward_in=1_000)
    assert result.form_8801["25"] == 1_000
    assert result.attach_6251
    assert result.attach_reason == "Yes, test 3: the credit of Form 8801 is claimed, $1,000.00."


def test_attach_test_4_finds_a_line_7_that_adjustments_hide() -> None:
    """Wages 200,000, foreign tax credit 20,000, line 3 of -100,000: line 7 would be 29,094, line 10 is 17,067."""
    result = computed(
        2025, wages=200_000, foreign_tax_credit=20_000, amt_foreign_tax_credit=0, line_3=-100_000, rounding="dollars"
    )
    assert lines(result, "7", "10") == amounts(3_094, 17_067)
    assert result.attach_6251
    assert result.attach_reason == (
        "Yes, test 4: without lines 2c to 3, line 7 is $29,094 (AMT gains) or $29,094 (regular gains), "
        "line 10 is $17,067."
    )


def test_attach_test_4_takes_amt_gains_and_regular_gains() -> None:
    """A gain of 300,000 that AMT carryovers cancel: 82,550 at 26% and 28%, 48,094 with the gain rates; 58,449 regular.

    Line 1b 384,250 + 2a 15,750 - 2k 303,000 = 97,000. Without 2k: 400,000 - 88,100 = 311,900; 28% less 4,782 =
    82,550. With the regular gain: 26% of 11,900 = 3,094, and 15% of 300,000.
    """
    result = computed(
        2025, wages=100_000, long_term_gain=300_000, amt_long_term_carryover_in=400_000, rounding="dollars"
    )
    assert lines(result, "2k", "4", "7", "10") == amounts(-303_000, 97_000, 2_314, 58_449)
    assert result.attach_6251
    assert "$82,550 (AMT gains) or $48,094 (regular gains), line 10 is $58,449." in result.attach_reason


def test_attach_test_4_needs_adjustments_below_zero() -> None:
    """Adjustments of 0 or more hide nothing; nor do those on lines 2a and 2b, which stay."""
    result = computed(2025, wages=200_000, line_2b=-50_000, foreign_tax_credit=20_000, amt_foreign_tax_credit=0)
    assert working(result, "attach", "adjustments") == 0
    assert not working(result, "attach", "test 4")


def test_no_test_met_says_so_and_names_open_questions() -> None:
    """Tests 2 and 3 are open until they are answered."""
    said = computed(2025, wages=150_000, rounding="dollars", general_business_credit="no", form_8834_8911="no")
    assert said.attach_6251 is False
    assert said.attach_reason == "No: line 7 of $16,094 is not more than line 10 of $25,067, and no other test is met."
    open_ = computed(2025, wages=150_000, rounding="dollars", general_business_credit="no")
    assert open_.attach_reason == said.attach_reason + " Tests 2 and 3 are not fully answered: see Inputs."
