"""The sheets 8949: one per year with sales, each with the rows, the totals and the walk to line 2k of the engine."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, project
from engine.systems import AMT, REGULAR
from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.spreadsheets import cells, recalculated_by_ironcalc, type_in
from workbook_templates.contents.forms.form_8949_layout import halves_of_8949, pages_of_8949
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


def test_every_sheet_of_the_index_has_a_reference_of_its_own(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """Gains 2025 is E-25, and the Form 8949 behind it E-25-1."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(six_years[0])), data_only=True)
    rows = [row for row in book["Contents"].iter_rows(min_row=5, values_only=True) if row[0] in book.sheetnames]
    codes = {row[0]: row[2] for row in rows}
    assert (codes["Gains 2025"], codes["8949 2025"]) == ("E-25", "E-25-1")
    assert len(set(codes.values())) == len(codes)


def shown_rows(sheet: Worksheet, band: int) -> list[tuple[Any, ...]]:
    """The rows under the first band, or the second, that have a height."""
    found: list[list[tuple[Any, ...]]] = []
    for number, row in enumerate(sheet.iter_rows(min_row=4, max_col=9), 4):
        if str(row[0].value or "").startswith(("As filed", "For the AMT", "From these")):
            found.append([])
        elif not sheet.row_dimensions[number].hidden:
            found[-1].append(tuple(cell.value or None for cell in row))
    return found[band]


def test_only_years_with_sales_have_a_sheet(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """Robin sold in 2021 to 2025, not in 2020."""
    assert sorted(six_years[1]) == [f"8949 {year}" for year in range(2021, 2026)]
    assert sheets(read_source(EXAMPLES / "mixed")) == {}


def test_the_rows_are_those_of_the_engine(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """Lot and (a) to (h) by part and box, for regular tax and for AMT; nothing else has a height."""
    client, drawn = six_years
    projection = project(client)
    for year in range(2021, 2026):
        for band, system in enumerate((REGULAR, AMT)):
            expected: list[tuple[Any, ...]] = []
            for row in projection.form_8949(year, system):
                expected.append((f"Part {row['part']}", row["box"], row["lot"], row["a"], row["f"] or None))
                expected[-1] += tuple(row[name] or 0 for name in "degh")
            assert sales_shown(shown_rows(drawn[f"8949 {year}"], band)) == expected


def sales_shown(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Each sale with the part and the box of the bar above it; the days are days."""
    found, part, box = [], "", ""
    for row in rows:
        if str(row[0]).startswith("Part "):
            part, box = row[0], str(row[1]).partition("Box ")[2][:1]
        elif row[2] and hasattr(row[2], "date"):
            amounts = [Decimal(str(row[place] or 0)) for place in (4, 5, 7, 8)]
            found.append((part, box, row[0], row[1], row[6], *amounts))
    return found


def test_each_box_has_its_bar_its_heads_and_its_totals(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """2023: short-term a sale of 41,980 with 19,500 of it in wages, long-term one of 99,880."""
    rows = shown_rows(six_years[1]["8949 2023"], 0)
    firsts = [row[0] for row in rows]
    assert firsts == ["Part I", "Lot", "C-1", "Totals", None, "Part II", "Lot", "B-1", "Totals", None]
    assert rows[0][1] == "Short-term, held one year or less  ·  Box A: basis reported to the IRS"
    assert rows[3] == ("Totals", "to Schedule D, line 1b", None, None, 41_980, 22_500, None, -19_500, -20)
    assert rows[8] == ("Totals", "to Schedule D, line 8b", None, None, 99_880, 5_000, None, None, 94_880)
    twin = shown_rows(six_years[1]["8949 2023"], 1)
    assert twin[3] == ("Totals", "to AMT Schedule D, line 1b", None, None, 41_980, 60_000, None, None, -18_020)


def test_the_walk_ends_at_line_2k(six_years: tuple[Client, dict[str, Worksheet]]) -> None:
    """2023: (18,000) of these sales, (19,500) of income counted before, (60,045) of losses and limits: (97,545)."""
    sheet = six_years[1]["8949 2023"]
    walk = {row[0]: row[8] for row in shown_rows(sheet, 2)}
    assert "Other property sold, as typed" not in walk  # there is none
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


def sold_in_2025(count: int, boxes: str) -> Client:
    """So many sales of one lot in 2025, spread over these boxes."""
    lot = {"exercise_id": "1", "date_granted": "2018-01-02", "date_exercised": "2020-01-03", "exercise_price": 1}
    lot |= {"fmv_exercise": 5, "shares": 10 * count}
    sale = {"exercise_id": "1", "shares": 10, "price": 9, "date_sold": "2025-05-02"}
    sales = [{**sale, "box_8949": boxes[number % len(boxes)]} for number in range(count)]
    row = {"tax_year": 2025, "filing_status": "single", "wages": 90_000, "deduction": "standard"}
    return Client(exercises=[lot], sales=sales, returns=[row])


def test_the_note_on_the_codes_has_company() -> None:
    """14 sales of two boxes: 61 + 2 x 72 + 14 x 17 = 443, and the walk of 129.25 ends at 572.25 of 571.5 points.

    So the walk begins a page. 18 sales of a box end at 61 + 72 + 18 x 17 + 129.25 = 568.25 and stay on one.
    """
    client = sold_in_2025(14, "DE")
    sheet = sheets(client)["8949 2025"]
    bands = {str(cell.value)[:10]: cell.row for cell in sheet["A"] if cell.value}
    ends = [each.id for each in sheet.row_breaks.brk]
    assert ends == [bands["For the AM"] - 1, bands["From these"] - 1]
    assert len(sheets(sold_in_2025(18, "D"))["8949 2025"].row_breaks.brk) == 1


@pytest.mark.parametrize(
    ("count", "boxes", "pages"),
    [(2, "D", 1), (14, "DE", 3), (18, "D", 2), (25, "D", 3), (26, "D", 4)],
)
def test_pages_are_those_of_the_rows_as_they_are_drawn(count: int, boxes: str, pages: int) -> None:
    """As LibreOffice prints them: 25 sales of a box end at 81 + 46 + 25 x 17 + 19 = 571 of 571.5 points, 26 do not."""
    projection = project(sold_in_2025(count, boxes))
    rows = shape_of(projection).form_rows
    assert pages_of_8949(projection, 2025, rows) == pages
    if pages > 1:
        regular, amt = halves_of_8949(projection, 2025, rows)
        sheet = sheets(sold_in_2025(count, boxes))["8949 2025"]
        last = int(str(sheet.print_area).rpartition("$")[2])
        sizes = (sheet.row_dimensions[row] for row in range(1, last + 1))
        drawn = [size.height for size in sizes if size.height and not size.hidden]
        assert drawn == [points for points in (*regular, *amt[2:]) if points]


def moved_to_another_box(folder: Path) -> Path:
    """Two sales of one lot of 2024, both in box D; then the second is typed to be in box E."""
    lot = {"exercise_id": "1", "date_granted": "2020-01-02", "date_exercised": "2022-01-03", "exercise_price": 1}
    lot |= {"fmv_exercise": 5, "shares": 100, "employer": "Cedar Corp"}
    sale = {"exercise_id": "1", "shares": 10, "price": 9, "box_8949": "D"}
    sold = [sale | {"date_sold": "2024-05-02"}, sale | {"date_sold": "2024-06-03"}]
    row = {"tax_year": 2024, "filing_status": "single", "wages": 90_000, "deduction": "standard"}
    (made := folder / "made.xlsx").write_bytes(workbook(Client(exercises=[lot], sales=sold, returns=[row])))
    sheet = openpyxl.load_workbook(made)["Sales"]
    box = next(cell.column_letter for row in sheet.iter_rows() for cell in row if cell.value == "D")
    at = [row[0].row for row in sheet.iter_rows() if any(cell.value == "D" for cell in row)]
    type_in(made, {("Sales", f"{box}{at[1]}"): "E"}, typed := folder / "typed.xlsx")
    return typed


def test_a_sale_that_moves_to_another_box_is_added_up_there_and_the_head_says_so(tmp_path: Path) -> None:
    """90 of proceeds in box D and 90 in box E, where 180 stood in D; the rows were laid out for one box."""
    typed = moved_to_another_box(tmp_path)
    before, after = cells(typed), recalculated_by_ironcalc(typed)
    [row] = [int(at[1:]) for (title, at), value in after.items() if value == "to Schedule D, line 9" and at[0] == "B"]
    assert (after["8949 2024", f"E{row}"], after["8949 2024", f"E{row - 5}"]) == (90, 90)
    assert (before["8949 2024", f"E{row}"], after["8949 2024", f"B{row - 5}"]) == (180, "to Schedule D, line 8b")
    assert str(before["8949 2024", "A3"]).startswith("2024: regular result $160")
    assert str(after["8949 2024", "A3"]).startswith("Out of date: a sale has changed since this sheet was laid out.")
