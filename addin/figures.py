"""How worksheet functions ask the engine: a line of a form from given lines, a column from one record; one row or many.

Values are exact, of one row, or arrays of all rows of a range. The rules of law are the engine's expressions alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final

from engine.forms.exercises import RECORDS
from engine.money import ZERO, rounded
from engine.nodes import Kind
from engine.partial import OUTSIDE, columns_figure, figure_for
from engine.readings.amounts import AMOUNTS, largest_cents
from engine.records.cells import LARGEST
from engine.tax_year import parameters

try:
    from engine.readings import arrays

    ARRAYS: ModuleType | None = arrays
except ImportError:  # no NumPy, as in a browser: a range is figured row by row
    ARRAYS = None

CENTS: Final = 2
BLANK_ENTRIES: Final = ("inputs.regular_tax", "inputs.amt_foreign_tax_credit")
COLUMNS: Final = {line.key: line.leaf.kind for line in RECORDS if line.expression is None}

Known = Mapping[str, Any]


def as_column(values: Sequence[Any], kind: Kind) -> Any:
    """Exact values of all rows as one array, amounts to the cent."""
    assert ARRAYS
    column = ARRAYS.column(values, kind)
    return ARRAYS.rounded(ARRAYS.rounded(column, 6), CENTS) if kind is Kind.MONEY else column


def to_cents(amount: Any) -> Any:
    """Round to the cent, half away from zero."""
    return ARRAYS.rounded(amount, CENTS) if ARRAYS and _is_many(amount) else rounded(amount, CENTS)


def gains(known: Known) -> dict[str, Any]:
    """Lines of the regular and of the AMT Schedule D from the net capital gain of each."""
    lines: dict[str, Any] = {}
    for sheet, gain in known.items():
        zero = 0.0 if _is_many(gain) else ZERO
        lines |= {f"{sheet}.net gain": gain, f"{sheet}.both gains": gain > 0, f"{sheet}.18": zero, f"{sheet}.19": zero}
    return lines


def year_lines(year: int, wanted: Sequence[str], known: Known, status: Any = None, tax_method: Any = "table") -> Known:
    """The wanted lines of a year, in dollars to the cent, and all that lead to them, from the known ones."""
    many = any(map(_is_many, known.values()))
    law: Known = {}
    dialect = AMOUNTS
    if status is not None:
        law = ARRAYS.parameters_for(year, status.tolist()) if ARRAYS and many else parameters(year, status)
    values: dict[str, Any] = {"regular.ftc": ZERO, "options.rounding": CENTS, "options.tax_method": tax_method}
    values |= dict.fromkeys(BLANK_ENTRIES)
    if many:
        assert ARRAYS
        dialect = ARRAYS.ARRAYS
        values |= {"regular.ftc": 0.0, "options.rounding": float(CENTS)}
        values |= dict.fromkeys(BLANK_ENTRIES, ARRAYS.blank(1, Kind.MONEY))
    values |= {**law, **known}
    given = [key for key in values if key.split(".")[0] not in OUTSIDE]
    return {**values, **figure_for(year, wanted, given, dialect)(values, {})}


def lot(wanted: str, exercise: Known, sale: Known | None = None, computed: Known | None = None) -> Any:
    """A column of one exercise, or of the sale out of it; `computed` are columns that are known all the same.

    A sale without a day is none.
    """
    rows = _many_rows if any(map(_is_many, exercise.values())) else _one_row
    tables, dialect = rows(exercise, sale or {}, computed or {})
    figure = columns_figure((wanted,), frozenset(computed or ()), dialect)
    column = figure(tables)[wanted]
    return column[0] if dialect is AMOUNTS else column


def _one_row(exercise: Known, sale: Known, computed: Known) -> tuple[dict[str, Any], Any]:
    values = {"exercises.row": 1, "sales.lot": 1, **exercise, **sale}
    tables = {key: [values.get(key, _blank(kind))] for key, kind in COLUMNS.items()}
    if tables["sales.date_sold"] == [None]:
        tables |= {key: [] for key in tables if key.startswith("sales.")}
    return tables | {key: [value] for key, value in computed.items()}, AMOUNTS


def _many_rows(exercise: Known, sale: Known, computed: Known) -> tuple[dict[str, Any], Any]:
    """One client with as many exercises as rows, and a sale for each row that has a day of sale."""
    assert ARRAYS
    size = max(len(value) for value in exercise.values() if _is_many(value))
    rows = ARRAYS.column(range(1, size + 1), Kind.COUNT)
    day = sale.get("sales.date_sold")
    sold = ARRAYS.given(day) if _is_many(day) else rows > (0 if day else size)
    lots = rows[sold]
    tables: dict[str, Any] = {}
    for key, kind in COLUMNS.items():
        is_sale = key.startswith("sales.")
        length = len(lots) if is_sale else size
        value = {**exercise, **sale}.get(key)
        if not _is_many(value):
            tables[key] = ARRAYS.blank(length, kind) if value is None else ARRAYS.column([value] * length, kind)
        else:
            tables[key] = value[sold] if is_sale else value
    tables |= {"exercises.row": rows, "sales.lot": lots}
    tables |= {"exercises.owner": rows * 0, "sales.owner": lots * 0}
    return tables | dict(computed), ARRAYS.ARRAYS


def largest(owes: Callable[[Any], Any], like: Any) -> Any:
    """The largest amount, to the cent, at which nothing is owed (0 where something is owed at once)."""
    highest = int(LARGEST * 100)
    if ARRAYS and _is_many(like):
        return ARRAYS.largest_cents(lambda amount: owes(amount) <= 0, len(like), highest)
    return largest_cents(lambda amount: owes(amount) <= 0, highest)


def _is_many(value: Any) -> bool:
    return hasattr(value, "dtype")


def _blank(kind: Kind) -> Any:
    return "" if kind is Kind.TEXT else None
