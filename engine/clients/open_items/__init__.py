"""Open items: what is missing, assumed, contradictory or not final in a client, told in every face the same.

A rule is a function from the computed client to findings; RULES lists them. Where two rules find the same blank cell,
the first in the list tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ...columns import Why
from .blanks import blank_cells
from .carried_in import carried_in_rules
from .computed import ComputedClient
from .estimates import plan_values
from .item import Finding, OpenItem, Reversal
from .nothing_asked import taken_as_none
from .of_returns import return_rules
from .opening import opening_balances
from .settling import items_of, unmatched
from .state import ClientState, state_of
from .stock.of_employers import employer_rules
from .stock.of_exercises import exercise_rules
from .stock.of_sales import sale_rules
from .stock.of_wages import wages_rules
from .stock.wash_sales import wash_sale_rules

Rule = Callable[[ComputedClient], Iterator[Finding]]
RULES: Final[tuple[Rule, ...]] = (
    *(carried_in_rules, return_rules, opening_balances),
    *(exercise_rules, employer_rules, wash_sale_rules, sale_rules, wages_rules),
    *(blank_cells, plan_values),
)


def open_items(computed: ComputedClient) -> list[OpenItem]:
    """All open items of a client, settled ones too, the most pressing first."""
    return items_of(computed, _once(finding for rule in RULES for finding in rule(computed)))


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """A blank cell is told once; a year that has no row, by its year."""
    told: set[tuple[object, ...]] = set()
    for each in findings:
        place = each.table, each.row or f"year {each.year}", each.column
        is_blank = bool(each.column) and each.why in (Why.BLANK, Why.ASSUMED)
        if not is_blank or place not in told:
            yield each
        if is_blank:
            told.add(place)


__all__ = [
    "ClientState",
    "ComputedClient",
    "Finding",
    "OpenItem",
    "Reversal",
    "Rule",
    "open_items",
    "state_of",
    "taken_as_none",
    "unmatched",
]
