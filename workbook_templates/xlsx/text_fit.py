"""How wide a text runs in Calibri and how many lines it takes: wrapped rows need an explicit height.

Measured for Excel's own arithmetic (a column of width w is 7w + 5 pixels at 96 dots an inch).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from typing import Final

# Advance widths of Calibri regular, units of 2048 to the em, characters 32 to 126.
_UNITS: Final = (
    "463 667 821 1020 1038 1464 1397 452 621 621 1020 1020 511 627 517 791 1038 1038 1038 1038 1038 1038 1038 1038 "
    "1038 1038 548 548 1020 1020 1020 949 1831 1185 1114 1092 1260 1000 941 1292 1276 516 653 1064 861 1751 1322 "
    "1356 1058 1378 1112 941 998 1314 1162 1822 1063 998 959 628 791 628 1020 1020 596 981 1076 866 1076 1019 625 "
    "964 1076 470 490 931 470 1636 1076 1080 1076 1076 714 801 686 1076 925 1464 887 927 809 644 943 644 1020"
)
_ADVANCES: Final = tuple(map(int, _UNITS.split()))
_EM: Final = 2048
_BOLD: Final = 1.03
_PIXELS_A_POINT: Final = 96 / 72
_FIGURE_AIR: Final = 12  # pixels
_DIGIT_PIXELS, _CELL_PADDING, _TEXT_MARGIN, _INDENT_PIXELS = 7, 5, 6, 9

SPARE_ROW_HEIGHT: Final = 17.0  # points: an empty row of a record table


@lru_cache(maxsize=1024)
def _advance(character: str) -> int:
    base = unicodedata.normalize("NFD", character)[0]  # é is as wide as e
    if " " <= base <= "~":
        return _ADVANCES[ord(base) - 32]
    return _EM if unicodedata.east_asian_width(base) in "WF" else _ADVANCES[ord("0") - 32]


@lru_cache(maxsize=8192)  # the words of our sentences come back with every client
def _units_of(text: str) -> int:
    return sum(map(_advance, text))


def width_px(text: str, size: float, bold: bool = False) -> float:
    """Width in pixels of one line of text at `size` points."""
    units = _units_of(text) * (_BOLD if bold else 1)
    return units / _EM * size * _PIXELS_A_POINT


@lru_cache(maxsize=2048)
def lines_needed(text: str, column_width: float, size: float, bold: bool = False, indent: int = 0) -> int:
    """Lines that `text` takes when wrapped by words in a column of `column_width` characters; at least 1."""
    room = int(_DIGIT_PIXELS * column_width + _CELL_PADDING) - _TEXT_MARGIN - _INDENT_PIXELS * indent
    return sum(_lines_of(paragraph.split(" "), max(room, 1), size, bold) for paragraph in text.split("\n"))


def _lines_of(words: list[str], room: int, size: float, bold: bool) -> int:
    lines, used, space = 1, 0.0, width_px(" ", size, bold)
    for word in words:
        wide = width_px(word, size, bold)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        broken, wide = divmod(wide, room) if wide > room else (0, wide)  # a word wider than the column is cut
        lines += int(broken)
        used += wide + (space if used else 0)
    return lines


def figure_width(figures: Iterable[str], least: float, size: float = 10, bold: bool = False) -> float:
    """The width in characters of a column that shows these figures, with air; `least` is the one that it has anyway."""
    longest = max((width_px(figure, size, bold) for figure in figures), default=0.0)
    return max(least, float(ceil((longest + _FIGURE_AIR) / _DIGIT_PIXELS)))


def row_height(lines: int, size: float = 10, *, prose: bool = False) -> float:
    """Height in points of a row of wrapped text; prose (11 points) gets more air. Excel's limit is 409."""
    return min(lines * 14.5 + 9 if prose else lines * size * 1.25 + 4, 409.0)
