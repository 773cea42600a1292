"""The check of line 2i: all years of a file against all exercises on record."""

from __future__ import annotations

from typing import Any

from engine import Client, project
from tests.test_open_items import RETURN_2024, exercised_in
from workbook_templates.contents.book_summary import book_summary
from workbook_templates.fill import shape_of, values_of


def check_of(**client: Any) -> dict[str, Any]:
    """This file, compared with, result and what to do of the check of line 2i."""
    projection = project(Client(**client))
    shape = shape_of(projection)
    book = values_of(projection, shape)["book"]
    (check,) = [each for each in book_summary(shape)[1] if "all exercises on record" in each.label]
    return {name: book[f"book.check {check.number} {name}"] for name in ("this", "other", "result", "to do")}


def test_an_exercise_before_the_first_year_leaves_the_check_open() -> None:
    """Audit A2: $500,000 of 2020 beside returns from 2024; the file has 0 of it on line 2i."""
    check = check_of(exercises=[exercised_in(2020)], returns=[RETURN_2024])
    assert (check["this"], check["other"], check["result"]) == (0, 500_000, "open")
    assert check["to do"].startswith("Exercises before 2024 or after 2024 put $500,000 on line 2i of their years: add")


def test_a_credit_typed_stands_for_the_earlier_exercises() -> None:
    """The check says that what is typed stands between the two."""
    row = RETURN_2024 | {"mtc_carryforward_in": "107627"}
    check = check_of(exercises=[exercised_in(2020)], returns=[row])
    assert (check["this"], check["other"], check["result"]) == (0, 500_000, "as typed")
    assert "the credit typed on Inputs stands for them" in check["to do"]


def test_all_exercises_inside_the_years_agree() -> None:
    """$500,000 of 2024, in a file of 2024."""
    check = check_of(exercises=[exercised_in(2024)], returns=[RETURN_2024])
    assert check == {"this": 500_000, "other": 500_000, "result": "agrees", "to do": ""}


def test_an_exercise_of_2016_beside_returns_of_2024_is_not_lost_from_sight() -> None:
    """It is earlier than any year that isobook covers."""
    lot = exercised_in(2016, date_granted="2015-01-02")
    assert check_of(exercises=[lot], returns=[RETURN_2024])["other"] == 500_000
