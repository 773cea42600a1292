"""Form 8949 as filed: columns (a) to (h) by part and box with totals, and the twin for AMT."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Client, Projection, project
from engine.language.roles import Role
from engine.systems import AMT, REGULAR, SYSTEMS
from tests.random_clients import random_client
from tests.returns import Row

D = Decimal
# 1,500 shares at 2, worth 15 when exercised and sold too early at 28, less costs of 20: paid 3,000, spread 19,500.
LOT: Row = {
    "exercise_id": "C-1",
    "employer": "Cedar Corp",
    "date_granted": "2021-12-01",
    "date_exercised": "2022-09-01",
    "exercise_price": 2,
    "fmv_exercise": 15,
    "shares": 1_500,
}
SALE: Row = {"exercise_id": "C-1", "date_sold": "2023-03-15", "shares": 1_500, "price": 28, "selling_costs": 20}


def client(*sales: Row, **lot: object) -> Projection:
    """The lot with these columns more, and these sales."""
    return project(Client(exercises=[LOT | lot], sales=[SALE | each for each in sales]))


def only(projection: Projection, year: int = 2023) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one row of each system."""
    (regular,), (amt,) = (projection.form_8949(year, system) for system in SYSTEMS)
    return regular, amt


def test_a_row_is_the_line_of_the_form() -> None:
    """Proceeds 42,000 − 20 = 41,980; the broker says 3,000; (g) −19,500 with code B; (h) 41,980 − 3,000 − 19,500.

    For AMT basis 3,000 + 19,500 = 22,500, without code, and the same gain of 19,480.
    """
    regular, amt = only(client({"broker_basis": 3_000, "box_8949": "A"}))
    assert regular == {
        "part": "I",
        "box": "A",
        "lot": "C-1",
        "sale": 1,
        "a": "1,500 sh Cedar Corp",
        "b": date(2022, 9, 1),
        "c": date(2023, 3, 15),
        "d": 41_980,
        "e": 3_000,
        "f": "B",
        "g": -19_500,
        "h": 19_480,
    }
    assert amt == regular | {"e": 22_500, "f": "", "g": None}


def test_beside_box_b_the_correct_basis_stands_in_column_e() -> None:
    """Code B with 0 in (g): (e) is 22,500 (Instructions for Form 8949)."""
    regular, _ = only(client({"broker_basis": 3_000, "box_8949": "B"}))
    assert [regular[name] for name in "efgh"] == [22_500, "B", 0, 19_480]


def test_without_form_1099_b_there_is_no_code() -> None:
    """Box C: the correct basis, no code, nothing in (g)."""
    regular, _ = only(client({"box_8949": "C"}))
    assert [regular[name] for name in ("box", "e", "f", "g", "h")] == ["C", 22_500, "", None, 19_480]


def test_a_box_that_is_not_known_is_blank() -> None:
    """Neither a box nor a broker's basis: the row stands in its part, and its totals go to no line."""
    projection = client({})
    assert only(projection)[0]["box"] == ""
    assert projection.form_8949_totals(2023, REGULAR) == [
        {"part": "I", "box": "", "line": "", "d": 41_980, "e": 22_500, "g": 0, "h": 19_480}
    ]


@pytest.mark.parametrize(("typed", "shown"), [("A", "D"), ("B", "E"), ("C", "F"), ("D", "D"), ("F", "F")])
def test_a_box_of_the_other_part_is_taken_for_its_twin(typed: str, shown: str) -> None:
    """Sold on 2023-09-02, more than a year after the exercise: Part II, whatever box is typed."""
    regular, _ = only(client({"date_sold": "2023-09-02", "box_8949": typed}))
    assert (regular["part"], regular["box"]) == ("II", shown)


def test_each_system_has_the_part_of_its_own_term() -> None:
    """Unvested until 2023-01-10 and kept to 2024-02: sold 2023-12-15, regular from exercise long, for AMT short.

    The two years from grant are over on 2023-12-02, so the sale qualifies; the AMT period starts at vest (IRC 83(f)).
    """
    sale: Row = {"date_sold": "2024-01-05", "box_8949": "D"}
    regular, amt = only(client(sale, vest_date="2023-01-10", fmv_vest=20), 2024)
    assert (regular["part"], regular["box"], regular["b"]) == ("II", "D", date(2022, 9, 1))
    assert (amt["part"], amt["box"], amt["b"]) == ("I", "A", date(2023, 1, 10))
    assert amt["e"] == 1_500 * 20


def test_inherited_stock_says_so_in_column_b() -> None:
    """Not a day, as the instructions have it; held a week it is in Part II."""
    regular, amt = only(client({}, acquired_by="inheritance", basis_adjustment=30_000))
    assert (regular["b"], amt["b"], regular["part"], regular["h"]) == ("Inherited", "Inherited", "II", 41_980 - 33_000)


def test_a_loss_that_does_not_count_stands_in_column_g_of_both_systems() -> None:
    """Wash sale at 1: 1,500 − 20 = 1,480 less 3,000 + 19,500 (no limit): a loss of 21,020 comes back, code W.

    For AMT the basis is 22,500 too. Nothing of it is a gain or loss.
    """
    regular, amt = only(client({"price": 1, "loss_rule": "wash_sale", "box_8949": "A"}))
    assert [regular[name] for name in "defgh"] == [1_480, 22_500, "W", 21_020, 0]
    assert [amt[name] for name in "defgh"] == [1_480, 22_500, "W", 21_020, 0]


def test_what_a_broker_rounds_to_the_cent_is_no_correction() -> None:
    """7 shares at 2.001: 14.007; the broker's 14.01 is the same basis, and there is no code B."""
    sale = {"date_sold": "2024-01-05", "shares": 7, "broker_basis": "14.01", "box_8949": "D"}
    regular, _ = only(client(sale, exercise_price="2", price_exact="2.001"), 2024)
    assert (regular["e"], regular["f"], regular["g"]) == (D("14.007"), "", None)


def test_rows_go_by_part_and_box_and_then_as_entered() -> None:
    """Boxes D, A, F, A, none: the form's order is A, A, none; D, F."""
    days = ["2023-10-02", "2023-03-15", "2023-11-01", "2023-03-16", "2023-03-17"]
    boxes = ["D", "A", "F", "A", ""]
    sales = [{"date_sold": day, "box_8949": box, "shares": 100} for day, box in zip(days, boxes, strict=True)]
    rows = client(*sales).form_8949(2023, REGULAR)
    assert [(row["part"], row["box"], row["sale"]) for row in rows] == [
        *[("I", "A", 2), ("I", "A", 4), ("I", "", 5)],
        *[("II", "D", 1), ("II", "F", 3)],
    ]
    lines = [(each["box"], each["line"], each["d"]) for each in client(*sales).form_8949_totals(2023, REGULAR)]
    assert lines == [("A", "1b", 5_560), ("", "", 2_780), ("D", "8b", 2_780), ("F", "10", 2_780)]


@settings(max_examples=80)
@given(st.integers(0, 2**32))
def test_every_row_adds_up_and_the_parts_are_those_of_schedule_d(seed: int) -> None:
    """(h) = (d) − (e) + (g) exactly, and the sums of (h) are the stock gains of Schedule D, to the rounding."""
    projection = project(random_client(Random(seed)))
    for year, result in projection.years.items():
        for system in SYSTEMS:
            rows = projection.form_8949(year, system)
            assert all(row["h"] == row["d"] - row["e"] + (row["g"] or 0) for row in rows)
            assert len(rows) == sum(sale["is_sale"] for sale in projection.sales if sale["year_sold"] == year)
            totals = projection.form_8949_totals(year, system)
            for part, role in (("I", Role.SHORT_TERM_STOCK), ("II", Role.LONG_TERM_STOCK)):
                gains = sum((each["h"] for each in totals if each["part"] == part), D(0))
                assert abs(gains - result.figure(role, system)) <= D("0.5")


def test_gifts_and_transfers_are_no_rows() -> None:
    """A gift is reported nowhere on Form 8949."""
    assert client({"disposition": "gift", "price": None, "selling_costs": None}).form_8949(2023, AMT) == []
