"""Numbers that can be misread: between semicolons a comma may be a decimal comma, and a point a mark of thousands.

`1,234` is refused there in every column. `1.234` is refused in columns of dollars and of shares, where 1,234 is as
likely as 1.234. A price per share often has three decimals: it is refused only where no other number of the file shows
that its point is a decimal one, as 12.50 or 0.125 do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.columns import Unit
from engine.errors import Problem

from .csv_table import CsvTable

_COMMAS: Final = re.compile(r"[-(]?\$?[0-9]{1,3}(,[0-9]{3})+\)?")
_POINT: Final = re.compile(r"[-(]?\$?[1-9][0-9]{0,2}\.[0-9]{3}\)?")
_DECIMAL: Final = re.compile(r"[-(]?\$?(?:[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|0*\.[0-9]+|[0-9]{4,}\.[0-9]+)\)?")
NUMBERS: Final = frozenset({Unit.DOLLARS, Unit.DOLLARS_A_SHARE, Unit.SHARES})


def misread_numbers(table: CsvTable, columns: Mapping[int, str], units: Mapping[str, Unit]) -> Iterator[Problem]:
    """The cells of a table that could be two numbers; `columns` has its places, `units` the units of columns."""
    if table.delimiter != ";":
        return
    cells = [(number, place, cell) for number, row in table.rows for place, cell in enumerate(row)]
    point = has_decimal_point(cell for _, place, cell in cells if units.get(columns.get(place, "")) in NUMBERS)
    for number, place, cell in cells:
        column = columns.get(place, "")
        if found := misread(cell, units.get(column), decimal_point=point):
            yield Problem(table.file, number, column, cell, *found)


def has_decimal_point(cells: Iterable[str]) -> bool:
    """Tell whether a number among cells has a point that can only be a decimal one."""
    return any(_DECIMAL.fullmatch(cell) for cell in cells)


def misread(cell: str, unit: Unit | None, *, decimal_point: bool) -> tuple[str, str] | None:
    """What is expected of a cell between semicolons that could be two numbers, and how to write either; else None."""
    if _COMMAS.fullmatch(cell):
        return "an amount that cannot be misread: between semicolons a comma may be a decimal comma", _remedy(
            cell, unit
        )
    if unit not in NUMBERS or not _POINT.fullmatch(cell) or (unit is Unit.DOLLARS_A_SHARE and decimal_point):
        return None
    expected = "an amount that cannot be misread: between semicolons a point may be a mark of thousands"
    return expected, _remedy(cell, unit)


def _remedy(cell: str, unit: Unit | None) -> str:
    """Both numbers as they may be written: 1234 where it is a thousand and more, 1.2340 where it has decimals."""
    mark, name = (",", "comma") if "," in cell else (".", "point")
    thousands = cell.replace(mark, "")
    if cell.count(mark) > 1:
        return f"Write {thousands}."
    bare = cell.replace(mark, ".").removesuffix(")")
    exact = bare[:-1] if unit is Unit.DOLLARS and bare.endswith("0") else f"{bare}0"
    closing = ")" if cell.endswith(")") else ""
    return f"Write {thousands} for {_spoken(thousands)}, or {exact}{closing} if the {name} is a decimal {name}."


def _spoken(digits: str) -> str:
    """The number with its thousands set off: 1,234."""
    return re.sub(r"[0-9]{4,}", lambda found: f"{int(found[0]):,}", digits)
