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


def same_lot(row: CellsByColumn, new: CellsByColumn, account: str) -> bool:
    """Tell whether a row of exercises.csv is a lot that a file tells of; what either does not say is no difference."""
    days = [(_read(cells.day, row, name), _read(cells.day, new, name)) for name in ("date_granted", "date_exercised")]
    if any(old is None or old != other for old, other in days):
        return False
    known = _ACCOUNT.search(row.get("doc_ref", ""))
    return (
        _same_price(row, new)
        and _agree(cells.amount, row, new, "shares")
        and _agree(_rounded, row, new, "fmv_exercise")
        and _agree(str.casefold, row, new, "grant_id")
        and (row.get("kind") or "ISO").casefold() == (new.get("kind") or "ISO").casefold()
        and not (known and account and known[1] != account.strip())
    )


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


def _same_price(row: CellsByColumn, new: CellsByColumn) -> bool:
    """Equal, or equal to the cent that box 3 is rounded to."""
    old, other = _read(_rounded, row, "exercise_price"), _read(_rounded, new, "exercise_price")
    return old is not None and old == other


def is_finer(price: str, other: str) -> bool:
    """Tell whether a price has digits below the cent where the other, box 3 of the form, is rounded to cents."""
    return cells.amount(price) != cells.amount(other) == _rounded(other) == _rounded(price)


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
