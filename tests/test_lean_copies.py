"""What is left out of a file before another program opens it is nothing that a formula rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edited_workbooks import small_client
from tests.spreadsheets import cells, recalculated_by_ironcalc
from tests.spreadsheets.lean_copies import with_used_names, without_remarks
from tests.spreadsheets.sample import FORM, write_sample
from tests.spreadsheets.workbook_file import opened
from workbook_templates.fill import workbook


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a client with exercises and sales."""
    path = tmp_path_factory.mktemp("lean") / "book.xlsx"
    path.write_bytes(workbook(small_client()))
    return path


def test_only_the_names_that_formulas_use_stay_and_all_formulas_and_values(book: Path, tmp_path: Path) -> None:
    """`rounding` stands in nearly every form line; the print areas in none."""
    copy = opened(with_used_names(book, tmp_path))
    kept = [name.name for name in copy.names]
    assert kept[0] == "rounding"
    assert "_xlnm.Print_Area" not in kept
    assert set(kept) < {name.name for name in opened(book).names}
    assert copy.formulas == opened(book).formulas
    assert cells(tmp_path / "used names.xlsx") == cells(book)


def test_ironcalc_computes_the_same_with_all_names(book: Path) -> None:
    """Every formula cell of the file, bit for bit."""
    assert recalculated_by_ironcalc(book) == recalculated_by_ironcalc(book, whole=True)


def test_a_name_in_other_capitals_stays(tmp_path: Path) -> None:
    """Excel does not tell them apart: WAGES*2 is 2 × 1,200."""
    sample = write_sample(tmp_path / "sample.xlsx", FORM, "<f>wages*2</f>", "<f>WAGES*2</f>")
    assert recalculated_by_ironcalc(sample)["6251 2025", "B1"] == 2400


def test_a_sheet_that_is_emptied_gives_nothing_to_the_others(tmp_path: Path) -> None:
    """Neither formula nor cached value: whoever rests on it comes out otherwise."""
    copy = with_used_names(write_sample(tmp_path / "sample.xlsx"), tmp_path, empty=["6251 2025"])
    assert opened(copy).formulas == {}
    assert "2400" not in opened(copy).parts[FORM].decode()


def test_without_remarks_all_formulas_and_values_stay(book: Path, tmp_path: Path) -> None:
    """The remarks of the whole file are gone, and what would draw them."""
    copy = without_remarks(book, tmp_path / "copies")
    relations = [data for part, data in opened(copy).parts.items() if part.startswith("xl/worksheets/_rels/")]
    assert not any(b"comments" in data or b"vmlDrawing" in data for data in relations)
    assert cells(copy) == cells(book)
