"""A client's row of the index: what a partner reads over coffee. It computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from engine import Projection, YearResult
from engine.clients.open_items import ClientState, OpenItem
from engine.clients.open_items.state import PRESSING
from engine.clients.projection import DIGITS
from engine.language.money import ZERO, rounded
from engine.language.roles import Role

MOST_NOTES: Final = 10
ORDER: Final = (  # in which a person should look
    ClientState.CANNOT_BE_BUILT,
    ClientState.NEEDS_ENTRIES,
    ClientState.TO_CONFIRM,
    ClientState.READY,
)
REVIEW: Final = "Review and sign."


def index_row(projection: Projection, of_source: Sequence[str] = ()) -> dict[str, Any]:
    """The client's name, years, AMT by year and of all years, credit carried, verdict and notes; amounts as text."""
    years, notes = projection.years, [*of_source, *projection.notes]
    digits = DIGITS[projection.client.rounding]
    amt = {str(year): result.amount(Role.MINIMUM_TAX) for year, result in years.items()}
    known = [amount for amount in amt.values() if amount is not None]
    credit, left = projection.ledger[-1]["closing"], credit_left(projection.ledger[-1])
    pressing = [each for each in projection.open_items if each.finding.kind in PRESSING and not each.is_settled]
    return {
        "state": projection.state,
        "to_do": _to_do(pressing),
        "open_items": len(pressing),
        "last_year": max(years),
        "ended": any(each.item_id == ended_id(max(years)) for each in projection.client.answers),
        "client": projection.client.name,
        "years": f"{min(years)}" if len(years) == 1 else f"{min(years)} to {max(years)}",
        "needs": "; ".join(f"{year}: {', '.join(each.missing)}" for year, each in years.items() if not each.ready),
        "amt": {year: None if each is None else f"{rounded(each, digits):f}" for year, each in amt.items()},
        "amt_total": f"{rounded(sum(known, Decimal(0)), digits):f}" if len(known) == len(amt) else None,
        "credit": None if credit is None else f"{rounded(credit, digits):f}",
        "credit_left": None if left is None else f"{rounded(left, digits):f}",
        "attach": _attach(years),
        "notes": _cut(notes),
    }


def credit_left(last: Mapping[str, Any]) -> Decimal | None:
    """With what the AMT of the last year will give on the form of the next one; None where that is not known."""
    if last["closing"] is None or last["makes_credit"] is None:
        return None
    left: Decimal = max(ZERO, last["closing"] + last["makes_credit"])
    return left


def _to_do(pressing: Sequence[OpenItem]) -> str:
    """The most pressing item, and how many more there are."""
    if not pressing:
        return REVIEW
    more = len(pressing) - 1
    return pressing[0].finding.what + (f" And {more} more: isobook check lists all." if more else "")


def ended_id(year: int) -> str:
    """What answers.csv names where a client's returns end though those of others go on."""
    return f"ends-{year}"


def ends_early(year: int, latest: int) -> str:
    """The sentence of a client whose last return is older than those of the run."""
    return (
        f"The last return is of {year}, and other clients of this run have {latest}: add a row for {year + 1}, or "
        f"answer {ended_id(year)} in answers.csv."
    )


def _attach(years: Mapping[int, YearResult]) -> str:
    """The years whose return must have Form 6251; a year that is not ready is in doubt."""
    attached = [f"{year}" for year, each in years.items() if each.attach_6251]
    doubtful = [f"{year}?" for year, each in years.items() if each.attach_6251 is None]
    return ", ".join(sorted(attached + doubtful)) or "no"


def _cut(notes: list[str]) -> list[str]:
    more = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], f"{more:,} more: isobook check lists all."] if more > 0 else notes
