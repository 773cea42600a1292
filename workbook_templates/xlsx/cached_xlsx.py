"""Save an openpyxl workbook with formula AND value in each cell, so that a viewer that cannot calculate shows figures.

openpyxl 3.1.5 writes formulas without values, a font's children in an order that the Open XML schema refuses, no
`<ignoredErrors>`, and the clock. All of it is put right on the XML it has written; nothing of openpyxl is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final, cast
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, tostring

from .cell_xml import CELL
from .excel_names import as_excel_names, with_prefixes
from .sheet_rows import Written
from .zip_writer import pack, zip_bytes

Cached = Mapping[tuple[str, int, int], object]  # (sheet title, row, column) -> value of the formula there

_WRITTEN: Final = datetime(2026, 1, 1)  # a fixed day: the same input gives the same bytes
_FONT_ORDER: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_FORMULA_CELL: Final = re.compile(r'<c r="([A-Z]+)(\d+)"( s="\d+")?>(<f[^>]*>[^<]*</f>)<v ?(?:/>|></v>)</c>')
# Elements of a worksheet that follow <ignoredErrors>.
_AFTER_IGNORED: Final = re.compile("<(?:drawing|legacyDrawing|tableParts|/worksheet)[ >]")
_DIMENSION: Final = re.compile("<dimension [^>]*/>")
_DRAWING: Final = "xl/drawings/drawing1.xml"  # of a sheet alone
_QUOTE: Final = {'"': "&quot;"}
_EMPTY_RUN: Final = re.compile(r"<a:r>\s*<a:t ?(?:/>|></a:t>)</a:r>")


def save_cached(book: Workbook, target: Path | BinaryIO, cached: Cached) -> None:
    """Write the book to a file with the given values of its formulas; the same book gives the same bytes."""
    content = zip_bytes(pack(name, part) for name, part in workbook_parts(book, cached).items())
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)


def workbook_parts(book: Workbook, cached: Cached) -> dict[str, bytes]:
    """The files inside the .xlsx by name, the list of content types first, as mail filters expect."""
    book.properties.created = book.properties.modified = _WRITTEN
    archive = _Parts()
    ExcelWriter(book, cast(ZipFile, archive)).save()
    sheets = {sheet.path[1:]: sheet for sheet in book.worksheets}
    first = "[Content_Types].xml"
    names = [first, *(name for name in archive.namelist() if name != first)]
    return dict(_put_right(name, archive.parts[name], sheets.get(name), cached) for name in names)


def sheet_parts(book: Workbook, written: Written) -> dict[str, bytes]:
    """The files of the only sheet of a book: itself, its drawing, notes and charts, and how they belong together.

    `written` are its rows, in place of the cells that openpyxl knows: those with notes and links, without a value.
    """
    archive = _Parts()
    _SheetWriter(book, cast(ZipFile, archive)).save()
    parts = dict(_put_right(name, part, None, {}) for name, part in archive.parts.items())
    for number, words in enumerate(written.charts, 1):
        parts[_DRAWING] = _described(parts[_DRAWING], number, words)
    name = book.worksheets[0].path[1:]
    return {**parts, name: _quieted(_with_rows(parts[name].decode(), written), written.dimensions).encode()}


def _described(drawing: bytes, number: int, words: str) -> bytes:
    """Give a chart of the drawing its alternative text, which openpyxl has no field for."""
    named = f'name="Chart {number}"'.encode()
    if named not in drawing:
        raise ValueError(f"no chart {number} to describe: {words}")
    return drawing.replace(named, named + f' descr="{escape(words, _QUOTE)}"'.encode())


class _SheetWriter(ExcelWriter):
    """Leaves out what all books share: styles, theme, properties, list of sheets."""

    def write_data(self) -> None:
        self._write_worksheets()  # type: ignore[attr-defined]  # these two are what is left of the method overridden
        self._write_charts()  # type: ignore[attr-defined]

    def write_worksheet(self, ws: Worksheet) -> None:
        """As openpyxl does, without a temporary file on disk."""
        drawing = SpreadsheetDrawing()
        drawing.charts = ws._charts  # type: ignore[attr-defined]
        ws._drawing = drawing  # type: ignore[attr-defined]
        file = BytesIO()
        writer = WorksheetWriter(ws, file)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], file.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(ws)


class _Parts:
    """What openpyxl uses of a ZipFile: collects the parts in memory."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}

    def writestr(self, name: str, content: str | bytes) -> None:
        self.parts[name] = content.encode() if isinstance(content, str) else content

    def write(self, path: str, name: str) -> None:
        self.parts[name] = Path(path).read_bytes()

    def namelist(self) -> list[str]:
        return list(self.parts)

    def close(self) -> None:
        """Nothing to close: the parts are in memory."""


def _put_right(name: str, content: bytes, sheet: Worksheet | None, cached: Cached) -> tuple[str, bytes]:
    """A part with the name and content that it has in the file."""
    if sheet is not None:
        return name, _quieted(_with_values(content.decode(), sheet.title, cached), sheet.dimensions).encode()
    name = as_excel_names(name.encode()).decode()
    if name == "xl/styles.xml":
        return name, _fonts_in_order(content)
    if name.startswith("xl/charts/chart"):
        content = _chart(content.decode()).encode()
    if name.endswith((".rels", "[Content_Types].xml")):
        return name, _relative_targets(name, as_excel_names(content))
    return name, with_prefixes(name, content)


def _with_values(xml: str, title: str, cached: Cached) -> str:
    def with_value(cell: re.Match[str]) -> str:
        column, row, style, formula = cell.groups(default="")
        place = (title, int(row), column_index_from_string(column))
        if place not in cached:
            return cell[0]
        value = cached[place]
        try:
            return f'<c r="{column}{row}"{style}{CELL[type(value)](value, formula)}'
        except ValueError as error:
            raise ValueError(f"{title}!{column}{row}: {error}") from error

    return _FORMULA_CELL.sub(with_value, xml)


def _with_rows(xml: str, written: Written) -> str:
    before, _, rest = xml.partition("<sheetData")
    cells, _, after = rest.partition("</sheetData>" if "</sheetData>" in rest else "/>")
    if "<v" in cells or "<is" in cells or ' s="' in cells:
        raise ValueError("a cell was written through openpyxl; write it through Cells, or it is lost")
    return _DIMENSION.sub(f'<dimension ref="{written.dimensions}"/>', before) + written.xml + after


def _quieted(xml: str, cells: str) -> str:
    """Without green corners: line numbers are text on purpose, and formulas differ from their neighbors'."""
    ignored = f'<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1" formula="1" formulaRange="1"/>'
    return _AFTER_IGNORED.sub(lambda after: f"{ignored}</ignoredErrors>{after[0]}", xml, count=1)


def _fonts_in_order(content: bytes) -> bytes:
    stylesheet = fromstring(content)
    for font in stylesheet.iter(f"{{{SHEET_MAIN_NS}}}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(child.tag.partition("}")[2]))
    return cast(bytes, tostring(stylesheet))


def _chart(xml: str) -> str:
    """No title of Excel's own making, and no empty run of text, which the schema refuses."""
    untitled = re.sub("<((?:c:)?)plotArea>", r'<\1autoTitleDeleted val="1"/><\1plotArea>', xml, count=1)
    return _EMPTY_RUN.sub("", xml if "autoTitleDeleted" in xml else untitled)


def _relative_targets(name: str, content: bytes) -> bytes:
    """Targets within the folder of the part, which every reader follows; ironcalc reads no others."""
    above = b'Target="' if name.startswith("xl/_rels/") else b'Target="../'
    return content.replace(b'Target="/xl/', above) if name.startswith("xl/") else content
