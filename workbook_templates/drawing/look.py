"""What a named style is, as data, and the edges that cells can have."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from openpyxl.styles import Border, Side

from .colors import AMBER, HAIR, INK, INPUT_EDGE, NAVY, RULE, WHITE
from .number_formats import GENERAL

FONT: Final = "Calibri"


class Look(NamedTuple):
    """One named style, as data. Sizes in points, colors in ARGB."""

    size: int
    color: str = INK
    bold: bool = False
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    number_format: str = GENERAL
    edge: str = "hair"  # a key of EDGES
    wrap: bool = False
    indent: int = 0
    underline: bool = False
    top: bool = False  # text at the top of the cell, else centered between top and bottom
    unlocked: bool = False
    typed_text: bool = False  # Excel's hidden apostrophe: text that is edited stays text
    shrink: bool = False  # to fit the cell
    bottom: bool = False  # text at the bottom of the cell


def _side(style: Literal["thin", "medium", "double", "thick"], color: str) -> Side:
    return Side(style=style, color=color)


_HAIRLINE: Final = _side("thin", HAIR)
_RULE: Final = _side("thin", NAVY)
_BOX: Final = _side("thin", INPUT_EDGE)
_INK: Final = _side("thin", INK)
_THICK_INK: Final = _side("medium", INK)
_GAP: Final = _side("thin", WHITE)
EDGES: Final[dict[str, Border]] = {
    "none": Border(),
    "hair": Border(bottom=_HAIRLINE),
    "total": Border(top=_RULE, bottom=_HAIRLINE),
    "result": Border(top=_RULE, bottom=_side("double", NAVY)),
    "heading": Border(bottom=_RULE),
    "verdict": Border(bottom=_side("medium", NAVY)),
    "sign": Border(bottom=_side("thin", RULE)),
    "box": Border(left=_BOX, right=_BOX, top=_BOX, bottom=_BOX),
    "white": Border(left=_GAP, right=_GAP),
    "amber": Border(left=_side("thick", AMBER)),
    # of a form as it is printed
    "form": Border(left=_INK, right=_INK, bottom=_HAIRLINE),
    "form_box": Border(left=_INK, right=_INK, top=_INK, bottom=_INK),
    "form_top": Border(top=_THICK_INK),
    "form_top_sides": Border(left=_INK, right=_INK, top=_THICK_INK),
    "form_sides": Border(left=_INK, right=_INK),
    "form_over": Border(top=_INK),
    "form_over_left": Border(top=_INK, left=_INK),
    "form_under": Border(bottom=_INK),
    "form_under_left": Border(bottom=_INK, left=_INK),
    "form_ruled": Border(top=_INK, bottom=_INK),
}
