"""What to do about a header of no column: the nearest by whole words, and never a column that the file has already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

from engine.columns import TABLES, Unit

LEAST: Final = 0.6  # of the words of two spellings together, so many must be in both: two of three, and not one of two
AS_ONE_WORD: Final = 0.85  # how alike two spellings are that are not told apart by their words
A_TYPO: Final = 0.8  # how alike a word is to the one that it is taken for
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+[a-z]?")
_REMARK: Final = re.compile(r"\([^)]*\)")
NOISE: Final = frozenset({"of", "the", "a", "an", "per", "in", "on", "at", "to", "for", "and", "as", "by"})
MEANT: Final = {  # other words for the same
    **dict.fromkeys(("qty", "quantity", "quantities", "units", "options", "share", "shares"), ("share",)),
    **dict.fromkeys(("px", "prc", "prices"), ("price",)),
    **dict.fromkeys(("dt", "day"), ("date",)),
    **dict.fromkeys(("sell", "selling"), ("sale",)),
    **dict.fromkeys(("purchased", "bought", "buy"), ("purchase",)),
    "vesting": ("vest",),
    "fmv": ("fair", "market", "value"),
    "fair": ("fair", "market"),
    "st": ("short", "term"),
    "lt": ("long", "term"),
}
QUALIFIERS: Final = frozenset(  # a header that has one of them is another thing than a spelling without it
    {"adjusted", "currency", "estimated", "foreign", "gross", "net", "remaining", "total", "wash", "withheld"}
)
_A_SHARE: Final = re.compile(r"(\bper|\ba|\beach|/)[ _]*(share|sh)\b", re.IGNORECASE)
_IN_ALL: Final = re.compile(r"\b(total|aggregate|sum|net|gross)\b", re.IGNORECASE)
ALL_UNITS: Final = frozenset(Unit)


def nearest_columns(headers: Iterable[str], known: Mapping[str, str], taken: Iterable[str]) -> dict[str, str]:
    """The column that each unknown header is nearest to: none that is taken, and none for two of the headers.

    `known` has plain spellings and the columns they mean. A header that is as near to two columns has none.
    """
    found: dict[str, str] = {}
    gone = set(taken)
    scored = {header: near for header in headers if (near := _nearest(header, known))}
    for header, (column, _) in sorted(scored.items(), key=lambda each: -each[1][1]):
        if column not in gone:
            found[header] = column
            gone.add(column)
    return found


def seems_to_be(header: str, known: Mapping[str, str]) -> str | None:
    """The column that a header seems to mean, whether or not the file has it already."""
    near = _nearest(header, known)
    return near[0] if near else None


def _nearest(header: str, known: Mapping[str, str]) -> tuple[str, float] | None:
    """The one column that is nearest, with how near it is: 1 where all words are the same."""
    units = _units(header)
    usable = {spelling: column for spelling, column in known.items() if column and _unit(column) in units}
    words = _words(header, _vocabulary(frozenset(usable)))
    scores: dict[str, float] = {}
    for spelling, column in usable.items():
        scores[column] = max(scores.get(column, 0.0), _alike(words, _spelled(spelling)))
    best = max(scores.values(), default=0.0)
    if best >= LEAST:
        columns = [column for column, score in scores.items() if score == best]
        return (columns[0], best) if len(columns) == 1 else None
    near = get_close_matches("".join(filter(str.isalnum, header.casefold())), usable, n=1, cutoff=AS_ONE_WORD)
    return (usable[near[0]], AS_ONE_WORD) if near else None


def _alike(header: frozenset[str], spelling: frozenset[str]) -> float:
    """Which part of all their words both have; none where the header says that it is another thing."""
    if not spelling or header & QUALIFIERS - spelling:
        return 0.0
    return len(header & spelling) / len(header | spelling)


def _units(header: str) -> frozenset[Unit]:
    """The units that a header can be of: a day is no price, and what is a share is no total."""
    words = _words(header, frozenset())
    if _A_SHARE.search(header):
        return frozenset({Unit.DOLLARS_A_SHARE})
    if words & {"price", "strike", "value"}:
        return frozenset({Unit.DOLLARS} if _IN_ALL.search(header) else {Unit.DOLLARS, Unit.DOLLARS_A_SHARE})
    if "date" in words:
        return frozenset({Unit.DAY})
    if "share" in words:
        return frozenset({Unit.SHARES})
    return ALL_UNITS - {Unit.DOLLARS_A_SHARE} if _IN_ALL.search(header) else ALL_UNITS


@cache
def _unit(column: str) -> Unit | None:
    return next((table[column].unit for table in TABLES.values() if column in table), None)


@cache
def _raw() -> Mapping[str, str]:
    """Each spelling of a header as it is written, by the same without marks."""
    spellings = (each for table in TABLES.values() for column in table for each in (column.name, *column.headers))
    return {"".join(filter(str.isalnum, each.casefold())): each for each in spellings}


@cache
def _spelled(plain: str) -> frozenset[str]:
    """The words of a known spelling."""
    return _words(_raw().get(plain, plain), frozenset())


@cache
def _vocabulary(known: frozenset[str]) -> frozenset[str]:
    return frozenset(word for spelling in known for word in _spelled(spelling))


def _words(header: str, vocabulary: frozenset[str]) -> frozenset[str]:
    """The words that tell what a header is; one that is misspelled is taken for the known word it is most like."""
    text = _REMARK.sub(" ", header)
    found: set[str] = set()
    for each in _WORD.findall((text if any(map(str.isalnum, text)) else header).replace("_", " ")):
        word = each.casefold()
        for part in () if word in NOISE else MEANT.get(word, (_singular(word),)):
            near = get_close_matches(part, vocabulary, 1, A_TYPO) if vocabulary and part not in vocabulary else []
            found.add(near[0] if near else part)
    return frozenset(found)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
