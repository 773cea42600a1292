"""An open item: something missing, assumed, contradictory or not final, which a person can settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ...columns import Ask, ItemKind, Why

ZERO_ANSWERS: Final = "; 0 is an answer."  # ends a sentence that says what is taken in place of a blank


@dataclass(frozen=True)
class Reversal:
    """The assumption the other way round: a cell with another value, and how a sentence begins that tells the result.

    `words` such as "Without it" or "With an AMT carryover of $0". `cells` are the columns and their values in that row.
    """

    words: str
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Finding:
    """What a rule finds open in a client; amounts in words have their $."""

    rule: str  # the rule's name: with the record and the figures told it makes the item's id
    kind: ItemKind
    why: Why
    what: str  # one sentence; its words may change, and an answer to it stays
    table: str = ""  # of the client's tables: "returns"; "" where no cell stands for it
    row: int | None = None  # the record's place in its table, from 1; None where there is no row
    column: str = ""
    record: str | None = None  # the exercise_id of a lot
    year: int | None = None
    taken: str | None = None  # what stands in its place: "20,000.00"
    reads: tuple[str, ...] = ()  # the entries whose lines it reaches, as keys; () is the column itself
    years: tuple[int, ...] = ()  # the years that read the entry; () is the item's year, or all without one
    speaks_of: tuple[object, ...] = ()  # beside dollars, shares and days of `what`: what opens it again when it changes
    ask: Ask = Ask.PREPARER
    document: str = ""
    reversal: Reversal | None = None
    needs_entry: bool = False  # a year waits for the cell: no answer replaces it
    entering: str = ""  # how `what` ends: what whoever types is to do, which is nothing to ask a client for

    @property
    def reason(self) -> str:
        """Why it is asked for: the sentence without what whoever types is to do."""
        told = self.what.removesuffix(".").removesuffix(self.entering.removesuffix("."))
        return f"{told.removesuffix('.')}."


@dataclass(frozen=True)
class OpenItem:
    """A finding with its id, the lines that it reaches, and the answer that settles it."""

    id: str
    finding: Finding
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by year: "form_6251.2k"
    answer: str | None = None
    outdated: str | None = None  # an answer that was given to other figures

    @property
    def is_settled(self) -> bool:
        """Tell whether an answer is given and suffices."""
        return self.answer is not None and not self.finding.needs_entry
