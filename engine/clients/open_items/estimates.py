"""Figures that are not final: what a plan begins with until it is replaced."""

from __future__ import annotations

from collections.abc import Iterator

from ...columns import EXERCISES, Ask, ItemKind, Why
from ..in_sentences import in_words
from ..plan_start import last_incentive_exercise
from .computed import ComputedClient
from .item import Finding


def plan_values(computed: ComputedClient) -> Iterator[Finding]:
    """The price and the value per share that the plan takes from the last exercise."""
    place = last_incentive_exercise(computed.records)
    if place is None or not any(result.ready for result in computed.years.values()):
        return
    lot = computed.lots[place]
    price = lot["exercises.price_paid"]
    value = price + lot["exercises.spread"]
    on = in_words(lot["exercises.date_exercised"])
    yield Finding(
        rule="plan-price",
        kind=ItemKind.ESTIMATE,
        why=Why.ASSUMED,
        what=(
            f"Plan: the price of ${price:,.2f} and the value of ${value:,.2f} per share are those of the last "
            f"exercise, {lot['exercises.exercise_id']} of {on}. No form rests on them."
        ),
        table=EXERCISES.name,
        row=place + 1,
        record=lot["exercises.exercise_id"],
        taken=f"{value:,.2f}",
        ask=Ask.EMPLOYER,
        document="the grant statement, and the latest value per share",
    )
