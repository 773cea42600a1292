"""Open items in words and as JSON: the same in every command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from engine import Projection
from engine.clients.open_items import ClientState, OpenItem, unmatched
from engine.clients.resting import rests_on
from engine.columns import ItemKind

from ..sources.places import SourcePlaces
from .terminal import say

BANDS: Final = {
    ItemKind.MISSING: "Missing",
    ItemKind.CONFIRM: "To confirm",
    ItemKind.ESTIMATE: "Estimates",
    ItemKind.OPTIONAL: "Optional",
}
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def items_json(projection: Projection, places: SourcePlaces) -> list[dict[str, Any]]:
    """The open items as JSON has them, in order; docs/json.md names the keys."""
    rests = rests_on(projection)
    return [_json(each, places, rests) for each in projection.open_items]


def _json(item: OpenItem, places: SourcePlaces, rests: Mapping[str, str]) -> dict[str, Any]:
    found = item.finding
    place = places.at(found.table, found.row, found.column)
    return {
        "id": item.id,
        "year": found.year,
        "kind": found.kind,
        "why": found.why,
        "where": place.file,
        "row": place.row,
        "sheet": place.sheet,
        "cell": place.cell,
        "column": found.column or None,
        "record": found.record,
        "what": found.what,
        "taken": found.taken,
        "lines": {year: list(lines) for year, lines in item.lines.items()},
        "rests": rests.get(item.id),
        "ask": found.ask,
        "document": found.document or None,
        "answer": item.answer,
    }


def headline(items: Sequence[OpenItem]) -> str:
    """Say how many items are open: 'Nothing is missing. Three points to confirm, one optional comparison.'."""
    counts = {kind: sum(each.finding.kind is kind and not each.is_settled for each in items) for kind in ItemKind}
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


def _count(number: int, one: str, many: str) -> str:
    word = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def show_items(projection: Projection, places: SourcePlaces) -> None:
    """Print the open items by kind: what, where, what rests on it, whom to ask for which document, and the id."""
    items, rests = projection.open_items, rests_on(projection)
    say(f"Open items: {projection.state}. {headline(items)}")
    for kind, band in BANDS.items():
        of_kind = [each for each in items if each.finding.kind is kind and not each.is_settled]
        if of_kind:
            say(f"  {band}:")
        if kind is ItemKind.OPTIONAL:
            for line in _in_short(of_kind):
                say(f"    {line}")
            continue
        for each in of_kind:
            _show(each, places, rests.get(each.id))
    _show_answers(projection)


def _show(item: OpenItem, places: SourcePlaces, rests: str | None) -> None:
    found = item.finding
    where = str(places.at(found.table, found.row, found.column)) if found.row else ""
    say(f"    {found.what}{f' ({where})' if where else ''}")
    if rests:
        say(f"      {rests}")
    say(f"      Ask: {found.ask}{f'; {found.document}' if found.document else ''}. Id: {item.id}")
    if item.outdated:
        say(f"      An answer was given to other figures: {item.outdated}")


def _in_short(items: Sequence[OpenItem]) -> Iterator[str]:
    """Optional items of the same entry in one line, with their years or records."""
    by_rule = sorted(items, key=lambda each: (each.finding.rule, each.finding.year or 0))
    for _, group in groupby(by_rule, key=lambda each: each.finding.rule):
        of_rule = list(group)
        whose = [each.finding.record or str(each.finding.year or "") for each in of_rule]
        first = of_rule[0].finding.what
        yield first if len(of_rule) == 1 else f"{', '.join(dict.fromkeys(whose))}: {first.partition(': ')[2] or first}"


def _show_answers(projection: Projection) -> None:
    """What is settled, and answers to nothing."""
    settled = [each for each in projection.open_items if each.is_settled]
    if settled:
        say(f"  Settled by an answer: {len(settled)}")
    outdated = {each.outdated for each in projection.open_items if each.outdated}
    for answer in unmatched(projection.open_items, projection.client.answers):
        if answer.answer not in outdated:
            say(f"  answers.csv: {answer.item_id} is no open item, or its figures have changed: {answer.answer}")


def presses(projection: Projection) -> bool:
    """Tell whether something is missing or to be confirmed."""
    return projection.state is not ClientState.READY
