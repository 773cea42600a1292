"""The rows of the letter from top to bottom, how high each is, and where a page ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..drawing.layout import Shape
from ..xlsx.text_fit import lines_needed
from .held import MOST_ROWS
from .writing import LetterRow

WIDTHS: Final = (22.0, 12.8, 12.8, 12.8, 12.8, 12.8)
WIDTH: Final = 89.0  # characters of the six columns together
ROOM: Final = 726.0  # points of a page at 95 percent, less a line for safety
NEARLY_EMPTY: Final = 240.0  # points on a last page
MOST_PAGES: Final = 3
CLOSING: Final = "Sincerely,"
YEAR_HEAD, HELD_TOP = "year head", "held top"  # the heads of the two tables
HEADS: Final = (" head", " asked")  # how the key of a row ends that begins a section
HEAD, ROW, TOTAL, GAP = 19.0, 16.0, 18.0, 8.0


class PageRow(NamedTuple):
    """A row of the letter: what stands there, and its height in points where that is the same for all clients."""

    what: str  # "words", or the name of what the sheet draws there
    points: float | None = None  # None: the client's values decide, by the slot of this row's key
    key: str = ""
    place: int = 0  # the year, or the place in a table
    row: LetterRow | None = None
    keeps: bool = False  # stays on a page with the next row


class Sections(NamedTuple):
    """The rows of words, section by section: tables stand between them."""

    opening: Sequence[LetterRow]
    reasons: Sequence[LetterRow]
    below_years: Sequence[LetterRow]
    held: Sequence[LetterRow]
    below_held: Sequence[LetterRow]
    closing: Sequence[LetterRow]


def page_rows(shape: Shape, sections: Sections) -> list[PageRow]:
    """All rows from top to bottom."""
    return [
        PageRow("firm", key="firm"),
        PageRow("gap", 10),
        PageRow("letter_date", key="letter_date"),
        PageRow("gap", GAP),
        PageRow("client", key="client_name"),
        PageRow("client_address", key="client_address"),
        PageRow("gap", 10),
        *_words(sections.opening[:1]),
        PageRow("salutation", key="salutation"),
        *_words(sections.opening[1:]),
        *_words(sections.reasons),
        *_by_year(shape),
        *_words(sections.below_years),
        *_words(sections.held),
        *_held(),
        *_words(sections.below_held),
        *_words(sections.closing, keeps=True),
        PageRow("sincerely", 22, keeps=True),
        PageRow("sign", 28, keeps=True),
        PageRow("signed", 16),
    ]


def _words(rows: Sequence[LetterRow], *, keeps: bool = False) -> Iterator[PageRow]:
    for row in rows:
        points = None if row.key else _height(row.words, row)
        yield PageRow("words", points, row.key, row=row, keeps=keeps or row.style.keeps)


def _by_year(shape: Shape) -> Iterator[PageRow]:
    yield PageRow(YEAR_HEAD, HEAD, keeps=True)
    yield from (PageRow("year", ROW, f"{year}", year, keeps=True) for year in shape.years)
    yield PageRow("year total", TOTAL)
    yield PageRow("gap", GAP)


def _held() -> Iterator[PageRow]:
    yield PageRow(HELD_TOP, key=HELD_TOP, keeps=True)
    yield from (PageRow("held", key=f"held row {place}", place=place, keeps=True) for place in range(MOST_ROWS))
    yield PageRow("held others", key="held others", keeps=True)
    yield PageRow("held total", key="held total")
    yield PageRow("gap", key="held gap")


def _height(words: str, row: LetterRow) -> float | None:
    """Points of a row of words; None where it says nothing."""
    style = row.style
    return lines_needed(words, WIDTH, style.size, bold=style.bold) * style.size * 1.3 + style.air if words else None


def heights(rows: Sequence[PageRow], values: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, float | None]:
    """The height of each row whose values decide, by its key; `typed` is the letterhead."""
    lots = sum(1 for place in range(MOST_ROWS) if values[f"options.held_{place}"])
    address = typed["client_address"].count("\n") + 1
    known: dict[str, float | None] = {
        "firm": 24.0 if typed["firm"] else None,
        "letter_date": 15.0 if typed["letter_date"] else None,
        "client_name": 15.0 if typed["client_name"] else None,
        "client_address": 15.0 * address if typed["client_address"] else None,
        "salutation": 20.0 if typed["salutation"] else None,
        HELD_TOP: HEAD if lots else None,
        "held others": ROW if values["letter.held others shares"] else None,
        "held total": TOTAL if lots else None,
        "held gap": GAP if lots else None,
        **{f"held row {place}": ROW if place < lots else None for place in range(MOST_ROWS)},
    }
    told = {row.key: _height(values[f"letter.{row.key}"], row.row) for row in rows if row.row and row.key}
    long = {**known, **told, "exercises in short": None}
    if len(breaks(rows, long)) < MOST_PAGES:
        return long
    return {
        **long,
        **{key: None for key in told if key.endswith(" exercised")},
        "exercises in short": told["exercises in short"],
    }


def breaks(rows: Sequence[PageRow], points: Mapping[str, float | None], room: float = ROOM) -> list[int]:
    """The rows after which a page ends: no heading stands alone, no table is cut, the end stays with the signature.

    Rows count from 1, and a page has `room` for so many points.
    """
    ends, used, at = [], 0.0, 0
    while at < len(rows):
        last = at
        while rows[last].keeps and last + 1 < len(rows):
            last += 1
        group = sum(_points(row, points) or 0.0 for row in rows[at : last + 1])
        if used and used + group > room:
            ends.append(at)  # rows count from 1: the one before this group
            used = 0.0
        used += group
        at = last + 1
    return _with_company(rows, points, ends, room)


def _with_company(
    rows: Sequence[PageRow], points: Mapping[str, float | None], ends: Sequence[int], room: float
) -> list[int]:
    """The same; the last section before a last page that is nearly empty goes over to it."""
    if not ends:
        return []
    *before, last = ends
    alone = sum(_points(row, points) or 0.0 for row in rows[last:])
    first = before[-1] if before else 0
    heads = [at for at in range(first + 1, last) if rows[at].key.endswith(HEADS) and _points(rows[at], points)]
    if alone >= NEARLY_EMPTY or not heads:
        return list(ends)
    together = sum(_points(row, points) or 0.0 for row in rows[heads[-1] :])
    return [*before, heads[-1]] if together <= room else list(ends)


def _points(row: PageRow, points: Mapping[str, float | None]) -> float | None:
    return row.points if row.points is not None else points[row.key]
