"""How many printed pages the rows of a sheet take that is fit to the width of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

POINTS: Final = 72  # an inch
LONG, SHORT = 11.0, 8.5  # inches of Letter paper
TOP_AND_BOTTOM: Final = 0.5 + 0.65  # inches of margins
POINTS_A_PIXEL: Final = 0.75
NEARLY_EMPTY: Final = 0.4  # of a page
WIDER: Final = 1.07  # LibreOffice draws columns so much wider than Excel


def pages_of_rows(
    widths: Iterable[float | None], repeated: Sequence[float], rows: Iterable[float | None], *, margin: float
) -> int:
    """Pages of a landscape table: widths in characters and heights in points, None where hidden; margin in inches.

    `rows` are all rows from the top, `repeated` those that stand again at the head of each further page.
    """
    return pages_down(repeated, rows, room_down(scale_to_width(widths, margin=margin)))


def scale_to_width(widths: Iterable[float | None], *, margin: float) -> float:
    """The scale, at most 1, at which columns of so many characters fit the width of a landscape page."""
    across = sum(int(7 * width + 5) * POINTS_A_PIXEL for width in widths if width is not None) * WIDER
    return min(1.0, (LONG - 2 * margin) * POINTS / across)


def room_down(scale: float) -> float:
    """Points of rows that a landscape page holds at a scale."""
    return (SHORT - TOP_AND_BOTTOM) * POINTS / scale


def pages_down(repeated: Sequence[float], rows: Iterable[float | None], room: float) -> int:
    """Pages of rows from the top, each page with room for so many points of rows; none breaks within a row."""
    pages, used = 1, 0.0
    for points in (height for height in rows if height is not None):
        if used + points > room:
            pages, used = pages + 1, sum(repeated)
        used += points
    return pages


def ends_between_bands(rows: Sequence[float], repeated: float, bands: Sequence[int], room: float) -> list[int]:
    """The rows, counted from 1, after which a page ends: none ends in a band, and no last page is nearly empty.

    `rows` are heights in points from the top, `bands` the rows that head a part, `repeated` those of the heading that
    each further page begins with.
    """
    ends, used = [], 0.0
    for row, points in enumerate(rows, 1):
        if used + points > room:
            ends.append(row - 2 if row - 1 in bands else row - 1)
            used = repeated + sum(rows[ends[-1] : row - 1])
        used += points
    parts = [band for band in bands if (ends[-2] if len(ends) > 1 else 1) + 1 < band <= ends[-1]] if ends else []
    if parts and used < room * NEARLY_EMPTY and repeated + sum(rows[parts[-1] - 1 :]) <= room:
        ends[-1] = parts[-1] - 1
    return ends
