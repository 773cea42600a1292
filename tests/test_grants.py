"""The $100,000 limit against cases worked out by hand, and rules that hold for any grants."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Client, Projection, project
from engine.clients.explain import rule
from engine.federal.stock.hundred_thousand_limit import GRANTS, LIMIT
from engine.federal.years import forms_of
from engine.language.lines import unknown_leaves
from engine.language.nodes import Constant
from tests.client_notes import record_notes
from tests.random_clients import Row, random_grants

ACME: Row = {"employer": "Acme, Inc.", "fmv_grant": "10"}
JANUARY: Row = {
    **ACME,
    "grant_id": "G-1",
    "date_granted": "2025-01-15",
    "shares": "6000",
    "date_exercisable": "2026-01-15",
}
MARCH: Row = {
    **ACME,
    "grant_id": "G-2",
    "date_granted": "2025-03-03",
    "shares": "7000",
    "date_exercisable": "2026-03-03",
}


def limited(*rows: Row, **tables: Any) -> Projection:
    """The projection of a client with these tranches."""
    return project(Client(grants=rows, **tables))


def kinds(projection: Projection) -> list[tuple[Any, Any]]:
    """The ISO and the NSO shares of each tranche."""
    return [(row["iso_shares"], row["nso_shares"]) for row in projection.grants]


def only_row(**cells: str) -> dict[str, Any]:
    """What follows from one tranche of 15,000 shares at 10, with some cells replaced."""
    (found,) = limited({**JANUARY, "shares": "15000", **cells}).grants
    return found


def test_two_grants_of_one_year_are_counted_in_the_order_of_grant() -> None:
    """6,000 × 10 = 60,000 leave 40,000 of the limit: 4,000 of the 7,000 shares of March are ISOs, 3,000 are not."""
    projection = limited(JANUARY, MARCH)
    assert kinds(projection) == [(6_000, 0), (4_000, 3_000)]
    assert [(row["value"], row["before"], row["iso_value"]) for row in projection.grants] == [
        (60_000, 0, 60_000),
        (70_000, 60_000, 40_000),
    ]
    assert [row["why"].split(":")[0] for row in projection.grants] == ["Within the limit", "Crosses the limit"]


def test_the_order_of_rows_is_not_that_of_grant() -> None:
    """The same with March first in the file."""
    assert kinds(limited(MARCH, JANUARY)) == [(4_000, 3_000), (6_000, 0)]


@pytest.mark.parametrize(
    ("shares", "iso", "nso"),
    [
        ("9999", "9999", "0"),  # 99,990
        ("10000", "10000", "0"),  # 100,000 is not above 100,000
        ("10001", "10000", "1"),  # 100,010
        ("10000.5", "10000", "0.5"),  # a part of a share that crosses the limit is nonqualified
        ("9999.5", "9999.5", "0"),  # one within it is not
    ],
)
def test_below_at_and_above_the_limit(shares: str, iso: str, nso: str) -> None:
    """At 10 per share the limit is 10,000 shares."""
    assert kinds(limited({**JANUARY, "shares": shares})) == [(Decimal(iso), Decimal(nso))]


@pytest.mark.parametrize(
    ("value", "shares", "iso"),
    [
        ("33.33", "3001", "3000"),  # 3,000 × 33.33 = 99,990; one more is 100,023.33
        ("0.0001", "1000000001", None),
        ("99999.99", "2", "1"),
        ("100000", "2", "1"),
        ("100000.01", "2", "0"),  # a single share is above the limit
        ("1.50", "100000", "66666"),  # 66,666 × 1.50 = 99,999
    ],
)
def test_whole_shares_are_isos_up_to_the_limit(value: str, shares: str, iso: str | None) -> None:
    """Down to whole shares; the rest is nonqualified."""
    if iso is None:
        with pytest.raises(Exception, match="999,999,999"):
            only_row(fmv_grant=value, shares=shares)
        return
    assert only_row(fmv_grant=value, shares=shares)["iso_shares"] == Decimal(iso)


def test_each_calendar_year_has_its_own_limit() -> None:
    """60,000 in each of 2026 and 2027, the last day of the one and the first of the other."""
    later = {**MARCH, "shares": "6000", "date_exercisable": "2027-01-01"}
    assert kinds(limited({**JANUARY, "date_exercisable": "2026-12-31"}, later)) == [(6_000, 0), (6_000, 0)]


def test_each_employer_has_its_own_limit_and_a_group_has_one() -> None:
    """130,000 of two employers are within two limits; as parent and subsidiary they share one, however spelled."""
    beta = {**MARCH, "employer": "Beta LLC"}
    assert kinds(limited(JANUARY, beta)) == [(6_000, 0), (7_000, 0)]
    parent, subsidiary = {**JANUARY, "corporate_group": "Acme Group"}, {**beta, "corporate_group": "ACME  group"}
    assert kinds(limited(parent, subsidiary)) == [(6_000, 0), (4_000, 3_000)]
    assert kinds(limited(JANUARY, {**beta, "corporate_group": "Acme, Inc."})) == [(6_000, 0), (4_000, 3_000)]


def test_an_option_exercisable_at_once_counts_in_the_year_of_grant() -> None:
    """150,000 at once, though it vests over years: 100,000 is ISO, 50,000 is not."""
    row = only_row(date_exercisable="")
    assert (row["year"], row["iso_shares"], row["nso_shares"]) == (2025, 10_000, 5_000)


def test_an_acceleration_counts_in_the_year_it_is_triggered_and_then_by_grant_order() -> None:
    """G-1 was planned for 2028. In 2026 it is 60,000 of an older grant: of March's 70,000 only 40,000 is left."""
    planned = {**JANUARY, "date_exercisable": "2028-01-15"}
    assert kinds(limited(planned, MARCH)) == [(6_000, 0), (7_000, 0)]
    triggered = {**planned, "date_accelerated": "2026-06-30"}
    assert kinds(limited(triggered, MARCH)) == [(6_000, 0), (4_000, 3_000)]


def test_grants_of_one_day_count_in_the_order_of_their_rows_and_a_note_says_so() -> None:
    """70,000 first, then 30,000 of the other's 60,000."""
    same_day = {**MARCH, "date_granted": JANUARY["date_granted"]}
    projection = limited(same_day, JANUARY)
    assert kinds(projection) == [(7_000, 0), (3_000, 3_000)]
    assert any("G-2, G-1 are of the same day" in note for note in projection.notes)


def test_a_split_changes_shares_and_not_the_limit() -> None:
    """3 for 1 after both grants: 6,000 and 7,000 shares at 10 are 18,000 and 21,000 at 3.3333333333."""
    split = {"employer": "ACME, Inc.", "effective_date": "2025-06-02", "ratio": "3:1"}
    projection = limited(JANUARY, MARCH, splits=[split])
    assert kinds(projection) == [(18_000, 0), (12_000, 9_000)]
    assert [row["value"] for row in projection.grants] == [60_000, 70_000]


def test_tranches_add_up_by_year_and_group() -> None:
    """130,000 of 2026, of which 100,000 is ISO; 3,000 shares are not."""
    (year,) = limited(JANUARY, MARCH).grant_years
    assert year == {
        "year": 2026, "group": "Acme, Inc.", "value": 130_000, "iso_value": 100_000, "iso_shares": 10_000,
        "nso_shares": 3_000,
    }  # fmt: skip


def exercise(number: int, shares: int, **cells: str) -> Row:
    """An exercise of the March grant after it became exercisable."""
    row: Row = {"exercise_id": f"E{number}", "grant_id": "g-2", "date_granted": "2025-03-03", "shares": shares}
    return row | {"date_exercised": "2026-04-01", "exercise_price": "10", "fmv_exercise": "30"} | cells


@pytest.mark.parametrize(("shares", "told"), [(3_999, False), (4_000, False), (4_001, True)])
def test_more_exercised_as_iso_than_the_grant_has_is_found_and_nothing_is_retyped(shares: int, told: bool) -> None:
    """4,000 of the March grant are ISOs; the exercise of 4,001 stays an ISO for line 2i until the row is split."""
    projection = limited(JANUARY, MARCH, exercises=[exercise(1, shares), exercise(2, 3_000, kind="NSO")])
    notes = [note for note in projection.notes if "Reg. 1.422-4(c)" in note]
    assert bool(notes) is told
    assert projection.grants[1]["why"].startswith("DIFFERS") is told
    assert projection.lots[0]["adjustment"] == 20 * shares
    if told:
        assert "4,001 shares are exercised as ISO, but only 4,000" in notes[0]


@pytest.mark.parametrize(("shares", "told"), [(10_000, False), (10_001, True), (12_000, True), (12_001, False)])
def test_iso_shares_of_a_later_tranche_do_not_cover_an_exercise_before_it(shares: int, told: bool) -> None:
    """12,000 become exercisable in 2026, of which 10,000 are ISOs; the 7,000 of 2027 cannot be exercised in 2026.

    Beyond the 12,000 the dates are wrong, and that is said instead.
    """
    first, later = {**MARCH, "shares": "12000"}, {**MARCH, "date_exercisable": "2027-03-03"}
    projection = limited(first, later, exercises=[exercise(1, shares)])
    notes = [note for note in projection.notes if "but only 10,000 of those exercisable by then" in note]
    assert bool(notes) is told
    assert any("when 12,000 were exercisable" in note for note in projection.notes) is (shares > 12_000)
    assert not projection.grants[0]["beyond"]


@pytest.mark.parametrize("triggered", [False, True])
def test_too_much_as_iso_is_told_apart_from_an_exercise_before_an_acceleration(triggered: bool) -> None:
    """G-1 takes 60,000 first, by plan or by a trigger in June; 7,000 shares of March were exercised in April."""
    planned = {**JANUARY, "date_exercisable": "2028-01-15", "date_accelerated": "2026-06-30"} if triggered else JANUARY
    notes = limited(planned, MARCH, exercises=[exercise(1, 7_000)]).notes
    (note,) = [note for note in notes if "only 4,000 of the grant are ISO shares" in note]
    assert ("before the acceleration may stay ISO (Reg. 1.422-4(b)(4), provisional)" in note) is triggered


def test_an_exercise_before_its_shares_were_exercisable_is_noted() -> None:
    """On 2026-03-02 nothing of the grant can be bought; from the next day on all of it."""
    early = limited(JANUARY, MARCH, exercises=[exercise(1, 100, date_exercised="2026-03-02")])
    assert any("when 0 were exercisable" in note for note in early.notes)
    assert not any("exercisable; correct" in note for note in limited(MARCH, exercises=[exercise(1, 100)]).notes)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"grant_id": "G-9"}, "without a grant of grants.csv: E1"),
        ({"grant_id": ""}, "without a grant of grants.csv: E1"),
        ({"date_granted": "2025-03-04"}, "but grant G-2 of grants.csv 2025-03-03"),
    ],
)
def test_an_exercise_that_fits_no_grant_is_noted(cells: Row, words: str) -> None:
    """A grant that is missing would take its part of the limit."""
    projection = limited(JANUARY, MARCH, exercises=[{**exercise(1, 100), **cells}])
    assert any(words in note for note in projection.notes)


def test_an_acceleration_is_noted_as_provisional() -> None:
    """What was exercised before the trigger is not tested again."""
    projection = limited({**JANUARY, "date_exercisable": "2028-01-15", "date_accelerated": "2026-06-30"})
    assert any("not tested again (provisional)" in note and "2026-06-30" in note for note in projection.notes)


def test_a_client_without_grants_has_no_limit_and_no_notes_of_it() -> None:
    """Nothing is said of what nobody asked."""
    projection = limited(exercises=[exercise(1, 100)])
    assert (projection.grants, projection.grant_years, projection.notes) == ([], [], record_notes(projection.client))


@settings(max_examples=80)
@given(st.integers(0, 2**32))
def test_no_year_of_a_group_has_more_than_the_limit_and_nothing_is_lost(seed: int) -> None:
    """ISO value at most 100,000; each tranche's kinds add up to its shares; below the limit nothing is nonqualified."""
    projection = limited(*random_grants(Random(seed), 2024))
    for row in projection.grants:
        assert row["iso_shares"] + row["nso_shares"] == row["shares"]
        assert min(row["iso_shares"], row["nso_shares"]) >= 0
    for year in projection.grant_years:
        assert year["iso_value"] <= 100_000
        assert bool(year["nso_shares"]) is (year["value"] > 100_000)
        dearest = max(row["fmv_grant"] for row in projection.grants)
        assert year["value"] <= 100_000 or year["iso_value"] > 100_000 - dearest  # less than one more share is wasted


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_the_order_of_rows_does_not_matter_for_grants_of_different_days(seed: int) -> None:
    """Shuffled rows give each tranche the same shares of each kind; only one day's grants go by their rows."""
    random = Random(seed)
    rows = random_grants(random, 2024)
    rows = [row for row in rows if _first_of_its_day(row, rows)]
    shuffled = random.sample(rows, len(rows))

    def by_tranche(tranches: list[Row]) -> dict[Any, Any]:
        found = project(Client(grants=tranches)).grants
        return {(row["grant_id"], row["year"]): (row["value"], row["before"]) for row in found}

    assert by_tranche([*rows]) == by_tranche(shuffled)


def _first_of_its_day(row: Row, rows: list[Row]) -> bool:
    return next(each for each in rows if each["date_granted"] == row["date_granted"]) is row


def test_columns_of_the_grants_are_declared_in_order_and_said_in_words() -> None:
    """Each leaf names a column above it; each rule can be read; the limit is the statute's own figure."""
    assert unknown_leaves(GRANTS, []) == set()
    words = [rule(line, forms_of(2025).forms) for line in GRANTS if line.expression is not None]
    assert all(words)
    assert not any("None" in each or "Leaf" in each for each in words)
    assert LIMIT.node == Constant(Decimal(100_000))


def test_a_day_of_the_limit_is_a_day_of_the_record() -> None:
    """The first exercisable day: accelerated, else planned, else the grant day."""
    days = [only_row(**cells)["first_exercisable"] for cells in ({}, {"date_exercisable": ""},
            {"date_exercisable": "2028-01-15", "date_accelerated": "2026-06-30"})]  # fmt: skip
    assert days == [date(2026, 1, 15), date(2025, 1, 15), date(2026, 6, 30)]
