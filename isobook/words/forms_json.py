"""A projection as JSON for a program: `isobook forms --json`. Every key is on the page docs/json.md; no law is here.

Amounts are decimal text in dollars, shares are text without trailing zeros, days are YYYY-MM-DD; null is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine import Projection, YearResult
from engine.clients.projection import DIGITS
from engine.clients.year_result import Figures
from engine.federal.catalogue import FEDERAL
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.stock.record_tables import exercises, sales
from engine.language.lines import Line
from engine.language.money import rounded
from engine.language.nodes import Kind
from engine.language.table import Table
from engine.systems import SYSTEMS

from ..sources.places import SourcePlaces
from .forms import reported
from .open_items import items_json

CENTS: Final = Decimal("0.01")
KINDS_OF_8949: Final = {Decimal: Kind.MONEY, int: Kind.COUNT}
LIMIT_YEAR: Final = {
    "value": Kind.MONEY,
    "iso_value": Kind.MONEY,
    "iso_shares": Kind.SHARES,
    "nso_shares": Kind.SHARES,
}


def as_json(projection: Projection, places: SourcePlaces) -> str:
    """All of a client as JSON text; amounts of forms have the digits of the client's rounding.

    `places` are those of its source, so that an open item names the cell.
    """
    return json.dumps(document(projection, places), indent=2)


def document(projection: Projection, places: SourcePlaces) -> dict[str, Any]:
    """The same as values that JSON knows: text, whole numbers, true and false, null, lists and objects."""
    digits = DIGITS[projection.client.rounding]
    return {
        "years": {
            str(year): _year(result, digits) | {"form_8949": _form_8949(projection, year)}
            for year, result in projection.years.items()
        },
        "next_year": _next_year(projection, digits),
        "lots": rows_of(exercises, projection.lots),
        "sales": rows_of(sales, projection.sales),
        "ledger": _ledger(projection, digits),
        "limit": _limit(projection),
        "notes": projection.notes,
        "state": projection.state,
        "taken_as_none": {str(year): names for year, names in projection.taken_as_none.items()},
        "open_items": items_json(projection, places),
    }


def _year(result: YearResult, digits: int) -> dict[str, Any]:
    return {
        **{card.key: _texts(result.form(card), digits) for card in [*reported(), *SCHEDULE_D.values()]},
        "attach_6251": result.attach_6251,
        "carryover_out": _texts(result.carryover_out, digits),
        "overrides": _overrides(result, digits),
        "ready": result.ready,
        "missing": result.missing,
        "final": result.final,
    }


def _form_8949(projection: Projection, year: int) -> dict[str, list[dict[str, Any]]]:
    """Form 8949 of a year in each system: a row for each sale of a lot, and the totals of each box."""
    rows = {system: projection.form_8949(year, system) for system in SYSTEMS}
    totals = {system: projection.form_8949_totals(year, system) for system in SYSTEMS}
    return {
        **{system.name.lower(): list(map(_row_of_8949, rows[system])) for system in SYSTEMS},
        **{f"{system.name.lower()}_totals": list(map(_row_of_8949, totals[system])) for system in SYSTEMS},
    }


def _row_of_8949(row: Mapping[str, Any]) -> dict[str, Any]:
    """Columns (a) to (h): words, days and exact dollars; a box that is not known is null."""
    return {name: cell(value, KINDS_OF_8949.get(type(value), Kind.TEXT)) for name, value in row.items()}


def _overrides(result: YearResult, digits: int) -> dict[str, dict[str, str | None]]:
    """What is typed in place of what is carried in or made, by column of returns.csv."""
    known = result.ready and result.final
    return {
        each.column: _texts({"entered": each.entered, "computed": each.computed if known else None}, digits)
        for each in result.overrides
    }


def _next_year(projection: Projection, digits: int) -> dict[str, Any]:
    """The forms that are prepared for the year after the last one."""
    ahead = [card for card in FEDERAL.cards if card.runs_ahead]
    return {
        "year": max(projection.years) + 1,
        **{card.key: _texts(projection.ahead(card), digits) for card in ahead},
    }


def _ledger(projection: Projection, digits: int) -> dict[str, Any]:
    """The credit from year to year."""
    return {str(row.pop("year")): _texts(row, digits) for row in projection.ledger}


def _limit(projection: Projection) -> dict[str, Any]:
    """The $100,000 limit: by year and corporate group, and each tranche behind it."""
    years = [
        {"year": row["year"], "group": row["group"]}
        | {name: cell(row[name], kind) for name, kind in LIMIT_YEAR.items()}
        for row in projection.grant_years
    ]
    return {"years": years, "grants": rows_of(grants, projection.grants)}


def _texts(figures: Figures, digits: int) -> dict[str, str | None]:
    return {name: None if amount is None else f"{rounded(amount, digits):f}" for name, amount in figures.items()}


def rows_of(table: Table, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a table of records by column, in the order of its columns."""
    columns: list[Line] = table.columns
    return [{each.leaf.line: cell(row[each.leaf.line], each.leaf.kind) for each in columns} for row in rows]


def cell(value: Any, kind: Kind) -> str | int | bool | None:
    """One value of a record as JSON has it: exact, with cents at least where it is dollars."""
    if value is None or value == "":
        return None
    match kind:
        case Kind.MONEY | Kind.PRICE:
            exact = Decimal(value).normalize() + 0
            return f"{exact if exact.as_tuple().exponent < -2 else exact.quantize(CENTS):f}"  # type: ignore[operator]
        case Kind.SHARES | Kind.RATE:
            return f"{Decimal(value).normalize() + 0:f}"
        case Kind.COUNT | Kind.YEAR:
            return int(value)
        case Kind.FLAG:
            return bool(value)
    return str(value)
