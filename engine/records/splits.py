"""A stock split, and what it makes of shares and of amounts per share: all is restated to today's shares."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Any, Final

from ..columns.splits import SplitColumns
from ..language.money import rounded
from .exercise import Exercise
from .identity import employer_key
from .record import Record

PRICE_DIGITS: Final = 10  # of a restated amount a share


class Split(Record, SplitColumns):
    """One stock split of one employer. Shares from the start of the effective day on are new shares."""


class ShareUnits:
    """What splits make of a share: how many of today's shares a share of an employer and a day is."""

    def __init__(self, splits: Collection[Split]) -> None:
        self._splits: dict[str, list[Split]] = {}
        for split in splits:
            self._splits.setdefault(employer_key(split.employer), []).append(split)

    def since(self, employer: str | None, day: date) -> Fraction:
        """Today's shares for one share of that day; a split counts from the start of its day."""
        splits = self._splits.get(employer_key(employer), ()) if self._splits else ()
        return prod((split.ratio for split in splits if split.effective_date > day), start=Fraction(1))


def spelled(ratio: Fraction) -> str:
    """A ratio as people write it: 3:2."""
    return f"{ratio.numerator}:{ratio.denominator}"


def restated(exercise: Exercise, shares: Decimal, units: ShareUnits) -> Exercise:
    """An exercise of so many of today's shares. Its exact price is given where the price is no longer one in cents."""
    ratio = units.since(exercise.employer, exercise.date_exercised)
    since_vest = units.since(exercise.employer, exercise.vest_date) if exercise.vest_date else ratio
    return exercise.model_copy(update=dict(_changes(exercise, shares, ratio, since_vest)))


def _changes(exercise: Exercise, shares: Decimal, ratio: Fraction, since_vest: Fraction) -> Iterator[tuple[str, Any]]:
    if exercise.fmv_vest is not None:
        yield "fmv_vest", a_share(exercise.fmv_vest, since_vest)
    if ratio == 1:
        return
    yield "shares", shares
    yield "fmv_exercise", a_share(exercise.fmv_exercise, ratio)
    for name in ("fmv_grant", "price_at_grant"):  # in shares of the day of purchase, as Form 3922 has them
        if (amount := getattr(exercise, name)) is not None:
            yield name, a_share(amount, ratio)
    price = a_share(exercise.exercise_price, ratio)
    exact = price if exercise.price_exact is None else a_share(exercise.price_exact, ratio)
    yield "exercise_price", price
    if exercise.price_exact is not None or price != rounded(price, 2):
        yield "price_exact", exact


def a_share(amount: Decimal, ratio: Fraction) -> Decimal:
    """An amount for an old share as an amount for a new one."""
    return amount if ratio == 1 else decimal(Fraction(amount) / ratio, PRICE_DIGITS)


def decimal(value: Fraction, digits: int) -> Decimal:
    """A fraction, not negative, to so many decimals, half up, without zeros at the end."""
    short = Decimal(int(value * 10**digits + Fraction(1, 2))).scaleb(-digits).normalize()
    return Decimal(f"{short:f}")  # 100, not 1E+2
