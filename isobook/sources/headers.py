"""Whose column is it: headers of many spellings matched to the columns of the records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.columns import EXERCISES, RecordTable
from engine.errors import Problem

from .csv_table import CsvTable
from .header_advice import nearest_columns, seems_to_be

PROCEEDS: Final = (
    "proceeds",
    "totalproceeds",
    "grossproceeds",
    "box1d",
    "1d",
    "1099bbox1d",
    "1dproceeds",
    "saleproceeds",
)
ELSEWHERE: Final[dict[str, tuple[str, tuple[str, ...]]]] = {  # headers of no column: what to do, and with which columns
    "line2i": ("Remove it: line 2i is computed from exercises.csv.", ()),
    "line2k": ("Use other_line_2k, for dispositions of all but option stock.", ("other_line_2k",)),
    **dict.fromkeys(PROCEEDS, ("Divide it by the shares, and name that column price.", ("price",))),
    "line2a": (
        "Use deduction, taxes_deducted and standard_deduction.",
        ("deduction", "taxes_deducted", "standard_deduction"),
    ),
}
UNDER_COLUMNS: Final = "name its column under [columns] in client.toml"
_BOX: Final = re.compile(r"(?:form)?(392[12])?box([1-8])|^(?:form)?(392[12])?([1-8])(?=.)")
_OF_3922: Final = ("price_at_grant", "date_transferred")  # columns that only Form 3922 has a title for


@dataclass
class Matched:
    """The column at each place of a header, how the header spells it, and what is wrong with the header.

    Columns that are `unread`, missing, there twice or ambiguous, are a problem once and not in each row.
    """

    columns: dict[int, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    form_3922: bool = False  # every row is a purchase as Form 3922 reports it


def plain(header: str) -> str:
    """A header without case, spaces and marks: `FMV (per share)` is `fmvpershare`."""
    return "".join(filter(str.isalnum, header.casefold()))


def known_headers(table: RecordTable) -> dict[str, str]:
    """Every plain spelling of a table's columns and the column that it means."""
    known = {plain(header): each.name for each in table for header in each.headers}
    return known | {plain(name): name for name in table.names}


def meaning(header: str, known: Mapping[str, str]) -> str | None:
    """The column that a header means: `Box 3`, `3 Exercise price per share` and `3921 box 3` are exercise_price.

    A box with a title of Form 3922 is one of that form, as `3922 box 3` is; a box alone is one of Form 3921.
    """
    spelling = plain(header)
    if spelling in known:
        return known[spelling]
    if not (found := _BOX.search(spelling)):
        return None
    form, box, title = found[1] or found[3], found[2] or found[4], spelling.replace(found[0], "", 1)
    if form == "3921" and box not in "123456":
        return None
    forms = {"3921": [f"box{box}"], "3922": [f"3922box{box}"]}.get(form, [f"box{box}", f"3922box{box}"])
    columns = [column for name in forms if (column := known.get(name))]
    return next((column for column in columns if not title or known.get(title) == column), None)


def form_of_box(header: str, known: Mapping[str, str]) -> str:
    """Whose box a header is: "3921", "3922", "either" for a bare number that differs, "" for what both forms share."""
    spelling, column = plain(header), meaning(header, known)
    found = _BOX.search(spelling)
    if not found or not column:
        return "3922" if column in _OF_3922 and spelling != plain(column) else ""
    form, box, title = found[1] or found[3], found[2] or found[4], spelling.replace(found[0], "", 1)
    if form or (title and known.get(title) != column):
        return form or ("3922" if column in _OF_3922 else "")
    of_3921, of_3922 = known.get(f"box{box}"), known.get(f"3922box{box}")
    if of_3921 == of_3922:
        return "3922" if column in _OF_3922 else ""
    return "either" if not title else "3922" if column == of_3922 else "3921"


def _ambiguous(table: CsvTable, header: str, known: Mapping[str, str]) -> Problem:
    """The problem of a bare box number in a table that has purchases of Form 3922; what is there is not advised."""
    box = plain(header)
    this, other = known[box], known[f"3922{box}"]
    expected = f"a header that tells the form: on Form 3921 it is {this}, on Form 3922 (ESPP) it is {other}"
    there = {meaning(each, known) for each in table.header if form_of_box(each, known) != "either"}
    names = [column for column in (this, other) if column not in there]
    remedy = f"Rename it {' or '.join(names)}." if names else f"Remove it: {this} and {other} are there already."
    return Problem(table.file, table.header_row, header, header, expected, remedy)


def match(table: CsvTable, known: Mapping[str, str], required: Mapping[str, str]) -> Matched:
    """Match a table's header to its record's columns; `required` has columns and what each is expected to hold."""
    matched = Matched()
    unknown = [header for header in table.header if header and meaning(header, known) is None]
    taken = {column for header in table.header if (column := meaning(header, known))}
    advised = nearest_columns(unknown, known, taken) if unknown else {}
    for place, header in enumerate(table.header):
        column = meaning(header, known)
        if column is None and header:
            there, seems = _there(known, table), seems_to_be(header, known)
            matched.problems.append(_unknown(table, header, advised.get(header), there, seems))
        elif column in matched.spelled:
            matched.unread.add(column)
            matched.problems.append(_doubled(table, column, f"{matched.spelled[column]} and {header}"))
        elif column:
            matched.columns[place], matched.spelled[column] = column, header
    _tell_forms(table, known, matched)
    for column in (name for name in required if name not in matched.spelled):
        matched.unread.add(column)
        if column not in advised.values():
            expected = f"a column for {required[column]}"
            matched.problems.append(Problem(table.file, table.header_row, column, "", expected, "Add the column."))
    return matched


def _tell_forms(table: CsvTable, known: Mapping[str, str], matched: Matched) -> None:
    """Forms 3921 and 3922 number their boxes differently: nothing of one is taken for the other."""
    forms = {header: form_of_box(header, known) for header in matched.spelled.values()}
    named = "3922" in forms.values()
    if named or _has_purchases(table, matched):
        for header in (header for header, form in forms.items() if form == "either"):
            matched.unread |= {known[plain(header)], known[f"3922{plain(header)}"]}
            matched.problems.append(_ambiguous(table, header, known))
    if named and "kind" not in matched.spelled and "3921" not in forms.values():
        matched.form_3922, matched.spelled["kind"] = True, "Form 3922"


def _has_purchases(table: CsvTable, matched: Matched) -> bool:
    """Tell whether any row names itself a purchase under a plan."""
    kinds = EXERCISES["kind"].spelled
    place = next((place for place, column in matched.columns.items() if column == "kind"), None)
    return place is not None and any(
        kinds.get(plain(row[place])) == "ESPP" for _, row in table.rows if place < len(row)
    )


def _doubled(table: CsvTable, column: str, both: str) -> Problem:
    remedy = "Remove or rename one of the two."
    return Problem(table.file, table.header_row, column, both, f"one column for {column}", remedy)


def _there(known: Mapping[str, str], table: CsvTable) -> Mapping[str, str]:
    """The columns that the file has already, with the header of each."""
    return {column: each for each in reversed(table.header) if (column := meaning(each, known))}


def _unknown(table: CsvTable, header: str, nearest: str | None, there: Mapping[str, str], seems: str | None) -> Problem:
    """The problem of a header of no column. Nothing is advised that would make a column stand there twice."""
    expected = f"a known column; the nearest is {nearest}" if nearest else "a known column"
    rename = f"Rename it {nearest}" if nearest else "Rename it"
    remedy = f"{rename}, {UNDER_COLUMNS}, or remove it."
    if not nearest and seems and seems in there:
        as_spelled = "" if plain(there[seems]) == plain(seems) else f" (“{there[seems]}”)"
        remedy = f"{seems} is there already{as_spelled}: remove one of the two, or {UNDER_COLUMNS}."
    if elsewhere := ELSEWHERE.get(plain(header)):
        remedy, columns = elsewhere
        if columns and there.keys() >= set(columns):
            remedy = f"Remove it: {', '.join(columns)} {'is' if len(columns) == 1 else 'are'} there already."
    return Problem(table.file, table.header_row, header, header, expected, remedy)
