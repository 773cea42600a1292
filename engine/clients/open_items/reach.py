"""Which form lines rest on an entry: followed through the expressions, from year to year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from ...columns import RETURNS
from ...federal.catalogue import FEDERAL
from ...federal.stock.record_tables import RECORDS
from ...federal.years import forms_of
from ...language.form import Standing
from ...language.lines import Line
from ...language.nodes import Column, leaves

JSON_KEYS: Final = {card.name: card.key for card in FEDERAL.cards}
RESULTS: Final = tuple(card.name for card in FEDERAL.standing(Standing.FILED))
NO_RESULT: Final = frozenset(card.name for card in FEDERAL.standing(Standing.ENTRIES, Standing.READINESS))
STATUS: Final = f"{RETURNS.sheet}.filing_status"
Lines = tuple[str, ...]


@lru_cache(maxsize=4096)
def lines_reached(keys: frozenset[str], starts: frozenset[int], first: int, last: int) -> Mapping[str, Lines]:
    """By year as text, the lines that read the entries, and the first filed line that follows: "form_6251.2k".

    `keys` are entries such as "inputs.wages" and "exercises.kind", read in the years of `starts`; `first` and `last`
    are the years of the file. A year in which nothing follows is left out.
    """
    entries, before = _with_columns(keys), frozenset[str]()
    found: dict[str, Lines] = {}
    for year in range(first, last + 1):
        typed = entries if year in starts else frozenset()
        readers, moved = _followed(year, year == first, typed, before)
        lines = list(dict.fromkeys([*map(_spelled, readers), *_first_result(year, year == first, moved)]))
        if lines:
            found[str(year)] = tuple(lines)
        before = moved
    return found


def _first_result(year: int, first: bool, moved: frozenset[str]) -> Iterator[str]:
    """The first line of a filed form among those that moved."""
    for name in RESULTS:
        for line in forms_of(year, first).forms[name].printed():
            if line.key in moved:
                yield _spelled(line)
                return


@cache
def _followed(
    year: int, first: bool, typed: frozenset[str], before: frozenset[str]
) -> tuple[tuple[Line, ...], frozenset[str]]:
    """The lines of a year that read an entry, and all that follow from them and from the lines of the year before."""
    readers, moved = [], set(typed)
    for line in forms_of(year, first).order:
        now, earlier = _taken(year, first)[line.key]
        if now & typed and line.leaf.sheet not in NO_RESULT:
            readers.append(line)
        if now & moved or earlier & before:
            moved.add(line.key)
    return tuple(readers), frozenset(moved - typed)


@cache
def _taken(year: int, first: bool) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """What each line of a year takes: of the same year, and of the year before."""
    found = {}
    for line in forms_of(year, first).order:
        now: set[str] = set()
        earlier: set[str] = set()
        for each in leaves(line.expression) if line.expression is not None else ():
            leaf = each.leaf if isinstance(each, Column) else each
            (earlier if leaf.years_ago else now).add(f"{leaf.sheet}.{leaf.line}")
            if leaf.sheet == "law" and not leaf.years_ago:
                now.add(STATUS)  # the law of a year is that of its filing status
        found[line.key] = frozenset(now), frozenset(earlier)
    return found


@cache
def _with_columns(keys: frozenset[str]) -> frozenset[str]:
    """The entries, and the columns of the record tables that follow from them."""
    moved = set(keys)
    for line in RECORDS:
        if line.expression is not None and moved.intersection(_columns_of(line)):
            moved.add(line.key)
    return frozenset(moved)


def _columns_of(line: Line) -> Iterator[str]:
    assert line.expression is not None
    for each in leaves(line.expression):
        leaf = each.leaf if isinstance(each, Column) else each
        yield f"{leaf.sheet}.{leaf.line}"


def _spelled(line: Line) -> str:
    """As JSON calls a line."""
    return f"{JSON_KEYS.get(line.leaf.sheet, line.leaf.sheet)}.{line.leaf.line}"


def of_entries(keys: Iterable[str], starts: Iterable[int], years: Iterable[int]) -> Mapping[str, Lines]:
    """The lines that entries reach in the years of a file; {} where there are none."""
    known = sorted(years)
    if not known:
        return {}
    return lines_reached(frozenset(keys), frozenset(known).intersection(starts), known[0], known[-1])
