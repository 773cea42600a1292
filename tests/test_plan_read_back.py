"""What is typed on the sheet Plan comes along: the remedy of a headline out of date is to build from the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import Client, InputError
from isobook.sources import open_source, read_source
from isobook.sources.workbook_file import read_file
from tests.spreadsheets import cells, type_in
from tests.spreadsheets.typed_input import Typed
from tests.workbook_facts import Facts
from workbook_templates.fill import workbook

EXAMPLE = Path(__file__).parents[1] / "examples" / "six-years"
STALE_FOR_16 = "Up to 7,405 more shares keep the AMT at $0, but they raise the 2025 federal tax by up to $21,5"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the example."""
    path = tmp_path_factory.mktemp("plan") / "book.xlsx"
    path.write_bytes(workbook(read_source(EXAMPLE)))
    return path


def typed_on_plan(book: Path, path: Path, **typed: Typed) -> Path:
    """The book with cells of Plan typed over: price, fmv, shares, year."""
    places = Facts(book).ranges
    return type_in(book, {places[f"plan_{name}"]: value for name, value in typed.items()}, path)


def test_a_build_from_the_file_computes_the_headline_for_what_was_typed(book: Path, tmp_path: Path) -> None:
    """81,458 of room at a spread of 16 - 5 = 11 are 7,405 shares; nothing is told as lost, and it stays so."""
    edited = typed_on_plan(book, tmp_path / "edited.xlsx", fmv=16, shares=5_000)
    opened = open_source(edited)
    assert opened.client.plan == "value=16 shares=5000"
    assert opened.notes == []
    again = tmp_path / "again.xlsx"
    again.write_bytes(workbook(opened.client))
    assert str(cells(again)["Plan", "A3"]).startswith(STALE_FOR_16)
    assert workbook(open_source(again).client) == again.read_bytes()


def test_what_the_sheet_began_with_is_no_entry(book: Path) -> None:
    """Another exercise may change it."""
    assert read_file(book).settings["plan"] == ""


def test_words_in_a_cell_of_plan_are_refused_there(book: Path, tmp_path: Path) -> None:
    """By sheet and cell."""
    edited = typed_on_plan(book, tmp_path / "words.xlsx", fmv="about 16")
    with pytest.raises(InputError) as refused:
        read_source(edited)
    (problem,) = refused.value.problems
    assert (problem.column, problem.value) == (f"Plan!{Facts(book).ranges['plan_fmv'].cell} (fmv)", "about 16")


def test_a_plan_in_client_toml_that_cannot_be_read_is_refused() -> None:
    """It says how one reads."""
    with pytest.raises(InputError, match=r"year=2026 price=5\.00"):
        Client(plan="fourteen")
