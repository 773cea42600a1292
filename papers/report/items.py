"""Open items: what is missing, assumed or not final, what rests on it, whom to ask for which document."""

from __future__ import annotations

from typing import Final

from engine.clients.item_rows import headline
from engine.clients.resting import rests_on
from engine.columns import ItemKind
from workbook_templates.contents.open_items import TITLE, SheetRow, listed_items
from workbook_templates.sheets.open_items_sheet import HEADS

from ..typesetting.content import (
    Grid,
    GridCell,
    GridColumn,
    GridRow,
    PaperSection,
    Sentence,
    SentenceLook,
    Tone,
    Toned,
)
from .told import ClientFacts

SHARES: Final = (0.0, 4.0, 4.0, 1.4, 3.0, 2.0)  # of the room, by column; the first is as wide as its words
PRESSING: Final = frozenset({ItemKind.MISSING.value, ItemKind.CONFIRM.value, ItemKind.ESTIMATE.value})


def open_items_section(facts: ClientFacts) -> PaperSection | None:
    """The table of the sheet Open items; None where nothing was ever open."""
    projection = facts.projection
    rows = [each for each in listed_items(projection, rests_on(projection)) if each.ids is not None]
    if not rows:
        return None
    answered = any(row.answer for row in rows)
    kept = slice(0, len(HEADS) if answered else -1)
    columns = [GridColumn(head, share=share) for (head, _), share in zip(HEADS, SHARES, strict=True)]
    table = Grid(columns[kept], [GridRow(cells[kept]) for cells in map(_cells, rows)])
    told = Sentence(headline(projection.open_items), SentenceLook.PLAIN)
    return PaperSection(TITLE, [told, table])


def _cells(row: SheetRow) -> list[GridCell]:
    return [_state(row), *(text or "" for text in (row.what, row.rests, row.ask, row.document, row.answer))]


def _state(row: SheetRow) -> GridCell:
    state = row.typed if row.answer else row.blank
    return Toned(state.capitalize(), Tone.AMBER if state in PRESSING else Tone.QUIET)
