"""A client's row of the index: what a partner reads over coffee. It figures nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from engine import Projection, YearResult
from engine.clients.projection import DIGITS
from engine.language.money import rounded
from engine.language.roles import Role

MOST_NOTES: Final = 10
FAILED, NEEDS, NOTED, READY = range(4)  # in the order in which a person should look
WORDS: Final = ("failed", "needs entries", "ready, with notes", "ready")


def index_row(projection: Projection, of_source: Sequence[str] = ()) -> dict[str, Any]:
    """The client's name, years, AMT by year and in all, credit carried, verdict and notes; amounts as text."""
    years, notes = projection.years, [*of_source, *projection.notes]
    digits = DIGITS[projection.client.rounding]
    amt = {str(year): result.amount(Role.MINIMUM_TAX) for year, result in years.items()}
    known = [amount for amount in amt.values() if amount is not None]
    credit = projection.ledger[-1]["closing"]
    return {
        "client": projection.client.name,
        "years": f"{min(years)}" if len(years) == 1 else f"{min(years)} to {max(years)}",
        "needs": "; ".join(f"{year}: {', '.join(each.missing)}" for year, each in years.items() if not each.ready),
        "amt": {year: None if each is None else f"{rounded(each, digits):f}" for year, each in amt.items()},
        "amt_total": f"{rounded(sum(known, Decimal(0)), digits):f}" if len(known) == len(amt) else None,
        "credit": None if credit is None else f"{rounded(credit, digits):f}",
        "attach": _attach(years),
        "notes": _cut(notes),
    }


def rank(row: Mapping[str, Any], notes: object) -> int:
    """Where a client that did not fail stands in the index."""
    return NEEDS if row["needs"] else NOTED if notes else READY


def _attach(years: Mapping[int, YearResult]) -> str:
    """The years whose return must have Form 6251; a year that is not ready is in doubt."""
    attached = [f"{year}" for year, each in years.items() if each.attach_6251]
    doubtful = [f"{year}?" for year, each in years.items() if each.attach_6251 is None]
    return ", ".join(sorted(attached + doubtful)) or "no"


def _cut(notes: list[str]) -> list[str]:
    more = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], f"{more:,} more: isobook check lists all."] if more > 0 else notes
