"""Open items as rows of a list, the same in every face: by kind, one row a fact, with the headline above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ..columns import TABLES, ItemKind
from ..federal.catalogue import FEDERAL
from ..language.form import Standing
from .open_items import OpenItem

BANDS: Final = {
    ItemKind.MISSING: "Missing",
    ItemKind.CONFIRM: "To confirm",
    ItemKind.ESTIMATE: "Estimates",
    ItemKind.OPTIONAL: "Optional",
}
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FILED: Final = {card.key: card.title for card in FEDERAL.standing(Standing.FILED)}  # as `lines` of an item spells them
SPELLINGS: Final = re.compile(  # of columns, behind what they are called: "In wages (W-2)" (w2_income)
    rf" \((?:{'|'.join(sorted({name for table in TABLES.values() for name in table.names}))})\)"
)
MOST_LINES: Final = 2  # of a form, where an item reaches several
MOST_NAMED: Final = 12  # records of one row that are named


@dataclass(frozen=True)
class ItemRow:
    """One row of a list: an item, or several optional or settled ones of the same entry, with their years."""

    items: tuple[OpenItem, ...]

    @property
    def first(self) -> OpenItem:
        """The item that speaks for all of them: they differ in year or record alone."""
        return self.items[0]

    @property
    def what(self) -> str:
        """The sentence; of several items with their years or records in place of the first one's."""
        if len(self.items) == 1:
            return self.first.finding.what
        return f"{_whose(self.items)}: {_entry(self.first)}"

    @property
    def as_asked(self) -> str:
        """Why it is asked for, as a client reads it: without what whoever types is to do, and names of columns."""
        return SPELLINGS.sub("", self.first.finding.reason)


def open_rows(items: Iterable[OpenItem], kind: ItemKind) -> list[ItemRow]:
    """The rows of a kind that are not settled; optional items of one entry share a row."""
    of_kind = [each for each in items if each.finding.kind is kind and not each.is_settled]
    return _together(of_kind) if kind is ItemKind.OPTIONAL else [ItemRow((each,)) for each in of_kind]


def settled_rows(items: Iterable[OpenItem]) -> list[ItemRow]:
    """What answers have settled; items of one entry with the same answer share a row."""
    return _together([each for each in items if each.is_settled])


def headline(items: Sequence[OpenItem]) -> str:
    """Say how many rows are open: 'Nothing is missing. Three points to confirm, one optional comparison.'."""
    counts = {kind: len(open_rows(items, kind)) for kind in ItemKind}
    missing = counts[ItemKind.MISSING]
    first = f"{_count(missing, 'entry is', 'entries are')} missing." if missing else "Nothing is missing."
    others = (
        (ItemKind.CONFIRM, "point to confirm", "points to confirm"),
        (ItemKind.ESTIMATE, "estimate", "estimates"),
        (ItemKind.OPTIONAL, "optional comparison", "optional comparisons"),
    )
    told = [_count(counts[kind], one, many) for kind, one, many in others if counts[kind]]
    rest = f" {_capital(', '.join(told))}." if told else " Nothing is to be confirmed."
    return f"{_capital(first)}{rest}"


def reached(item: OpenItem) -> str:
    """Where an item reaches: 'Form 8801 line 18 of 2024, and what follows to 2026.'; "" where no filed line follows."""
    for year, lines in item.lines.items():
        filed = [each.partition(".") for each in lines if each.partition(".")[0] in FILED]
        if filed:
            *_, last = item.lines
            form = filed[0][0]
            numbers = [line for of, _, line in filed if of == form][:MOST_LINES]
            places = f"{FILED[form]} line{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)}"
            return f"{places} of {year}{f', and what follows to {last}' if last > year else ''}."
    return ""


def span(years: Iterable[int]) -> str:
    """Years in a sentence: '2020 to 2022, 2024'."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(_run(run) for run in runs)


def _run(years: Sequence[int]) -> str:
    if len(years) == 1:
        return str(years[0])
    return f"{years[0]}{', ' if len(years) == 2 else ' to '}{years[-1]}"


def _together(items: Iterable[OpenItem]) -> list[ItemRow]:
    """Items that say the same of different years or records, in the order of the first."""
    found: dict[tuple[str, ...], list[OpenItem]] = {}
    for each in items:
        key = each.finding.rule, each.finding.kind, _entry(each), each.answer or ""
        found.setdefault(key, []).append(each)
    return [ItemRow(tuple(rows)) for rows in found.values()]


def _entry(item: OpenItem) -> str:
    """What an item says, without the year or record before it."""
    what = item.finding.what
    return what.partition(": ")[2] or what


def _whose(items: Sequence[OpenItem]) -> str:
    records = list(dict.fromkeys(each.finding.record for each in items if each.finding.record))
    if records:
        more = f" and {len(records) - MOST_NAMED:,} more" if len(records) > MOST_NAMED else ""
        return f"{', '.join(records[:MOST_NAMED])}{more}"
    return span(each.finding.year for each in items if each.finding.year)


def _count(number: int, one: str, many: str) -> str:
    word = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
