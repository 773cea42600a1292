"""Entries whose cells show words in place of codes: the list that they offer, and the code that formulas take."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation

from engine.columns import EntryColumn
from engine.federal.years import forms_of

from ...drawing.excel_formula import choice_formula
from ...drawing.layout import BOOK, absolute, defined_name, letter, taken_name
from ...drawing.page import Page

HEAD: Final = "Not printed: "
FIRST_LIST_ROW: Final = 5  # the words of a list stand from here on, right of the codes


def code_slot(name: str, year: int) -> tuple[str, str]:
    """Where the code of an entry of a year comes from."""
    return BOOK, f"{year} {name} code"


def place_codes(page: Page, column: EntryColumn, years: list[int], beside: int) -> None:
    """Write the code of each year beside the page, in the row of the entry; formulas take it, not the typed cell."""
    for place, year in enumerate(years):
        leaf = forms_of(year).inputs.find(column.name).leaf
        typed, coded = f"{letter(place + 2)}{page.row}", f"{letter(beside + place)}{page.row}"
        page.book.name(defined_name(leaf, year), page.sheet, typed)
        page.book.publish(defined_name(leaf, year))
        page.book.name(taken_name(leaf, year), page.sheet, coded)
        page.cells.here[leaf.sheet, leaf.line, year] = coded
        text = choice_formula(typed, {word: column.choice_labels[word] for word in column.choices})
        page.cells.computed(coded, text, code_slot(column.name, year), "ib_rec_word")


def offer_words(page: Page, column: EntryColumn, cells: str, at: int) -> None:
    """Let the cells take one of the words: their list is a range, for a word may hold a comma."""
    page.cells.fixed(f"{letter(at)}{FIRST_LIST_ROW - 1}", f"{HEAD}{column.in_sentences}", "ib_sub")
    for place, words in enumerate(column.shown_choices):
        page.cells.fixed(f"{letter(at)}{FIRST_LIST_ROW + place}", words, "ib_sub")
    last = FIRST_LIST_ROW + len(column.shown_choices) - 1
    listed = absolute(f"{letter(at)}{FIRST_LIST_ROW}:{letter(at)}{last}")
    rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Choose from the list", f"Choose one of: {'; '.join(column.shown_choices)}."
    rule.add(cells)
    page.sheet.add_data_validation(rule)
