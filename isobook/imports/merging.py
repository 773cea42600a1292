"""Lots and sales of files joined with a client's folder: what is there already is found again and never doubled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.errors import InputError, Problem
from engine.records.identity import employer_key

from .client_table import ClientTable
from .corrections import changes, corrected_reference, corrected_row, may_be_corrected, superseded_by, unmarked
from .duplicates import is_finer, same_lot
from .found_records import SOLD_ONLY, FoundLot, Reading, RecordOutcome, meant
from .layouts.etrade_lots import WHERE_ELSE
from .merged import SHARES, Merged, clean_id, join_sale, new_id, raise_shares, say_blank_employers, say_unknown_shares


def merge(folder: Path, readings: Iterable[Reading], own: Mapping[str, str]) -> Merged:
    """Join readings with a folder, forms before shares sold. Raises InputError with all that stands in the way."""
    tables: list[ClientTable] = []
    problems: list[Problem] = []
    for kind in ("exercises", "sales"):
        try:
            tables.append(ClientTable.read(folder, kind, own))
        except InputError as error:
            problems += list(error.problems)
    readings = sorted(readings, key=lambda reading: (bool(reading.sales), any(lot.corrected for lot in reading.lots)))
    problems += [problem for reading in readings for problem in reading.problems]
    if problems:
        raise InputError(problems)
    merged = Merged(exercises=tables[0], sales=tables[1])
    for reading in readings:
        problems += _join(merged, reading)
    if problems:
        raise InputError(problems)
    say_unknown_shares(merged)
    say_blank_employers(merged)
    return merged


def _join(merged: Merged, reading: Reading) -> list[Problem]:
    """Join one file and say what became of each record; no two of its lots are taken for one row of the folder."""
    problems: list[Problem] = []
    rows: dict[int, dict[str, str]] = {}
    used: set[int] = set()
    for lot in sorted(reading.lots, key=lambda each: each.corrected):
        row = _row_of(merged, reading, lot, used)
        if isinstance(row, Problem):
            problems.append(row)
        elif row is not None:
            used.add(id(row))
            rows[id(lot)] = row
            merged.touched.append(row)
    before = list(merged.sales.rows)
    for sale in reading.sales:
        if sale.lot is None or id(sale.lot) in rows:
            reading.said.append(join_sale(merged, sale, rows, before))
        elif sale.lot.lacks:
            lacks = ", ".join(sale.lot.lacks)
            why = (
                f"the lot is not in exercises.csv, and the file lacks {lacks}: {WHERE_ELSE[sale.lot.kind]}, and import"
            )
            reading.left.append(f"row {sale.place.row}: {why} this file again")
    for lot in reading.lots:
        if lot.only_sold and id(lot) in rows:
            raise_shares(merged, reading, rows[id(lot)])
    return problems


def _row_of(merged: Merged, reading: Reading, lot: FoundLot, used: set[int]) -> dict[str, str] | Problem | None:
    """The row of a lot: found, corrected or added, and it is said which; none where it cannot be added."""
    said, rows = reading.said, merged.exercises.rows
    found = _find(merged, lot, used, needs_one=bool(reading.sales))
    if isinstance(found, Problem):
        return found
    if found is not None:
        said.append(_again(merged, lot, found))
        return found
    if lot.corrected:
        return _corrected(merged, reading, lot)
    if lot.lacks:
        return None
    if not lot.only_sold:
        if row := superseded_by(rows, lot):
            words = f"already there, as corrected: exercise {row['exercise_id']} ({lot.place}): this is the form before"
            said.append(RecordOutcome(words, is_new=False))
            return row
        if row := may_be_corrected(rows, lot):
            return unmarked(lot, row)
    return _added(merged, lot, said)


def _corrected(merged: Merged, reading: Reading, lot: FoundLot) -> dict[str, str] | Problem:
    """The row that a corrected form corrects; the form itself where what it corrects is not there."""
    row = corrected_row(merged.exercises.rows, lot)
    if isinstance(row, Problem):
        return row
    if row is None:
        if near := _near(merged, lot):
            return _corrects(lot, near)
        row = _added(merged, lot, reading.said)
        merged.unknown.append(
            f"which form {row['exercise_id']} corrects: it is marked CORRECTED, and no exercise is like it; if one is "
            "in exercises.csv, remove it"
        )
        return row
    name = row["exercise_id"]
    if not (told := changes(row, lot)):
        reading.said.append(_again(merged, lot, row))
        return row
    before = merged.exercises.correct(row, told)
    row["doc_ref"] = corrected_reference(row, lot, before)
    changed = ", ".join(f"{each} {told[each]} in place of {before[each] or 'a blank'}" for each in told)
    reading.said.append(RecordOutcome(f"corrected exercise {name} ({lot.place}): {changed}", is_new=False))
    merged.exercises.fill(row, {each: cell for each, cell in lot.cells.items() if each not in (*told, "doc_ref")})
    if "exercise_price" in told and row.get("price_exact"):
        merged.unknown.append(
            f"whether price_exact {row['price_exact']} of {name} holds: the corrected form has another price; compare "
            "the broker's confirmation"
        )
    return row


def _find(merged: Merged, lot: FoundLot, used: set[int], *, needs_one: bool) -> dict[str, str] | Problem | None:
    """The folder's row of a lot. Forms are matched one to one; shares sold must not have two lots to be of."""
    found = [row for row in merged.exercises.rows if id(row) not in used and _is_row_of(row, lot)]
    if needs_one and len(found) > 1:
        ids = " and ".join(row.get("exercise_id", "") for row in found)
        expected = f"shares of one lot: {ids} are both of that grant, days and price"
        remedy = "Tell them apart by grant_id in exercises.csv, or type the sale with its exercise_id into sales.csv."
        return lot.place.locate(
            Problem("", None, "date_exercised", lot.cells.get("date_exercised", ""), expected, remedy)
        )
    by_id = [row for row in found if row.get("exercise_id") == clean_id(lot.account)]
    return next(iter(by_id or found), None)


def _is_row_of(row: dict[str, str], lot: FoundLot) -> bool:
    """Tell whether a row is of a lot; shares that are those sold only are not compared."""
    sold_only = lot.only_sold or SOLD_ONLY in row.get("doc_ref", "")
    return same_lot(row, lot.cells, lot.account, with_shares=not sold_only)


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
    cells = {"exercise_id": new_id(merged.exercises, lot), **lot.cells}
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
    words = f"already there: exercise {row['exercise_id']} ({lot.place})"
    if SOLD_ONLY in row.get("doc_ref", "") and not lot.only_sold and cells.get(SHARES):
        reference = ", ".join(filter(None, [lot.cells.get("doc_ref", ""), lot.account and f"account {lot.account}"]))
        before = merged.exercises.correct(row, {SHARES: cells[SHARES], "doc_ref": reference[-200:]})
        words += f"; shares {cells[SHARES]}, as the form has them, in place of the {before[SHARES]} sold"
    filled = merged.exercises.fill(row, cells)
    if filled:
        words += f"; filled in {', '.join(f'{name} {cell}' for name, cell in filled.items())}"
    return RecordOutcome(words, is_new=False)
