"""What a preparer should know about sales and splits that are in order: the rule that was used, or what to look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from ...columns.sales import Disposition
from ...federal.stock.record_doubts import WASH_SALE_DAYS, doubts_of, sale_doubts, wash_sale_window
from ...records import Exercise, Sale, Split
from ...records.identity import employer_key
from ...records.lots import Resolved, ResolvedSale
from ...records.splits import spelled

NAMED: Final = 5  # lots named in one note
DISPOSITIONS: Final[dict[Disposition, str]] = {
    "gift": (
        "a gift within two years of grant or one year of exercise makes the whole spread of an ISO ordinary income, "
        "not limited to a gain (IRC 424(c)(1); Reg. 1.422-1(b)(2)(ii)); after that it makes no income."
    ),
    "spouse": (
        "a transfer to a spouse, or to a former spouse because of divorce, is no disposition (IRC 424(c)(4), 1041); "
        "price, dates and AMT basis go with the shares. On a joint return leave the row out and enter the later sale."
    ),
    "death": (
        "a transfer at death is no disposition (IRC 424(c)(1)(A)); the basis becomes the value at death in both "
        "systems (IRC 1014), and loss carryovers and unused credit are taken to end with the holder."
    ),
}
OF_ESPP: Final[dict[Disposition, str]] = {
    "gift": (
        "a gift of ESPP shares within two years of grant or one year of purchase makes value less price on the day of "
        "purchase ordinary income; after that the lesser of the discount at grant and the value given, as typed in "
        "price, less the price paid (IRC 421(b), 423(c), 424(c)(1))."
    ),
    "death": (
        "at death, whenever it comes, the lesser of the discount at grant and the value that day, as typed in price, "
        "less the price paid is income of that year (IRC 423(c)); the basis becomes the value at death (IRC 1014)."
    ),
}
LOSS_RULES: Final = {"wash_sale": "wash sale, IRC 1091", "related_party": "related party, IRC 267"}


Doubts = Mapping[str, Any]  # on one lot sold: a row of record_doubts
DoubtedPiece = tuple[ResolvedSale, Doubts]


def sale_notes(
    exercises: Sequence[Exercise],
    sales: Sequence[Sale],
    splits: Sequence[Split],
    resolved: Resolved,
    records: Mapping[str, Sequence[Any]],
) -> Iterator[str]:
    """Note what was decided for the preparer, and what is unusual; records as given, as resolved, and their columns."""
    for split in splits:
        yield from _split_note(split, exercises)
    if splits and (unnamed := [lot.exercise_id for lot in exercises if not lot.employer]):
        yield f"Splits restate no exercise without an employer: {_several(unnamed)}."
    acquired = _acquired(exercises)
    doubted = zip(resolved.sales, doubts_of(sale_doubts, records), strict=True)
    for row, pieces in groupby(doubted, key=lambda piece: piece[0].row):
        sale = sales[row - 1]
        yield from _notes_of_row(sale, list(pieces), exercises, resolved.exercises, acquired)


def _split_note(split: Split, exercises: Sequence[Exercise]) -> Iterator[str]:
    employer = employer_key(split.employer)
    lots = [
        lot.exercise_id
        for lot in exercises
        if employer_key(lot.employer) == employer and lot.date_exercised < split.effective_date
    ]
    what = f"Split {spelled(split.ratio)} of {split.employer}, {split.effective_date}"
    if lots:
        yield f"{what}: shares, price and value of {_several(lots)} are restated; Form 3921 has the old ones."
    else:
        yield f"{what}: no exercise before it, so it restates none."
    offering = [
        lot.exercise_id
        for lot in exercises
        if lot.kind == "ESPP"
        and employer_key(lot.employer) == employer
        and lot.date_granted
        and lot.date_granted < split.effective_date <= lot.date_exercised
    ]
    if offering:
        yield f"{what}: value and price at grant of {_several(offering)} count in shares of the day of purchase; check."


def _notes_of_row(
    sale: Sale,
    doubted: Sequence[DoubtedPiece],
    exercises: Sequence[Exercise],
    today: Sequence[Exercise],
    acquired: dict[str, list[tuple[date, int]]],
) -> Iterator[str]:
    pieces = [piece for piece, _ in doubted]
    what = f"{(sale.disposition or 'sale').capitalize()} of {sale.date_sold}, {sale.shares:,} shares"
    if sale.exercise_id is None:
        taken = _several([f"{piece.shares:,} of {piece.exercise_id}" for piece in pieces])
        units = "" if sum(piece.shares for piece in pieces) == sale.shares else " in shares after the splits"
        yield f"{what} of {sale.employer}: without an id, so first in, first out: {taken}{units} (Reg. 1.1012-1(c))."
    else:
        what += f" of {pieces[0].exercise_id}"
    for piece, doubts in doubted:
        yield from _vest_notes(what, doubts, exercises[piece.lot - 1])
        yield from _title_note(what, doubts, exercises[piece.lot - 1])
    if sale.disposition:
        of_espp = exercises[pieces[0].lot - 1].kind == "ESPP" and OF_ESPP.get(sale.disposition)
        yield f"{what}: {of_espp or DISPOSITIONS[sale.disposition]}"
    elif not sale.price:
        yield f"{what}: the price is 0, as for worthless stock; name a gift, or a transfer to a spouse, in disposition."
    if sale.loss_rule:
        yield (
            f"{what}: its loss counts in neither system ({LOSS_RULES[sale.loss_rule]}), each on its own basis; it is "
            "added to no lot, so raise the basis of replacement shares yourself."
        )
    elif sale.disposition is None and any(doubts["at_a_loss"] for _, doubts in doubted):
        yield from _wash_sale_hint(what, pieces, today, acquired)
    employer = exercises[pieces[0].lot - 1].employer
    if sale.employer and employer and employer_key(sale.employer) != employer_key(employer):
        yield f"{what}: its employer is {sale.employer}, that of the lot {employer}; the id counts, so check it."


def _vest_notes(what: str, doubts: Doubts, lot: Exercise) -> Iterator[str]:
    if doubts["on_vest_day"]:
        yield f"{what}: dated on the very day {lot.exercise_id} vests; check both dates."
    if not doubts["ahead_of_vest"]:
        return
    if lot.kind == "NSO":
        yield (
            f"{what}: dated before {lot.exercise_id} vests, {lot.vest_date}; check both dates. Nonqualified stock sold "
            "before vest makes the proceeds less the price wages of that day (Reg. 1.83-1(b)), but the figures take "
            "the value at vest: give those shares a row of their own, with day and price of the sale in vest_date and "
            "fmv_vest."
        )
    else:
        yield (
            f"{what}: dated before {lot.exercise_id} vests, {lot.vest_date}; check both dates. A disqualifying sale "
            "before vest makes the proceeds less the price ordinary income, not below zero."
        )


def _title_note(what: str, doubts: Doubts, lot: Exercise) -> Iterator[str]:
    """A sale more than a year after the purchase, but not after box 7 of Form 3922, which is no start of a period."""
    if doubts["by_title_too_early"]:
        yield (
            f"{what}: more than a year after the purchase, {lot.date_exercised}, and not after date_transferred, "
            f"{lot.date_transferred}. Form 3922 box 7 is the day on which the employee first passed title on (IRC "
            "6039(a)(2)); the periods run from the purchase (IRC 423(a)(1)). Where the shares became the employee's "
            "own only later, enter that day in date_exercised."
        )


def _acquired(exercises: Sequence[Exercise]) -> dict[str, list[tuple[date, int]]]:
    """The days of exercise and vest by employer, each with the place of its lot."""
    found: dict[str, list[tuple[date, int]]] = {}
    for place, lot in enumerate(exercises, 1):
        days = {lot.date_exercised, lot.vest_date} - {None}
        found.setdefault(employer_key(lot.employer), []).extend((day, place) for day in days if day)
    return {employer: sorted(days) for employer, days in found.items()}


def _wash_sale_hint(
    what: str, pieces: Sequence[ResolvedSale], today: Sequence[Exercise], acquired: dict[str, list[tuple[date, int]]]
) -> Iterator[str]:
    """A loss in either system beside another exercise or vest of the same stock (IRC 1091)."""
    lots = {piece.lot for piece in pieces}
    days = acquired[employer_key(today[pieces[0].lot - 1].employer)]
    first, last = wash_sale_window(pieces[0].date_sold)
    near = days[bisect_left(days, (first, 0)) : bisect_right(days, (last, len(today)))]
    others = list(dict.fromkeys(today[place - 1].exercise_id for _, place in near if place not in lots))
    if others:
        below = "its value when bought" if today[pieces[0].lot - 1].kind == "ESPP" else "its basis"
        yield (
            f"{what}: sold below {below}, and {_several(others)} exercised, vested or bought within "
            f"{WASH_SALE_DAYS} days; if that is a wash sale (IRC 1091) enter wash_sale in loss_rule."
        )


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
