"""Tables with the boxes of Forms 3921 and 3922 or columns of ours: one row per form, or one column beside labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from engine.errors import InputError, Problem
from engine.records.cells import CellError, yes_no

from ...sources.client_folder import TABLES, row_problems
from ...sources.csv_table import CsvTable
from ...sources.headers import match, meaning, plain
from ...sources.misread_numbers import NUMBERS, has_decimal_point, misread, misread_numbers
from ..found_records import AMOUNTS, FoundAt, FoundLot, Reading, Sold, equal_rows
from ..grids import amount_text

BOXES: Final = ("date_granted", "date_exercised", "exercise_price", "fmv_exercise", "shares")  # 1 to 5
_ONLY_3922: Final = re.compile(
    r"3922|legaltitle|423c|employeestockpurchase|pershareongrantdate|marketvalue(?:pershare)?ongrant"
    r"|box[78](?![0-9])|^8exerciseprice|^7date|^6no(?:of)?shares|^6numberofshares|^5exerciseprice"
    r"|exercisepricepaid|grantmarketvalue|titletransferdate|grantdateexerciseprice|asifexercised"
)
CORRECTED_HEADERS: Final = frozenset({"corrected", "iscorrected", "correctedform", "correctedifchecked"})
_POSITIONAL_DAY: Final = re.compile(r"(0?[1-9]|1[0-2])[0-3][0-9](19|20)?[0-9]{2}")


class UnknownColumnsError(InputError):
    """Columns that are not ours; `block` is a [columns] table of client.toml to fill in."""

    def __init__(self, problems: list[Problem], block: list[str]) -> None:
        super().__init__(problems)
        self.block = block


def is_3922(labels: list[str]) -> bool:
    """Tell whether labels are of Form 3922, whose boxes 3 to 6 mean other things."""
    return any(_ONLY_3922.search(plain(label)) for label in labels)


def is_ours(table: CsvTable, own: Mapping[str, str]) -> bool:
    """Tell whether any header or label of a sheet is known: sheets of remarks are not."""
    known = TABLES["exercises"].known | TABLES["sales"].known | dict(own)
    labels = [*table.header, *(row[0] for _, row in table.rows if row)]
    return is_3922(labels) or any(meaning(label, known) for label in labels if label)


def read(table: CsvTable, own: Mapping[str, str]) -> Reading:
    """The exercises or sales of a table; `own` has plain headers and the columns they mean ("" leaves one out)."""
    table = _named_3922(table)
    if standing := _standing(table):
        return standing
    if _is_positional(table):
        expected = "a header row: without one nothing says which cell is which box"
        remedy = "Give it a header such as Box 1 to Box 5, or import the forms as PDF."
        value = "rows as tax-filing software imports them"
        raise InputError([Problem(table.file, table.header_row, "", value, expected, remedy)])
    return _read_rows(table, own)


def _named_3922(table: CsvTable) -> CsvTable:
    """A table whose bare box numbers are of Form 3922, said so: boxes 7 and 8 are of no other form.

    Where a row leaves box 7 blank it may be a Form 3921, and the numbers stay in doubt.
    """
    rows = [(table.header_row, table.header), *table.rows]
    labels = [row[0] for _, row in rows if row]
    known = TABLES["exercises"].known
    if is_3922(labels) and sum(bool(meaning(label, known)) for label in labels) >= 4:  # one column per form
        named = [(number, [_of_3922(row[0]), *row[1:]] if row else row) for number, row in rows]
        return replace(table, header=named[0][1], rows=named[1:])
    place = next((at for at, each in enumerate(table.header) if plain(each).endswith("box7")), None)
    certain = place is not None and all(place < len(row) and row[place] for _, row in table.rows)
    return replace(table, header=list(map(_of_3922, table.header))) if certain else table


def _of_3922(label: str) -> str:
    """A bare box number with the form before it."""
    return f"3922 {label}" if re.fullmatch(r"box[1-8]", plain(label)) else label


def _read_rows(table: CsvTable, own: Mapping[str, str]) -> Reading:
    """One row a record."""
    kind = _kind(table, own)
    columns = TABLES[kind].columns
    known = TABLES[kind].known | {header: name for header, name in own.items() if name in columns or not name}
    marks = {at for at, each in enumerate(table.header) if plain(each) in CORRECTED_HEADERS}
    known |= dict.fromkeys(CORRECTED_HEADERS, "")
    needed = columns.needed
    needed.pop("exercise_id", None)
    matched = match(table, known, needed)
    if matched.problems:
        raise UnknownColumnsError(matched.problems, _block(table, known))
    form = "Form 3922" if matched.form_3922 else "Form 3921"
    reading = Reading(table.file, f"{form} by its boxes" if _by_boxes(table) else f"a table of {kind}")
    left = [each for at, each in enumerate(table.header) if each and at not in marks and meaning(each, known) == ""]
    if left:
        reading.left.append(f"columns {', '.join(left)}: [columns] says so")
    for number, row in table.rows:
        reading.problems += row_problems(table, matched, number, row)
        cells = {
            name: amount_text(row[place]) if name in AMOUNTS else row[place]
            for place, name in matched.columns.items()
            if place < len(row) and row[place]
        }
        cells = {"kind": "ESPP"} | cells if matched.form_3922 else cells
        mark = next((row[at] for at in marks if at < len(row) and row[at]), "")
        _take(reading, kind, cells, FoundAt(table.file, number, matched.spelled), mark)
    reading.problems += misread_numbers(table, matched.columns, TABLES[kind].units)
    reading.problems += equal_rows(reading.lots)
    return reading


def _take(reading: Reading, kind: str, cells: dict[str, str], place: FoundAt, mark: str = "") -> None:
    """One record; `mark` is what stands in a column for forms that are corrected."""
    if kind == "sales":
        reading.sales.append(Sold(cells, place))
        return
    try:
        corrected = bool(mark) and (plain(mark) in ("x", "corrected", "1") or yes_no(mark))
    except CellError as error:
        expected = "yes or no: whether the form is marked CORRECTED"
        reading.problems.append(Problem(place.file, place.row, "corrected", mark, expected, error.remedy))
        corrected = False
    account = cells.pop("exercise_id", "")
    reading.lots.append(FoundLot(cells, place, account, corrected=corrected))


def _kind(table: CsvTable, own: Mapping[str, str]) -> str:
    known = TABLES["sales"].known | dict(own)
    return "sales" if any(meaning(header, known) == "date_sold" for header in table.header) else "exercises"


def _by_boxes(table: CsvTable) -> bool:
    return sum(bool(re.search(r"box[1-6]|^[1-6](?=.)", plain(header))) for header in table.header) >= 4


def _block(table: CsvTable, known: Mapping[str, str]) -> list[str]:
    """A [columns] table that names each header that is not known, ready to be filled in."""
    unknown = [header for header in table.header if header and meaning(header, known) is None]
    if not unknown:
        return []
    quoted = [header.replace("\\", "\\\\").replace('"', '\\"') for header in unknown]
    lines = [f'"{"".join(filter(str.isprintable, header))}" = ""' for header in quoted]
    return ["[columns]", *dict.fromkeys(lines)]


def _standing(table: CsvTable) -> Reading | None:
    """One form a column: the labels of the boxes stand in the first, the values beside them."""
    known = TABLES["exercises"].known
    rows = [(table.header_row, table.header), *table.rows]
    labels = {number: meaning(row[0], known) for number, row in rows if row and row[0]}
    found = [name for name in labels.values() if name in BOXES]
    if len(set(found)) < 4:
        return None
    form = "3922" if is_3922([row[0] for _, row in rows if row]) else "3921"
    marks = next((row for _, row in rows if row and plain(row[0]) in CORRECTED_HEADERS), [])
    places = sorted({place for number, row in rows if labels.get(number) for place in range(1, len(row)) if row[place]})
    reading = Reading(table.file, f"Form {form}, its boxes in rows")
    spelled: dict[str, str] = {}
    for number, row in rows:
        if (name := labels.get(number)) is None and len(row) > 1 and any(row[1:]) and row is not marks:
            reading.left.append(f"row {number}: {row[0]}")
        elif name and spelled.setdefault(name, row[0]) != row[0]:
            both = f"{spelled[name]} and {row[0]}"
            remedy = "Remove one of the two."
            reading.problems.append(Problem(table.file, number, row[0], both, f"one row for {name}", remedy))
    reading.problems += _misread(table, rows, labels)
    for place in places:
        cells = {
            name: amount_text(row[place]) if name in AMOUNTS else row[place]
            for number, row in rows
            if (name := labels.get(number)) and place < len(row) and row[place]
        }
        where = f"{table.file}, column {place + 1}" if len(places) > 1 else table.file
        cells = {"kind": "ESPP"} | cells if form == "3922" else cells
        mark = marks[place] if place < len(marks) else ""
        _take(reading, "exercises", cells, FoundAt(where, None, spelled), mark)
    reading.problems += equal_rows(reading.lots)
    return reading


def _misread(table: CsvTable, rows: list[tuple[int, list[str]]], labels: Mapping[int, str | None]) -> Iterator[Problem]:
    """The values beside labels that could be two numbers."""
    if table.delimiter != ";":
        return
    units = TABLES["exercises"].units
    cells = [(number, row[0], units.get(labels.get(number) or ""), cell) for number, row in rows for cell in row[1:]]
    point = has_decimal_point(cell for _, _, unit, cell in cells if unit in NUMBERS)
    for number, label, unit, cell in cells:
        if found := misread(cell, unit, decimal_point=point):
            yield Problem(table.file, number, label, cell, *found)


def _is_positional(table: CsvTable) -> bool:
    """The layout of filing software: no header; addresses, then two days as MMDDYYYY and three numbers."""
    row = table.header
    return any(
        _POSITIONAL_DAY.fullmatch(row[place])
        and _POSITIONAL_DAY.fullmatch(row[place + 1])
        and all(re.fullmatch(r"[0-9.,$]+", cell) for cell in row[place + 2 : place + 5])
        for place in range(len(row) - 4)
    )


def without_title(table: CsvTable) -> CsvTable:
    """The table below a title: rows of one cell before the header are no header."""
    rows = [(table.header_row, table.header), *table.rows]
    first = next((place for place, (_, row) in enumerate(rows[:10]) if sum(map(bool, row)) > 1), 0)
    number, header = rows[first]
    return replace(table, header_row=number, header=header, rows=rows[first + 1 :])
