"""index.xlsx: sheets of any number of rows, written row by row into the zip, the same bytes for the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook_templates.drawing.colors import BAD, WHITE
from workbook_templates.drawing.rules import state_chip
from workbook_templates.drawing.styles import add_styles
from workbook_templates.xlsx.cached_xlsx import workbook_parts
from workbook_templates.xlsx.cell_xml import CELL

from .row import ORDER

HEADER_ROW: Final = 3
MOST_LINKS: Final = 60_000  # Excel takes 65,530 on a sheet
_HEIGHT: Final = 26  # points of each row: two lines, and the rest of a long text in the cell
_PAGE_PART: Final = re.compile("<(?:printOptions|pageMargins)")
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


class Holds(StrEnum):
    """What a column of the index holds; the value is the style of its cells."""

    STATE = "ib_check"
    WORD = "ib_src"
    TEXT = "ib_note"
    COUNT = "ib_mid"
    AMOUNT = "ib_price"
    FILE = "ib_src_link"


class IndexColumn(NamedTuple):
    """A column of the index: its name, its width in characters and what it holds."""

    name: str
    width: int = 12
    holds: Holds = Holds.WORD


class IndexSheet(NamedTuple):
    """A sheet to write: the first row names its columns; files are linked where the first column is a state."""

    title: str
    columns: Sequence[IndexColumn]
    length: int  # rows
    rows: Iterable[Sequence[Any]]


class _Skeleton(NamedTuple):
    """A sheet's XML around its rows, and the style of each column."""

    before: str
    after: str
    styles: list[str]


def write_book(path: Path, sheets: Sequence[IndexSheet]) -> None:
    """Write the workbook; rows pass through, none is kept."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    for sheet in sheets:
        _draw(book.create_sheet(sheet.title), sheet)
    book.properties.title = "isobook batch: the index"
    book.properties.creator = "isobook"
    parts = workbook_parts(book, {})
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if number is None:
                archive.writestr(_entry(name), content)
                continue
            links: list[str] = []
            with archive.open(_entry(name), "w", force_zip64=True) as file:
                _stream(file, content.decode(), sheets[int(number[1]) - 1], links)
            if links:
                relations = f"xl/worksheets/_rels/sheet{number[1]}.xml.rels"
                archive.writestr(_entry(relations), _relations(links))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # of 1980, whatever the day
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
    return entry


def _draw(page: Worksheet, sheet: IndexSheet) -> None:
    """The head of a sheet and one row of styles."""
    last = f"{get_column_letter(len(sheet.columns))}{HEADER_ROW + max(sheet.length, 1)}"
    page["A1"].value, page["A1"].style = f"{sheet.title}: what needs a person comes first", "ib_title"
    for place, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(place)
        page[f"{letter}{HEADER_ROW}"].value = column.name
        page[f"{letter}{HEADER_ROW}"].style = "ib_head_num" if column.holds is Holds.AMOUNT else "ib_head"
        page[f"{letter}{HEADER_ROW + 1}"].style = column.holds.value
        page.column_dimensions[letter].width = column.width
    page.freeze_panes = f"C{HEADER_ROW + 1}"
    page.auto_filter.ref = f"A{HEADER_ROW}:{last}"
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    if _tells_states(sheet):
        cells, first = f"A{HEADER_ROW + 1}:A{HEADER_ROW + max(sheet.length, 1)}", f"$A{HEADER_ROW + 1}"
        alarm = DifferentialStyle(font=Font(b=True, color=WHITE), fill=PatternFill("solid", bgColor=BAD))
        page.conditional_formatting.add(cells, Rule("expression", dxf=alarm, formula=[f'{first}="{ORDER[0].value}"']))
        state_chip(page, cells, first)


def _tells_states(sheet: IndexSheet) -> bool:
    return sheet.columns[0].holds is Holds.STATE


def _stream(file: IO[bytes], xml: str, sheet: IndexSheet, links: list[str]) -> None:
    skeleton = _skeleton(xml, sheet)
    file.write(skeleton.before.encode())
    linked = [column.holds for column in sheet.columns].index(Holds.FILE) if _tells_states(sheet) else None
    for number, row in enumerate(islice(sheet.rows, sheet.length), HEADER_ROW + 1):
        file.write(_row(number, row, skeleton.styles).encode())
        if linked is not None and row[linked] and len(links) < MOST_LINKS:
            links.append(f"{get_column_letter(linked + 1)}{number} {quote(row[linked])}")
    cut = _PAGE_PART.search(skeleton.after)
    place = cut.start() if cut else 0
    file.write(f"{skeleton.after[:place]}{_hyperlinks(links)}{skeleton.after[place:]}".encode())


def _skeleton(xml: str, sheet: IndexSheet) -> _Skeleton:
    found = re.search(rf'<row r="{HEADER_ROW + 1}".*?</row>', xml, re.DOTALL)
    assert found
    last = f"{get_column_letter(len(sheet.columns))}{HEADER_ROW + max(sheet.length, 1)}"
    before = re.sub('<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"', xml[: found.start()])
    return _Skeleton(before, xml[found.end() :], re.findall(r's="(\d+)"', found[0]))


def _row(number: int, row: Sequence[Any], styles: Sequence[str]) -> str:
    cells = (
        f'<c r="{get_column_letter(place)}{number}" s="{style}"{CELL[type(value)](_shown(value), "")}'
        for place, (value, style) in enumerate(zip(row, styles, strict=True), 1)
    )
    return f'<row r="{number}" ht="{_HEIGHT}" customHeight="1">{"".join(cells)}</row>'


def _shown(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _hyperlinks(links: Sequence[str]) -> str:
    if not links:
        return ""
    marks = (f'<hyperlink ref="{link.split()[0]}" r:id="rId{number}"/>' for number, link in enumerate(links, 1))
    return f'<hyperlinks xmlns:r="{_RELATIONS}">{"".join(marks)}</hyperlinks>'


def _relations(links: Sequence[str]) -> str:
    """Where the links lead: beside the index, whatever folder that is moved to."""
    marks = (
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/hyperlink"'
        f' Target="{link.split()[1]}" TargetMode="External"/>'
        for number, link in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(marks)}</Relationships>'
