"""A workbook that was opened, edited and saved in LibreOffice is the client whose CSV files were edited likewise."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import Client, project
from isobook.sources import open_source, read_source
from tests.command import EXAMPLES
from tests.edited_workbooks import FIFO, LOTS, NAMED, RETURN, SPLIT, facts, made, made_of, record, row_of, small_client
from tests.intake_client import YEARS, blank, typed_cells, write_csv_files
from tests.spreadsheets.libreoffice import Value, edit
from tests.workbook_facts import Place
from workbook_templates.fill import workbook
from workbook_templates.intake import intake_workbook

pytestmark = pytest.mark.real_program

LOT: dict[str, Value] = {
    "exercise_id": "N-4",
    "date_granted": "2024-01-02",
    "date_exercised": "2025-08-08",
    "shares": 450,
}
LOT |= {"exercise_price": 3.25, "fmv_exercise": 21}
SALE: dict[str, Value] = {"exercise_id": "N-4", "date_sold": 45972, "shares": 50, "price": 30}  # 2025-11-11
Verbs = list[list[Value]]


def typed(place: Place, value: Value, verb: str = "type", rows: int = 0) -> list[Value]:
    """Type into a cell, so many rows further down."""
    column, row = place.cell.rstrip("0123456789"), int("".join(filter(str.isdigit, place.cell)))
    return [verb, place.sheet, f"{column}{row + rows}", value]


def edits() -> Verbs:
    """An exercise and a sale typed, wages changed, a formula for other income; rows, sheets and titles moved."""
    return [
        ["insert row", "Exercises", row_of("exercises", 1)],
        *(typed(record("exercises", 6, column), value, rows=1) for column, value in LOT.items()),
        *(typed(record("sales", 5, column), value) for column, value in SALE.items()),
        typed(facts().entry(2025, "wages"), 231_000),
        typed(facts().entry(2025, "other_income"), "=1000*2", "formula"),
        ["move sheet", "Inputs", 0],
        ["hide", "Plan"],
        ["rename", "Sales", "Verkäufe '25"],
    ]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Workbooks saved by one LibreOffice: as they were, with a split, and edited."""
    folder = tmp_path_factory.mktemp("libreoffice")
    line_7 = facts().places["f6251_2025_7"].cell
    books: dict[str, tuple[bytes, Verbs]] = {
        "edited": (made(), edits()),
        "with a split": (made_of(splits=[SPLIT]), []),
        "six years": (workbook(read_source(EXAMPLES / "six-years")), []),
        "intake": (intake_workbook(YEARS), [["type", *cell] for cell in typed_cells(blank())]),
        "typed over": (made(), [["unprotect", "6251 2025"], ["formula", "6251 2025", line_7, "12000"]]),
    }
    jobs: list[tuple[Path, Path, Verbs]] = []
    for name, (data, verbs) in books.items():
        (folder / f"{name} before.xlsx").write_bytes(data)
        jobs.append((folder / f"{name} before.xlsx", folder / f"{name}.xlsx", verbs))
    edit(jobs)
    return {name: folder / f"{name}.xlsx" for name in books}


def same_edits() -> Client:
    """What the CSV files would hold after the same edits."""
    row = {**RETURN, "wages": "231000", "other_income": "2000"}
    lot = {**LOT, "exercise_price": "3.25"}
    return small_client(exercises=[*LOTS, lot], sales=[FIFO, NAMED, {**SALE, "date_sold": "2025-11-11"}], returns=[row])


def test_a_workbook_edited_in_libreoffice_projects_as_the_same_edits_in_csv_files(saved: dict[str, Path]) -> None:
    """Every figure of every year, and the records."""
    found, expected = project(open_source(saved["edited"]).client), project(same_edits())
    assert found.client == expected.client
    assert found.records == expected.records
    assert found.years[2025].figures == expected.years[2025].figures
    assert found.following == expected.following


def test_the_formula_in_an_input_cell_is_told_and_nothing_else(saved: dict[str, Path]) -> None:
    """LibreOffice worked it out, and rewrote every formula of ours without changing one."""
    (note,) = open_source(saved["edited"]).all_notes()
    assert "=1000*2: its value, 2000, was taken" in note


@pytest.mark.parametrize("name", ["with a split", "six years"])
def test_a_workbook_that_libreoffice_saved_is_built_again_with_the_same_bytes(
    saved: dict[str, Path], name: str
) -> None:
    """Shared strings, other styles, rewritten names and formulas: the same client, and no hand edit is claimed."""
    opened = open_source(saved[name])
    assert opened.all_notes() == []
    before = saved[name].with_name(f"{name} before.xlsx")
    assert workbook(opened.client) == before.read_bytes()


def test_an_intake_workbook_filled_in_libreoffice_gives_the_figures_of_the_same_csv_files(
    saved: dict[str, Path], tmp_path: Path
) -> None:
    """Three employers and four years: the same client, every figure of every year, and no edit is claimed."""
    opened = open_source(saved["intake"])
    expected = project(read_source(write_csv_files(tmp_path / "files")))
    found = project(opened.client)
    assert opened.all_notes() == []
    assert found.client == expected.client
    assert found.records == expected.records
    assert {year: result.figures for year, result in found.years.items()} == {
        year: result.figures for year, result in expected.years.items()
    }
    assert found.following == expected.following
    assert found.years[2022].form_6251["2i"] == 4_000 * (40.25 - 2.5)
    assert {lot["employer"] for lot in found.lots} == {"Acorn Inc", "Birch Labs", "Cedar Corp"}


def test_a_formula_typed_over_in_libreoffice_is_told(saved: dict[str, Path]) -> None:
    """The line that was typed, and none of those that follow it; the figures are worked out from the records."""
    opened = open_source(saved["typed over"])
    assert opened.client == small_client()
    (note,) = opened.hand_edits()
    assert note.startswith(f"'6251 2025'!{facts().places['f6251_2025_7'].cell} (7 ")
    assert note.endswith("holds 12000, typed over the formula. It was not used.")
