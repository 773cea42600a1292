"""Figures carried in may be typed in any year, in place of what is carried or made, which stays visible."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.columns import OVERRIDES
from tests.command import client, run
from workbook_templates.contents.book_summary import book_summary
from workbook_templates.fill import shape_of, values_of

# The worked ledger: AMT of 74,422 in 2023, of which 19,477 is used in 2024; line 21 of 2025 is 54,945.
RETURNS = [
    {"tax_year": year, "filing_status": "single", "wages": wages, "deduction": "standard"}
    for year, wages in ((2023, 200_000), (2024, 210_000), (2025, 220_000), (2026, 230_000))
]
EXERCISE = {"exercise_id": "E-1", "date_granted": "2022-02-01", "date_exercised": "2023-06-01", "exercise_price": 2} | {
    "fmv_exercise": 32,
    "shares": 10_000,
}
SALES = [
    {"exercise_id": "E-1", "date_sold": "2024-12-02", "shares": 4_000, "price": 20},
    {"exercise_id": "E-1", "date_sold": "2025-03-03", "shares": 6_000, "price": 50},
]


def ledger(**typed_in_2025: Any) -> Projection:
    """The client of the worked ledger, with entries of 2025."""
    returns = [{**row, **(typed_in_2025 if row["tax_year"] == 2025 else {})} for row in RETURNS]
    return project(Client(exercises=[EXERCISE], sales=SALES, returns=returns))


def checks_of(projection: Projection) -> dict[str, str]:
    """The result of each check of the workbook by its label."""
    shape = shape_of(projection)
    book = values_of(projection, shape)["book"]
    return {each.label: book[f"book.check {each.number} result"] for each in book_summary(shape)[1]}


def test_a_credit_that_is_typed_counts_in_place_of_what_is_carried() -> None:
    """Half of 54,945 after a divorce: 27,472 on line 19; 41,879 of room take all of it, and nothing is left."""
    form = ledger(mtc_carryforward_in=27_472, override_reason="divorce").years[2025]
    assert [form.figures[f"f8801.{line}"] for line in ("19 computed", "19", "21", "25", "26")] == [
        *(54_945, 27_472, 27_472, 27_472, 0)
    ]


def test_a_typed_zero_ends_what_was_carried() -> None:
    """0 is an answer: no credit in 2025 or later, while the computed 54,945 stays beside it."""
    projection = ledger(mtc_carryforward_in=0)
    assert [projection.years[year].form_8801["25"] for year in (2024, 2025, 2026)] == [19_477, 0, 0]
    assert projection.years[2025].figures["f8801.19 computed"] == 54_945


def test_a_blank_takes_what_is_carried() -> None:
    """As the worked ledger has it: 54,945, then 13,066."""
    assert [each.form_8801["19"] for each in ledger().years.values()] == [0, 0, 54_945, 13_066]


def test_a_credit_made_that_is_typed_counts_in_place_of_line_16_less_17() -> None:
    """The return as filed had 70,000 on line 18 of 2024, not 74,422: 70,000 less 19,477 used is carried on."""
    returns = [{**row, "mtc_line_18_in": 70_000} if row["tax_year"] == 2024 else row for row in RETURNS]
    year = project(Client(exercises=[EXERCISE], sales=SALES, returns=returns)).years[2024]
    assert [year.figures[f"f8801.{line}"] for line in ("18 computed", "18", "26")] == [74_422, 70_000, 50_523]


@pytest.mark.parametrize("system", ["", "amt_"])
@pytest.mark.parametrize(("line", "entry"), [("6", "short_term_carryover_in"), ("14", "long_term_carryover_in")])
def test_a_loss_that_is_typed_counts_in_its_own_system_and_term(system: str, line: str, entry: str) -> None:
    """500 typed is (500) on its line; the AMT carries a long-term loss of 45,000 into 2025, the others nothing."""
    year = ledger(**{f"{system}{entry}": 500}).years[2025]
    lines = {
        (each, number): year.figures[f"{each}schedule_d.{number}"] for each in ("", "amt_") for number in ("6", "14")
    }
    carried = {("", "6"): 0, ("", "14"): 0, ("amt_", "6"): 0, ("amt_", "14"): -45_000}
    assert lines == carried | {(system, line): -500}
    assert year.figures[f"{system}schedule_d.{line} computed"] == carried[system, line]


def test_what_is_typed_is_listed_with_what_it_replaces() -> None:
    """Losses are positive, as they are typed; a credit stands as it is."""
    found = ledger(mtc_carryforward_in=0, amt_long_term_carryover_in=20_000).years[2025].overrides
    assert [(each.column, each.line.number) for each in found] == [
        ("amt_long_term_carryover_in", "14"),
        ("mtc_carryforward_in", "19"),
    ]
    assert [int(each.entered) for each in found] == [20_000, 0]
    assert [int(each.computed) for each in found] == [45_000, 54_945]


def test_a_typed_figure_without_its_reason_is_to_confirm() -> None:
    """27,472 in place of the 54,945 that the file computes; with a reason, or where both are equal, nothing is told."""

    def told(**typed: Any) -> list[str]:
        return [each.finding.what for each in ledger(**typed).open_items if each.finding.rule == "override-reason"]

    assert told(mtc_carryforward_in=27_472) == [
        (
            '2025: "Minimum tax credit" (mtc_carryforward_in) $27,472.00 in place of $54,945.00 is taken, and '
            '"Why they are typed" (override_reason) does not say why.'
        )
    ]
    assert told(mtc_carryforward_in=27_472, override_reason="divorce") == []
    assert told(mtc_carryforward_in=54_945) == []


def test_the_checks_say_that_a_typed_figure_stands_between() -> None:
    """Nothing differs; the two links that are cut say as typed, and all others agree as before."""
    plain, typed = checks_of(ledger()), checks_of(ledger(mtc_carryforward_in=27_472, long_term_carryover_in=100))
    cut = {label for label in typed if typed[label] != plain[label]}
    assert cut == {"Credit carried into 2025 = carried out of 2024", "Losses carried into 2025 = carried out of 2024"}
    assert {typed[label] for label in cut} == {"as typed"}
    assert "DIFFERS" not in typed.values()


@pytest.mark.parametrize("typed", [27_472, 90_000])
def test_the_origins_of_the_credit_foot_with_a_typed_figure(typed: int) -> None:
    """What each year's AMT gave, less what went, is what is left; below or above what was carried."""
    projection = ledger(mtc_carryforward_in=typed)
    shape = shape_of(projection)
    book = values_of(projection, shape)["book"]
    left = sum(value for name, value in book.items() if name.startswith("book.left "))
    assert left == projection.following_8801["21"] == projection.ledger[-1]["closing"]


def test_forms_tells_what_is_typed_and_what_it_replaces() -> None:
    """With the reason; and the JSON has both figures."""
    header = "tax_year,filing_status,wages,deduction,mtc_carryforward_in,override_reason\n"
    returns = f"{header}2024,single,200000,standard,5000,\n2025,single,200000,standard,2000,divorce\n"
    source = client(returns=returns)
    told = " ".join(run("forms", source).stdout.split())
    # 2024: regular tax 37,539, tentative (200,000 - 85,700) * 26% = 29,718: room 7,821 takes all of the 5,000.
    assert "Form 8801 line 19, mtc_carryforward_in: $2,000 as typed (divorce), in place of $0 as computed" in told
    found = json.loads(run("forms", source, "--json").stdout)["years"]
    assert found["2025"]["overrides"] == {"mtc_carryforward_in": {"entered": "2000", "computed": "0"}}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_rolled_client_inherits_no_typed_figure() -> None:
    """The new year takes what the last one carries out."""
    from isobook.starter.next_year import rolled

    projection = project(Client(returns=[{**RETURNS[1], "mtc_carryforward_in": 500, "override_reason": "divorce"}]))
    last = rolled(projection, None).returns[-1]
    assert {getattr(last, name) for name in (*OVERRIDES, "override_reason")} == {None}
