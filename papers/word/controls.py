"""Fields and content controls of Word: page numbers, a date to choose, a box to tick, a place to answer (ECMA-376)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from workbook_templates.drawing.colors import QUIET

from .characters import showable

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

DATE_WORDS: Final = "[Date]"
DATE_FORMAT: Final = "MMMM d, yyyy"
ANSWER_WORDS: Final = "Type here"
NOT_TICKED, TICKED = "2610", "2612"  # ☐ and ☒, as hexadecimal
CHECK_FONT: Final = "MS Gothic"
W14: Final = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
LONGEST_TITLE: Final = 64  # characters of the name of a control, says Word
COLOR: Final = f'<w:color w:val="{QUIET[2:]}"/>'
HINT: Final = f"<w:rPr>{COLOR}</w:rPr>"
SMALL: Final = f'<w:rPr>{COLOR}<w:sz w:val="19"/></w:rPr>'  # half points: as large as what stands in a table


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word computes, such as PAGE; "1" stands there until it does."""
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        _put(paragraph, f"<w:r {nsdecls('w')}>{inner}</w:r>")


def add_date(paragraph: Paragraph) -> None:
    """Add a date to choose from a calendar; it stays as chosen, which a DATE field of Word would not."""
    control = (
        f'<w:date><w:dateFormat w:val="{DATE_FORMAT}"/><w:lid w:val="en-US"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    run = f"<w:r>{HINT}<w:t>{DATE_WORDS}</w:t></w:r>"
    _add_control(paragraph, "Date of the letter", control, run, shows_hint=True)


def add_box_to_tick(paragraph: Paragraph, title: str) -> None:
    """Add a box that a click ticks."""
    control = (
        f'<w14:checkbox {W14}><w14:checked w14:val="0"/><w14:checkedState w14:val="{TICKED}" w14:font="{CHECK_FONT}"/>'
        f'<w14:uncheckedState w14:val="{NOT_TICKED}" w14:font="{CHECK_FONT}"/></w14:checkbox>'
    )
    fonts = " ".join(f'w:{each}="{CHECK_FONT}"' for each in ("ascii", "hAnsi", "eastAsia"))
    look = f'<w:rPr><w:rFonts {fonts} w:hint="eastAsia"/></w:rPr>'
    run = f"<w:r>{look}<w:t>{chr(int(NOT_TICKED, 16))}</w:t></w:r>"
    _add_control(paragraph, title, control, run)


def add_answer(paragraph: Paragraph, title: str) -> None:
    """Add a place to type in; its words go when the first letter is typed."""
    run = f"<w:r>{SMALL}<w:t>{ANSWER_WORDS}</w:t></w:r>"
    _add_control(paragraph, title, '<w:text w:multiLine="1"/>', run, shows_hint=True)


def _add_control(paragraph: Paragraph, title: str, control: str, run: str, *, shows_hint: bool = False) -> None:
    hint = "<w:showingPlcHdr/>" if shows_hint else ""
    name = quoteattr(showable(title)[:LONGEST_TITLE])
    _put(
        paragraph,
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={name}/>{hint}{control}</w:sdtPr>"
        f"<w:sdtContent>{run}</w:sdtContent></w:sdt>",
    )


def _put(paragraph: Paragraph, xml: str) -> None:
    element: Any = paragraph._p  # python-docx has no fields and no controls of its own
    element.append(parse_xml(xml))
