"""What a preparer should know about grants and the $100,000 limit: each note names the grant and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ...records import Client, Exercise
from ...records.grants import grant_key
from ..in_sentences import in_words

SPLIT: Final = (
    "Without a designation by the employer ISO shares come first, up to the limit (Reg. 1.422-4(c), provisional): "
    "split the row that crosses it, the rest of kind NSO. No row is changed for you."
)
NAMED: Final = 5  # grants or exercises named in one note
LimitRow = Mapping[str, Any]  # of Projection.grants


def grant_notes(client: Client, rows: Sequence[LimitRow]) -> Iterator[str]:
    """Note what the limit means for the records; `rows` are those of Projection.grants."""
    if not rows:
        return
    tranches: dict[str, list[LimitRow]] = {}
    for row in rows:
        tranches.setdefault(grant_key(row["grant_id"]), []).append(row)
    lots: dict[str, list[Exercise]] = {}
    for lot in client.resolved.exercises:
        lots.setdefault(grant_key(lot.grant_id), []).append(lot)
    yield from _above(rows)
    yield from _same_day(rows)
    accelerated = {(row["year"], row["group"]) for row in rows if row["date_accelerated"]}
    for key, grant in tranches.items():
        exercises = lots.get(key, [])
        yield from _accelerated(grant)
        if grant[0]["beyond"]:
            yield _beyond(grant, any((row["year"], row["group"]) in accelerated for row in grant))
        else:
            yield from _too_soon(grant, exercises)
        yield from _exercised(grant, exercises)
    yield from _not_compared(tranches, lots)


def _above(rows: Sequence[LimitRow]) -> Iterator[str]:
    """All that is nonqualified in one note, by grant and year."""
    above: dict[tuple[str, int], Decimal] = {}
    for row in rows:
        if row["nso_shares"]:
            place = row["grant_id"], row["year"]
            above[place] = above.get(place, Decimal(0)) + row["nso_shares"]
    if above:
        listed = [f"{_shares(shares)} of {grant} ({year})" for (grant, year), shares in above.items()]
        yield (
            f"Shares above the $100,000 limit are nonqualified (IRC 422(d)): {_several(listed)}. Their spread at "
            "exercise is wages: enter them as rows of kind NSO in exercises.csv."
        )


def _same_day(rows: Sequence[LimitRow]) -> Iterator[str]:
    """Two grants of one day, of which not all is within the limit: their order is the preparer's to know."""
    days: dict[tuple[object, ...], list[LimitRow]] = {}
    for row in rows:
        days.setdefault((row["year"], row["group"], row["date_granted"]), []).append(row)
    for (_, _, granted), equal in days.items():
        names = list(dict.fromkeys(row["grant_id"] for row in equal))
        if len(names) > 1 and any(row["nso_shares"] for row in equal):
            yield (
                f"Grants {_several(names)} are of the same day, {granted}: the order of their rows in grants.csv is "
                "taken for the order of grant (provisional); put first what the employer counts first."
            )


def _accelerated(grant: Sequence[LimitRow]) -> Iterator[str]:
    """What counts in an earlier year than was planned, by the day of the trigger."""
    days: dict[date, Decimal] = {}
    for row in grant:
        if day := row["date_accelerated"]:
            days[day] = days.get(day, Decimal(0)) + row["shares"]
    for day, shares in days.items():
        yield (
            f"Grant {grant[0]['grant_id']}: {_shares(shares)} shares count in {day.year}, the year of the acceleration "
            f"(Reg. 1.422-4(b)(4)). Shares of other grants exercised before {day} are not tested again (provisional): "
            "their ISO part may be larger than is shown here."
        )


def _beyond(grant: Sequence[LimitRow], accelerated: bool) -> str:
    """More exercised as ISO than a grant has of ISO shares; `accelerated`: an acceleration took of the same limit."""
    before = " Shares exercised before the acceleration may stay ISO (Reg. 1.422-4(b)(4), provisional)."
    return (
        f"Grant {grant[0]['grant_id']}: {_shares(grant[0]['iso_exercised'])} shares are exercised as ISO, but only "
        f"{_shares(grant[0]['iso_of_grant'])} of the grant are ISO shares. {SPLIT}{before if accelerated else ''}"
    )


def _too_soon(grant: Sequence[LimitRow], exercises: Sequence[Exercise]) -> Iterator[str]:
    """ISO shares of a later tranche cannot be exercised before it: the first exercise that would have taken them."""
    isos = [lot for lot in exercises if lot.kind == "ISO"]
    for lot in sorted(isos, key=lambda lot: lot.date_exercised):
        by_then = [row for row in grant if row["first_exercisable"] <= lot.date_exercised]
        iso, nso = (sum((row[f"{kind}_shares"] for row in by_then), Decimal(0)) for kind in ("iso", "nso"))
        taken = sum((each.shares for each in isos if each.date_exercised <= lot.date_exercised), Decimal(0))
        if iso < taken <= iso + nso:
            yield (
                f"Exercise {lot.exercise_id}: with it {_shares(taken)} shares of grant {grant[0]['grant_id']} are "
                f"exercised as ISO by {in_words(lot.date_exercised)}, but only {_shares(iso)} of those exercisable by "
                f"then are ISO shares. {SPLIT}"
            )
            return


def _exercised(grant: Sequence[LimitRow], exercises: Sequence[Exercise]) -> Iterator[str]:
    """What was exercised of a grant, beside what it had by then."""
    name, granted = grant[0]["grant_id"], grant[0]["date_granted"]
    for lot in exercises:
        if lot.date_granted != granted:
            yield (
                f"Exercise {lot.exercise_id}: granted {lot.date_granted} in exercises.csv, but grant {name} of "
                f"grants.csv {granted}; correct one of them."
            )
    for lot in exercises:
        open_then = sum((row["shares"] for row in grant if row["first_exercisable"] <= lot.date_exercised), Decimal(0))
        taken = sum((each.shares for each in exercises if each.date_exercised <= lot.date_exercised), Decimal(0))
        if taken > open_then:
            yield (
                f"Exercise {lot.exercise_id}: with it {_shares(taken)} shares of grant {name} are exercised by "
                f"{in_words(lot.date_exercised)}, when {_shares(open_then)} were exercisable; correct the dates. Where "
                "the option could be exercised at once, leave date_exercisable blank: all of it then counts in the "
                "year of the grant."
            )
            return


def _not_compared(tranches: Mapping[str, Sequence[LimitRow]], lots: Mapping[str, Sequence[Exercise]]) -> Iterator[str]:
    """Exercises as ISO whose grant is not in grants.csv: the limit may be short of them."""
    lost = [lot.exercise_id for key, found in lots.items() if key not in tranches for lot in found if lot.kind == "ISO"]
    if lost:
        yield (
            f"Exercises as ISO without a grant of grants.csv: {_several(lost)}. The $100,000 limit is computed from "
            "the grants there alone, and a grant that is missing would take its part: add it, or fill in grant_id."
        )


def _shares(shares: Decimal) -> str:
    """7,000 and 0.5, not 7,000.000000."""
    return f"{shares.normalize():,f}"


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
