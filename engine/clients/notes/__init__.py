"""What deserves a look though nothing is refused: one sentence each, with the record and the consequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...records import Client
from .grant_notes import grant_notes
from .record_notes import exercise_notes, return_notes
from .sale_notes import sale_notes

Records = Mapping[str, Sequence[Any]]  # the columns of the record tables, as in Projection.records


def record_notes(client: Client, records: Records, as_given: Records) -> list[str]:
    """The notes on exercises, sales and splits, and returns.

    `as_given` are the columns of the exercises before any split, as in Projection.as_given.
    """
    notes = list(exercise_notes(client.exercises, as_given))
    notes += sale_notes(client.exercises, client.sales, client.splits, client.resolved, records)
    return [*notes, *(note for year in client.returns for note in return_notes(year))]


def all_notes(client: Client, records: Records, as_given: Records, grants: Sequence[Mapping[str, Any]]) -> list[str]:
    """Those, then the limit of grants.

    `grants` are the rows of Projection.grants.
    """
    notes = record_notes(client, records, as_given)
    return [*notes, *grant_notes(client, grants)]
