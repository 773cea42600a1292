"""Inputs: what was typed, by year, and where on the return to find it. The only sheet with entries of the return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from openpyxl.worksheet.datavalidation import DataValidation

from engine.columns import RETURNS, EntryColumn, InputsBand, Limits
from engine.federal.forms.readiness import NEEDED, READINESS
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.expressions import Text, count, when
from engine.language.lines import ROUNDING
from engine.language.nodes import Kind, Leaf
from engine.language.roles import Role

from ..drawing.colors import TAB_INPUT
from ..drawing.excel_formula import formula
from ..drawing.layout import BOOK, Book, defined_name, letter
from ..drawing.page import Frame, Page
from ..drawing.rules import state_chip, still_to_type
from ..xlsx.template import Slot
from ..xlsx.text_fit import figure_width, lines_needed, row_height
from .inputs.coded_entries import offer_words, place_codes
from .inputs.folded_lines import BANDS, FIRST, KEPT, MORE, MORE_SLOT, band_slot, fold_values, line_slot, shown

SETTINGS: Final = (
    ("rounding_word", "Rounding", ("dollars", "cents"), "dollars or cents"),
    ("tax_method", "Tax below 100,000", ("table", "schedule"), "table: the Tax Table; schedule: the rates"),
)
LETTERHEAD_CELLS: Final = (  # the name of the cell, which is the key of its value, and its label
    ("client_name", "Client"),
    ("firm", "Firm"),
    ("letter_date", "Letter date"),
    ("salutation", "Salutation"),
    ("client_address", "Client address"),
)
CODED_ORDER: Final = tuple(each.name for each in RETURNS if each.choice_labels)
CODES: Final = 1  # columns between the page and the codes
LABEL, YEAR = 16.0, 12.5  # widths in characters
INPUT: Final = 17.0
FOUND: Final = 46.0  # characters of the column that says where to find a figure
SOURCE_SIZE: Final = 9
MOST: Final = "999999999.99"  # dollars, shares
SAY: Final = "A cell that is needed and empty is deep yellow. Leave a cell empty if the figure is not known."
PBC: Final = "PBC"  # a tick mark
PROVIDED: Final = "Provided by the client: agree it with the document named"


def draw_inputs(book: Book) -> None:
    """One column per year."""
    years = list(book.shape.years)
    widths = (LABEL, *(YEAR for _ in years), FOUND, 7.0)
    page = Page(book, Frame("Inputs", "N", "Inputs", widths, TAB_INPUT, landscape=True, freeze="B5"))
    page.sheet.sheet_format.outlineLevelRow = 1
    for place, year in enumerate(years, 2):
        if not book.intake:
            page.grows(letter(place), _width(year))
    found, tick = letter(len(years) + 2), letter(len(years) + 3)
    heads: list[tuple[str | int, str]] = [("Line", "ib_head"), *((year, "ib_head_num") for year in years)]
    page.header([*heads, ("Where to find it", "ib_head_in"), ("Tick", "ib_head_mid")])
    page.cells.fixed("A3", SAY, "ib_say")
    for band in BANDS:
        if band in KEPT and not book.intake:
            _more(page)
        page.band(band)
        if not book.intake:
            page.height(page.row - 1, book.slots.number(band_slot(band)))
        money = next((each.name for each in shown(band) if each.kind is Kind.MONEY), "")
        for column in shown(band):
            _entry_row(page, column, years, found, tick, first=column.name == money)
        if band is InputsBand.FILING and not book.intake:
            _readiness(page, years, found, tick)
    if book.intake:
        _show_needs(page, years)
    _settings(page, years, found)
    _letterhead(page, found)
    if book.intake:
        page.note(f"Tick {PBC}  {PROVIDED}.")
    page.close()


def _more(page: Page) -> None:
    """What is folded away above."""
    page.height(page.row, page.book.slots.number(MORE_SLOT))
    page.cells.typed(f"A{page.row}", (BOOK, MORE), "ib_sub")
    page.row += 1


def _entry_row(page: Page, column: EntryColumn, years: list[int], found: str, tick: str, *, first: bool) -> None:
    name = column.name
    source = _found_on(name, years) if page.book.intake else forms_of(years[-1]).inputs.find(name).source
    _labels(page, column.short or column.label, _where(column, source), found)
    if not page.book.intake:
        page.height(page.row, page.book.slots.number(line_slot(name)))
    coded = bool(column.choice_labels)
    if coded and not page.book.intake:
        place_codes(page, column, years, len(years) + 4 + CODES)
    page.cells.fixed(f"{tick}{page.row}", PBC if name in ("filing_status", "wages") else None, "ib_mark")
    for place, year in enumerate(years, 2):
        line = forms_of(year).inputs.find(name)
        cell = f"{letter(place)}{page.row}"
        if page.book.intake or not coded:
            page.cells.place(line, year, cell)
        words = "ib_in_pick" if line.choices else "ib_in_text" if line.leaf.kind is Kind.TEXT else ""
        page.cells.typed(cell, (BOOK, f"{year} {name}"), words or ("ib_in_amt_usd" if first else "ib_in_amt"))
        if page.book.intake:
            page.book.publish(defined_name(line.leaf, year))
        elif name in NEEDED:
            missing = forms_of(year).forms[READINESS.name].find(NEEDED[name]).leaf
            still_to_type(page.sheet, cell, page.book.refer(defined_name(missing, year)))
    cells = f"B{page.row}:{letter(len(years) + 1)}{page.row}"
    if coded:
        lists = len(years) + 4 + CODES + len(years) + list(CODED_ORDER).index(name)
        offer_words(page, column, cells, lists)
    else:
        validate(page, column, cells)
    if coded and page.book.intake:
        prompt(page, cells, _capital(column.in_sentences), f"Choose from the list. Where: {column.docs_found}.")
    page.row += 1


def _show_needs(page: Page, years: list[int]) -> None:
    """Draw what a year cannot do without deep yellow; the sheet with these tests is not in an intake workbook."""
    for year in years:
        for name, line in NEEDED.items():
            missing = forms_of(year).forms[READINESS.name].find(line).expression
            assert missing is not None
            cell = page.cells.here[RETURNS.sheet, name, year]
            still_to_type(page.sheet, cell, formula(missing, page.cells.address(year)))


def _where(column: EntryColumn, source: str) -> str:
    """Where to find it, after what it is in full where the first column has room for a short name alone."""
    if not column.short or column.name == FIRST:
        return source
    full = " ".join(column.label.split())
    if full.endswith("?"):
        return f"{full} {source}"
    return f"{full}: {source[:1].lower()}{source[1:]}" if source[:1].islower() else f"{full}: {source}"


def input_values(typed: Mapping[str, Any], years: Sequence[int]) -> dict[str, Any]:
    """The heights of the lines, the codes of words, and the widths of the years, from what is typed."""
    heights = {}
    for column in (column for band in BANDS for column in shown(band)):
        source = forms_of(years[-1]).inputs.find(column.name).source
        heights[column.name] = _height(_where(column, source))
    names = [column.name for band in BANDS for column in shown(band) if column.kind is Kind.MONEY]
    widths = {
        _width(year)[1]: figure_width(
            (f"${typed[f'{year} {name}']:,}" for name in names if typed[f"{year} {name}"]), YEAR
        )
        for year in years
    }
    return fold_values(typed, years, heights) | widths


def _width(year: int) -> Slot:
    return BOOK, f"width of inputs {year}"


def _height(source: str) -> float:
    return max(INPUT, row_height(lines_needed(source, FOUND, SOURCE_SIZE, indent=1), SOURCE_SIZE))


def _found_on(name: str, years: list[int]) -> str:
    """Where to find it in each year, where the forms of the years differ: `2022 to 2024: …; 2025: …`."""
    runs: list[tuple[int, int, str]] = []
    for year in years:
        source = forms_of(year).inputs.find(name).source
        if runs and runs[-1][2] == source:
            runs[-1] = runs[-1][0], year, source
        else:
            runs.append((year, year, source))
    if len(runs) == 1:
        return runs[0][2]
    return "; ".join(f"{first} to {last}: {said}" if first < last else f"{first}: {said}" for first, last, said in runs)


def _labels(page: Page, label: str, source: str, found: str) -> None:
    page.height(page.row, _height(source))
    page.cells.fixed(f"A{page.row}", label, "ib_label")
    page.cells.fixed(f"{found}{page.row}", source, "ib_src")


def _readiness(page: Page, years: list[int], found: str, tick: str) -> None:
    """What each year still needs before it can be computed."""
    _labels(page, "Ready?", "Filing status, and wages with a deduction or taxable income", found)
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
    _labels(page, "Decimals kept", "Worked out from Rounding", found)
    assert isinstance(ROUNDING.node, Leaf)
    page.book.name(ROUNDING.node.line, page.sheet, f"B{page.row}")
    page.cells.expression(f"B{page.row}", digits.node, years[0], (BOOK, "rounding"), "ib_mid")
    page.row += 1


def _letterhead(page: Page, found: str) -> None:
    """Whose the file is and how the letter begins: words, printed as they are typed."""
    page.band("Firm and client: printed on Summary and Letter as they are typed.")
    asked = LETTERHEAD_CELLS[1:] if page.book.intake else LETTERHEAD_CELLS  # the name stands on the first sheet there
    for name, label in asked:
        page.height(page.row, 2 * INPUT if name == "client_address" else INPUT)
        page.cells.fixed(f"A{page.row}", label, "ib_label")
        for place in range(3, page.sheet[f"{found}1"].column + 1):
            page.cells.fixed(f"{letter(place)}{page.row}", None, "ib_entry_rest")
        page.cells.typed(f"B{page.row}", (BOOK, name), "ib_in_text")
        page.sheet.merge_cells(f"B{page.row}:{found}{page.row}")
        page.book.name(name, page.sheet, f"B{page.row}")
        page.book.publish(name)
        page.row += 1


def validate(page: Page, column: EntryColumn, cells: str) -> None:
    """Let the cells take only what the column can be."""
    match column.kind:
        case Kind.TEXT if column.words:
            in_list(page, cells, column.shown_choices)
        case Kind.DAY:
            dates_only(page, cells)
        case Kind.SHARES:
            _add(page, cells, "decimal", "0.000001", MOST, "Enter a number of shares above zero.")
        case Kind.PRICE:
            _add(page, cells, "decimal", "0", MOST, "Enter dollars per share, not below zero.")
        case Kind.MONEY:
            _amounts(page, cells, *BOUNDS.get(column.sheet_limits or column.limits, (f"-{MOST}", MOST)))
        case Kind.COUNT | Kind.YEAR if page.book.intake:
            _add(page, cells, "whole", str(YEARS[0]), str(YEARS[-1]), f"Enter a tax year, {YEARS[0]} to {YEARS[-1]}.")
    if page.book.intake:
        prompt(page, cells, _capital(column.in_sentences), f"{_capital(column.expected)}. Where: {column.docs_found}.")


def prompt(page: Page, cells: str, title: str, told: str) -> None:
    """Say what belongs into a cell while it is selected, beside what it may take."""
    rules = page.sheet.data_validations.dataValidation
    rule = next((each for each in rules if str(each.sqref) == cells), None)
    if rule is None:
        rule = DataValidation(allow_blank=True)
        rule.add(cells)
        page.sheet.add_data_validation(rule)
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = title[:LONGEST_TITLE], told[:LONGEST_PROMPT]


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


LONGEST_TITLE: Final = 32  # characters, as Excel shows them
LONGEST_PROMPT: Final = 255
BOUNDS: Final = {Limits.NOT_NEGATIVE: ("0", MOST), Limits.ENTERED_NEGATIVE: (f"-{MOST}", "0")}


def dates_only(page: Page, cells: str) -> None:
    """Let the cells take a date."""
    _add(page, cells, "date", "25569", "73415", "Enter a date, such as 6/1/2023.")


def not_below_zero_only(page: Page, cells: str) -> None:
    """Let the cells take a number that is not below zero."""
    _amounts(page, cells, "0")


def _amounts(page: Page, cells: str, low: str, high: str = MOST) -> None:
    limits = "not above zero: it is added on line 4 as typed" if high == "0" else "not below zero"
    told = limits if "0" in (low, high) else "a loss with a minus sign"
    _add(page, cells, "decimal", low, high, f"Enter dollars, {told}.")


def in_list(page: Page, cells: str, choices: Sequence[str]) -> None:
    """Let the cells take one of a few words."""
    rule = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Choose from the list", f"Choose one of: {', '.join(choices)}."
    rule.add(cells)
    page.sheet.add_data_validation(rule)


def _add(page: Page, cells: str, kind: Literal["date", "decimal", "whole"], low: str, high: str, told: str) -> None:
    rule = DataValidation(
        type=kind, operator="between", formula1=low, formula2=high, allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "Not taken", told
    rule.add(cells)
    page.sheet.add_data_validation(rule)
