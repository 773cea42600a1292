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
from ..year_result import shown_lines

SHOWN: Final = FEDERAL.standing(Standing.FILED, Standing.RETURN)  # what JSON has of a year, by line
JSON_KEYS: Final = {card.name: card.key for card in SHOWN}
ATTACHED: Final = "attach_6251"  # the one key of all attach tests
TESTS: Final = frozenset(card.name for card in FEDERAL.standing(Standing.TEST))
RESULTS: Final = tuple(card.name for card in FEDERAL.standing(Standing.FILED))
STATUS: Final = f"{RETURNS.sheet}.filing_status"
Lines = tuple[str, ...]


@lru_cache(maxsize=4096)
def lines_reached(keys: frozenset[str], starts: frozenset[int], first: int, last: int) -> Mapping[str, Lines]:
    """By year as text, the lines that read the entries, and the first filed line that follows: "form_6251.2k".

    A working that reads an entry stands for the lines that read it: JSON and the printed form have those alone.

    `keys` are entries such as "inputs.wages" and "exercises.kind", read in the years of `starts`; `first` and `last`
    are the years of the file. A year in which nothing follows is left out.
    """
    entries, before, read_before = _with_columns(keys), frozenset[str](), frozenset[str]()
    found: dict[str, Lines] = {}
    for year in range(first, last + 1):
        typed = entries if year in starts else frozenset()
        readers, moved = _followed(year, year == first, typed, before, read_before)
        lines = list(dict.fromkeys([*readers, *_first_result(year, year == first, moved)]))
        if lines:
            found[str(year)] = tuple(lines)
        before, read_before = moved, typed
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
    year: int, first: bool, typed: frozenset[str], before: frozenset[str], read_before: frozenset[str]
) -> tuple[Lines, frozenset[str]]:
    """The lines of a year that read an entry, and all that follow from them and from the lines of the year before.

    `read_before` are the entries of the year before: Form 8801 reads some of them.
    """
    readers: list[str] = []
    read, moved = set(typed), set(typed)  # the entries with the workings that read them; all that follows
    shown = _shown(year, first)
    for line in forms_of(year, first).order:
        now, earlier = _taken(year, first)[line.key]
        if now & read or earlier & read_before:
            if line.key in shown:
                readers.append(shown[line.key])
            else:
                read.add(line.key)
        if now & moved or earlier & (before | read_before):
            moved.add(line.key)
    return tuple(readers), frozenset(moved - typed)


@cache
def _shown(year: int, first: bool) -> Mapping[str, str]:
    """The lines that JSON has of a year, as it calls them."""
    forms = forms_of(year, first).forms
    lines = {line.key: f"{card.key}.{line.leaf.line}" for card in SHOWN for line in shown_lines(forms[card.name])}
    return lines | {line.key: ATTACHED for name in TESTS for line in forms[name].lines}


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
