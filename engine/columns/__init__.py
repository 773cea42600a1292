"""The columns of the client's tables, each stated once: records, headers, sheets and pages are derived from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..language.roles import Role
from ..language.system import System
from .answers import ANSWERS
from .asking import Ask, ItemKind, Why
from .column import EntryColumn, InputsBand, Limits, Needed, RecordTable, Unit
from .exercises import EXERCISES
from .grants import GRANTS
from .returns import RETURNS
from .sales import SALES
from .splits import SPLITS
from .w2 import W2

TABLES: Final[Mapping[str, RecordTable]] = {
    table.name: table for table in (EXERCISES, RETURNS, SALES, SPLITS, GRANTS, W2, ANSWERS)
}


def as_shown(band: InputsBand) -> list[EntryColumn]:
    """The columns of a band of the sheet Inputs from top to bottom: as the file has them, but for those set `below`."""
    shown = [each for each in RETURNS if each.band is band and not each.below]
    for each in RETURNS:
        if each.band is band and each.below:
            shown.insert([other.name for other in shown].index(each.below) + 1, each)
    return shown


OVERRIDES: Final[Mapping[str, tuple[Role, System | None]]] = {  # the line that takes each entry in place of its own
    each.name: (each.replaces, each.system) for each in as_shown(InputsBand.CARRIED) if each.replaces
}

__all__ = [
    "ANSWERS",
    "EXERCISES",
    "GRANTS",
    "OVERRIDES",
    "RETURNS",
    "SALES",
    "SPLITS",
    "TABLES",
    "W2",
    "Ask",
    "EntryColumn",
    "InputsBand",
    "ItemKind",
    "Limits",
    "Needed",
    "RecordTable",
    "Unit",
    "Why",
    "as_shown",
]
