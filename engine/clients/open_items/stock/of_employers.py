"""Employers by name: lots without one, and lots that spell one as other records do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....columns import Why
from ....records.identity import employer_key, likely_employer
from ..computed import ComputedClient
from ..item import Finding, Reversal
from .of_exercises import ExerciseRule, lot_finding

EMPLOYER: Final = ExerciseRule(
    "employer_blank",
    Why.BLANK,
    "employer",
    lambda lot, _: "employer is blank, so splits do not restate this lot and sales without an id do not take from it",
    "Form 3921, transferor or box 6",
)


def employer_rules(computed: ComputedClient) -> Iterator[Finding]:
    """Where splits, or sales first in, first out, go by the employer: the lots that they may not find."""
    client = computed.client
    first_in = [sale.employer for sale in client.sales if sale.exercise_id is None]
    if not (client.splits or first_in):
        return
    names = [*(split.employer for split in client.splits), *first_in, *(lot.employer for lot in client.exercises)]
    spelled: dict[str, str] = {}
    for name in filter(None, names):
        spelled.setdefault(likely_employer(name), name)
    for place, lot in enumerate(client.exercises, 1):
        if not employer_key(lot.employer):
            yield lot_finding(computed, EMPLOYER, place, lot, {})
        elif employer_key(other := spelled[likely_employer(lot.employer or "")]) != employer_key(lot.employer):
            yield lot_finding(computed, _spelled_otherwise(other), place, lot, {})


def _spelled_otherwise(other: str) -> ExerciseRule:
    return ExerciseRule(
        "two_spellings",
        Why.DOUBTFUL,
        "employer",
        lambda lot, _: (
            f"employer is {lot.employer} here and {other} in other records, taken as two employers; if both are one, "
            "spell them alike, so that splits restate the lot and sales without an id take from it"
        ),
        "Forms 3921, transferor or box 6",
        reverse=lambda lot: Reversal("Spelled alike", {"employer": other}),
    )
