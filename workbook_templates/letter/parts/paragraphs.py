"""The letter as text for other papers: its paragraphs and tables in order of reading, each with what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

from engine.language.money import rounded

from ...drawing.layout import Shape
from .. import height_key, letter
from ..page_rows import CLOSING, HELD_TOP, YEAR_HEAD, PageRow
from ..to_do import NUMBERED, STEP
from ..writing import HEAD, SUBJECT
from .tables import BY_YEAR, HELD, OTHERS, TOTAL, Holds, TableColumn

NOTHING: Final = "–"  # as the sheet shows zero
BY_EXERCISES: Final = " exercised"  # ends the key of what was exercised in a year


class PartKind(StrEnum):
    """What a part of the letter is."""

    FIRM = "firm"
    DATE = "date"
    CLIENT = "client"
    ADDRESS = "address"
    SUBJECT = "subject"
    SALUTATION = "salutation"
    HEADING = "heading"
    SENTENCES = "sentences"
    BULLET = "bullet"  # one of several years
    STEP = "step"  # numbered on the sheet; the words are without the number
    TABLE = "table"
    CLOSING = "closing"
    SIGNATURE = "signature"


class LetterTable(NamedTuple):
    """A table as text: its columns, the rows from top to bottom, and the totals."""

    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str]


class LetterPart(NamedTuple):
    """A paragraph or a table; the letterhead's parts are there also where they are blank."""

    kind: PartKind
    words: str = ""
    table: LetterTable | None = None


LETTERHEAD: Final = {
    "firm": PartKind.FIRM,
    "letter_date": PartKind.DATE,
    "client": PartKind.CLIENT,
    "client_address": PartKind.ADDRESS,
    "salutation": PartKind.SALUTATION,
}


def letter_parts(shape: Shape, values: Mapping[str, Any]) -> Iterator[LetterPart]:
    """What the sheet Letter says, from its values (the block LETTER); rows without a height are left out."""
    for row in letter(shape).letter:
        if row.row:
            yield from _words(row, values)
        elif row.what in LETTERHEAD:
            yield LetterPart(LETTERHEAD[row.what], str(values[row.key] or ""))
        elif row.what == YEAR_HEAD:
            yield LetterPart(PartKind.TABLE, table=_by_year(shape, values))
        elif row.what == HELD_TOP and values[height_key(row.key)]:
            yield LetterPart(PartKind.TABLE, table=_held(shape, values))
    yield LetterPart(PartKind.CLOSING, CLOSING)
    yield LetterPart(PartKind.SIGNATURE, str(values["firm"] or ""))


def _words(row: PageRow, values: Mapping[str, Any]) -> Iterator[LetterPart]:
    assert row.row
    words = values[f"letter.{row.key}"] if row.key else row.row.words
    if not words or (row.key and not values[height_key(row.key)]):
        return
    if row.row.style is SUBJECT:
        yield LetterPart(PartKind.SUBJECT, words)
    elif row.row.style is HEAD:
        yield LetterPart(PartKind.HEADING, words)
    elif row.key.startswith(NUMBERED):
        yield LetterPart(PartKind.STEP, values[f"letter.{STEP}{row.key.removeprefix(NUMBERED)}"])
    else:
        yield LetterPart(PartKind.BULLET if row.key.endswith(BY_EXERCISES) else PartKind.SENTENCES, words)


def _by_year(shape: Shape, values: Mapping[str, Any]) -> LetterTable:
    rows = [
        [
            str(year),
            *(_shown(column, values[f"letter.{year} {column.key}"], shape, unit=not at) for column in BY_YEAR[1:]),
        ]
        for at, year in enumerate(shape.years)
    ]
    return LetterTable(BY_YEAR, rows, _totals(BY_YEAR, values, shape))


def _held(shape: Shape, values: Mapping[str, Any]) -> LetterTable:
    """The lots that are held, or companies, and what stands beyond the table."""
    places = [row.place for row in letter(shape).letter if row.what == "held" and values[height_key(row.key)]]
    rows = [
        [_shown(column, values[f"letter.held {place} {column.key}"], shape, unit=not place) for column in HELD]
        for place in places
    ]
    if values[height_key("held others")]:
        others = [
            _shown(column, values[f"letter.held others {column.key}"], shape) if column.total else "" for column in HELD
        ]
        rows.append([OTHERS, *others[1:]])
    return LetterTable(HELD, rows, _totals(HELD, values, shape))


def _totals(columns: Sequence[TableColumn], values: Mapping[str, Any], shape: Shape) -> list[str]:
    told = [
        _shown(column, values[f"letter.{column.total}"], shape, unit=True) if column.total else "" for column in columns
    ]
    return [TOTAL, *told[1:]]


def _shown(column: TableColumn, value: Any, shape: Shape, *, unit: bool = False) -> str:
    """A cell as the sheet shows it; `unit` puts $ or sh to it."""
    if isinstance(value, date):
        return f"{value:%m/%d/%Y}"
    if not isinstance(value, Decimal):
        return str(value or "")
    if not value:
        return NOTHING
    if column.holds is Holds.SHARES:
        return f"{_plain(value)}{' sh' if unit else ''}"
    amount = rounded(value, 2 if shape.cents else 0)
    shown = f"{'$' if unit else ''}{abs(amount):,}"
    return f"({shown})" if amount < 0 else shown


def _plain(shares: Decimal) -> str:
    return f"{int(shares):,}" if shares == int(shares) else f"{shares.normalize():,f}"
