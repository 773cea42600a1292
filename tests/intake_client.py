"""A client with three employers and four years, as CSV files and as what a person types into an intake workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from openpyxl import Workbook, load_workbook

from workbook_templates.intake import intake_workbook

NAME: Final = "Kim Sample (invented)"
YEARS: Final = range(2022, 2026)
Rows = Sequence[Mapping[str, str]]


def _rows(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text.strip(), newline="")))


TABLES: Final[Mapping[str, Rows]] = {
    "exercises": _rows("""
exercise_id,employer,grant_id,kind,date_granted,date_exercised,exercise_price,fmv_exercise,shares,doc_ref
A-1,Acorn Inc,2020-A,ISO,2020-06-15,2022-03-01,2.50,40.25,4000,Form 3921 for 2022
A-2,Acorn Inc,2020-A,NSO,2020-06-15,2023-04-03,2.50,44,500,
B-1,Birch Labs,,ISO,2021-01-04,2023-05-01,1.2345,9.5,2000,Form 3921 for 2023
C-1,Cedar Corp,,RSU,,2024-02-15,,61.20,150.5,
"""),
    "sales": _rows("""
exercise_id,date_sold,shares,price,selling_costs,w2_income,broker_basis,box_8949
A-1,2024-08-01,1500,38.75,25,,3750,D
B-1,2024-02-01,800,11.10,,6600,987.60,D
C-1,2025-06-02,100,70,9.95,,6120,D
"""),
    "returns": _rows("""
tax_year,filing_status,wages,other_income,deduction,itemized_deductions,taxes_deducted,return_stage,mtc_carryforward_in
2022,married_joint,310000.40,5000,standard,,,filed,0
2023,married_joint,325000,,itemized,41000,10000,filed,
2024,married_joint,340000,-1200,standard,,,filed,
2025,married_joint,352000,,standard,,,open,
"""),
    "w2": _rows("""
tax_year,employer,box_1,code_v
2023,Acorn Inc,200000,20750
2023,Birch Labs,125000,
2024,Cedar Corp,340000,
"""),
    "grants": _rows("""
grant_id,employer,date_granted,fmv_grant,shares,date_exercisable
2020-A,Acorn Inc,2020-06-15,2.50,20000,2021-06-15
2020-A,Acorn Inc,2020-06-15,2.50,20000,2022-06-15
"""),
    "splits": _rows("""
employer,effective_date,ratio
Birch Labs,2023-11-01,2:1
Acorn Inc,2025-03-03,3
"""),
}


def write_csv_files(folder: Path) -> Path:
    """The client as CSV files and client.toml."""
    folder.mkdir()
    for table, rows in TABLES.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    (folder / "client.toml").write_text(f'name = "{NAME}"\n', encoding="utf-8")
    return folder


class TypedCell(NamedTuple):
    """What a person types into a cell of a sheet."""

    sheet: str
    cell: str
    value: str | float


def typed_cells(book: Workbook) -> Iterator[TypedCell]:
    """The client typed into the cells of an intake workbook that its names lead to; days stay text."""
    yield _typed(book, "client_name", 0, NAME)
    for row in TABLES["returns"]:
        for name, text in row.items():
            if text and name != "tax_year":
                yield _typed(book, f"inputs_{row['tax_year']}_{name}", 0, text)
    for table in (table for table in TABLES if table != "returns"):
        for place, row in enumerate(TABLES[table]):
            for name, text in row.items():
                if text:
                    yield _typed(book, f"{table}_{name}", place, text)


def _typed(book: Workbook, name: str, down: int, text: str) -> TypedCell:
    sheet, cells = book.defined_names[name].attr_text.replace("$", "").split("!")
    first = cells.split(":")[0]
    column, row = first.rstrip("0123456789"), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return TypedCell(sheet.strip("'"), f"{column}{row + down}", _value(text))


def _value(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text


def blank(years: range = YEARS) -> Workbook:
    """A blank intake workbook."""
    return load_workbook(BytesIO(intake_workbook(years)))


def filled(book: Workbook, cells: Iterator[TypedCell] | Sequence[TypedCell]) -> Workbook:
    """The workbook with some cells typed; days as Excel holds them."""
    for sheet, cell, value in cells:
        where: Any = book[sheet][cell]
        where.value = _day(value) if isinstance(value, str) else value
    return book


def _day(text: str) -> str | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
