"""A page as it is printed: words and boxes with their places, in points from the upper left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class BoxKind(StrEnum):
    """What is entered in a box."""

    TEXT = "text"
    CHECK = "check"


@dataclass(frozen=True)
class PagePlace:
    """A rectangle of a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Its middle from the left."""
        return (self.left + self.right) / 2

    def overlaps(self, other: PagePlace, by: float = 1.0) -> bool:
        """Tell whether the two share more than so many points each way."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > by and down > by


@dataclass(frozen=True)
class PrintedWord(PagePlace):
    """A word."""

    text: str


@dataclass(frozen=True)
class PrintedBox(PagePlace):
    """A box of the form: a widget of the PDF."""

    page: int  # from 0
    kind: BoxKind
    locked: bool  # shaded: nothing is entered
    longest: int | None  # the most characters
    comb: bool  # one cell a character
    several_lines: bool
    aligned: int  # 0 left, 1 center, 2 right
    on: str  # the state of a box that is checked

    def __str__(self) -> str:
        return f"the box at {self.left:.0f}, {self.top:.0f} of page {self.page + 1}"


@dataclass(frozen=True)
class PrintedPage:
    """One page: its words and its boxes."""

    number: int  # from 0
    words: tuple[PrintedWord, ...]
    boxes: tuple[PrintedBox, ...]

    def row(self, place: PagePlace) -> list[PrintedWord]:
        """The words on the row of a place, from left to right."""
        return ordered(word for word in self.words if place.top - 1 <= word.middle <= place.bottom + 1)

    def text(self, chosen: Callable[[PrintedWord], bool]) -> str:
        """The words that are chosen, in reading order, with a space between them."""
        return " ".join(word.text for line in lines_of(filter(chosen, self.words)) for word in line)


@dataclass(frozen=True)
class BlankForm:
    """A fillable PDF of the user: its pages, and the file itself."""

    file: str
    data: bytes
    pages: tuple[PrintedPage, ...]
    reader: Any  # the document as pypdf reads it

    @property
    def boxes(self) -> list[PrintedBox]:
        """The boxes of all pages."""
        return [box for page in self.pages for box in page.boxes]


def ordered(words: Iterable[PrintedWord]) -> list[PrintedWord]:
    """Words from left to right."""
    return sorted(words, key=lambda word: word.left)


def lines_of(words: Iterable[PrintedWord]) -> list[list[PrintedWord]]:
    """Words line by line: those whose middles are within three points stand on one line."""
    lines: list[list[PrintedWord]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if lines and word.middle - lines[-1][0].middle < 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [ordered(line) for line in lines]
