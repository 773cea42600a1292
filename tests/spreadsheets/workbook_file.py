"""An .xlsx read as it is: parts, sheets, cells, names. No library mends what it reads on the way."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

Source = str | Path | bytes
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def tag(name: str) -> str:
    """Give a SpreadsheetML element name with its namespace."""
    return f"{{{MAIN}}}{name}"


CELL, FORMULA, VALUE, INLINE, TEXT = map(tag, ("c", "f", "v", "is", "t"))


class Cell(NamedTuple):
    """One `<c>` as written: `value` is the text of `<v>` or of the inline string, None where there is neither."""

    sheet: str
    coordinate: str
    kind: str
    style: int
    value: str | None
    formula: str | None
    formula_kind: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """One `<definedName>`; `sheet` is the title of its scope, None for the whole book."""

    name: str
    text: str
    sheet: str | None


class WorkbookFile:
    """The parts of one .xlsx file."""

    def __init__(self, source: Source) -> None:
        """Unpack a path or the bytes of a file; a damaged archive raises BadZipFile."""
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}

    def xml(self, part: str) -> Element:
        """Parse one part."""
        return _root(self.parts[part])

    @cached_property
    def workbook(self) -> Element:
        """The root of xl/workbook.xml."""
        return self.xml("xl/workbook.xml")

    @cached_property
    def sheet_parts(self) -> list[tuple[str, str]]:
        """Title and part of each sheet, in the order of the tabs."""
        relations = self.xml("xl/_rels/workbook.xml.rels")
        targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
        return [
            (sheet.get("name", ""), posixpath.join("/xl", targets[sheet.get(RELATION_ID, "")]).lstrip("/"))
            for sheet in self.workbook.iter(tag("sheet"))
        ]

    @cached_property
    def sheets(self) -> dict[str, Element]:
        """The root of each sheet by title."""
        return {title: self.xml(part) for title, part in self.sheet_parts}

    @cached_property
    def names(self) -> list[Name]:
        """All defined names, print areas and print titles among them."""
        titles = [title for title, _ in self.sheet_parts]
        return [
            Name(
                element.get("name", ""),
                element.text or "",
                titles[int(element.get("localSheetId", ""))] if element.get("localSheetId") else None,
            )
            for element in self.workbook.iter(tag("definedName"))
        ]

    @cached_property
    def shared_texts(self) -> list[str]:
        """The texts that cells refer to by number."""
        part = "xl/sharedStrings.xml"
        return ["".join(text.itertext()) for text in self.xml(part)] if part in self.parts else []

    @cached_property
    def cells(self) -> list[Cell]:
        """Every cell of every sheet, in file order."""
        return [cell for title, part in self.sheet_parts for cell in _cells(title, self.parts[part])]

    @cached_property
    def formulas(self) -> dict[tuple[str, str], str]:
        """Every formula with its equals sign, by sheet title and coordinate."""
        return {(cell.sheet, cell.coordinate): "=" + cell.formula for cell in self.cells if cell.formula is not None}


def opened(source: Source) -> WorkbookFile:
    """The file as `WorkbookFile` reads it, once for all who ask for the same bytes in turn; nobody changes it."""
    return _opened(source if isinstance(source, bytes) else Path(source).read_bytes())


@lru_cache(maxsize=4)
def _opened(data: bytes) -> WorkbookFile:
    return WorkbookFile(data)


@lru_cache(maxsize=64)  # the books of one client have most of their parts in common
def _root(part: bytes) -> Element:
    return ElementTree.fromstring(part)


@lru_cache(maxsize=256)
def _cells(title: str, part: bytes) -> tuple[Cell, ...]:
    return tuple(_cell(title, element) for element in _root(part).iter(CELL))


def _cell(title: str, element: Element) -> Cell:
    value, formula, formula_kind = None, None, None
    for child in element:
        if child.tag == FORMULA:
            formula, formula_kind = child.text or "", child.get("t", "normal")
        elif child.tag == VALUE:
            value = child.text or ""
        elif child.tag == INLINE:
            value = "".join(text.text or "" for text in child.iter(TEXT))
    return Cell(
        title,
        element.get("r", ""),
        element.get("t", "n"),
        int(element.get("s", "0")),
        value,
        formula,
        formula_kind,
    )
