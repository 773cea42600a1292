"""What a message advises about a header of no column: right, and never what would make a column stand there twice."""

from pathlib import Path

import pytest

from engine.columns import EXERCISES, RETURNS, SALES, TABLES
from engine.errors import Problem
from isobook.sources.csv_table import CsvTable
from isobook.sources.header_advice import nearest_columns, seems_to_be
from isobook.sources.headers import known_headers, match, meaning
from tests.command import client, refused

OTHERS = "exercise_id,date_granted,date_exercised,fmv_exercise"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


def problem_of(header: str, *others: str, table: str = "exercises") -> Problem:
    """The problem of an unknown header beside others."""
    known = known_headers(TABLES[table])
    found = match(CsvTable("exercises.csv", 1, [*others, header], [], ","), known, {}).problems
    (problem,) = [each for each in found if each.column == header]
    return problem


def test_quantity_exercised_is_shares_and_strike_px_a_second_price() -> None:
    """The two headers of the audit in one file; the price is there already, so nothing is renamed to it."""
    header = f"{OTHERS},exercise_price,Quantity exercised,Strike Px"
    row = "E1,2022-01-03,2024-03-14,40.25,12.50,1000,12.50"
    words = refused("check", client(exercises=f"{header}\n{row}\n"))
    assert "Rename it shares, name its column under [columns] in client.toml, or remove it." in words
    assert "Rename it date_exercised" not in words
    assert "Rename it exercise_price" not in words
    assert "exercise_price is there already: remove one of the two, or name its column under [columns]" in words


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Quantity exercised", "shares"),
        ("Qty exercised", "shares"),
        ("Exercised quantity", "shares"),
        ("Options exercised", "shares"),
        ("Number of options exercised", "shares"),
        ("Purchased qty", "shares"),
        ("Strike Px", "exercise_price"),
        ("Strike price (USD)", "exercise_price"),
        ("Excercise price", "exercise_price"),
        ("Exercise FMV/share", "fmv_exercise"),
        ("Market value per share", "fmv_exercise"),
        ("Grant FMV", "fmv_grant"),
        ("Exercise dt", "date_exercised"),
        ("Day exercised", "date_exercised"),
        ("Grant dt", "date_granted"),
        ("Emploer", "employer"),
        ("datexercised", "date_exercised"),
        ("Number exercised", None),
        ("Exercise type", None),
        ("Exercise cost", None),
        ("Total exercise price", None),
        ("Exercise price currency", None),
        ("Shares sold", None),
        ("Shares withheld", None),
        ("Vest Px", None),
        ("Employer EIN", None),
        ("Tax withheld", None),
        ("Price", None),
        ("Ticker", None),
    ],
)
def test_a_header_of_exercises_is_nearest_by_its_whole_words(header: str, column: str | None) -> None:
    """Two of three words and the same unit; what fits two columns, or names another thing, has no nearest."""
    known = known_headers(EXERCISES)
    assert meaning(header, known) is None
    assert seems_to_be(header, known) == column


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        (SALES, "Sell price", "price"),
        (SALES, "Sold qty", "shares"),
        (SALES, "Sale dt", "date_sold"),
        (SALES, "Settlement date", None),
        (SALES, "Cost basis per share", None),
        (SALES, "Adjusted cost basis", None),
        (SALES, "Net proceeds", None),
        (RETURNS, "Wage", "wages"),
        (RETURNS, "LT gain", "long_term_gain"),
        (RETURNS, "AMT long term carryover", "amt_long_term_carryover_in"),
        (RETURNS, "Filing stat", "filing_status"),
        (RETURNS, "line 2z", None),
        (RETURNS, "Fed tax withheld", None),
    ],
)
def test_other_tables_are_advised_alike(table: object, header: str, column: str | None) -> None:
    """A basis a share is not the basis of the sale, and a settlement day not the day of sale."""
    known = known_headers(table)  # type: ignore[arg-type]
    assert meaning(header, known) is None
    assert seems_to_be(header, known) == column


def test_two_unknown_headers_are_never_told_to_become_one_column() -> None:
    """The nearer one is advised, and the other is not."""
    known = known_headers(EXERCISES)
    assert nearest_columns(["Exercised options held", "Qty exercised"], known, ()) == {"Qty exercised": "shares"}
    assert nearest_columns(["Strike Px"], known, {"exercise_price"}) == {}


def test_what_is_there_is_named_as_the_file_spells_it() -> None:
    """The preparer looks for Box 3."""
    remedy = problem_of("Strike Px", "Box 3").remedy
    assert remedy.startswith("exercise_price is there already (“Box 3”): remove one of the two")


def test_proceeds_are_no_price_and_are_removed_where_a_price_is() -> None:
    """Divided by the shares they are the price; beside a price they are nothing more."""
    assert (
        problem_of("Proceeds", "shares", table="sales").remedy == "Divide it by the shares, and name that column price."
    )
    assert problem_of("Proceeds", "Price", table="sales").remedy == "Remove it: price is there already."


def test_a_box_number_is_not_told_to_become_what_is_there() -> None:
    """Beside purchases box 3 is the price or the value at grant; with the price there, it is the value."""
    known = known_headers(EXERCISES)
    table = CsvTable("exercises.csv", 1, ["kind", "exercise_price", "Box 5"], [(2, ["ESPP", "8.50", "100"])], ",")
    (problem,) = match(table, known, {}).problems
    assert problem.remedy == "Rename it shares."


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_spelling_is_nearest_to_its_own_column(table: object) -> None:
    """Held against itself: with its words in another order a spelling is near its column, or near none."""
    known = known_headers(table)  # type: ignore[arg-type]
    for column in table:  # type: ignore[attr-defined]
        for spelling in (column.name, *column.headers):
            turned = " ".join(reversed(spelling.replace("_", " ").split()))
            assert seems_to_be(turned, known) in (column.name, None), turned
