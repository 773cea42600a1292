"""The named styles `ib_*` of the workbook, as data."""

from __future__ import annotations

from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection

from .colors import (
    AMBER,
    AMBER_PALE,
    BAND,
    BLUE,
    FILLED,
    GREEN,
    LANE,
    NAVY,
    OK,
    OK_PALE,
    QUIET,
    RESULT,
    WHITE,
)
from .form_looks import FORM_LOOKS
from .look import EDGES, FONT, Look
from .number_formats import (
    CENTS,
    CHART,
    DATE,
    GENERAL,
    LARGE,
    LARGE_CENTS,
    MONEY,
    OVER_NUMBERS,
    SHARES,
    TYPED_TEXT,
    USD,
    USD_CENTS,
    YEAR,
    YES_NO,
)

_HEAD: Final = Look(10, WHITE, bold=True, fill=NAVY, wrap=True, edge="none")
_LINE: Final = Look(10, NAVY, bold=True, align="center")
_LABEL: Final = Look(10, wrap=True)
_AMOUNT: Final = Look(10, align="right", number_format=MONEY, shrink=True)  # a figure is never cut, nor ###
_RESULT: Final = Look(11, NAVY, bold=True, fill=RESULT, edge="result")
_SOURCE: Final = Look(9, wrap=True, indent=1)
_CITE: Final = _SOURCE._replace(color=QUIET)
_MARK: Final = Look(9, AMBER, bold=True, align="center")
_INPUT: Final = Look(10, BLUE, fill=FILLED, align="right", number_format=MONEY, edge="box", unlocked=True)
_LARGE: Final = Look(24, NAVY, bold=True, align="right", number_format=LARGE, shrink=True)
_RECORD: Final = _INPUT._replace(size=9)  # an entry of a table of records
_RECORD_HEAD: Final = _HEAD._replace(size=9)
_RECORD_WORD: Final = Look(9, wrap=True)  # what follows from a record, in a word or a day
_CAPTION: Final = Look(8, QUIET, edge="none")
_PROVISIONAL: Final = Look(9, AMBER, bold=True, fill=AMBER_PALE, indent=1, edge="amber")

LOOKS: Final[dict[str, Look]] = {
    "ib_name": Look(20, NAVY, bold=True, edge="none"),
    "ib_title": Look(16, NAVY, bold=True, edge="none"),
    "ib_verdict": Look(13, bold=True, edge="verdict"),
    "ib_large": _LARGE,
    "ib_large_label": Look(12, NAVY, bold=True, indent=1),
    "ib_large_text": Look(10, wrap=True, indent=2),
    "ib_large_tinted": _LARGE._replace(fill=RESULT),
    "ib_large_label_tinted": Look(12, NAVY, bold=True, indent=1, fill=RESULT),
    "ib_large_text_tinted": Look(10, wrap=True, indent=2, fill=RESULT),
    "ib_caption": _CAPTION,
    "ib_caption_in": _CAPTION._replace(indent=1),
    "ib_caption_right": _CAPTION._replace(align="right"),  # the line of each year under a figure
    "ib_chip": Look(9, bold=True, align="center", wrap=True),  # its words color it
    "ib_ref": Look(10, NAVY, bold=True, align="right", edge="none"),
    "ib_sub": Look(9, QUIET, edge="none"),
    "ib_nav": Look(9, NAVY, align="right", underline=True, edge="none"),
    "ib_sub_in": Look(9, QUIET, edge="none", indent=1),
    "ib_stage": Look(9, NAVY, bold=True, align="right", edge="none", number_format=OVER_NUMBERS),
    "ib_proof": Look(10, OK, bold=True, fill=OK_PALE, edge="none"),
    "ib_say": Look(11, bold=True, edge="none"),
    "ib_head": _HEAD,
    "ib_head_in": _HEAD._replace(indent=1),
    "ib_head_mid": _HEAD._replace(align="center"),
    "ib_head_num": _HEAD._replace(align="right", number_format=OVER_NUMBERS),
    "ib_head_link": _HEAD._replace(align="right", number_format=YEAR, underline=True),
    "ib_group": Look(9, NAVY, bold=True, fill=BAND, align="center", edge="white"),
    "ib_part": Look(10, NAVY, bold=True, fill=BAND, edge="none"),
    "ib_part_note": Look(9, NAVY, fill=BAND, edge="none"),
    "ib_line": _LINE,
    "ib_line_b": _LINE._replace(edge="total"),
    "ib_label": _LABEL,
    "ib_label_b": _LABEL._replace(bold=True, edge="total"),
    "ib_amt": _AMOUNT,
    "ib_amt_link": _AMOUNT._replace(color=GREEN),
    "ib_amt_usd": _AMOUNT._replace(number_format=USD),
    "ib_amt_link_usd": _AMOUNT._replace(color=GREEN, number_format=USD),
    "ib_shares": _AMOUNT,
    "ib_shares_sh": _AMOUNT._replace(number_format=SHARES),
    "ib_total": _AMOUNT._replace(bold=True, edge="total", number_format=USD),
    "ib_total_sh": _AMOUNT._replace(bold=True, edge="total", number_format=SHARES),
    "ib_result_line": _RESULT._replace(align="center"),
    "ib_result_label": _RESULT._replace(wrap=True),
    "ib_result_amt": _RESULT._replace(align="right", number_format=USD, shrink=True),
    "ib_result_mark": _MARK._replace(fill=RESULT, edge="result"),
    "ib_result_src": _SOURCE._replace(fill=RESULT, edge="result"),
    "ib_src": _SOURCE,
    "ib_src_b": _SOURCE._replace(edge="total"),
    "ib_src_link": _SOURCE._replace(color=NAVY, underline=True),
    "ib_cite": _CITE,
    "ib_cite_b": _CITE._replace(edge="total"),
    "ib_mark": _MARK,
    "ib_mark_b": _MARK._replace(edge="total"),
    "ib_why": _SOURCE,
    "ib_text": Look(10, wrap=True),
    "ib_text_b": Look(10, bold=True, wrap=True),
    "ib_text_in": Look(10, wrap=True, indent=1),
    "ib_text_quiet": Look(10, QUIET, wrap=True, indent=1),
    "ib_waits": Look(9, AMBER, align="right", number_format=OVER_NUMBERS),
    "ib_told": Look(9, QUIET, indent=1, edge="none"),  # beside an entry, over its neighbors
    "ib_over_mark": Look(9, AMBER, bold=True, align="right", number_format=OVER_NUMBERS, edge="none"),
    "ib_over_quiet": Look(9, QUIET, bold=True, align="right", number_format=OVER_NUMBERS, edge="none"),
    "ib_mid": Look(10, align="center"),
    "ib_flag": Look(10, align="right", number_format=YES_NO),
    "ib_date": Look(10, align="right", number_format=DATE),
    "ib_price": Look(10, align="right", number_format=CENTS),
    "ib_price_usd": Look(10, align="right", number_format=USD_CENTS),
    "ib_in_amt": _INPUT,
    "ib_in_amt_usd": _INPUT._replace(number_format=USD),
    "ib_in_price": _INPUT._replace(number_format=CENTS),  # examples/workpaper
    "ib_in_price_usd": _INPUT._replace(number_format=USD_CENTS),
    "ib_in_shares": _INPUT,
    "ib_in_shares_sh": _INPUT._replace(number_format=SHARES),
    "ib_in_date": _INPUT._replace(number_format=DATE),
    "ib_in_pick": _INPUT,
    "ib_in_text": _INPUT._replace(align="left", wrap=True, indent=1, number_format=TYPED_TEXT, typed_text=True),
    "ib_in_rec": _RECORD._replace(align="left", wrap=True, number_format=TYPED_TEXT, typed_text=True),
    "ib_in_rec_word": _RECORD._replace(align="center", number_format=GENERAL),
    "ib_in_rec_year": _RECORD._replace(number_format=YEAR),
    "ib_in_rec_date": _RECORD._replace(number_format=DATE),
    "ib_in_rec_amt": _RECORD,
    "ib_in_rec_amt_usd": _RECORD._replace(number_format=USD),
    "ib_in_rec_price": _RECORD._replace(number_format=CENTS),
    "ib_in_rec_price_usd": _RECORD._replace(number_format=USD_CENTS),
    "ib_in_rec_shares": _RECORD,
    "ib_in_rec_shares_sh": _RECORD._replace(number_format=SHARES),
    "ib_rec_head": _RECORD_HEAD,
    "ib_rec_head_in": _RECORD_HEAD._replace(indent=1),
    "ib_rec_head_mid": _RECORD_HEAD._replace(align="center"),
    "ib_rec_head_num": _RECORD_HEAD._replace(align="right", number_format=OVER_NUMBERS),
    "ib_rec_word": _RECORD_WORD._replace(align="center"),
    "ib_rec_text_link": _RECORD_WORD._replace(color=GREEN),
    "ib_rec_date": _RECORD_WORD._replace(align="right", wrap=False, number_format=DATE),
    "ib_rec_year": _RECORD_WORD._replace(align="right", wrap=False, number_format=YEAR),
    "ib_rec_part": Look(9),  # a row under the total
    "ib_rec_part_link": Look(9, NAVY, underline=True),
    "ib_rec_end": Look(8, QUIET, edge="none"),
    "ib_amt_b": _AMOUNT._replace(bold=True),  # of a row that adds something; zero is quiet again
    "ib_amt_b_usd": _AMOUNT._replace(bold=True, number_format=USD),
    "ib_foot_head": Look(10, NAVY, bold=True, edge="none"),
    "ib_in_answer": _INPUT._replace(
        align="left", wrap=True, indent=1, top=True, number_format=TYPED_TEXT, typed_text=True
    ),
    "ib_item": Look(10, wrap=True, indent=1, top=True),
    "ib_item_state": Look(10, NAVY, bold=True, indent=1, top=True),
    "ib_note": Look(9, QUIET, wrap=True, top=True, edge="none"),
    "ib_h2": Look(12, NAVY, bold=True, edge="heading"),
    "ib_prose": Look(11, wrap=True, top=True, edge="none"),
    "ib_letter_head": Look(12, NAVY, bold=True, bottom=True, edge="none"),
    "ib_letter_subject": Look(13, NAVY, bold=True, wrap=True, edge="none"),
    "ib_letter_firm": Look(11, NAVY, bold=True, edge="verdict"),
    "ib_letter_line": Look(11, wrap=True, edge="none"),
    "ib_happened": Look(10, NAVY, bold=True, indent=1),  # what a sentence of Summary answers
    "ib_answer": Look(10, wrap=True),
    "ib_from": Look(10, QUIET, align="right", edge="none"),
    "ib_to_sheet": Look(9, QUIET, align="center"),  # where the sheet is shown, a rule makes a link of it
    "ib_link": Look(9, NAVY, align="center", underline=True),
    "ib_in_signer": Look(10, BLUE, fill=FILLED, edge="sign", unlocked=True, typed_text=True, number_format=TYPED_TEXT),
    "ib_in_signed_on": Look(10, BLUE, fill=FILLED, edge="sign", unlocked=True, number_format=DATE),
    "ib_total_label": Look(10, bold=True, edge="total"),
    "ib_year_told": Look(10, shrink=True),  # or a company
    "ib_mid_date": Look(9, align="center", number_format=DATE),
    "ib_quiet_mid": Look(9, QUIET, align="center"),
    "ib_link_h2": Look(9, NAVY, align="right", underline=True, edge="heading", bottom=True),
    "ib_link_left": Look(9, NAVY, underline=True),
    "ib_why_10": Look(10, wrap=True, indent=1),
    "ib_signer_role": Look(10, QUIET, indent=1, edge="none"),
    "ib_signer_rest": Look(10, edge="sign"),  # the other cells of a merged entry
    "ib_entry_rest": Look(10, edge="box"),
    "ib_signature": Look(11, edge="sign"),
    "ib_chart_data": Look(9, QUIET, align="right", number_format=CHART, edge="none"),
    "ib_prov": _PROVISIONAL,  # first cell of the strip
    "ib_prov_rest": _PROVISIONAL._replace(edge="none"),  # its other cells, without the thick edge
    "ib_check": Look(10, bold=True, align="center", shrink=True),
    "ib_arrow": Look(12, NAVY, bold=True, fill=LANE, align="center", edge="none"),
    **FORM_LOOKS,
}

# Styles of shares and prices; the money of all others shows cents when the client's figures are rounded to cents.
NEVER_CENTS: Final = frozenset(name for name in LOOKS if "shares" in name or "price" in name or name.endswith("_sh"))
WITH_CENTS: Final = {MONEY: CENTS, USD: USD_CENTS, LARGE: LARGE_CENTS}


def add_styles(book: Workbook, *, cents: bool = False) -> None:
    """Register every `ib_*` style in the book; with `cents`, money shows two decimals."""
    for name, look in LOOKS.items():
        exact = WITH_CENTS.get(look.number_format, look.number_format)
        shown = look._replace(number_format=exact) if cents and name not in NEVER_CENTS else look
        style = _named_style(name, shown)
        book.add_named_style(style)
        style.as_tuple().quotePrefix = int(look.typed_text)  # NamedStyle has no field for it; cells copy this array


def _named_style(name: str, look: Look) -> NamedStyle:
    underline: Literal["single"] | None = "single" if look.underline else None
    return NamedStyle(
        name=name,
        font=Font(name=FONT, family=2, sz=look.size, b=look.bold, u=underline, color=look.color),
        fill=solid(look.fill) if look.fill else PatternFill(),
        border=EDGES[look.edge],
        alignment=Alignment(
            horizontal=look.align,
            vertical="top" if look.top else "bottom" if look.bottom else "center",
            wrap_text=look.wrap,
            indent=look.indent,
            shrink_to_fit=look.shrink,
        ),
        number_format=look.number_format,
        protection=Protection(locked=not look.unlocked),
    )


def solid(color: str) -> PatternFill:
    """A fill of one color, for cells and for conditional formats."""
    # A differential fill is drawn in the background color, a cell's fill in the foreground color.
    return PatternFill("solid", fgColor=color, bgColor=color)


def citation(text: str) -> Comment:
    """A hidden comment of 300 x 90 px, to stand on a line number."""
    return Comment(text, "isobook", width=300, height=90)
