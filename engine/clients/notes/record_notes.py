"""What a preparer should know about records that are in order: each note names the record and the consequence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ...columns import FIRST_YEAR_ONLY
from ...filing import STATUSES, YEARS
from ...language.money import rounded
from ...records import Exercise, Return

NOT_SPLIT: Final = ("line_2e", "line_2f", "line_2j", "line_3")  # Form 8801 may need a part of them
SENIOR_FROM: Final = 2025  # P.L. 119-21, sec. 70103
PRINTED_POSITIVE: Final = ("line_2e", "line_2g", "line_2h", "line_2t")


def exercise_notes(exercise: Exercise) -> Iterator[str]:
    """Note what is unusual about one exercise."""
    lot, fmv = f"Exercise {exercise.exercise_id}", exercise.fmv_exercise
    price = exercise.exercise_price if exercise.price_exact is None else exercise.price_exact
    if exercise.vest_date and exercise.fmv_vest is not None and not exercise.election_83b:
        fmv = exercise.fmv_vest
    measured = exercise.vest_date if exercise.vest_date and not exercise.election_83b else exercise.date_exercised
    if measured.year > YEARS[-1]:
        yield f"{lot}: it is measured in {measured.year}, after the last covered year, {YEARS[-1]}; no form takes it."
    if fmv < price:
        yield (
            f"{lot}: the value a share, {fmv:,}, is below the price, {price:,}; it adds nothing and takes nothing "
            "from other exercises, and its basis is the price paid."
        )
    if exercise.kind == "ESPP" and exercise.price_at_grant is None:
        yield (
            f"{lot}: price_at_grant is blank, so the price paid, {price:,}, is taken for fixed at grant; where it was "
            "not, enter Form 3922 box 8: a sale after both holding periods is taxed by it (IRC 423(c))."
        )
    if price != exercise.exercise_price:
        yield f"{lot}: {_price_note(exercise, price)}"
    if exercise.election_83b and exercise.kind == "ISO":
        yield (
            f"{lot}: with the section 83(b) election the value on the exercise day counts, for AMT only; keep proof "
            "that it was filed within 30 days."
            if exercise.vest_date
            else f"{lot}: election_83b without a vest_date changes nothing; the stock is taken as vested at exercise."
        )


def _price_note(exercise: Exercise, price: Decimal) -> str:
    """Tell a price rounded on its form, which Form 3921 copies often show, from two prices that disagree."""
    used = f"price_exact, {price}, is used in place of exercise_price, {exercise.exercise_price}"
    if rounded(price, 2) == exercise.exercise_price:
        return f"{used}, which is rounded to cents; over its shares {_difference(exercise, price)}."
    return f"{used}, which is not its rounding; over its shares {_difference(exercise, price)}: check both."


def _difference(exercise: Exercise, price: Decimal) -> str:
    more = rounded((price - exercise.exercise_price) * exercise.shares, 2)
    return f"the price paid is {abs(more):,} {'more' if more > 0 else 'less'}"


def return_notes(year: Return) -> Iterator[str]:
    """Note what is unusual about one tax year."""
    if year.foreign_tax_credit and year.amt_foreign_tax_credit is None:
        yield (
            f"{year.tax_year}: amt_foreign_tax_credit is blank, so foreign_tax_credit, {year.foreign_tax_credit:,}, "
            "is taken for it; right without Form 1116, else figure AMT Form 1116."
        )
    if exclusion := [name for name in NOT_SPLIT if getattr(year, name)]:
        yield (
            f"{year.tax_year}: {', '.join(exclusion)}: the next Form 8801 takes line 3 (minimum tax credit NOL) as 0 "
            "and lines 2j and 3 of Form 6251 wholly as deferral items; where that is not so, figure it by hand."
        )
    if year.senior_deduction and year.tax_year < SENIOR_FROM:
        yield f"{year.tax_year}: there was no senior deduction before {SENIOR_FROM}; nothing is added back for it."
    if year.deduction == "standard":
        for name in ("itemized_deductions", "taxes_deducted"):
            if getattr(year, name):
                yield f"{year.tax_year}: {name} is given but the deduction is standard; it is not used."
    elif year.standard_deduction and (year.deduction or year.itemized_deductions is not None):
        yield f"{year.tax_year}: standard_deduction is given but deductions are itemized; it is not used."
    for name in PRINTED_POSITIVE:
        if (amount := getattr(year, name)) is not None and amount < 0:
            yield f"{year.tax_year}: {name} is {amount:,}; the form expects it positive, and as typed it lowers line 4."


def years_notes(years: Sequence[Return]) -> Iterator[str]:
    """Note what changed from one year to the next; the years in order."""
    for before, after in pairwise(years):
        if before.filing_status and after.filing_status and before.filing_status != after.filing_status:
            yield (
                f"{after.tax_year}: filing status changed from {STATUSES[before.filing_status].lower()} to "
                f"{STATUSES[after.filing_status].lower()}; the minimum tax credit and loss carryovers may have to be "
                "divided."
            )
        for name in FIRST_YEAR_ONLY:
            if getattr(after, name) is not None:
                yield f"{after.tax_year}: {name} is 0 but not used; it is figured from the year before."
