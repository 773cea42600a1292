"""The font of a paper: Roboto, which has Latin, Greek and Cyrillic letters.

The file holds the characters that are used. One that the font does not have is written as its number, such as [U+0E01],
and told: names on a return are in Latin letters, so that a font for every script is not worth what it weighs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, cast
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "Roboto", "Roboto-Bold"
NO_SHAPE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")  # shown as nothing
MOST: Final = 8  # characters that are named in a message


@dataclass(frozen=True)
class Typeface:
    """The font of one paper, and what it does not have."""

    lost: tuple[str, ...]  # characters that the font does not show, in their order

    def shown(self, text: str) -> str:
        """A text as it is set: each character that the font does not show as its number, ends of lines as spaces."""
        kept = (each for each in text if each not in NO_SHAPE)
        return "".join(_number(each) if each in self.lost else each if each.isprintable() else " " for each in kept)

    def marked(self, text: str) -> str:
        """A text for a paragraph: escaped, with its lines apart."""
        return "<br/>".join(escape(self.shown(line)) for line in text.splitlines())


def typeface(texts: Iterable[str]) -> Typeface:
    """Make the font ready for these texts."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(_roboto(name))))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    used = {each for text in texts for each in text if each.isprintable()} - NO_SHAPE
    face = cast(TTFont, pdfmetrics.getFont(PLAIN)).face
    return Typeface(tuple(sorted(each for each in used if ord(each) not in face.charToGlyph)))


def told_lost(lost: Sequence[str]) -> str:
    """What is to be said of characters that the font does not show; "" where there are none."""
    if not lost:
        return ""
    named = ", ".join(f"{each} as {_number(each)}" for each in lost[:MOST])
    more = f" and {len(lost) - MOST:,} more" if len(lost) > MOST else ""
    return f"The font of the report does not show every character. Written as its number: {named}{more}."


@cache
def _roboto(name: str) -> bytes:
    weight = "Bold" if name == BOLD else "Regular"
    return (files("font_roboto") / "files" / f"Roboto-{weight}.ttf").read_bytes()


def _number(character: str) -> str:
    return f"[U+{ord(character):04X}]"
