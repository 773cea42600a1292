"""From what rules find to open items: the id of each, the lines that it reaches, and the answer that settles it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Final

from ...columns import TABLES, ItemKind
from ...records import Answer
from .computed import ComputedClient
from .item import Finding, OpenItem
from .reach import of_entries

DIGEST: Final = 6  # characters of an id that change with the figures
FIGURE: Final = re.compile(  # of a sentence: dollars, shares and days; lines, boxes and sections are its words
    r"(?P<dollars>-?\$-?[\d,]*\.?\d+)|(?P<shares>[\d,]*\.?\d+)(?= shares\b)"
    r"|(?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})|(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
)
ORDER: Final = tuple(ItemKind)


def items_of(computed: ComputedClient, findings: Iterable[Finding]) -> list[OpenItem]:
    """The open items, the most pressing first, then by year and place."""
    answers = {each.item_id.casefold(): each for each in computed.client.answers}
    stale = {each.item_id.casefold().rpartition("-")[0]: each for each in computed.client.answers}
    found = sorted(findings, key=_place)
    return [
        OpenItem(
            name,
            finding,
            _lines(computed, finding),
            _words(answers.get(name.casefold())),
            _words(stale.get(name.casefold().rpartition("-")[0]) if name.casefold() not in answers else None),
        )
        for name, finding in zip(_ids(found), found, strict=True)
    ]


def unmatched(items: Sequence[OpenItem], answers: Iterable[Answer]) -> list[Answer]:
    """The answers to items that are not open, or not with these figures."""
    names = {item.id.casefold() for item in items}
    return [each for each in answers if each.item_id.casefold() not in names]


def _place(finding: Finding) -> tuple[object, ...]:
    return (
        ORDER.index(finding.kind),
        finding.year or 0,
        finding.table,
        finding.row or 0,
        finding.column,
        finding.rule,
    )


def _ids(findings: Sequence[Finding]) -> Iterator[str]:
    """'2024-amt-carryover-3f2a9c': year or record, rule, and a digest of the figures; equal ones are numbered."""
    seen: dict[str, int] = {}
    for each in findings:
        name = f"{each.record or each.year or 'client'}-{each.rule}-{_digest(each)}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"


def _digest(finding: Finding) -> str:
    """Over the figures and days that the item tells, not over its words, which releases change, nor over its row."""
    told = (finding.column, _spelled(finding.taken), *figures_told(finding.what), *map(_spelled, finding.speaks_of))
    return sha256("\n".join(told).encode()).hexdigest()[:DIGEST]


def figures_told(sentence: str) -> Iterator[str]:
    """The dollars, shares and days of a sentence in their order, each in one spelling: "$1,234.50" as "1234.5"."""
    for found in FIGURE.finditer(sentence):
        text = found[0].replace("$", "")
        yield _day(text) if found["day"] else _spelled(text)


def _day(text: str) -> str:
    """August 1, 2023 as 2023-08-01; what only looks like a day stays as it is."""
    try:
        return f"{datetime.strptime(text, '%B %d, %Y'):%Y-%m-%d}"
    except ValueError:
        return text


def _spelled(value: object) -> str:
    """An amount in one spelling, 1234.5 of "1,234.50"; all else as text."""
    text = str(value)
    try:
        return f"{Decimal(text.replace(',', '')).normalize():f}"
    except InvalidOperation:
        return text


def _lines(computed: ComputedClient, finding: Finding) -> Mapping[str, tuple[str, ...]]:
    if not finding.column and not finding.reads:
        return {}
    reads = finding.reads or (f"{TABLES[finding.table].sheet}.{finding.column}",)
    starts = finding.years or ((finding.year,) if finding.year else tuple(computed.years))
    return of_entries(reads, starts, computed.years)


def _words(answer: Answer | None) -> str | None:
    return answer.answer if answer else None
