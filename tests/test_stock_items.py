"""Open items of exercises and sales: the audit's inputs, each with the figure that it asks about."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Client, Projection, project
from engine.clients.open_items import Finding
from engine.clients.resting import rests_on
from engine.columns import ItemKind, Why
from tests.returns import Row

LOT: Row = {
    "exercise_id": "E-1",
    "employer": "Cedar Corp",
    "kind": "ISO",
    "date_granted": "2022-03-01",
    "date_exercised": "2024-02-01",
    "exercise_price": 10,
    "fmv_exercise": 28,
    "shares": 100,
    "doc_ref": "3921",
}
SALE: Row = {"exercise_id": "E-1", "date_sold": "2024-11-01", "shares": 40, "price": 30, "box_8949": "A"}
YEAR: Row = {"tax_year": 2024, "filing_status": "single", "wages": 150_000, "deduction": "standard"}


def client(*sales: Row, lots: list[Row] | None = None, **more: Any) -> Projection:
    """One lot or these, and these sales."""
    return project(Client(exercises=lots or [LOT], sales=[SALE | each for each in sales], returns=[YEAR], **more))


def pressing(projection: Projection) -> dict[str, Finding]:
    """What is missing or to confirm in the records, by its rule; the returns left aside."""
    found = [each.finding for each in projection.open_items if each.finding.table != "returns"]
    return {each.rule: each for each in found if each.kind in (ItemKind.MISSING, ItemKind.CONFIRM)}


# --- exercises -------------------------------------------------------------------------------------------


def test_a_lot_in_order_has_no_item() -> None:
    """All is given: nothing is asked."""
    assert pressing(client()) == {}


@pytest.mark.parametrize(
    ("cells", "rule", "why", "words"),
    [
        ({"date_granted": "2014-01-31"}, "after-ten-years", Why.CONFLICT, "more than ten years after the grant"),
        ({"employment_ended": "2023-10-31"}, "after-employment", Why.CONFLICT, "ended on October 31, 2023"),
        ({"election_83b": "yes"}, "elected-in-vain", Why.CONFLICT, "without a vest_date"),
        (
            {"election_83b": "yes", "vest_date": "2024-06-03", "fmv_vest": 40},
            "elected",
            Why.UNPROVEN,
            "within 30 days",
        ),
        ({"vest_date": "2024-06-03", "fmv_vest": 40}, "value-typed", Why.DOUBTFUL, "$40 per share on June 3, 2024"),
        (
            {"price_exact": "13"},
            "another-price-than-box-3",
            Why.CONFLICT,
            "$13, is used in place of exercise_price, $10",
        ),
        ({"basis_adjustment": "-1001"}, "basis-below-zero", Why.CONFLICT, "less than $0"),
        ({"basis_adjustment": 300, "doc_ref": ""}, "adjusted-without-reason", Why.DOUBTFUL, "basis_adjustment $300"),
        ({"acquired_by": "inheritance"}, "basis_adjustment", Why.ASSUMED, "is blank, so none is taken"),
        ({"basis_adjustment": 300}, "amt_basis_adjustment", Why.ASSUMED, "$300.00, is taken"),
    ],
)
def test_a_doubtful_exercise_is_to_confirm(cells: Row, rule: str, why: Why, words: str) -> None:
    """With the rule that finds it, why, and what it says of the lot."""
    found = pressing(client(lots=[LOT | cells]))[rule]
    assert (found.kind, found.why, found.record, found.row) == (ItemKind.CONFIRM, why, "E-1", 1)
    assert words in found.what


@pytest.mark.parametrize(
    "cells",
    [
        {"date_granted": "2014-02-01"},  # the last day of ten years
        {"employment_ended": "2023-11-01"},  # three months to the day
        {"employment_ended": "2023-10-01", "kind": "NSO"},
        {"date_granted": "2010-01-04", "kind": "NSO"},
        {"price_exact": "10.004"},  # rounds to box 3
        {"basis_adjustment": 300, "acquired_by": "inheritance"},
        {"basis_adjustment": 300, "amt_basis_adjustment": 0, "acquired_by": "spouse", "doc_ref": ""},
    ],
)
def test_what_is_within_the_rules_is_not_asked(cells: Row) -> None:
    """The last day, another kind, and what explains itself."""
    assert pressing(client(lots=[LOT | cells])) == {}


def test_two_equal_exercises_under_two_ids_are_told() -> None:
    """Audit A9: the same employer, grant, days, price, value and shares; a third with other shares is another one."""
    lots = [LOT, LOT | {"exercise_id": "E-2"}, LOT | {"exercise_id": "E-3", "shares": 101}]
    found = [each.finding for each in client(lots=lots).open_items if each.finding.rule == "twice"]
    assert [(each.record, each.why) for each in found] == [("E-1", Why.CONFLICT), ("E-2", Why.CONFLICT)]


def test_two_spellings_of_an_employer_are_one_in_equal_exercises() -> None:
    """An employer is one whatever its case and spaces, as it is for splits and sales."""
    found = client(lots=[LOT, LOT | {"exercise_id": "E-9", "employer": "CEDAR  corp"}])
    assert pressing(found)["twice"].record == "E-9"


def test_an_exercise_that_another_row_has_with_its_grant_is_told() -> None:
    """Typed twice, once without its grant: the row without is told; two rows of two grants are two exercises."""
    lots = [LOT | {"grant_id": "A"}, LOT | {"exercise_id": "E-2"}]
    found = [each.finding.record for each in client(lots=lots).open_items if each.finding.rule == "twice"]
    assert found == ["E-2"]
    assert "twice" not in pressing(client(lots=[lots[0], lots[1] | {"grant_id": "B"}]))


def test_a_blank_kind_beside_typed_ones_is_told() -> None:
    """ISO is taken; where no row names a kind nothing is asked."""
    lots = [LOT, {name: value for name, value in LOT.items() if name != "kind"} | {"exercise_id": "E-2", "shares": 7}]
    found = pressing(client(lots=lots))["kind-blank"]
    assert (found.record, found.taken, found.why) == ("E-2", "ISO", Why.ASSUMED)
    assert pressing(client(lots=lots[1:])) == {}


def test_a_lot_without_employer_is_told_where_names_matter() -> None:
    """A split of another lot's employer, or a sale first in, first out."""
    lots = [LOT, LOT | {"exercise_id": "E-2", "employer": "", "shares": 7}]
    split = {"employer": "Cedar Corp", "effective_date": "2024-12-02", "ratio": 2}
    assert pressing(client(lots=lots, splits=[split]))["employer-blank"].record == "E-2"
    assert "employer-blank" not in pressing(client(lots=lots))


def test_an_employer_in_two_spellings_is_asked_about_where_names_matter() -> None:
    """A 2:1 split of Cedar Corp leaves 7 shares of Cedar, Inc. at 7, which is asked; of CEDAR corp they are 14."""
    lots = [LOT, LOT | {"exercise_id": "E-2", "employer": "Cedar, Inc.", "shares": 7}]
    split = {"employer": "Cedar Corp", "effective_date": "2024-12-02", "ratio": 2}
    found = client(lots=lots, splits=[split])
    told = pressing(found)["two-spellings"]
    assert (told.record, found.lots[1]["shares"]) == ("E-2", 7)
    assert "employer is Cedar, Inc. here and Cedar Corp in other records, taken as two employers" in told.what
    assert "two-spellings" not in pressing(client(lots=lots))
    alike = client(lots=[LOT, lots[1] | {"employer": "CEDAR  corp"}], splits=[split])
    assert "two-spellings" not in pressing(alike)
    assert alike.lots[1]["shares"] == 14


def test_what_rests_on_a_doubt_is_a_figure() -> None:
    """As a nonqualified option the spread of 100 × 18 leaves line 2i."""
    projection = client(lots=[LOT | {"employment_ended": "2023-10-31"}])
    (item,) = [each for each in projection.open_items if each.finding.rule == "after-employment"]
    assert "line 2i of 2024 would be $0 instead of $1,800" in rests_on(projection)[item.id]


def test_what_rests_on_a_doubt_is_not_known_in_a_year_that_cannot_be_computed() -> None:
    """Without wages 2024 has no AMT to compare, and it is not said that nothing changes."""
    year = {name: value for name, value in YEAR.items() if name != "wages"}
    projection = project(Client(exercises=[LOT | {"employment_ended": "2023-10-31"}], returns=[year]))
    (item,) = [each for each in projection.open_items if each.finding.rule == "after-employment"]
    told = rests_on(projection)[item.id]
    assert told == "Nothing changes in the forms of this file, as far as known: 2024 cannot be computed yet."


# --- sales -----------------------------------------------------------------------------------------------


def test_income_in_wages_other_than_computed_is_told() -> None:
    """Audit A6: 900 beside 40 × 18 = 720."""
    found = pressing(client({"w2_income": 900}))["income-in-wages"]
    assert (found.why, found.taken) == (Why.CONFLICT, "900.00")
    assert "w2_income is $900.00, but its ordinary income is computed as $720.00" in found.what
    assert pressing(client({"w2_income": 720})) == {}
    assert pressing(client({"w2_income": 0})) == {}  # the employer left it out


def test_income_in_wages_of_an_old_lot_by_first_in_first_out_is_told() -> None:
    """Audit A6: 25,000 in wages, and the oldest lot, both periods over, has no ordinary income."""
    old = LOT | {"exercise_id": "E-0", "date_granted": "2018-03-01", "date_exercised": "2019-02-01"}
    sale: Row = {"exercise_id": "", "employer": "Cedar Corp", "w2_income": 25_000, "box_8949": "D"}
    found = pressing(client(sale, lots=[LOT, old]))
    assert "computed as $0.00" in found["income-in-wages"].what
    assert "name it in exercise_id" in found["income-in-wages"].what
    assert "first in, first out is taken: 40 of E-0" in found["first-in-first-out"].what


def test_blank_income_in_wages_names_the_amount() -> None:
    """40 × 18 = 720 is added to wages."""
    found = pressing(client({}))["income-not-in-wages"]
    assert (found.why, found.column) == (Why.ASSUMED, "w2_income")
    assert "$720.00 is added to wages" in found.what


def test_a_box_against_the_holding_period_is_told() -> None:
    """Audit A8: a long-term sale with box A stands in Part II with box D."""
    found = pressing(client({"date_sold": "2025-06-02"}))["box-against-term"]
    assert (found.why, found.taken) == (Why.CONFLICT, "D")
    assert "box A of Form 8949 does not fit a long-term sale, so box D is taken" in found.what


def test_a_sale_without_form_1099_b_is_one_optional_item() -> None:
    """Neither a box nor a basis of the broker."""
    items = [each.finding for each in client({"box_8949": "", "w2_income": 720}).open_items]
    (found,) = [each for each in items if each.table == "sales"]
    assert (found.rule, found.kind) == ("form-1099-b", ItemKind.OPTIONAL)


# --- wash sales ------------------------------------------------------------------------------------------

# 40 shares sold at 5 on 2025-03-10, 403 days after the exercise: 200 less 400 and less 1,120: losses of 200 and 920.
WASHED: Row = {"date_sold": "2025-03-10", "price": 5, "loss_rule": "wash_sale", "box_8949": "D"}
REPLACEMENT: Row = LOT | {"exercise_id": "E-2", "date_exercised": "2025-03-20", "shares": 40}


def test_a_wash_sale_says_what_to_enter_for_the_replacement_lot() -> None:
    """Audit A5: 200 and 920, and the day of the replacement less 403 days: 2024-02-11."""
    found = pressing(client(WASHED, lots=[LOT, REPLACEMENT]))["wash-sale"]
    assert (found.kind, found.table, found.row, found.column) == (ItemKind.MISSING, "exercises", 2, "basis_adjustment")
    assert "a loss of $200.00 for regular tax and of $920.00 for AMT" in found.what
    assert "basis_adjustment 200.00, amt_basis_adjustment 920.00, and held_since 2024-02-11 in E-2" in found.what


def test_a_wash_sale_is_settled_by_the_lot_that_carries_it() -> None:
    """With the amounts in the replacement lot; with another amount it stays open, and what is carried is told."""
    carried = REPLACEMENT | {"basis_adjustment": 200, "amt_basis_adjustment": 920, "held_since": "2024-02-11"}
    assert pressing(client(WASHED, lots=[LOT, carried | {"doc_ref": ""}])) == {}
    found = pressing(client(WASHED, lots=[LOT, carried | {"amt_basis_adjustment": 200}]))["wash-sale"]
    assert "They carry $200.00 and $200.00 now." in found.what


def test_a_wash_sale_without_a_replacement_in_the_file_is_to_confirm() -> None:
    """The shares may have been bought on the market: the amounts and the days are told."""
    found = pressing(client(WASHED))["wash-sale"]
    assert (found.kind, found.table, found.row) == (ItemKind.CONFIRM, "sales", 1)
    assert "enter basis_adjustment 200.00, amt_basis_adjustment 920.00, and in held_since their day less 403 days" in (
        found.what
    )


def test_a_loss_to_a_related_party_goes_into_no_basis() -> None:
    """IRC 267: a note, no item."""
    projection = client(WASHED | {"loss_rule": "related_party"}, lots=[LOT, REPLACEMENT])
    assert "wash-sale" not in pressing(projection)
    assert any("goes into no other basis" in note for note in projection.notes)


def test_a_transfer_at_death_is_a_note() -> None:
    """Nothing is asked of the row itself: what is carried on after it is."""
    found = client({"disposition": "death", "price": None, "box_8949": ""})
    assert pressing(found) == {}
    assert any("IRC 1014" in note for note in found.notes)


def test_a_transfer_to_a_spouse_on_a_joint_return_contradicts_it() -> None:
    """The shares stay on the return; on a separate one the row is right, and a note says what the receiver enters."""
    row: Row = {"disposition": "spouse", "price": None, "box_8949": ""}
    joint = project(Client(exercises=[LOT], sales=[SALE | row], returns=[YEAR | {"filing_status": "married_joint"}]))
    assert "leave the row out" in pressing(joint)["transfer-to-spouse"].what
    single = client(row)
    assert "transfer-to-spouse" not in pressing(single)
    assert any("acquired_by spouse" in note for note in single.notes)
