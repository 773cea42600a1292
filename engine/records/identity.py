"""When two spellings mean the same: ids as Excel sees them, employers whatever their case and spaces."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER: Final = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]-?[0-9]{1,3})?")
_LEGAL_FORM: Final = re.compile(r"\b(?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc)\b")
_DATE: Final = re.compile(r"[0-9]{1,4}([-/][0-9]{1,4}){1,2}")


def excel_key(identifier: str) -> object:
    """What an id becomes in Excel: two ids with equal keys are one and the same to its lookups.

    Numbers count by their first 15 digits, dates by their day whatever their spelling, letters in either case.
    """
    if _NUMBER.fullmatch(identifier):
        sign, digits, exponent = Decimal(identifier).as_tuple()
        significant = "".join(map(str, digits)).lstrip("0")
        shift = int(exponent) + len(significant)
        return sign if significant else 0, significant[:15].rstrip("0"), shift if significant else 0
    if _DATE.fullmatch(identifier):
        parts = [int(part) for part in re.split("[-/]", identifier)]
        if len(parts) == 3 and parts[0] > 31:
            parts = [*parts[1:], parts[0]]
        if len(parts) == 3 and parts[2] < 100:
            parts[2] += 2000 if parts[2] < 30 else 1900  # as Excel fills up a short year
        return tuple(parts)
    return identifier.casefold()


def employer_key(employer: str | None) -> str:
    """An employer without case and spaces; empty where none is named."""
    return "".join((employer or "").casefold().split())


def likely_employer(employer: str) -> str:
    """An employer without marks and the words of its legal form: Birch Labs, Inc. and Birch Labs are likely one.

    For a question only: records are matched by `employer_key`.
    """
    return "".join(filter(str.isalnum, _LEGAL_FORM.sub("", employer.casefold())))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known spelling most like a word, as the end of a sentence: "; the nearest is E1"."""
    spellings = {each.casefold(): each for each in known}
    found = get_close_matches(word.casefold(), spellings, n=1)
    return f"; the nearest is {spellings[found[0]]}" if found else ""
