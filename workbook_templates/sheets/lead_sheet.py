"""The lead sheet: every figure that reaches a return, one line each, by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from engine.federal.years import forms_of
from engine.language.roles import Role
from engine.systems import AMT, REGULAR, System

from ..contents.book_summary import book_summary, stage_key
from ..contents.forms.page_words import stage_name
from ..contents.year_summary import LeadRow, form_line, lead_rows, year_summary
from ..drawing.charts import Bars, bar_chart
from ..drawing.colors import NAVY, ORANGE, ORANGE_EDGE, SKY, TAB_NAVY
from ..drawing.layout import BOOK, Book, CellRange, letter
from ..drawing.page import LINE, RESULT, Frame, Page
from ..drawing.rules import needs_marker, quiet_zero, state_chip
from ..xlsx.template import Slot

LANDSCAPE_FROM = 5  # years


def draw_lead(book: Book) -> None:
    """One column per year, linked to the form line; the chip tells of the checks."""
    years = list(book.shape.years)
    wide = len(years) >= LANDSCAPE_FROM
    widths = (33.0, *(11.0 if wide else 12.0 for _ in years), 22.0, 36.0)
    frame = Frame("Lead sheet", "B", "Lead sheet", widths, TAB_NAVY, landscape=wide, freeze="B6")
    page = Page(book, frame)
    where, know = letter(len(years) + 2), letter(len(years) + 3)
    page.header(
        [
            ("US dollars", "ib_head"),
            *((year, "ib_head_link") for year in years),
            ("Form line", "ib_head_in"),
            ("What to know", "ib_head_in"),
        ]
    )
    for place, year in enumerate(years, 2):
        page.link(f"{letter(place)}4", page.book.page_of(Role.MINIMUM_TAX, year))
    _states(page, years)
    last = f"{letter(len(years) + 1)}"
    at: dict[str, int] = {}
    for band, rows in lead_rows(years[-1]).items():
        page.band(band)
        for row in rows:
            at[row.key] = page.row
            _row(page, row, years, where, know)
    at["still"] = page.row
    _book_row(page, "Credit left at year end", "still", years, where, know)
    _filing(page, years, where, know)
    filled = page.row - 1
    page.note(NOT_COVERED)
    page.page_break()
    _chart(page, years, at, "AMT to pay, credit used, credit left (US dollars)", CREDIT)
    _chart(page, years, at, "Capital losses carried out, regular and AMT (US dollars)", LOSSES)
    page.say(book_summary(book.shape)[0].find("conclusion"), book.shape.last)
    chip = book_summary(book.shape)[0].find("checks")
    page.cells.place(chip, book.shape.last, f"{know}3")
    page.cells.line(f"{know}3", chip, book.shape.last, "ib_check")
    state_chip(page.sheet, f"{know}3", f"{know}3")
    needs_marker(page.sheet, f"B6:{last}{filled}", "B6")
    page.close()


def _states(page: Page, years: list[int]) -> None:
    page.height(5, 14)
    page.cells.fixed("A5", "Return", "ib_note")
    last = page.book.shape.last
    for place, year in enumerate(years, 2):
        cell, line = f"{letter(place)}5", book_summary(page.book.shape)[0].find(stage_key(year))
        page.cells.place(line, last, cell)
        page.cells.line(cell, line, last, "ib_note_right")
        page.book.name(stage_name(year), page.sheet, cell)
    state_chip(page.sheet, f"B5:{letter(len(years) + 1)}5", "B5")
    page.row = 6


def _row(page: Page, row: LeadRow, years: list[int], where: str, know: str) -> None:
    label, amount, source, told = (
        ("ib_result_label", "ib_result_amt", "ib_result_src", "ib_result_src")
        if row.result
        else ("ib_label", "ib_amt_link", "ib_src_link", "ib_cite")
    )
    page.height(page.row, RESULT if row.result else LINE)
    page.cells.fixed(f"A{page.row}", row.label, label)
    for place, year in enumerate(years, 2):
        line, cell = year_summary(year).find(row.key), f"{letter(place)}{page.row}"
        page.cells.place(line, year, cell)
        page.cells.line(cell, line, year, amount)
    page.cells.fixed(f"{where}{page.row}", row.found, source)
    page.link(f"{where}{page.row}", page.book.page_of(row.role, years[-1], row.system))
    page.cells.fixed(f"{know}{page.row}", row.to_know or None, told)
    if not row.result:
        quiet_zero(page.sheet, f"B{page.row}:{letter(len(years) + 1)}{page.row}", f"B{page.row}")
    page.row += 1


def _book_row(page: Page, label: str, key: str, years: list[int], where: str, know: str) -> None:
    """A result that needs the year after: the credit left."""
    form, last = book_summary(page.book.shape)[0], page.book.shape.last
    page.height(page.row, RESULT)
    page.cells.fixed(f"A{page.row}", label, "ib_result_label")
    for place, year in enumerate(years, 2):
        line, cell = form.find(f"{key} shown {year}"), f"{letter(place)}{page.row}"
        page.cells.place(line, last, cell)
        page.cells.line(cell, line, last, "ib_result_amt")
    page.cells.fixed(f"{where}{page.row}", form_line(years[-1], Role.CREDIT_CARRIED_OUT), "ib_result_src")
    page.link(f"{where}{page.row}", page.book.page_of(Role.LEDGER_CLOSING, years[-1]))
    page.cells.fixed(f"{know}{page.row}", "With what this year's AMT gives; never expires", "ib_result_src")
    page.row += 1


def _filing(page: Page, years: list[int], where: str, know: str) -> None:
    page.band("Filing")
    available, last = form_line(years[-1], Role.CREDIT_AVAILABLE), years[-1]
    attach = "Four tests; if no, keep it in the file"
    for key, source, role, told in (
        ("attach", "Workings: why", Role.ATTACH, attach),
        ("file", available, Role.CREDIT_AVAILABLE, "Only if a credit is available"),
    ):
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", year_summary(last).find(key).label, "ib_label")
        for place, year in enumerate(years, 2):
            line, cell = year_summary(year).find(key), f"{letter(place)}{page.row}"
            page.cells.place(line, year, cell)
            page.cells.line(cell, line, year, "ib_amt")
        page.cells.fixed(f"{where}{page.row}", source, "ib_src_link")
        page.link(f"{where}{page.row}", page.book.page_of(role, last))
        page.cells.fixed(f"{know}{page.row}", told, "ib_cite")
        page.row += 1


class _Series(NamedTuple):
    """A series of a chart by year: name, row, the slot of a year's value, colors."""

    name: str
    row: str
    value: Callable[[int], Slot]
    fill: str
    edge: str


def _of_book(name: str) -> Callable[[int], Slot]:
    return lambda year: (BOOK, f"book.{name} {year}")


def _losses(system: System) -> _Series:
    def value(year: int) -> Slot:
        return str(year), forms_of(year).key(Role.LOSS_CARRIED_OUT, system)

    colours = {REGULAR: (ORANGE, ORANGE_EDGE), AMT: (NAVY, NAVY)}
    row = LeadRow(Role.LOSS_CARRIED_OUT, f"Loss carried out, {system.name}", system=system)
    return _Series(row.label, row.key, value, *colours[system])


CREDIT: Final = (
    _Series("AMT to pay", Role.MINIMUM_TAX.value, _of_book("amt"), NAVY, NAVY),
    _Series("Credit used", Role.CREDIT_USED.value, _of_book("used"), ORANGE, ORANGE_EDGE),
    _Series("Credit left at year end", "still", _of_book("still"), SKY, NAVY),
)
LOSSES: Final = (_losses(REGULAR), _losses(AMT))


def _chart(page: Page, years: list[int], rows: dict[str, int], heading: str, shown: Sequence[_Series]) -> None:
    page.heading(heading)
    end = letter(len(years) + 1)
    series: list[Bars] = []
    for each in shown:
        cells = f"B{rows[each.row]}:{end}{rows[each.row]}"
        series.append(Bars(each.name, each.fill, each.edge, cells, [each.value(year) for year in years]))
    bar_chart(page, f"A{page.row}", CellRange(page.sheet.title, f"B4:{end}4"), years, series)
    for _ in range(CHART_ROWS):
        page.height(page.row, 16)
        page.row += 1


CHART_ROWS: Final = 15
NOT_COVERED: Final = (
    "Not covered: state minimum taxes, net investment income tax, Additional Medicare Tax, trusts and estates, "
    "Form 2555, the minimum exemption of a child. What was left blank and taken as none is listed on Open items."
)
