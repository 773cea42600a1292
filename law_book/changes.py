"""What is new in a year: each line beside the line of the same number and form a year earlier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from engine.federal.catalogue import FEDERAL
from engine.filing import YEARS

from .entries import Entry, entries


class Change(NamedTuple):
    """What differs from the year before: 'new', or what changed and what it was."""

    what: str
    was: str


@cache
def changes(year: int) -> Mapping[str, tuple[Change, ...]]:
    """The changes of a year by the key of the line; none in the first covered year."""
    if year == YEARS[0]:
        return {}
    before = {entry.line.key: entry for form in entries(year - 1).values() for entry in form}
    found = {
        entry.line.key: tuple(_changed(entry, year, before))
        for sheet, form in entries(year).items()
        for entry in form
        # the earliest year has none before it: what rests on one is no form to compare
        if year - 1 > YEARS[0] or not FEDERAL.named(sheet).from_year_before
    }
    return {key: change for key, change in found.items() if change}


def gone(year: int) -> list[Entry]:
    """The lines of the year before that this year's forms no longer have."""
    if year == YEARS[0]:
        return []
    now = {entry.line.key for form in entries(year).values() for entry in form}
    return [entry for form in entries(year - 1).values() for entry in form if entry.line.key not in now]


def _changed(entry: Entry, year: int, before: Mapping[str, Entry]) -> Iterator[Change]:
    if entry.line.key not in before:
        yield Change("new", "")
        return
    old = before[entry.line.key]
    pairs = {
        "label": (entry.label, old.label),
        "rule": (" ".join(entry.rule), " ".join(old.rule)),
        "citation": (entry.citation, old.citation),
        "where it is found": (entry.found, old.found),
    }
    for what, (now, was) in pairs.items():
        if _of_any_year(now, year) != _of_any_year(was, year - 1):
            yield Change(what, " ".join(was.split()) or "not stated")


def _of_any_year(words: str, year: int) -> str:
    """Words in which the year itself is no change."""
    return words.replace(str(year), "YEAR").replace(str(year - 1), "YEAR BEFORE")
