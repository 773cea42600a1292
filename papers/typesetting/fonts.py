"""The fonts of a paper: Roboto, which has Latin, Greek and Cyrillic letters, and for Chinese and Japanese Noto Sans SC.

Of each font the file holds the characters that are used. A character that neither has is written as its number, such
as [U+0E01], and told.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Final, cast
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD, OTHER = "Roboto", "Roboto-Bold", "NotoSansSC"
CJK: Final = ("fontTools", "pylopdf_fonts_zh_cn")  # the extra isobook[cjk]
CJK_FILE: Final = "NotoSansSC-Regular.otf"
WITH_CJK: Final = 'For Chinese and Japanese add the extra isobook[cjk]: type uv tool install ".[pdf,cjk]".'
NO_SHAPE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")  # shown as nothing
MOST: Final = 8  # characters that are named in a message
UNITS: Final = 1000  # of an em, of a font whose outlines are made anew


@dataclass(frozen=True)
class Typeface:
    """The fonts of one paper."""

    other: frozenset[str]  # characters that the second font shows
    lost: tuple[str, ...]  # characters that no font shows, in their order

    def shown(self, text: str) -> str:
        """A text as it is set in one font: each character that no font shows as its number, ends of lines as spaces."""
        kept = (each for each in text if each not in NO_SHAPE)
        return "".join(_number(each) if each in self.lost else each if each.isprintable() else " " for each in kept)

    def marked(self, text: str) -> str:
        """A text for a paragraph: escaped, with the second font where it is needed, and its lines apart."""
        return "<br/>".join(self._line(line) for line in text.splitlines())

    def needs_marks(self, text: str) -> bool:
        """Tell a text that cannot be set in one font."""
        return not self.other.isdisjoint(text)

    def _line(self, line: str) -> str:
        return "".join(
            f'<font name="{OTHER}">{each}</font>' if each in self.other else escape(each) for each in self.shown(line)
        )


def typeface(texts: Iterable[str]) -> Typeface:
    """Make the fonts ready for these texts."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(_roboto(name))))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    used = {each for text in texts for each in text if each.isprintable()} - NO_SHAPE
    face = cast(TTFont, pdfmetrics.getFont(PLAIN)).face
    unknown = {each for each in used if ord(each) not in face.charToGlyph}
    other = frozenset(each for each in unknown if ord(each) in _cjk_characters())
    if other:
        pdfmetrics.registerFont(TTFont(OTHER, io.BytesIO(_subset(tuple(sorted(other))))))
        pdfmetrics.registerFontFamily(OTHER, normal=OTHER, bold=OTHER, italic=OTHER, boldItalic=OTHER)
    return Typeface(other, tuple(sorted(unknown - other)))


def told_lost(lost: Sequence[str]) -> str:
    """What is to be said of characters that no font shows; "" where there are none."""
    if not lost:
        return ""
    named = ", ".join(f"{each} as {_number(each)}" for each in lost[:MOST])
    more = f" and {len(lost) - MOST:,} more" if len(lost) > MOST else ""
    told = f"The fonts at hand do not show every character. Written as its number: {named}{more}."
    return told if _has_cjk() else f"{told} {WITH_CJK}"


@cache
def _roboto(name: str) -> bytes:
    weight = "Bold" if name == BOLD else "Regular"
    return (files("font_roboto") / "files" / f"Roboto-{weight}.ttf").read_bytes()


def _number(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def _has_cjk() -> bool:
    return all(find_spec(name) for name in CJK)


@cache
def _cjk_bytes() -> bytes:
    return (files(CJK[1]) / CJK_FILE).read_bytes()


@cache
def _cjk_characters() -> frozenset[int]:
    if not _has_cjk():
        return frozenset()
    from fontTools.ttLib import TTFont as FontFile  # type: ignore[import-untyped]

    return frozenset(FontFile(io.BytesIO(_cjk_bytes())).getBestCmap())


@cache
def _subset(characters: tuple[str, ...]) -> bytes:
    """These characters alone, with the quadratic outlines that the PDF library takes in place of cubic ones."""
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
    from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont as FontFile

    source = FontFile(io.BytesIO(_cjk_bytes()))
    names, shapes = source.getBestCmap(), source.getGlyphSet()
    order = [".notdef", *dict.fromkeys(names[ord(each)] for each in characters)]
    glyphs: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    built = FontBuilder(UNITS, isTTF=True)
    built.setupGlyphOrder(order)
    built.setupCharacterMap({ord(each): names[ord(each)] for each in characters})
    built.setupGlyf(glyphs)
    built.setupHorizontalMetrics({name: (source["hmtx"][name][0], glyphs[name].xMin or 0) for name in order})
    built.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    built.setupNameTable({"familyName": OTHER, "styleName": "Regular", "psName": OTHER})
    built.setupOS2(sTypoAscender=source["hhea"].ascent, sTypoDescender=source["hhea"].descent, fsType=0)
    built.setupPost()
    built.font["head"].created = built.font["head"].modified = 0  # no clock
    built.font.recalcTimestamp = False
    data = io.BytesIO()
    built.save(data)
    return data.getvalue()
