"""What a preparer should know about records that are in order: each note names the record and the consequence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ...federal.forms.return_doubts import has_senior_deduction, senior_deduction_from
from ...federal.stock.record_doubts import doubts_of, exercise_doubts
from ...filing import YEARS
from ...language.money import rounded
from ...records import Exercise, Return


def exercise_notes(exercises: Sequence[Exercise], as_given: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Note what is unusual about each exercise; `as_given` are the columns of the exercises before any split."""
    computed = zip(as_given["exercises.year_included"], as_given["exercises.rounding"], strict=True)
    for exercise, doubts, (year, rounding) in zip(
        exercises, doubts_of(exercise_doubts, as_given), computed, strict=True
    ):
        yield from _notes_of(exercise, doubts, year, rounding)


def _notes_of(exercise: Exercise, doubts: Mapping[str, Any], year: int, rounding: Decimal) -> Iterator[str]:
    lot, price = f"Exercise {exercise.exercise_id}", doubts["price"]
    if year > YEARS[-1]:
        yield f"{lot}: it is measured in {year}, after the last covered year, {YEARS[-1]}; no form takes it."
    if doubts["worth_less"]:
        yield (
            f"{lot}: the value per share, ${doubts['value']:,}, is below the price, ${price:,}; it adds nothing and "
            "takes nothing from other exercises, and its basis is the price paid."
        )
    if doubts["another_price"] and doubts["is_rounding"]:
        yield f"{lot}: {_price_note(exercise, doubts, rounded(rounding, 2))}"


def _price_note(exercise: Exercise, doubts: Mapping[str, Any], more: Decimal) -> str:
    """A price rounded on its form, as copies of Form 3921 often show."""
    used = f"price_exact, ${doubts['price']}, is used in place of exercise_price, ${exercise.exercise_price}"
    difference = f"over its shares the price paid is ${abs(more):,} {'more' if more > 0 else 'less'}"
    return f"{used}, which is rounded to cents; {difference}."


def return_notes(year: Return) -> Iterator[str]:
    """Note what is unusual about one tax year."""
    if year.senior_deduction and not has_senior_deduction(year.tax_year):
        first = senior_deduction_from()
        yield f"{year.tax_year}: there was no senior deduction before {first}; nothing is added back for it."
    if year.deduction == "standard":
        for name in ("itemized_deductions", "taxes_deducted"):
            if getattr(year, name):
                yield f"{year.tax_year}: {name} is given but the deduction is standard; it is not used."
    elif year.standard_deduction and (year.deduction or year.itemized_deductions is not None):
        yield f"{year.tax_year}: standard_deduction is given but deductions are itemized; it is not used."
