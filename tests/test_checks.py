"""What the checks come to: green when nothing is wrong; what was not compared counts for nothing."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from engine import Client, project
from isobook.sources import read_source
from tests.printed_clients import PRINTED
from workbook_templates.contents.book_summary import book_summary
from workbook_templates.contents.checks.against_documents import NOT_TYPED
from workbook_templates.fill import shape_of, values_of, workbook

EXAMPLE = read_source(Path(__file__).parents[1] / "examples" / "underwater")


def values(client: Client) -> dict[str, object]:
    """The lines of the book."""
    projection = project(client)
    shape = shape_of(projection)
    return {key.removeprefix("book."): each for key, each in values_of(projection, shape)["book"].items()}


def filed(**typed: Decimal) -> Client:
    """The example with figures of its one return as filed."""
    (row,) = EXAMPLE.returns
    return EXAMPLE.model_copy(update={"returns": (row.model_copy(update=dict(typed)),)})


def test_all_agree_though_no_filed_figure_is_typed() -> None:
    """One year: 2 checks of the ledger, 3 of sources, 5 of records are 10; 2 filed figures are not typed."""
    told = values(EXAMPLE)
    assert told["checks"] == "All 10 checks agree"
    assert told["checks said"] == "All 10 checks agree  ·  2 not compared (optional)"


def test_a_year_that_is_not_ready_is_told_beside_the_checks_that_agree() -> None:
    """The wages of 2025 are blank: the checks of 2025 compare nothing, so not all is told to agree."""
    assert values(PRINTED["not ready"])["checks"] == "17 checks agree; a year is not ready"


def test_a_filed_figure_that_is_as_computed_is_one_check_more() -> None:
    """Wages 140,000 less the standard deduction of 2024, 14,600, are 125,400."""
    told = values(filed(taxable_income=Decimal(125_400)))
    assert told["checks said"] == "All 11 checks agree  ·  1 not compared (optional)"


def test_a_filed_figure_that_differs_is_the_verdict() -> None:
    """125,401 typed against 125,400."""
    told = values(filed(taxable_income=Decimal(125_401)))
    assert told["checks"] == "1 of 11 checks differs"


def test_what_was_not_compared_is_grey_and_says_how_to_compare() -> None:
    """The last two checks of the example."""
    shape = shape_of(project(EXAMPLE))
    told, checks = values(EXAMPLE), book_summary(shape)[1]
    results = [(told[f"check {each.number} result"], told[f"check {each.number} to do"]) for each in checks]
    assert results[-2:] == [("not compared", NOT_TYPED)] * 2
    assert {result for result, _ in results[:-2]} == {"agrees"}


def test_income_that_a_typed_zero_keeps_out_of_wages_does_not_differ() -> None:
    """All kinds of stock: $420 of a qualifying purchase plan sale is typed as 0 in wages, and goes on Schedule 1."""
    told = values(read_source(Path(__file__).parents[1] / "examples/all-equity"))
    assert told["checks"] == "All 17 checks agree"


def test_counts_have_no_decimals_and_dollars_follow_the_rounding() -> None:
    """In cents: rows, checks, shares and the bars of the chart stay whole; all other dollars have two decimals."""
    source = Path(__file__).parents[1] / "examples" / "grant-limit"
    book = load_workbook(BytesIO(workbook(read_source(source, rounding="cents"))))
    formats = {row[1].value: row[2].number_format for row in book["Checks"].iter_rows(min_row=5)}
    counts = ("Exercises: every row begun is complete", "Checks that compare", "Exercises that add nothing")
    assert not [each for each in counts if "0.00" in formats[each]]
    assert "0.00" in formats["Line 2i, all years = all exercises on record"]
    sums = {row[0].value: row for row in book["Grants"].iter_rows(max_row=12)}["all years on record, all employers"]
    assert len([cell for cell in sums if cell.value is not None and "0.00" in cell.number_format]) == 3
    (chart,) = book["Summary"]._charts  # type: ignore[attr-defined]
    assert {each.dLbls.numFmt for each in chart.series} == {'"$"#,##0;;'}
