"""Reasons: what a column of words says is one of a declared list, each reason one object with code, words and test.

The sheet shows the words; whoever must decide names the reason, and never types its sentence a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .expressions import Flag, Text, text, when
from .nodes import Kind
from .table import Table


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: its code, the words that the reader sees, and when it holds where none before it does."""

    code: str
    text: str
    test: Flag | None = field(default=None, compare=False)  # None: what is left, the last of its list


@dataclass(frozen=True, slots=True)
class Under:
    """Reasons that are asked for only where a test holds; there one of them is given."""

    test: Flag
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class AsTyped:
    """Where a test holds, the column repeats a word that came with the record, and gives no reason."""

    test: Flag
    word: Text


Case = Reason | Under | AsTyped


@dataclass(frozen=True, slots=True)
class ReasonColumn:
    """A column that gives one reason a row."""

    words: Text
    reasons: tuple[Reason, ...]

    def gives(self, reason: Reason) -> Flag:
        """Tell whether a row gives this reason; ValueError for one that the column never gives."""
        if reason not in self.reasons:
            raise ValueError(f"the column {self.words.node} never gives {reason.code!r}")
        return self.words.equals(reason.text)


def reason_column(table: Table, name: str, label: str, cases: Sequence[Case], cite: str = "") -> ReasonColumn:
    """Add a column that gives the first reason that holds. ValueError where two share a code or words."""
    reasons = tuple(_reasons(cases))
    for told in ([each.code for each in reasons], [each.text for each in reasons]):
        if len(set(told)) < len(told):
            raise ValueError(f"{table.sheet}.{name}: two reasons share a code or words")
    return ReasonColumn(table.column(name, label, _first_that_holds(cases), Kind.TEXT, cite), reasons)


def _reasons(cases: Sequence[Case]) -> Iterator[Reason]:
    for case in cases:
        if isinstance(case, Reason):
            yield case
        elif isinstance(case, Under):
            yield from _reasons(case.cases)


def _first_that_holds(cases: Sequence[Case]) -> Text:
    """The words of the first case that holds. The last one has no test, and only it: so every row has a reason."""
    first, *others = cases
    if (first.test is None) == bool(others):
        raise ValueError("of a list of reasons the last one, and only it, stands without a test")
    return _words(first) if first.test is None else when(first.test, _words(first), _first_that_holds(others))


def _words(case: Case) -> Text:
    match case:
        case Reason():
            return text(case.text)
        case Under():
            return _first_that_holds(case.cases)
        case AsTyped():
            return case.word
