"""The column Your answer of the sheet Open items: answers typed, changed and deleted, beside those received."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from engine.language.nodes import Kind

from ..contents.open_items import ANSWER, IDS, SHEET_NAMES, TITLE
from ..xlsx.cell_xml import safe_text
from .cells import FoundRow, Workpaper, plain_label, where
from .record_tables import TOP, sheet_title
from .xlsx_cells import CellRows

AS_IDS_END: Final = re.compile(r"-[0-9a-f]{6}(\.\d+)?$")  # the digest of what an item says


class _Typed(NamedTuple):
    """What stands beside an item: the answer, "" where it is blank, and its cell."""

    answer: str
    place: str


def read_answers(paper: Workpaper, received: Sequence[FoundRow]) -> list[FoundRow]:
    """The answers as they are: those received, as they were changed or deleted on the sheet, then the new ones.

    A row that was deleted, and an answer whose row has no item, are told; so is an answer that was deleted.
    """
    title = sheet_title(paper, TITLE, frozenset(SHEET_NAMES), needed=False)
    if not title:
        return list(received)
    rows = paper.book.sheet(title)
    columns = _columns(paper, title, rows)
    if columns is None:
        paper.notes.append(f"sheet {title}: no row has the headers {ANSWER} and {IDS}; the answers received are kept.")
        return list(received)
    typed = _typed(paper, title, rows, columns)
    return [*_kept(paper, title, received, typed), *_new(received, typed)]


def _columns(paper: Workpaper, title: str, rows: CellRows) -> tuple[int, int, int] | None:
    """The row of the headers, the columns of the answers and of the ids."""
    for row in (number for number in sorted(rows) if number <= TOP):
        found = {plain_label(cell.value): column for column, cell in rows[row].items()}
        if ANSWER in found and IDS in found:
            return row, found[ANSWER], found[IDS]
    named = [paper.book.names.get(name) for name in SHEET_NAMES]
    if all(each and each.title == title for each in named):
        ids, answers = (each for each in named if each)
        return min(ids.first[0], answers.first[0]) - 1, answers.first[1], ids.first[1]
    return None


def _typed(paper: Workpaper, title: str, rows: CellRows, columns: tuple[int, int, int]) -> dict[str, _Typed]:
    """The answer beside each id, in the order of the rows; what has no id is told."""
    header, answers, ids = columns
    found: dict[str, _Typed] = {}
    for row in (number for number in sorted(rows) if number > header):
        answer = paper.text(title, row, answers, Kind.TEXT, ANSWER, free=True) if answers in rows[row] else ""
        names = _ids(paper.text(title, row, ids, Kind.TEXT, IDS, free=True)) if ids in rows[row] else []
        place = where(title, row, answers, ANSWER)
        if answer and not names:
            remedy = f"Type it into the column {ANSWER} beside its item, or into answers.csv."
            paper.notes.append(f"{place}: no item stands in the row of the answer {_short(answer)}. {remedy}")
        if not answer and not all(map(AS_IDS_END.search, names)):
            paper.notes.append(
                f"{where(title, row, ids)}: {_short(','.join(names))} is no id of an item; it is not read."
            )
        for name in names:
            if name not in found or not found[name].answer:
                found[name] = _Typed(answer, place)
            elif answer not in ("", found[name].answer):
                remedy = f"The one at {found[name].place} is taken; delete one of the two."
                paper.notes.append(f"{place}: a second answer to item {name}, {_short(answer)}. {remedy}")
    return found


def _ids(text: str) -> list[str]:
    """The ids of a cell, a line of CSV."""
    try:
        return [each for line in csv.reader([text], strict=True) for each in line if each]
    except csv.Error:
        return [text]


def _kept(
    paper: Workpaper, title: str, received: Sequence[FoundRow], typed: Mapping[str, _Typed]
) -> Iterator[FoundRow]:
    """The answers received, as they are now; one that was changed bears no day and no name of the former."""
    now = {name.casefold(): each for name, each in typed.items()}
    for row in received:
        name, answer = row.cells["item_id"], row.cells["answer"]
        stands = now.get(_plain(name).casefold())
        if stands is None:
            paper.notes.append(
                f"sheet {title}: the row of item {name} was deleted. Its answer, {_short(answer)}, was kept."
            )
            yield row
        elif not stands.answer:
            paper.notes.append(
                f"{stands.place}: the answer to item {name} was deleted, {_short(answer)}. It is dropped."
            )
        elif stands.answer == _plain(answer):
            yield FoundRow(row.cells, dict.fromkeys(row.cells, stands.place))
        else:
            yield _row(name, stands)


def _new(received: Sequence[FoundRow], typed: Mapping[str, _Typed]) -> Iterator[FoundRow]:
    known = {_plain(row.cells["item_id"]).casefold() for row in received}
    for name, each in typed.items():
        if each.answer and name.casefold() not in known:
            yield _row(name, each)


def _row(name: str, typed: _Typed) -> FoundRow:
    cells = {"item_id": name, "answer": typed.answer}
    return FoundRow(cells, dict.fromkeys(cells, typed.place))


def _plain(text: str) -> str:
    """A text as a cell gives it back."""
    return safe_text(text).strip()


def _short(answer: str) -> str:
    return f"“{answer[:60]}{'…' if len(answer) > 60 else ''}”"
