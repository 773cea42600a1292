"""The Plan sheet: what is typed into its yellow cells leads to what the engine figures for such an exercise."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import Client, project
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.money import ZERO
from isobook.sources import read_source
from tests.spreadsheets import (
    recalculated_by_formualizer,
    recalculated_by_ironcalc,
    recalculated_by_libreoffice,
    type_in,
)
from tests.spreadsheets.engines import Values
from tests.spreadsheets.typed_input import Typed
from tests.workbook_facts import Facts
from workbook_templates.contents.binding import binding_values
from workbook_templates.contents.plan import plan_values
from workbook_templates.contents.plan.ladder import rungs
from workbook_templates.contents.plan.moved import ALSO, CHANGED, WANTED, line_of, moved_lines
from workbook_templates.contents.plan.start import starting_point
from workbook_templates.drawing.assembly import BINDING
from workbook_templates.fill import shape_of, titles, workbook

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
        # 5,000 x $41.2559 is $206,279.50, a tie, which binary numbers hold a little below
        pytest.param(by_libreoffice, 2025, "6.8682", "48.1241", "5000", marks=pytest.mark.real_program),
    ],
)
def test_what_is_typed_leads_to_what_the_engine_figures(
    client: Client, book: Path, tmp_path: Path, recalculated: object, year: int, price: str, fmv: str, shares: str
) -> None:
    """Line 2i, AMT and the credit of the chosen year, in two spreadsheet engines."""
    at = rows(book)
    typed = {
        ("Plan", f"B{at['Tax year']}"): year,
        ("Plan", f"B{at['Price per share']}"): float(price),
        ("Plan", f"B{at['Value per share']}"): float(fmv),
        ("Plan", f"B{at['Shares']}"): int(shares),
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


def test_the_ladder_has_thirds_of_the_way_to_the_amt_and_beyond() -> None:
    """A third of 9,050 is 3,016.67, as a round number 3,000; the number itself stands exact between its thirds."""
    assert rungs(Decimal(9_050), ZERO) == [0, 3_000, 6_000, 9_050, 12_000, 15_000]
    assert rungs(Decimal(769), ZERO) == [0, 260, 520, 769, 1_040, 1_300]
    assert rungs(Decimal(5), ZERO) == [0, 2, 4, 5, 8, 10]
    assert rungs(Decimal(4), ZERO) == [0, 1, 2, 3, 4, 5]


def test_where_the_credit_shrinks_on_the_way_that_number_is_a_rung() -> None:
    """3,183 is nearer to 2,600 than to 1,300; 500 is nearer to 1,300."""
    assert rungs(Decimal(3_855), Decimal(3_183)) == [0, 1_300, 3_183, 3_855, 5_200, 6_500]
    assert rungs(Decimal(3_855), Decimal(500)) == [0, 500, 2_600, 3_855, 5_200, 6_500]


def test_without_a_turning_point_the_ladder_still_climbs() -> None:
    """AMT due already: thousands of shares take the place."""
    assert rungs(ZERO, ZERO) == [0, 1_000, 2_000, 3_000, 4_000, 5_000]


def test_the_sheet_starts_from_the_last_option_exercised_in_the_open_year(client: Client) -> None:
    """Price and value of D-2; 2025 is open, and where it is typed as filed the planned 2026 is the one."""
    start = starting_point(project(client))
    assert (start.year, start.price, start.fmv) == (2025, Decimal(5), Decimal(14))
    assert starting_point(project(with_stages(client, {2024: "open"}))).year == 2025
    assert starting_point(project(with_stages(client, {2024: "open", 2025: "planned"}))).year == 2024
    assert starting_point(project(with_stages(client, {2025: "planned"}))).year == 2025


def with_stages(client: Client, stages: dict[int, str]) -> Client:
    """The client with stages typed for some years."""
    returns = [row.model_copy(update={"return_stage": stages.get(row.tax_year)}) for row in client.returns]
    return client.model_copy(update={"returns": tuple(returns)})


HEADLINE = ("Plan", "A3")
BUILT = (
    "Up to 9,050 more shares keep the AMT at $0, but they raise the 2025 federal tax by up to $21,536, because less "
    "credit is used. That credit is not lost: it carries to 2026."
)


def says(path: Path, typed: dict[tuple[str, str], Typed], into: Path) -> Values:
    """The book recalculated with something typed into it."""
    return recalculated_by_ironcalc(type_in(path, typed, into))


def test_the_headline_tells_the_cost_and_holds_when_it_is_recalculated(book: Path, tmp_path: Path) -> None:
    """Another number of shares to try is no reason to be out of date."""
    at = rows(book)
    found = says(book, {("Plan", f"B{at['Shares']}"): 5_000}, tmp_path / "same.xlsx")
    assert found[HEADLINE] == BUILT
    assert found["Plan", f"E{at['More shares'] - 1}"] == "AMT starts"
    assert found["Plan", f"H{at['Federal tax']}"] == 57_656  # 67,494 less 9,838 of credit


@pytest.mark.parametrize(
    ("label", "value", "what"),
    [
        ("Value per share", 16, "the value from $14.00 to $16.00"),
        ("Price per share", 5.5, "the price from $5.00 to $5.50"),
    ],
)
def test_another_price_or_value_puts_the_headline_out_of_date(
    book: Path, tmp_path: Path, label: str, value: float, what: str
) -> None:
    """It says what was changed, from what to what, and what to do; the mark over the ladder goes."""
    at = rows(book)
    found = says(book, {("Plan", f"B{at[label]}"): value}, tmp_path / "stale.xlsx")
    assert found[HEADLINE] == (
        f"Out of date: you changed {what}. The headline and the turning points were computed for 2025, $5.00 and "
        "$14.00; the table and the chart below have followed. Run isobook build on this file for new ones."
    )
    assert found["Plan", f"A{at['AMT starts above'] - 1}"] == "Two turning points: out of date"
    assert not found["Plan", f"E{at['More shares'] - 1}"]


def test_an_entry_on_inputs_puts_the_headline_out_of_date(book: Path, tmp_path: Path) -> None:
    """Wages of 2025 move the regular tax, and with it the number of shares."""
    found = says(book, {Facts(book).entry(2025, "wages"): 300_000}, tmp_path / "wages.xlsx")
    assert str(found[HEADLINE]).startswith(
        "Out of date: you changed entries on Inputs, Exercises or Sales. The headline"
    )


def test_two_changes_are_told_as_several(book: Path, tmp_path: Path) -> None:
    """The value, and the wages that stand behind the table."""
    typed: dict[tuple[str, str], Typed] = {
        ("Plan", f"B{rows(book)['Value per share']}"): 16,
        Facts(book).entry(2025, "wages"): 300_000,
    }
    told = str(says(book, typed, tmp_path / "two.xlsx")[HEADLINE])
    assert told.startswith("Out of date: you changed several entries.")


def test_a_filed_year_is_not_planned(book: Path, tmp_path: Path) -> None:
    """2024 is filed, and 2025 is open."""
    found = says(book, {("Plan", f"B{rows(book)['Tax year']}"): 2024}, tmp_path / "filed.xlsx")
    assert found[HEADLINE] == "2024 is filed. Choose a year that is not."


def test_where_all_is_filed_a_year_is_to_be_added(client: Client) -> None:
    """The sheet is in the preparer's file, and says so."""
    projection = project(with_stages(client, {2025: "filed"}))
    assert plan_values(projection)["plan says"] == "2025 is filed. Add 2026 to plan it."


def test_without_an_option_to_begin_with_the_sheet_is_hidden(client: Client) -> None:
    """Nobody has exercised anything; whoever unhides it is told what to type."""
    projection = project(
        Client(returns=[{"tax_year": 2025, "filing_status": "single", "wages": 100_000, "deduction": "standard"}])
    )
    assert "Plan" in binding_values(projection, titles(shape_of(projection)), {}, {})[BINDING].hidden
    assert (
        plan_values(projection)["plan says"] == "Type a price and a value above it to see what more shares would cost."
    )
    assert "Plan" not in binding_values(project(client), titles(shape_of(project(client))), {}, {})[BINDING].hidden


def test_the_credit_left_is_that_of_the_client_who_exercised(client: Client) -> None:
    """15,000 shares more: the credit available less what is used, and what the AMT of 14,992 makes of it."""
    values, more = plan_values(project(client)), with_exercise(client, 2025, "5", "14", "15000")
    (*_, last) = project(more).ledger
    assert values["plan 5 left"] == last["closing"] + last["makes_credit"]


def test_a_credit_ledger_without_content_is_hidden(client: Client) -> None:
    """No AMT in any year of the underwater example; the six years have one."""
    projection = project(read_source(EXAMPLE.parent / "underwater"))
    hidden = binding_values(projection, titles(shape_of(projection)), {}, {})[BINDING].hidden
    assert "Credit ledger" in hidden
    shown = binding_values(project(client), titles(shape_of(project(client))), {}, {})[BINDING]
    assert "Credit ledger" not in shown.hidden


def test_a_year_is_not_planned_while_one_before_it_waits(book: Path, client: Client, tmp_path: Path) -> None:
    """2024 without its filing status: 2025 has all its entries, and what credit it can use is not known."""
    waits = "2025 still needs 2024: it cannot be planned yet."
    assert says(book, {Facts(book).entry(2024, "filing_status"): None}, tmp_path / "waits.xlsx")[HEADLINE] == waits
    returns = [
        row.model_copy(update={"filing_status": None}) if row.tax_year == 2024 else row for row in client.returns
    ]
    built = project(client.model_copy(update={"returns": tuple(returns)}))
    assert plan_values(built)["plan says"] == waits
