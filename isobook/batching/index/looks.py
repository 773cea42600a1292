"""How a cell of the index looks: its named style, and the rules that color states."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from engine.clients.open_items import ClientState
from workbook_templates.drawing.colors import AMBER, AMBER_PALE, BAD, BAND, NAVY, OK, OK_PALE, WHITE
from workbook_templates.drawing.styles import solid


class CellLook(StrEnum):
    """What a cell of the index shows; the value is its named style."""

    CLIENT = "ib_text_b"
    STATE = "ib_chip"
    TO_DO = "ib_text_in"
    NOTHING_TO_DO = "ib_text_quiet"
    SHORT = "ib_mid"
    DOLLARS_FIRST = "ib_amt_usd"
    DOLLARS = "ib_amt"
    NOT_YET = "ib_waits"
    WORDS = "ib_src"
    QUIET = "ib_cite"
    COUNT = "ib_mark"
    LINK = "ib_src_link"
    TOTAL = "ib_total"
    TOTAL_LABEL = "ib_label_b"


_CHIPS: Final = {
    ClientState.CANNOT_BE_BUILT: (WHITE, BAD),
    ClientState.NEEDS_ENTRIES: (AMBER, AMBER_PALE),
    ClientState.TO_CONFIRM: (NAVY, BAND),
    ClientState.READY: (OK, OK_PALE),
}


def color_states(sheet: Worksheet, cells: str) -> None:
    """Color the states of clients by their words, the worst white on red."""
    first = cells.partition(":")[0]
    for state, (color, fill) in _CHIPS.items():
        look = DifferentialStyle(font=Font(b=True, color=color), fill=solid(fill))
        sheet.conditional_formatting.add(cells, Rule("expression", dxf=look, formula=[f'{first}="{state.value}"']))
