"""What stands on the pages of a paper, as data: sections with headings, sentences, tables, figures and a chart.

Sections are made without the PDF library; all texts are known before a font is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple


class Tone(StrEnum):
    """How a text of a table stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    AMBER = "amber"
    GOOD = "good"
    BAD = "bad"


class RowLook(StrEnum):
    """What a row of a table is."""

    LINE = "line"
    BAND = "band"  # a heading over all columns: its first cell alone
    STRONG = "strong"
    TOTAL = "total"
    RESULT = "result"  # goes to the return


class Toned(NamedTuple):
    """A cell whose text stands out."""

    text: str
    tone: Tone


GridCell = str | Toned


class GridRow(NamedTuple):
    """A row: as many cells as there are columns; of a band the first one."""

    cells: Sequence[GridCell]
    look: RowLook = RowLook.LINE


class GridColumn(NamedTuple):
    """A column: its head, where its text stands, and its share of the room where its text is wrapped."""

    head: str
    align: Literal["left", "right", "center"] = "left"
    share: float = 0.0  # 0: as wide as its widest text
    group: str = ""  # the head over neighboring columns


@dataclass(frozen=True)
class Grid:
    """A table whose heads are repeated on each page."""

    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    largest: float = 8.0  # points of its text; smaller where its columns need it

    def texts(self) -> Iterator[str]:
        """All texts of it."""
        for column in self.columns:
            yield from (column.head, column.group)
        for row in self.rows:
            yield from (text_of(cell) for cell in row.cells)


class Subheading(NamedTuple):
    """A heading within a section."""

    text: str


class SentenceLook(StrEnum):
    """How a sentence is set."""

    PLAIN = "plain"
    VERDICT = "verdict"
    NOTE = "note"
    WARNING = "warning"


class Sentence(NamedTuple):
    """A text of one or more lines."""

    text: str
    look: SentenceLook = SentenceLook.PLAIN


class LargeFigure(NamedTuple):
    """A figure that a reader sees first: its label, the figure, what it means."""

    label: str
    figure: str
    means: str


class LargeFigures(NamedTuple):
    """They stand below each other; the last one is tinted."""

    rows: Sequence[LargeFigure]


class ChartSeries(NamedTuple):
    """A part of each column of the chart: name, color, that of the figures in it (ARGB), amounts in dollars."""

    name: str
    fill: str
    ink: str
    amounts: Sequence[Decimal]


class ColumnChart(NamedTuple):
    """Columns of stacked parts, each part with its figure."""

    heads: Sequence[str]
    series: Sequence[ChartSeries]
    figures: Sequence[Sequence[str]]  # by series, as they are shown


PaperBlock = Grid | Subheading | Sentence | LargeFigures | ColumnChart


@dataclass(frozen=True)
class PaperSection:
    """A part of the paper with its bookmark; a wide one is set on pages that lie across."""

    title: str
    blocks: Sequence[PaperBlock]
    wide: bool = False
    headed: bool = True  # else its title is a bookmark alone

    def texts(self) -> Iterator[str]:
        """All texts of it."""
        yield self.title
        for block in self.blocks:
            yield from _texts(block)


@dataclass(frozen=True)
class Paper:
    """A whole paper: whose it is, what stands at the foot of each page, its sections."""

    name: str  # large on the first page
    foot: str
    author: str = ""
    head: str = ""  # on the first page, right of the name
    subject: str = ""  # under the name
    sections: Sequence[PaperSection] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What a program shows at the head of its window."""
        return " ".join(f"{self.name}: {self.subject}".split())

    def texts(self) -> Iterator[str]:
        """All texts of it."""
        yield from (self.name, self.foot, self.author, self.head, self.subject)
        for section in self.sections:
            yield from section.texts()


def text_of(cell: GridCell) -> str:
    """The text of a cell."""
    return cell if isinstance(cell, str) else cell.text


def _texts(block: PaperBlock) -> Iterator[str]:
    match block:
        case Grid():
            yield from block.texts()
        case Subheading(text) | Sentence(text):
            yield text
        case LargeFigures(rows):
            yield from (text for row in rows for text in row)
        case ColumnChart(heads, series, figures):
            yield from (*heads, *(each.name for each in series), *(text for each in figures for text in each))
