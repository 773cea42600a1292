"""Sales: each sale twice, regular tax beside AMT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.federal.stock.record_tables import sales

from ...contents.book_summary import book_summary
from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, lot_of_sale, when_found
from ...drawing.layout import Book
from ...drawing.page import Frame, Page
from .record_table import FIRST_ROW, Spec, draw_table

OPEN: Final = "Not counted yet: lot (as on Exercises), date, shares and price are needed."
NOTE: Final = (
    "Both systems start from the same proceeds. Regular basis is the price paid plus what was ordinary income; AMT "
    "basis adds the spread of line 2i. Loss limit and carryover run separately in each system (Instr. 6251, line 2k): "
    "see the Credit ledger. NSO, RSU and ESPP: the same in both. Price is also the value of ESPP shares that are given "
    "away or pass at death (IRC 423(c)). "
    "Disposition, loss rule, income in wages, broker's basis and document are typed to the right of the printed page; "
    "box, code and adjustment are those of Form 8949 (f) and (g); its rows with all columns are on the sheet 8949 of "
    "each year. A box that does not fit the term is taken for its twin in the other part."
)


def _lot(letters: Mapping[str, str], row: int, body: str) -> str:
    at = {name: f"${column}{row}" for name, column in letters.items()}
    dates_and_shares = f"{at['date_sold']}:{at['shares']}"
    ids, rows = "exercises_exercise_id", "exercises_row"
    return lot_of_sale(dates_and_shares, at["price"], at["disposition"], at["exercise_id"], ids, rows) + body


def _number(letters: Mapping[str, str], row: int, body: str) -> str:
    return _wrap(letters, row, str(row - FIRST_ROW + 1)) + body


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['lot']}{row}", body)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    started = if_started(f"$A{row}:${letters['selling_costs']}{row}", OPEN)
    return when_found(f"${letters['lot']}{row}", body, started)


SALES: Final = Spec(
    table=sales,
    groups={
        "As received: one row for each lot sold": {
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
    totals=("shares", "proceeds", "regular_basis", "ordinary", "gain", "amt_basis", "amt_gain", "difference"),
    quiet_by="proceeds",
    resolved={"lot": _lot, "row": _number},
    wrap=_wrap,
    wrap_why=_wrap_why,
)


def draw_sales(book: Book) -> None:
    """The record table; the Credit ledger leads from its gains to line 2k."""
    frame = Frame(
        "Sales",
        "E",
        "Sales: regular beside AMT",
        SALES.widths(book.shape.cents),
        TAB_INPUT,
        5,
        landscape=True,
        freeze="C6",
    )
    page = Page(book, frame)
    for name in ("exercises_exercise_id", "exercises_row"):
        book.refer(name)
    draw_table(page, SALES, book.shape.sale_rows)
    page.say(book_summary(book.shape)[0].find("sales"), book.shape.last)
    page.height(page.row, 8)
    page.row += 1
    page.note(NOTE)
    page.close()
