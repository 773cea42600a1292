"""A paper becomes a PDF: Letter pages with a foot, bookmarks, its title shown; the same paper gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from reportlab.lib.pagesizes import LETTER, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from .chart import StackedColumns
from .content import (
    ColumnChart,
    Grid,
    LargeFigure,
    LargeFigures,
    Paper,
    PaperBlock,
    PaperSection,
    Sentence,
    Subheading,
)
from .fonts import BOLD, PLAIN, Typeface
from .grids import laid
from .looks import (
    BESIDE_TITLE,
    FOOTS,
    HAIR_COLOR,
    LARGE_LABEL,
    LARGE_SIZES,
    LARGE_WORDS,
    NAVY_COLOR,
    QUIET_COLOR,
    RESULT_COLOR,
    SECTION,
    SENTENCES,
    SUBHEADING,
    SUBJECT,
    TITLE,
    style,
)

SIDE, TOP, BOTTOM = 42.0, 36.0, 44.0  # margins in points
FOOT: Final = 24.0  # from the lower edge
FOOT_SIZE: Final = 7.5
TALL: Final = "tall"
WIDE: Final = "wide"
ABOVE: Final = 34.0  # points: a bookmark stands behind its heading and leads to above it
SMALL: Final = 14  # rows of a table that is not divided
LEADING: Final = 4  # blocks that stay together
FIRST_ROWS: Final = 90.0  # points of the heads of a table and its first rows
LARGE_WIDTHS: Final = (0.19, 0.21, 0.60)  # of the width: label, figure, words
LARGE_AIR: Final = 14.0  # right of a large figure
PRODUCER: Final = "isobook"


def set_paper(paper: Paper, typeface: Typeface) -> bytes:
    """The PDF of a paper; set twice, since each page says how many there are."""
    _, pages = _set(paper, typeface, None)
    return _set(paper, typeface, pages)[0]


def _set(paper: Paper, typeface: Typeface, pages: int | None) -> tuple[bytes, int]:
    target = io.BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=LETTER,
        invariant=1,
        lang="en-US",
        displayDocTitle=1,
        title=typeface.shown(paper.title),
        subject=typeface.shown(" ".join(paper.subject.split())),
        author=typeface.shown(paper.author),
        creator=PRODUCER,
        producer=PRODUCER,
        pageCompression=1,
        initialFontName=PLAIN,
    )

    def foot(canvas: Any, _document: Any) -> None:
        width = canvas._pagesize[0]
        canvas.saveState()
        canvas.setFont(PLAIN, FOOT_SIZE)
        canvas.setFillColor(QUIET_COLOR)
        numbered = f"Page {canvas.getPageNumber()} of {pages or 0}"
        for look in FOOTS:
            left = Paragraph(typeface.marked(paper.foot), look)
            _, tall = left.wrapOn(canvas, width - 2 * SIDE - 90, BOTTOM)
            if tall <= BOTTOM - FOOT:
                break
        left.drawOn(canvas, SIDE, FOOT - 2)
        canvas.drawRightString(width - SIDE, FOOT, numbered)
        canvas.restoreState()

    document.addPageTemplates([_template(TALL, LETTER, foot), _template(WIDE, landscape(LETTER), foot)])
    document.build(list(_story(paper, typeface)))
    return target.getvalue(), document.page


def _template(name: str, size: tuple[float, float], foot: Any) -> PageTemplate:
    width, height = size
    frame = Frame(SIDE, BOTTOM, width - 2 * SIDE, height - TOP - BOTTOM, 0, 0, 0, 0, id=name)
    return PageTemplate(name, [frame], onPage=foot, pagesize=size)


def _room(wide: bool) -> float:
    """The width of a page between its margins."""
    return (LETTER[1] if wide else LETTER[0]) - 2 * SIDE


class _Bookmark(Flowable):
    """A place that the outline leads to."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__()
        self.title, self.key = title, key

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """It takes no room."""
        return 0, 0

    def draw(self) -> None:
        """Mark the place."""
        self.canv.bookmarkHorizontal(self.key, 0, ABOVE)
        self.canv.addOutlineEntry(self.title, self.key, 0, closed=0)


def _story(paper: Paper, typeface: Typeface) -> Iterator[Any]:
    yield from _head(paper, typeface)
    wide = False
    for number, section in enumerate(paper.sections):
        if section.wide is not wide:
            yield NextPageTemplate(WIDE if section.wide else TALL)
            yield PageBreak()
        wide = section.wide
        yield from _section(section, f"section-{number}", typeface)


def _head(paper: Paper, typeface: Typeface) -> Iterator[Any]:
    """The title with what stands right of it, and the line under them."""
    room = _room(False)
    cells = [Paragraph(typeface.marked(paper.name), TITLE), Paragraph(typeface.marked(paper.head), BESIDE_TITLE)]
    top = Table([cells], colWidths=[room * 0.64, room * 0.36])
    top.setStyle(_bare("VALIGN", "BOTTOM"))
    yield top
    yield Paragraph(typeface.marked(paper.subject), SUBJECT)


def _bare(*command: str) -> TableStyle:
    around = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT")]
    font = ("FONTNAME", (0, 0), (-1, -1), PLAIN)  # else the file names a font that it neither uses nor holds
    return TableStyle([*around, font, (command[0], (0, 0), (-1, -1), command[1])])


def _section(section: PaperSection, key: str, typeface: Typeface) -> Iterator[Any]:
    """Its blocks; what leads to a table stands on its page, with all of a table that is small."""
    room = _room(section.wide)
    before: list[Any] = [_ruled(Paragraph(typeface.marked(section.title), SECTION), room)] if section.headed else []
    before.append(_Bookmark(typeface.shown(section.title), key))
    for block in section.blocks:
        if isinstance(block, Subheading) and len(before) > 2:  # more than the heading of the section
            yield from _led([], before, room)
            before = []
        before += _block(block, room, typeface)
        if isinstance(block, Grid):
            small = len(block.rows) <= SMALL
            yield from [KeepTogether(before)] if small else _led(before[-1:], before[:-1], room)
            before = []
    yield from _led([], before, room)


def _led(table: list[Any], before: list[Any], room: float) -> Iterator[Any]:
    """A table, if there is one, behind what leads to it, which does not stand alone at the foot of a page."""
    if before:
        tall = sum(each.wrap(room, LETTER[1])[1] + each.getSpaceBefore() for each in before[:LEADING])
        yield CondPageBreak(tall + (FIRST_ROWS if table else 0))
    yield from (*before, *table)


def _ruled(heading: Paragraph, room: float) -> Table:
    """A heading over a rule."""
    table = Table([[heading]], colWidths=[room], spaceBefore=8, spaceAfter=5)
    under = ("LINEBELOW", (0, 0), (-1, -1), 0.9, NAVY_COLOR)
    close = [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    table.setStyle(TableStyle([*_bare("VALIGN", "BOTTOM").getCommands(), under, *close]))
    return table


def _block(block: PaperBlock, room: float, typeface: Typeface) -> Iterator[Any]:
    match block:
        case Subheading(text):
            yield Paragraph(typeface.marked(text), SUBHEADING)
        case Sentence(text, look):
            yield Paragraph(typeface.marked(text), SENTENCES[look])
        case LargeFigures(rows):
            yield _large(rows, room, typeface)
        case ColumnChart():
            yield StackedColumns(block)
        case Grid():
            yield laid(block, room, typeface)


def _large(rows: Any, room: float, typeface: Typeface) -> Table:
    air = LARGE_AIR + 2  # of rounding
    widest = max(stringWidth(row.figure, BOLD, 1) for row in rows)
    free = room * LARGE_WIDTHS[1] - air
    size = next((each for each in LARGE_SIZES if widest * each <= free), LARGE_SIZES[-1])

    def cells(row: LargeFigure) -> list[Paragraph]:
        looks = LARGE_LABEL, style(size, bold=True, ink=NAVY_COLOR, align="right"), LARGE_WORDS
        return [Paragraph(typeface.marked(text), look) for text, look in zip(row, looks, strict=True)]

    table = Table([cells(row) for row in rows], colWidths=[room * share for share in LARGE_WIDTHS], spaceAfter=4)
    every = (0, 0), (-1, -1)
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", *every, PLAIN),
                ("VALIGN", *every, "MIDDLE"),
                ("TOPPADDING", *every, 2),
                ("BOTTOMPADDING", *every, 5),
                ("LEFTPADDING", (0, 0), (0, -1), 6),
                ("LEFTPADDING", (1, 0), (1, -1), 0),
                ("RIGHTPADDING", (1, 0), (1, -1), LARGE_AIR),
                ("LINEABOVE", (0, 0), (-1, 0), 0.9, NAVY_COLOR),
                ("LINEBELOW", *every, 0.4, HAIR_COLOR),
                ("BACKGROUND", (0, -1), (-1, -1), RESULT_COLOR),
            ]
        )
    )
    return table
