"""The stage of a return is stated once: as entered, or as a blank is taken."""

from __future__ import annotations

from typing import Any

from engine import Client, Projection, project


def of_stages(*stages: str | None, first: int = 2023, **records: Any) -> Projection:
    """A client of single years in a row, each with its stage typed or blank."""
    rows = [
        {"tax_year": first + place, "filing_status": "single", "wages": 100_000, "return_stage": stage}
        for place, stage in enumerate(stages)
    ]
    return project(Client(returns=rows, **records))


def test_blank_stages_are_open_for_the_last_year_and_filed_before() -> None:
    """2023 and 2024 filed, 2025 open: so 2025 is the year that is still to be decided."""
    projection = of_stages(None, None, None)
    assert dict(projection.stages) == {2023: "filed", 2024: "filed", 2025: "open"}
    assert projection.open_year == 2025


def test_a_typed_stage_counts_in_any_year() -> None:
    """An earlier year still open, the last one planned: the open year is the earlier one."""
    projection = of_stages(None, "open", "planned")
    assert dict(projection.stages) == {2023: "filed", 2024: "open", 2025: "planned"}
    assert projection.open_year == 2024


def test_all_years_filed_leave_no_open_year() -> None:
    """The last year is typed as filed: nothing is left to be decided."""
    assert of_stages(None, None, "filed").open_year is None
    assert project(Client()).open_year is None


def test_a_year_without_a_row_has_a_stage_too() -> None:
    """An exercise of 2025 alone makes 2025 a year; nothing is typed, so it is open and 2024 is filed."""
    lot = {"exercise_id": "E-1", "date_granted": "2020-01-01", "date_exercised": "2025-03-01"}
    lot |= {"exercise_price": "1", "fmv_exercise": "2", "shares": "100"}
    assert dict(of_stages(None, first=2024, exercises=[lot]).stages) == {2024: "filed", 2025: "open"}
