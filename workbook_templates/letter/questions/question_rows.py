"""The rows of the sheet Questions from its top: how high each is, and where a page ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...xlsx.text_fit import lines_needed, row_height
from ..page_rows import PageRow, breaks
from ..writing import LetterRow

QUESTION_WIDTH: Final = 94.0  # characters of the one column of words
WIDTHS: Final = (QUESTION_WIDTH, 9.0)
TOP: Final = (25.0, 14.0, 20.0)  # points: title, whose, conclusion
HEADING: Final = (9.0, 20.0, 5.0)  # air, the words, air between the rule and what follows
SCALE: Final = 90  # percent
ROOM: Final = 750.0  # points of a page at that scale below the title, which each page repeats, less a line for safety
AUTHORITY: Final = (
    "Authority: IRC 53, 55, 56(b)(3), 83, 421, 422, 423, 1211, 1212, 6651; Instructions for Forms 6251 and 8801; "
    "Publication 525. The sentences follow the entries. A paragraph that comes to apply after you type stays in a "
    "hidden row: select all rows and choose Unhide, or run isobook build on this file. Heights may be changed."
)


def question_heights(rows: Sequence[LetterRow], values: Mapping[str, Any]) -> dict[str, float | None]:
    """The height in points of each row of words, by its key; None hides one that does not apply."""
    return {row.key: _height(values[f"letter.{row.key}"], row) for row in rows if row.key}


def question_breaks(rows: Sequence[LetterRow], points: Mapping[str, float | None]) -> list[int]:
    """The rows of the sheet after which a page ends; what is to be done before signing stays with the note below it."""
    last = max(place for place, row in enumerate(rows) if not row.key)
    placed = [PageRow("top", each) for each in TOP]
    for place, row in enumerate(rows):
        if row.key:
            placed.append(PageRow("words", None, row.key, row=row, keeps=row.style.keeps or place > last))
        else:
            placed += [PageRow("heading", each, keeps=True) for each in HEADING]
    placed.append(PageRow("note", row_height(lines_needed(AUTHORITY, sum(WIDTHS), 9), 9)))
    return breaks(placed, points, ROOM)


def _height(words: str, row: LetterRow) -> float | None:
    if not words:
        return None
    size = row.style.size
    return row_height(lines_needed(words, QUESTION_WIDTH, size, bold=row.style.bold), size, prose=True)
