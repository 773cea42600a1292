"""A small client, its workbook, and the workbook after a person edited it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client
from engine.errors import InputError, Problem
from isobook.sources import Opened, open_source
from tests.workbook_facts import Facts, Place
from workbook_templates.fill import workbook

LOTS = [
    {"exercise_id": "E1", "employer": "Northwind", "grant_id": "G-1", "doc_ref": "3921-1.pdf"}
    | {"date_granted": "2021-01-05", "date_exercised": "2024-02-01", "exercise_price": "2.50"}
    | {"fmv_exercise": "40.25", "shares": "1000"},
    {"exercise_id": "E2", "employer": "Northwind", "date_granted": "2022-03-01", "date_exercised": "2025-05-02"}
    | {"exercise_price": "4.10", "price_exact": "4.0987", "fmv_exercise": "38.00", "shares": "600"},
    {"exercise_id": "E3", "employer": "Acme", "date_granted": "2023-01-01", "date_exercised": "2025-06-30"}
    | {"exercise_price": "10", "fmv_exercise": "9", "shares": "300.5", "vest_date": "2025-12-01", "fmv_vest": "12"}
    | {"election_83b": "yes"},
]
FIFO = {"employer": "Northwind", "date_sold": "2025-09-01", "shares": "1200", "price": "55", "selling_costs": "10.01"}
NAMED = {"exercise_id": "E3", "date_sold": "2025-12-15", "shares": "100", "price": "20", "doc_ref": "1099-B"}
RETURN = {"tax_year": "2025", "filing_status": "single", "wages": "200000", "deduction": "standard"}
RETURN |= {"mtc_carryforward_in": "1234.56", "exclusion_foreign_tax_credit": "12", "line_2g": "77.25"}
SPLIT = {"employer": "Northwind", "effective_date": "2025-07-01", "ratio": "3:2"}

Edit = Callable[[Workbook], None]


def small_client(**changed: Any) -> Client:
    """One year, three lots, a sale first in, first out over two of them, and one that names its lot."""
    rows: dict[str, Any] = {"exercises": LOTS, "sales": [FIFO, NAMED], "returns": [RETURN], "name": "Jordan Sample"}
    return Client(**{**rows, **changed})


@cache
def made() -> bytes:
    """The small client's workbook."""
    return workbook(small_client())


def made_of(**changed: Any) -> bytes:
    """The workbook of a changed small client."""
    return workbook(small_client(**changed))


@cache
def facts() -> Facts:
    """Where its cells are."""
    return Facts(made())


def record(table: str, position: int, column: str) -> Place:
    """The cell of a record; position 0 is the first row of the table."""
    return facts().record(table, position, column)


def row_of(table: str, position: int) -> int:
    """The row of a record; position 0 is the first."""
    return int("".join(filter(str.isdigit, record(table, position, "shares").cell)))


def column_of(table: str, column: str) -> int:
    """The number of an entry's column."""
    return column_index_from_string(record(table, 0, column).cell.rstrip("0123456789"))


def entry_row(column: str) -> int:
    """The row of an entry on Inputs."""
    return int("".join(filter(str.isdigit, facts().entry(2025, column).cell)))


def edited(folder: Path, edit: Edit, data: bytes = b"") -> Path:
    """The workbook after an edit, saved by openpyxl, which keeps no cached value."""
    book = load_workbook(BytesIO(data or made()))
    edit(book)
    path = folder / "client.xlsx"
    book.save(path)
    return path


def opened(folder: Path, edit: Edit, data: bytes = b"") -> Opened:
    """The client of the edited workbook, with its notes."""
    return open_source(edited(folder, edit, data))


def problems_of(folder: Path, edit: Edit, data: bytes = b"") -> tuple[Problem, ...]:
    """What is wrong with the workbook after an edit."""
    with pytest.raises(InputError) as refused:
        opened(folder, edit, data)
    return refused.value.problems


def type_row(book: Workbook, table: str, position: int, **values: object) -> None:
    """Type a record into a row of a table."""
    for column, value in values.items():
        sheet, cell = record(table, position, column)
        book[sheet][cell].value = value


def type_entry(book: Workbook, column: str, value: object) -> None:
    """Type an entry of 2025."""
    sheet, cell = facts().entry(2025, column)
    book[sheet][cell].value = value


def sheet_of(book: Workbook, title: str) -> Worksheet:
    """A sheet by its title."""
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet
