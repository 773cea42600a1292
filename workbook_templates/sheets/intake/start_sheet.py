"""Start here: the first sheet of an intake workbook. What to fill in, in which order, and what to do then."""

from __future__ import annotations

from typing import Final, NamedTuple

from ...drawing.colors import TAB_NAVY
from ...drawing.layout import BOOK, Book
from ...drawing.page import LINE, START, Frame, Page
from ...xlsx.text_fit import lines_needed, row_height
from ..inputs_sheet import prompt

WIDTHS: Final = (18.0, 56.0, 34.0)
SIZE: Final = 10
SAY: Final = "Fill in the yellow cells, sheet by sheet, and save. There is nothing to compute."
NAME_CELL: Final = "B6"


class IntakeStep(NamedTuple):
    """A sheet to fill in: what goes there, and from which documents."""

    title: str
    what: str
    documents: str


STEPS: Final = (
    IntakeStep(
        "Inputs",
        "One column for each tax year. Filing status, wages and deduction come first; the rest where it applies. Leave "
        "the columns of years that you do not need empty: those before the first year with entries, and after the "
        "last, are left out.",
        "Forms 1040 as filed, Forms W-2, last year's Form 8801",
    ),
    IntakeStep(
        "Exercises",
        "One row for each exercise, delivery of restricted stock, or ESPP purchase, also of years before the first "
        "column of Inputs where shares of them are still held or were sold since.",
        "Forms 3921 and 3922, exercise confirmations",
    ),
    IntakeStep("Sales", "One row for each lot sold, given away, or passed on.", "Forms 1099-B, broker's confirmations"),
    IntakeStep("W-2", "Optional: one row for each Form W-2, to compare with the wages.", "Forms W-2"),
    IntakeStep(
        "Grants", "Optional: vesting dates, for the $100,000 limit of ISOs.", "Grant notices, vesting schedules"
    ),
    IntakeStep("Splits", "Optional: stock splits between an exercise and today.", "Company notices"),
)
KNOW: Final = (
    ("Yellow cell", "To be typed or pasted into. Select it to read what belongs there and where it is found."),
    ("Gray row", "An example over each table. It is never read: nothing typed there counts."),
    ("Blank cell", "Not known, or does not apply. 0 is an answer: type it where an amount is zero."),
    ("Dates", "As in 6/15/2023. Amounts are dollars, with cents where the form has them; shares may have parts."),
    ("More rows", "Insert rows above the line that ends the table."),
    ("Other years", "Type another year at the head of a column of Inputs, or insert a column beside it."),
)
CHECKED: Final = (
    "isobook check FILE.xlsx says what is still needed, with sheet and cell, whom to ask, and for which document. "
    "isobook build FILE.xlsx makes the full workbook beside it, FILE-2.xlsx; this file stays as it is. Both are "
    "typed into a command window, opened in the folder of the file; the README of isobook shows how."
)
THEN: Final = (
    ("As a client", "Save the file and send it back to your accountant. Leave blank what you do not know."),
    ("As the preparer", CHECKED),
)


def draw_start(book: Book) -> None:
    """The client's name, the sheets in their order with links, what to know, and what to do then."""
    page = Page(
        book, Frame(START, "I", "Stock options and the AMT: intake", WIDTHS, TAB_NAVY, one_page=True, title_rows="-")
    )
    page.cells.fixed("A3", SAY, "ib_say")
    page.row = 4
    page.heading("Whose file this is")
    page.height(page.row, LINE)
    assert page.row == int(NAME_CELL[1:])
    page.cells.fixed(f"A{page.row}", "Client", "ib_label")
    page.cells.typed(NAME_CELL, (BOOK, "client_name"), "ib_in_text")
    book.name("client_name", page.sheet, NAME_CELL)
    prompt(page, NAME_CELL, "Client", "The name as it shall stand on every sheet and in the letter.")
    page.row += 1
    page.heading("Fill in, in this order")
    for step in STEPS:
        page.link(f"A{page.row}", step.title)
        _row(page, (step.title, step.what, step.documents), ("ib_src_link", "ib_text", "ib_src"))
    page.heading("What the cells mean")
    for words in KNOW:
        _row(page, (*words, None), ("ib_label", "ib_text", "ib_text"))
    page.heading("And then")
    for words in THEN:
        _row(page, (*words, None), ("ib_label", "ib_text", "ib_text"))
    page.note("This is not tax advice.")
    page.close()


def _row(page: Page, words: tuple[str | None, ...], styles: tuple[str, ...]) -> None:
    lines = [lines_needed(text, width, SIZE) for text, width in zip(words, WIDTHS, strict=True) if text]
    page.height(page.row, max(row_height(max(lines), SIZE), LINE))
    for column, text, style in zip("ABC", words, styles, strict=True):
        page.cells.fixed(f"{column}{page.row}", text, style)
    page.row += 1
