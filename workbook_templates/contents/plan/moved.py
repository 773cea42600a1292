"""The lines that more of line 2i moves, and what they take from the year that is chosen on the sheet Plan."""

from __future__ import annotations

from functools import cache
from typing import Final

from engine.clients.partial import lines_again
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.lines import Line
from engine.language.nodes import Leaf, leaves
from engine.language.roles import Role

CHANGED: Final = Role.AMTI_BEFORE_ADDITION  # more of line 2i raises it, dollar for dollar
WANTED: Final = (
    *(Role.TENTATIVE_MINIMUM_TAX, Role.MINIMUM_TAX),
    *(Role.CREDIT_USED, Role.CREDIT_CARRIED_OUT),
)
ALSO: Final = (  # shown beside them, not moved
    *(Role.EXERCISES, Role.REGULAR_TAX, Role.TAX_AFTER_CREDITS, Role.CREDIT_AVAILABLE),
)


def line_of(role: Role) -> Line:
    """The line that plays a role, in every year: one sheet chooses among the years."""
    return forms_of(YEARS[-1]).find(role)


@cache
def moved_lines(year: int = YEARS[-1]) -> tuple[Line, ...]:
    """The lines between AMT income and the results; they are the same in every year."""
    forms = forms_of(year)
    return tuple(lines_again(year, map(forms.key, WANTED), (forms.key(CHANGED),)))


@cache
def needed_leaves() -> tuple[Leaf, ...]:
    """What the moved lines take from the year that is chosen."""
    moved = {line.key for line in moved_lines()} | {line_of(CHANGED).key}
    taken = [leaf for line in moved_lines() if line.expression is not None for leaf in leaves(line.expression)]
    found = [leaf for leaf in taken if isinstance(leaf, Leaf) and leaf.sheet != "options"]
    by_key = {f"{leaf.sheet}.{leaf.line}": leaf for leaf in found}
    extra = {line.key: line.leaf for line in map(line_of, (CHANGED, *ALSO))}
    return tuple({**extra, **{key: leaf for key, leaf in by_key.items() if key not in moved}}.values())
