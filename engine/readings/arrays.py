"""The reading for many returns at once: NumPy float64, one array per line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..language.nodes import Kind, Op
from .array_blocks import all_of, alone, any_of, in_blocks, is_many, merged, when, which
from .compiled.dialect import Dialect, call, infix, template

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
# A tie such as 1.005 may be stored just below itself. In dollars and cents, true amounts lie on a grid of a millionth,
# so a ten-millionth lifts every such tie and no other amount (below a thousand million dollars). At six digits the
# exact quotient of a lot lies on no grid: there little more is lifted than a product is stored below itself.
NUDGE: Final = 1e-7
LARGEST: Final = 1e-5  # of a nudge, in the last digit
LIFT: Final = 1 + 2**-52


def column(values: Sequence[Any], kind: Kind) -> NDArray[Any]:
    """Values side by side as one array: amounts and rates float64, days datetime64; a blank is NaN, NaT or ""."""
    match kind:
        case Kind.DAY:
            return np.array(values, dtype="datetime64[D]")
        case Kind.TEXT:
            return np.array(values, dtype=np.str_)
        case Kind.COUNT | Kind.YEAR:
            return np.array(values, dtype=np.int64)
    return np.array(values, dtype=np.float64)


def blank(size: int, kind: Kind) -> NDArray[Any]:
    """A column of blanks: NaN, NaT or ""."""
    match kind:
        case Kind.DAY:
            return np.full(size, "NaT", dtype="datetime64[D]")
        case Kind.TEXT:
            return np.full(size, "", dtype=np.str_)
    return np.full(size, np.nan)


def rounded(amount: Any, digits: Any) -> Any:
    """Round half away from zero. `np.round` would round half to even and miss stored ties."""
    if not is_many(amount) and not amount:
        return 0.0
    scale = 10.0**digits
    half = 0.5 + np.minimum(NUDGE * scale, LARGEST)
    cents = amount * (scale * LIFT)
    if np.min(amount, initial=0.0) >= 0:
        cents += half
        return np.floor(cents) / scale
    cents += np.copysign(half, amount)  # which takes its time, as does + 0.0 against minus zero
    return np.trunc(cents) / scale + 0.0


def cleaned(amount: Any, digits: Any) -> Any:
    """A sum of rounded amounts without the dust of binary fractions; it is never near a tie."""
    scale = 10.0**digits
    cents = np.rint(amount * scale)
    cents /= scale
    return cents


def sum_of(*amounts: Any) -> Any:
    """Add up, first what is one amount for all returns."""
    columns = [amount for amount in amounts if is_many(amount)]
    same = sum([amount for amount in amounts if not is_many(amount)])
    return reduce(np.add, columns, same) if same or not columns else reduce(np.add, columns)


def largest_cents(holds: Callable[[Floats], NDArray[np.bool_]], size: int, highest: int) -> Floats:
    """The largest amount of each return, to the cent, at which a test holds that fails for all larger ones (or 0)."""
    low, high = np.zeros(size, dtype=np.int64), np.full(size, highest, dtype=np.int64)
    for _ in range(highest.bit_length()):
        middle = (low + high + 1) // 2
        held = holds(middle / 100)
        low, high = np.where(held, middle, low), np.where(held, high, np.maximum(middle - 1, low))
    return np.asarray(low / 100)


def bracket_tax(income: Any, starts: Any, steps: Any) -> Any:
    """Add each step of the rate on the income above its start; one row of `starts` a bracket."""
    tax, most = 0.0, np.max(income, initial=0.0)
    for start, step in zip(starts, steps, strict=True):
        if np.min(start) < most:
            above = np.maximum(income - start, 0.0)
            above *= step
            tax = above + tax
    return tax


def given(entry: Any) -> Any:
    """Tell an entry from a blank: NaN, NaT or an empty word."""
    if not isinstance(entry, np.ndarray):
        return entry != "" and entry == entry
    return np.asarray(entry != "" if entry.dtype.kind == "U" else ~np.isnan(entry))


def year_of(day: Days) -> NDArray[np.int64]:
    """The calendar year."""
    return day.astype("datetime64[Y]").astype(np.int64) + 1970


def add_months(day: Days, months: float) -> Days:
    """Step forward by months, to the last day of a month that is too short (as EDATE does)."""
    month = day.astype("datetime64[M]")
    target = month + int(months)
    last = (target + 1).astype("datetime64[D]") - 1
    return np.asarray(np.minimum(target.astype("datetime64[D]") + (day - month.astype("datetime64[D]")), last))


def pick(column: NDArray[Any], row: NDArray[np.int64]) -> NDArray[Any]:
    """The value in a given row, 1 being the first."""
    return column[row - 1]


def joined(*parts: Any) -> NDArray[np.str_]:
    """Put sentences together, one per return."""
    return reduce(np.char.add, (np.asarray(part, dtype=np.str_) for part in parts))


def shown(amount: Floats, digits: Floats | float) -> NDArray[np.str_]:
    """Write amounts inside sentences, with commas."""
    written = [f"{each:,.{int(places)}f}" for each, places in np.broadcast(rounded(amount, digits), digits)]
    return np.array(written, dtype=np.str_).reshape(np.shape(amount))


def shares_shown(shares: Floats) -> NDArray[np.str_]:
    """Write shares inside sentences, with commas and no zeros at the end."""
    written = [f"{each:,.6f}".rstrip("0").rstrip(".") for each in np.ravel(shares)]
    return np.array(written, dtype=np.str_).reshape(np.shape(shares))


def day_shown(day: Days) -> NDArray[np.str_]:
    """Write days in words: month, day, year."""
    written = [f"{each:%m/%d/%Y}" if each else "" for each in np.ravel(day).tolist()]
    return np.array(written, dtype=np.str_).reshape(np.shape(day))


def totals(column: Floats, *keys: NDArray[Any]) -> Callable[..., Floats]:
    """Add up a column for any values of its keys; the last key is the owner of the row."""

    def total(*wanted: Any) -> Floats:
        if any(np.ndim(value) for value in wanted[:-1]):
            return _total_by_row(column, keys, wanted)
        tests = [key == value for key, value in zip(keys[:-1], wanted[:-1], strict=True)]
        chosen = np.logical_and.reduce(tests) if tests else np.ones(len(column), dtype=np.bool_)
        sums = np.bincount(keys[-1][chosen], column[chosen], minlength=len(wanted[-1]))
        return np.asarray(sums, dtype=np.float64)

    return total


def totals_before(column: Floats, order: NDArray[Any], *keys: NDArray[Any]) -> Callable[..., Floats]:
    """Add up the rows before a place, for any values of their keys; the last key is the owner of the row."""

    def total(place: Any, *wanted: NDArray[Any]) -> Floats:
        places = np.broadcast_to(place, np.shape(wanted[-1]))  # of a form: one place for all returns
        return np.array(
            [
                column[np.logical_and.reduce([order < at, *map(np.equal, keys, group)])].sum()
                for at, *group in zip(places, *wanted, strict=True)
            ],
            dtype=np.float64,
        )

    return total


def whole_shares(limit: Floats, price: Floats) -> Floats:
    """Whole shares whose value, to the cent, stays within an amount from zero up; none at no price."""
    nearest = np.where(price > 0, rounded(limit / np.where(price > 0, price, 1.0), 0), 0.0)
    return np.where(rounded(nearest * price, 2) > limit, nearest - 1, nearest)


def pro_rata(amount: Floats, part: Floats, whole: Floats) -> Floats:
    """The part of an amount that goes with so many of its shares; none of no shares."""
    some = np.asarray(whole) != 0
    return np.where(some, amount * part / np.where(some, whole, 1.0), 0.0)


def _total_by_row(column: Floats, keys: Sequence[NDArray[Any]], wanted: Sequence[Any]) -> Floats:
    """Each row wants a group of its own: number the groups, add up, look up."""
    if not len(column):
        return np.zeros(len(wanted[-1]))
    levels = [np.unique(key) for key in keys]
    sums = np.bincount(_place(levels, keys)[0], column, minlength=math.prod(map(len, levels)))
    place, found = _place(levels, wanted)
    return np.where(found, sums[place], 0.0)


def _place(levels: Sequence[NDArray[Any]], values: Sequence[Any]) -> tuple[Any, Any]:
    place, found = np.zeros((), dtype=np.int64), np.ones((), dtype=np.bool_)
    for level, value in zip(levels, values, strict=True):
        at = np.minimum(np.searchsorted(level, value), len(level) - 1)
        place, found = place * len(level) + at, found & (level[at] == value)
    return place, found


ARRAYS: Final = Dialect(
    write={
        Op.ADD: infix("+"),
        Op.SUBTRACT: infix("-"),
        Op.MULTIPLY: infix("*"),
        Op.NEGATIVE: template("(0.0 - {0})"),
        Op.SUM_OF: call("sum_of"),
        Op.SMALLER_OF: lambda *amounts: reduce(call("np.minimum"), amounts),
        Op.LARGER_OF: lambda *amounts: reduce(call("np.maximum"), amounts),
        Op.NOT_BELOW_ZERO: template("np.maximum({0}, 0.0)"),
        Op.ROUNDED: call("rounded"),
        Op.ROUNDED_DOWN: template("({0} // {1} * {1})"),
        Op.BRACKET_TAX: call("bracket_tax"),
        Op.WHEN: call("when"),
        Op.GIVEN: call("given"),
        Op.LESS: infix("<"),
        Op.AT_MOST: infix("<="),
        Op.MORE: infix(">"),
        Op.AT_LEAST: infix(">="),
        Op.EQUAL: infix("=="),
        Op.ALL_OF: call("all_of"),
        Op.ANY_OF: call("any_of"),
        Op.IS_NOT: call("np.logical_not"),
        Op.YEAR_OF: call("year_of"),
        Op.ADD_MONTHS: call("add_months"),
        Op.DAY_AFTER: template("({0} + 1)"),
        Op.LATER_OF: call("np.maximum"),
        Op.PICK: call("pick"),
        Op.WHOLE_SHARES: call("whole_shares"),
        Op.PRO_RATA: call("pro_rata"),
        Op.JOINED: call("joined"),
        Op.SHOWN: call("shown"),
        Op.SHARES_SHOWN: call("shares_shown"),
        Op.DAY_SHOWN: call("day_shown"),
    },
    constant=lambda value: float(value) if isinstance(value, Decimal) else value,
    environment={
        "np": np, "in_blocks": in_blocks, "alone": alone, "cleaned": cleaned, "sum_of": sum_of,
        "all_of": all_of, "any_of": any_of, "when": when, "which": which, "merged": merged,
        "rounded": rounded, "bracket_tax": bracket_tax, "given": given, "year_of": year_of,
        "add_months": add_months, "pick": pick, "totals": totals, "totals_before": totals_before,
        "whole_shares": whole_shares, "pro_rata": pro_rata, "joined": joined, "shown": shown,
        "shares_shown": shares_shown, "day_shown": day_shown,
    },
    module=__name__,
    whole_columns=True,
    owners=True,
    in_blocks=in_blocks,
)  # fmt: skip
