"""Inputs: what was typed, by year, and where on the return to find it. The only sheet with entries of the return."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from openpyxl.worksheet.datavalidation import DataValidation

from engine.federal.forms.inputs import CARRIED_IN, SIGNED_LINES
from engine.federal.years import forms_of, needed_before
from engine.language.expressions import Text, count, when
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Kind, Leaf
from engine.language.roles import Role

from ..drawing.excel_formula import rounded_cell
from ..drawing.layout import BOOK, Book, defined_name, letter
from ..drawing.page import Frame, Page
from ..drawing.styles import TAB_INPUT, state_chip

SECTIONS: Final[dict[str, Sequence[str]]] = {
    "Filing": ("filing_status", "deduction"),
    "Income": (
        *("wages", "other_income", "qualified_dividends", "short_term_gain", "long_term_gain"),
        *("unrecaptured_1250_gain", "collectibles_gain"),
    ),
    "Deductions and credits": (
        *("standard_deduction", "itemized_deductions", "taxes_deducted", "other_deductions", "senior_deduction"),
        *("foreign_tax_credit", "amt_foreign_tax_credit", "nonrefundable_credits"),
        "exclusion_foreign_tax_credit",
    ),
    "As filed: used instead of figuring, when given": ("taxable_income", "regular_tax"),
    "Attach tests 2 and 3": ("general_business_credit", "form_8834_8911"),
    "Other lines of Form 6251, as they are added on line 4": (
        *(f"line_2{letter}" for letter in SIGNED_LINES if letter < "i"),
        "line_2j",
        "other_line_2k",
        *(f"line_2{letter}" for letter in SIGNED_LINES if letter > "k"),
        "line_3",
    ),
}
CARRIED_LABELS: Final = {
    "mtc_carryforward_in": ("Minimum tax credit", "Form 8801 line 26 of the year before"),
    "short_term_carryover_in": ("Short-term capital loss, regular", "Capital Loss Carryover Worksheet line 8"),
    "long_term_carryover_in": ("Long-term capital loss, regular", "Capital Loss Carryover Worksheet line 13"),
    "amt_short_term_carryover_in": ("Short-term capital loss, AMT", "The same worksheet with AMT figures"),
    "amt_long_term_carryover_in": ("Long-term capital loss, AMT", "The same worksheet with AMT figures"),
}
SETTINGS: Final = (
    ("rounding_word", "Rounding", ("dollars", "cents"), "dollars or cents"),
    ("tax_method", "Tax below 100,000", ("table", "schedule"), "table: the Tax Table; schedule: the rates"),
)
INPUT: Final = 17.0
SAY: Final = "Type in the yellow cells only. Leave a cell empty if the figure is not known."


def draw_inputs(book: Book) -> None:
    """One column a year; what is carried in stands in the first year only."""
    years = list(book.shape.years)
    widths = (38.0, *(13.5 for _ in years), 46.0, 7.0)
    page = Page(book, Frame("Inputs", "C", "Inputs", widths, TAB_INPUT, landscape=True, freeze="B5"))
    found, tick = letter(len(years) + 2), letter(len(years) + 3)
    heads: list[tuple[str | int, str]] = [("US dollars", "ib_head"), *((year, "ib_head_num") for year in years)]
    page.header([*heads, ("Where to find it", "ib_head_in"), ("Tick", "ib_head_mid")])
    page.cells.fixed("A3", SAY, "ib_say")
    for band, names in SECTIONS.items():
        page.band(band)
        for name in names:
            _entry_row(page, name, years, found, tick)
        if band == "Filing":
            _readiness(page, years, found, tick)
    typed = _carried_in(page, years, found)
    _settings(page, years, found)
    _year_before(page, years[0] - 1, typed, found)
    page.close()


def _entry_row(page: Page, name: str, years: list[int], found: str, tick: str) -> None:
    latest = forms_of(years[-1]).inputs.find(name)
    _labels(page, latest.label, latest.source, found)
    page.cells.fixed(f"{tick}{page.row}", "PBC" if name in ("filing_status", "wages") else None, "ib_mark")
    for column, year in enumerate(years, 2):
        line = forms_of(year).inputs.find(name)
        cell = f"{letter(column)}{page.row}"
        page.cells.place(line, year, cell)
        page.cells.typed(cell, (BOOK, f"{year} {name}"), "ib_in_pick" if line.choices else "ib_in_amt")
    validate(page, latest, f"B{page.row}:{letter(len(years) + 1)}{page.row}")
    page.row += 1


def _labels(page: Page, label: str, source: str, found: str) -> None:
    page.height(page.row, INPUT)
    page.cells.fixed(f"A{page.row}", label, "ib_label")
    page.cells.fixed(f"{found}{page.row}", source, "ib_src")


def _readiness(page: Page, years: list[int], found: str, tick: str) -> None:
    """What each year still needs before it can be figured."""
    _labels(page, "Ready to figure?", "Filing status, and wages with a deduction or taxable income", found)
    page.cells.fixed(f"{tick}{page.row}", None, "ib_mark")
    for column, year in enumerate(years, 2):
        page.cells.place(forms_of(year).find(Role.STATE), year, f"{letter(column)}{page.row}")
        page.cells.place(forms_of(year).find(Role.STILL_NEEDED), year, f"{letter(column)}{page.row + 1}")
    for role, style in ((Role.STATE, "ib_check"), (Role.STILL_NEEDED, "ib_amt")):
        for column, year in enumerate(years, 2):
            page.cells.line(f"{letter(column)}{page.row}", forms_of(year).find(role), year, style)
        if role is Role.STATE:
            state_chip(page.sheet, f"B{page.row}:{letter(len(years) + 1)}{page.row}", f"B{page.row}")
            page.row += 1
            _labels(page, "Still needed", "Worked out", found)
            page.cells.fixed(f"{tick}{page.row}", None, "ib_mark")
    page.row += 1


def _carried_in(page: Page, years: list[int], found: str) -> dict[tuple[str, str], str]:
    """What the year before the first carried out; gives the typed cell of each of its lines."""
    typed: dict[tuple[str, str], str] = {}
    page.band(f"Carried into {years[0]}", "positive amounts", 2)
    known = {(leaf.sheet, leaf.line) for leaf in needed_before(years[0])}
    _entry_row(page, "mtc_line_18_in", years[:1], found, letter(len(years) + 3))
    for name, (sheet, line) in CARRIED_IN.items():
        label, source = CARRIED_LABELS[name]
        _labels(page, label, source, found)
        cell = f"B{page.row}"
        typed[sheet, line] = cell
        page.cells.typed(cell, (BOOK, f"{years[0]} {name}"), "ib_in_amt")
        _amounts(page, cell, "0")
        known.discard((sheet, line))
        page.row += 1
    if known:
        raise ValueError(f"figures of the year before have no cell: {sorted(known)}")
    return typed


def _settings(page: Page, years: list[int], found: str) -> None:
    page.band("Settings")
    for name, label, choices, source in SETTINGS:
        _labels(page, label, source, found)
        cell = f"B{page.row}"
        page.book.name(name, page.sheet, cell)
        page.cells.typed(cell, (BOOK, name), "ib_in_pick")
        in_list(page, cell, choices)
        page.row += 1
    word = Text(Leaf("options", "rounding_word", kind=Kind.TEXT))
    digits = when(word.equals("cents"), count(2), count(0))
    _labels(page, "Decimals kept on each line", "Worked out from Rounding", found)
    assert isinstance(ROUNDING.node, Leaf)
    page.book.name(ROUNDING.node.line, page.sheet, f"B{page.row}")
    page.cells.expression(f"B{page.row}", digits.node, years[0], (BOOK, "rounding"), "ib_mid")
    page.row += 1


def _year_before(page: Page, year: int, typed: dict[tuple[str, str], str], found: str) -> None:
    """What is carried in, rounded: cells that bear that year's names, so that no formula differs."""
    page.band(f"Carried out of {year}, as the lines take it")
    carried = {place: name for name, place in CARRIED_IN.items()}
    for (sheet, line), cell in typed.items():
        _labels(page, CARRIED_LABELS[carried[sheet, line]][0], "As typed above, rounded", found)
        page.book.name(defined_name(Leaf(sheet, line), year), page.sheet, f"B{page.row}")
        text = rounded_cell(cell, page.book.refer("rounding"))
        page.cells.computed(f"B{page.row}", text, (BOOK, f"rounded {carried[sheet, line]}"), "ib_amt")
        page.row += 1


def validate(page: Page, line: Line, cells: str) -> None:
    """Let the cells take only what the line can be."""
    match line.leaf.kind:
        case Kind.TEXT if line.choices:
            in_list(page, cells, line.choices)
        case Kind.DAY:
            dates_only(page, cells)
        case Kind.SHARES:
            _add(page, cells, "decimal", "0.000001", "999999999.99", "Enter a number of shares above zero.")
        case Kind.PRICE:
            _add(page, cells, "decimal", "0", "999999999.99", "Enter dollars a share, not below zero.")
        case Kind.MONEY:
            not_above = line.leaf.line in ("line_2b", "line_2f", "line_2s")
            signed = line.leaf.line.startswith(("line_", "other_", "short_", "long_", "collectibles"))
            _amounts(page, cells, "-999999999.99" if signed else "0", "0" if not_above else "999999999.99")


def dates_only(page: Page, cells: str) -> None:
    """Let the cells take a date."""
    _add(page, cells, "date", "25569", "73415", "Enter a date, such as 6/1/2023.")


def not_below_zero_only(page: Page, cells: str) -> None:
    """Let the cells take a number that is not below zero."""
    _amounts(page, cells, "0")


def _amounts(page: Page, cells: str, low: str, high: str = "999999999.99") -> None:
    limits = "not above zero: it is added on line 4 as it stands" if high == "0" else "not below zero"
    told = limits if "0" in (low, high) else "a loss with a minus sign"
    _add(page, cells, "decimal", low, high, f"Enter dollars, {told}.")


def in_list(page: Page, cells: str, choices: Sequence[str]) -> None:
    """Let the cells take one of a few words."""
    rule = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Choose from the list", f"Choose one of: {', '.join(choices)}."
    rule.add(cells)
    page.sheet.add_data_validation(rule)


def _add(page: Page, cells: str, kind: Literal["date", "decimal"], low: str, high: str, told: str) -> None:
    rule = DataValidation(
        type=kind, operator="between", formula1=low, formula2=high, allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "Not taken", told
    rule.add(cells)
    page.sheet.add_data_validation(rule)
