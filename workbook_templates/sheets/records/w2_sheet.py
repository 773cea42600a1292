"""W-2: one row for each Form W-2, tied to the return and the records; only for a client with such rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from engine.federal.wages.form_w2 import forms_w2
from engine.federal.years import forms_of

from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, name_in_one_case, of_year, total_of_rows, when_said
from ...drawing.layout import Book, defined_name
from ...drawing.page import Frame, Page
from .record_spec import GROUP_ROW, HEAD_ROW, TOTAL_ROW, Spec, Wrap
from .record_table import draw_table

TITLE: Final = "W-2"
OPEN: Final = "Not counted yet: year, employer and box 1 are needed."
NOTE: Final = (
    "One row for each Form W-2, two of one employer as two rows. Box 1 of all Forms W-2 of a year is Form 1040 line "
    "1a, wages on Inputs: enter every form of the return, also of employers without stock. Code V of box 12 is the "
    "spread of nonqualified options (NSO) on Exercises: spell the employer as there, in whatever case. Whether box 1 "
    "holds all income of options and stock is told on Open items when the workbook is built. No figure of a form is "
    "taken from here."
)
WAGES: Final = forms_w2.find("wages").key
LOTS: Final = ("exercises_employer", "exercises_year_included", "exercises_is_rsu", "exercises_wage_income")
ELSEWHERE: Final = frozenset({"stock_income", "of_employer", "short_of_income"})  # told by Open items


def _key(letters: Mapping[str, str], row: int, _place: str) -> str:
    return name_in_one_case([f"$A{row}", f"${letters['box_1']}{row}"], f"${letters['employer']}{row}")


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_said(f"${letters['key']}{row}", body)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    started = if_started(f"$A{row}:${letters['code_v']}{row}", OPEN)
    return when_said(f"${letters['key']}{row}", body, started)


def _nso_spread(letters: Mapping[str, str], row: int, _place: str) -> str:
    names, years, is_rsu, income = LOTS
    same = (names, f"${letters['key']}{row}"), (years, f"$A{row}"), (is_rsu, "FALSE")
    return _wrap(letters, row, total_of_rows(income, *same))


W2: Final = Spec(
    table=forms_w2,
    groups={
        "As received: one row for each Form W-2": {"tax_year": 7.0, "employer": 30.0, "box_1": 13.0, "code_v": 12.0},
        "Tied to the return and the records": {
            "all_box_1": 13.0,
            "wages": 13.0,
            "nso_spread": 12.0,
            "why": 60.0,
        },
    },
    totals=("box_1", "code_v"),
    resolved={"key": _key, "nso_spread": _nso_spread},
    wrap=_wrap,
    wrap_why=_wrap_why,
    note=NOTE,
    elsewhere=ELSEWHERE,
)


def draw_w2(book: Book) -> None:
    """The record table with its totals."""
    frame = Frame(
        TITLE,
        "N-1",
        "Forms W-2: wages and stock income",
        W2.widths,
        TAB_INPUT,
        HEAD_ROW,
        landscape=True,
        freeze=f"C{TOTAL_ROW + 1}",
        title_rows=f"{GROUP_ROW}:{HEAD_ROW}",
    )
    page = Page(book, frame)
    for name in LOTS:
        book.refer(name)
    draw_table(page, replace(W2, resolved={**W2.resolved, "wages": _wages(book)}), book.shape.w2_rows)
    page.close()


def _wages(book: Book) -> Wrap:
    """The wages of the year on Inputs."""
    leaf = forms_of(book.shape.last).inputs.find("wages").leaf
    cells = {year: book.refer(defined_name(leaf, year)) for year in book.shape.years}
    return lambda letters, row, _place: _wrap(letters, row, of_year(f"$A{row}", cells))
