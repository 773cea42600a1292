"""The sheets of an intake workbook that hold records: Exercises, Sales, W-2, Grants, Splits."""

from __future__ import annotations

from typing import Final, NamedTuple

from engine.columns.splits import split_entries

from ...drawing.colors import TAB_INPUT
from ...drawing.layout import Book
from ...drawing.page import Frame, Page
from ...xlsx.text_fit import lines_needed, row_height
from ..records.exercises_sheet import EXERCISES
from ..records.grants_sheet import GRANTS
from ..records.sales_sheet import SALES
from ..records.w2_sheet import W2
from .entry_sheet import FIRST_ROW, HEADER_ROW, EntryTable, draw_entries, entries_of

SAY: Final = 11  # points, of row 3
GRAY: Final = "The gray row is an example and is never read."


class EntrySheet(NamedTuple):
    """One sheet: its table, code, heading, its row 3, and what to know under the table."""

    entries: EntryTable
    code: str
    heading: str
    say: str
    note: str


EXERCISE_ENTRIES: Final = EntrySheet(
    entries_of(EXERCISES),
    "D",
    "Exercises: Forms 3921 and 3922, and restricted stock",
    f"One row for each Form 3921 or 3922. {GRAY}",
    "Kind is blank for an ISO. NSO is a nonqualified option, RSU a delivery of restricted stock (without grant and "
    "price), ESPP a purchase under a plan (it needs the value at grant too). Each lot has a name of its own, by which "
    "Sales names it; spell an employer the same in every row. Need more rows? Insert them above the last line.",
)
SALE_ENTRIES: Final = EntrySheet(
    entries_of(SALES),
    "E",
    "Sales, gifts and other dispositions: Form 1099-B",
    f"One row for each lot sold. {GRAY}",
    "Lot is the name that the shares have on Exercises. A sale of several lots is several rows. Price is per share: "
    "Form 1099-B box 1d divided by the shares. Disposition is blank for a sale. Need more rows? Insert them above "
    "the last line.",
)
W2_ENTRIES: Final = EntrySheet(
    entries_of(W2),
    "N-1",
    "Forms W-2, by employer",
    f"Optional: one row for each Form W-2 of every employer. {GRAY}",
    "With all Forms W-2 of a year, isobook compares box 1 with the wages on Inputs, and code V of box 12 with the "
    "nonqualified options on Exercises. No figure of a form is taken from here.",
)
GRANT_ENTRIES: Final = EntrySheet(
    entries_of(GRANTS),
    "D-1",
    "Grants: when options can first be exercised",
    f"Optional, for the $100,000 limit: one row for each vesting date. {GRAY}",
    "Enter every grant of an employer, or none: the limit of IRC 422(d) takes all options of an employer that can "
    "first be exercised in one year.",
)
SPLIT_ENTRIES: Final = EntrySheet(
    EntryTable(split_entries, {"employer": 24.0, "effective_date": 14.0, "ratio": 12.0}),
    "D-2",
    "Stock splits",
    f"Optional: one row for each split. {GRAY}",
    "Enter exercises in shares and prices of the day of exercise, as Form 3921 has them, and sales in shares of the "
    "day of sale: isobook restates the lots. New for one old is 2, 3:2 or 3-for-2; 1:10 is a reverse split.",
)
ENTRY_SHEETS: Final = (EXERCISE_ENTRIES, SALE_ENTRIES, W2_ENTRIES, GRANT_ENTRIES, SPLIT_ENTRIES)


def draw_entry_sheet(book: Book, place: int, rows: int) -> None:
    """One of ENTRY_SHEETS, with so many empty rows."""
    sheet = ENTRY_SHEETS[place]
    table = sheet.entries
    frame = Frame(
        table.table.title,
        sheet.code,
        sheet.heading,
        table.page,
        TAB_INPUT,
        HEADER_ROW,
        landscape=True,
        freeze=f"B{FIRST_ROW}",
    )
    page = Page(book, frame)
    _say(page, sheet.say)
    draw_entries(page, table, rows)
    page.note(sheet.note)
    page.close()


def _say(page: Page, words: str) -> None:
    """Row 3 on as many lines as a narrow table needs: nothing beyond the printed columns is printed."""
    lines = lines_needed(words, sum(page.frame.widths), SAY, bold=True)
    page.merge(f"A3:{page.last_letter}3")
    page.height(3, max(20.0, row_height(lines, SAY)))
    page.cells.fixed("A3", words, "ib_say_long")
