"""The notes on a client's records without those on wages and grants: what most tests of notes ask for."""

from __future__ import annotations

from engine import Client, project
from engine.clients import notes


def record_notes(client: Client) -> list[str]:
    """The notes on exercises, sales, splits and returns."""
    projection = project(client)
    return notes.record_notes(client, projection.records, projection.as_given)
