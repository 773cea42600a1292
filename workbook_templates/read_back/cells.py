"""One cell of a person's workbook as the text that a CSV file would hold, or a problem with its sheet and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from engine.errors import Problem
from engine.language.nodes import Kind

from .xlsx_cells import Cell, ErrorWord, XlsxCells, address

_EPOCH: Final = date(1899, 12, 30)
_LAST_SERIAL: Final = 2_958_465  # the last day of 9999
_APOSTROPHE: Final = "'"  # typed in Excel it makes a text; other programs leave it in the text


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One record as it is: CSV text by column, and the cell that each column has."""

    cells: Mapping[str, str]
    places: Mapping[str, str]  # "Exercises!F12 (Value box 4)"


@dataclass
class Workpaper:
    """A workbook that is being read, with what is wrong in it and what is worth telling."""

    book: XlsxCells
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: set[tuple[str, int, int]] = field(default_factory=set)  # the cells that were asked for
    later: set[tuple[str, str]] = field(default_factory=set)  # columns, by table, that came after the workbook was made

    def text(self, title: str, row: int, column: int, kind: Kind, label: str = "", *, free: bool = False) -> str:
        """The CSV text of a cell, "" where it is empty; `free` text keeps a leading apostrophe."""
        self.read.add((title, row, column))
        cell = self.book.sheet(title).get(row, {}).get(column)
        if cell is None:
            return ""
        place = where(title, row, column, label)
        if isinstance(cell.value, ErrorWord):
            self.refuse(place, cell.value, "a value that is typed in", "Type the value over it.")
            return ""
        if cell.formula is not None:
            self._tell_formula(place, cell)
        return self._as_text(cell, kind, free)

    def refuse(self, place: str, value: str, expected: str, remedy: str) -> None:
        """Add a problem."""
        self.problems.append(Problem("", None, place, value, expected, remedy))

    def _tell_formula(self, place: str, cell: Cell) -> None:
        if cell.value is None:
            remedy = "Open and save it in Excel or LibreOffice, which work it out, or type the value."
            self.refuse(place, f"={cell.formula}", "a value: no program has worked this formula out yet", remedy)
        elif cell.value != "":
            self.notes.append(f"{place} holds a formula, ={cell.formula}: its value, {_shown(cell)}, was taken.")

    def _as_text(self, cell: Cell, kind: Kind, free: bool) -> str:
        value = cell.value
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return self._day(value) if kind is Kind.DAY else number(value)
        text = (value or "").strip()
        if kind is Kind.DAY and "T" in text:
            text = _without_time(text)
        return text if free else text.removeprefix(_APOSTROPHE)

    def _day(self, serial: float) -> str:
        """The day of a serial number; a number that is no day stays one, and is refused with its cell."""
        days = int(serial) + self.book.first_serial_day
        if not 0 < days <= _LAST_SERIAL:
            return number(serial)
        return (_EPOCH + timedelta(days=days)).isoformat()


def where(title: str, row: int, column: int, label: str = "") -> str:
    """`Exercises!F12 (Value box 4)`."""
    quoted = title if title.isalnum() else "'" + title.replace("'", "''") + "'"
    name = " ".join(label.split())
    return f"{quoted}!{address(row, column)}" + (f" ({name})" if name else "")


def number(value: float) -> str:
    """A number as a spreadsheet shows it, by its first 15 digits."""
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < 1 else text


@lru_cache(maxsize=4096)  # the labels of a workbook are asked for again and again
def plain_label(value: object) -> str:
    """A header or label without line breaks and doubled spaces."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _without_time(text: str) -> str:
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return text


def _shown(cell: Cell) -> str:
    return number(cell.value) if isinstance(cell.value, float) else str(cell.value)
