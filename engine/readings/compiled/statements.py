"""What a compiled function is built of: expressions that know what they take, and statements that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

NOTHING: Final[frozenset[str]] = frozenset()


class Expression(NamedTuple):
    """A value as Python writes it, bracketed where it has to be: it stands in another expression as it is."""

    text: str
    uses: frozenset[str] = NOTHING  # the names of all variables and constants in it
    is_plain: bool = False  # a name or a whole number: may stand twice and is computed once


def name(text: str) -> Expression:
    """A variable or a constant."""
    return Expression(text, frozenset((text,)), is_plain=True)


def whole_number(text: str) -> Expression:
    """A whole number as it is typed."""
    return Expression(text, is_plain=True)


def composed(text: str, parts: Iterable[Expression]) -> Expression:
    """A text that was put together of other expressions; it takes all that they take."""
    return Expression(text, NOTHING.union(*[part.uses for part in parts]))


def called(function: Expression, arguments: Sequence[Expression]) -> Expression:
    """A call of a function that is itself in a variable, or was just made."""
    return composed(f"{function.text}({', '.join(each.text for each in arguments)})", (function, *arguments))


def listed(values: Sequence[Expression]) -> Expression:
    """A list of values."""
    return composed(f"[{', '.join(value.text for value in values)}]", values)


def by_key(values: Mapping[str, Expression]) -> Expression:
    """A dictionary of values."""
    return composed(f"{{{', '.join(f'{key!r}: {value.text}' for key, value in values.items())}}}", values.values())


@dataclass(frozen=True, slots=True)
class Assign:
    """A variable gets a value."""

    name: str
    value: Expression

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in it."""
        return self.value.uses | {self.name}


@dataclass(frozen=True, slots=True)
class Unpack:
    """Several flags get their values at once. They are too small to be forgotten."""

    flags: tuple[str, ...]
    value: Expression

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in it."""
        return self.value.uses.union(self.flags)


@dataclass(frozen=True, slots=True)
class ForEachRow:
    """A column gets a list of one value per row: the loop gives each value of `columns` its name in `row`."""

    name: str
    value: Expression
    row: tuple[str, ...]
    columns: tuple[Expression, ...]

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in it, but for those of the loop."""
        taken = NOTHING.union(*[column.uses for column in self.columns])
        return (self.value.uses - set(self.row)) | taken | {self.name}


@dataclass(frozen=True, slots=True)
class If:
    """Statements for where a test holds, and for where it does not."""

    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in it, those of both branches too."""
        return self.test.uses.union(*(statement.names for statement in (*self.then, *self.otherwise)))


@dataclass(frozen=True, slots=True)
class Delete:
    """Variables are forgotten, and the memory of their arrays is free."""

    forgotten: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The variables."""
        return frozenset(self.forgotten)


@dataclass(frozen=True, slots=True)
class ReturnValue:
    """The function gives a value and ends."""

    value: Expression

    @property
    def names(self) -> frozenset[str]:
        """All names that stand in it."""
        return self.value.uses


Statement = Assign | Unpack | ForEachRow | If | Delete | ReturnValue


@dataclass(frozen=True, slots=True)
class Definition:
    """A function; its last statement returns."""

    name: str
    parameters: tuple[str, ...]
    body: tuple[Statement, ...]


def last_uses(statements: Sequence[Statement]) -> dict[str, int]:
    """The place of the last statement in which each name stands, be it in a branch of that statement."""
    return {name: place for place, statement in enumerate(statements) for name in statement.names}


def forgetting(statements: Sequence[Statement], keep: str = "") -> list[Statement]:
    """Let go of each array after its last use, so that the next one takes its memory, still in the cache.

    Only what these statements set is forgotten, and after the whole statement: never inside a branch of it, which may
    not be taken. `keep` is the variable that is used after them.
    """
    last = last_uses(statements)
    ends: dict[int, list[str]] = {}
    for variable in dict.fromkeys(each.name for each in statements if isinstance(each, Assign | ForEachRow)):
        if variable != keep and not isinstance(statements[last[variable]], ReturnValue):
            ends.setdefault(last[variable], []).append(variable)
    found: list[Statement] = []
    for place, statement in enumerate(statements):
        found.append(statement)
        if place in ends:
            found.append(Delete(tuple(ends[place])))
    return found
