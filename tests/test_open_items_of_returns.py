"""Open items of returns: what is carried in, what is taken for granted of an entry, and what contradicts."""

from __future__ import annotations

from typing import Any, Final

import pytest

from engine import Client, Projection, project
from engine.clients.carryforwards import recovery
from engine.clients.open_items import OpenItem
from engine.columns import OVERRIDES, ItemKind
from workbook_templates.fill import shape_of, values_of

PLAIN: Final = {"tax_year": 2024, "filing_status": "single", "wages": 150_000, "deduction": "standard"}


def one(*years: dict[str, Any], **records: Any) -> Projection:
    """A client of these returns, each beginning with that of 2024."""
    returns = [{**PLAIN, "tax_year": 2024 + place, **entries} for place, entries in enumerate(years)]
    return project(Client(returns=returns, **records))


def found(projection: Projection, rule: str) -> list[OpenItem]:
    """The items of a rule."""
    return [each for each in projection.open_items if each.finding.rule == rule]


# --- AMT carryovers (A1) ---------------------------------------------------------------------------------
def test_an_amt_carryover_taken_as_the_regular_one_is_to_confirm() -> None:
    """20,000 for regular tax, blank for AMT: 20,000.00 is taken, and line 2k is 0; with 0 it would be 3,000."""
    projection = one({"long_term_carryover_in": 20_000})
    (item,) = found(projection, "amt-carryover")
    assert (item.finding.kind, item.finding.taken) == (ItemKind.CONFIRM, "20,000.00")
    assert item.finding.column == "amt_long_term_carryover_in"
    assert projection.years[2024].form_6251["2k"] == 0
    assert found(one({"long_term_carryover_in": 20_000, "amt_long_term_carryover_in": 0}), "amt-carryover") == []


def test_one_amt_carryover_makes_the_other_missing() -> None:
    """Short-term is entered, long-term is blank: none is taken."""
    (item,) = found(one({"long_term_carryover_in": 20_000, "amt_short_term_carryover_in": 5_000}), "amt-carryover")
    assert (item.finding.kind, item.finding.taken) == (ItemKind.MISSING, "none")


def test_an_amt_carryover_without_its_regular_twin_is_to_confirm() -> None:
    """A loss of 7,000 for AMT alone: line 2k is (3,000), and the same regular loss would make it 0."""
    typed = {"amt_long_term_carryover_in": 7_000, "amt_short_term_carryover_in": 0}
    (item,) = found(one(typed), "regular-carryover")
    assert (item.finding.column, item.finding.taken) == ("long_term_carryover_in", "none")
    assert found(one(typed | {"long_term_carryover_in": 0}), "regular-carryover") == []


# --- Form 8801 line 12 (A3) ------------------------------------------------------------------------------
FOREIGN: Final = {"wages": 200_000, "foreign_tax_credit": 5_000, "amt_foreign_tax_credit": 3_000}


def test_line_12_makes_no_credit_of_a_credit_that_is_lower_for_amt() -> None:
    """All of 200,000 on line 2g is an exclusion item: line 12 is 3,000, the credit 0, nothing to confirm."""
    projection = one({**FOREIGN, "line_2g": 200_000}, {})
    form = projection.years[2025].form_8801
    assert [form[line] for line in ("12", "18", "25")] == [3_000, 0, 0]
    assert [each.finding.kind for each in found(projection, "exclusion-credit")] == [ItemKind.OPTIONAL]


def test_line_12_is_to_confirm_where_deferral_items_stand_beside_it() -> None:
    """Depreciation of 100 is a deferral item: the credit on exclusion items alone may be another one."""
    (item,) = found(one({**FOREIGN, "line_2g": 200_000, "line_2l": 100}, {}), "exclusion-credit")
    assert (item.finding.kind, item.finding.taken) == (ItemKind.CONFIRM, "3,000.00")


# --- death, divorce, marriage (A4) -----------------------------------------------------------------------
LOT: Final = {"exercise_id": "E-1", "date_granted": "2022-01-03", "date_exercised": "2024-03-01", "shares": 10_000} | {
    "exercise_price": 2,
    "fmv_exercise": 32,
}
DEATH: Final = {"exercise_id": "E-1", "date_sold": "2025-05-01", "shares": 10_000, "disposition": "death"}
JOINT: Final = {"filing_status": "married_joint"}


def of_couple(**entries: Any) -> Projection:
    """A joint return with an exercise in 2024, the holder's death in 2025, a single row for 2026."""
    return one(JOINT, JOINT, entries, exercises=[LOT], sales=[DEATH])


def told_of(projection: Projection) -> str:
    """All words of Summary, Letter and Questions."""
    values = values_of(projection, shape_of(projection))["letter"]
    return " ".join(str(value) for value in values.values() if isinstance(value, str))


def test_after_a_death_what_is_carried_in_is_missing_until_it_is_entered() -> None:
    """The figures carry the credit on, nothing ends by itself, and no text claims it."""
    projection = of_couple()
    carried = projection.years[2026].form_8801["19"]
    assert carried
    (item,) = found(projection, "whose-mtc_carryforward_in")
    assert (item.finding.kind, item.finding.year, item.finding.taken) == (ItemKind.MISSING, 2026, f"{carried:,.2f}")
    assert "a holder died in 2025" in item.finding.what
    told = told_of(projection)
    assert "It carries to" not in told
    assert "carries to 2026" not in told
    assert "must be settled" in told


def test_a_typed_zero_settles_what_a_death_left_open() -> None:
    """0 is an answer: no item, no credit in 2026."""
    projection = of_couple(mtc_carryforward_in=0, override_reason="death")
    assert found(projection, "whose-mtc_carryforward_in") == []
    assert projection.years[2026].form_8801["25"] == 0


@pytest.mark.parametrize("status", ["single", "married_separate", "head_of_household", "surviving_spouse"])
def test_where_the_status_leaves_a_joint_return_it_is_asked_whose_the_credit_is(status: str) -> None:
    """The credit made by the joint AMT of 2024 is on line 18 of 2025."""
    projection = one(JOINT, {"filing_status": status}, exercises=[LOT])
    (item,) = found(projection, "whose-mtc_line_18_in")
    assert item.finding.kind is ItemKind.MISSING
    assert "which must be settled between the two" in item.finding.what
    assert "carries to 2025" not in told_of(projection)


def test_where_nothing_changes_the_credit_is_claimed() -> None:
    """The same client, joint in both years."""
    projection = one(JOINT, JOINT, exercises=[LOT])
    assert not [each for each in projection.open_items if each.finding.rule.startswith("whose")]
    assert "of credit carries to 2026" in told_of(projection)
    assert "It carries to 2026 and does not expire." in told_of(projection)


def test_what_is_not_settled_stays_open_in_later_years() -> None:
    """The form of the year after claims nothing either."""
    projection = of_couple()
    assert projection.years[2026].figures["f8801.in question"]
    assert "whose it is must be settled" in str(projection.following["f8801.conclusion"])


def test_a_plan_claims_no_credit_of_whom_it_is_not_settled() -> None:
    """What is left is told, and that it must be settled, instead of when it comes back."""
    left = recovery(of_couple().client)
    settled = recovery(of_couple(mtc_carryforward_in=500_000, mtc_line_18_in=0).client)
    assert left is not None
    assert settled is not None
    assert (left.in_question, settled.in_question) == (True, False)


def test_a_death_in_the_last_year_asks_what_goes_on() -> None:
    """There is no row of 2026 yet."""
    (item,) = found(one(JOINT, JOINT, exercises=[LOT], sales=[DEATH]), "whose-next")
    assert item.finding.kind is ItemKind.CONFIRM
    assert "The row of 2026 must say what goes on" in item.finding.what


def test_a_marriage_is_to_confirm() -> None:
    """What the spouse carries in is taken for none."""
    (item,) = found(one({}, JOINT), "joined")
    assert (item.finding.kind, item.finding.year) == (ItemKind.CONFIRM, 2025)
    assert found(one({}, JOINT | dict.fromkeys(OVERRIDES, 0) | {"override_reason": "both had none"}), "joined") == []


# --- taxable income without its parts (A7) ---------------------------------------------------------------
def test_taxable_income_alone_asks_for_its_deduction() -> None:
    """Line 2a is the standard deduction of 2024, 14,600, which nobody entered."""
    (item,) = found(one({"taxable_income": 100_000, "wages": None, "deduction": None}), "deduction-assumed")
    assert (item.finding.kind, item.finding.taken) == (ItemKind.MISSING, "14,600.00")
    assert found(one({"taxable_income": 100_000, "wages": None}), "deduction-assumed") == []


def test_taxable_income_of_zero_alone_asks_for_the_income() -> None:
    """Line 1 is 0 less 14,600 while income is not known."""
    (item,) = found(one({"taxable_income": 0, "wages": None}), "income-assumed")
    assert item.finding.kind is ItemKind.MISSING
    assert "line 1 of Form 6251 as -$14,600.00" in item.finding.what
    assert found(one({"taxable_income": 0, "wages": 10_000}), "income-assumed") == []


# --- contradictions and what is unusual ------------------------------------------------------------------
@pytest.mark.parametrize(("line_2f", "is_doubtful"), [(-135_000, False), (-135_001, True)])
def test_line_2f_beyond_90_percent_is_doubtful(line_2f: int, is_doubtful: bool) -> None:
    """Wages of 150,000: AMT income without line 2f is 135,400 + 14,600 = 150,000, of which 90% is 135,000."""
    assert bool(found(one({"line_2f": line_2f}), "line-2f-limit")) is is_doubtful


def test_wages_below_the_income_of_nonqualified_options_contradict() -> None:
    """10,000 shares with a spread of 30 are 300,000 of wages (audit A6); 150,000 are entered."""
    (item,) = found(one({}, exercises=[{**LOT, "kind": "NSO"}]), "wages-below-stock")
    assert item.finding.kind is ItemKind.CONFIRM
    assert "$300,000.00" in item.finding.what
    assert found(one({"wages": 300_000}, exercises=[{**LOT, "kind": "NSO"}]), "wages-below-stock") == []


def test_another_credit_claimed_is_told_with_what_becomes_of_it() -> None:
    """8,000 carried in; the room, regular tax of 25,539 less 26% of 64,300, 16,718, is 8,821: all is used (A11)."""
    row = {"mtc_carryforward_in": 8_000, "credit_claimed": 5_000}
    projection = one(row)
    assert projection.years[2024].form_8801["25"] == 8_000
    (item,) = found(projection, "credit-claimed")
    assert "$5,000.00 was claimed, and $8,000.00 is allowable" in item.finding.what
    assert "is not carried on (IRC 53(b))" in item.finding.what
    assert projection.years[2024].form_8801["26"] == 0
    assert found(one({**row, "credit_claimed": 8_000}), "credit-claimed") == []


def test_a_credit_taken_from_the_regular_one_is_to_confirm() -> None:
    """5,000 on line 8 of Form 6251 is the regular credit."""
    (item,) = [each for each in one({"foreign_tax_credit": 5_000}).open_items
               if each.finding.column == "amt_foreign_tax_credit"]  # fmt: skip
    assert (item.finding.kind, item.finding.taken) == (ItemKind.CONFIRM, "5,000.00")


def test_a_credit_entered_for_amt_alone_is_to_confirm() -> None:
    """Form 6251 line 8 takes 900, and no regular credit lowers line 10; a typed 0 is an answer."""
    (item,) = found(one({"amt_foreign_tax_credit": 900}), "regular-foreign-credit")
    assert (item.finding.kind, item.finding.taken) == (ItemKind.CONFIRM, "none")
    assert found(one({"amt_foreign_tax_credit": 900, "foreign_tax_credit": 0}), "regular-foreign-credit") == []


def test_taxes_beside_itemized_deductions_are_asked_for() -> None:
    """Line 2a takes them; blank counts as none."""
    itemized = {"deduction": "itemized", "itemized_deductions": 30_000}
    columns = [each.finding.column for each in one(itemized).open_items]
    assert columns.count("taxes_deducted") == 1
    assert "taxes_deducted" not in [each.finding.column for each in one({**itemized, "taxes_deducted": 0}).open_items]


def test_a_negative_amount_where_the_form_has_it_positive_is_doubtful() -> None:
    """It lowers line 4 as typed."""
    (item,) = found(one({"line_2g": -5}), "negative-line_2g")
    assert (item.finding.kind, item.finding.taken) == (ItemKind.CONFIRM, "-5.00")


def test_lines_that_are_exclusion_items_in_part_are_to_confirm() -> None:
    """Line 3 is taken wholly as a deferral item."""
    (item,) = found(one({"line_3": 500}), "deferral-items")
    assert "enter line 18 of that form, as computed by hand, in mtc_line_18_in of the next year" in item.finding.what
    assert found(one({"line_3": 500}, {"mtc_line_18_in": 0, "override_reason": "by hand"}), "deferral-items") == []


def test_the_stage_of_the_last_return_is_an_estimate() -> None:
    """Blank: open for 2025, filed for 2024; entered, nothing is said."""
    (item,) = found(one({}, {}), "return-stage")
    assert (item.finding.kind, item.finding.year, item.finding.taken) == (ItemKind.ESTIMATE, 2025, "open")
    assert found(one({}, {"return_stage": "filed"}), "return-stage") == []


def test_a_blank_stage_before_a_planned_year_is_told_too() -> None:
    """A year that is planned is the last one, so the blank one before it counts as filed: nobody said so."""
    (item,) = found(one({}, {"return_stage": "planned"}), "return-stage")
    assert (item.finding.year, item.finding.taken) == (2024, "filed")
    assert item.finding.what.endswith("so it is taken for filed, though 2025 is planned.")
    assert found(one({"return_stage": "open"}, {"return_stage": "planned"}), "return-stage") == []
