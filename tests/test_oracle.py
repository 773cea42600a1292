"""Cases on which at least two independently written tax engines agree: every one, to the cent."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine import Client, YearResult, project
from engine.filing import YEARS
from engine.language.money import rounded
from tests.returns import exercise

Case = dict[str, Any]
CASES: list[Case] = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "oracle.jsonl").read_text("utf-8").splitlines()
]


def result_of(case: Case, rounding: str, tax_method: str) -> YearResult:
    """Compute a case through the public face."""
    given, year = case["inputs"], case["year"]
    row = {
        "tax_year": year,
        "filing_status": case["status"],
        "wages": given["wages"],
        "qualified_dividends": given["qualified_dividends"],
        "long_term_gain": given["long_term_capital_gain"],
        "deduction": given["deduction"],
    }
    if given["deduction"] == "itemized":
        row["itemized_deductions"] = given["salt_deduction"] + given["mortgage_interest"]
        row["taxes_deducted"] = given["salt_deduction"]
    exercises = [exercise(given["iso_spread"], year)]
    client = Client(exercises=exercises, returns=[row], rounding=rounding, tax_method=tax_method)
    return project(client).years[year]


def figures(result: YearResult) -> dict[str, Decimal | None]:
    """The figures of a case, by the names that it uses."""
    form, regular = result.form_6251, result.regular
    return {
        "taxable_income": regular["taxable_income"],
        "regular_tax": regular["tax"],
        "amti": form["4"],
        "exemption": form["5"],
        "tmt": form["9"],
        "amt": form["11"],
    }


def differences(case: Case, expected: dict[str, Any], found: dict[str, Decimal | None]) -> list[str]:
    """The figures that are not the expected ones, to the cent."""
    wanted = {name: rounded(Decimal(str(expected[name])), 2) for name in found if name in expected}
    return [f"{case['id']} {name}: {found[name]} for {wanted[name]}" for name in wanted if found[name] != wanted[name]]


def test_all_cases_are_there() -> None:
    """1,195 cases, 284 of them with figures by the Tax Table."""
    assert (len(CASES), sum("expected_tax_table" in case for case in CASES)) == (1195, 284)


@pytest.mark.parametrize("year", YEARS)
def test_rate_schedules_give_what_independent_engines_agree_on(year: int) -> None:
    """Taxable income, regular tax, lines 4, 5, 9 and 11, to the cent, in every status."""
    cases = [case for case in CASES if case["year"] == year]
    wrong = [
        difference
        for case in cases
        for difference in differences(case, case["expected"], figures(result_of(case, "cents", "schedule")))
    ]
    assert len(cases) > 120
    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_the_tax_table_gives_what_independent_engines_agree_on(year: int) -> None:
    """Regular tax and AMT where an engine with the printed Tax Table confirmed them, to the dollar."""
    wrong = [
        difference
        for case in CASES
        if case["year"] == year and "expected_tax_table" in case
        for difference in differences(case, case["expected_tax_table"], figures(result_of(case, "cents", "table")))
    ]
    assert wrong == []
