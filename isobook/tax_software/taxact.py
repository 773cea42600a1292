"""TaxAct: the CSV file of its import of Forms 1099-B, one row a sale, with the headings that TaxAct names.

It takes no AMT basis and no AMT adjustment: both are keyed in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from ..files.csv_files import csv_text
from .sales_of_year import SaleToEnter, cents_text, words_text

HEADINGS: Final = (
    *("Description", "Date Sold", "Sales Proceeds", "Date Acquired", "Cost or Other Basis"),
    *("Wash Sale", "Adjustment Code", "Adjustment Amount", "Reporting Category"),
)
MOST_ROWS: Final = 2_000  # of all files of a return
_WASH_SALE: Final = "W"


def taxact_csv(sales: Sequence[SaleToEnter]) -> str:
    """The sales of a year as CSV text with a row of headings."""
    return csv_text([HEADINGS, *(_row(sale) for sale in sales)])


def taxact_notes(sales: Sequence[SaleToEnter]) -> Iterator[str]:
    """What is keyed in by hand, and what TaxAct may not take."""
    if len(sales) > MOST_ROWS:
        yield f"There are {len(sales):,} sales, and TaxAct takes {MOST_ROWS:,}: see its help on statements."
    for sale in sales:
        if not isinstance(sale.regular["b"], date):
            yield f"Lot {sale.regular['lot']} has no day of acquisition: look whether TaxAct took {sale.regular['b']}."


def _row(sale: SaleToEnter) -> list[str]:
    row = sale.regular
    return [
        words_text(row["a"]),
        _day(row["c"]),
        cents_text(row["d"]),
        _day(row["b"]),
        cents_text(row["e"]),
        _WASH_SALE if _WASH_SALE in row["f"] else "",
        row["f"],
        "" if row["g"] is None else cents_text(row["g"]),
        row["box"],
    ]


def _day(day: Any) -> str:
    return f"{day:%m/%d/%Y}" if isinstance(day, date) else str(day)
