"""The conditional formats of the workbook: states as chips, zeros in gray, what a year still needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl.descriptors.nested import NestedBool
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from engine.language.states import State

from .colors import AMBER, AMBER_PALE, BAD, BAND, HAIR, INPUT, NAVY, OK, OK_PALE, QUIET, SHADE, WHITE
from .styles import solid


class _PlainFont(Font):
    """A font whose bold can be switched off by a condition: openpyxl leaves `<b val="0"/>` out."""

    b = NestedBool(allow_none=True)  # type: ignore[assignment]  # None too, as for every other part of a font
    __nested__ = Font.__nested__
    __elements__ = Font.__elements__


def _chip(color: str, fill: str) -> DifferentialStyle:
    return DifferentialStyle(font=Font(b=True, color=color), fill=solid(fill))


_QUIET: Final = DifferentialStyle(font=_PlainFont(b=False, color=QUIET))
_NEEDS: Final = DifferentialStyle(font=_PlainFont(b=False, i=True, color=AMBER))
_NOT_READY: Final = DifferentialStyle(font=_PlainFont(b=False, i=True, color=QUIET))
_STATES: Final = (
    ((State.DIFFERS.lower().removesuffix("s"),), _chip(WHITE, BAD)),  # found in "2 of 40 checks differ" as well
    ((State.OPEN, State.PROVISIONAL, State.NEEDS, State.NOT_READY, State.CONFIRM), _chip(AMBER, AMBER_PALE)),
    ((State.AGREE, State.READY, "all "), _chip(OK, OK_PALE)),  # found in "agrees" as well
    ((State.NOT_COMPARED,), _chip(QUIET, SHADE)),
)


_ITEM_CHIPS: Final = (  # of the sheet Open items: the words in its first column
    (("missing",), _chip(WHITE, BAD)),
    (("confirm", "open again", "other figures"), _chip(AMBER, AMBER_PALE)),
    (("estimate",), _chip(NAVY, BAND)),
    (("optional", "removed"), _chip(QUIET, SHADE)),
    (("settled", "answered"), _chip(OK, OK_PALE)),
)
_RECORD_CHIPS: Final = (  # of Exercises and Sales: parts of the words in State and Outcome, the first that is found
    ((State.DIFFERS.lower(),), _chip(WHITE, BAD)),
    (("in wages",), _chip(QUIET, SHADE)),
    (("disqualifying", "held until", "underwater", State.NEEDS), _chip(AMBER, AMBER_PALE)),
    (("qualif", "held"), _chip(OK, OK_PALE)),
    (("",), _chip(QUIET, SHADE)),
)
_LINE: Final = Border(top=Side(style="thin", color=NAVY), bottom=Side(style="thin", color=HAIR))
_NEW_YEAR: Final = DifferentialStyle(border=_LINE)
_NEW_YEAR_ZERO: Final = DifferentialStyle(font=_PlainFont(b=False, color=QUIET), border=_LINE)
_BAND_EDGE: Final = Side(style="thin", color=BAND)  # over the boxes of entries
_BAND: Final = DifferentialStyle(
    font=Font(b=True, color=NAVY),
    fill=solid(BAND),
    border=Border(left=_BAND_EDGE, right=_BAND_EDGE, top=_BAND_EDGE, bottom=_BAND_EDGE),
)
_OPEN_YEAR: Final = DifferentialStyle(font=Font(b=True))
_LINK: Final = DifferentialStyle(font=Font(color=NAVY, u="single"))
_OUT: Final = DifferentialStyle(font=Font(color=AMBER), fill=solid(AMBER_PALE))
_TO_TYPE: Final = DifferentialStyle(fill=solid(INPUT))


def quiet_zero(sheet: Worksheet, cells: str, first_cell: str) -> None:
    """Turn zero figures gray. `first_cell` of the range: "$C6" grays whole rows by column C, "B6" each cell."""
    _add_rule(sheet, cells, f"AND(ISNUMBER({first_cell}),{first_cell}=0)", _QUIET)


def needs_marker(sheet: Worksheet, cells: str, first_cell: str) -> None:
    """Show "needs wages" in amber italics where a figure cannot be known yet."""
    _add_rule(sheet, cells, f'LEFT({first_cell},{len(State.NEEDS)})="{State.NEEDS}"', _NEEDS)


def grey_when_not_ready(sheet: Worksheet, cells: str, ready_name: str) -> None:
    """Show a year's figures in gray italics until its `ready` cell (a defined name such as `ready_2025`) is true."""
    _add_rule(sheet, cells, f"NOT({ready_name})", _NOT_READY)


def add_rules(sheet: Worksheet) -> None:
    """Add each of the rules once: the looks that conditional formats can have."""
    state_chip(sheet, "A1", "A1")
    needs_marker(sheet, "A1", "A1")
    quiet_zero(sheet, "A1", "A1")
    grey_when_not_ready(sheet, "A1", "A1")
    item_band(sheet, "A1", "A1")
    item_chip(sheet, "A1", "A1")
    open_year(sheet, "A1", "TRUE")
    link_unless(sheet, "A1", "A1", ("no",))
    still_to_type(sheet, "A1", "TRUE")
    out_of_date(sheet, "A1", "TRUE")
    record_chip(sheet, "A1", "A1", "TRUE")
    new_year(sheet, "A1", "A1", "TRUE")


def state_chip(sheet: Worksheet, cells: str, first_cell: str) -> None:
    """Color a state by its words: DIFFERS white on red; open, provisional, needs amber; agrees green."""
    for words, look in _STATES:
        found = ",".join(f'ISNUMBER(SEARCH("{word}",{first_cell}))' for word in words)
        _add_rule(sheet, cells, f"OR({found})", look, stop=True)


def item_band(sheet: Worksheet, cells: str, band: str) -> None:
    """Draw a row of a list as a band where the condition `band`, of its first row, holds."""
    _add_rule(sheet, cells, band, _BAND, stop=True)


def item_chip(sheet: Worksheet, cells: str, first_cell: str) -> None:
    """Color the state of an open item by its word."""
    for words, look in _ITEM_CHIPS:
        _add_rule(sheet, cells, one_of(first_cell, words), look, stop=True)


def open_year(sheet: Worksheet, cells: str, is_open: str) -> None:
    """Show what belongs to a year whose return is not filed in bold."""
    _add_rule(sheet, cells, is_open, _OPEN_YEAR)


def link_unless(sheet: Worksheet, cells: str, first_cell: str, words: Sequence[str]) -> None:
    """Draw a cell as a link, unless it says why there is no sheet to lead to."""
    _add_rule(sheet, cells, f"NOT({one_of(first_cell, words)})", _LINK)


def record_chip(sheet: Worksheet, cells: str, first_cell: str, line: str = "") -> None:
    """Color the state of a lot or the outcome of a sale by its words; what is over, or was wages, is gray.

    Where the condition `line` holds, a rule stands above the cell as well.
    """
    for words, look in _RECORD_CHIPS:
        found = ",".join(f'ISNUMBER(SEARCH("{word}",{first_cell}))' for word in words)
        holds = f"OR({found})" if any(words) else f'{first_cell}<>""'
        if line:
            lined = DifferentialStyle(font=look.font, fill=look.fill, border=_LINE)
            _add_rule(sheet, cells, f"AND({holds},{line})", lined, stop=True)
        _add_rule(sheet, cells, holds, look, stop=True)


def new_year(sheet: Worksheet, cells: str, first_cell: str, line: str) -> None:
    """Draw a rule above the cells of a row where the condition `line` holds, such as `other_year`; a zero is quiet.

    Some programs draw the first format that holds and no other.
    """
    _add_rule(sheet, cells, f"AND(ISNUMBER({first_cell}),{first_cell}=0,{line})", _NEW_YEAR_ZERO)
    _add_rule(sheet, cells, line, _NEW_YEAR)


def other_year(day: str, day_above: str) -> str:
    """The condition that two days, one above the other, lie in different years."""
    return f"IF(AND(ISNUMBER({day}),ISNUMBER({day_above})),YEAR({day})<>YEAR({day_above}),FALSE)"


def still_to_type(sheet: Worksheet, cells: str, needed: str) -> None:
    """Draw a blank entry deep yellow where the condition `needed`, of the first cell, holds; else it stays pale."""
    first = cells.partition(":")[0]
    _add_rule(sheet, cells, f"AND(ISBLANK({first}),{needed})", _TO_TYPE)


def out_of_date(sheet: Worksheet, cells: str, test: str) -> None:
    """Show in amber what no longer holds, where the test does."""
    _add_rule(sheet, cells, test, _OUT)


def quiet_while(sheet: Worksheet, cells: str, test: str) -> None:
    """Gray words that no longer hold, where the test does."""
    _add_rule(sheet, cells, test, _QUIET)


def one_of(cell: str, words: Sequence[str]) -> str:
    """The condition that a cell holds one of these words."""
    tests = ",".join(f'{cell}="{word}"' for word in words)
    return f"OR({tests})"


def _add_rule(sheet: Worksheet, cells: str, formula: str, look: DifferentialStyle, *, stop: bool = False) -> None:
    sheet.conditional_formatting.add(cells, Rule("expression", dxf=look, formula=[formula], stopIfTrue=stop))
