"""A client is years in a row, each fed by the one before: the public face of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Final, cast

from ..columns.returns import Stage, open_year_of
from ..errors import InputError, Problem
from ..federal.forms.form_8801 import FORM_8801
from ..federal.stock.hundred_thousand_limit import GRANTS, grants
from ..federal.stock.record_tables import RECORDS, exercises, sales
from ..federal.stock.wages_of_divided_sales import wages_of_lots
from ..federal.tax_year import parameters
from ..federal.wages.form_w2 import ties_of
from ..federal.years import (
    blank_entries,
    compiled,
    compiled_following,
    compiled_grants,
    compiled_records,
    forms_ahead,
)
from ..filing import YEARS, Status
from ..language.form import FormCard
from ..language.money import ZERO, rounded
from ..language.nodes import Kind
from ..language.roles import Role
from ..language.table import Table
from ..records import Client, Exercise, Return, resolve_grants
from ..records.forms_w2 import forms_w2_entries, in_one_case
from ..records.lots import ResolvedSale
from ..systems import System
from .filed_sales import FormRow, form_8949_rows, form_8949_totals
from .notes import all_notes
from .open_items import ClientState, ComputedClient, OpenItem, open_items, state_of, taken_as_none
from .year_result import Figures, YearResult

DIGITS: Final = {"dollars": 0, "cents": 2}
NO_YEAR: Final = f"Add a row for a tax year to returns.csv, or an exercise of {YEARS[0]} or later to exercises.csv."
GRANT_SUMS: Final = ("value", "iso_value", "iso_shares", "nso_shares")
LEDGER_ROW: Final = {
    "opening": Role.CREDIT_CARRIED_IN,
    "made": Role.CREDIT_MADE,
    "lost": Role.CREDIT_BELOW_ZERO,
    "used": Role.CREDIT_USED,
    "closing": Role.CREDIT_CARRIED_OUT,
    "amt": Role.MINIMUM_TAX,
}
LEDGER_ROW_AFTER: Final = {"makes_credit": Role.CREDIT_MADE, "exclusion_part": Role.EXCLUSION_PART}


@dataclass(frozen=True)
class Projection:
    """All years of a client, and the lots behind them."""

    client: Client
    years: Mapping[int, YearResult]
    records: Mapping[str, Sequence[Any]]  # every column of the record tables: "exercises.adjustment"
    following: Mapping[str, Any]  # Form 8801 of the year after the last, "f8801.21", up to line 21

    def need_years(self) -> Projection:
        """The projection itself. Raises InputError where there is no year to compute."""
        if not self.years:
            raise InputError([Problem("returns.csv", None, "tax_year", "", "at least one tax year", NO_YEAR)])
        return self

    @property
    def lots(self) -> list[dict[str, Any]]:
        """One lot an exercise, in the order given: its record and what follows from it (dollars, shares, days)."""
        return self._rows(exercises)

    @property
    def sales(self) -> list[dict[str, Any]]:
        """One row a lot sold, FIFO sales split by lot: both bases, ordinary income, both gains (dollars)."""
        return self._rows(sales)

    def form_8949(self, year: int, system: System) -> list[FormRow]:
        """Form 8949 of a year and system, a row for each sale of a lot: part, box, lot, sale and columns (a) to (h)."""
        return form_8949_rows(self.sales, self.client.resolved.sales, year, system)

    def form_8949_totals(self, year: int, system: System) -> list[FormRow]:
        """Its totals by box: part, box, line of Schedule D, and columns (d), (e), (g), (h) in dollars."""
        return form_8949_totals(self.form_8949(year, system))

    @property
    def grants(self) -> list[dict[str, Any]]:
        """The $100,000 limit, one row a tranche in the order given: value, what was taken before, ISO and NSO shares.

        Dollars, shares, days; empty where no grants are on record.
        """
        return self._rows(grants) if self.client.grants else []

    @property
    def grant_years(self) -> list[dict[str, Any]]:
        """The same by calendar year and group: value first exercisable, of it ISO, shares of each kind."""
        found: dict[tuple[int, str], dict[str, Any]] = {}
        for row in self.grants:
            key = int(row["year"]), row["group"]
            kept = found.setdefault(key, {"year": key[0], "group": key[1], **dict.fromkeys(GRANT_SUMS, ZERO)})
            kept |= {name: kept[name] + row[name] for name in GRANT_SUMS}
        return [found[key] for key in sorted(found)]

    @property
    def notes(self) -> list[str]:
        """What deserves a look though nothing is refused, one sentence each: records, income of sales, then grants."""
        return all_notes(self.client, self.records, self.as_given, self.grants)

    @cached_property
    def open_items(self) -> list[OpenItem]:
        """What a person has to enter, confirm or may compare, the most pressing first; settled items are among them."""
        return open_items(self._computed)

    @property
    def state(self) -> ClientState:
        """How the client stands: ready, to confirm, or needs entries."""
        return state_of(self.open_items)

    @property
    def stages(self) -> Mapping[int, Stage]:
        """How far the return of each year is, as entered or as a blank is taken: filed, open or planned."""
        return self._computed.stages

    @property
    def open_year(self) -> int | None:
        """The last year whose return is open; None where none is."""
        return open_year_of(self.stages)

    @property
    def taken_as_none(self) -> Mapping[int, list[str]]:
        """By year, the columns whose blank cells count as none and about which nothing is asked."""
        return taken_as_none(self._computed, self.open_items)

    @cached_property
    def _computed(self) -> ComputedClient:
        return ComputedClient(self.client, self.years, self.records, self.as_given, self.following, self.grants)

    @property
    def as_given(self) -> Mapping[str, Sequence[Any]]:
        """The columns of the exercises in shares of the day of exercise, as their forms have them, before any split."""
        if not self.client.splits:
            return self.records
        return _figured(self.client.exercises, (), _options(self.client)[1])

    @property
    def ledger(self) -> list[dict[str, Any]]:
        """The minimum tax credit, one row per year in dollars, None in a year that is not ready.

        Opening, made, used, closing; the AMT of the year, what of it makes credit next year and what does not.
        """
        rows = []
        for year, result in self.years.items():
            row = {name: result.figure(role) for name, role in LEDGER_ROW.items()}
            row |= {name: self.in_year_after(year, role) for name, role in LEDGER_ROW_AFTER.items()}
            known = result.ready and result.final
            rows.append({"year": year} | {name: value if known else None for name, value in row.items()})
        return rows

    def in_year_after(self, year: int, role: Role) -> Any:
        """What a line of the year after comes to; after the last year, of a form that is prepared ahead."""
        later = self.years.get(year + 1)
        return later.figure(role) if later else self.following[forms_ahead(year).key(role)]

    def ahead(self, card: FormCard) -> Figures:
        """A form prepared for the year after the last, by line number; None where the last year is not ready."""
        if not self.years:
            return {}
        last = max(self.years)
        ready = self.years[last].ready and self.years[last].final
        printed = forms_ahead(last).forms[card.name].printed()
        return {line.leaf.line: self.following[line.key] if ready else None for line in printed}

    @property
    def following_8801(self) -> Figures:
        """Form 8801 for the year after the last, up to line 21; None where the last year is not ready."""
        return self.ahead(FORM_8801)

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        columns = {line.leaf.line: self.records[line.key] for line in table.columns}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def project(client: Client) -> Projection:
    """Figure all years of one client, exactly."""
    digits, options = _options(client)
    entries = {each.tax_year: _entries(each, digits) for each in client.returns}
    resolved = client.resolved
    records = _figured(resolved.exercises, resolved.sales, options)
    if client.grants:
        listed = _columns(grants, resolve_grants(client.grants, client.splits, client.resolved.exercises))
        records = {**records, **listed, **compiled_grants()(listed)}
    if client.w2:
        records = {**records, **ties_of(forms_w2_entries(client, records, in_one_case))}
    results: dict[int, YearResult] = {}
    before: Mapping[str, Any] = {}
    for year in years_of(client, records):
        typed = entries.get(year, {})
        status = cast(Status, typed.get("inputs.filing_status") or "single")
        now = {**blank_entries(year), **typed, **parameters(year, status), **options, **records}
        first = not before
        results[year] = YearResult(year, first, now | compiled(year, first)(now, before))
        before = results[year].figures
    following = compiled_following(max(results))(options, before) if results else {}
    return Projection(client, results, records, following)


def _figured(lots: Sequence[Exercise], pieces: Sequence[ResolvedSale], options: Mapping[str, Any]) -> dict[str, Any]:
    """The record tables, with every column."""
    tables = {**_columns(exercises, lots), **_columns(sales, pieces)}
    records = {**tables, **compiled_records()({**tables, **options})}
    wages, incomes = tables["sales.w2_income"], records["sales.ordinary"]
    if allotted := wages_of_lots([piece.row for piece in pieces], wages, incomes):
        tables["sales.w2_income"] = allotted
        records = {**tables, **compiled_records()({**tables, **options})}
    return records


def years_of(client: Client, records: Mapping[str, Sequence[Any]]) -> range:
    """From the first row of returns.csv through its last, or the last record year; covered years only."""
    found = {*records["exercises.year_included"], *records["sales.year_sold"]}
    recorded = {int(year) for year in found if YEARS[0] <= year <= YEARS[-1]}
    returned = [each.tax_year for each in client.returns]
    years = {*returned, *(year for year in recorded if not returned or year > returned[0])}
    return range(min(years), max(years) + 1) if years else range(0)


def _options(client: Client) -> tuple[int, dict[str, Any]]:
    digits = DIGITS[client.rounding]
    return digits, {"options.rounding": digits, "options.tax_method": client.tax_method}


def _entries(row: Return, digits: int) -> dict[str, Any]:
    """One row of returns.csv as the forms read it; its amounts are rounded here."""
    blank = blank_entries(row.tax_year)
    values = {key: getattr(row, key.removeprefix("inputs.")) for key in blank}
    return {key: _value(value, digits) for key, value in values.items() if value is not None}


def _columns(table: Table, rows: Sequence[Any]) -> dict[str, list[Any]]:
    """The records as columns; `row` numbers them from 1."""
    columns: dict[str, list[Any]] = {
        key: [_cell(getattr(row, name), kind) for row in rows] for key, name, kind in _entry_columns(table.sheet)
    }
    return columns | {f"{table.sheet}.row": list(range(1, len(rows) + 1))}


@cache
def _entry_columns(sheet: str) -> tuple[tuple[str, str, Kind], ...]:
    """The columns that come with a record: key, name, kind."""
    entries = [line for line in (*RECORDS, *GRANTS) if line.leaf.sheet == sheet and line.expression is None]
    return tuple((line.key, line.leaf.line, line.leaf.kind) for line in entries if line.leaf.line != "row")


def _cell(value: object, kind: Kind) -> object:
    """A blank word is "" and a yes-or-no is a word, as in a cell; other blanks stay None."""
    return _value(value, None) if value is not None else "" if kind is Kind.TEXT else None


def _value(value: object, digits: int | None) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return rounded(value, digits) if isinstance(value, Decimal) and digits is not None else value
