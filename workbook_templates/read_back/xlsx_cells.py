"""The cells of an .xlsx file, whoever saved it: value and formula of each, a sheet at a time.

openpyxl gives formulas or values but never both, keeps every sheet in memory and takes minutes over a sheet of a
million formatted rows; here each sheet is streamed once through lxml, within limits that a hostile file cannot pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from math import isfinite
from typing import Any, Final, NamedTuple

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from ..xlsx.cell_xml import read_text
from .xlsx_package import BROKEN, SAVE_AGAIN, Package, UnreadableError, what_is_wrong

MOST_ROWS: Final = 20_000  # no sheet of ours comes near; below stand formatted rows without content
MOST_COLUMNS: Final = 400
MOST_CELLS: Final = 1_000_000  # of all sheets that are read; the largest workbook of ours has 400,000
MOST_STRINGS: Final = 1_000_000
MOST_SHARED: Final = 5_000_000  # tokens of shared formulas, written out
REMOVE: Final = "Remove what is no record from the sheets that isobook made, and save it again."
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NAMED: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)")


class ErrorWord(str):
    """What stands in a cell that could not be calculated: #REF!, #VALUE!."""

    __slots__ = ()


CellValue = str | float | bool | ErrorWord | None


class Cell(NamedTuple):
    """One cell that is not empty. A formula (without "=") without a cached value has the value None."""

    value: CellValue
    formula: str | None = None


CellRows = Mapping[int, Mapping[int, Cell]]  # row -> column -> cell, both from 1


class Named(NamedTuple):
    """Where a defined name leads: a sheet, and the first and last cell as (row, column)."""

    title: str
    first: tuple[int, int]
    last: tuple[int, int]


@lru_cache(maxsize=1_000)
def _column_number(letters: str) -> int:
    return column_index_from_string(letters)


def _column_of(cell: str) -> int:
    """The column of F12 is 6; ValueError for what is no cell."""
    return _column_number(cell.rstrip("0123456789"))


def address(row: int, column: int) -> str:
    """(12, 6) is F12."""
    return f"{get_column_letter(column)}{row}"


def place_of(cell: str) -> tuple[int, int]:
    """F12 and $F$12 are (12, 6); ValueError for what is no cell."""
    found = _PLACE.fullmatch(cell.replace("$", ""))
    if found is None:
        raise ValueError(f"{cell!r} is no cell")
    return int(found[2]), column_index_from_string(found[1])


class Names(Mapping[str, Named]):
    """The names of the whole book that lead to cells; there are thousands, of which a few are asked for."""

    def __init__(self, book: Any) -> None:
        elements = book.iterfind("{*}definedNames/{*}definedName")
        self._texts = {str(each.get("name")): each.text or "" for each in elements if not each.get("localSheetId")}

    @property
    def given(self) -> Set[str]:
        """All names, also those that lead nowhere any more."""
        return self._texts.keys()

    def __getitem__(self, name: str) -> Named:
        found = _NAMED.fullmatch(self._texts[name].strip())
        if found is None:
            raise KeyError(name)
        title = found[1].replace("''", "'") if found[1] else found[2]
        first, _, last = found[3].partition(":")
        return Named(title, place_of(first), place_of(last or first))

    def __contains__(self, name: object) -> bool:
        return name in self._texts and _NAMED.fullmatch(self._texts[str(name)].strip()) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(name for name in self._texts if name in self)

    def __len__(self) -> int:
        return sum(name in self for name in self._texts)


@dataclass
class XlsxCells:
    """One .xlsx file, opened. Raises UnreadableError here and in `sheet`, whatever is wrong with the file."""

    data: bytes
    titles: list[str] = field(init=False)
    names: Names = field(init=False)
    first_serial_day: int = field(init=False)  # 0, or 1,462 where the file counts days from 1904

    def __post_init__(self) -> None:
        try:
            self._package = Package(self.data)
            self._read_book()
        except BROKEN as error:
            raise UnreadableError(what_is_wrong(error), SAVE_AGAIN) from None
        self._sheets: dict[str, CellRows] = {}
        self._cells_left, self._shared_left = MOST_CELLS, MOST_SHARED

    def sheet(self, title: str) -> CellRows:
        """The cells of a sheet; KeyError where there is none of that title."""
        if title not in self._sheets:
            part = self._parts[title]
            try:
                self._sheets[title] = self._rows(part)
            except BROKEN as error:
                raise UnreadableError(f"sheet {title}: {what_is_wrong(error)}", SAVE_AGAIN) from None
        return self._sheets[title]

    def same_parts(self, other: XlsxCells) -> bool:
        """Tell whether two files hold the same parts, however they were packed."""
        return self._package.contents() == other._package.contents()

    def _read_book(self) -> None:
        main = self._package.main()
        book = self._package.xml(main)
        targets = self._package.targets(main)
        self._parts = {}
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            part = targets.get(str(relation), ("", ""))
            if part[0].endswith("/worksheet"):
                self._parts[str(sheet.get("name"))] = part[1]
        self.titles = list(self._parts)
        self.names = Names(book)
        properties = book.find("{*}workbookPr")
        self.first_serial_day = 1_462 if properties is not None and properties.get("date1904") in ("1", "true") else 0
        self._strings_part = next((target for kind, target in targets.values() if kind.endswith("/sharedStrings")), "")

    @cached_property
    def _strings(self) -> list[str]:
        if not self._strings_part:
            return []
        return [_text_of(item) for item in islice(self._package.elements(self._strings_part, "si"), MOST_STRINGS)]

    def _rows(self, part: str) -> CellRows:
        rows: dict[int, dict[int, Cell]] = {}
        shared: dict[str, Translator] = {}
        number = 0
        for row in islice(self._package.elements(part, "row"), MOST_ROWS):
            number = int(row.get("r") or number + 1)
            if number > MOST_ROWS:
                break
            if cells := dict(self._cells(row, number, shared)):
                rows[number] = cells
                self._cells_left -= len(cells)
            if self._cells_left < 0:
                raise UnreadableError(f"more than {MOST_CELLS:,} filled cells", REMOVE)
        return rows

    def _cells(self, row: Any, number: int, shared: dict[str, Translator]) -> Iterator[tuple[int, Cell]]:
        column = 0
        for cell in row:
            at = cell.get("r")
            column = _column_of(at) if at else column + 1
            if column > MOST_COLUMNS:
                return
            if not len(cell):
                continue
            kind, value, formula = cell.get("t", "n"), None, None
            for child in cell:
                tag = child.tag.rpartition("}")[2]
                if tag == "v":
                    value = child.text or ("" if kind == "str" else None)
                elif tag == "is":
                    value = _text_of(child)
                elif tag == "f":
                    formula = self._formula(child, address(number, column), shared)
            read = self._value(kind, value)
            if read is not None or formula is not None:
                yield column, Cell(read, formula)

    def _formula(self, element: Any, at: str, shared: dict[str, Translator]) -> str:
        """The formula of a cell; one that is shared is written out as it reads in this cell."""
        text, group = element.text or "", element.get("si")
        if element.get("t") != "shared" or group is None:
            return text
        with suppress(TokenizerError, TranslatorError, LookupError):  # what no program would write stays as it is
            if text:
                shared[group] = Translator(f"={text}", origin=at)
            elif group in shared:
                self._shared_left -= len(shared[group].tokenizer.items)
                if self._shared_left < 0:
                    raise UnreadableError("more shared formulas than isobook writes", REMOVE)
                text = shared[group].translate_formula(at)[1:]
        return text

    def _value(self, kind: str, text: str | None) -> CellValue:
        if text is None:
            return None
        if kind == "s":
            return self._strings[int(_plain_number(text))]
        if kind == "inlineStr":
            return text
        if kind == "str":
            return read_text(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return ErrorWord(text)
        if kind == "d":
            return text  # an ISO date, as strict files have it
        number = float(_plain_number(text))
        return number if isfinite(number) else ErrorWord("#NUM!")


def _plain_number(text: str) -> str:
    """The text. Raises UnreadableError for figures that Python reads and no spreadsheet does, as 2_0_0 and ٢٠٠."""
    if "_" in text or not text.isascii():
        raise UnreadableError(f"a number written as {text[:40]!r}", SAVE_AGAIN)
    return text


def _text_of(item: Any) -> str:
    """The text of a shared or inline string: its runs, without the pronunciation of Japanese."""
    runs = (each for each in item.iter("{*}t") if not any(up.tag.endswith("}rPh") for up in each.iterancestors()))
    return read_text("".join(run.text or "" for run in runs))
