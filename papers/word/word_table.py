"""A table in the workbook's look: a navy head that each page repeats, hair lines, totals under a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor

from workbook_templates.drawing.colors import HAIR, NAVY, WHITE

from .characters import showable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import _Cell

SIZE: Final = 9.5  # points of what stands in it
LEFT, MIDDLE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BORDERS: Final = (
    f'<w:tblBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{HAIR[2:]}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{HAIR[2:]}"/></w:tblBorders>'
)


def add_table(document: Document, heads: Sequence[str], widths: Sequence[Length], sides: Sequence[Any]) -> Any:
    """A table with its row of heads; `sides` says on which side the words of a column stand."""
    table: Any = document.add_table(rows=1, cols=len(heads))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    following = table._tbl.tblPr.find(qn("w:tblLayout"))  # the order of what follows is fixed
    following.addprevious(parse_xml(BORDERS))  # python-docx has no borders of its own
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = table.rows[0]
    _row_property(head, "tblHeader")
    _row_property(head, "cantSplit")
    for cell, words, width, side in zip(head.cells, heads, widths, sides, strict=True):
        cell.width = width
        _edge(cell, NAVY, "left", "right")  # no white between the heads
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{NAVY[2:]}"/>')
        cell._tc.get_or_add_tcPr().append(shade)
        run = write_cell(cell, words, side, keeps=True)
        run.bold, run.font.color.rgb = True, RGBColor.from_string(WHITE[2:])
    return table


def add_row(table: Any, words: Sequence[str], sides: Sequence[Any], *, keeps: bool) -> Sequence[_Cell]:
    """A row that no page cuts; one that `keeps` stays on a page with the next."""
    row = table.add_row()
    _row_property(row, "cantSplit")
    for cell, each, column, side in zip(row.cells, words, table.columns, sides, strict=True):
        cell.width = column.width
        write_cell(cell, each, side, keeps=keeps)
    cells: Sequence[_Cell] = row.cells
    return cells


def total_rule(cells: Sequence[_Cell]) -> None:
    """Make a row of totals of the cells: bold, under a rule."""
    for cell in cells:
        _edge(cell, NAVY, "top")
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _edge(cell: _Cell, color: str, *sides: str) -> None:
    """Rule a cell; it comes before its fill, as the order in a cell is fixed."""
    rules = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{color[2:]}"/>' for side in sides)
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{rules}</w:tcBorders>"))


def write_cell(cell: _Cell, words: str, side: Any = LEFT, *, keeps: bool = False) -> Any:
    """Write the first paragraph of a cell; give what its letters are set by."""
    paragraph = cell.paragraphs[0]
    dress_cell(paragraph, side)
    paragraph.paragraph_format.keep_with_next = keeps
    run = paragraph.add_run(showable(words))
    run.font.size = Pt(SIZE)
    return run


def dress_cell(paragraph: Any, side: Any = LEFT) -> None:
    """Set the air around a paragraph of a cell, and its side."""
    paragraph.alignment = side
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:{name} {nsdecls('w')}/>"))
