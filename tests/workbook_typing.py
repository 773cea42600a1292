"""Typing into the yellow cells of a workbook, and the client that is computed the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from engine import Client, project
from engine.records import LETTERHEAD, resolve_grants
from tests.spreadsheets import differences, type_in
from tests.spreadsheets.engines import Values
from tests.spreadsheets.typed_input import Typed
from tests.workbook_facts import Facts, engine_differences
from workbook_templates.fill import shape_of, workbook

RESOLVED = ("lot", "row", "iso_exercised")  # fields that reading adds to a record
Row = dict[str, Any]


@dataclass(frozen=True)
class Typing:
    """Cells typed over: a year and column, a table with position and column, a setting."""

    returns: Mapping[tuple[int, str], Typed] = field(default_factory=dict)
    records: Mapping[tuple[str, int, str], Typed] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, later: Typing) -> Typing:
        return Typing(
            {**self.returns, **later.returns},
            {**self.records, **later.records},
            {**self.options, **later.options},
        )

    def cells(self, facts: Facts, first: int) -> dict[tuple[str, str], Typed]:
        """What to type where."""
        return {
            **{facts.entry(year, column): value for (year, column), value in self.returns.items()},
            **{facts.record(*place): value for place, value in self.records.items()},
            **{facts.option(name): value for name, value in self.options.items()},
        }

    def client(self, client: Client, years: Sequence[int]) -> Client:
        """The client that the workbook shows, with the changes; every year has a row, if only a blank one."""
        rows: dict[int, Row] = {year: {"tax_year": year} for year in years}
        rows |= {row.tax_year: row.model_dump() for row in client.returns}
        for (year, column), value in self.returns.items():
            rows[year][column] = value
        tables = shown(client)
        for (table, place, column), value in self.records.items():
            tables[table].extend({} for _ in range(place + 1 - len(tables[table])))
            tables[table][place][column] = value
        filled = {table: [row for row in lots if any(map(_is_filled, row.values()))] for table, lots in tables.items()}
        settings = {name: getattr(client, name) for name in ("name", "rounding", "tax_method", *LETTERHEAD)}
        everything: dict[str, Any] = {**settings, **self.options, **filled, "returns": rows.values()}
        return Client(**everything)


def shown(client: Client) -> dict[str, list[Row]]:
    """The records as the workbook shows them: each sale with its lot, all in today's shares."""
    exercises = [lot.model_dump() for lot in client.resolved.exercises]
    sales = [sale.model_dump(exclude=set(RESOLVED)) for sale in client.resolved.sales]
    resolved = resolve_grants(client.grants, client.splits, client.resolved.exercises)
    grants = [grant.model_dump(exclude=set(RESOLVED)) for grant in resolved]
    return {"exercises": exercises, "sales": sales, "grants": grants}


def _is_filled(value: object) -> bool:
    return value is not None


class Changed(NamedTuple):
    """A workbook typed into, and the workbook of the client with the same changes."""

    client: Client
    same_places: bool  # not where a further row asks for a larger table
    typed: Path
    anew: Path


def change(name: str, client: Client, typing: Typing, folder: Path) -> Changed:
    """Type into the client's workbook, and build the changed client's beside it."""
    projection = project(client)
    years = list(projection.years)
    changed = typing.client(client, years)
    before, anew = folder / f"{name} before.xlsx", folder / f"{name} anew.xlsx"
    before.write_bytes(workbook(client))
    anew.write_bytes(workbook(changed))
    typed = type_in(before, typing.cells(Facts(before), years[0]), folder / f"{name} typed.xlsx")
    shapes = [shape_of(each)._replace(cents=False) for each in (projection, project(changed))]
    return Changed(changed, shapes[0] == shapes[1], typed, anew)


def typed_differences(changed: Changed, engine: str, values: Values) -> list[str]:
    """Where the recalculated file is not what our engine figures, and not what a workbook built anew shows."""
    found = engine_differences(Facts(changed.typed), values, project(changed.client))
    if not changed.same_places:
        return found
    as_made = {f"{place.sheet}!{place.cell}" for place in Facts(changed.anew).as_made}
    others = differences(changed.anew, engine, values)
    return found + [each for each in others if each.partition(":")[0] not in as_made]
