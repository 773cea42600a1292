"""The key-in sheet: a workbook with a sheet for each year, in the look of the client's workbook, to tick off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.clients.item_rows import headline
from engine.clients.projection import Projection
from engine.columns.returns import Stage
from workbook_templates.drawing.assembly import BINDING, Binding, assemble
from workbook_templates.drawing.colors import TAB_FORM
from workbook_templates.drawing.layout import BOOK, Book, Shape, Sheet, letter
from workbook_templates.drawing.page import LINE, UNITS, Frame, Page, footer_key
from workbook_templates.xlsx.text_fit import lines_needed, row_height

from .key_in_figures import ExerciseToEnter, KeyedFigure, KeyInYear, key_in_year
from .sales_of_year import SaleToEnter

TITLE: Final = "Key-in {year}"
CODE: Final = "K"
PART: Final = "Key-in sheet"
WIDTHS: Final = (4.0, 13.5, 8.0, 20.0, 11.0, 11.0, 13.0, 13.0, 9.0, 13.0, 13.0, 13.0)
LAST: Final = letter(len(WIDTHS))
LABEL: Final = "D", "G"  # the cells over which a label runs
SOURCE: Final = "I", LAST
STAGES: Final[dict[Stage, str]] = {
    "filed": "the return of {year} was filed",
    "open": "the return of {year} is open: these figures are an estimate",
    "planned": "{year} is planned: these figures are an estimate",
}
ORDER: Final = "Type the blocks in their order and tick each row. Compare the results last. Lines of 0 are not listed."
NONE: Final = "Nothing to enter."
EXERCISE_HEADS: Final = (
    *("", "Lot", "", "Employer", "Granted\nbox 1", "Exercised\nbox 2", "Price\nbox 3", "Value\nbox 4", ""),
    *("Shares\nbox 5", "", "Line 2i"),
)
SALE_HEADS: Final = (
    *("", "Lot", "Box", "Description (a)", "Acquired\n(b)", "Sold\n(c)", "Proceeds\n(d)", "Cost\n(e)", "Code (f)"),
    *("Adjustment\n(g)", "AMT cost", "AMT\nadjustment"),
)
LINE_HEADS: Final = ("", "Form", "Line", "", "", "", "", "Amount", "From", "", "", "")
MIDDLE: Final = ("Line", "Box", "Code (f)")
NUMBERS: Final = (
    "Granted",
    "Exercised",
    "Acquired",
    "Sold",
    "Price",
    "Value",
    "Shares",
    "Line 2i",
    "Proceeds",
    "Cost",
    "Adjustment",
    "AMT",
    "Amount",
)


def key_in_workbook(projection: Projection, years: Sequence[int]) -> bytes:
    """The .xlsx file for years that are ready; the same client and years give the same bytes."""
    client, cents = projection.client, projection.client.rounding == "cents"
    shape = Shape(years[0], years[-1], 0, 0, cents)
    sheets = [_drawn(projection, key_in_year(projection, year), shape, first=year == years[0]) for year in years]
    titles = [sheet.title for sheet in sheets]
    values = {
        "footer": "  ·  ".join(filter(None, (client.name or "Client", client.firm))),
        **{footer_key(title): PART for title in titles},
        BINDING: Binding(titles, set(), {}),
    }
    return assemble(sheets, cents=cents).fill({BOOK: values}, "small")


def _drawn(projection: Projection, figures: KeyInYear, shape: Shape, *, first: bool) -> Sheet:
    book, year = Book(shape), figures.year
    title = TITLE.format(year=year)
    page = Page(book, Frame(title, CODE, title, WIDTHS, TAB_FORM, 3, own_top=True, title_rows="-"))
    page.sheet.sheet_view.tabSelected = first
    _top(page, projection, year)
    _block(page, "1   Forms 3921: exercises that line 2i counts", EXERCISE_HEADS, figures.exercises, _exercise)
    _block(page, "2   Form 8949: each sale, with its AMT cost and adjustment", SALE_HEADS, figures.sales, _sale)
    _block(page, "3   Lines to enter: other property, carried in, the year before", LINE_HEADS, figures.entered, _line)
    _block(page, "4   The rest of the return, as it is on record here", LINE_HEADS, figures.of_return, _line)
    _block(page, "5   Results: compare, do not type", LINE_HEADS, figures.results, _line)
    result = projection.years[year]
    attach = f"Attach Form 6251? {result.attach_reason} " if result.final else ""  # test 3 asks for the credit
    page.note(f"{attach}Where a result differs, look first at the rows above without a tick.")
    page.note(f"Open items: {headline(projection.open_items)}")
    page.note("This is not tax advice.")
    page.close()
    return book.finish()


def _top(page: Page, projection: Projection, year: int) -> None:
    for row, points in ((1, 25.0), (2, 14.0), (3, 20.0), (4, 14.0)):
        page.height(row, points)
    stage = STAGES[projection.stages[year]].format(year=year)
    name = projection.client.name
    page.cells.fixed("A1", f"Key-in sheet {year}", "ib_title")
    page.cells.fixed(f"{LAST}1", CODE, "ib_ref")
    page.cells.fixed("A2", "  ·  ".join(filter(None, (name, UNITS, stage))), "ib_sub")
    page.cells.fixed("A3", projection.years[year].conclusion, "ib_say")
    page.cells.fixed("A4", ORDER, "ib_sub")
    page.row = 5


def _block(
    page: Page, title: str, heads: Sequence[str], rows: Sequence[Any], write: Callable[[Page, Any], None]
) -> None:
    """A block: its title, the heads of its columns, a row for each figure with a cell to tick."""
    page.heading(title)
    if not rows:
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", NONE, "ib_sub_in")
        page.row += 1
        return
    page.height(page.row, 29 if any("\n" in head for head in heads) else 18)
    for column, head in enumerate(heads, 1):
        page.cells.fixed(f"{letter(column)}{page.row}", head, _head_style(head))
    page.row += 1
    for each in rows:
        page.cells.fixed(f"A{page.row}", "", "ib_in_rec_word")
        write(page, each)
        page.row += 1


def _head_style(head: str) -> str:
    if head.startswith(NUMBERS):
        return "ib_column_num"
    return "ib_column_mid" if head in MIDDLE else "ib_column_in" if head == LINE_HEADS[8] else "ib_column"


def _cells(page: Page, cells: Sequence[tuple[object, str]], tallest: int = 1) -> None:
    """The cells of a row from B on; None leaves one blank."""
    page.height(page.row, max(LINE, row_height(tallest)))
    for column, (value, style) in enumerate(cells, 2):
        page.cells.fixed(f"{letter(column)}{page.row}", value, style)


def _exercise(page: Page, lot: ExerciseToEnter) -> None:
    page.merge(f"B{page.row}:C{page.row}")
    cells = [
        *((lot.lot, "ib_lot"), (None, "ib_lot"), (lot.employer, "ib_label")),
        *((lot.granted, "ib_date"), (lot.exercised, "ib_date"), (lot.price, "ib_price"), (lot.value, "ib_price")),
        *((None, "ib_label"), (lot.shares, "ib_shares"), (None, "ib_label"), (lot.adjustment, "ib_amt")),
    ]
    _cells(page, cells, lines_needed(lot.employer, WIDTHS[3], 10))


def _sale(page: Page, sale: SaleToEnter) -> None:
    row, twin = sale.regular, sale.amt
    acquired = row["b"]
    cells = [
        *((row["lot"], "ib_lot"), (row["box"] or "?", "ib_code"), (row["a"], "ib_label")),
        (acquired, "ib_date" if isinstance(acquired, date) else "ib_mid"),
        *((row["c"], "ib_date"), (row["d"], "ib_price"), (row["e"], "ib_price"), (row["f"], "ib_code")),
        *((row["g"], "ib_price"), (twin["e"], "ib_price"), (twin["g"], "ib_price")),
    ]
    _cells(page, cells, lines_needed(row["a"], WIDTHS[3], 10))


def _line(page: Page, figure: KeyedFigure) -> None:
    (first, last), (begins, ends) = LABEL, SOURCE
    for left, right in (LABEL, SOURCE):
        page.merge(f"{left}{page.row}:{right}{page.row}")
    is_amount = isinstance(figure.value, Decimal)
    blank: tuple[object, str] = (None, "ib_label")
    cells = [
        *((figure.form, "ib_text"), (figure.line, "ib_line"), (figure.label, "ib_label"), blank, blank, blank),
        (figure.value, "ib_amt" if is_amount else "ib_mid"),
        *((figure.source, "ib_src"), *([(None, "ib_src")] * 3)),
    ]
    tallest = max(
        lines_needed(figure.form, WIDTHS[1], 10),
        lines_needed(figure.label, _width(first, last), 10),
        lines_needed(figure.source, _width(begins, ends), 9, indent=1),
        lines_needed(str(figure.value), WIDTHS[7], 10),
    )
    _cells(page, cells, tallest)


def _width(first: str, last: str) -> float:
    """The width of a run of columns, in characters."""
    return sum(width for column, width in enumerate(WIDTHS, 1) if first <= letter(column) <= last)
