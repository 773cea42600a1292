"""The looks of a form that reads like the printed page, and of the blocks of Form 8949."""

from __future__ import annotations

from typing import Final

from .colors import INK, NAVY, QUIET, RESULT, WHITE
from .look import Look
from .number_formats import MONEY, OVER_NUMBERS, USD

_BLANK: Final = Look(9, edge="none")
_WORDS: Final = Look(9, wrap=True, indent=1, edge="none")
_BOX: Final = Look(9, bold=True, align="center", edge="form")
_AMOUNT: Final = Look(10, align="right", number_format=MONEY, edge="form")
_MARGIN: Final = Look(9, QUIET, wrap=True, edge="none")
_BAR: Final = Look(10, WHITE, bold=True, fill=INK, align="center", edge="none")
_BLOCK: Final = Look(11, WHITE, bold=True, fill=NAVY, indent=1, edge="none")
_COLUMN: Final = Look(9, NAVY, bold=True, wrap=True, edge="heading")

FORM_LOOKS: Final[dict[str, Look]] = {
    # the head of the page: form, title, year; name and social security number
    "ib_form_word": Look(9, edge="form_top"),
    "ib_form_number": Look(20, bold=True, edge="form_top"),
    "ib_form_review": Look(8, QUIET, wrap=True, top=True, edge="none"),
    "ib_form_title": Look(13, bold=True, align="center", wrap=True, edge="form_top_sides"),
    "ib_form_title_rest": Look(8, align="center", edge="form_sides"),
    "ib_form_year": Look(24, bold=True, align="center", edge="form_top"),
    "ib_form_goes": Look(8, align="center", edge="none"),
    "ib_form_caption": Look(8, edge="form_over"),
    "ib_form_caption_left": Look(8, edge="form_over_left"),
    "ib_form_name": Look(12, bold=True, edge="form_under"),
    "ib_form_ssn": Look(9, QUIET, edge="form_under_left"),
    # its lines
    "ib_form_blank": _BLANK,
    "ib_form_bar": _BAR,
    "ib_form_part": Look(10, bold=True, indent=1, edge="form_ruled"),
    "ib_form_line": Look(9, bold=True, align="center", edge="none"),
    "ib_form_letter": Look(9, bold=True, align="right", indent=1, edge="none"),
    "ib_form_words": _WORDS,
    "ib_form_words_b": _WORDS._replace(bold=True),
    "ib_form_box": _BOX,
    "ib_form_amt": _AMOUNT,
    "ib_form_amt_usd": _AMOUNT._replace(number_format=USD),
    "ib_form_total": _AMOUNT._replace(bold=True, number_format=USD),
    "ib_form_result_box": _BOX._replace(fill=RESULT, edge="form_box"),
    "ib_form_result_amt": _AMOUNT._replace(size=11, bold=True, number_format=USD, fill=RESULT, edge="form_box"),
    "ib_form_end": _BLANK._replace(edge="form_over"),
    # its margin and its foot
    "ib_form_verdict": Look(11, NAVY, bold=True, wrap=True, top=True, edge="none"),
    "ib_form_src": _MARGIN,
    "ib_form_src_b": _MARGIN._replace(bold=True, wrap=False),
    "ib_form_src_link": _MARGIN._replace(color=NAVY, underline=True, wrap=False),
    "ib_form_foot": Look(10, wrap=True, top=True, edge="none"),
    "ib_form_foot_b": Look(10, NAVY, bold=True, wrap=True, top=True, edge="none"),
    # Form 8949
    "ib_block": _BLOCK,
    "ib_column": _COLUMN,
    "ib_column_in": _COLUMN._replace(indent=1),
    "ib_column_mid": _COLUMN._replace(align="center"),
    "ib_column_num": _COLUMN._replace(align="right", number_format=OVER_NUMBERS),
    "ib_lot": Look(10, NAVY, bold=True),
    "ib_description": Look(10, indent=1, shrink=True),
    "ib_code": Look(10, bold=True, align="center"),
    "ib_total_label": Look(10, bold=True, edge="total"),
    "ib_total_goes": Look(9, QUIET, indent=1, edge="total"),
}
