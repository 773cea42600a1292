"""The frame that every sheet shares: title, whose and what units, conclusion, header band; window and printed page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from engine.language.expressions import Text, join, text, when
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf

from ..xlsx.paper import ends_between_bands, room_down
from ..xlsx.template import Slot
from ..xlsx.text_fit import lines_needed, row_height
from .layout import BOOK, SHARED, Book, Cells, letter
from .styles import citation

HOME: Final = "Summary"  # the first sheet, to which all others lead back
START: Final = "Start here"  # the same of an intake workbook
PACK: Final = "Client pack"
FILE: Final = "Preparer's file"
CLIENT: Final = Text(Leaf(SHARED, "client_name", kind=Kind.TEXT))
UNITS: Final = "US dollars, shares marked sh  ·  (parentheses) = negative, – = zero"
SUBTITLE: Final = join(CLIENT, when(CLIENT.equals(""), text(""), text("  ·  ")), UNITS)
LINE: Final = 16.5  # points: the row grid
RESULT: Final = 20.0
BAND: Final = 18.0
NAME_AND_UNITS: Final = 80.0  # characters that row 2 takes with a usual name
SAFE: Final = 9.0  # points of a page that no row needs to take


@dataclass(frozen=True)
class Frame:
    """What one sheet is: its tab, code, columns and page."""

    title: str
    code: str
    heading: str
    widths: Sequence[float]
    tab: str
    header_row: int = 4
    landscape: bool = False
    one_page: bool = False
    freeze: str = ""
    scale: int = 0  # percent, of a page that is broken by hand: fitting overrides hand breaks; 0 fits the width
    margin: float = 0.5  # inches, left and right
    top_margin: float = 0.5  # inches
    own_top: bool = False  # the sheet draws its first rows itself, down to the header row
    words_last: bool = False  # the last column is wide: with few years row 2 would be cut before it
    title_rows: str = ""  # rows repeated on each printed page; "" repeats the header band, "-" none


@dataclass
class Page:
    """One sheet under construction, filled from the top."""

    book: Book
    frame: Frame
    sheet: Worksheet = field(init=False)
    cells: Cells = field(init=False)
    row: int = field(init=False)  # the next free row
    bands: list[int] = field(default_factory=list)  # the rows of part bands

    def __post_init__(self) -> None:
        self.sheet = self.book.sheet(self.frame.title)
        self.cells = Cells(self.book, self.sheet)
        self.row = self.frame.header_row + 1
        for column, width in enumerate(self.frame.widths, 1):
            self.sheet.column_dimensions[letter(column)].width = width
        self.sheet.sheet_properties.tabColor = self.frame.tab
        if not self.frame.own_top:
            self._top()
        self._window()
        self._paper()

    @property
    def home(self) -> str:
        """The title of the first sheet."""
        return START if self.book.intake else HOME

    @property
    def last_letter(self) -> str:
        """The last column of the printed page."""
        return letter(len(self.frame.widths))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self.book.rows.height(row, points)

    def height_of(self, row: int, slot: Slot) -> None:
        """Let the client's values decide on the height of a row, in points; None hides it."""
        self.height(row, self.book.slots.number(slot))

    def merge(self, cells: str) -> None:
        """Merge cells, such as "A5:C5"; they are written as they are, so openpyxl need not make them."""
        self.sheet.merged_cells.add(CellRange(cells))

    def grows(self, column: str, slot: Slot) -> None:
        """Let the client's values decide on the width of a column, in characters; None hides it."""
        self.sheet.column_dimensions[column].width = self.book.slots.number(slot)

    def say(self, sentence: Line, year: int) -> None:
        """Write the conclusion of row 3; the lines that it speaks of are placed before."""
        self.cells.place(sentence, year, "A3")
        self.cells.line("A3", sentence, year, "ib_say")

    def header(self, heads: Sequence[tuple[str | int, str]], points: float = 19) -> None:
        """Write the header band."""
        row = self.frame.header_row
        self.height(row, points)
        for column, (head, style) in enumerate(heads, 1):
            self.cells.fixed(f"{letter(column)}{row}", head, style)

    def band(self, text: str, note: str = "", note_column: int = 0) -> None:
        """Write a part band over all columns."""
        self.bands.append(self.row)
        self.height(self.row, BAND)
        for column in range(1, len(self.frame.widths) + 1):
            self.cells.fixed(f"{letter(column)}{self.row}", None, "ib_part")
        self.cells.fixed(f"A{self.row}", text, "ib_part")
        if note:
            self.cells.fixed(f"{letter(note_column)}{self.row}", note, "ib_part_note")
        self.row += 1

    def heading(self, text: str) -> None:
        """Write a block heading over all columns, with air above."""
        self.height(self.row, 9)
        self.row += 1
        self.height(self.row, 20)
        for column in range(1, len(self.frame.widths) + 1):
            self.cells.fixed(f"{letter(column)}{self.row}", None, "ib_h2")
        self.cells.fixed(f"A{self.row}", text, "ib_h2")
        self.row += 1

    def note(self, text: str) -> None:
        """Write a quiet note over the width of the sheet; its height is given, for merged rows never grow."""
        width = sum(self.frame.widths)
        self.merge(f"A{self.row}:{self.last_letter}{self.row}")
        self.cells.fixed(f"A{self.row}", text, "ib_note")
        self.height(self.row, row_height(lines_needed(text, width, 9), 9))
        self.row += 1

    def link(self, cell: str, title: str, target: str = "A1") -> None:
        """Let a cell lead to a place in this file."""
        where = self.sheet[cell]
        where.hyperlink = Hyperlink(ref=cell, location=f"'{title}'!{target}")
        where.value = ""  # openpyxl puts the target; the words are written through Cells

    def comment(self, cell: str, text: str) -> None:
        """Hang a citation on a line number."""
        if text:
            self.sheet[cell].comment = citation(text)

    def strip(self, text: str) -> None:
        """Write what is provisional, in amber under the header band."""
        self.height(self.row, 16)
        for column in range(1, len(self.frame.widths) + 1):
            self.cells.fixed(f"{letter(column)}{self.row}", None, "ib_prov_rest")
        self.cells.fixed(f"A{self.row}", text, "ib_prov")
        self.row += 1

    def page_break(self) -> None:
        """Begin a new printed page above the next row."""
        self.sheet.row_breaks.append(Break(id=self.row - 1))

    def end_between_bands(self, last_row: int) -> None:
        """Break a landscape page of a given scale so that no band ends one and the last is not nearly empty."""
        heights = self.book.rows.heights(last_row)
        room = room_down(self.frame.scale / 100) - SAFE
        for row in ends_between_bands(heights, heights[self.frame.header_row - 1], sorted(self.bands), room):
            self.sheet.row_breaks.append(Break(id=row))

    def page_ends(self, slot: Slot) -> None:
        """Let the client's values decide after which rows a printed page ends."""
        self.sheet.row_breaks.append(Break(id=int(self.book.slots.number(slot))))

    def close(self, last_row: int = 0, last_column: str = "") -> None:
        """Fix the printed area, from A1."""
        self.sheet.print_area = f"A1:{last_column or self.last_letter}{last_row or self.row - 1}"

    def _top(self) -> None:
        for row, points in ((1, 25), (2, 14), (3, 20)):
            self.height(row, points)
        self.cells.fixed("A1", self.frame.heading, "ib_title")
        self.cells.expression("A2", SUBTITLE.node, 0, (BOOK, "subtitle"), "ib_sub")
        self.cells.fixed(f"{self.last_letter}1", self.frame.code, "ib_ref")
        if self.frame.title != self.home:
            where = self._way_home
            self.cells.fixed(where, f"← {self.home}", "ib_nav")
            self.link(where, self.home)

    @property
    def _way_home(self) -> str:
        """The cell that leads to the first sheet: at the right of row 2, but where row 2 needs the room."""
        others = self.frame.widths[:-1]
        if self.frame.words_last and sum(others) < NAME_AND_UNITS:
            return f"{letter(len(others))}1"
        return f"{self.last_letter}2"

    def _window(self) -> None:
        sheet = self.sheet
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 100
        sheet.sheet_view.tabSelected = self.frame.title == self.home  # of a selected group, what is typed goes to all
        sheet.freeze_panes = self.frame.freeze or None
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False

    def _paper(self) -> None:
        sheet, frame = self.sheet, self.frame
        orientation: Literal["landscape", "portrait"] = "landscape" if frame.landscape else "portrait"
        sheet.page_setup.orientation = orientation
        sheet.page_setup.paperSize = 1
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=not frame.scale)
        if frame.scale:
            sheet.page_setup.scale = frame.scale
        else:
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if frame.one_page else 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = frame.margin
        margins.top, margins.bottom, margins.header, margins.footer = frame.top_margin, 0.65, 0.3, 0.3
        if frame.title_rows != "-":
            sheet.print_title_rows = frame.title_rows or f"{frame.header_row}:{frame.header_row}"
        font = '&"Calibri,Regular"&8 '
        footer = sheet.oddFooter
        assert footer is not None  # openpyxl makes all three
        assert footer.left is not None
        assert footer.center is not None
        assert footer.right is not None
        footer.left.text = f"{font}{self.book.slots.token((BOOK, 'footer'))}"
        footer.center.text = f"{font}{frame.title.replace('&', '&&')} · {frame.code}"
        footer.right.text = f"{font}{self.book.slots.token((BOOK, footer_key(frame.title)))} · page &P"


def footer_key(title: str) -> str:
    """The key of the words that tell to which part of the book a sheet belongs."""
    return f"part of {title}"
