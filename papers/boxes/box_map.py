"""The boxes of one form by what they take, and the proof that each stands where it must."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from ..page.printed_page import BlankForm, BoxKind, PrintedBox, PrintedPage
from ..page.recognized import OfficialForm
from ..page.refusal import OTHER_LAYOUT, RefusedFormError
from ..page.rows import words_over

TOLD: Final = 3  # reasons of a refusal that are told; the rest is counted
NAME: Final = "name"
SSN: Final = "ssn"
HEADINGS: Final = {NAME: "name(s) shown on", SSN: "social security"}  # what is printed over the boxes of the head


@dataclass(frozen=True)
class BoxMap:
    """A blank form that was proven: each box by what it takes, such as "2i", "1b d" or "II total h"."""

    form: OfficialForm
    year: int
    blank: BlankForm
    boxes: Mapping[str, PrintedBox]
    left_out: Mapping[str, str]  # boxes of the form that are never filled, with the reason
    in_parentheses: frozenset[str]  # boxes between printed parentheses: a negative amount without its sign
    zero_written: frozenset[str]  # lines where the form says to enter -0-

    @property
    def places(self) -> dict[str, tuple[int, int, int, int, int]]:
        """Where each box stands, in whole points: the same for two copies of one form."""
        return {
            key: (box.page, round(box.left), round(box.top), round(box.right), round(box.bottom))
            for key, box in self.boxes.items()
        }


@dataclass
class BoxDraft:
    """A map on its way: boxes under their names, and what speaks against the file."""

    form: OfficialForm
    year: int
    blank: BlankForm
    boxes: dict[str, PrintedBox] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    in_parentheses: set[str] = field(default_factory=set)
    zero_written: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def put(self, key: str, box: PrintedBox) -> None:
        """Give a box its name; a second one of that name speaks against the file."""
        if key in self.boxes:
            self.wrong.append(f"{named(key)} has two boxes: {self.boxes[key]} and {box}")
        else:
            self.boxes[key] = box

    def heads(self, page: PrintedPage) -> list[PrintedBox]:
        """Name the boxes for name and social security number of a page; give its other boxes."""
        others = []
        for box in page.boxes:
            over = words_over(page, box).lower() if box.kind is BoxKind.TEXT else ""
            head = next((key for key, words in HEADINGS.items() if words in over), None)
            if head is None:
                others.append(box)
            else:
                self.put(on_page(head, page.number), box)
        return others

    def proven(self, expected: Collection[str], left_out: Mapping[str, str]) -> BoxMap:
        """The map, where every name that is expected has one box and no box is left. Raises RefusedFormError."""
        found, wanted = set(self.boxes), {*expected, *left_out, NAME, SSN}
        later = {on_page(key, page.number) for key in HEADINGS for page in self.blank.pages[1:]}
        self.wrong += [f"{named(key)} has no box" for key in (*expected, *left_out, NAME, SSN) if key not in found]
        self.wrong += [f"{self.boxes[key]} is for {named(key)}, which {self._title} does not have" for key in self.boxes
                       if key not in wanted | later]  # fmt: skip
        for page in self.blank.pages:
            for one, other in combinations(page.boxes, 2):
                if one.overlaps(other):
                    self.wrong.append(f"{one} and {other} lie over each other")
        if self.wrong:
            more = f" ({len(self.wrong) - TOLD} more)" if len(self.wrong) > TOLD else ""
            raise RefusedFormError(
                self.blank.file, f"{self._title}, but {'; '.join(self.wrong[:TOLD])}{more}", OTHER_LAYOUT
            )
        used = {key: box for key, box in self.boxes.items() if key not in left_out}
        return BoxMap(
            *(self.form, self.year, self.blank, used, {**left_out, **self.left_out}),
            frozenset(self.in_parentheses),
            frozenset(self.zero_written),
        )

    @property
    def _title(self) -> str:
        return f"{self.form.title} of {self.year}"


def on_page(head: str, page: int) -> str:
    """The name of a box of the head on a page: "name" on the first, "name 2" on the second."""
    return head if page == 0 else f"{head} {page + 1}"


def named(key: str) -> str:
    """What a box takes, in words."""
    return {NAME: "the name", SSN: "the social security number"}.get(key, f"line {key}")
