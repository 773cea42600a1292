"""Which record of a workbook as made is which row now: rows that were left, sorted, moved, or changed in some cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

RecordKey = tuple[str, ...]  # the text of each entry, numbers by their first 15 digits
MANY: Final = 20  # rows that share a value: it tells none of them apart
_EPOCH: Final = date(1899, 12, 30)


def unchanged(made: Sequence[RecordKey], now: Sequence[RecordKey]) -> dict[int, int]:
    """For each row that stands there unchanged the row that it was."""
    waiting: dict[RecordKey, list[int]] = {}
    for place, key in enumerate(made):
        waiting.setdefault(key, []).append(place)
    found = {}
    for place, key in enumerate(now):
        if waiting.get(key):
            found[place] = waiting[key].pop(0)
    return found


def changed(made: Sequence[RecordKey], now: Sequence[RecordKey], known: Mapping[int, int]) -> dict[int, int]:
    """For each other row the one that it was, where at least half of that one's entries still stand in it."""
    left = [place for place in range(len(made)) if place not in set(known.values())]
    free = {place for place in range(len(now)) if place not in known}
    by_value = _by_value(now, free)
    found = {}
    for was in left:
        votes = Counter(place for value in _values(made[was]) for place in by_value.get(value, ()) if place in free)
        best = max(votes, key=lambda place: (_shared(made[was], now[place]), -abs(place - was)), default=None)
        if best is not None and 2 * _shared(made[was], now[best]) >= len(_values(made[was])):
            found[best] = was
            free.remove(best)
    return found


def as_one(text: str) -> str:
    """What a text says whatever its column: a day is its serial number, a number its first 15 digits."""
    try:
        return f"{float(text):.15g}"
    except ValueError:
        pass
    try:
        return str((date.fromisoformat(text) - _EPOCH).days)
    except ValueError:
        return text.strip().casefold()


def _by_value(now: Sequence[RecordKey], free: Iterable[int]) -> dict[tuple[int, str], list[int]]:
    """The rows that hold a value in a column, where they are few."""
    found: dict[tuple[int, str], list[int]] = {}
    for place in free:
        for value in _values(now[place]):
            found.setdefault(value, []).append(place)
    return {value: places for value, places in found.items() if len(places) <= MANY}


def _values(key: RecordKey) -> list[tuple[int, str]]:
    return [(column, text) for column, text in enumerate(key) if text]


def _shared(made: RecordKey, now: RecordKey) -> int:
    return sum(bool(text) and text == other for text, other in zip(made, now, strict=True))
