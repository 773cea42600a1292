"""Sales: each sale twice, regular tax beside AMT, and the way from gains to line 2k by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.forms.sales import sales

from ..book_summary import book_summary
from ..charts import Bars, bar_chart
from ..excel_formula import if_started, lot_of_sale, when_found
from ..layout import Book, Place, letter
from ..page import LINE, RESULT, Frame, Page
from ..styles import NAVY, ORANGE, ORANGE_EDGE, TAB_INPUT, quiet_zero
from ..summary import CARRIED_OUT, line_2k_rows, year_summary
from ..template import Slot
from .record_table import Spec, draw_table

CHART_ROWS: Final = 15
FIRST_YEAR: Final = 6  # the column of the first year, below the table
OPEN: Final = "Not counted yet: lot (as on Exercises), date, shares and price are needed."
NOTE: Final = (
    "Both systems start from the same proceeds. Regular basis is the price paid plus what was ordinary income; AMT "
    "basis adds the spread of line 2i. Loss limit and carryover run separately in each system (Instr. 6251, line 2k). "
    "Disposition, loss rule, income in wages, broker's basis and document are typed to the right of the printed page; "
    "box, code and adjustment are those of Form 8949 (f) and (g), proceeds less selling costs being column (d)."
)


def _lot(letters: Mapping[str, str], row: int, body: str) -> str:
    at = {name: f"${column}{row}" for name, column in letters.items()}
    dates_and_shares = f"{at['date_sold']}:{at['shares']}"
    ids, rows = "exercises_exercise_id", "exercises_row"
    return lot_of_sale(dates_and_shares, at["price"], at["disposition"], at["exercise_id"], ids, rows) + body


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['lot']}{row}", body)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    started = if_started(f"$A{row}:${letters['selling_costs']}{row}", OPEN)
    return when_found(f"${letters['lot']}{row}", body, started)


SALES: Final = Spec(
    table=sales,
    groups={
        "As received: one row a lot sold": {
            "exercise_id": 7.0,
            "date_sold": 12.0,
            "shares": 9.0,
            "price": 8.5,
            "selling_costs": 9.0,
        },
        "Regular tax": {"proceeds": 11.0, "regular_basis": 11.0, "ordinary": 10.0, "gain": 11.0, "term": 6.0},
        "AMT": {"amt_basis": 11.0, "amt_gain": 11.0, "amt_term": 6.0},
        "Result": {"difference": 11.0, "box": 6.0, "code_8949": 6.0, "adjust_8949": 10.0, "why": 37.0},
    },
    recorded=("disposition", "loss_rule", "w2_income", "broker_basis", "box_8949", "doc_ref"),
    totals=("shares", "proceeds", "regular_basis", "ordinary", "gain", "amt_basis", "amt_gain", "difference"),
    quiet_by="proceeds",
    resolved={"lot": _lot},
    wrap=_wrap,
    wrap_why=_wrap_why,
)


def draw_sales(book: Book) -> None:
    """The record table, then line 2k of each year from its gains."""
    frame = Frame("Sales", "E", "Sales: regular beside AMT", SALES.widths, TAB_INPUT, 5, landscape=True, freeze="C6")
    page = Page(book, frame)
    for name in ("exercises_exercise_id", "exercises_row"):
        book.refer(name)
    draw_table(page, SALES, book.shape.sale_rows)
    page.say(book_summary(book.shape)[0].find("sales"), book.shape.last)
    _to_line_2k(page)
    page.note(NOTE)
    page.close()


def _to_line_2k(page: Page) -> None:
    years = list(page.book.shape.years)
    page.heading("From gains to line 2k")
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", "Step", "ib_text")
    for place, year in enumerate(years):
        page.cells.fixed(f"{letter(FIRST_YEAR + place)}{page.row}", year, "ib_mid")
    page.row += 1
    for key, label, how, result in line_2k_rows():
        _step(page, key, label, how, result)
    _losses(page, years)


def _losses(page: Page, years: list[int]) -> None:
    """What each system carries on, and the two side by side."""
    first, end = letter(FIRST_YEAR), letter(FIRST_YEAR + len(years) - 1)
    series: list[Bars] = []
    for (key, label, _), (fill, edge) in zip(CARRIED_OUT, ((ORANGE, ORANGE_EDGE), (NAVY, NAVY)), strict=True):
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", label, "ib_text")
        page.realign(f"A{page.row}", wrap_text=False)
        for place, year in enumerate(years):
            line = year_summary(year).find(key)
            cell = f"{letter(FIRST_YEAR + place)}{page.row}"
            page.cells.expression(cell, line.leaf, year, (str(year), line.key), "ib_amt_link")
        quiet_zero(page.sheet, f"{first}{page.row}:{end}{page.row}", f"{first}{page.row}")
        values: list[Slot] = [(str(year), f"lead.{key}") for year in years]
        series.append(Bars(label, fill, edge, f"{first}{page.row}:{end}{page.row}", values))
        page.row += 1
    heads = page.row - len(CARRIED_OUT) - len(line_2k_rows()) - 1
    page.heading("Capital losses carried forward, by year (US dollars)")
    bar_chart(page, f"A{page.row}", Place(page.sheet.title, f"{first}{heads}:{end}{heads}"), years, series)
    for _ in range(CHART_ROWS):
        page.height(page.row, 16)
        page.row += 1


def _step(page: Page, key: str, label: str, how: str, result: bool) -> None:
    years = list(page.book.shape.years)
    page.height(page.row, RESULT if result else LINE)
    page.cells.fixed(f"A{page.row}", label, "ib_result_label" if result else "ib_text")
    page.realign(f"A{page.row}", wrap_text=False)
    for column in range(2, len(SALES.widths) + 1):
        if result:
            page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_result_src")
    for place, year in enumerate(years):
        line, cell = year_summary(year).find(key), f"{letter(FIRST_YEAR + place)}{page.row}"
        page.cells.place(line, year, cell)
        page.cells.line(cell, line, year, "ib_result_amt" if result else "ib_amt_link")
    end = letter(FIRST_YEAR + len(years) - 1)
    if not result:
        quiet_zero(page.sheet, f"{letter(FIRST_YEAR)}{page.row}:{end}{page.row}", f"{letter(FIRST_YEAR)}{page.row}")
    told = f"{letter(FIRST_YEAR + len(years))}{page.row}"
    page.cells.fixed(told, how, "ib_result_src" if result else "ib_cite")
    page.realign(told, wrap_text=False)
    page.row += 1
