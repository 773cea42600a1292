"""What the memo says of open items: how many there are, then each that is missing or to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.clients.item_rows import headline, open_rows
from engine.clients.projection import Projection
from engine.columns import ItemKind

from ..xlsx.text_fit import lines_needed, row_height

HEADING: Final = "Open items"
TOLD: Final = 12  # items that have a paragraph; the others are on the sheet
PARAGRAPHS: Final = TOLD + 2  # with the headline, and how many more there are
PRESSING: Final = (ItemKind.MISSING, ItemKind.CONFIRM)
WIDTH: Final = 90.0  # characters of the one column of words
SIZE: Final = 11.0  # points


def item_key(place: int) -> str:
    """The slot of a paragraph, from 0."""
    return f"open item {place}"


def item_height_key(place: int) -> str:
    """The slot of its height."""
    return f"height {item_key(place)}"


def item_paragraphs(projection: Projection, rests: Mapping[str, str]) -> dict[str, object]:
    """The paragraphs and their heights in points; those that are not used have no height."""
    told = [*_told(projection, rests)]
    words = [headline(projection.open_items), *told[:TOLD]]
    if len(told) > TOLD:
        words.append(f"And {len(told) - TOLD:,} more, on the sheet Open items.")
    values: dict[str, object] = {}
    for place in range(PARAGRAPHS):
        said = words[place] if place < len(words) else None
        values[item_key(place)] = said
        values[item_height_key(place)] = said and row_height(lines_needed(said, WIDTH, SIZE), SIZE, prose=True)
    return values


def _told(projection: Projection, rests: Mapping[str, str]) -> Iterator[str]:
    for kind in PRESSING:
        for row in open_rows(projection.open_items, kind):
            yield " ".join(filter(None, [row.what, rests.get(row.first.id)]))
