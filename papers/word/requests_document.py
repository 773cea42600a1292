"""The request list in Word: for each document a box to tick, the year, why it is needed, and a place to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt

from engine.columns import Ask

from .characters import showable
from .controls import add_answer, add_box_to_tick
from .firm import BETWEEN, Firm
from .packing import packed
from .page import new_document
from .requests import DocumentRequest, Requests
from .word_table import LEFT, MIDDLE, SIZE, add_row, add_table, dress_cell

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

TITLE: Final = "Documents and answers that we need"
BEGIN: Final = (
    "The figures in our letter rest on the points below. Please tick each document that you send, or write beside it "
    "what you know. If there is no such document, say so: that is an answer too."
)
GROUPS: Final = {
    Ask.CLIENT: ("From you", "You should find these in your own files."),
    Ask.EMPLOYER: ("From your employer", "Please ask your employer, or the firm that keeps its stock plan."),
    Ask.BROKER: ("From your broker", "Please ask your broker."),
}
HEADS: Final = ("", "Document", "Year", "Why we need it", "Your answer")
WIDTHS: Final = (0.35, 1.6, 0.55, 2.65, 1.35)  # inches
SIDES: Final = (MIDDLE, LEFT, MIDDLE, LEFT, LEFT)
TICK, DOCUMENT, YEAR, WHY, ANSWER = range(len(HEADS))
END: Final = "This is not tax advice."


def requests_document(requests: Requests, client: str, firm: Firm) -> bytes:
    """The .docx; the same requests and firm give the same bytes. Nothing asked is no document: do not call it then."""
    client = showable(client)
    document = new_document(
        firm, f"{TITLE}: {client}" if client else TITLE, BETWEEN.join(filter(None, (client, TITLE)))
    )
    document.add_paragraph(TITLE, "Title").alignment = WD_ALIGN_PARAGRAPH.LEFT
    if client:
        document.add_paragraph(client)
    document.add_paragraph(BEGIN)
    for whom, asked in requests.by_whom.items():
        _group(document, whom, asked)
    document.add_paragraph(END).paragraph_format.space_before = Pt(12)
    return packed(document)


def _group(document: Document, whom: Ask, asked: Sequence[DocumentRequest]) -> None:
    heading, begin = GROUPS[whom]
    document.add_paragraph(heading, "Heading 1")
    document.add_paragraph(begin).paragraph_format.keep_with_next = True
    table = add_table(document, HEADS, [Inches(width) for width in WIDTHS], SIDES)
    for each in asked:
        cells = add_row(table, ("", each.document, _year(each), each.reasons[0], ""), SIDES, keeps=False)
        _row(cells, each)


def _row(cells: Sequence[_Cell], request: DocumentRequest) -> None:
    """The further reasons, the box and the place to answer."""
    what = f"{request.document} {_year(request)}".strip()
    for run in cells[DOCUMENT].paragraphs[0].runs:
        run.bold = True
    for reason in request.reasons[1:]:
        paragraph = cells[WHY].add_paragraph()
        dress_cell(paragraph)
        paragraph.add_run(showable(reason)).font.size = Pt(SIZE)
    add_box_to_tick(cells[TICK].paragraphs[0], f"Enclosed: {what}")
    add_answer(cells[ANSWER].paragraphs[0], f"Answer: {what}")


def _year(request: DocumentRequest) -> str:
    return str(request.year or "")
