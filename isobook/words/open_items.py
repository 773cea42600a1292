"""Open items in words and as JSON: the same in every command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import Projection
from engine.clients.item_rows import BANDS, headline, open_rows
from engine.clients.open_items import ClientState, OpenItem, unmatched
from engine.clients.resting import rests_on
from engine.columns import ItemKind

from ..sources.places import SourcePlaces
from .terminal import say


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


def in_one_line(projection: Projection) -> str:
    """The state of the client and how many items are open."""
    return f"Open items: {projection.state}. {headline(projection.open_items)}"


def tell_open(projection: Projection) -> None:
    """Print that line where something is missing or to be confirmed, and where the items are listed."""
    if presses(projection):
        say(f"{in_one_line(projection)} isobook check lists them.")


def show_items(projection: Projection, places: SourcePlaces) -> None:
    """Print the open items by kind: what, where, what rests on it, whom to ask for which document, and the id."""
    items, rests = projection.open_items, rests_on(projection)
    say(in_one_line(projection))
    for kind, band in BANDS.items():
        rows = open_rows(items, kind)
        if rows:
            say(f"  {band}:")
        for row in rows:
            if kind is ItemKind.OPTIONAL:
                say(f"    {places.said(row.what)}")
            else:
                _show(row.first, places, rests.get(row.first.id))
    _show_answers(projection)


def _show(item: OpenItem, places: SourcePlaces, rests: str | None) -> None:
    found = item.finding
    where = str(places.at(found.table, found.row, found.column)) if found.row else ""
    say(f"    {places.said(found.what)}{f' ({where})' if where else ''}")
    if rests:
        say(f"      {rests}")
    document = f"; {places.said(found.document)}" if found.document else ""
    say(f"      Ask: {found.ask}{document}. Id: {item.id}")
    if item.outdated:
        say(f"      An answer was given to other figures: {item.outdated}")


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
