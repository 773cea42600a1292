"""What was typed, side by side: rows added, removed and changed, paired by their ids."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeVar

from pydantic import BaseModel

from engine.columns import EXERCISES, RETURNS, SALES, TABLES
from engine.records import Client, Exercise, ResolvedSale, Return, Sale
from engine.records.identity import excel_key

Paired = TypeVar("Paired", bound=BaseModel)
KeyOf = Callable[[Paired], Hashable]
PlacePairs = list[tuple[int, int]]  # of a row in A, and of the same one in B


class ChangedColumn(NamedTuple):
    """A column that differs; None is blank, or no row."""

    column: str
    a: Any
    b: Any


class RecordChange(NamedTuple):
    """A row that only one source has, with all that it holds, or one that differs, with the columns that do."""

    table: str  # returns, exercises, sales, splits and what else a client has
    row: str  # the year, the id, the lot with the day of the sale, else the first two columns
    change: Literal["added", "removed", "changed"]
    values: tuple[ChangedColumn, ...]


class Pairs(NamedTuple):
    """The rows of two tables: those that are the same one, and those that only one has, by their places."""

    both: PlacePairs
    only_a: list[int]
    only_b: list[int]


def pair(a: Sequence[Paired], b: Sequence[Paired], keys: Sequence[KeyOf[Paired]]) -> Pairs:
    """Pair the rows that share the first key, then of the others those that share the next one; each row once."""
    left_a, left_b = list(range(len(a))), list(range(len(b)))
    both: PlacePairs = []
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for place in reversed(left_b):
            waiting.setdefault(key(b[place]), []).append(place)
        found = [(place, same.pop()) for place in left_a if (same := waiting.get(key(a[place])))]
        both += found
        taken_a, taken_b = ({each[side] for each in found} for side in (0, 1))
        left_a = [place for place in left_a if place not in taken_a]
        left_b = [place for place in left_b if place not in taken_b]
    return Pairs(sorted(both), left_a, left_b)


EXERCISE_KEYS: Final[tuple[KeyOf[Exercise], ...]] = (lambda row: excel_key(row.exercise_id),)
SALE_COLUMNS: Final = tuple(each.name for each in SALES if each.label)  # but the employer, whom the lot has
SALE_KEYS: Final[tuple[KeyOf[ResolvedSale], ...]] = (  # a sale has no id: alike in every way, then in most
    lambda row: tuple(getattr(row, name) for name in SALE_COLUMNS),
    lambda row: (excel_key(row.exercise_id), row.date_sold),
    lambda row: (excel_key(row.exercise_id), row.shares),
)


def exercise_pairs(a: Client, b: Client) -> Pairs:
    """Exercises by their ids."""
    return pair(a.resolved.exercises, b.resolved.exercises, EXERCISE_KEYS)


def sale_pairs(a: Client, b: Client) -> Pairs:
    """Sales by all that they hold, then by lot and day, then by lot and shares."""
    return pair(a.resolved.sales, b.resolved.sales, SALE_KEYS)


def record_changes(a: Client, b: Client) -> list[RecordChange]:
    """Every row that differs. Lots and sales are those of today's shares, each sale with its lot.

    Splits, which are in those already, are listed only where shares or prices differ: a workbook may have none.
    """
    exercises, sales = exercise_pairs(a, b), sale_pairs(a, b)
    lots = [
        *_table("exercises", a.resolved.exercises, b.resolved.exercises, exercises, EXERCISES.names),
        *_table("sales", a.resolved.sales, b.resolved.sales, sales, SALE_COLUMNS),
    ]
    restated = any(value.column in ("shares", "exercise_price", "price") for row in lots for value in row.values)
    found = sorted(_returns(a, b), key=lambda change: change.row)
    for table, columns in TABLES.items():
        if table not in ("exercises", "sales", "returns") and (restated or table != "splits"):
            found += _others(table, getattr(a, table), getattr(b, table), columns.names)
    return found + lots


def _others(table: str, a: Sequence[Paired], b: Sequence[Paired], columns: Sequence[str]) -> Iterator[RecordChange]:
    """A table whose rows are known by their first two columns: employer and day, grant and employer."""
    keys: tuple[KeyOf[Paired], ...] = (lambda row: tuple(dict(row).values()), lambda row: tuple(dict(row).values())[:2])
    yield from _table(table, a, b, pair(a, b, keys), columns)


def _returns(a: Client, b: Client) -> Iterator[RecordChange]:
    """The years' entries; a row that holds its year alone is as good as none."""
    columns = [name for name in RETURNS.names if name != "tax_year"]
    ours, theirs = ([row for row in each.returns if _filled(row, columns)] for each in (a, b))
    yield from _table("returns", ours, theirs, pair(ours, theirs, (lambda row: row.tax_year,)), columns)


def _filled(row: Return, columns: Sequence[str]) -> bool:
    return any(getattr(row, name) is not None for name in columns)


def _table(
    table: str, a: Sequence[Paired], b: Sequence[Paired], pairs: Pairs, columns: Sequence[str]
) -> Iterator[RecordChange]:
    """The changed rows in the order of A, then what only A has, then what only B has."""
    for ours, theirs in ((a[first], b[second]) for first, second in pairs.both):
        if values := _values(ours, theirs, columns):
            yield RecordChange(table, _name(theirs), "changed", values)
    for place in pairs.only_a:
        yield RecordChange(table, _name(a[place]), "removed", _values(a[place], None, columns))
    for place in pairs.only_b:
        yield RecordChange(table, _name(b[place]), "added", _values(None, b[place], columns))


def _values(a: BaseModel | None, b: BaseModel | None, columns: Sequence[str]) -> tuple[ChangedColumn, ...]:
    values = (ChangedColumn(name, getattr(a, name, None), getattr(b, name, None)) for name in columns)
    return tuple(value for value in values if value.a != value.b)


def _name(row: BaseModel) -> str:
    match row:
        case Return():
            return str(row.tax_year)
        case Exercise():
            return row.exercise_id
        case Sale():
            return f"{row.exercise_id} sold {row.date_sold}"
    first, second, *_ = dict(row).values()
    return f"{first} {second or ''}".rstrip()
