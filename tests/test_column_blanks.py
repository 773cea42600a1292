"""What a blank is declared to mean is what the figures take it for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from engine import Client, project
from engine.columns import EXERCISES, GRANTS, RETURNS, SALES, TABLES, EntryColumn
from engine.columns.blank import Means
from engine.language.expressions import Flag
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import compile_lines

Row = Mapping[str, object]
ROWS: Final[dict[str, list[Row]]] = {
    "exercises": [
        {"exercise_id": "E1", "employer": "Northwind", "grant_id": "G1", "date_granted": "2022-01-05"}
        | {"date_exercised": "2024-02-01", "exercise_price": "2.50", "fmv_exercise": "40.25", "shares": "3000"}
        | {"basis_adjustment": "-150"},
        {"exercise_id": "P1", "kind": "ESPP", "date_granted": "2023-01-03", "date_exercised": "2023-06-30"}
        | {"exercise_price": "17", "fmv_exercise": "24", "shares": "50", "fmv_grant": "20"},
    ],
    "sales": [
        {"exercise_id": "E1", "date_sold": "2024-11-01", "shares": "500", "price": "30"},
        {"exercise_id": "P1", "date_sold": "2025-08-01", "shares": "50", "price": "26"},
    ],
    "returns": [
        {"tax_year": "2024", "filing_status": "single", "wages": "190000", "deduction": "itemized"}
        | {"itemized_deductions": "30000", "foreign_tax_credit": "400"},
        {"tax_year": "2025", "filing_status": "single", "wages": "210000", "deduction": "standard"},
    ],
    "grants": [
        {"grant_id": "G1", "employer": "Northwind", "date_granted": "2022-01-05", "fmv_grant": "2.50", "shares": "3000"}
    ],
}
NONE: Final = [(t, each) for t in ("returns", "sales") for each in TABLES[t] if each.blank_is_zero]
SAME: Final = [(t, each) for t in TABLES for each in TABLES[t] if each.blank.means is Means.THE_SAME]


def figures(table: str, cells: Row, place: int = 0) -> dict[str, Any]:
    """All that is computed where a row of a table holds these cells; entries themselves and sentences are left out."""
    rows = [{**row, **cells} if number == place else row for number, row in enumerate(ROWS[table])]
    tables: dict[str, Any] = {**ROWS, table: rows}
    projection = project(Client(**tables))
    lines = {f"{year}.{key}": value for year, each in projection.years.items() for key, value in each.figures.items()}
    typed = {column.name for each in TABLES.values() for column in each}
    found = {**lines, **projection.records, **projection.following}
    return {key: value for key, value in found.items() if not _is_words(value) and key.rsplit(".", 1)[1] not in typed}


def _is_words(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and any(isinstance(each, str) for each in value))


@pytest.fixture(scope="module")
def unchanged() -> dict[str, Any]:
    """The figures of the rows as they are."""
    return figures("returns", {})


@pytest.mark.parametrize(("table", "column"), NONE, ids=[f"{table}.{column.name}" for table, column in NONE])
def test_a_blank_that_means_none_is_a_zero(table: str, column: EntryColumn, unchanged: dict[str, Any]) -> None:
    """Nothing that is computed tells the one from the other."""
    is_blank = column.name not in ROWS[table][0]
    blank = unchanged if is_blank else figures(table, {column.name: None})
    assert figures(table, {column.name: 0}) == blank


@pytest.mark.parametrize(("table", "column"), SAME, ids=[f"{table}.{column.name}" for table, column in SAME])
def test_a_blank_that_means_another_column_is_its_value(
    table: str, column: EntryColumn, unchanged: dict[str, Any]
) -> None:
    """Typing what stands in the other column, or in the one that it takes itself, changes nothing."""
    place = 1 if column.name == "price_at_grant" else 0  # of the purchase: no other kind has one
    other = TABLES[table][column.blank.column]
    value = ROWS[table][place].get(other.name) or ROWS[table][place][other.blank.column]
    assert figures(table, {column.name: value}, place) == unchanged


def asks(condition: Any, **row: object) -> bool:
    """Whether a blank is asked about in a row; what is not named is blank."""
    leaf = Leaf("asked", "asked", kind=Kind.FLAG)
    return bool(compile_lines([Line(leaf, "", "", Flag(condition).node)], AMOUNTS)(row, {})["asked.asked"])


UNFILED: Final = {"inputs.taxable_income": None, "inputs.taxes_deducted": 0}


@pytest.mark.parametrize(
    ("column", "row", "is_asked"),
    [
        (RETURNS["wages"], {"inputs.taxable_income": None}, True),
        (RETURNS["wages"], {"inputs.taxable_income": 90_000}, False),
        (RETURNS["filing_status"], {}, True),
        (
            RETURNS["itemized_deductions"],
            {"inputs.taxable_income": None, "inputs.deduction": "itemized", "inputs.taxes_deducted": None},
            True,
        ),
        (
            RETURNS["itemized_deductions"],
            {"inputs.taxable_income": None, "inputs.deduction": "standard", "inputs.taxes_deducted": None},
            False,
        ),
        (SALES["w2_income"], {"sales.ordinary": 5_000}, True),
        (SALES["w2_income"], {"sales.ordinary": 0}, False),
    ],
)
def test_a_condition_is_read_like_any_line(column: Any, row: dict[str, Any], is_asked: bool) -> None:
    """The expressions beside the columns are those of the forms, and read as they are."""
    assert asks(column.blank.asked, **row) is is_asked


def test_what_is_never_asked_about_says_so() -> None:
    """Most blanks are none."""
    assert EXERCISES["vest_date"].blank.asked is None
    assert GRANTS["date_accelerated"].blank.asked is None
