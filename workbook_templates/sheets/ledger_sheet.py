"""Credit ledger: the credit rolled forward, which year's AMT it came from, and the way from gains to line 2k."""

from __future__ import annotations

from typing import Final

from engine.federal.forms.ledger import LEDGER
from engine.federal.years import forms_ahead, forms_of
from engine.language.form import Form
from engine.language.roles import Role

from ..contents.book_summary import book_summary
from ..contents.credit_origins import origins
from ..contents.year_summary import form_line, steps_to_dispositions, year_summary
from ..drawing.colors import TAB_NAVY
from ..drawing.layout import BOOK, Book, defined_name, letter
from ..drawing.page import LINE, RESULT, Frame, Page
from ..drawing.rules import grey_when_not_ready, needs_marker, quiet_zero

NOTE: Final = (
    "The credit never expires, and AMT of a year is first usable in the next one (IRC 53(b), (c)). Which year's AMT a "
    "used credit came from is shown oldest first: our way of showing it, not a rule of law. AMT on exclusion items "
    "(standard deduction, taxes, private activity bond interest and the like) makes no credit (IRC 53(d)(1)(B)(ii)). "
    "Where they alone would owe more than the year did, line 18 of the next Form 8801 is below zero and takes the rest "
    "from credit of earlier years."
)


AMT_OF_YEAR: Final = "AMT of the year"
BY_ORIGIN: Final = "Where each year's AMT went"
LABEL: Final = 36.0  # characters
COLUMN: Final = (11.5, 2.5)  # of a year's figures, and of the arrow to the next year
TOLD: Final = 34.0


def draw_ledger(book: Book) -> None:
    """Each year has a column for its figures and a narrow one for the arrows."""
    years = list(book.shape.years)
    widths = (LABEL, *(width for _ in years for width in COLUMN), 12.5, TOLD)
    frame = Frame(
        LEDGER.page, "H", LEDGER.title, widths, TAB_NAVY, landscape=True, one_page=True, freeze="A5", words_last=True
    )
    page = Page(book, frame)
    arrows = [("", "ib_head")]
    heads: list[tuple[str | int, str]] = [("US dollars", "ib_head")]
    for year in years:
        heads += [(year, "ib_head_num"), *arrows]
    page.header([*heads, ("Credit left", "ib_head_num"), ("Where it comes from", "ib_head_in")])
    ledgers = [book.shape.forms(year).forms[LEDGER.name] for year in years]
    _roll(page, years, ledgers)
    _by_origin(page, years)
    printed = page.row
    page.row += 2  # the note, and air
    _as_computed(page, years, ledgers)
    _losses(page, years)
    for column, year in enumerate(years):
        told = (forms_of(year).find(role).leaf for role in (Role.READY, Role.FINAL))
        known = f"AND({','.join(page.book.refer(defined_name(leaf, year)) for leaf in told)})"
        grey_when_not_ready(page.sheet, f"{_at(column)}5:{_at(column)}{page.row - 1}", known)
    page.say(book_summary(book.shape)[0].find("ledger"), book.shape.last)
    _workings(page, years, ledgers)
    page.row = printed
    page.note(NOTE)
    page.close(printed)


def _at(place: int) -> str:
    """The column of a year's figures."""
    return letter(2 + 2 * place)


def _told(years: list[int]) -> str:
    return letter(3 + 2 * len(years))


def _describe(page: Page, years: list[int], label: str, words: str, result: bool = False) -> None:
    page.height(page.row, RESULT if result else LINE)
    for column in range(1, len(page.frame.widths) + 1):
        page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_result_src" if result else "ib_label")
    page.cells.fixed(f"A{page.row}", label, "ib_result_label" if result else "ib_label")
    page.cells.fixed(f"{_told(years)}{page.row}", words or None, "ib_result_src" if result else "ib_cite")


def _roll(page: Page, years: list[int], ledgers: list[Form]) -> None:
    """The roll-forward; zeros are quiet but where it ends."""
    latest = ledgers[-1]
    part = next(part for part in latest.parts if not part.workings)
    page.band(part.title)
    lines, first = list(part.choose(latest)), page.row
    opening, closing = latest.find(Role.LEDGER_OPENING), latest.find(Role.LEDGER_CLOSING)
    for place, line in enumerate(lines, first):
        for column, (year, ledger) in enumerate(zip(years, ledgers, strict=True)):
            page.cells.place(ledger.find(line.leaf.line), year, f"{_at(column)}{place}")
    for line in lines:
        name, result = line.leaf.line, line.leaf.line in latest.results
        _describe(page, years, line.label, line.source, result)
        style = "ib_result_amt" if result else "ib_total" if name in latest.totals else "ib_amt_link"
        for column, (year, ledger) in enumerate(zip(years, ledgers, strict=True)):
            page.cells.line(f"{_at(column)}{page.row}", ledger.find(name), year, style)
        _arrow(page, {closing: "↑", opening: "→"}.get(line), len(years))
        page.row += 1
    last = page.row - 2
    _still(page, years, ledgers)
    for column in range(len(years)):
        quiet_zero(page.sheet, f"{_at(column)}{first}:{_at(column)}{last}", f"{_at(column)}{first}")


def _as_computed(page: Page, years: list[int], ledgers: list[Form]) -> None:
    """What stands beside the figures that are typed in its place."""
    part = ledgers[0].part_with(Role.LEDGER_CARRIED_ON)
    page.band(f"Not printed: {part.title[:1].lower()}{part.title[1:]}", part.note, 2)
    first = page.row
    for line in part.choose(ledgers[0]):
        _describe(page, years, line.label, ledgers[-1].find(line.leaf.line).source)
        for column, (year, ledger) in enumerate(zip(years, ledgers, strict=True)):
            cell = f"{_at(column)}{page.row}"
            page.cells.place(ledger.find(line.leaf.line), year, cell)
            page.cells.line(cell, ledger.find(line.leaf.line), year, "ib_amt_link")
        page.row += 1
    quiet_zero(page.sheet, f"B{first}:{_at(len(years) - 1)}{page.row - 1}", f"B{first}")


def _arrow(page: Page, sign: str | None, years: int) -> None:
    """From what is carried out up to what is carried in of the next year."""
    for column in range(years - 1):
        page.cells.fixed(f"{letter(3 + 2 * column)}{page.row}", sign, "ib_arrow")


def rows_below(last: int) -> list[tuple[str, str, str, bool]]:
    """What a client owns at year end, from the AMT of the year.

    Of each row the name of its line, without the year; its label; where it comes from; whether it is a result.
    """
    number = forms_ahead(last).number
    excluded = f"{form_line(last, Role.EXCLUSION_PART)} of the next year, at most the AMT"
    still = f"{form_line(last, Role.CREDIT_CARRIED_OUT)}, and line {number(Role.CREDIT_MADE)} of the next year"
    return [
        ("excluded", "Of it, on exclusion items: makes no credit", excluded, False),
        ("still shown", "Credit left at year end", still, True),  # of a year that is not ready, what it needs
    ]


def _still(page: Page, years: list[int], ledgers: list[Form]) -> None:
    """With what the year's AMT will give on next year's form, which is what the client owns at year end."""
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    _describe(page, years, AMT_OF_YEAR, form_line(last, Role.MINIMUM_TAX))
    for column, (year, ledger) in enumerate(zip(years, ledgers, strict=True)):
        page.cells.place(ledger.find(Role.LEDGER_AMT), year, f"{_at(column)}{page.row}")
        page.cells.line(f"{_at(column)}{page.row}", ledger.find(Role.LEDGER_AMT), year, "ib_amt_link")
    page.row += 1
    for key, label, words, is_result in rows_below(last):
        _describe(page, years, label, words, is_result)
        for column, year in enumerate(years):
            line, cell = form.find(f"{key} {year}"), f"{_at(column)}{page.row}"
            if is_result:
                page.cells.expression(cell, line.leaf, last, (BOOK, line.key), "ib_result_amt")
            else:
                page.cells.place(line, last, cell)
                page.cells.line(cell, line, last, "ib_amt")
        page.row += 1
    needs_marker(page.sheet, f"B{page.row - 1}:{_at(len(years) - 1)}{page.row - 1}", f"B{page.row - 1}")


def _by_origin(page: Page, years: list[int]) -> None:
    shape, form = page.book.shape, book_summary(page.book.shape)[0]
    page.band(BY_ORIGIN, "used, or taken away by a line 18 below zero; oldest first", 2)
    first = page.row
    for origin in origins(shape):
        made, left = form.find(f"made {origin}"), form.find(f"left {origin}")
        label = f"{made.label}: credit made" if origin.isdigit() else made.label
        _describe(page, years, label, "Made; gone by year; credit left")
        for column, year in enumerate(years):
            cell, name = f"{_at(column)}{page.row}", f"{origin} in {year}"
            if any(line.leaf.line == name for line in form.lines):
                page.cells.place(form.find(name), shape.last, cell)
        page.cells.place(left, shape.last, f"{letter(2 + 2 * len(years))}{page.row}")
        page.row += 1
    for row, origin in enumerate(origins(shape), first):
        for column, year in enumerate(years):
            name = f"{origin} in {year}"
            if any(line.leaf.line == name for line in form.lines):
                page.cells.line(f"{_at(column)}{row}", form.find(name), shape.last, "ib_amt")
        still = f"{letter(2 + 2 * len(years))}{row}"
        page.cells.line(still, form.find(f"left {origin}"), shape.last, "ib_total")
    end = letter(2 + 2 * len(years))
    quiet_zero(page.sheet, f"B{first}:{end}{page.row - 1}", f"B{first}")


def _losses(page: Page, years: list[int]) -> None:
    page.band(f"Not printed: from gains to line {forms_of(years[-1]).number(Role.DISPOSITIONS)}")
    first = page.row
    for key, label, how, result in steps_to_dispositions(years[-1]):
        _describe(page, years, label, how, result)
        for column, year in enumerate(years):
            line, cell = year_summary(year).find(key), f"{_at(column)}{page.row}"
            page.cells.place(line, year, cell)
            page.cells.line(cell, line, year, "ib_result_amt" if result else "ib_amt_link")
        page.row += 1
    quiet_zero(page.sheet, f"B{first}:{_at(len(years) - 1)}{page.row - 2}", f"B{first}")


def _workings(page: Page, years: list[int], ledgers: list[Form]) -> None:
    """The roll-forward with its floor, and the steps of the allocation, below the printed page."""
    part = next(part for part in ledgers[0].parts if part.workings)
    page.row += 1
    page.band(part.title)
    lines = list(part.choose(ledgers[0]))
    for row, line in enumerate(lines, page.row):
        for column, (year, ledger) in enumerate(zip(years, ledgers, strict=True)):
            page.cells.place(ledger.find(line.leaf.line), year, f"{_at(column)}{row}")
    for line in lines:
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", line.label, "ib_label")
        for column, (year, ledger) in enumerate(zip(years, ledgers, strict=True)):
            page.cells.line(f"{_at(column)}{page.row}", ledger.find(line.leaf.line), year, "ib_amt")
        page.row += 1
    _allocation(page)


def _allocation(page: Page) -> None:
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    starts = ("made ", "spent ", "open ", "wanted ", "away ", "gone ", "with new ", "still ", "used ", "amt ")
    elsewhere = ("amt all", "used all", "amt gains", "open checks", "still latest")  # on Checks and the lead sheet
    shown = {f"still shown {year}" for year in page.book.shape.years}  # on the lead sheet
    lines = [
        line for line in form.lines if line.leaf.line.startswith(starts) and line.leaf.line not in {*elsewhere, *shown}
    ]
    lines = [line for line in lines if defined_name(line.leaf, last) not in page.book.names]
    for place, line in enumerate(lines):
        page.cells.place(line, last, f"B{page.row + place}")
    for line in lines:
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", line.label, "ib_label")
        page.cells.line(f"B{page.row}", line, last, "ib_amt")
        page.row += 1
