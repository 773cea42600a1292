"""A workbook opened, edited and saved by ExcelJS, SheetJS and gnumeric reads back whole, without a false note."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from isobook.sources import open_source, read_source
from tests.command import EXAMPLES
from tests.edited_workbooks import FIFO, LOTS, NAMED, RETURN, SPLIT, facts, made, made_of, record, small_client
from tests.spreadsheets.other_programs import PROGRAMS, Resave, TypedCell, resave
from workbook_templates.fill import workbook

pytestmark = pytest.mark.real_program

LOT: dict[str, str | float] = {"exercise_id": "N-4", "exercise_price": 3.25, "fmv_exercise": 21.0, "shares": 450.0}
LOT_DAYS: dict[str, date] = {"date_granted": date(2024, 1, 2), "date_exercised": date(2025, 8, 8)}
ROW = 7  # of Exercises, counted from 0: below the lots and a few empty rows


def typed() -> list[TypedCell]:
    """Other wages, and an exercise in a spare row."""
    sheet, cell = facts().entry(2025, "wages")
    lot: dict[str, str | float | date] = {**LOT, **LOT_DAYS}
    return [(sheet, cell, 231_000.0), *((*record("exercises", ROW, name), value) for name, value in lot.items())]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Three workbooks, each saved by each program: one edited, one with a split, one of six years."""
    folder = tmp_path_factory.mktemp("saved")
    six_years = workbook(read_source(EXAMPLES / "six-years"))
    books = {"edited": made(), "split": made_of(splits=[SPLIT]), "six years": six_years}
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    jobs = {
        (program, name): Resave(
            program, folder / f"{name}.xlsx", folder / f"{name} {program}.xlsx", typed() if name == "edited" else ()
        )
        for program in PROGRAMS
        for name in books
    }
    resave(list(jobs.values()))
    return {each: job.target for each, job in jobs.items()}


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_edit_in_another_program_is_read_and_nothing_else_is_told(
    saved: dict[tuple[str, str], Path], program: str
) -> None:
    """Wages of 231,000, a fourth exercise, the sale first in, first out as received; no formula counts as changed."""
    opened = open_source(saved[program, "edited"])
    lot = {**LOT, "exercise_price": "3.25", "fmv_exercise": 21, "shares": 450, **LOT_DAYS}
    row = {**RETURN, "wages": "231000"}
    assert opened.client == small_client(exercises=[*LOTS, lot], sales=[FIFO, NAMED], returns=[row])
    assert opened.all_notes() == []


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", ["split", "six years"])
def test_a_workbook_saved_by_another_program_is_built_again_with_the_same_bytes(
    saved: dict[tuple[str, str], Path], name: str, program: str
) -> None:
    """Every cell, the hidden sheet, and every formula."""
    opened = open_source(saved[program, name])
    before = saved[program, name].with_name(f"{name}.xlsx")
    assert opened.all_notes() == []
    assert workbook(opened.client) == before.read_bytes()
