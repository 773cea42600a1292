"""What Exercises and Sales say of a row in a word, where the printed page ends, and what is hidden."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from engine import Client, project
from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.printed_clients import PRINTED
from tests.spreadsheets import recalculated_by_ironcalc, type_in
from tests.workbook_facts import Facts
from workbook_templates.contents.records.record_words import record_words
from workbook_templates.fill import shape_of, values_of, workbook

LOT: dict[str, Any] = {"exercise_id": "E1", "date_granted": "2022-01-10", "date_exercised": "2024-03-01"}
LOT |= {"exercise_price": "2", "fmv_exercise": "12", "shares": "1000"}
SALE: dict[str, Any] = {"exercise_id": "E1", "date_sold": "2025-06-02", "shares": "1000", "price": "20"}


def state(last: int = 2025, sales: list[dict[str, Any]] | None = None, **changed: Any) -> str:
    """The state of one lot at the end of a year."""
    projection = project(Client(exercises=[LOT | changed], sales=sales or []))
    (found,) = record_words(projection.records, last)["exercises.state"]
    return str(found)


def test_a_lot_qualifies_from_the_day_after_both_periods() -> None:
    """Exercised March 1, 2024: it qualifies from March 2, 2025, more than a year later."""
    assert state(2024) == "held until 03/02/2025"
    assert state(2025) == "held, qualifies"


def test_a_lot_that_is_partly_sold_is_part_held() -> None:
    """400 of 1,000 shares."""
    assert state(sales=[SALE | {"shares": "400"}]) == "part held, qualifies"
    assert state(sales=[SALE]) == "all sold"
    assert state(sales=[SALE | {"disposition": "gift", "price": None}]) == "none left"


def test_an_underwater_lot_says_how_many_shares_are_held() -> None:
    """A value of 1 under the price of 2."""
    assert state(fmv_exercise="1") == "underwater, 1,000 sh held"
    assert state(fmv_exercise="1", sales=[SALE]) == "all sold"


@pytest.mark.parametrize("kind", ["NSO", "RSU"])
def test_what_was_wages_says_so(kind: str) -> None:
    """Of both kinds whose spread is in wages."""
    lot: dict[str, Any] = {"kind": kind} | ({"date_granted": None, "exercise_price": None} if kind == "RSU" else {})
    assert state(**lot) == f"{kind}: in wages"
    assert state(**lot, sales=[SALE]) == f"{kind}: in wages, all sold"


def test_a_sale_bears_the_employer_of_its_lot_and_its_outcome() -> None:
    """Of the example of six years: NSO for a nonqualified option."""
    projection = project(read_source(EXAMPLES / "six-years"))
    words = record_words(projection.records, 2025)
    assert list(words["sales.outcome"])[:2] == ["qualifying", "disqualifying"]
    assert "NSO" in words["sales.outcome"]
    assert list(words["sales.lot_employer"])[:2] == ["Acorn Inc", "Cedar Corp"]


def six_years() -> Workbook:
    """The workbook of the example."""
    return load_workbook(BytesIO(workbook(read_source(EXAMPLES / "six-years"))), data_only=True)


def test_the_printed_page_ends_at_the_last_record() -> None:
    """Totals, six years of line 2i and the note stand above 7 exercises: rows 14 to 20; 8 sales in rows 8 to 15."""
    book = six_years()
    assert str(book["Exercises"].print_area).endswith("$S$20")
    assert str(book["Sales"].print_area).endswith("$Q$15")
    assert book["Exercises"]["A20"].value == "D-2"
    hidden = [row for row in range(7, 13) if book["Exercises"].row_dimensions[row].hidden]
    assert hidden == [8, 11, 12]  # 2021, 2024 and 2025 add nothing


def test_columns_that_no_lot_needs_are_hidden() -> None:
    """Kind, where all are ISOs, and the three of vesting; each comes back with the first lot that has it."""
    plain = load_workbook(BytesIO(workbook(Client(exercises=[LOT]))))["Exercises"]
    assert [at for at in "DJKL" if plain.column_dimensions[at].hidden] == ["D", "J", "K", "L"]
    vested = LOT | {"vest_date": "2025-01-05", "fmv_vest": "15"}
    shown = load_workbook(BytesIO(workbook(Client(exercises=[vested]))))["Exercises"]
    assert [at for at in "DJKL" if shown.column_dimensions[at].hidden] == ["D"]


def test_a_column_grows_with_its_longest_figure() -> None:
    """Line 2i of 90,000 shares at 11,000 over the price is $990,000,000: 79 pixels and 12 of air are 13 times 7."""
    small, large = (
        load_workbook(BytesIO(workbook(Client(exercises=[LOT | {"shares": shares, "fmv_exercise": value}]))))[
            "Exercises"
        ]
        for shares, value in (("1000", "12"), ("90000", "11002"))
    )
    assert small.column_dimensions["M"].width == 10
    assert large.column_dimensions["M"].width == 13


def test_a_row_typed_below_the_printed_page_is_told_in_the_headline(tmp_path: Path) -> None:
    """A second exercise in the first spare row: begun rows are 2, at the build there was 1."""
    path = tmp_path / "client.xlsx"
    path.write_bytes(workbook(Client(exercises=[LOT])))
    facts = Facts(path)
    typed: dict[tuple[str, str], Any] = {
        facts.record("exercises", 1, name): value
        for name, value in {"exercise_id": "E2", "date_granted": date(2022, 1, 10), "shares": 10}.items()
    }
    values = recalculated_by_ironcalc(type_in(path, typed, tmp_path / "typed.xlsx"))
    held = "Line 2i of all years: $10,000. 1,000 shares are still held, none of them past both holding periods yet."
    told = "  ·  1 row typed since the build, not on the printed page: run isobook build on this file."
    assert values["Exercises", "A3"] == held + told
    first = facts.record("exercises", 1, "exercise_id").cell.lstrip("A")
    assert values["Exercises", f"C{first}"] == "needs entries"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1, " The one lot adds nothing. 1,000 shares are still held, none of them past both holding periods yet."),
        (3, ""),
    ],
)
def test_one_lot_is_not_counted_among_one(value: int, told: str) -> None:
    """Worth $1 at a price of $2 it adds nothing: "1 of 1 lots" is no way to say it."""
    lot = {"exercise_id": "E", "date_granted": "2024-01-15", "date_exercised": "2025-06-01", "exercise_price": 2}
    year = {"tax_year": 2025, "filing_status": "single", "wages": 210_000, "deduction": "standard"}
    projection = project(Client([{**lot, "fmv_exercise": value, "shares": 1_000}], [year]))
    said = values_of(projection, shape_of(projection))["book"]["book.exercises"]
    assert told in said
    assert ("adds nothing" in said) is (value < 2)


def test_a_long_name_of_a_lot_takes_its_room_from_the_employer() -> None:
    """A phone shows 16 characters: L-2022-00 takes 9 of them, Acorn Inc wraps in 7; a short name leaves 5 and 11."""
    for kind, widths in (("forty exercises", (9.0, 7.0)), ("one year", (5.0, 11.0))):
        projection = project(PRINTED[kind])
        book = values_of(projection, shape_of(projection))["book"]
        assert (book["width exercises.exercise_id"], book["width exercises.employer"]) == widths
