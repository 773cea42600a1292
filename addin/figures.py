"""How worksheet functions ask the engine: a line of a form from given lines, a column from one record; one row or many.

Values are exact, of one row, or arrays of all rows of a range. The rules of law are the engine's expressions alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import ModuleType
from typing import Any, Final

from engine.clients.partial import OUTSIDE, columns_figure, figure_for
from engine.clients.planning import LARGEST, largest, shares_within
from engine.federal.stock.record_tables import RECORDS
from engine.federal.tax_year import parameters
from engine.federal.years import forms_of
from engine.language.money import ZERO, rounded
from engine.language.nodes import Kind
from engine.language.roles import Role
from engine.readings.amounts import AMOUNTS
from engine.systems import System

try:
    from engine.federal import law_arrays
    from engine.readings import arrays

    ARRAYS: ModuleType | None = arrays
except ImportError:  # no NumPy, as in a browser: a range is computed row by row
    ARRAYS = None

CENTS: Final = 2
BLANK_ENTRIES: Final = ("inputs.regular_tax", "inputs.amt_foreign_tax_credit")
COLUMNS: Final = {line.key: line.leaf.kind for line in RECORDS if line.expression is None}

KnownLines = Mapping[str, Any]


def key_of(year: int, role: Role, system: System | None = None) -> str:
    """The name of a line in figures, by what it is."""
    return forms_of(year).key(role, system)


def as_column(values: Sequence[Any], kind: Kind) -> Any:
    """Exact values of all rows as one array, amounts to the cent."""
    assert ARRAYS
    column = ARRAYS.column(values, kind)
    return ARRAYS.rounded(ARRAYS.rounded(column, 6), CENTS) if kind is Kind.MONEY else column


def to_cents(amount: Any) -> Any:
    """Round to the cent, half away from zero."""
    return ARRAYS.rounded(amount, CENTS) if ARRAYS and _is_many(amount) else rounded(amount, CENTS)


def gains(year: int, known: Mapping[System, Any]) -> dict[str, Any]:
    """Lines of the regular and of the AMT Schedule D from the net capital gain of each: none of it special."""
    lines: dict[str, Any] = {}
    for system, gain in known.items():
        zero = 0.0 if _is_many(gain) else ZERO
        roles = {Role.NET_CAPITAL_GAIN: gain, Role.BOTH_GAINS: gain > 0}
        roles |= {Role.GAIN_AT_28_RATE: zero, Role.SECTION_1250_GAIN: zero}
        lines |= {key_of(year, role, system): value for role, value in roles.items()}
    return lines


def year_lines(
    year: int,
    wanted: Sequence[str],
    known: KnownLines,
    status: Any = None,
    tax_method: Any = "table",
    *,
    workings: bool = False,
) -> KnownLines:
    """The wanted lines of a year, in dollars to the cent, from the known ones; with `workings` all between as well."""
    many = any(map(_is_many, known.values()))
    law: KnownLines = {}
    dialect = AMOUNTS
    if status is not None:
        law = law_arrays.parameters_for(year, status.tolist()) if ARRAYS and many else parameters(year, status)
    credit = key_of(year, Role.FOREIGN_TAX_CREDIT)
    values: dict[str, Any] = {credit: ZERO, "options.rounding": CENTS, "options.tax_method": tax_method}
    values |= dict.fromkeys(BLANK_ENTRIES)
    if many:
        assert ARRAYS
        dialect = ARRAYS.ARRAYS
        values |= {credit: 0.0, "options.rounding": float(CENTS)}
        values |= dict.fromkeys(BLANK_ENTRIES, ARRAYS.blank(1, Kind.MONEY))
    values |= {**law, **known}
    given = [key for key in values if key.split(".")[0] not in OUTSIDE]
    return {**values, **figure_for(year, wanted, given, dialect, workings=workings)(values, {})}


def lot(wanted: str, exercise: KnownLines, sale: KnownLines | None = None, computed: KnownLines | None = None) -> Any:
    """A column of one exercise, or of the sale out of it; `computed` are columns that are known all the same.

    A sale without a day is none.
    """
    values = {**exercise, **(sale or {}), **(computed or {})}
    many = any(map(_is_many, values.values()))
    tables = _ManyRows(values) if many else _OneRow(values)
    figure = columns_figure((wanted,), frozenset(computed or ()), ARRAYS.ARRAYS if ARRAYS and many else AMOUNTS)
    column = figure(tables)[wanted]
    return column if many else column[0]


class _OneRow(dict[str, list[Any]]):
    """The tables of a client with one exercise, and one sale if it has a day; columns are made when asked for."""

    def __init__(self, values: KnownLines) -> None:
        super().__init__({"exercises.row": [1], "sales.lot": [1]})
        self.values_given, self.sold = values, values.get("sales.date_sold") is not None
        if not self.sold:
            self["sales.lot"] = []

    def __missing__(self, key: str) -> list[Any]:
        if key.startswith("sales.") and not self.sold:
            return []
        return [self.values_given.get(key, "" if COLUMNS.get(key) is Kind.TEXT else None)]


class _ManyRows(dict[str, Any]):
    """The tables of one client with as many exercises as rows, and a sale for each row that has a day of sale."""

    def __init__(self, values: KnownLines) -> None:
        assert ARRAYS
        self.values_given = values
        self.size = max(len(value) for value in values.values() if _is_many(value))
        rows = ARRAYS.column(range(1, self.size + 1), Kind.COUNT)
        self.sold = ARRAYS.given(_full(values.get("sales.date_sold"), Kind.DAY, self.size))
        lots = rows[self.sold]
        super().__init__({"exercises.row": rows, "sales.lot": lots})
        self.update({"exercises.owner": rows * 0, "sales.owner": lots * 0})

    def __missing__(self, key: str) -> Any:
        column = _full(self.values_given.get(key), COLUMNS.get(key, Kind.MONEY), self.size)
        return column[self.sold] if key.startswith("sales.") else column


def _full(value: Any, kind: Kind, size: int) -> Any:
    """A column of that many rows: an array as it is, one value for all of them."""
    assert ARRAYS
    if value is None:
        return ARRAYS.blank(size, kind)
    column = value if _is_many(value) else ARRAYS.column([value], kind)
    return column if len(column) == size else column.repeat(size)


def crossover(owed: Callable[[Any], Any], like: Any) -> Any:
    """The largest line 2i, to the cent, at which no AMT is owed (0 where some is owed at once)."""
    if ARRAYS and _is_many(like):
        return ARRAYS.largest_cents(lambda line_2i: owed(line_2i) <= 0, len(like), int(LARGEST * 100))
    return largest(lambda line_2i: (owed(line_2i) <= 0, ZERO))


def whole_shares(limit: Any, price: Any, fmv: Any) -> Any:
    """The whole shares whose spread stays within a limit, exactly."""
    given = limit, price, fmv
    if not _is_many(limit):
        return shares_within(limit, price, fmv)
    assert ARRAYS
    size = max(map(len, given))
    rows = zip(*(_full(each, Kind.MONEY, size).tolist() for each in given), strict=True)
    return ARRAYS.column([shares_within(*map(_exact, row)) for row in rows], Kind.SHARES)


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))


def _is_many(value: Any) -> bool:
    return hasattr(value, "dtype")
