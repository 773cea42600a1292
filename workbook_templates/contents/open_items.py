"""The sheet Open items as values: bands and items row by row, the heights of their texts, and what stands below.

The texts are those of the build; only the state of a row and the count of answers follow what is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from engine.clients.item_rows import BANDS, ItemRow, headline, open_rows, reached, settled_rows
from engine.clients.open_items import OpenItem, unmatched
from engine.clients.projection import Projection
from engine.columns import ItemKind
from engine.records import Answer

from ..xlsx.paper import pages_of_rows
from ..xlsx.text_fit import lines_needed, row_height
from .as_received import csv_line
from .on_file import documents_on_file, taken_for_none

ITEMS: Final = "items"  # the block of its values
TITLE: Final = "Open items"
ANSWER: Final = "Your answer"
IDS: Final = "Item ids"
SHEET_NAMES: Final = ("open_items_ids", "open_items_answer")  # by which the columns are found under other headers
WIDTHS: Final = (14.0, 40.0, 43.0, 16.0, 32.0, 22.0)
SIZE: Final = 10.0  # points of the texts
FOOT_SIZE: Final = 9.0
BAND_HEIGHT: Final = 18.0
TOP: Final = (25.0, 14.0, 20.0, 19.0)  # points of the rows above the table, the last with the headers
FOOT: Final = (24.0, 24.0, 24.0, 15.25, 26.5)  # of the headings below it, and of the notes
LEAST: Final = 64  # rows: nearly all clients share this capacity
LONGEST: Final = 900  # characters of one text, as far as the height of a row goes


class RowState(StrEnum):
    """How a row stands, beside the kinds of its item."""

    ANSWERED = "answered"  # typed since the build, which the next build takes
    SETTLED = "settled"
    OPEN_AGAIN = "open again"  # its answer was deleted since
    OTHER = "other figures"  # an answer to an item that is not open, or not with these figures
    REMOVED = "removed"


WAITING: Final = (ItemKind.MISSING.value, ItemKind.CONFIRM.value, RowState.OPEN_AGAIN.value)  # for an answer


class SheetRow(NamedTuple):
    """A row of the table: a band, or an item."""

    blank: str  # what its first cell shows while there is no answer
    typed: str  # and once there is one
    what: str | None = None
    rests: str | None = None
    ask: str | None = None
    document: str | None = None
    answer: str | None = None
    ids: str | None = None  # of the items that an answer settles, as a line of CSV; None in a band

    @property
    def height(self) -> float:
        """Points: that of the text with the most lines."""
        if self.ids is None:
            return BAND_HEIGHT
        texts = zip((self.what, self.rests, self.ask, self.document, self.answer), WIDTHS[1:], strict=True)
        return row_height(max(lines_needed(text or "", width, SIZE, indent=1) for text, width in texts), SIZE)


def rows_needed(projection: Projection) -> int:
    """How many rows the table takes."""
    return len(listed_items(projection, {}))


def listed_items(projection: Projection, rests: Mapping[str, str]) -> list[SheetRow]:
    """All rows from top to bottom: four bands with their items, then what is settled, then answers to nothing.

    `rests` has what rests on an item, by its id. Texts are whole; a sheet cuts those that no row has room for.
    """
    items = projection.open_items
    rows: list[SheetRow] = []
    for kind, band in BANDS.items():
        of_kind = open_rows(items, kind)
        rows += [_band(band, len(of_kind)), *(_row(each, rests) for each in of_kind)]
    settled, lost = settled_rows(items), unmatched(items, projection.client.answers)
    if settled:
        rows += [_band("Settled by an answer", len(settled)), *(_row(each, rests) for each in settled)]
    if lost:
        rows += [_band("Answers to other figures", len(lost)), *map(_lost, lost)]
    return rows


def _band(words: str, count: int) -> SheetRow:
    said = f"{words}: {count or 'none'}"
    return SheetRow(said, said)


def _row(row: ItemRow, rests: Mapping[str, str]) -> SheetRow:
    item, found = row.first, row.first.finding
    blank: str = RowState.OPEN_AGAIN if item.is_settled else found.kind
    typed: str = RowState.SETTLED if item.is_settled else found.kind if found.needs_entry else RowState.ANSWERED
    return SheetRow(
        blank,
        typed,
        f"{row.what} An answer was given to other figures: {item.outdated}" if item.outdated else row.what,
        rests.get(item.id) or _resting(item),
        found.ask.capitalize(),
        found.document[:1].upper() + found.document[1:] or None,
        item.answer,
        csv_line([each.id for each in row.items]),
    )


def _resting(item: OpenItem) -> str:
    """What rests on an item, where nothing can be reversed."""
    if item.finding.needs_entry:
        return f"All figures of {item.finding.year}: the year cannot be computed without it."
    if item.finding.kind is ItemKind.OPTIONAL:
        return "Nothing is missing without it: it would be a further check."
    return reached(item)


def _lost(answer: Answer) -> SheetRow:
    what = f"{answer.item_id}: no item is open under this id. It does not apply any more, or its figures have changed."
    return SheetRow(RowState.REMOVED, RowState.OTHER, what, None, None, None, answer.answer, csv_line([answer.item_id]))


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def item_values(projection: Projection, rests: Mapping[str, str], capacity: int) -> dict[str, object]:
    """The value of every slot of the sheet; `rests` has what rests on an item, by its id. Spare rows have no height."""
    rows = [
        row._replace(what=_cut(row.what), rests=_cut(row.rests), document=_cut(row.document))
        for row in listed_items(projection, rests)
    ]
    if len(rows) > capacity:
        rows[capacity - 1 :] = [_rest(len(rows) - capacity + 1)]
    columns: dict[str, Sequence[object]] = {name: [getattr(row, name) for row in rows] for name in SheetRow._fields}
    heights: list[float | None] = [row.height for row in rows]
    states = [row.typed if row.answer else row.blank for row in rows]
    return {
        **columns,
        "state": states,
        "height": heights + [None] * (capacity - len(rows)),
        "headline": headline(projection.open_items),
        "stands": projection.state,
        **dict(_foot(projection)),
    }


def item_pages(values: Mapping[str, Any]) -> int:
    """How many printed pages the sheet takes, from the values of its slots."""
    foot = [height for key, height in values.items() if key.startswith("height ")]
    rows = [*TOP, *values["height"], *foot, *FOOT]
    return pages_of_rows(WIDTHS, TOP[-1:], rows, margin=0.5)


def _rest(count: int) -> SheetRow:
    words = f"More: {count:,}. isobook check lists every item."
    return SheetRow(words, words)


def _foot(projection: Projection) -> Iterator[tuple[str, object]]:
    """What stands below the table, each text with the height that it takes over all columns."""
    texts = {"on file": documents_on_file(projection.client), "as none": taken_for_none(projection)}
    for name, text in texts.items():
        lines = lines_needed(text, sum(WIDTHS), FOOT_SIZE)
        yield name, text
        yield f"height {name}", row_height(lines, FOOT_SIZE)
