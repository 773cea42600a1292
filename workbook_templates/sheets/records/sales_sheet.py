"""Sales: each sale twice, regular tax beside AMT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.federal.stock.record_tables import sales

from ...contents.book_summary import book_summary
from ...contents.records.record_words import sale_words
from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, lot_of_sale, when_found
from ...drawing.layout import Book
from ...drawing.page import Frame, Page
from .record_layout import MARGIN
from .record_spec import GROUP_ROW, HEAD_ROW, TOTAL_ROW, Spec
from .record_table import NEEDS_ENTRIES, draw_table, tell_room

OPEN: Final = "Not counted yet: lot (as on Exercises), date, shares and price are needed."
MEANS: Final = (
    "Qualifying: both holding periods are over, so the whole result is capital. Disqualifying: sold too early; the "
    "gain up to the value at exercise was ordinary income, reported on Form W-2. AMT less regular: how far the AMT "
    "result is from the regular one, because the AMT basis includes what line 2i counted."
)
NOTE: Final = f"{MEANS} Selling costs, gifts, loss rules and a broker's basis are typed right of the printed page."


def _lot(letters: Mapping[str, str], row: int, _place: str) -> str:
    at = {name: f"${column}{row}" for name, column in letters.items()}
    dates_and_shares = f"{at['date_sold']}:{at['shares']}"
    ids, rows = "exercises_exercise_id", "exercises_row"
    return lot_of_sale(dates_and_shares, at["price"], at["disposition"], at["exercise_id"], ids, rows)


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['lot']}{row}", body)


def _started(letters: Mapping[str, str], row: int, words: str) -> str:
    at = {name: f"${column}{row}" for name, column in letters.items()}
    return if_started(f"{at['exercise_id']},{at['date_sold']}:{at['price']},{at['selling_costs']}", words)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['lot']}{row}", body, _started(letters, row, OPEN))


def _wrap_outcome(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['lot']}{row}", body, _started(letters, row, NEEDS_ENTRIES))


SALES: Final = Spec(
    table=sales,
    groups={
        "": {"exercise_id": 5.0, "lot_employer": 11.0, "outcome": 12.5},
        "As received": {"date_sold": 9.3, "shares": 9.0, "price": 6.7, "net_proceeds": 10.0},
        "Regular tax": {"regular_basis": 10.0, "ordinary": 9.0, "gain": 10.0, "term": 5.5},
        "AMT": {"amt_basis": 10.0, "amt_gain": 10.5, "amt_term": 5.5},
        "Result and support": {"difference": 11.0, "box": 5.5, "doc_ref": 12.0},
    },
    totals=("shares", "net_proceeds", "regular_basis", "ordinary", "gain", "amt_basis", "amt_gain", "difference"),
    resolved={"lot": _lot, "row": _wrap},
    wrap=_wrap,
    wrap_why=_wrap_why,
    note=NOTE,
    means=MEANS,
    words=sale_words(),
    heads={
        "net_proceeds": "Proceeds\nless costs",
        "ordinary": "In wages",
        "gain": "Gain or\n(loss)",
        "amt_gain": "Gain or\n(loss)",
        "box": "8949\nbox",
    },
    links=frozenset({"lot_employer"}),
    chip="outcome",
    wrap_chip=_wrap_outcome,
    new_year_by="date_sold",
    bold="difference",
    goes_with="net_proceeds",
)


def draw_sales(book: Book) -> None:
    """The record table; the Credit ledger leads from its gains to line 2k."""
    frame = Frame(
        "Sales",
        "E",
        "Sales",
        SALES.widths,
        TAB_INPUT,
        HEAD_ROW,
        landscape=True,
        freeze=f"C{TOTAL_ROW + 1}",
        margin=MARGIN,
        title_rows=f"{GROUP_ROW}:{HEAD_ROW}",
    )
    page = Page(book, frame)
    for name in ("exercises_exercise_id", "exercises_row"):
        book.refer(name)
    draw_table(page, SALES, book.shape.sale_rows)
    tell_room(page, SALES)
    page.say(book_summary(book.shape)[0].find("sales"), book.shape.last)
    page.close()
