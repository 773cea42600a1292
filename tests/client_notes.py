"""What is told of a client's records: the notes without those on grants, and what is asked."""

from __future__ import annotations

from engine import Client, project
from engine.clients import notes
from engine.columns import ItemKind


def items(client: Client) -> list[str]:
    """What is missing or to confirm in a client's records, one sentence each; the years and returns left aside."""
    found = (each.finding for each in project(client).open_items if each.finding.table in ("exercises", "sales"))
    return [each.what for each in found if each.kind in (ItemKind.MISSING, ItemKind.CONFIRM)]


def record_notes(client: Client) -> list[str]:
    """The notes on exercises, sales, splits and returns."""
    projection = project(client)
    return notes.record_notes(client, projection.records, projection.as_given)
