"""The letter in Word: the paragraphs of the sheet Letter, each in a style of Word, to be edited and sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt

from workbook_templates.letter.page_rows import CLOSING
from workbook_templates.letter.parts.paragraphs import LetterPart, LetterTable, PartKind
from workbook_templates.letter.parts.tables import BY_YEAR, HELD, Holds, TableColumn

from .characters import showable
from .controls import add_date
from .firm import BETWEEN, Firm
from .packing import packed
from .page import new_document
from .word_table import LEFT, MIDDLE, RIGHT, add_row, add_table, total_rule

if TYPE_CHECKING:
    from docx.document import Document

STYLES: Final = {
    PartKind.SUBJECT: "Title",
    PartKind.HEADING: "Heading 1",
    PartKind.BULLET: "List Bullet",
    PartKind.STEP: "List Number",
}
WIDTHS: Final[Mapping[tuple[TableColumn, ...], tuple[float, ...]]] = {
    BY_YEAR: (1.1, 1.2, 1.1, 1.15, 1.15, 0.8),
    HELD: (1.55, 0.9, 0.9, 1.05, 0.95, 1.15),
}  # inches
SIDES: Final = {Holds.NAME: LEFT, Holds.AMOUNT: RIGHT, Holds.SHARES: RIGHT}
ELSEWHERE: Final = (PartKind.FIRM, PartKind.CLOSING)  # in the letterhead, and above the signature
LINES_TO_SIGN: Final = 2
RULE: Final = "_" * 32


def letter_document(parts: Iterable[LetterPart], firm: Firm) -> bytes:
    """The .docx; the same parts and firm give the same bytes."""
    parts = [part._replace(words=showable(part.words)) for part in parts]
    words = {part.kind: part.words for part in parts if part.words}
    subject, client = words[PartKind.SUBJECT], words.get(PartKind.CLIENT, "")
    document = new_document(firm, subject, BETWEEN.join(filter(None, (client, subject))))
    last = max(at for at, part in enumerate(parts) if part.kind is PartKind.HEADING)
    for at, part in enumerate(parts):
        if part.kind not in ELSEWHERE:
            _write(document, part, firm)
        if last < at and part.kind is PartKind.SENTENCES:  # the end stays with the signature
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    return packed(document)


def _write(document: Document, part: LetterPart, firm: Firm) -> None:
    match part.kind:
        case PartKind.DATE:
            _date(document, part.words)
        case PartKind.CLIENT | PartKind.ADDRESS:
            for line in filter(None, part.words.splitlines()):
                document.add_paragraph(line, "No Spacing")
        case PartKind.TABLE:
            assert part.table
            _table(document, part.table)
        case PartKind.SIGNATURE:
            _signature(document, CLOSING, [each for each in (firm.signer, firm.name or part.words) if each])
        case _ if part.words:
            document.add_paragraph(part.words, STYLES.get(part.kind, "Normal"))
            if part.kind is PartKind.SUBJECT:
                document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.LEFT


def _date(document: Document, words: str) -> None:
    """The date as it was given; else one to choose in Word, for isobook has no clock."""
    paragraph = document.add_paragraph(words)
    if not words:
        add_date(paragraph)
    paragraph.paragraph_format.space_after = Pt(12)


def _signature(document: Document, closing: str, lines: Sequence[str]) -> None:
    """The closing, a rule to sign on, then who signs and the firm: one paragraph, which no page cuts."""
    paragraph = document.add_paragraph("\n".join((closing, *[""] * LINES_TO_SIGN, RULE, *lines)))
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.paragraph_format.keep_together = True


def _table(document: Document, table: LetterTable) -> None:
    """Head, rows and totals; it stays on one page, and with the words above it."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    sides: list[Any] = [SIDES.get(column.holds, MIDDLE) for column in table.columns]
    widths = [Inches(width) for width in WIDTHS[table.columns]]
    made = add_table(document, [column.head for column in table.columns], widths, sides)
    for row in table.rows:
        add_row(made, row, sides, keeps=True)
    total_rule(add_row(made, table.totals, sides, keeps=False))
    document.add_paragraph(style="No Spacing").paragraph_format.space_after = Pt(2)
