"""The Plan sheet: what is typed into its yellow cells leads to what the engine figures for such an exercise."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import Client, project
from engine.federal.years import forms_of
from engine.filing import YEARS
from isobook.sources import read_source
from tests.spreadsheets import (
    recalculated_by_formualizer,
    recalculated_by_ironcalc,
    recalculated_by_libreoffice,
    type_in,
)
from tests.spreadsheets.engines import Values
from workbook_templates.contents.plan import (
    ALSO,
    CHANGED,
    WANTED,
    line_of,
    moved_lines,
    rungs,
    shares_within_spread,
    starting_point,
)
from workbook_templates.fill import workbook

EXAMPLE = Path(__file__).parents[1] / "examples" / "six-years"
YOURS = "H"
ROLES = (CHANGED, *WANTED, *ALSO)
RESULTS = {"AMT": ("form_6251", "11"), "Credit used": ("form_8801", "25"), "Line 2i": ("form_6251", "2i")}


@pytest.fixture(scope="module")
def client() -> Client:
    """Six years, credit carried and used."""
    return read_source(EXAMPLE)


@pytest.fixture(scope="module")
def book(client: Client, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its workbook."""
    path = tmp_path_factory.mktemp("plan") / "book.xlsx"
    path.write_bytes(workbook(client))
    return path


def by_libreoffice(path: Path) -> Values:
    """One file recalculated hard by LibreOffice."""
    return recalculated_by_libreoffice([path])[0]


def rows(path: Path) -> dict[str, int]:
    """The rows of the Plan sheet by their label; the first of a label is the printed one."""
    sheet = load_workbook(path)["Plan"]
    found: dict[str, int] = {}
    for row in range(1, sheet.max_row + 1):
        label = sheet.cell(row, 1).value
        if isinstance(label, str):
            found.setdefault(label, row)
    return found


def with_exercise(client: Client, year: int, price: str, fmv: str, shares: str) -> Client:
    """The client who exercised once more in the year, and kept the stock."""
    more = {
        "exercise_id": "what-if",
        "date_granted": f"{year - 1}-01-02",
        "date_exercised": f"{year}-12-01",
        "exercise_price": price,
        "fmv_exercise": fmv,
        "shares": shares,
    }
    return Client(
        exercises=[*client.exercises, more],
        sales=client.sales,
        returns=client.returns,
        rounding=client.rounding,
        tax_method=client.tax_method,
    )


@pytest.mark.parametrize(
    ("recalculated", "year", "price", "fmv", "shares"),
    [
        (recalculated_by_ironcalc, 2025, "5", "14", "9050"),  # the last share without AMT
        (recalculated_by_ironcalc, 2024, "2.50", "61.75", "8000"),
        (recalculated_by_ironcalc, 2021, "0.10", "300", "9000"),  # far into the phase-out of the exemption
        (recalculated_by_formualizer, 2025, "5", "14", "9051"),
        (recalculated_by_formualizer, 2023, "30", "22", "5000"),  # underwater: nothing moves
        pytest.param(by_libreoffice, 2022, "1.25", "48.50", "1750", marks=pytest.mark.real_program),
    ],
)
def test_what_is_typed_leads_to_what_the_engine_figures(
    client: Client, book: Path, tmp_path: Path, recalculated: object, year: int, price: str, fmv: str, shares: str
) -> None:
    """Line 2i, AMT and the credit of the chosen year, in two spreadsheet engines."""
    at = rows(book)
    typed = {
        ("Plan", f"B{at['Tax year']}"): year,
        ("Plan", f"B{at['Option price per share']}"): float(price),
        ("Plan", f"B{at['Value per share']}"): float(fmv),
        ("Plan", f"B{at['Shares to exercise and keep']}"): int(shares),
    }
    changed = type_in(book, typed, tmp_path / "typed.xlsx")
    assert callable(recalculated)
    found = recalculated(changed)
    wanted = project(with_exercise(client, year, price, fmv, shares)).years[year]
    for label, (form, line) in RESULTS.items():
        assert found["Plan", f"{YOURS}{at[label]}"] == getattr(wanted, form)[line], label


@pytest.mark.parametrize("year", YEARS)
def test_the_lines_that_move_are_the_same_in_every_year(year: int) -> None:
    """The sheet has one set of rows and chooses among the years of the file: rules and places must not differ."""
    moved, latest = (
        [(line.key, line.label, line.expression) for line in moved_lines(each)] for each in (year, YEARS[-1])
    )
    assert moved == latest
    assert {role: forms_of(year).key(role) for role in ROLES} == {role: line_of(role).key for role in ROLES}


def test_the_ladder_holds_both_turning_points() -> None:
    """None, where the credit shrinks, where AMT starts, one and a half, two and three times that, then one's own."""
    assert rungs(400, 1_000, Decimal(7)) == [0, 400, 1_000, 1_500, 2_000, 3_000, 7]


def test_without_a_turning_point_the_ladder_still_climbs() -> None:
    """AMT due already: a round number of shares takes the place."""
    assert rungs(0, 0, Decimal(0)) == [0, 500, 1_000, 1_500, 2_000, 3_000, 0]


def test_whole_shares_stay_within_the_limit() -> None:
    """1,366 shares at 24 are 32,784; without a spread there is no number to give."""
    assert shares_within_spread(Decimal("32807.71"), Decimal(24)) == 1_366
    assert shares_within_spread(Decimal(100), Decimal(0)) == 0


def test_the_sheet_starts_from_the_last_option_exercised(client: Client) -> None:
    """Price and value of D-2, in the last year that is ready."""
    start = starting_point(project(client))
    assert (start.year, start.price, start.fmv) == (2025, Decimal(5), Decimal(14))
