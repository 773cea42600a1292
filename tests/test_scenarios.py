"""Keep or sell by December 31, the trapped AMT loss and the credit to recover, against clients that did so."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.clients.carryforwards import TrappedLoss, recovery, trapped_loss
from engine.clients.planning import CENT, in_cents
from engine.clients.scenarios import Decision, december, repeating, with_sale
from engine.filing import YEARS
from tests.random_clients import random_clients
from tests.returns import Row, exercise

LAST_DAY = date(2025, 12, 31)
# Single, wages 150,000: regular tax on 134,250 is 25,067. 4,000 shares at 10, value 25, are 60,000 of line 2i.
LOT: Row = exercise(shares=4_000, exercise_price=10, fmv_exercise=25, date_exercised="2025-02-18")


def of(year: int = 2025, **entries: Any) -> Row:
    """A return row: single, wages 150,000, standard deduction."""
    return {"tax_year": year, "filing_status": "single", "wages": 150_000, "deduction": "standard"} | entries


def client(*lots: Row, returns: Any = None, **records: Any) -> Client:
    """A client with these lots, else the one above, by the rate schedules."""
    return Client(exercises=lots or [LOT], returns=returns or [of()], tax_method="schedule", **records)


def these(*values: Any) -> tuple[Any, ...]:
    """Several figures, to compare at once."""
    return values


def decided(client: Client, year: int = 2025, **prices: int) -> Decision:
    """The only decision of a year."""
    found = december(client, year, **{name: Decimal(price) for name, price in prices.items()})
    (decision,) = found.decisions
    return decision


# --- the year of the decision ----------------------------------------------------------------------------


def test_selling_saves_amt_and_makes_ordinary_income() -> None:
    """Kept: 26% × (150,000 + 60,000 - 88,100) = 31,694, less 25,067 = 6,627. Sold: the spread of 60,000 is wages.

    Regular tax is then that on 194,250: 17,651 + 24% × 90,900 = 39,467; 14,400 more, and 7,773 more with AMT.
    """
    decision = decided(client())
    assert these(decision.keep.amt, decision.sell.amt, decision.amt_saved) == (6_627, 0, 6_627)
    assert these(decision.sell.ordinary_income, decision.keep.ordinary_income) == (60_000, 0)
    assert these(decision.keep.regular_tax, decision.regular_tax_added) == (25_067, 14_400)
    assert decision.tax_difference == 7_773
    assert decision.sell.proceeds == 100_000


def test_the_last_day_is_31_december() -> None:
    """The sale stands on it; a day later the shares would be kept."""
    decision = decided(client())
    assert decision.last_day == decision.sell.date_sold == LAST_DAY


def test_without_a_price_the_value_of_form_3921_is_taken_and_told() -> None:
    """And the later price is the same; a given price is told as given."""
    decision = decided(client())
    assert these(decision.price_from, decision.sell.price, decision.keep.price) == ("Form 3921", 25, 25)
    assert decided(client(), sale_price=12).price_from == "given"
    assert decided(client(), sale_price=12).keep.price == 12
    vested_later = LOT | {"vest_date": "2025-06-01", "fmv_vest": 30}
    assert decided(client(vested_later)).price_from == "value at vest"
    assert decided(client(vested_later)).sell.price == 30


def test_after_a_fall_ordinary_income_is_only_the_gain() -> None:
    """At 12: 4,000 × 2 = 8,000 (IRC 422(c)(2)), and no AMT of 6,627 on a spread that is gone."""
    decision = decided(client(), sale_price=12)
    assert decision.sell.ordinary_income == 8_000
    assert decision.amt_saved == 6_627
    assert decision.tax_difference < 0


def test_only_incentive_lots_with_spread_and_shares_left_are_decided() -> None:
    """No NSO, no underwater lot, no lot of another year, none that is sold; of a part sold, the rest."""
    lots = [
        LOT,
        LOT | {"exercise_id": "NSO", "kind": "NSO"},
        LOT | {"exercise_id": "underwater", "fmv_exercise": 8},
        LOT | {"exercise_id": "earlier", "date_granted": "2023-01-03", "date_exercised": "2024-05-06"},
        LOT | {"exercise_id": "sold"},
    ]
    sales = [
        {"exercise_id": "sold", "date_sold": "2025-06-02", "shares": 4_000, "price": 20},
        {"exercise_id": "E1", "date_sold": "2025-06-02", "shares": 1_000, "price": 20},
    ]
    decision = decided(client(*lots, sales=sales))
    assert these(decision.exercise_id, decision.shares) == ("E1", 3_000)


def test_income_as_filed_gives_way_to_what_a_sale_changes() -> None:
    """Else a sale would leave taxable income where it was."""
    as_filed = client(returns=[of(taxable_income=134_000, regular_tax=25_000)])
    assert decided(as_filed).regular_tax_added == 14_400


def test_a_year_that_is_ready_only_as_filed_says_what_it_needs() -> None:
    """Taxable income alone cannot tell what a sale makes of it."""
    found = december(client(returns=[{"tax_year": 2025, "filing_status": "single", "taxable_income": 134_250}]), 2025)
    assert these(found.missing, found.decisions) == (("wages", "deduction"), ())


# --- the years after -------------------------------------------------------------------------------------


def test_kept_shares_are_sold_on_the_first_day_that_qualifies() -> None:
    """A year and a day after exercise: a gain of 60,000 for regular tax, of 0 for AMT; the credit comes back."""
    decision = decided(client(returns=[of(), of(2026)]))
    keep = decision.keep
    assert keep.date_sold == date(2026, 2, 19)
    assert these(keep.regular_gain, keep.amt_gain) == (60_000, 0)
    assert these(keep.credit_used, keep.credit_left) == ({2025: 0, 2026: 6_627}, 0)
    assert decision.compared == (2025, 2026)
    assert decision.repeated == ()
    assert decision.is_whole


def test_after_a_fall_the_kept_shares_leave_a_trapped_loss() -> None:
    """AMT basis 25 per share, sold at 12: a loss of 52,000, of which 2026 takes 3,000."""
    keep = decided(client(returns=[of(), of(2026)]), sale_price=12).keep
    assert these(keep.regular_gain, keep.amt_gain, keep.amt_loss_left) == (8_000, -52_000, 49_000)


def test_both_courses_equal_a_client_that_took_them() -> None:
    """The sale of sales.csv, on that day at that price, gives every tax of every compared year."""
    base = client(LOT, LOT | {"exercise_id": "E2", "shares": 100}, returns=[of(), of(2026)])
    decision = december(base, 2025, Decimal(18), Decimal(31)).decisions[0]
    for course in (decision.keep, decision.sell):
        sale = {"exercise_id": "E1", "date_sold": course.date_sold, "shares": 4_000, "price": course.price}
        years = project(Client(**_records(base) | {"sales": [sale]}, rounding="cents", tax_method="schedule")).years
        assert course.paid == {
            year: result.figures["f6251.10"] + result.figures["f6251.11"] - result.figures["f8801.25"]
            for year, result in years.items()
        }


def _records(client: Client) -> dict[str, Any]:
    return {"exercises": client.exercises, "returns": client.returns}


def test_a_sale_is_added_in_todays_shares() -> None:
    """100 shares at 60, split 3:1: 300 shares left at a value of 20, as Form 3921 has it."""
    lot = LOT | {"employer": "Acorn", "shares": 100, "exercise_price": 30, "fmv_exercise": 60}
    split = {"employer": "Acorn", "effective_date": "2026-01-05", "ratio": "3:1"}
    decision = decided(client(lot, splits=[split]))
    assert these(decision.shares, decision.sell.price, decision.sell.proceeds) == (300, 20, 6_000)


def test_a_year_without_a_return_takes_the_last_one_again() -> None:
    """2026 is covered, so the later sale is compared under the return of 2025, and said to be."""
    decision, given = decided(client()), decided(client(returns=[of(), of(2026)]))
    assert decision.repeated == (2026,)
    assert these(decision.keep, decision.sell) == (given.keep, given.sell)


def test_a_repeated_return_carries_nothing_in_again() -> None:
    """What came in from before the file came in once."""
    carried = {"mtc_carryforward_in": 500, "long_term_carryover_in": 9_000}
    later = repeating(client(returns=[of(**carried)]), 2026).returns[-1]
    assert these(later.tax_year, later.mtc_carryforward_in, later.long_term_carryover_in) == (2026, None, None)
    assert later.wages == 150_000


def test_a_later_sale_beyond_the_covered_years_leaves_this_years_taxes_alone() -> None:
    """No year is invented; what the sale gives in both systems is told all the same."""
    lot = LOT | {"date_granted": f"{YEARS[-1]}-01-05", "date_exercised": f"{YEARS[-1]}-03-02"}
    decision = decided(client(lot, returns=[of(YEARS[-1])]), YEARS[-1])
    assert decision.keep.date_sold.year > YEARS[-1]
    assert not decision.is_whole
    assert these(decision.compared, decision.repeated) == ((YEARS[-1],), ())
    assert these(decision.keep.regular_gain, decision.keep.amt_gain) == (60_000, 0)


def test_a_year_on_the_way_that_is_not_ready_stops_the_comparison() -> None:
    """2026 has a row without wages."""
    decision = decided(client(returns=[of(), {"tax_year": 2026}]))
    assert decision.compared == (2025,)
    assert not decision.is_whole


# --- the break-even price --------------------------------------------------------------------------------


def cash(client: Client, decision: Decision, price: Decimal) -> Decimal:
    """Proceeds of selling by December 31 less the taxes of the compared years, as a projection has them."""
    lot = next(each for each in project(client).lots if each["exercise_id"] == decision.exercise_id)
    extended = repeating(client, decision.compared[-1])
    years = project(with_sale(in_cents_of(extended), lot, decision.last_day, price)).years
    figures: list[Mapping[str, Any]] = [years[year].figures for year in decision.compared]
    paid = sum(each["f6251.10"] + each["f6251.11"] - each["f8801.25"] for each in figures)
    left: Decimal = price * decision.shares - paid
    return left


def in_cents_of(client: Client) -> Client:
    """The same client, computed in cents."""
    return client.model_copy(update={"rounding": "cents"})


def test_at_the_break_even_price_selling_leaves_as_much_and_a_cent_less_does_not() -> None:
    """What is equated: proceeds less the taxes of the compared years, the credit used deducted."""
    for later in (5, 12, 25, 40):
        decision = decided(client(), later_price=later)
        assert decision.break_even is not None
        assert cash(client(), decision, decision.break_even) >= decision.keep.cash
        assert cash(client(), decision, decision.break_even - CENT) < decision.keep.cash


def test_break_even_of_random_clients_turns_at_a_cent() -> None:
    """In every status and year, with other lots, sales and credits about."""
    found = 0
    for each in random_clients(60, seed=31):
        plain = each.model_copy(update={"returns": tuple(_not_as_filed(row) for row in each.returns)})
        for year in [year for year, result in project(plain).years.items() if result.ready][-1:]:
            for decision in december(plain, year).decisions[:2]:
                if decision.break_even:
                    found += 1
                    assert cash(plain, decision, decision.break_even) >= decision.keep.cash
                    assert cash(plain, decision, decision.break_even - CENT) < decision.keep.cash
    assert found > 10


def _not_as_filed(row: Any) -> Any:
    return row.model_copy(update={"taxable_income": None, "regular_tax": None})


def test_selling_for_nothing_breaks_even_where_keeping_brings_less_than_nothing() -> None:
    """Worthless a year later, with AMT paid and no credit yet to use: better gone at any price."""
    assert decided(client(returns=[of(), {"tax_year": 2026}]), sale_price=1, later_price=0).break_even == 0


# --- the trapped loss ------------------------------------------------------------------------------------


def losing(year: int = 2025, **entries: Any) -> Projection:
    """A client with an AMT long-term loss of 12,000 carried into a year."""
    return in_cents(client(returns=[of(year, amt_long_term_carryover_in=12_000, **entries)]))


def test_the_trapped_loss_takes_years_and_a_gain_frees_it() -> None:
    """12,000 less 3,000 of the year leaves 9,000: three more years, or a gain of 6,000 with 3,000 on top."""
    assert trapped_loss(losing()) == TrappedLoss(2025, Decimal(9_000), Decimal(0), Decimal(3_000), 3, Decimal(6_000))


def test_married_separate_takes_half_as_much_a_year() -> None:
    """1,500 a year: 10,500 left takes seven."""
    trapped = trapped_loss(losing(filing_status="married_separate"))
    assert trapped is not None
    assert these(trapped.limit, trapped.amt_loss, trapped.years, trapped.freeing_gain) == (1_500, 10_500, 7, 9_000)


@pytest.mark.parametrize(("gain", "left"), [(6_000, 0), (5_999, 1)])
def test_the_freeing_gain_is_the_least_that_leaves_nothing(gain: int, left: int) -> None:
    """Computed: the next year with that gain carries nothing out, with a dollar less it carries one."""
    returns = [of(amt_long_term_carryover_in=12_000), of(2026, long_term_gain=gain)]
    assert project(client(returns=returns)).years[2026].carryover_out["amt_long_term"] == left


def test_the_years_are_those_that_a_projection_takes() -> None:
    """9,000 after 2022 is gone after 2025, and not before."""
    years = project(client(returns=[of(2022, amt_long_term_carryover_in=12_000), *map(of, (2023, 2024, 2025))])).years
    assert [result.carryover_out["amt_long_term"] for result in years.values()] == [9_000, 6_000, 3_000, 0]


def test_no_loss_is_trapped_where_none_is_carried_out() -> None:
    """Nor where no year is ready."""
    assert trapped_loss(in_cents(client())) is None
    assert trapped_loss(in_cents(client(returns=[{"tax_year": 2025}]))) is None


# --- the credit ------------------------------------------------------------------------------------------


def test_the_credit_comes_back_at_the_room_of_the_repeated_return() -> None:
    """AMT of 6,627 is all credit. Without the exercise TMT is 26% × 61,900 = 16,094: room of 8,973."""
    found = recovery(client())
    assert found is not None
    assert these(found.year, found.left, found.room, found.years, found.used) == (2025, 6_627, 8_973, 1, {2025: 0})


def test_years_are_counted_up() -> None:
    """20,000 at 8,973 a year takes two and a part: three."""
    found = recovery(client(returns=[of(2025, mtc_carryforward_in=28_973)], sales=_sold()))
    assert found is not None
    assert these(found.left, found.room, found.years) == (20_000, 8_973, 3)


def _sold() -> list[Row]:
    """The lot, sold at cost in its year: no AMT of its own."""
    return [{"exercise_id": "E1", "date_sold": "2025-03-04", "shares": 4_000, "price": 10}]


def test_the_returns_of_the_file_tell_what_was_used() -> None:
    """6,627 made in 2025 comes back in 2026, and nothing is left."""
    assert recovery(client(returns=[of(), of(2026)])) is None
    more = recovery(client(LOT | {"shares": 8_000}, returns=[of(), of(2026)]))
    assert more is not None
    assert set(more.used) == {2025, 2026}
    assert more.used[2026] > 0


def test_without_room_no_number_of_years_is_told() -> None:
    """Private activity interest of 500,000 a year keeps tentative tax above regular tax."""
    found = recovery(client(returns=[of(line_2g=500_000, mtc_carryforward_in=5_000)], sales=_sold()))
    assert found is not None
    assert these(found.left, found.room, found.years) == (5_000, 0, None)


def test_a_year_that_is_ready_only_as_filed_still_tells_the_room() -> None:
    """Taxable income of 134,250 as filed is that of wages of 150,000: the same room."""
    filed = {"tax_year": 2025, "filing_status": "single", "taxable_income": 134_250, "mtc_carryforward_in": 99_000}
    found = recovery(client(returns=[filed], sales=_sold()))
    assert found is not None
    assert found.room == 8_973
