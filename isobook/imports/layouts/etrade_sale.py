"""One sale of E*TRADE's download: price from the proceeds, income, basis, box of Form 8949, wash sale."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from engine.errors import InputError, Problem
from engine.language.money import dollars, rounded

from ..found_records import FoundAt
from ..grids import amount_text

CENT: Final = Decimal("0.01")
MOST_DECIMALS: Final = 10
BOXES: Final = {("covered", "short"): "A", ("covered", "long"): "D", ("non", "short"): "B", ("non", "long"): "E"}


def sale_cells(row: Mapping[str, str], place: FoundAt) -> tuple[dict[str, str], list[str]]:
    """The cells of sales.csv for a row by plain header, and sentences on what it does not tell. Raises InputError."""
    amounts = _Amounts(row, place)
    shares = amounts.of("Quantity") if row.get("quantity") else amounts.of("Qty.")
    total, each = amounts.of("Total Proceeds"), amounts.of("Proceeds Per Share")
    income, basis = amounts.of("Ordinary Income Recognized"), amounts.of("Acquisition Cost")
    washed, gain = amounts.of("Total Wash Sale Adjustment Amount"), amounts.of("Adjusted Gain/Loss")
    if total is None:
        amounts.refuse("Total Proceeds", "the proceeds of the row in dollars", "Fill in the cell.")
    if shares is None or shares <= 0:
        amounts.refuse("Quantity", "the shares sold, more than zero", "Correct the cell.")
    if amounts.problems or shares is None or total is None:
        raise InputError(amounts.problems)
    price = _price(shares, total, each)
    if price is None:
        expected = f"{each} times {shares} shares, within half a cent per share"
        amounts.refuse("Total Proceeds", expected, "Correct the one that is wrong.")
        raise InputError(amounts.problems)
    cells = {"date_sold": row.get("datesold", ""), "shares": f"{shares:f}", "price": f"{price:f}"}
    cells |= {"w2_income": f"{income:f}"} if income else {}
    cells |= {"broker_basis": f"{basis:f}"} if basis else {}
    cells["box_8949"], unknown = _box(row, place)
    cells["loss_rule"], washed_words = _wash_sale(washed, gain, place)
    return {name: cell for name, cell in cells.items() if cell}, [*unknown, *washed_words]


class _Amounts:
    """The amounts of a row; what is none joins the problems."""

    def __init__(self, row: Mapping[str, str], place: FoundAt) -> None:
        self.row, self.place = row, place
        self.problems: list[Problem] = []

    def of(self, header: str) -> Decimal | None:
        """An amount in dollars, or none where the cell is blank."""
        text = self._cell(header)
        if not text:
            return None
        try:
            return dollars(amount_text(text))
        except ValueError:
            self.refuse(header, "an amount such as 1,234.50, with a decimal point", "Correct the cell.")
            return None

    def _cell(self, header: str) -> str:
        return self.row.get("".join(filter(str.isalnum, header.casefold())), "")

    def refuse(self, header: str, expected: str, remedy: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Problem(self.place.file, self.place.row, header, self._cell(header), expected, remedy))


def _price(shares: Decimal, total: Decimal, each: Decimal | None) -> Decimal | None:
    """The price per share that gives the total to the cent, with as few decimals as do; none if `each` contradicts.

    The file shows prices rounded, and Form 8949 reports the total.
    """
    exact = total / shares
    if each is not None and abs(exact - each) > CENT / 2 + CENT / shares:
        return None
    if each is not None and rounded(each * shares, 2) == total:
        return each
    tried = (rounded(exact, digits) for digits in range(2, MOST_DECIMALS + 1))
    return next((price for price in tried if rounded(price * shares, 2) == total), rounded(exact, MOST_DECIMALS))


def _box(row: Mapping[str, str], place: FoundAt) -> tuple[str, list[str]]:
    """The box of Form 8949, where covered and term are both told."""
    said = row.get("coveredstatus", "").casefold()
    covered = "covered" if said == "covered" else "non" if said.startswith(("non", "un", "not")) else ""
    term = (row.get("capitalgainsstatus") or row.get("term", "")).casefold().split(" ")[0]
    if box := BOXES.get((covered, term)):
        return box, []
    reason = "Covered Status and Capital Gains Status do not tell it" if said or term else "the file does not tell it"
    return "", [f"{place}: the box of Form 8949: {reason}; see Form 1099-B"]


def _wash_sale(washed: Decimal | None, gain: Decimal | None, place: FoundAt) -> tuple[str, list[str]]:
    """The loss rule, where the wash sale takes the row's whole loss; a part is told and not guessed."""
    if not washed:
        return "", []
    if gain is not None and gain < 0 and abs(washed) == -gain:
        return "wash_sale", []
    words = f"{place}: which shares the wash sale of {abs(washed):,} dollars is of: it is not the row's whole loss; "
    return "", [words + "split the row in sales.csv, and put wash_sale on the part"]
