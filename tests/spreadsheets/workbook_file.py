"""An .xlsx read as it is: parts, sheets, cells, names. No library mends what it reads on the way."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

Source = str | Path | bytes
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def tag(name: str) -> str:
    """Give a SpreadsheetML element name with its namespace."""
    return f"{{{MAIN}}}{name}"


@dataclass(frozen=True, slots=True)
class Cell:
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
        return ElementTree.fromstring(self.parts[part])

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
    def cells(self) -> list[Cell]:
        """Every cell of every sheet, in file order."""
        return [cell for title, root in self.sheets.items() for cell in _cells(title, root)]

    @cached_property
    def formulas(self) -> dict[tuple[str, str], str]:
        """Every formula with its equals sign, by sheet title and coordinate."""
        return {(cell.sheet, cell.coordinate): "=" + cell.formula for cell in self.cells if cell.formula is not None}


def _cells(title: str, root: Element) -> Iterator[Cell]:
    for element in root.iter(tag("c")):
        formula = element.find(tag("f"))
        yield Cell(
            title,
            element.get("r", ""),
            element.get("t", "n"),
            int(element.get("s", "0")),
            _value(element),
            None if formula is None else formula.text or "",
            None if formula is None else formula.get("t", "normal"),
        )


def _value(element: Element) -> str | None:
    inline, value = element.find(tag("is")), element.find(tag("v"))
    if inline is not None:
        return "".join(text.text or "" for text in inline.iter(tag("t")))
    return None if value is None else value.text or ""
