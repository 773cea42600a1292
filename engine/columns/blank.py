"""What a blank cell of a column means: stated beside the column, and read by whoever asks for what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import Final

from ..language.expressions import Amount, Flag, Text, count, given
from ..language.nodes import Kind, Leaf, Node
from .asking import ItemKind, Why


class Means(StrEnum):
    """What is taken where a cell is blank."""

    NEVER = auto()  # the cell is never blank: a row without it is refused
    NOTHING = auto()  # nothing is computed from the column
    NONE = auto()  # there is none: an amount counts as 0
    THE_SAME = auto()  # the same as another column of the row
    WORD = auto()  # one of the words of the column
    COMPUTED = auto()  # it is worked out from other entries
    UNKNOWN = auto()  # not known: what rests on it is not computed, or is said to be not tested


@dataclass(frozen=True, slots=True)
class Blank:
    """The meaning of a blank cell, and when a person is to be asked all the same.

    `asked` is a yes-or-no expression over what the row holds and what follows from it, such as "inputs.wages" and
    "sales.ordinary". None: a blank is never asked about.
    """

    means: Means
    column: str = ""  # of THE_SAME: the other column
    word: str = ""  # of WORD: the word that a blank is
    kept: bool = False  # of WORD: the record holds the word; else a blank, also where the word is typed
    told: str = ""  # of COMPUTED: what is taken, in words
    asked: Node | None = None
    kind: ItemKind = ItemKind.CONFIRM  # of the open item, where a person is asked
    why: Why = Why.ASSUMED
    none_when: Node | None = None  # of COMPUTED: where what is worked out is none

    def as_optional(self) -> Blank:
        """The same, where an answer would be a further check and no more."""
        return replace(self, kind=ItemKind.OPTIONAL)


NEVER: Final = Blank(Means.NEVER)
NOTHING: Final = Blank(Means.NOTHING)
NONE: Final = Blank(Means.NONE)
ALWAYS: Final = count(1).equals(1)


def none_but_asked(when: Flag) -> Blank:
    """None is taken, and a person is asked where `when` holds."""
    return Blank(Means.NONE, asked=when.node)


def same_as(column: str, asked: Flag | None = None) -> Blank:
    """The same as another column of the row. A person is asked where `asked` holds."""
    return Blank(Means.THE_SAME, column=column, asked=None if asked is None else asked.node)


def filled_with(word: str) -> Blank:
    """One of the words of the column, which the record then holds."""
    return Blank(Means.WORD, word=word, kept=True)


def stands_for(word: str) -> Blank:
    """One of the words of the column; the record holds a blank, also where the word is typed."""
    return Blank(Means.WORD, word=word)


def compared(told: str, asked: Flag = ALWAYS) -> Blank:
    """It is worked out, and what is typed instead would be a further check: an optional open item."""
    return Blank(Means.COMPUTED, told=told, asked=asked.node, kind=ItemKind.OPTIONAL, why=Why.BLANK)


def computed(told: str, asked: Flag | None = None, none_when: Flag | None = None) -> Blank:
    """It is worked out: `told` says what is taken, which is none where `none_when` holds.

    A person is asked where `asked` holds.
    """
    asks, none = (None if each is None else each.node for each in (asked, none_when))
    return Blank(Means.COMPUTED, told=told, asked=asks, none_when=none)


def unknown(asked: Flag = ALWAYS) -> Blank:
    """Not known; a person is asked where `asked` holds."""
    return Blank(Means.UNKNOWN, asked=asked.node, kind=ItemKind.MISSING, why=Why.BLANK)


def filled(key: str) -> Flag:
    """Whether an amount such as "inputs.wages" is given."""
    return given(amount(key))


def amount(key: str) -> Amount:
    """An amount of the row, in dollars, by its sheet and name."""
    sheet, name = key.split(".", 1)
    return Amount(Leaf(sheet, name))


def word(key: str) -> Text:
    """A word of the row by its sheet and name; "" where it is blank."""
    sheet, name = key.split(".", 1)
    return Text(Leaf(sheet, name, kind=Kind.TEXT))
