"""When two records are of one exercise or of one sale: compared by what their cells mean, however spelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from engine.language.money import rounded
from engine.records import cells
from engine.records.cells import CellError
from engine.records.identity import excel_key

CellsByColumn = Mapping[str, str]

_ACCOUNT: Final = re.compile(r"account (.+)$")
_ORDER: Final = re.compile(r"order (.+)$")


READ: Final[Mapping[str, Callable[[str], object]]] = {  # how each fact of a lot is compared
    **dict.fromkeys(("date_granted", "date_exercised", "date_transferred"), cells.day),
    **dict.fromkeys(("exercise_price", "fmv_exercise", "fmv_grant", "price_at_grant"), lambda cell: _rounded(cell)),
    "shares": cells.amount,
}


def same_lot(row: CellsByColumn, new: CellsByColumn, account: str, *, with_shares: bool = True) -> bool:
    """Tell whether a row of exercises.csv is a lot that a file tells of; what either does not say is no difference.

    The day of exercise must be told by both; so must the day of grant and the price, but of an RSU.
    """
    is_rsu = new.get("kind", "").upper() == "RSU"
    for name in ("date_exercised",) if is_rsu else ("date_granted", "date_exercised", "exercise_price"):
        old = _read(READ[name], row, name)
        if old is None or (new.get(name) and old != _read(READ[name], new, name)):
            return False
    known = account_of(row)
    compared = ["date_granted", "exercise_price", "fmv_exercise", "fmv_grant", *(["shares"] if with_shares else [])]
    return (
        all(_agree(READ[name], row, new, name) for name in compared)
        and _agree(str.casefold, row, new, "grant_id")
        and (row.get("kind") or "ISO").casefold() == (new.get("kind") or "ISO").casefold()
        and not (known and account and known != account.strip())
    )


def same_fact(row: CellsByColumn, new: CellsByColumn, name: str) -> bool:
    """Tell whether a row and a form mean the same in a column; a form that leaves it blank says nothing else."""
    return not new.get(name) or _read(READ[name], row, name) == _read(READ[name], new, name)


def account_of(row: CellsByColumn) -> str:
    """The account number in a row's reference; "" without one."""
    found = _ACCOUNT.search(row.get("doc_ref", ""))
    return found[1] if found else ""


def same_sale(row: CellsByColumn, new: CellsByColumn) -> bool:
    """Tell whether a row of sales.csv is a sale that a file tells of, its lot blank or the same."""
    return (
        _read(cells.day, row, "date_sold") == _read(cells.day, new, "date_sold")
        and _read(cells.amount, row, "shares") == _read(cells.amount, new, "shares")
        and _read(_rounded, row, "price") == _read(_rounded, new, "price")
        and _agree(excel_key, row, new, "exercise_id")
        and not row.get("disposition")
        and _same_order(row.get("doc_ref", ""), new.get("doc_ref", ""))
    )


def _same_order(old: str, new: str) -> bool:
    """Tell whether two references are not of two orders: of one day, shares and price there may be several."""
    orders = _ORDER.search(old), _ORDER.search(new)
    return not (orders[0] and orders[1]) or orders[0][1] == orders[1][1]


def is_finer(price: str, other: str) -> bool:
    """Tell whether a price has digits below the cent where the other, box 3 of the form, is rounded to cents."""
    try:
        return cells.amount(price) != cells.amount(other) == _rounded(other) == _rounded(price)
    except CellError:
        return False


def meant_alike(one: str, other: str) -> bool:
    """Tell whether two cells are the same day or amount, however they are spelled."""
    for read in (cells.amount, cells.day):
        try:
            return read(one.strip()) == read(other.strip())
        except CellError:
            continue
    return one.strip() == other.strip()


def _agree(read: Callable[[str], object], row: CellsByColumn, new: CellsByColumn, name: str) -> bool:
    return not row.get(name) or not new.get(name) or _read(read, row, name) == _read(read, new, name)


def _read(read: Callable[[str], object], row: CellsByColumn, name: str) -> object:
    """What a cell means, or nothing where it is blank or wrong."""
    try:
        return read(row[name].strip()) if row.get(name) else None
    except CellError:
        return None


def _rounded(cell: str) -> Decimal:
    return rounded(cells.amount(cell), 2)
