from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.records import Client, ResolvedSale

Row = dict[str, object]


def lot(number: int, day: object, shares: object = 100, **cells: object) -> Row:
    """One exercise of Acme, price 10 and value 30."""
    usual: Row = {
        "exercise_id": f"E{number}", "employer": "Acme", "date_granted": "2019-01-02", "date_exercised": day,
        "exercise_price": 10, "fmv_exercise": 30, "shares": shares,
    }  # fmt: skip
    return usual | cells


def sale(day: object, shares: object, exercise_id: str = "", **cells: object) -> Row:
    """One sale of Acme at 50; without an id, first in, first out."""
    return {"exercise_id": exercise_id, "employer": "ACME ", "date_sold": day, "shares": shares, "price": 50} | cells


def split(day: object, ratio: object) -> Row:
    """One split of Acme."""
    return {"employer": "acme", "effective_date": day, "ratio": ratio}


def cells(record: object, *columns: str) -> tuple[Any, ...]:
    """Some cells of a record."""
    return tuple(getattr(record, column) for column in columns)


def sold(client: Client) -> list[tuple[Any, ...]]:
    """Each resolved sale: its row, its lot's id and its shares."""
    return [cells(each, "row", "exercise_id", "shares") for each in client.resolved.sales]


# --- first in, first out ---------------------------------------------------------------------------------


def test_the_oldest_lot_goes_first_whatever_its_row() -> None:
    """150 shares: 100 of 2020 (row 2), then 50 of 2021 (row 1); 2022 is untouched."""
    client = Client(
        exercises=[lot(1, "2021-05-03"), lot(2, "2020-05-04"), lot(3, "2022-05-02")], sales=[sale("2023-01-03", 150)]
    )
    assert sold(client) == [(1, "E2", 100), (1, "E1", 50)]
    assert [each.lot for each in client.resolved.sales] == [2, 1]


def test_of_two_lots_of_a_day_the_first_row_goes_first() -> None:
    """Only here the order of rows decides."""
    assert sold(Client(exercises=[lot(2, "2020-05-04"), lot(1, "2020-05-04")], sales=[sale("2023-01-03", 1)])) == [
        (1, "E2", 1)
    ]


def test_a_later_exercise_is_not_sold() -> None:
    """A lot counts from the day of its exercise on."""
    client = Client(
        exercises=[lot(1, "2020-05-04"), lot(2, "2023-01-03")], sales=[sale("2023-01-03", 150), sale("2023-01-02", 30)]
    )
    assert sold(client) == [(1, "E1", 70), (1, "E2", 80), (2, "E1", 30)]


def test_the_earlier_sale_takes_first_whatever_its_row() -> None:
    """The sale of January has E1, that of March what is left."""
    client = Client(
        exercises=[lot(1, "2020-05-04"), lot(2, "2021-05-03")], sales=[sale("2023-03-01", 60), sale("2023-01-03", 60)]
    )
    assert sold(client) == [(1, "E1", 40), (1, "E2", 20), (2, "E1", 60)]


def test_a_lot_that_is_named_goes_before_first_in_first_out_on_its_day() -> None:
    """80 of E1 are identified, so the other sale of the day finds 20 there."""
    client = Client(
        exercises=[lot(1, "2020-05-04"), lot(2, "2021-05-03")],
        sales=[sale("2023-01-03", 30), sale("2023-01-03", 80, "E1")],
    )
    assert sold(client) == [(1, "E1", 20), (1, "E2", 10), (2, "E1", 80)]


def test_another_employers_lots_are_left_alone() -> None:
    """Employers are matched without case and spaces."""
    client = Client(
        exercises=[lot(1, "2020-05-04", employer="Other"), lot(2, "2021-05-03")], sales=[sale("2023-01-03", 5)]
    )
    assert sold(client) == [(1, "E2", 5)]


def test_amounts_of_the_whole_sale_are_divided_to_the_cent() -> None:
    """Over three equal lots 10.00 is 3.33, 3.34 and 3.33 (3.33, 6.67 and 10.00 added up); blank stays blank."""
    exercises = [lot(number, f"2020-05-0{number}") for number in (1, 2, 3)]
    client = Client(
        exercises=exercises, sales=[sale("2023-01-03", 300, selling_costs="10", w2_income="0.01", doc_ref="1099")]
    )
    pieces = client.resolved.sales
    assert [each.selling_costs for each in pieces] == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    assert [each.w2_income for each in pieces] == [0, Decimal("0.01"), 0]
    assert [cells(each, "broker_basis", "doc_ref", "price") for each in pieces] == [(None, "1099", 50)] * 3


@given(st.decimals(0, 10_000, places=3), st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_divided_amounts_add_up_and_none_is_negative(amount: Decimal, parts: Sequence[int]) -> None:
    """Nothing is lost between the lots, a fraction of a cent included."""
    exercises = [lot(number, date(2020, 1, number), shares) for number, shares in enumerate(parts, 1)]
    pieces = Client(exercises=exercises, sales=[sale("2023-01-03", sum(parts), broker_basis=amount)]).resolved.sales
    divided = [each.broker_basis or Decimal(0) for each in pieces]
    assert sum(divided) == amount
    assert min(divided) >= 0


# --- splits ----------------------------------------------------------------------------------------------


def test_a_split_restates_a_lot() -> None:
    """3:1: 100 shares at 10, value 30, become 300 at 3.3333333333, value 10."""
    (today,) = Client(exercises=[lot(1, "2020-05-04")], splits=[split("2021-06-01", "3:1")]).resolved.exercises
    assert cells(today, "shares", "fmv_exercise") == (300, 10)
    assert cells(today, "exercise_price", "price_exact") == (Decimal("3.3333333333"), Decimal("3.3333333333"))


def test_a_price_that_stays_in_cents_needs_no_exact_price() -> None:
    """10 / 2 is 5; an exact price that was given is restated as well."""
    exercises = [lot(1, "2020-05-04"), lot(2, "2020-05-04", price_exact="10.0025")]
    first, second = Client(exercises=exercises, splits=[split("2021-06-01", 2)]).resolved.exercises
    assert cells(first, "exercise_price", "price_exact") == (5, None)
    assert cells(second, "exercise_price", "price_exact") == (5, Decimal("5.00125"))


def test_a_split_between_exercise_and_vest_leaves_the_value_at_vest() -> None:
    """It is a value of a new share already; a split after vest divides both."""
    row = lot(1, "2020-05-04", vest_date="2021-07-01", fmv_vest=40)
    between, after = split("2021-06-01", 2), split("2021-07-02", 5)
    (today,) = Client(exercises=[row], splits=[between]).resolved.exercises
    assert cells(today, "shares", "fmv_exercise", "fmv_vest") == (200, 15, 40)
    (today,) = Client(exercises=[row], splits=[between, after]).resolved.exercises
    assert cells(today, "shares", "fmv_exercise", "fmv_vest") == (1000, 3, 8)


@pytest.mark.parametrize(("day", "shares", "price"), [("2021-05-31", 20, 25), ("2021-06-01", 10, 50)])
def test_a_split_counts_from_the_start_of_its_day(day: str, shares: int, price: int) -> None:
    """A sale the day before is in old shares, one on the day in new ones; so is an exercise."""
    client = Client(exercises=[lot(1, "2020-05-04")], sales=[sale(day, 10, "E1")], splits=[split("2021-06-01", 2)])
    assert [cells(each, "shares", "price") for each in client.resolved.sales] == [(shares, price)]
    (today,) = Client(exercises=[lot(1, day, 10)], splits=[split("2021-06-01", 2)]).resolved.exercises
    assert cells(today, "shares", "fmv_exercise") == (shares, Decimal(30) * 10 / shares)


def test_amounts_of_the_whole_sale_are_not_restated() -> None:
    """Costs and wages of a sale are dollars, not dollars per share."""
    row = sale("2021-05-31", 10, "E1", selling_costs="9.95", w2_income=200, broker_basis=100)
    (piece,) = Client(exercises=[lot(1, "2020-05-04")], sales=[row], splits=[split("2021-06-01", 2)]).resolved.sales
    assert cells(piece, "selling_costs", "w2_income", "broker_basis") == (Decimal("9.95"), 200, 100)


def test_splits_multiply() -> None:
    """3:2 and then 1:10 make 15 of 100; a price of 10 becomes 66.67, exactly 66.6666666667."""
    splits = [split("2022-01-03", "1:10"), split("2021-06-01", "3-for-2")]
    (today,) = Client(exercises=[lot(1, "2020-05-04")], splits=splits).resolved.exercises
    assert cells(today, "shares", "price_exact") == (15, Decimal("66.6666666667"))


def test_first_in_first_out_counts_in_shares_of_today() -> None:
    """150 old shares are 300: 200 of E1 (100 old), 100 of E2; E2's other 100 are sold as new shares."""
    exercises = [lot(1, "2020-05-04"), lot(2, "2020-06-04")]
    sales = [sale("2021-05-31", 150), sale("2021-06-01", 100)]
    client = Client(exercises=exercises, sales=sales, splits=[split("2021-06-01", 2)])
    assert sold(client) == [(1, "E1", 200), (1, "E2", 100), (2, "E2", 100)]


def test_another_employers_split_changes_nothing() -> None:
    """Nor does a split restate a lot without an employer."""
    exercises = [lot(1, "2020-05-04"), lot(2, "2020-05-04", employer=None), lot(3, "2020-05-04", employer="B")]
    today = Client(exercises=exercises, splits=[split("2021-06-01", 2)]).resolved.exercises
    assert [each.shares for each in today] == [200, 100, 100]


def test_records_are_as_given_without_splits() -> None:
    """Nothing is rounded or spelled anew; a gift has the price 0."""
    row = lot(1, "2020-05-04", "0.123456789", exercise_price="0.12345678901234")
    client = Client(exercises=[row], sales=[sale("2023-01-03", "0.1", "e1", disposition="gift", price=None)])
    assert client.resolved.exercises == client.exercises
    (piece,) = client.resolved.sales
    assert cells(piece, "exercise_id", "disposition", "shares", "price") == ("E1", "gift", Decimal("0.1"), 0)


# --- whatever comes in -----------------------------------------------------------------------------------

FIRST = date(2021, 1, 1)
DAYS = st.integers(0, 300).map(lambda days: FIRST + timedelta(days))
RATIOS = st.sampled_from(["2", "3:2", "1:2", "1:4", "5", "0.8"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Row], list[Row], list[Row]]:
    """Exercises, sales and splits of one employer, no two of a table on the same day."""
    days = draw(st.lists(DAYS, min_size=1, max_size=5, unique=True))
    exercises = [lot(number, day, draw(st.integers(1, 9)) * 100) for number, day in enumerate(days, 1)]
    names = st.sampled_from(["", "", *(str(row["exercise_id"]) for row in exercises)])
    sale_days = draw(st.lists(DAYS, max_size=6, unique=True))
    sales = [
        sale(day, draw(st.integers(1, 6)) * 40, draw(names), doc_ref=f"S{place}") for place, day in enumerate(sale_days)
    ]
    return exercises, sales, [split(day, draw(RATIOS)) for day in draw(st.lists(DAYS, max_size=3, unique=True))]


def outcome(exercises: list[Row], sales: list[Row], splits: list[Row]) -> object:
    """What is resolved, or refused, without regard to rows."""
    try:
        resolved = Client(exercises=exercises, sales=sales, splits=splits).resolved
    except InputError as error:
        return sorted(cells(problem, "column", "value", "expected") for problem in error.problems)
    lots = sorted(cells(each, "exercise_id", "shares", "exercise_price") for each in resolved.exercises)
    return lots, sorted((each.doc_ref or "", each.exercise_id, each.shares, each.price) for each in resolved.sales)


@given(tables(), st.randoms())
def test_the_order_of_rows_does_not_matter(rows: tuple[list[Row], list[Row], list[Row]], random: object) -> None:
    """The days decide, so that a file may be sorted by anything."""
    shuffled = [sorted(table, key=lambda _: random.random()) for table in rows]  # type: ignore[attr-defined]
    assert outcome(*shuffled) == outcome(*rows)


@given(tables())
def test_every_share_sold_is_taken_from_one_lot_and_none_is_oversold(
    rows: tuple[list[Row], list[Row], list[Row]],
) -> None:
    """The shares of a sale come out of its lots whole, a split later or not, and its proceeds with them."""
    exercises, sales, splits = rows
    try:
        client = Client(exercises=exercises, sales=sales, splits=splits)
    except InputError:
        return
    resolved = client.resolved
    for number, today in enumerate(resolved.exercises, 1):
        assert sum(piece.shares for piece in resolved.sales if piece.lot == number) <= today.shares
    for row, given_sale in enumerate(client.sales, 1):
        pieces = [piece for piece in resolved.sales if piece.row == row]
        assert abs(proceeds(pieces) - given_sale.shares * 50) < Decimal("0.0001")
        assert {piece.lot for piece in pieces} <= {place for place, _ in enumerate(exercises, 1)}


def proceeds(pieces: Sequence[ResolvedSale]) -> Decimal:
    """What was received for the parts of a sale, in dollars."""
    return sum((piece.shares * piece.price for piece in pieces), Decimal(0))
