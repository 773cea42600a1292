"""AMT loss carryovers that are left blank: the regular ones in the first year, what is carried in any later one."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Client, YearResult, project
from tests.workbook_facts import Facts
from workbook_templates.fill import workbook

# Single in 2024 with wages of 150,000: of a loss of 20,000 the year takes 3,000 in each system.
RETURN = {"tax_year": 2024, "filing_status": "single", "wages": 150_000, "deduction": "standard"}
LOT = {"exercise_id": "E-1", "date_granted": "2020-01-02", "date_exercised": "2021-02-01", "exercise_price": 2} | {
    "fmv_exercise": 32,
    "shares": 100,
}


def year_of(**entries: Any) -> YearResult:
    """The year 2024 with entries."""
    return project(Client(returns=[{**RETURN, **entries}])).years[2024]


def test_blank_amt_carryovers_are_the_regular_ones() -> None:
    """20,000 in both: 3,000 less of each, so line 2k is 0, and 17,000 is carried on in each."""
    year = year_of(long_term_carryover_in=20_000)
    assert year.form_6251["2k"] == 0
    assert [year.carryover_out[name] for name in ("long_term", "amt_long_term")] == [17_000, 17_000]


def test_a_typed_zero_is_zero() -> None:
    """Line 2k is then 0 less the 3,000 that regular tax takes off: plus 3,000."""
    assert year_of(long_term_carryover_in=20_000, amt_long_term_carryover_in=0).form_6251["2k"] == 3_000


def test_one_that_is_typed_makes_the_other_one_none() -> None:
    """Short-term 5,000 for AMT, and nothing long-term, though the regular long-term carryover is 20,000."""
    year = year_of(long_term_carryover_in=20_000, amt_short_term_carryover_in=5_000)
    assert [year.figures[f"amt_schedule_d.{line}"] for line in ("6", "14")] == [-5_000, 0]


@pytest.mark.parametrize("price", [2, 20, 50])
def test_an_earlier_sale_with_another_gain_for_amt_speaks_against_it(price: int) -> None:
    """ISO stock sold in 2023 at whatever price: the AMT basis is $30 per share higher, so that they are not alike."""
    sale = {"exercise_id": "E-1", "date_sold": "2023-03-01", "shares": 50, "price": price}
    client = Client(exercises=[LOT], sales=[sale], returns=[{**RETURN, "long_term_carryover_in": 20_000}])
    assert project(client).years[2024].figures["amt_schedule_d.14"] == 0


def test_an_earlier_sale_alike_in_both_systems_does_not() -> None:
    """Nonqualified stock has one basis."""
    sale = {"exercise_id": "E-1", "date_sold": "2023-03-01", "shares": 50, "price": 20}
    returns = [{**RETURN, "long_term_carryover_in": 20_000}]
    client = Client(exercises=[{**LOT, "kind": "NSO"}], sales=[sale], returns=returns)
    assert project(client).years[2024].figures["amt_schedule_d.14"] == -20_000


def test_a_later_sale_does_not_either() -> None:
    """What happens in the file is computed there."""
    sale = {"exercise_id": "E-1", "date_sold": "2024-03-01", "shares": 50, "price": 20}
    client = Client(exercises=[LOT], sales=[sale], returns=[{**RETURN, "long_term_carryover_in": 20_000}])
    assert project(client).years[2024].figures["amt_schedule_d.14"] == -20_000


def test_in_a_later_year_a_regular_carryover_alone_leaves_the_amt_one_as_carried() -> None:
    """17,000 is carried for AMT into 2025, whatever is typed for regular tax."""
    returns = [
        {**RETURN, "long_term_carryover_in": 20_000},
        {**RETURN, "tax_year": 2025, "long_term_carryover_in": 500},
    ]
    figures = project(Client(returns=returns)).years[2025].figures
    assert [figures[f"{form}.14"] for form in ("schedule_d", "amt_schedule_d")] == [-500, -17_000]


def test_the_workbook_has_the_same_rule(tmp_path: Any) -> None:
    """Typed into the yellow cell, the rule works live: its formula asks for both AMT cells and the earlier sales."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(Client(exercises=[LOT], returns=[{**RETURN, "long_term_carryover_in": 20_000}])))
    facts = Facts(path)
    formulas = [cell.formula or "" for cell in facts.cells.values()]
    assert any("SUMPRODUCT((sales_year_sold<2024)*1,sales_apart)" in each for each in formulas)
    alike = str(facts.cells[facts.places["year_2024_carryovers_alike"]].formula)
    assert "NOT(ISNUMBER(inputs_2024_amt_long_term_carryover_in))" in alike
