"""Which record is the client's: the one as received, or what now stands in the tables.

The tables show lots after splits, and each sale with its lot. Rows that a person left as they were are still the
records that came in; the others are what the person made of them. Whether both fit together is not argued but tried:
the records are resolved again, and must give the tables as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from engine.clients.projection import Projection, project
from engine.errors import InputError
from engine.federal.stock.record_tables import sales
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.table import Table
from engine.records import Client

from ..xlsx.cell_xml import safe_text
from .cells import FoundRow
from .record_partners import RecordKey, unchanged
from .record_tables import TABLES, entries

NUMBERS: Final = frozenset({Kind.MONEY, Kind.PRICE, Kind.SHARES, Kind.COUNT})
FoundTables = Mapping[str, Sequence[FoundRow]]


class Received(NamedTuple):
    """The client as received, and its records with their places in the workbook."""

    client: Client
    rows: FoundTables


def settled(
    found: FoundTables, received: Received | None, made: Mapping[str, list[RecordKey]]
) -> tuple[dict[str, Sequence[FoundRow]], bool]:
    """The client's tables, returns aside; and whether what was received had to be given up for what is shown.

    `made` are the rows that the workbook showed when it was made.
    """
    shown = {table.sheet: found[table.sheet] for table in TABLES}
    if received is None:
        return shown, False
    if row_keys(shown) == made:
        return _where_shown(received, shown), False
    if (visible := _client(shown)) is None:
        return shown, False  # what is wrong is told where the client is read
    goal = _counted(_made(visible))
    for candidate in (dict(received.rows), _mixed(received, made, _made(visible), shown)):
        if (client := _client(candidate)) and _counted(_made(client)) == goal:
            return candidate, False
    return shown, _was_resolved(received.client)


def _where_shown(received: Received, shown: FoundTables) -> dict[str, Sequence[FoundRow]]:
    """The records received, each at the row of its table that a person sees; a column of no table stays where it is."""
    rows = dict(received.rows)
    for table, seen in shown.items():
        places: dict[int, Mapping[str, str]] = {}
        for owner, row in zip(_owners(received.client, table), seen, strict=True):
            places.setdefault(owner, row.places)
        rows[table] = [
            FoundRow(row.cells, {**row.places, **places.get(owner, {})})
            for owner, row in enumerate(rows.get(table, ()))
        ]
    return rows


def _mixed(
    received: Received, made: Mapping[str, list[RecordKey]], now: Mapping[str, list[RecordKey]], shown: FoundTables
) -> dict[str, Sequence[FoundRow]]:
    """The records received whose rows are all still there, and the other rows as they are."""
    mixed = dict(received.rows)
    for table in TABLES:
        owners = _owners(received.client, table.sheet)
        partners = unchanged(made[table.sheet], now[table.sheet])
        broken = {owner for place, owner in enumerate(owners) if place not in partners.values()}
        rows, done = [], set()
        for place, row in enumerate(shown[table.sheet]):
            owner = owners[partners[place]] if place in partners else None
            if owner is None or owner in broken:
                rows.append(row)
            elif owner not in done:
                done.add(owner)
                rows.append(FoundRow(received.rows[table.sheet][owner].cells, row.places))
        mixed[table.sheet] = rows
    return mixed


def _owners(client: Client, table: str) -> list[int]:
    """Of which record received each row of a table is; a sale first in, first out may be several rows."""
    if table == sales.sheet:
        return [sale.row - 1 for sale in client.resolved.sales]
    return list(range(len(getattr(client, table))))


def client_of(tables: FoundTables, **settings: Any) -> Client:
    """The client of some tables. Raises InputError."""
    records: dict[str, Any] = {table: [row.cells for row in rows] for table, rows in tables.items()}
    return Client(**records, **settings)


def _client(tables: FoundTables) -> Client | None:
    try:
        return client_of({table: rows for table, rows in tables.items() if table != "returns"})
    except InputError:
        return None


def _was_resolved(client: Client) -> bool:
    """Tell whether the tables show anything but the records themselves."""
    return bool(client.splits) or any(sale.exercise_id is None for sale in client.sales)


def _made(client: Client) -> dict[str, list[RecordKey]]:
    return keys_made(project(client.model_copy()))


def keys_made(projection: Projection) -> dict[str, list[RecordKey]]:
    """The rows that a workbook of the projection shows, by table."""
    return {table.sheet: _keys(projection.records, table) for table in TABLES}


def row_keys(shown: FoundTables) -> dict[str, list[RecordKey]]:
    """The rows of some tables as they are."""
    return {
        table.sheet: [_key(row.cells, table) for row in shown[table.sheet]] for table in TABLES if table.sheet in shown
    }


def _keys(records: Mapping[str, Sequence[Any]], table: Table) -> list[RecordKey]:
    columns = [[_plain(value) for value in records.get(line.key, ())] for line in entries(table)]
    return list(zip(*columns, strict=True))


def _key(cells: Mapping[str, str], table: Table) -> RecordKey:
    return tuple(_typed(cells.get(line.leaf.line, ""), line) for line in entries(table))


def _typed(text: str, line: Line) -> str:
    if line.leaf.kind not in NUMBERS:
        return text
    try:
        return _short(float(text))
    except ValueError:
        return text


def _plain(value: object) -> str:
    if value is None or isinstance(value, str):
        return safe_text(value or "").strip()
    return value.isoformat() if isinstance(value, date) else _short(float(str(value)))


def _short(value: float) -> str:
    """A number by its first 15 digits, which programs that save a file keep."""
    return f"{value:.15g}"


def _counted(made: Mapping[str, list[RecordKey]]) -> dict[str, Counter[RecordKey]]:
    return {table: Counter(keys) for table, keys in made.items()}
