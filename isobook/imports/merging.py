"""Lots and sales of files joined with a client's folder: what is there already is found again and never doubled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import InputError, Problem
from engine.records.identity import employer_key, excel_key

from .client_table import ClientTable
from .duplicates import is_finer, same_lot, same_sale
from .found_records import FoundLot, Reading, RecordOutcome, Sold, meant

_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9._/-]+")
LONGEST_ID: Final = 60
SHARES: Final = "shares"


@dataclass
class Merged:
    """The folder's two tables with what was added, and sentences on what no file told."""

    exercises: ClientTable
    sales: ClientTable
    unknown: list[str] = field(default_factory=list)


def merge(folder: Path, readings: Iterable[Reading], own: Mapping[str, str]) -> Merged:
    """Join readings with a folder, forms before shares sold. Raises InputError with all that stands in the way."""
    tables: list[ClientTable] = []
    problems: list[Problem] = []
    for kind in ("exercises", "sales"):
        try:
            tables.append(ClientTable.read(folder, kind, own))
        except InputError as error:
            problems += list(error.problems)
    readings = sorted(readings, key=lambda reading: bool(reading.sales))
    problems += [problem for reading in readings for problem in reading.problems]
    if problems:
        raise InputError(problems)
    merged = Merged(exercises=tables[0], sales=tables[1])
    for reading in readings:
        problems += _join(merged, reading)
    if problems:
        raise InputError(problems)
    _say_unknown_shares(merged)
    return merged


def _join(merged: Merged, reading: Reading) -> list[Problem]:
    """Join one file and say what became of each record; no two of its lots are taken for one row of the folder."""
    said = reading.said
    problems: list[Problem] = []
    ids: dict[int, str] = {}
    used: set[int] = set()
    for lot in reading.lots:
        found = _find(merged, lot, used, needs_one=bool(reading.sales))
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if found is None and lot.corrected and (near := _near(merged, lot)):
            problems.append(_corrects(lot, near))
            continue
        row = found if found is not None else _added(merged, lot, said)
        used.add(id(row))
        ids[id(lot)] = row["exercise_id"]
        if found is not None:
            said.append(_again(merged, lot, row))
    before = list(merged.sales.rows)
    for sale in reading.sales:
        if sale.lot is None or id(sale.lot) in ids:
            said.append(_join_sale(merged, sale, ids, before))
    return problems


def _find(merged: Merged, lot: FoundLot, used: set[int], *, needs_one: bool) -> dict[str, str] | Problem | None:
    """The folder's row of a lot. Forms are matched one to one; shares sold must not have two lots to be of."""
    found = [row for row in merged.exercises.rows if id(row) not in used and same_lot(row, lot.cells, lot.account)]
    if needs_one and len(found) > 1:
        ids = " and ".join(row.get("exercise_id", "") for row in found)
        expected = f"shares of one lot: {ids} are both of that grant, days and price"
        remedy = "Tell them apart by grant_id in exercises.csv, or type the sale with its exercise_id into sales.csv."
        return lot.place.locate(
            Problem("", None, "date_exercised", lot.cells.get("date_exercised", ""), expected, remedy)
        )
    by_id = [row for row in found if row.get("exercise_id") == _clean(lot.account)]
    return next(iter(by_id or found), None)


def _near(merged: Merged, lot: FoundLot) -> list[str]:
    """The exercises that have the days of a lot."""
    days = {name: meant(name, lot.cells.get(name, "")) for name in ("date_granted", "date_exercised")}
    rows = merged.exercises.rows
    same = (row for row in rows if all(meant(name, row.get(name, "")) == day for name, day in days.items()))
    return [row.get("exercise_id", "") for row in same]


def _corrects(lot: FoundLot, near: list[str]) -> Problem:
    """Both forms together would count one exercise twice."""
    ids = ", ".join(near)
    expected = f"no exercise of the same days beside a corrected form: {ids} may be what it corrects"
    remedy = "Remove that row of exercises.csv, or the file of the earlier form, and import again."
    return lot.place.locate(Problem("", None, "corrected", "true", expected, remedy))


def _added(merged: Merged, lot: FoundLot, said: list[RecordOutcome]) -> dict[str, str]:
    """A new row, its id settled."""
    cells = {"exercise_id": _new_id(merged.exercises, lot), **lot.cells}
    if lot.account:
        cells["doc_ref"] = f"{cells.get('doc_ref', '')}, account {lot.account}".strip(", ")[-200:]
    near = _near(merged, lot)
    merged.exercises.add(cells)
    said.append(RecordOutcome(f"exercise {cells['exercise_id']} ({lot.place})", is_new=True))
    if near:
        merged.unknown.append(
            f"whether {cells['exercise_id']} is another exercise than {', '.join(near)}, of the same days: if it is "
            "the same, remove one of the two rows"
        )
    return merged.exercises.rows[-1]


def _again(merged: Merged, lot: FoundLot, row: dict[str, str]) -> RecordOutcome:
    cells = {name: cell for name, cell in lot.cells.items() if name != "doc_ref"}
    if is_finer(cells.get("exercise_price", ""), row.get("exercise_price", "")):
        cells["price_exact"] = cells["exercise_price"]
    employers = (row.get("employer", ""), cells.get("employer", ""))
    if not lot.only_sold and all(employers) and employer_key(employers[0]) != employer_key(employers[1]):
        merged.unknown.append(
            f"whether {employers[0]} and {employers[1]} are one employer ({row['exercise_id']}): name it alike in "
            "every row, because splits and first in, first out go by it"
        )
    filled = merged.exercises.fill(row, cells)
    words = f"already there: exercise {row['exercise_id']} ({lot.place})"
    if filled:
        words += f"; filled in {', '.join(f'{name} {cell}' for name, cell in filled.items())}"
    return RecordOutcome(words, is_new=False)


def _join_sale(merged: Merged, sale: Sold, ids: Mapping[int, str], before: list[dict[str, str]]) -> RecordOutcome:
    cells = ({"exercise_id": ids[id(sale.lot)]} if sale.lot else {}) | sale.cells
    words = (
        f"sale of {cells['shares']} shares of {cells.get('exercise_id') or 'the first lots'} on {cells['date_sold']}"
    )
    for place, row in enumerate(before):
        if same_sale(row, cells):
            del before[place]  # a second sale of the day, shares and price is another one
            return RecordOutcome(f"already there: {words} ({sale.place})", is_new=False)
    merged.sales.add(cells)
    return RecordOutcome(f"{words} ({sale.place})", is_new=True)


def _new_id(table: ClientTable, lot: FoundLot) -> str:
    """An id from the account number of the form, else from the grant and the day of exercise."""
    day = lot.cells.get("date_exercised", "").replace("/", "-")
    base = _clean(lot.account) or _clean(f"{lot.cells.get('grant_id') or 'ISO'}-{day}")
    taken = {excel_key(row.get("exercise_id", "")) for row in table.rows}
    tried = [base, *([f"{base}-{day}"] if lot.account else [])]
    tried += [f"{tried[-1]}-{number}" for number in range(2, len(table.rows) + 3)]
    return next(each for each in tried if excel_key(each) not in taken)


def _clean(text: str) -> str:
    return _NOT_IN_IDS.sub("-", text.strip()).strip("-")[:LONGEST_ID]


def _say_unknown_shares(merged: Merged) -> None:
    """Shares sold are no shares exercised: a lot that only sales tell of stays without its number."""
    for row in merged.exercises.rows:
        if not row.get(SHARES):
            merged.unknown.append(
                f"how many shares {row['exercise_id']} was of: the file has shares sold only. Fill in shares in "
                "exercises.csv from Form 3921 box 5, or import that form; until then isobook check refuses the row, "
                "because line 2i could be too low"
            )
