"""What deserves a look though nothing is refused: one sentence each, with the record and the consequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...records import Client
from .grant_notes import grant_notes
from .record_notes import exercise_notes, return_notes, years_notes
from .sale_notes import sale_notes
from .wages_notes import wages_notes


def record_notes(client: Client) -> list[str]:
    """The notes on exercises, sales and splits, and returns, which need no figures."""
    notes = [note for exercise in client.exercises for note in exercise_notes(exercise)]
    notes += sale_notes(client.exercises, client.sales, client.splits, client.resolved)
    notes += [note for year in client.returns for note in return_notes(year)]
    return [*notes, *years_notes(client.returns)]


def all_notes(client: Client, records: Mapping[str, Sequence[Any]], grants: Sequence[Mapping[str, Any]]) -> list[str]:
    """Those, then the income of sales that wages may hold already, then the limit of grants.

    `records` are the columns of the record tables, `grants` the rows of Projection.grants.
    """
    return [*record_notes(client), *wages_notes(client, records), *grant_notes(client, grants)]
