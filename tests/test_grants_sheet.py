"""The sheet Grants: there for a client with grants alone, live, and red where too much was exercised as ISO."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine import Client
from engine.federal.stock.hundred_thousand_limit import GRANTS
from isobook.sources import read_source
from tests.random_clients import Row
from tests.spreadsheets import cells, lint, recalculated_by_ironcalc, type_in
from tests.spreadsheets.engines import Values
from tests.spreadsheets.typed_input import Typed
from tests.workbook_facts import Facts
from workbook_templates.fill import CAPACITIES, SPARE, workbook

EXAMPLES = Path(__file__).parents[1] / "examples"
RETURN: Row = {"tax_year": 2025, "filing_status": "S", "wages": 100_000, "deduction": "standard"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the example."""
    path = tmp_path_factory.mktemp("grants") / "grants.xlsx"
    path.write_bytes(workbook(read_source(EXAMPLES / "grant-limit")))
    return path


def text_in(facts: Facts, sheet: str, words: str) -> bool:
    """Tell whether a cell of the sheet holds these words."""
    return any(words in text for text in facts.texts(sheet).values())


def test_a_client_without_grants_has_no_sheet_and_is_told_what_is_not_covered() -> None:
    """No tab, no name, and the limit among what is left out."""
    facts = Facts(workbook(read_source(EXAMPLES / "mixed")))
    assert "Grants" not in facts.titles
    assert not any(name.startswith("grants") for name in facts.ranges)
    assert text_in(facts, "Contents", "the $100,000 limit on options first exercisable in a year")


def test_a_client_with_grants_has_the_sheet_and_its_row_in_the_index(book: Path) -> None:
    """And the limit is no longer said to be left out."""
    facts = Facts(book)
    assert "Grants" in facts.titles
    assert text_in(facts, "Contents", "The $100,000 limit: which options are ISOs")
    assert not text_in(facts, "Contents", "limit on options first exercisable")


def column(facts: Facts, values: Values, name: str, rows: int) -> list[object]:
    """The first cells of a computed column of the sheet."""
    label = next(line.label for line in GRANTS if line.leaf.line == name)
    head = next(at for at, text in facts.texts("Grants").items() if at.endswith("5") and text == label)
    return [values["Grants", f"{head[:-1]}{first_row(facts) + row}"] for row in range(rows)]


def first_row(facts: Facts) -> int:
    """The row of the first record, under the totals and their parts."""
    return int(facts.ranges["grants_value"].cell.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def test_the_oldest_grant_typed_last_takes_its_part_first(book: Path) -> None:
    """1,000 × 30 granted before all others, first exercisable in 2024: G-1 keeps 6,000, March has 10,000 left."""
    facts = Facts(book)
    row: dict[str, Typed] = {
        "grant_id": "G-0",
        "employer": "Acme Robotics Inc",
        "date_granted": date(2022, 5, 2),
        "shares": 1_000,
    }
    row |= {"fmv_grant": Decimal(30), "date_exercisable": date(2024, 5, 2)}
    typed = type_in(
        book, {facts.record("grants", 6, name): value for name, value in row.items()}, book.parent / "a.xlsx"
    )
    values = recalculated_by_ironcalc(typed)
    assert column(facts, values, "iso_shares", 7) == [6_000, 6_000, 1_000, 3_000, 500, 66_666, 1_000]
    assert column(facts, values, "nso_shares", 3) == [0, 0, 6_000]


def test_an_iso_exercise_beyond_the_limit_turns_the_check_red(book: Path) -> None:
    """The NSO row of the March grant typed over as ISO: 7,000 of 7,000 shares, where 4,000 + 3,000 of 2025 are ISOs.

    Of two years: 6 checks of the ledger, 5 of sources, 7 of records and 1 of readiness are 19; 4 filed figures are not
    typed.
    """
    facts = Facts(book)
    assert cells(book)["Checks", "A3"] == "All 19 checks agree  ·  4 not compared (optional)"
    more: dict[tuple[str, str], Typed] = {
        facts.record("exercises", 1, "kind"): "ISO",
        facts.record("exercises", 1, "shares"): 3_001,
    }
    values = recalculated_by_ironcalc(type_in(book, more, book.parent / "b.xlsx"))
    assert values["Checks", "A3"] == "1 of 19 checks differs  ·  4 not compared (optional)"
    why = column(facts, values, "why", 4)
    assert [str(words).startswith("DIFFERS") for words in why] == [False, False, True, True]


def test_a_row_that_is_begun_and_not_complete_is_told_there_and_on_checks(book: Path) -> None:
    """A grant without its value does not count, and says what it needs."""
    facts = Facts(book)
    typed = type_in(book, {facts.record("grants", 6, "grant_id"): "G-7"}, book.parent / "c.xlsx")
    values = recalculated_by_ironcalc(typed)
    assert str(column(facts, values, "why", 7)[6]).startswith("Not counted yet")
    assert values["Checks", "A3"] == "1 of 19 checks differs  ·  4 not compared (optional)"


def test_names_that_a_spreadsheet_reads_as_patterns_are_names(tmp_path: Path) -> None:
    """An employer called * has a limit of its own, beside those called Acme and ?cme; so have grants."""
    names = ["*", "=1+1", "<>", "?cme", '"', "A~*", "Acme"]
    grant: Row = {"date_granted": "2025-01-15", "fmv_grant": "10", "shares": "6000"}
    path = tmp_path / "hostile.xlsx"
    grants = [{**grant, "grant_id": f"G{name}", "employer": name} for name in names]
    path.write_bytes(workbook(Client(grants=grants, returns=[RETURN])))
    values = recalculated_by_ironcalc(path)
    assert column(Facts(path), values, "iso_shares", 7) == [6_000] * 7
    assert column(Facts(path), values, "iso_of_grant", 7) == [6_000] * 7
    assert lint(path) == []


@pytest.mark.parametrize("more", [0, 1])
def test_the_sheet_holds_its_tranches_and_spare_rows(more: int) -> None:
    """The smallest table that does."""
    count = CAPACITIES[0] - SPARE + more
    grant: Row = {"grant_id": "G", "date_granted": "2020-01-15", "fmv_grant": "10", "shares": "1"}
    grants = [{**grant, "date_exercisable": f"2025-01-{day:02}"} for day in range(16, 16 + count)]
    places = Facts(workbook(Client(grants=grants, returns=[RETURN]))).ranges["grants_value"].cell.split(":")
    first, last = (int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for place in places)
    assert last - first + 1 == CAPACITIES[more]
