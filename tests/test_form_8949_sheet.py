"""The sheets 8949: one per year with sales, each with the rows, the totals and the walk to line 2k of the engine."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, project
from engine.systems import AMT, REGULAR
from isobook.sources import read_source
from tests.command import EXAMPLES
from workbook_templates.fill import shape_of, workbook


def sheets(client: Client) -> dict[str, Worksheet]:
    """The sheets 8949 of a client's workbook, with their values."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(client)), data_only=True)
    return {sheet.title: sheet for sheet in book.worksheets if sheet.title.startswith("8949")}


@pytest.fixture(scope="module")
def six_years() -> tuple[Client, dict[str, Worksheet]]:
    """The example of six years."""
    client = read_source(EXAMPLES / "six-years")
    return client, sheets(client)


def rows_of(sheet: Worksheet, band: int) -> list[tuple[Any, ...]]:
    """The filled rows under the first band, or the second, up to the totals."""
    found: list[list[tuple[Any, ...]]] = []
    for row in sheet.iter_rows(min_row=5, max_col=11, values_only=True):
        if str(row[0] or "").startswith(("As filed", "For the AMT")):
            found.append([])
        elif found and row[2] and not str(row[2]).startswith("Totals") and row[0] in ("I", "II"):
            found[-1].append(row)
    return found[band]


def test_only_years_with_sales_have_a_sheet(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """Robin sold in 2021 to 2025, not in 2020."""
    assert list(six_years[1]) == [f"8949 {year}" for year in range(2021, 2026)]
    assert sheets(read_source(EXAMPLES / "mixed")) == {}


def test_the_rows_are_those_of_the_engine(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """Part, box, lot and (a) to (h), for regular tax and for AMT."""
    client, drawn = six_years
    projection = project(client)
    for year in range(2021, 2026):
        for band, system in enumerate((REGULAR, AMT)):
            rows = projection.form_8949(year, system)
            shown = rows_of(drawn[f"8949 {year}"], band)
            assert [row[:4] for row in shown] == [(r["part"], r["box"], r["lot"], r["a"]) for r in rows]
            for row, found in zip(rows, shown, strict=True):
                assert (found[4].date(), found[5].date(), found[8] or "") == (row["b"], row["c"], row["f"])
                amounts = [Decimal(str(found[place] or 0)) for place in (6, 7, 9, 10)]
                assert amounts == [row[name] or 0 for name in "degh"]


def test_the_walk_ends_at_line_2k(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """2023: (18,000) of these sales, (19,500) of income counted before, (60,045) of losses and limits: (97,545)."""
    sheet = six_years[1]["8949 2023"]
    walk = {row[0]: row[10] for row in sheet.iter_rows(min_row=20, max_col=11, values_only=True) if row[0]}
    assert walk["AMT result of these sales less the regular result"] == -18_000
    assert walk["Income in wages that the AMT counted in an earlier year"] == -19_500
    assert walk["Losses carried in, other gains and the loss limit, AMT less regular"] == -60_045
    assert walk["Form 6251, line 2k"] == -97_545
    said = "2023: regular result $94,860, AMT result $76,860; line 2k of Form 6251 is ($97,545)."
    assert sheet["A3"].value == said


def test_the_rows_are_of_the_year_with_most_sales() -> None:
    """Twelve sales of 2023 and one of 2024: room for sixteen a year."""
    lot = {"exercise_id": "1", "date_granted": "2020-01-02", "date_exercised": "2022-01-03", "exercise_price": 1}
    lot |= {"fmv_exercise": 5, "shares": 100}
    days = [*(f"2023-{month:02}-02" for month in range(1, 13)), "2024-02-01"]
    sales = [{"exercise_id": "1", "date_sold": day, "shares": 2, "price": 9} for day in days]
    shape = shape_of(project(Client(exercises=[lot], sales=sales)))
    assert (shape.form_rows, shape.sale_years) == (16, (2023, 2024))
