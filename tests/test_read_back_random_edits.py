"""2,000 random edits of workbooks by openpyxl: each is read, refused or told, and none is told that loses nothing."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from engine import Client
from isobook.sources import read_source
from tests.command import EXAMPLES
from tests.edited_workbooks import small_client
from tests.random_edits import Edit, Made, draw_edit, outcome

EDITS = 500  # of each book
BOOKS = ("four-years", "mixed", "grant-limit", "small")


def of_book(name: str) -> Made:
    """The workbook of an example, or of the small client, which has a sale first in, first out."""
    return Made(small_client() if name == "small" else read_source(EXAMPLES / name))


def verdict(made: Made, edit: Edit) -> str:
    """What became of an edit: "read", "refused", "told", "nothing"; "lost" where it is none of them."""
    client, tables, told = outcome(made, edit)
    named = any(place in " ".join(each.split()) for each in told for place in edit.places)
    if edit.changes_nothing:
        if client is None or told:
            return f"false alarm: {told[:2]}"
        return "nothing" if _sorted(client) == _sorted(made.client) else "lost"
    if client is None:
        return "refused" if named else f"refused elsewhere: {told[:2]}"
    if named:
        return "told"
    return "read" if client != made.client or tables != made.tables else f"lost: {told[:2]}"


def _sorted(client: Client) -> dict[str, object]:
    """A client whatever the order of its rows."""
    return {name: sorted(map(str, value)) if isinstance(value, tuple) else value for name, value in client}


@pytest.mark.parametrize("name", BOOKS)
def test_five_hundred_random_edits_are_each_read_refused_or_told(name: str) -> None:
    """Cells typed and cleared; rows, columns, years, sheets deleted, swapped, inserted; remarks; rows under Total."""
    made, random = of_book(name), Random(f"edits of {name}")
    counted: Counter[str] = Counter()
    wrong = []
    for _ in range(EDITS):
        edit = draw_edit(random, made)
        found = verdict(made, edit)
        counted[found.partition(" ")[0]] += 1
        if found not in ("read", "refused", "told", "nothing"):
            wrong.append(f"{edit.words}: {found}")
    assert wrong == []
    assert min(counted[each] for each in ("read", "refused", "told", "nothing")) > EDITS // 20
