"""Drake Tax: the file of its Form 8949 import, one row a sale.

The columns stand in the order of Drake's help ("the columns are presented in the exact order they need to appear in
your file"); docs/tax-software.md says what was read where, and of which year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from engine.federal.stock.boxes_of_8949 import BOXES

from ..files.csv_files import csv_text
from .sales_of_year import SaleToEnter, cents_text, words_text

_ADJUSTMENTS: Final = 3  # codes of a row
COLUMNS: Final = (
    *("TSJ", "F", "State", "City", "Form 8949 Check Box", "Desc", "Date Acquired", "Date Sold", "Type", "Ordinary"),
    *("Proceeds", "Cost", "AMT Cost Basis", "Accrued Discount", "Wash Sale Loss", "US Real Property"),
    *(f"Adj {n} {what}" for n in range(1, _ADJUSTMENTS + 1) for what in ("Code", "Amount", "AMT Amount")),
    *("Fed W/H", "Loss Not Allowed", "Collectibles", "QSBS Code", "QSBS Amount"),
    *("State", "State ID #", "State Tax W/H", "State 2", "State 2 ID #", "State 2 Tax W/H"),
    *("State Use Code", "State Adjustment", "State Cost/Basis", "LLC Number"),
)
_CHECK_BOXES: Final = {  # "1 - Basis reported to the IRS (Check box A/D)": A and D, B and E, C and F
    box.box: str(number)
    for part in ("I", "II")
    for number, box in enumerate((each for each in BOXES if each.part == part and each.box), 1)
}
_TYPES: Final = {"I": "S", "II": "L"}
_WORDS: Final = {"Inherited": "INHERIT"}
_PLACES: Final = {name: COLUMNS.index(name) for name in reversed(COLUMNS)}  # "State" is the first of the two


def drake_csv(sales: Sequence[SaleToEnter]) -> str:
    """The sales of a year as CSV text, with a header row: the import begins at line 2."""
    return csv_text([COLUMNS, *(_row(sale) for sale in sales)])


def drake_notes(sales: Sequence[SaleToEnter]) -> Iterator[str]:
    """What Drake's import cannot take of these sales, and what to do about it."""
    for sale in sales:
        lot = sale.regular["lot"]
        if sale.terms_differ:
            terms = f"{_term(sale.regular)} for regular tax and {_term(sale.amt)} for AMT"
            yield f"Lot {lot} is {terms}: Type has the regular term. Correct the AMT Schedule D by hand."
        if sale.only_for_amt:
            yield (
                f"Lot {lot}: a loss does not count, for AMT alone. Its code has a regular amount of 0: look whether "
                "Drake prints the code on the regular Form 8949."
            )


def _term(row: dict[str, Any]) -> str:
    return "long-term" if row["part"] == "II" else "short-term"


def _row(sale: SaleToEnter) -> list[str]:
    """One sale. TSJ stays blank, which Drake takes for the taxpayer; so does what isobook does not know."""
    row = sale.regular
    given = {
        "Form 8949 Check Box": _CHECK_BOXES.get(row["box"], ""),
        "Desc": words_text(row["a"]),
        "Date Acquired": _day(row["b"]),
        "Date Sold": _day(row["c"]),
        "Type": _TYPES[row["part"]],
        "Proceeds": cents_text(row["d"]),
        "Cost": cents_text(row["e"]),
        "AMT Cost Basis": cents_text(sale.amt["e"]),
    }
    # Wash Sale Loss stays blank: Drake makes a code W of its own from it, and it has no AMT amount.
    for number, each in enumerate(sale.adjustments, 1):
        given[f"Adj {number} Code"] = each.code
        given[f"Adj {number} Amount"] = cents_text(each.regular)
        given[f"Adj {number} AMT Amount"] = cents_text(each.amt)
    cells = [""] * len(COLUMNS)
    for name, text in given.items():
        cells[_PLACES[name]] = text
    return cells


def _day(day: Any) -> str:
    """A day as eight digits, or one of Drake's words."""
    return f"{day:%m%d%Y}" if isinstance(day, date) else _WORDS[day]
