"""A text fits its box: in one of the fourteen fonts that every PDF program has, smaller where it must be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from ..page.printed_page import PrintedBox

ENCODING: Final = "cp1252"  # WinAnsiEncoding of PDF
FONT: Final = "Helvetica"
SIZES: Final = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)  # points; the forms print theirs in 8
PADDING: Final = 2.0
LEADING: Final = 1.12  # of the size, from line to line


class TextDoesNotFitError(ValueError):
    """A text that its box cannot show: it is too long, or has characters that the font lacks."""


@dataclass(frozen=True)
class FittedText:
    """The lines of a text and their size in points."""

    lines: tuple[str, ...]
    size: float


def fitted(text: str, box: PrintedBox) -> FittedText:
    """The largest size at which a text fits. Raises TextDoesNotFitError."""
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError as error:
        raise TextDoesNotFitError(f"characters such as {text[error.start]!r}, which the font lacks") from None
    if box.longest is not None and len(text) > box.longest:
        raise TextDoesNotFitError(f"{len(text)} characters where the box takes {box.longest}")
    width, height = box.right - box.left - 2 * PADDING, box.bottom - box.top
    for size in SIZES:
        lines = _wrapped(text, size, width) if box.several_lines else (text,)
        fits = all(text_width(line, size) <= width for line in lines)
        if fits and len(lines) * size * LEADING <= height:
            return FittedText(lines, size)
    raise TextDoesNotFitError(f"{len(text)} characters, more than the box can show")


def _wrapped(text: str, size: float, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def text_width(text: str, size: float) -> float:
    """The width of a text in points."""
    widths = _widths()
    return sum(widths.get(each, 556) for each in text) * size / 1000


@cache
def _widths() -> dict[str, int]:
    from pdfminer.fontmetrics import FONT_METRICS

    return {each: int(width) for each, width in FONT_METRICS[FONT][1].items()}
