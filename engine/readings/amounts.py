"""The exact reading: Decimal amounts, dates and words, as straight-line Python."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

from ..language.money import STEPS, ZERO, rounded
from ..language.nodes import Op
from .compiled.dialect import Dialect, call, infix, template

HALF_UP: Final = ROUND_HALF_UP
ONE_DAY: Final = timedelta(days=1)
ZEROS: Final = {digits: ZERO.quantize(step) for digits, step in STEPS.items()}  # as `rounded` gives them


def bracket_tax(income: Decimal, starts: Sequence[Decimal], steps: Sequence[Decimal]) -> Decimal:
    """Add each step of the rate on the income above its start, in dollars."""
    tax = ZERO
    for start, step in zip(starts, steps, strict=True):
        if income <= start:
            break
        tax += (income - start) * step
    return tax


def add_months(day: date, months: Decimal) -> date:
    """Step forward by months, to the last day of a month that is too short (as EDATE does)."""
    years, month = divmod(day.month - 1 + int(months), 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def totals(column: Sequence[Decimal], *keys: Sequence[object]) -> Callable[..., Decimal]:
    """Add up a column once for all values of its keys."""
    if not column:
        return nothing
    sums: defaultdict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for amount, *group in zip(column, *keys, strict=True):
        sums[tuple(group)] += amount
    return lambda *wanted: sums.get(wanted, ZERO)


def nothing(*_: object) -> Decimal:
    """The total of no rows."""
    return ZERO


def totals_before(column: Sequence[Decimal], order: Sequence[Any], *keys: Sequence[object]) -> Callable[..., Decimal]:
    """Put the rows in order once for all values of their keys; a total is that of the rows before a place."""
    groups: defaultdict[tuple[object, ...], list[tuple[Any, Decimal]]] = defaultdict(list)
    for amount, place, *group in zip(column, order, *keys, strict=True):
        groups[tuple(group)].append((place, amount))
    places = {group: sorted(place for place, _ in rows) for group, rows in groups.items()}
    sums = {
        group: [ZERO, *accumulate(amount for _, amount in sorted(rows, key=itemgetter(0)))]
        for group, rows in groups.items()
    }
    return lambda place, *wanted: sums[wanted][bisect_left(places[wanted], place)] if wanted in sums else ZERO


def whole_shares(limit: Decimal, price: Decimal) -> Decimal:
    """Whole shares whose value, to the cent, stays within an amount from zero up; none at no price."""
    nearest = rounded(limit / price) if price > 0 else ZERO
    return nearest - 1 if rounded(nearest * price, 2) > limit else nearest


def pro_rata(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """The part of an amount that goes with so many of its shares; none of no shares."""
    return amount * part / whole if whole else ZERO


def shown(amount: Decimal, digits: Decimal | int) -> str:
    """Write an amount inside a sentence, with commas."""
    return f"{rounded(amount, digits):,.{int(digits)}f}"


def shares_shown(shares: Decimal) -> str:
    """Write shares inside a sentence, with commas and no zeros at the end."""
    return f"{shares.normalize():,f}"


def day_shown(day: date) -> str:
    """Write a day in words: month, day, year."""
    return f"{day:%m/%d/%Y}"


AMOUNTS: Final = Dialect(
    write={
        Op.ADD: infix("+"),
        Op.SUBTRACT: infix("-"),
        Op.MULTIPLY: infix("*"),
        Op.NEGATIVE: template("(-{0} + ZERO)"),
        Op.SUM_OF: infix("+"),
        Op.SMALLER_OF: call("min"),
        Op.LARGER_OF: call("max"),
        Op.NOT_BELOW_ZERO: template("max({0}, ZERO)"),
        Op.ROUNDED: call("rounded"),
        Op.ROUNDED_DOWN: template("({0} // {1} * {1})"),
        Op.BRACKET_TAX: call("bracket_tax"),
        Op.WHEN: template("({1} if {0} else {2})"),
        Op.GIVEN: template("({0} is not None)"),
        Op.LESS: infix("<"),
        Op.AT_MOST: infix("<="),
        Op.MORE: infix(">"),
        Op.AT_LEAST: infix(">="),
        Op.EQUAL: infix("=="),
        Op.ALL_OF: infix("and"),
        Op.ANY_OF: infix("or"),
        Op.IS_NOT: template("(not {0})"),
        Op.YEAR_OF: template("{0}.year"),
        Op.ADD_MONTHS: call("add_months"),
        Op.DAY_AFTER: template("({0} + ONE_DAY)"),
        Op.LATER_OF: call("max"),
        Op.PICK: template("{0}[int({1}) - 1]"),
        Op.WHOLE_SHARES: call("whole_shares"),
        Op.PRO_RATA: call("pro_rata"),
        Op.JOINED: infix("+"),
        Op.SHOWN: call("shown"),
        Op.SHARES_SHOWN: call("shares_shown"),
        Op.DAY_SHOWN: call("day_shown"),
    },
    write_names={
        Op.SMALLER_OF: lambda *amounts: reduce(template("({1} if {1} < {0} else {0})"), amounts),
        Op.LARGER_OF: lambda *amounts: reduce(template("({1} if {1} > {0} else {0})"), amounts),
        Op.NOT_BELOW_ZERO: template("({0} if {0} >= ZERO else ZERO)"),
        Op.ROUNDED: template("({0}.quantize(STEPS[{1}], HALF_UP) + ZERO if {0} else ZEROS[{1}])"),
    },
    constant=lambda value: value,
    environment={
        "ZERO": ZERO, "STEPS": STEPS, "ZEROS": ZEROS, "HALF_UP": HALF_UP,
        "ONE_DAY": ONE_DAY, "rounded": rounded, "bracket_tax": bracket_tax,
        "add_months": add_months, "totals": totals, "totals_before": totals_before,
        "whole_shares": whole_shares, "pro_rata": pro_rata, "shown": shown, "shares_shown": shares_shown,
        "day_shown": day_shown,
    },
    module=__name__,
    whole_columns=False,
    exact_sums=True,
)  # fmt: skip
