"""Nothing is assumed in silence: properties over all entry columns, the example clients and random ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from engine import Client, InputError, Projection, project
from engine.clients.open_items import OpenItem
from engine.columns import TABLES, ItemKind
from engine.federal.catalogue import FEDERAL
from engine.language.form import Standing
from engine.language.roles import Role
from engine.systems import AMT, REGULAR
from isobook.sources import read_source
from tests.complete_clients import complete_clients
from tests.random_clients import random_client

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
CLIENTS: Final = ("all-equity", "article-2025", "four-years", "grant-limit", "mixed", "six-years", "underwater")
FORMS: Final = [card.name for card in FEDERAL.standing(Standing.FILED, Standing.RETURN, Standing.WORKSHEET)]
ENTERED: Final = ("exercises", "sales", "returns")  # tables on whose cells form lines rest
COUNT: Final = 200
PRESSING: Final = (ItemKind.MISSING, ItemKind.CONFIRM)


@cache
def example(name: str) -> Projection:
    """An example client, computed."""
    return project(read_source(EXAMPLES / name))


def lines(projection: Projection) -> dict[int, dict[str, Any]]:
    """The printed lines of all forms, by year."""
    return {
        year: {
            line.key: result.figures[line.key]
            for name in FORMS
            for line in result.forms.forms[name].printed()
            if isinstance(result.figures[line.key], Decimal)
        }
        for year, result in projection.years.items()
    }


def differing(one: Projection, other: Projection) -> list[int]:
    """The years in which a line differs, or which only one of them has."""
    first, second = lines(one), lines(other)
    return [year for year in sorted(first.keys() | second.keys()) if first.get(year) != second.get(year)]


def cells(client: Client) -> Iterator[tuple[str, int, str]]:
    """The cells that are filled in: table, row from 1, column."""
    for table in ENTERED:
        for place, record in enumerate(getattr(client, table), 1):
            for column in TABLES[table].names:
                if column in record.model_fields_set:
                    yield table, place, column


def is_told(projection: Projection, before: Projection, table: str, row: int, column: str) -> bool:
    """Whether an item names the cell, or a new one its record, or the column is listed as none."""
    known = {each.id for each in before.open_items}
    record = getattr(projection.client, table)[row - 1]
    for each in projection.open_items:
        found = each.finding
        if (found.table, found.row, found.column) == (table, row, column):
            return True
        if each.id not in known and found.record and found.record == getattr(record, "exercise_id", None):
            return True
    return any(column in names for names in projection.taken_as_none.values())


@pytest.mark.parametrize("name", [*CLIENTS, "open-items"])
def test_a_cell_that_is_blanked_changes_nothing_or_is_told(name: str) -> None:
    """Refused, or without effect on any line, or an open item, or listed as none."""
    before, silent = example(name), []
    for table, row, column in cells(before.client):
        try:
            after = project(before.client.with_cells(table, row, {column: None}))
        except InputError:
            continue
        if differing(before, after) and not is_told(after, before, table, row, column):
            silent.append((table, row, column))
    assert silent == []


def test_a_cell_of_a_random_client_that_is_blanked_changes_nothing_or_is_told() -> None:
    """25 cells of each of 100 clients, with overrides, bases beyond the purchase and all kinds of pay."""
    random, silent = Random(12), []
    for number in range(100):
        before = project(random_client(random))
        drawn = list(cells(before.client))
        for table, row, column in random.sample(drawn, min(25, len(drawn))):
            try:
                after = project(before.client.with_cells(table, row, {column: None}))
            except InputError:
                continue
            if differing(before, after) and not is_told(after, before, table, row, column):
                silent.append((number, table, row, column))
    assert silent == []


@pytest.mark.parametrize("name", CLIENTS)
def test_the_examples_have_nothing_missing_and_nothing_to_confirm(name: str) -> None:
    """What they show is settled by their entries and answers."""
    assert [each.finding.what for each in example(name).open_items if presses(each)] == []


def presses(item: OpenItem) -> bool:
    """Whether an item is missing or to confirm, and not settled."""
    return item.finding.kind in PRESSING and not item.is_settled


def test_nothing_is_asked_of_a_client_who_gives_all() -> None:
    """200 random clients: nothing missing, nothing to confirm."""
    found = {
        each.finding.what for client in complete_clients(COUNT) for each in project(client).open_items if presses(each)
    }
    assert found == set()


# --- years before the file -------------------------------------------------------------------------------


def carried_into(complete: Projection, year: int) -> dict[str, Decimal]:
    """What a complete client carries into a year, as its first row would type it."""
    now = complete.years[year]
    return {
        "mtc_carryforward_in": now.figure(Role.CREDIT_CARRIED_IN),
        "mtc_line_18_in": now.figure(Role.CREDIT_MADE),
        "short_term_carryover_in": -now.figure(Role.SHORT_TERM_CARRIED_IN, REGULAR),
        "long_term_carryover_in": -now.figure(Role.LONG_TERM_CARRIED_IN, REGULAR),
        "amt_short_term_carryover_in": -now.figure(Role.SHORT_TERM_CARRIED_IN, AMT),
        "amt_long_term_carryover_in": -now.figure(Role.LONG_TERM_CARRIED_IN, AMT),
    }


def with_earlier_records() -> Iterator[tuple[Random, Projection, int]]:
    """Random clients with a record before a later year of theirs, from which a file could begin."""
    random, found = Random(1212), 0
    while found < COUNT:
        complete = project(random_client(random))
        years = [year for year, each in complete.years.items() if each.ready and each.final]
        if len(complete.client.returns) < 2 or years != [each.tax_year for each in complete.client.returns]:
            continue
        first = random.choice(years[1:])
        recorded = [*complete.records["exercises.year_included"], *complete.records["sales.year_sold"]]
        if any(year < first for year in recorded):
            found += 1
            yield random, complete, first


def file_from(complete: Projection, first: int, carried: Mapping[str, Decimal]) -> Projection:
    """The client's file as it would begin with a later year."""
    client = complete.client
    returns = [dict(each) for each in client.returns if each.tax_year >= first]
    returns[0] |= {name: carried.get(name) for name in carried_into(complete, first)}
    tables = {name: getattr(client, name) for name in ("exercises", "sales", "splits", "grants")}
    rows = [{name: value for name, value in row.items() if value is not None} for row in returns]
    return project(Client(**tables, returns=rows, rounding=client.rounding, tax_method=client.tax_method))


@pytest.fixture(scope="module")
def later_files() -> list[tuple[Projection, int, frozenset[str]]]:
    """The same clients each time, with the carried-in entries that are left out."""
    return [
        (complete, first, frozenset(name for name in carried_into(complete, first) if random.random() < 0.4))
        for random, complete, first in with_earlier_records()
    ]


def years_with_other_lines(complete: Projection, file: Projection, first: int) -> set[int]:
    """The years of the file in which a line is not that of the complete client.

    Lines 1 to 17 and Part III of the first Form 8801 are the year before, which the file does not have: an optional
    item says so. What they come to stands on line 18.
    """
    ours, theirs = lines(file), lines(complete)
    own = {line.key for line in file.years[first].forms.forms["f8801"].printed() if line.leaf.line in FROM_LINE_18}
    found = set()
    for year, figures in ours.items():
        compared = {
            key: value for key, value in figures.items() if year > first or key in own or not key.startswith("f8801.")
        }
        if any(value != theirs[year][key] for key, value in compared.items()):
            found.add(year)
    return found


FROM_LINE_18: Final = ("18", "19", "21", "22", "23", "24", "25", "26")


def test_a_file_with_all_that_is_carried_in_has_the_lines_of_the_complete_client(
    later_files: list[tuple[Projection, int, frozenset[str]]],
) -> None:
    """So that what differs below differs for what is left out."""
    for complete, first, _ in later_files:
        file = file_from(complete, first, carried_into(complete, first))
        assert years_with_other_lines(complete, file, first) == set()


def test_no_line_differs_for_what_is_left_out_without_an_item_that_reaches_it(
    later_files: list[tuple[Projection, int, frozenset[str]]],
) -> None:
    """In each such year some item that presses names a line."""
    differed = 0
    for complete, first, left_out in later_files:
        carried = {name: value for name, value in carried_into(complete, first).items() if name not in left_out}
        file = file_from(complete, first, carried)
        reached = {int(year) for each in file.open_items if presses(each) for year in each.lines}
        others = years_with_other_lines(complete, file, first)
        differed += len(others)
        assert others <= reached
    assert differed > COUNT / 2  # the property is tried
