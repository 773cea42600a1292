"""The style table of every workbook, fixed once: the number that each style has in a cell, and the parts around it.

A sheet is drawn once and stands in many books, so that its cells may hold only numbers that all of them share.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Border, Side

from engine.federal.catalogue import FEDERAL
from engine.language.form import Standing

from ..xlsx.cached_xlsx import workbook_parts
from .colors import NAVY
from .number_formats import CENTS, DATE, MONEY, RATE, YEAR, YOURS
from .rules import add_rules
from .styles import LOOKS, add_styles

WHOLE: Final = '#,##0" sh"_)'  # shares in a head
TITLE: Final = f"Incentive stock options and the AMT: {FEDERAL.titles(Standing.FILED)}"


class Departure(NamedTuple):
    """A cell that departs from a named style in some way."""

    of: str
    number_format: str = ""
    align: Literal["right", ""] = ""
    wrap: bool | None = None
    ruled: bool = False  # between thin rules, left and right


DEPARTURES: Final[dict[str, Departure]] = {
    "ib_amt_rate": Departure("ib_amt", RATE),
    "ib_amt_ruled": Departure("ib_amt", ruled=True),
    "ib_amt_usd_ruled": Departure("ib_amt_usd", ruled=True),
    "ib_label_cut": Departure("ib_label", wrap=False),  # of workings: on one line over its neighbors
    "ib_caption_wrapped": Departure("ib_caption", wrap=True),
    "ib_example": Departure("ib_note", wrap=False),  # of an intake workbook: it is never read
    "ib_example_amt": Departure("ib_note", MONEY, align="right", wrap=False),
    "ib_example_date": Departure("ib_note", DATE, align="right", wrap=False),
    "ib_example_price": Departure("ib_note", CENTS, align="right", wrap=False),
    "ib_example_year": Departure("ib_note", YEAR, align="right", wrap=False),
    "ib_head_shares": Departure("ib_head_num", WHOLE),
    "ib_head_yours": Departure("ib_head_num", YOURS),
    "ib_in_rec_cut": Departure("ib_in_rec", wrap=False),  # beside the page
    "ib_in_year": Departure("ib_in_pick", YEAR),
    "ib_result_amt_ruled": Departure("ib_result_amt", ruled=True),
    "ib_say_long": Departure("ib_say", wrap=True),
    "ib_src_over": Departure("ib_src", wrap=False),  # on one line over its neighbors
    "ib_total_ruled": Departure("ib_total", ruled=True),
}


class StyleTable(NamedTuple):
    """What all sheets of all books share."""

    numbers: Mapping[str, int]  # of a named style or a departure
    rules: Any  # openpyxl's list of the conditional formats' looks; a rule of a sheet holds its place here
    parts: Mapping[str, bytes]  # the files of a book with one empty sheet, its styles among them


@cache
def style_table(cents: bool) -> StyleTable:
    """The table of a book in whole dollars, or with cents; the numbers are the same in both."""
    book = Workbook()
    add_styles(book, cents=cents)
    sheet = book.worksheets[0]
    numbers: dict[str, int] = {}
    for row, name in enumerate([*LOOKS, *DEPARTURES], 1):
        cell = sheet.cell(row, 1)
        assert isinstance(cell, Cell)
        _dress(cell, name)
        numbers[name] = cell.style_id
    add_rules(sheet)
    book.properties.title, book.properties.creator = TITLE, "isobook"
    return StyleTable(numbers, book._differential_styles, workbook_parts(book, {}))  # type: ignore[attr-defined]


def _dress(cell: Cell, name: str) -> None:
    departure = DEPARTURES.get(name) or Departure(name)
    cell.style = departure.of
    if departure.number_format:
        cell.number_format = departure.number_format
    if departure.wrap is not None:
        aligned: Any = copy(cell.alignment)
        aligned.horizontal, aligned.wrap_text = departure.align or aligned.horizontal, departure.wrap
        cell.alignment = aligned
    if departure.ruled:
        old, rule = cell.border, Side(style="thin", color=NAVY)
        cell.border = Border(left=rule, right=rule, top=old.top, bottom=old.bottom)
