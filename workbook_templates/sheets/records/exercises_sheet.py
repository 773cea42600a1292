"""Exercises: one row for each Form 3921 or 3922, with the adjustment of line 2i by year under the totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from engine.columns import EXERCISES as COLUMNS
from engine.columns import Needed
from engine.federal.catalogue import FEDERAL
from engine.federal.stock.exercises import exercises
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.nodes import Kind
from engine.language.roles import Role

from ...contents.book_summary import book_summary
from ...contents.records.record_words import lot_words
from ...drawing.colors import TAB_INPUT
from ...drawing.excel_formula import if_started, when_counted, when_found
from ...drawing.layout import Book, letter
from ...drawing.page import Frame, Page
from ...xlsx.template import Slot
from .record_layout import MARGIN
from .record_spec import GROUP_ROW, HEAD_ROW, TOTAL_ROW, Spec
from .record_table import NEEDS_ENTRIES, draw_table, tell_room

TITLE: Final = "Exercises"
OPEN: Final = "Not counted yet: dates, price, value and shares are needed (ESPP: value at grant)."
MEANS: Final = (
    "Each lot stands alone: a lot worth less than its price counts as zero and takes nothing from the others. Lots "
    "vested after exercise are measured on the vesting day, or on the day of exercise where a section 83(b) election "
    "was filed. A lot qualifies after two years from grant and one year from exercise; State is that of the end of "
    "the last year."
)
NOTE: Final = f"{MEANS} Columns that no lot needs (Kind, vesting) are hidden."
ALWAYS: Final = [each.name for each in COLUMNS if each.is_needed and each.kind is not Kind.TEXT]
BUT_RSU: Final = [each.name for each in COLUMNS if each.needed is Needed.UNLESS_RSU]
OF_ESPP: Final = next(each.name for each in COLUMNS if each.needed is Needed.OF_ESPP)


def _wrap(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['row']}{row}", body)


def _started(letters: Mapping[str, str], row: int, words: str) -> str:
    at = {name: f"${column}{row}" for name, column in letters.items()}
    return if_started(f"{at['exercise_id']}:{at['employer']},{at['kind']}:{at['fmv_exercise']}", words)


def _wrap_why(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['row']}{row}", body, _started(letters, row, OPEN))


def _wrap_state(letters: Mapping[str, str], row: int, body: str) -> str:
    return when_found(f"${letters['row']}{row}", body, _started(letters, row, NEEDS_ENTRIES))


def _number(letters: Mapping[str, str], row: int, body: str) -> str:
    """The place among the records, `body`, of a row that counts.

    It counts when it has all that its kind needs: an RSU has no grant and no price, an ESPP a value at grant.
    """
    at = {name: f"${column}{row}" for name, column in letters.items()}
    always, but_rsu = [at[name] for name in ALWAYS], [at[name] for name in BUT_RSU]
    return when_counted(at["kind"], always, but_rsu, at[OF_ESPP], body)


EXERCISES: Final = Spec(
    table=exercises,
    groups={
        "": {"exercise_id": 5.0, "employer": 11.0, "state": 14.0},
        "As received: Form 3921, box by box": {
            "kind": 4.5,
            "date_granted": 9.3,
            "date_exercised": 9.3,
            "shares": 7.7,
            "exercise_price": 6.7,
            "fmv_exercise": 6.7,
            "vest_date": 9.3,
            "fmv_vest": 6.7,
            "election_83b": 5.0,
        },
        "What follows from it": {
            "adjustment": 10.0,
            "year_included": 5.0,
            "regular_left": 9.5,
            "amt_left": 9.5,
            "shares_left": 9.0,
            "first_day": 9.5,
        },
        "Support": {"doc_ref": 15.0},
    },
    totals=("adjustment", "regular_left", "amt_left", "shares_left"),
    resolved={"row": _number},
    wrap=_wrap,
    wrap_why=_wrap_why,
    note=NOTE,
    means=MEANS,
    above=lambda years: years,  # line 2i of each
    words=lot_words(YEARS[-1]),
    heads={
        "adjustment": f"Line {forms_of(YEARS[-1]).number(Role.EXERCISES)}",
        "year_included": "of\nyear",
        "regular_left": "Regular\nbasis left",
        "amt_left": "AMT\nbasis left",
        "first_day": "Qualifies\nfrom",
    },
    chip="state",
    wrap_chip=_wrap_state,
    bold="adjustment",
    goes_with="adjustment",
    usual={"kind": "ISO"},
    optional=({"kind"}, {"vest_date", "fmv_vest", "election_83b"}),
)


def draw_exercises(book: Book) -> None:
    """The totals with the adjustment of each year, then the records."""
    frame = Frame(
        TITLE,
        "D",
        "Exercises",
        EXERCISES.widths,
        TAB_INPUT,
        HEAD_ROW,
        landscape=True,
        freeze=f"C{TOTAL_ROW + 1}",
        margin=MARGIN,
        title_rows=f"{GROUP_ROW}:{HEAD_ROW}",
    )
    page = Page(book, frame)
    spec = replace(EXERCISES, words=lot_words(book.shape.last))
    for name in ("sales_passed_on", "sales_lot"):
        book.refer(name)
    draw_table(page, spec, book.shape.rows, lambda page: _by_year(page, spec))
    tell_room(page, spec)
    page.say(book_summary(book.shape)[0].find("exercises"), book.shape.last)
    page.close()


def height_of_part(year: int, amount: Decimal) -> dict[str, float | None]:
    """The height in points of the row of a year under the totals; one that adds nothing is hidden."""
    return {_part(year)[1]: 15.0 if amount else None}


def _part(year: int) -> Slot:
    return str(year), "height of line 2i"


def _by_year(page: Page, spec: Spec) -> None:
    """The adjustment of each year's line 2i, with a link to the form that it goes to."""
    form = FEDERAL.named(forms_of(page.book.shape.last).find(Role.EXERCISES).leaf.sheet)
    letters = spec.letters
    for year in page.book.shape.years:
        page.height(page.row, page.book.slots.number(_part(year)))
        line = forms_of(year).find(Role.EXERCISES)
        for column in range(1, len(spec.printed) + 1):
            page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_rec_part")
        page.cells.fixed(f"A{page.row}", f"of which {form.title} for {year}", "ib_rec_part_link")
        page.link(f"A{page.row}", page.book.page_of(Role.EXERCISES, year))
        amount, of_year = (f"{letters[name]}{page.row}" for name in ("adjustment", "year_included"))
        page.cells.expression(amount, line.leaf, year, (str(year), line.key), "ib_amt")
        page.cells.fixed(of_year, year, "ib_rec_year")
        page.row += 1
