"""Which lot was sold, and in what shares: sales without an id go first in, first out, and splits restate all to today.

A lot is one exercise. "Today's shares" are those after every split in splits.csv.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final

from ..columns import SALES, Unit
from ..errors import Problem
from .cells import LARGEST
from .exercise import Exercise
from .identity import employer_key, excel_key, nearest
from .sale import Sale, beside_kinds
from .splits import ShareUnits, Split, a_share, decimal, restated, spelled

SHARE_DIGITS: Final = 6  # of a restated number of shares, which must be exact
PRO_RATED: Final = tuple(each.name for each in SALES if each.unit is Unit.DOLLARS)  # those of the whole sale
ENTER_RESTATED: Final = (
    "Remove the split and enter this employer's exercises and sales in shares after it; a fraction of a share that was "
    "paid in cash is a sale of its own."
)
MISSING: Final = "Correct the sale, or add the exercise or split that is missing."


class ResolvedSale(Sale):
    """A sale, or a part of it, out of one lot, in today's shares; `price` is 0 where nothing was received."""

    exercise_id: str
    price: Decimal
    lot: int  # the lot's place in Client.exercises, from 1
    row: int  # the sale's place in Client.sales, from 1


@dataclass(frozen=True)
class Resolved:
    """The records in today's shares; sales in the order given, a sale out of several lots as several."""

    exercises: tuple[Exercise, ...]
    sales: tuple[ResolvedSale, ...]


@dataclass(frozen=True)
class Uncertain:
    """What is not held against a sale, because other rows were refused."""

    lots: frozenset[object] = frozenset()  # ids, by `excel_key`, of exercises that were refused
    ids: bool = False  # some exercise has an id that is not known
    held: bool = False  # it is not known how many shares are held


CERTAIN: Final = Uncertain()


@dataclass
class Lot:
    """A lot while it is used up, in today's shares."""

    number: int
    exercise: Exercise
    shares: Decimal
    left: Decimal = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.shares


Taken = list[tuple[Lot, Decimal]]


class Holdings:
    """The lots of a client, used up by sales in the order of their days; what cannot be is a problem of the sale."""

    def __init__(self, exercises: Mapping[int, Exercise], units: ShareUnits, doubt: Uncertain) -> None:
        self.problems: list[Problem] = []
        self.lots: dict[int, Lot] = {}
        self._units, self._doubt = units, doubt
        for number, exercise in exercises.items():
            self._add(number, exercise)
        self._by_id = {excel_key(lot.exercise.exercise_id): lot for lot in self.lots.values()}
        self._in_order: dict[str, list[Lot]] = {}
        for lot in sorted(self.lots.values(), key=lambda lot: (lot.exercise.date_exercised, lot.number)):
            self._in_order.setdefault(employer_key(lot.exercise.employer), []).append(lot)

    def _add(self, number: int, exercise: Exercise) -> None:
        ratio = self._units.since(exercise.employer, exercise.date_exercised)
        shares = self._today("exercises", number, exercise.shares, ratio)
        if shares is None:
            lots = self._doubt.lots | {excel_key(exercise.exercise_id)}
            self._doubt = replace(self._doubt, lots=lots, held=True)
        self.lots[number] = Lot(number, exercise, shares or exercise.shares)

    def take(self, row: int, sale: Sale) -> Taken:
        """The shares that a sale takes, by lot, in today's shares; none where there is a problem."""
        found = self._first_in(row, sale) if sale.exercise_id is None else self._identified(row, sale, sale.exercise_id)
        if not found:
            return []
        ratio = self._units.since(found[0].exercise.employer, sale.date_sold)
        wanted = self._today("sales", row, sale.shares, ratio)
        if wanted is None:
            return []
        taken = _first_of(found, wanted)
        if sum(part for _, part in taken) < wanted:
            if not self._doubt.held:
                self._refuse(row, "shares", f"{sale.shares:,}", *_more_than_held(sale, found, ratio))
            return []
        if wrong := beside_kinds(sale, [lot.exercise.kind for lot, _ in taken]):
            self._refuse(row, *wrong)
        for lot, part in taken:
            lot.left -= part
        return taken

    def _identified(self, row: int, sale: Sale, identifier: str) -> list[Lot]:
        """The lot that a sale names."""
        key = excel_key(identifier)
        lot = self._by_id.get(key)
        if key in self._doubt.lots or (lot is None and self._doubt.ids):
            return []
        if lot is None:
            known = (lot.exercise.exercise_id for lot in self.lots.values())
            expected = f"a lot (exercise_id) of exercises.csv{nearest(identifier, known)}"
            self._refuse(row, "exercise_id", identifier, expected, "Correct the id, or add the exercise.")
            return []
        if sale.date_sold < (exercised := lot.exercise.date_exercised):
            expected = f"a day on or after the exercise of {lot.exercise.exercise_id}, {exercised}"
            self._refuse(row, "date_sold", str(sale.date_sold), expected, "Correct one of the dates, or the id.")
            return []
        return [lot]

    def _first_in(self, row: int, sale: Sale) -> list[Lot]:
        """The lots of the employer that were exercised by the day of sale, oldest first."""
        lots = self._in_order.get(employer_key(sale.employer), [])
        found = lots[: bisect_right(lots, sale.date_sold, key=lambda lot: lot.exercise.date_exercised)]
        if found or self._doubt.held:
            return found
        if lots:
            expected = f"at most 0 shares: no exercise of {sale.employer} is on or before {sale.date_sold}"
            self._refuse(row, "shares", f"{sale.shares:,}", expected, MISSING)
        else:
            known = {lot.exercise.employer for lot in self.lots.values() if lot.exercise.employer}
            expected = f"an employer of the exercises{nearest(sale.employer or '', known)}"
            remedy = "Name the employer as there, or fill in the lot (exercise_id)."
            self._refuse(row, "employer", sale.employer or "", expected, remedy)
        return []

    def _today(self, table: str, row: int, shares: Decimal, ratio: Fraction) -> Decimal | None:
        """Shares in today's shares; None, and a problem, unless they come out exact."""
        if ratio == 1:
            return shares
        exact = Fraction(shares) * ratio
        value = decimal(exact, SHARE_DIGITS)
        if value == exact and value <= LARGEST:
            return value
        expected = f"a number that splits.csv makes exact to {SHARE_DIGITS} decimals: {spelled(ratio)} gives {value:,}…"
        remedy = ENTER_RESTATED
        if value > LARGEST:
            expected, remedy = f"at most {LARGEST:,} shares after the splits of splits.csv", "Check shares and ratios."
        self._refuse(row, "shares", f"{shares:,}", expected, remedy, table)
        return None

    def _refuse(self, row: int, column: str, value: str, expected: str, remedy: str, table: str = "sales") -> None:
        self.problems.append(Problem(table, row, column, value, expected, remedy))


def settle(
    exercises: Mapping[int, Exercise],
    sales: Mapping[int, Sale],
    splits: Collection[Split],
    doubt: Uncertain = CERTAIN,
) -> tuple[Resolved, list[Problem]]:
    """Use up the lots in the order of sales; the records stand under their rows. Nothing is resolved with a problem."""
    units = ShareUnits(splits)
    holdings = Holdings(exercises, units, doubt)
    pieces = {
        row: _pieces(row, sale, holdings.take(row, sale), units) for row, sale in sorted(sales.items(), key=_order)
    }
    if holdings.problems:
        return Resolved((), ()), sorted(holdings.problems, key=lambda problem: (problem.file, problem.row or 0))
    lots = holdings.lots.values()
    exercises_today = tuple(restated(lot.exercise, lot.shares, units) if splits else lot.exercise for lot in lots)
    return Resolved(exercises_today, tuple(piece for row in sales for piece in pieces[row])), []


def _order(numbered: tuple[int, Sale]) -> tuple[date, bool, int]:
    """By day; on the same day sales with an id go first, then the order of rows decides."""
    row, sale = numbered
    return sale.date_sold, sale.exercise_id is None, row


def _first_of(lots: Sequence[Lot], wanted: Decimal) -> Taken:
    """The shares to take, from the first lots first; less than wanted where there are no more."""
    taken = []
    for lot in lots:
        if lot.left:
            taken.append((lot, min(lot.left, wanted)))
            wanted -= taken[-1][1]
        if not wanted:
            break
    return taken


def _more_than_held(sale: Sale, lots: Sequence[Lot], ratio: Fraction) -> tuple[str, str]:
    """What was expected and what to do, in shares of the day of sale."""
    exercised, left = sum(lot.shares for lot in lots), sum(lot.left for lot in lots)
    held, had, gone = (
        f"{decimal(Fraction(shares) / ratio, SHARE_DIGITS):,}" for shares in (left, exercised, exercised - left)
    )
    of = lots[0].exercise.exercise_id if sale.exercise_id else sale.employer
    expected = f"at most {held} shares of {of}: {had} exercised less {gone} sold or given away by {sale.date_sold}"
    return expected, MISSING


def _pieces(row: int, sale: Sale, taken: Taken, units: ShareUnits) -> list[ResolvedSale]:
    """A sale as one sale a lot; what is known of the whole sale is divided by shares, to the cent."""
    if not taken:
        return []
    ratio = units.since(taken[0][0].exercise.employer, sale.date_sold)
    parts = [part for _, part in taken]
    divided = {name: _divided(getattr(sale, name), parts) for name in PRO_RATED}
    price = a_share(sale.price or Decimal(0), ratio)
    return [
        _piece(
            sale,
            exercise_id=lot.exercise.exercise_id,
            shares=part,
            price=price,
            lot=lot.number,
            row=row,
            **{name: amounts[place] for name, amounts in divided.items()},
        )
        for place, (lot, part) in enumerate(taken)
    ]


def _piece(sale: Sale, **known: Any) -> ResolvedSale:
    return ResolvedSale.model_construct(**(dict(sale) | known))


def _divided(amount: Decimal | None, parts: Sequence[Decimal]) -> Sequence[Decimal | None]:
    """An amount in dollars by shares, in cents; the last part takes what is left, and none is negative."""
    if amount is None or len(parts) == 1:
        return [amount] * len(parts)
    *before, whole = accumulate(parts)
    sums = [decimal(Fraction(amount) * Fraction(each) / Fraction(whole), 2) for each in before]
    sums = [min(each, amount) for each in sums] + [amount]
    return [upper - lower for lower, upper in zip([Decimal(0), *sums], sums, strict=False)]
