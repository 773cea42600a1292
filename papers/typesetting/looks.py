"""The looks of a paper: those of the workbook, its colors above all."""

from __future__ import annotations

from typing import Final, Literal

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle

from workbook_templates.drawing.colors import (
    AMBER,
    AMBER_PALE,
    BAD,
    BAND,
    HAIR,
    INK,
    NAVY,
    OK,
    QUIET,
    RESULT,
    RULE,
    WHITE,
)

from .content import SentenceLook, Tone
from .fonts import BOLD, PLAIN

Alignment = Literal["left", "right", "center"]
ALIGNED: Final[dict[Alignment, Literal[0, 1, 2]]] = {"left": 0, "center": 1, "right": 2}  # as the library numbers them
LEADING: Final = 1.24  # of the size, from line to line


def color(argb: str) -> Color:
    """A color of the workbook."""
    red, green, blue = (int(argb[place : place + 2], 16) / 255 for place in (2, 4, 6))
    return Color(red, green, blue)


INK_COLOR, NAVY_COLOR, QUIET_COLOR, WHITE_COLOR = color(INK), color(NAVY), color(QUIET), color(WHITE)
HAIR_COLOR, BAND_COLOR, RESULT_COLOR, RULE_COLOR = color(HAIR), color(BAND), color(RESULT), color(RULE)
TONES: Final = {
    Tone.PLAIN: INK_COLOR,
    Tone.STRONG: INK_COLOR,
    Tone.QUIET: QUIET_COLOR,
    Tone.AMBER: color(AMBER),
    Tone.GOOD: color(OK),
    Tone.BAD: color(BAD),
}
BOLD_TONES: Final = frozenset({Tone.STRONG, Tone.AMBER, Tone.BAD})


def style(
    size: float,
    *,
    bold: bool = False,
    ink: Color = INK_COLOR,
    align: Alignment = "left",
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    """A style of paragraphs; sizes and distances in points."""
    return ParagraphStyle(
        f"{size} {bold} {ink.hexval()} {align} {before} {after}",
        fontName=BOLD if bold else PLAIN,
        fontSize=size,
        leading=size * LEADING,
        textColor=ink,
        alignment=ALIGNED[align],
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=True,
        allowWidows=0,
        allowOrphans=0,
    )


TITLE: Final = style(19, bold=True, ink=NAVY_COLOR)
BESIDE_TITLE: Final = style(9, ink=QUIET_COLOR, align="right")
SUBJECT: Final = style(9, ink=QUIET_COLOR, after=2)
SECTION: Final = style(13, bold=True, ink=NAVY_COLOR, before=10, after=4)
SUBHEADING: Final = style(10.5, bold=True, ink=NAVY_COLOR, before=6, after=2)
SENTENCES: Final = {
    SentenceLook.PLAIN: style(9, before=1, after=3),
    SentenceLook.VERDICT: style(12.5, bold=True, before=4, after=5),
    SentenceLook.NOTE: style(8, ink=QUIET_COLOR, before=2, after=4),
    SentenceLook.WARNING: style(9, bold=True, ink=TONES[Tone.AMBER], before=2, after=5),
}
WARNING_FILL: Final = color(AMBER_PALE)
LARGE_LABEL: Final = style(10.5, bold=True, ink=NAVY_COLOR)
LARGE_SIZES: Final = (18, 16, 14, 12, 10)  # points: the largest at which a figure stands on one line
FOOTS: Final = tuple(style(size, ink=QUIET_COLOR) for size in (7.5, 5.0))  # the second of a long name
LARGE_WORDS: Final = style(9)
