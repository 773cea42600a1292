"""How many printed pages the rows of a sheet take that is fit to the width of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

POINTS: Final = 72  # an inch
LONG, SHORT = 11.0, 8.5  # inches of Letter paper
TOP_AND_BOTTOM: Final = 0.5 + 0.65  # inches of margins
POINTS_A_PIXEL: Final = 0.75
WIDER: Final = 1.07  # LibreOffice draws columns so much wider than Excel


def pages_of_rows(
    widths: Iterable[float | None], repeated: Sequence[float], rows: Iterable[float | None], *, margin: float
) -> int:
    """Pages of a landscape table: widths in characters and heights in points, None where hidden; margin in inches.

    `rows` are all rows from the top, `repeated` those that stand again at the head of each further page.
    """
    across = sum(int(7 * width + 5) * POINTS_A_PIXEL for width in widths if width is not None) * WIDER
    scale = min(1.0, (LONG - 2 * margin) * POINTS / across)
    return pages_down(repeated, rows, (SHORT - TOP_AND_BOTTOM) * POINTS / scale)


def pages_down(repeated: Sequence[float], rows: Iterable[float | None], room: float) -> int:
    """Pages of rows from the top, each page with room for so many points of rows; none breaks within a row."""
    pages, used = 1, 0.0
    for points in (height for height in rows if height is not None):
        if used + points > room:
            pages, used = pages + 1, sum(repeated)
        used += points
    return pages
