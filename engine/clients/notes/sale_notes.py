"""What a preparer should know about sales and splits that are in order: the rule that was used, or what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from ...columns.sales import Disposition
from ...federal.stock.record_doubts import doubts_of, sale_doubts
from ...records import Exercise, Sale, Split
from ...records.identity import employer_key
from ...records.lots import Resolved, ResolvedSale
from ...records.splits import spelled
from ..in_sentences import in_words, shares_in_words

NAMED: Final = 5  # lots named in one note
DISPOSITIONS: Final[dict[Disposition, str]] = {
    "gift": (
        "a gift within two years of grant or one year of exercise makes the whole spread of an ISO ordinary income, "
        "not limited to a gain (IRC 424(c)(1); Reg. 1.422-1(b)(2)(ii)); after that it makes no income."
    ),
    "spouse": (
        "a transfer to a spouse, or to a former spouse because of divorce, is no disposition (IRC 424(c)(4), 1041); "
        "price, dates and AMT basis go with the shares. The receiver's own file enters the lot with acquired_by spouse."
    ),
    "death": (
        "a transfer at death is no disposition (IRC 424(c)(1)(A)); the heir's file enters the lot with acquired_by "
        "inheritance and the value at death (IRC 1014)."
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
    doubted = zip(resolved.sales, doubts_of(sale_doubts, records), strict=True)
    for row, pieces in groupby(doubted, key=lambda piece: piece[0].row):
        sale = sales[row - 1]
        yield from _notes_of_row(sale, list(pieces), exercises)


def _split_note(split: Split, exercises: Sequence[Exercise]) -> Iterator[str]:
    employer = employer_key(split.employer)
    lots = [
        lot.exercise_id
        for lot in exercises
        if employer_key(lot.employer) == employer and lot.date_exercised < split.effective_date
    ]
    what = f"Split {spelled(split.ratio)} of {split.employer}, {in_words(split.effective_date)}"
    if lots:
        yield f"{what}: shares, price and value of {_several(lots)} are restated; Form 3921 has the old ones."
    else:
        yield f"{what}: no exercise before it, so no exercise is restated; check its date."
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


def _notes_of_row(sale: Sale, doubted: Sequence[DoubtedPiece], exercises: Sequence[Exercise]) -> Iterator[str]:
    pieces = [piece for piece, _ in doubted]
    what = f"{(sale.disposition or 'sale').capitalize()} of {shares_in_words(sale.shares)}"
    what += f" of {pieces[0].exercise_id if sale.exercise_id else sale.employer} on {in_words(sale.date_sold)}"
    for piece, doubts in doubted:
        yield from _title_note(what, doubts, exercises[piece.lot - 1])
    if sale.disposition:
        of_espp = exercises[pieces[0].lot - 1].kind == "ESPP" and OF_ESPP.get(sale.disposition)
        if words := of_espp or DISPOSITIONS.get(sale.disposition):
            yield f"{what}: {words}"
    if sale.loss_rule == "related_party":
        yield (
            f"{what}: its loss counts in neither system (related party, IRC 267), each on its own basis; it goes into "
            "no other basis, and only lessens the buyer's own gain later (IRC 267(d))."
        )


def _title_note(what: str, doubts: Doubts, lot: Exercise) -> Iterator[str]:
    """A sale more than a year after the purchase, but not after box 7 of Form 3922, which is no start of a period."""
    if doubts["by_title_too_early"]:
        yield (
            f"{what}: more than a year after the purchase, {in_words(lot.date_exercised)}, and not after "
            f"date_transferred, {in_words(lot.date_transferred)}. Form 3922 box 7 is the day on which the employee "
            "first passed title on (IRC 6039(a)(2)); the periods run from the purchase (IRC 423(a)(1)). Where the "
            "shares became the employee's own only later, enter that day in date_exercised."
        )


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
