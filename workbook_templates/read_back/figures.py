"""What a workbook said: the figures stored in its form cells by the program that saved it last; none is recalculated.

A form cell is found by its name, such as `f6251_2025_11`, wherever it was moved to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from engine.federal.catalogue import FEDERAL
from engine.language.form import Standing

from .cells import where
from .xlsx_cells import CellRows, Named, XlsxCells
from .xlsx_package import UnreadableError

FormLine = tuple[int, str, str]  # tax year, sheet of the form, line: (2025, "f6251", "2i")
LARGEST: Final = 1e15  # beyond it a cell keeps no cents


class Said(NamedTuple):
    """What stands in a form cell: in dollars, or a text where a number should be, such as "#REF!".

    None is a formula without a stored value, or an empty cell.
    """

    value: Decimal | str | None
    place: str  # '6251 2025'!C14
    is_typed: bool  # no formula stands there: it was overwritten, or cleared


def figures_said(book: XlsxCells) -> Mapping[FormLine, Said]:
    """The stored figure of every form line that the workbook names; none for a workbook that is not ours.

    A line whose sheet was deleted, or cannot be read, is not among them.
    """
    sheets = _form_sheets(book)
    said = {}
    for line, place in _form_cells(book):
        if place.title in sheets:
            row, column = place.first
            cell = sheets[place.title].get(row, {}).get(column)
            value, formula = cell or (None, None)
            said[line] = Said(_exact(value), where(place.title, row, column), formula is None)
    return said


@cache
def _form_cell() -> re.Pattern[str]:
    """The name of a line of a filed form: form, year, number."""
    names = "|".join(re.escape(card.name) for card in FEDERAL.standing(Standing.FILED))
    return re.compile(rf"({names})_(\d{{4}})_(\d{{1,2}}[a-z]{{0,2}})")


def _form_cells(book: XlsxCells) -> Iterator[tuple[FormLine, Named]]:
    for name, place in book.names.items():
        found = _form_cell().fullmatch(name.lower())
        if found and place.first == place.last:
            yield (int(found[2]), found[1], found[3]), place


def _form_sheets(book: XlsxCells) -> dict[str, CellRows]:
    """The sheets with form cells that can be read."""
    sheets = {}
    for title in {place.title for _, place in _form_cells(book)}.intersection(book.titles):
        with suppress(UnreadableError):
            sheets[title] = book.sheet(title)
    return sheets


def _exact(value: object) -> Decimal | str | None:
    """The number of a cell, without a fraction of nothing; what no amount can be stays a text."""
    if value is None or value == "":
        return None
    if isinstance(value, float) and abs(value) < LARGEST:
        return Decimal(int(value)) if value == int(value) else Decimal(repr(value))
    return str(value)
