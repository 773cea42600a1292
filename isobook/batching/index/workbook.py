"""index.xlsx: sheets of any number of rows, written row by row into the zip, the same bytes for the same rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workbook_templates.drawing.styles import add_styles
from workbook_templates.xlsx.cached_xlsx import workbook_parts
from workbook_templates.xlsx.cell_xml import CELL, number_text

from .looks import CellLook, color_states

HEADER_ROW: Final = 4
HEADER_HEIGHTS: Final = (19.0, 30.0)  # points: of one line, and of two
TOTAL_HEIGHT: Final = 19.0
MOST_LINKS: Final = 60_000  # Excel takes 65,530 on a sheet
_PAGE_PART: Final = re.compile("<(?:printOptions|pageMargins)")
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


class IndexColumn(NamedTuple):
    """A column of a sheet: its name, its width in characters and the named style of its head."""

    name: str
    width: float
    head: str = "ib_head_in"


class IndexCell(NamedTuple):
    """A value, how it is shown, and the file or the place of this book (`#Problems!A1`) that it leads to."""

    value: Any
    shown: CellLook
    link: str = ""


class TableRow(NamedTuple):
    """A row and its height in points."""

    cells: Sequence[IndexCell]
    height: float


@dataclass(frozen=True)
class IndexSheet:
    """A sheet to write: what stands above its table, the table, and a last row that is known when all are written."""

    title: str
    heading: str
    told: str  # small, under the heading
    says: str  # the line above the table
    columns: Sequence[IndexColumn]
    length: int  # rows
    rows: Iterable[TableRow]
    total: Callable[[], TableRow] | None = None
    states: str = ""  # the column of states
    links: list[str] = field(default_factory=list)  # to files, in the order of their numbers

    @property
    def last_row(self) -> int:
        """The last row of the table, without its total."""
        return HEADER_ROW + max(self.length, 1)


class _Skeleton(NamedTuple):
    """A sheet's XML around its rows, and the number of each style."""

    before: str
    after: str
    styles: dict[CellLook, str]


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
            sheet = sheets[int(number[1]) - 1]
            with archive.open(_entry(name), "w", force_zip64=True) as file:
                _stream(file, content.decode(), sheet)
            if sheet.links:
                relations = f"xl/worksheets/_rels/sheet{number[1]}.xml.rels"
                archive.writestr(_entry(relations), _relations(sheet.links))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # of 1980, whatever the day
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
    return entry


def _draw(page: Worksheet, sheet: IndexSheet) -> None:
    """The head of a sheet, and one row with a cell of each style."""
    above = ("A1", sheet.heading, "ib_title"), ("A2", sheet.told, "ib_sub"), ("A3", sheet.says, "ib_say")
    for cell, words, style in above:
        page[cell].value, page[cell].style = words, style
    head = HEADER_HEIGHTS[any("\n" in column.name for column in sheet.columns)]
    for row, height in ((1, 25.0), (2, 14.0), (3, 20.0), (HEADER_ROW, head)):
        page.row_dimensions[row].height = height
    for place, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(place)
        page[f"{letter}{HEADER_ROW}"].value, page[f"{letter}{HEADER_ROW}"].style = column.name, column.head
        page.column_dimensions[letter].width = column.width
    for place, shown in enumerate(CellLook, 1):
        page.cell(HEADER_ROW + 1, place).style = shown.value
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = f"B{HEADER_ROW + 1}"
    page.auto_filter.ref = f"A{HEADER_ROW}:{last}{sheet.last_row}"
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = margins.top = 0.5
    margins.bottom, margins.header, margins.footer = 0.65, 0.3, 0.3
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.print_area = f"A1:{last}{sheet.last_row + bool(sheet.total)}"
    footer = page.oddFooter
    assert footer is not None  # openpyxl makes all three
    for part, words in ((footer.left, "Batch index"), (footer.center, sheet.title), (footer.right, "Page &P of &N")):
        assert part is not None
        part.text = f'&"Calibri,Regular"&8 {words}'
    if sheet.states:
        color_states(page, f"{sheet.states}{HEADER_ROW + 1}:{sheet.states}{sheet.last_row}")


def _stream(file: IO[bytes], xml: str, sheet: IndexSheet) -> None:
    skeleton = _skeleton(xml, sheet)
    file.write(skeleton.before.encode())
    marks: list[str] = []
    number = HEADER_ROW
    for number, row in enumerate(_all_rows(sheet), HEADER_ROW + 1):
        file.write(_row(number, row, skeleton.styles).encode())
        if len(marks) < MOST_LINKS:
            marks += _marks(number, row, sheet.links)
    cut = _PAGE_PART.search(skeleton.after)
    place = cut.start() if cut else 0
    linked = f'<hyperlinks xmlns:r="{_RELATIONS}">{"".join(marks)}</hyperlinks>' if marks else ""
    file.write(f"{skeleton.after[:place]}{linked}{skeleton.after[place:]}".encode())


def _all_rows(sheet: IndexSheet) -> Iterator[TableRow]:
    yield from islice(sheet.rows, sheet.length)
    if sheet.total:
        yield sheet.total()


def _skeleton(xml: str, sheet: IndexSheet) -> _Skeleton:
    found = re.search(rf'<row r="{HEADER_ROW + 1}".*?</row>', xml, re.DOTALL)
    assert found
    last = f"{get_column_letter(len(sheet.columns))}{sheet.last_row + bool(sheet.total)}"
    before = re.sub('<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"', xml[: found.start()])
    numbers = re.findall(r's="(\d+)"', found[0])
    return _Skeleton(before, xml[found.end() :], dict(zip(CellLook, numbers, strict=True)))


def _row(number: int, row: TableRow, styles: dict[CellLook, str]) -> str:
    cells = (
        f'<c r="{get_column_letter(place)}{number}" s="{styles[each.shown]}"{_content(each.value)}'
        for place, each in enumerate(row.cells, 1)
    )
    return f'<row r="{number}" ht="{number_text(row.height)}" customHeight="1">{"".join(cells)}</row>'


def _content(value: Any) -> str:
    safe = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    return CELL[type(safe)](safe, "")


def _marks(number: int, row: TableRow, links: list[str]) -> Iterator[str]:
    """The links of a row; a file beside the index is numbered, a place in this book is named."""
    for place, cell in enumerate(row.cells, 1):
        at = f"{get_column_letter(place)}{number}"
        if cell.link.startswith("#"):
            yield f'<hyperlink ref="{at}" location="{cell.link[1:]}"/>'
        elif cell.link:
            links.append(quote(cell.link))
            yield f'<hyperlink ref="{at}" r:id="rId{len(links)}"/>'


def _relations(links: Sequence[str]) -> str:
    """Where the links lead: beside the index, whatever folder that is moved to."""
    marks = (
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/hyperlink" Target="{link}" TargetMode="External"/>'
        for number, link in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(marks)}</Relationships>'
