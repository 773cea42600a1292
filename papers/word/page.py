"""The document that both papers begin from: Letter paper, the styles, the letterhead, page numbers, properties."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Emu, Inches, Length, Pt, RGBColor

from workbook_templates.drawing.colors import INK, NAVY, QUIET
from workbook_templates.drawing.look import FONT

from .controls import add_field
from .firm import BETWEEN, Firm
from .picture import Picture

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

LANGUAGE: Final = "en-US"
WIDTH, HEIGHT, MARGIN = Inches(8.5), Inches(11), Inches(1)  # Letter paper
LOGO_WIDTH, LOGO_HEIGHT = Inches(2.2), Inches(0.9)  # at most
LONGEST_TITLE: Final = 255  # characters of a property, says python-docx
STYLES: Final = {  # points, bold, color, points above and below
    "Normal": (10.5, False, INK, 0, 6),
    "Title": (13, True, NAVY, 8, 8),
    "Heading 1": (12, True, NAVY, 10, 3),
    "List Bullet": (10.5, False, INK, 0, 4),
    "List Number": (10.5, False, INK, 0, 4),
    "No Spacing": (10.5, False, INK, 0, 0),
    "Header": (9, False, QUIET, 0, 0),
    "Footer": (9, False, QUIET, 0, 0),
}
NO_WORD_OF_THEME: Final = ("asciiTheme", "hAnsiTheme", "cstheme")
WORD_2013: Final = "15"  # the youngest mode: older ones are shown as "Compatibility Mode"


def new_document(firm: Firm, title: str, running: str) -> Document:
    """An empty document; `running` stands at the head of the pages after the first, `title` is its property."""
    document = docx.Document()
    for name, (size, bold, color, above, below) in STYLES.items():
        style: Any = document.styles[name]
        _dress(style, size, color, bold=bold, above=above, below=below)
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Inches(0.5)
    section.different_first_page_header_footer = True
    _letterhead(section, firm)
    _running_head(section, running)
    for footer in (section.first_page_footer, section.footer):
        _page_numbers(footer.paragraphs[0])
    _properties(document, firm, title)
    return document


def _dress(style: ParagraphStyle, size: float, color: str, *, bold: bool, above: float, below: float) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(color[2:])
    fonts = style.element.rPr.rFonts
    for name in NO_WORD_OF_THEME:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    style.paragraph_format.line_spacing = 1.05
    style.paragraph_format.widow_control = True
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:  # the rule that the template draws under a title
        style.element.pPr.remove(border)


def _letterhead(section: Section, firm: Firm) -> None:
    """The firm's name, address and logo at the head of the first page; without any of it, nothing."""
    header = section.first_page_header
    lines = [each for each in (BETWEEN.join(firm.address), firm.reached_by) if each]
    if not (firm.name or lines or firm.logo):
        return
    first = header.paragraphs[0]
    if firm.logo:
        first.add_run().add_picture(io.BytesIO(firm.logo.data), *_fitting(firm.logo))
        first.paragraph_format.space_after = Pt(4)
    if firm.name:
        name = header.add_paragraph(style="Header") if firm.logo else first
        run = name.add_run(firm.name)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor.from_string(NAVY[2:])
    for line in lines:
        header.add_paragraph(line, "Header")
    _rule(header.paragraphs[-1])
    header.add_paragraph(style="Header")


def _fitting(logo: Picture) -> tuple[Length, Length]:
    """Width and height, as large as its place allows, and no larger than 96 dots an inch make it."""
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height, Inches(1) / 96)
    return Emu(max(int(logo.width * scale), 1)), Emu(max(int(logo.height * scale), 1))


def _rule(paragraph: Any) -> None:
    """A line below the letterhead."""
    rule = f'<w:bottom w:val="single" w:sz="8" w:space="4" w:color="{NAVY[2:]}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{rule}</w:pBdr>"))


def _running_head(section: Section, running: str) -> None:
    section.header.paragraphs[0].add_run(running)


def _page_numbers(paragraph: Any) -> None:
    """Page 1 of 3, on the right."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("Page ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES")


def _properties(document: Document, firm: Firm, title: str) -> None:
    about = document.core_properties
    about.title, about.author, about.language = title[:LONGEST_TITLE], firm.name[:LONGEST_TITLE], LANGUAGE
    about.comments = ""
    settings = document.settings.element
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), WORD_2013)
