"""Sales, continued: where each stands on Form 8949, for regular tax and for AMT: part, box, and place in their order.

The part is that of the term, whatever box is typed: a box of the other part is taken for its twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...language.expressions import Amount, Count, Day, Text, count, given, join, text, total_before, when
from ...language.nodes import Kind
from ...systems import AMT, REGULAR, System
from .form_8949 import adjust_8949, amt_adjust_8949, amt_code_8949, code_8949, reported_basis
from .sale_gains import amt_basis, amt_gain, amt_held_from, amt_term, gain, held_from, term
from .sales import box_8949, broker_basis, is_sale, row, sales, year_sold


@dataclass(frozen=True)
class FormBox:
    """A box of Form 8949: its part, the line of Schedule D for its totals, and what it says of Form 1099-B."""

    box: str  # "" where it is not known
    part: str
    line: str  # of Schedule D; "" where the box is not known
    words: str


_REPORTED, _UNREPORTED, _NONE = "basis reported to the IRS", "basis not reported to the IRS", "no Form 1099-B"
_OPEN: Final = "box not known: see Form 1099-B"
PARTS: Final = {"I": "Short-term, held one year or less", "II": "Long-term, held more than one year"}
BOXES: Final = (  # in the order of the form
    FormBox("A", "I", "1b", _REPORTED),
    FormBox("B", "I", "2", _UNREPORTED),
    FormBox("C", "I", "3", _NONE),
    FormBox("", "I", "", _OPEN),
    FormBox("D", "II", "8b", _REPORTED),
    FormBox("E", "II", "9", _UNREPORTED),
    FormBox("F", "II", "10", _NONE),
    FormBox("", "II", "", _OPEN),
)
_SHORT, _LONG = BOXES[:3], BOXES[4:7]


def _within(box: Text, here: Sequence[FormBox], there: Sequence[FormBox]) -> Text:
    """The box of the part at hand: one of the other part is its twin here."""
    for ours, theirs in zip(here, there, strict=True):
        box = when(known_box.equals(theirs.box), text(ours.box), box)
    return box


@dataclass(frozen=True)
class Form8949Columns:
    """Where a sale stands on Form 8949 in a system, and what its columns (b) and (e) to (h) are."""

    part: Text
    box: Text
    rank: Count  # of its box in the order of the form, from 1
    place: Count  # among the sales of the year, from 1; 0 of what is no sale
    acquired: Day
    basis: Amount
    code: Text
    adjustment: Amount
    gain: Amount


known_box = sales.column(
    "known_box",
    "Box of Form 8949, as given",
    # Joined to nothing: a spreadsheet would give the blank cell itself as 0.
    when(is_sale, when(box_8949.equals("") & given(broker_basis), text("A"), join("", box_8949)), text("")),
    Kind.TEXT,
    "Form 1099-B: of a reported basis A or D",
)
is_one_sale = sales.column("is_one_sale", "A sale (1)", when(is_sale, count(1), count(0)), Kind.COUNT)


def _placed(system: System, term: Text) -> tuple[Text, Text, Count, Count]:
    """The part by the term, the box of that part, and the place in the order of part, box and row (IRC 1222)."""
    is_long = term.equals("long")
    part = sales.column(
        system.named("part"),
        f"Part of Form 8949, {system.name}",
        when(is_sale, when(is_long, text("II"), text("I")), text("")),
        Kind.TEXT,
        "Form 8949: Part I short-term, Part II long-term",
    )
    box = sales.column(
        system.named("box"),
        "Form\n8949",
        when(is_long, _within(known_box, _LONG, _SHORT), _within(known_box, _SHORT, _LONG)),
        Kind.TEXT,
        "Form 8949, Part I boxes A to C, Part II D to F",
        alone=f"Box of Form 8949, {system.name}",
    )
    rank: Count = count(len(BOXES))
    for number, each in reversed(list(enumerate(BOXES, 1))):
        rank = when(part.equals(each.part) & box.equals(each.box), count(number), rank)
    rank = sales.column(
        system.named("rank"), f"Order of its box on Form 8949, {system.name}", rank, Kind.COUNT, "Form 8949: part, box"
    )
    ahead = sales.column(
        system.named("ahead"),
        f"Sales of boxes before, {system.name}",
        total_before(is_one_sale, rank, year_sold),
        Kind.COUNT,
    )
    above = sales.column(
        system.named("above"),
        f"Sales of its box, rows above, {system.name}",
        total_before(is_one_sale, row, year_sold, rank),
        Kind.COUNT,
    )
    place = when(is_sale, ahead + above + 1, count(0))
    label = f"Place on Form 8949, {system.name}"
    return part, box, rank, sales.column(system.named("place"), label, place, Kind.COUNT, "Form 8949: part, box, row")


_COLUMNS: Final = {
    REGULAR: Form8949Columns(*_placed(REGULAR, term), held_from, reported_basis, code_8949, adjust_8949, gain),
    AMT: Form8949Columns(*_placed(AMT, amt_term), amt_held_from, amt_basis, amt_code_8949, amt_adjust_8949, amt_gain),
}


def form_8949_columns(system: System) -> Form8949Columns:
    """The columns of a sale that its row of Form 8949 shows in a system."""
    return _COLUMNS[system]
