"""A table becomes a block of the page: columns as wide as they need, heads on every page, no band alone at a foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import LongTable, Paragraph, TableStyle

from .content import Grid, GridCell, GridColumn, GridRow, RowLook, text_of
from .fonts import BOLD, PLAIN, Typeface
from .looks import (
    BAND_COLOR,
    BOLD_TONES,
    HAIR_COLOR,
    INK_COLOR,
    LEADING,
    NAVY_COLOR,
    RESULT_COLOR,
    TONES,
    WHITE_COLOR,
    style,
)

SIZES: Final = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)  # points: the largest at which the columns have room
SIDE: Final = 3.5  # air left and right of a cell
BETWEEN: Final = 3.0  # more, between columns of figures
ABOVE: Final = 1.7  # air over and under its text
LEAST_SHARE: Final = 3.4  # of the size: the least width of a column whose text is wrapped, for each part of its share
TOGETHER: Final = 3  # rows at the end of a table that stay on one page
LONG: Final = 1_500  # characters: a row with more may be divided between pages
BOLD_ROWS: Final = (RowLook.BAND, RowLook.STRONG, RowLook.TOTAL, RowLook.RESULT)


def laid(grid: Grid, width: float, typeface: Typeface) -> LongTable:
    """The table for a page so wide."""
    sizes = [each for each in SIZES if each <= grid.largest]
    size = next((each for each in sizes if sum(_least(grid, each, typeface)) <= width), SIZES[-1])
    widths = _widths(grid, size, width, typeface)
    grouped = any(column.group for column in grid.columns)
    heads = [_groups(grid.columns, typeface)] if grouped else []
    if any(column.head for column in grid.columns):
        heads.append([_head(column, size, typeface) for column in grid.columns])
    body = [_row(row, grid.columns, size, typeface) for row in grid.rows]
    table = LongTable(
        [*heads, *body],
        colWidths=widths,
        repeatRows=len(heads),
        splitByRow=1,
        splitInRow=int(any(len(text) > LONG for text in grid.texts())),
        spaceBefore=2,
        spaceAfter=6,
    )
    table.setStyle(
        TableStyle([*(_heads_look(grid.columns, grouped) if heads else ()), *_body_look(grid, size, len(heads))])
    )
    return table


def _natural(grid: Grid, place: int, size: float, typeface: Typeface) -> float:
    """The width of the widest text of a column."""
    rows = [row for row in grid.rows if row.look is not RowLook.BAND]
    texts = [(text_of(row.cells[place]), _is_bold(row.cells[place], row.look)) for row in rows]
    head = grid.columns[place].head
    texts += [(line, True) for line in head.split("\n")]
    air = 2 * SIDE + (BETWEEN if grid.columns[place].align == "right" else 0)
    return max(stringWidth(typeface.shown(text), BOLD if bold else PLAIN, size) for text, bold in texts) + air


def _least(grid: Grid, size: float, typeface: Typeface) -> list[float]:
    """The least width of each column: that of its widest text, or of a part of it where it may be wrapped."""
    natural = (_natural(grid, place, size, typeface) for place in range(len(grid.columns)))
    return [
        min(wide, column.share * LEAST_SHARE * size) if column.share else wide
        for wide, column in zip(natural, grid.columns, strict=True)
    ]


def _widths(grid: Grid, size: float, width: float, typeface: Typeface) -> list[float]:
    """What is left over goes to the columns that are wrapped, by their shares, or to all alike."""
    least = _least(grid, size, typeface)
    left, shares = width - sum(least), sum(column.share for column in grid.columns)
    if left < 0:
        return [wide * width / sum(least) for wide in least]
    if not shares:
        return [wide + left / len(least) for wide in least]
    return [wide + left * column.share / shares for wide, column in zip(least, grid.columns, strict=True)]


def _is_bold(cell: GridCell, look: RowLook) -> bool:
    return look in BOLD_ROWS or (not isinstance(cell, str) and cell.tone in BOLD_TONES)


def _groups(columns: Sequence[GridColumn], typeface: Typeface) -> list[str]:
    """The heads over neighboring columns, each in the first of them."""
    found = []
    for group, of_group in groupby(columns, key=lambda column: column.group):
        found += [typeface.shown(group), *[""] * (len(list(of_group)) - 1)]
    return found


def _head(column: GridColumn, size: float, typeface: Typeface) -> Any:
    if column.share:
        return Paragraph(typeface.marked(column.head), style(size, bold=True, ink=WHITE_COLOR, align=column.align))
    return "\n".join(typeface.shown(line) for line in column.head.split("\n"))


def _row(row: GridRow, columns: Sequence[GridColumn], size: float, typeface: Typeface) -> list[Any]:
    if row.look is RowLook.BAND:
        first = Paragraph(typeface.marked(text_of(row.cells[0])), style(size, bold=True, ink=NAVY_COLOR))
        return [first, *[""] * (len(columns) - 1)]
    return [_cell(cell, column, row.look, size, typeface) for cell, column in zip(row.cells, columns, strict=True)]


def _cell(cell: GridCell, column: GridColumn, look: RowLook, size: float, typeface: Typeface) -> Any:
    text = text_of(cell)
    if not column.share:
        return typeface.shown(text)
    ink = INK_COLOR if isinstance(cell, str) else TONES[cell.tone]
    return Paragraph(typeface.marked(text), style(size, bold=_is_bold(cell, look), ink=ink, align=column.align))


def _heads_look(columns: Sequence[GridColumn], grouped: bool) -> Iterator[tuple[Any, ...]]:
    last = int(grouped)
    yield "BACKGROUND", (0, 0), (-1, last), NAVY_COLOR
    yield "TEXTCOLOR", (0, 0), (-1, last), WHITE_COLOR
    yield "FONTNAME", (0, 0), (-1, last), BOLD
    if not grouped:
        return
    at = 0
    for group, of_group in groupby(columns, key=lambda column: column.group):
        end = at + len(list(of_group)) - 1
        yield "SPAN", (at, 0), (end, 0)
        yield "ALIGN", (at, 0), (end, 0), "CENTER"
        if group:
            yield "LINEBELOW", (at, 0), (end, 0), 0.5, WHITE_COLOR
        at = end + 1


def _body_look(grid: Grid, size: float, first: int) -> Iterator[tuple[Any, ...]]:
    yield "FONTNAME", (0, first), (-1, -1), PLAIN
    yield "FONTSIZE", (0, 0), (-1, -1), size
    yield "LEADING", (0, 0), (-1, -1), size * LEADING
    yield "TEXTCOLOR", (0, first), (-1, -1), INK_COLOR
    if first:
        yield "VALIGN", (0, 0), (-1, first - 1), "BOTTOM"
    yield "VALIGN", (0, first), (-1, -1), "TOP"
    yield "LEFTPADDING", (0, 0), (-1, -1), SIDE
    yield "RIGHTPADDING", (0, 0), (-1, -1), SIDE
    yield "TOPPADDING", (0, 0), (-1, -1), ABOVE
    yield "BOTTOMPADDING", (0, 0), (-1, -1), ABOVE
    yield "LINEBELOW", (0, first), (-1, -1), 0.4, HAIR_COLOR
    for place, column in enumerate(grid.columns):
        yield "ALIGN", (place, max(first - 1, 0)), (place, -1), column.align.upper()
    yield "NOSPLIT", (0, -min(TOGETHER, len(grid.rows))), (-1, -1)
    for number, row in enumerate(grid.rows, first):
        yield from _row_look(row, number, last=number == first + len(grid.rows) - 1)


def _row_look(row: GridRow, number: int, *, last: bool) -> Iterator[tuple[Any, ...]]:
    here = (0, number), (-1, number)
    if row.look in BOLD_ROWS:
        yield "FONTNAME", *here, BOLD
    for place, cell in enumerate(row.cells):
        if not isinstance(cell, str):
            at = (place, number), (place, number)
            yield "TEXTCOLOR", *at, TONES[cell.tone]
            if cell.tone in BOLD_TONES:
                yield "FONTNAME", *at, BOLD
    match row.look:
        case RowLook.BAND:
            yield "SPAN", *here
            yield "BACKGROUND", *here, BAND_COLOR
            if not last:
                yield "NOSPLIT", (0, number), (-1, number + 1)
        case RowLook.TOTAL:
            yield "LINEABOVE", *here, 0.75, NAVY_COLOR
            yield "NOSPLIT", (0, number - 1), (-1, number)
        case RowLook.RESULT:
            yield "BACKGROUND", *here, RESULT_COLOR
            yield "LINEABOVE", *here, 0.75, NAVY_COLOR
            yield "NOSPLIT", (0, number - 1), (-1, number)
