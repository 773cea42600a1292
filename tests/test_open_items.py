"""Open items: what is missing, assumed, contradictory or not final is told, with its id, its lines and its answer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from engine import Client, Projection, project
from engine.clients.open_items import ClientState, ComputedClient, OpenItem
from engine.clients.open_items.reach import of_entries
from engine.clients.open_items.settling import figures_told, items_of
from engine.columns import TABLES, ItemKind
from isobook.sources import read_source

LOT: Final = {"exercise_id": "E-1", "kind": "ISO", "date_granted": "2019-01-02", "exercise_price": "1"}
RETURN_2024: Final = {"tax_year": "2024", "filing_status": "single", "wages": "150000", "deduction": "standard"}


def items(projection: Projection, *kinds: ItemKind) -> list[OpenItem]:
    """The items of these kinds; of all where none is named."""
    return [each for each in projection.open_items if not kinds or each.finding.kind in kinds]


def item_of(projection: Projection, column: str) -> OpenItem:
    """The one item of a column."""
    (found,) = [each for each in projection.open_items if each.finding.column == column]
    return found


def exercised_in(year: int, **more: Any) -> dict[str, Any]:
    """An exercise with a spread of $500,000."""
    return {**LOT, "date_exercised": f"{year}-06-01", "fmv_exercise": "51", "shares": "10000"} | more


def test_exercises_before_the_first_return_make_the_credit_brought_in_missing() -> None:
    """An exercise of 2020 with $500,000 on line 2i, returns from 2024 only (audit A2)."""
    projection = project(Client(exercises=[exercised_in(2020)], returns=[RETURN_2024]))
    item = item_of(projection, "mtc_carryforward_in")
    assert item.finding.kind is ItemKind.MISSING
    assert "$500,000 on line 2i" in item.finding.what
    assert "Add returns for 2020 through 2023" in item.finding.what
    assert item.lines["2024"] == ("form_8801.19",)
    assert projection.state is ClientState.NEEDS_ENTRIES


def test_a_typed_zero_is_an_answer_to_what_was_brought_in() -> None:
    """What is entered is not asked for."""
    carried = ("mtc_carryforward_in", "mtc_line_18_in", "short_term_carryover_in", "long_term_carryover_in")
    amt = ("amt_short_term_carryover_in", "amt_long_term_carryover_in")
    row = RETURN_2024 | dict.fromkeys((*carried, *amt), "0")
    projection = project(Client(exercises=[exercised_in(2020)], returns=[row]))
    assert [each for each in projection.open_items if each.finding.column in (*carried, *amt)] == []


def test_an_earlier_sale_at_a_loss_makes_the_loss_brought_in_missing() -> None:
    """Sold in 2022 for $20 per share: $31 below the AMT basis of $51 for 4,000 shares, an AMT loss of $124,000."""
    sale = {"exercise_id": "E-1", "date_sold": "2022-07-01", "shares": "4000", "price": "20"}
    projection = project(Client(exercises=[exercised_in(2020)], sales=[sale], returns=[RETURN_2024]))
    item = item_of(projection, "amt_long_term_carryover_in")
    assert "$124,000" in item.finding.what
    # Entered, it also leaves a blank short-term one at 0, which both blank would take from the regular one.
    assert item.lines["2024"] == ("amt_schedule_d.6", "amt_schedule_d.14", "form_6251.2k")


def test_an_answer_settles_an_item_until_its_figures_change() -> None:
    """The id bears a digest of what the item says: another figure is another id."""
    row = RETURN_2024 | {"foreign_tax_credit": "900", "deduction": "itemized", "itemized_deductions": "20000"}
    lot = exercised_in(2020)
    open_ = project(Client(exercises=[lot], returns=[row]))
    item = item_of(open_, "mtc_carryforward_in")
    answers = [{"item_id": item.id, "answer": "no AMT before 2024, returns of 2020 to 2023 seen"}]
    settled = item_of(project(Client(exercises=[lot], returns=[row], answers=answers)), "mtc_carryforward_in")
    assert settled.id == item.id
    assert settled.is_settled
    changed = {**lot, "shares": "9000"}
    opened = item_of(project(Client(exercises=[changed], returns=[row], answers=answers)), "mtc_carryforward_in")
    assert opened.id != item.id
    assert not opened.is_settled
    assert opened.outdated == answers[0]["answer"]


def test_what_a_year_waits_for_is_missing_and_no_answer_replaces_it() -> None:
    """Without wages no line of the year is known."""
    row = {"tax_year": "2024", "filing_status": "single", "deduction": "standard"}
    item = item_of(project(Client(returns=[row])), "wages")
    assert (item.finding.kind, item.finding.needs_entry) == (ItemKind.MISSING, True)
    answers = [{"item_id": item.id, "answer": "later"}]
    projection = project(Client(returns=[row], answers=answers))
    assert not item_of(projection, "wages").is_settled
    assert projection.state is ClientState.NEEDS_ENTRIES


def test_a_blank_that_means_none_is_listed_once_a_year() -> None:
    """And not asked about."""
    projection = project(Client(returns=[RETURN_2024]))
    assert "line_2g" in projection.taken_as_none[2024]
    assert all(each.finding.column != "line_2g" for each in projection.open_items)
    assert projection.state is ClientState.READY


def test_an_entry_that_the_next_form_8801_reads_reaches_its_line() -> None:
    """The foreign tax credit on exclusion items of 2023 is line 12 of Form 8801 for 2024, and no line of 2023."""
    assert of_entries(("inputs.exclusion_foreign_tax_credit",), (2023,), (2023, 2024))["2024"][0] == "form_8801.12"


def test_what_is_asked_of_the_credit_of_the_last_year_names_the_form_that_has_it() -> None:
    """Line 18 is on the Form 8801 of the first return itself, line 26 on that of the year before."""
    items = project(Client(exercises=[exercised_in(2023)], returns=[RETURN_2024])).open_items
    documents = {each.finding.column: each.finding.document for each in items}
    assert documents["mtc_line_18_in"].startswith("Form 8801 of the 2024 return, line 18")
    assert documents["mtc_carryforward_in"] == "the 2023 return: Form 8801 line 26"


def renamed(item: OpenItem, **changes: Any) -> str:
    """The id of an item whose finding says something else."""
    (again,) = items_of(ComputedClient(Client(), {}, {}, {}, {}, []), [replace(item.finding, reads=(), **changes)])
    return again.id


def test_an_id_rests_on_the_figures_of_a_sentence_and_not_on_its_words() -> None:
    """10,000 shares at a spread of $50 are $500,000: said otherwise the id stays, with another figure it changes."""
    item = item_of(project(Client(exercises=[exercised_in(2020)], returns=[RETURN_2024])), "mtc_carryforward_in")
    what = item.finding.what
    assert "$500,000" in what
    for same in (
        f"Now also: {what}",
        what.replace("line 2i", "Form 6251 line 2i"),
        what.replace("$500,000", "$500,000.00"),
    ):
        assert renamed(item, column="", what=same) == renamed(item, column="", what=what)
    for other in ("$500,001", "-$500,000", "$50,000", "$500,000.50"):
        assert renamed(item, column="", what=what.replace("$500,000", other)) != renamed(item, column="", what=what)


def test_dollars_shares_and_days_of_a_sentence_are_its_figures_and_lines_are_not() -> None:
    """Each in one spelling, so that 500.50 typed as 500.5 is the same answer's item."""
    told = "Sale of 1,200 shares of E-1 on March 5, 2024: $1,234.50 on line 2i (IRC 56(b)(3)), -$5.00 since 2023-02-01."
    assert list(figures_told(told)) == ["1200", "2024-03-05", "1234.5", "-5", "2023-02-01"]


def test_an_id_changes_with_the_lot_the_employer_or_the_status_that_a_sentence_names() -> None:
    """What an item tells is not figures alone: a joint return after head of household is not one after single."""
    separate = RETURN_2024 | {"tax_year": "2023"}
    joint = RETURN_2024 | {"filing_status": "married_joint"}
    single, head = (
        item_of(project(Client(returns=[separate | {"filing_status": status}, joint])), "filing_status").id
        for status in ("single", "head_of_household")
    )
    assert single.startswith("2024-joined-")
    assert single != head


def test_ids_stay_where_rows_are_sorted_and_others_are_added() -> None:
    """Two lots with an election and another price than box 3, in either order, and beside a third: the same ids."""
    more = {"vest_date": "2021-06-01", "fmv_vest": "60", "election_83b": "yes"}
    lots = [exercised_in(2020, exercise_id=name, price_exact=price, **more) for name, price in (("A", "3"), ("B", "4"))]
    third = exercised_in(2020, exercise_id="C", grant_id="other")
    rules = ("elected", "another-price-than-box-3")
    given, turned, beside = (
        {each.id for each in project(Client(exercises=rows)).open_items if each.finding.rule in rules}
        for rows in (lots, lots[::-1], [third, *lots])
    )
    assert len(given) == 4
    assert given == turned == beside


@pytest.mark.parametrize(("price", "told"), [("8.5", "$8.50"), ("8", "$8.00"), ("8.1234", "$8.1234")])
def test_a_price_is_told_with_its_cents(price: str, told: str) -> None:
    """What stands in place of the blank box 8 of Form 3922 is a price: never $8.5, and no place of it is lost."""
    lot = {"exercise_id": "P-1", "kind": "ESPP", "date_granted": "2025-01-02", "date_exercised": "2025-06-30"}
    prices = {"exercise_price": price, "fmv_grant": "10", "fmv_exercise": "12", "shares": "100"}
    items = project(Client([lot | prices], [{**RETURN_2024, "tax_year": 2025}])).open_items
    assert any(f"is blank, so the price paid, {told}, is taken." in item.finding.what for item in items)


def test_a_lot_bought_in_2025_reaches_no_line_of_a_year_before() -> None:
    """Form 3922 box 8 is blank: 2024 was over when the shares were bought."""
    lot = {"exercise_id": "P-1", "employer": "Acorn Inc", "kind": "ESPP", "date_granted": "2025-01-02"}
    lot |= {
        "date_exercised": "2025-06-30",
        "exercise_price": "8.5",
        "fmv_grant": "10",
        "fmv_exercise": "12",
        "shares": "100",
    }
    sale = {"exercise_id": "P-1", "date_sold": "2025-09-01", "shares": 100, "price": "13"}
    items = project(Client([lot], [RETURN_2024, {**RETURN_2024, "tax_year": 2025}], [sale])).open_items
    of_lot = [item for item in items if item.finding.record == "P-1" and item.lines]
    assert of_lot
    assert {year for item in of_lot for year in item.lines} == {"2025"}


def test_no_item_names_a_column_without_the_label_of_its_cell() -> None:
    """A reader of a workbook has no header of a CSV file to look for: '"In wages (W-2)" (w2_income)'."""
    names = {name for table in TABLES.values() for name in table.names if "_" in name}
    projection = project(read_source(Path(__file__).parents[1] / "examples" / "open-items"))
    told = [each.finding.what for each in projection.open_items]
    assert any('"In wages (W-2)" (w2_income) is $4,000.00' in what for what in told)
    assert any("with line 2f (line_2f) the next Form 8801" in what for what in told)
    assert not [what for what in told if names.intersection(re.findall(r"(?<![(\w])[a-z]+(?:_[a-z0-9]+)+", what))]
