"""The lead sheet: every figure that reaches a return, one line each, by year, on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from engine.language.lines import Line
from engine.language.roles import Role

from ..contents.book_summary import book_summary, stage_key
from ..contents.forms.page_words import stage_name
from ..contents.lead.lead_lines import lead_rows, place_in_year, total_key
from ..contents.lead.lead_rows import LeadRow, Tick, all_lead_rows
from ..contents.year_summary import form_line, year_summary
from ..drawing.colors import TAB_NAVY
from ..drawing.layout import BOOK, Book, letter
from ..drawing.page import LINE, RESULT, Frame, Page
from ..drawing.rules import needs_marker, quiet_zero, state_chip
from ..xlsx.template import Slot
from ..xlsx.text_fit import figure_width

LABEL, YEAR, TOTAL, FORM_LINE, TICK, YOURS, KNOW = 16.0, 11.0, 11.5, 15.0, 6.0, 7.0, 34.0  # widths in characters
PLACES: Final = 13.0  # points, of the row with the line of each year
TITLE: Final = "Lead sheet"
TICKS: Final = (
    "Tick marks   F footed  ·  CF cross-footed to another sheet, see Checks  ·  RX computed a second way on Checks  ·  "
    "column Yours: PBC agreed to a client document, FR agreed to the filed return, PY agreed to last year's file, or "
    "your firm's own marks."
)
NOT_COVERED: Final = (
    "Not covered: state minimum taxes, net investment income tax, Additional Medicare Tax, trusts and estates, "
    "Form 2555, the minimum exemption of a child. What was left blank and taken as none is listed on Open items."
)
PROOF: Final = ("proof in", "proof lost", "proof gone", "proof apart")
EARLIER: Final = (("earlier AMT", "ib_amt"), ("earlier AMT count", "ib_amt"), ("earlier AMT years", "ib_sub"))


class _Look(NamedTuple):
    """The styles of a row: label, amounts, those of the first of a block, total, form line, tick, words."""

    label: str
    amount: str
    first: str
    total: str
    found: str
    tick: str
    know: str


_PLAIN: Final = _Look("ib_label", "ib_amt", "ib_amt_usd", "ib_amt_b_usd", "ib_src_link", "ib_mark", "ib_cite")
_RESULT: Final = _Look(
    "ib_result_label",
    "ib_result_amt",
    "ib_result_amt",
    "ib_result_amt",
    "ib_result_src",
    "ib_result_mark",
    "ib_result_src",
)


def draw_lead(book: Book) -> None:
    """One column for each year and a total; the chip tells of the checks."""
    _Lead(book).draw()


def lead_layout(years: Mapping[int, Mapping[str, Any]], book: Mapping[str, Any]) -> dict[str, float | None]:
    """The widths of the columns in characters and the heights of rows in points, from the figures of the sheet."""
    found: dict[str, float | None] = {}
    for year, figures in years.items():
        shown = [figures[f"lead.{row.key}"] for row in all_lead_rows()]
        shown += [book[f"book.{name} {year}"] for name in ("to date", "still shown")]
        found[_width(year)[1]] = figure_width(map(_figure, shown), YEAR, 11, bold=True)
    totals = [book[f"book.{total_key(row)}"] for row in all_lead_rows() if row.total]
    found[_width("total")[1]] = figure_width(map(_figure, totals), TOTAL, 11, bold=True)
    for row in (row for row in all_lead_rows() if row.may_be_zero):
        known = [figures[f"lead.{row.key}"] for figures in years.values()]
        found[_height(row)[1]] = LINE if any(value and not isinstance(value, str) for value in known) else None
    return found


def _figure(value: Any) -> str:
    if isinstance(value, str):
        return ""  # words such as "needs wages" may run over into a blank neighbor
    return f"(${abs(value):,})" if value < 0 else f"${value:,}"


def _width(column: int | str) -> Slot:
    return BOOK, f"width lead {column}"


def _height(row: LeadRow) -> Slot:
    return BOOK, f"height lead {row.key}"


class _Lead:
    """The sheet under construction."""

    def __init__(self, book: Book) -> None:
        self.years = list(book.shape.years)
        self.last = book.shape.last
        self.form = book_summary(book.shape)[0]
        widths = (LABEL, *(YEAR for _ in self.years), TOTAL, FORM_LINE, TICK, YOURS, KNOW)
        frame = Frame(TITLE, "B", TITLE, widths, TAB_NAVY, landscape=True, one_page=True, freeze="B6")
        self.page = Page(book, frame)
        self.total, self.found, self.tick, self.yours, self.know = (
            letter(len(self.years) + place) for place in range(2, 7)
        )
        self.columns = dict(zip(self.years, map(letter, range(2, len(self.years) + 2)), strict=True))

    def draw(self) -> None:
        """All rows from top to bottom."""
        page = self.page
        for year, at in self.columns.items():
            page.grows(at, _width(year))
        page.grows(self.total, _width("total"))
        self._heads()
        self._stages()
        for band, rows in lead_rows(self.last).items():
            page.band(band)
            for place, row in enumerate(rows):
                self._row(row, first=place == 0)
            if Role.CREDIT_USED in {row.role for row in rows}:
                self._credit()
        self._filing()
        self._proof()
        page.note(TICKS)
        page.note(NOT_COVERED)
        page.say(self.form.find("conclusion"), self.last)
        needs_marker(page.sheet, f"B6:{self.total}{page.row}", "B6")
        page.close()

    def _heads(self) -> None:
        heads: list[tuple[str | int, str]] = [("Line", "ib_head"), *((year, "ib_head_link") for year in self.years)]
        heads += [("Total", "ib_head_num"), ("Form line", "ib_head_in"), ("Tick", "ib_head_mid")]
        self.page.header([*heads, ("Yours", "ib_head_mid"), ("What it is", "ib_head_in")])
        for year, at in self.columns.items():
            self.page.link(f"{at}4", self.page.book.page_of(Role.MINIMUM_TAX, year))

    def _stages(self) -> None:
        """How far each return is, and how many figures were not compared with it."""
        page = self.page
        page.height(5, 15)
        page.cells.fixed("A5", "Return", "ib_sub")
        for year, at in self.columns.items():
            self._placed(f"{at}5", stage_key(year), "ib_stage")
            page.book.name(stage_name(year), page.sheet, f"{at}5")
        state_chip(page.sheet, f"B5:{letter(len(self.years) + 1)}5", "B5")
        self._placed(f"{self.found}5", "compared", "ib_sub_in")
        chip = f"{self.know}5"  # not beside the conclusion, which takes the whole width
        self._placed(chip, "checks", "ib_chip")
        state_chip(page.sheet, chip, chip)
        page.row = 6

    def _placed(self, cell: str, name: str, style: str) -> None:
        line = self.form.find(name)
        self.page.cells.place(line, self.last, cell)
        self.page.cells.line(cell, line, self.last, style)

    def _row(self, row: LeadRow, *, first: bool) -> None:
        look = _RESULT if row.result else _PLAIN
        height = self.page.book.slots.number(_height(row)) if row.may_be_zero else RESULT if row.result else LINE
        self.page.height(self.page.row, height)
        self._amounts(lambda year: (year_summary(year).find(row.key), year), look, first=first)
        total = f"{self.total}{self.page.row}"
        if row.total:
            self._placed(total, total_key(row), look.total)
        else:
            self.page.cells.fixed(total, None, look.amount)
        self._around(row.label, row.found, row.tick, row.know, look)
        if not row.result:
            self.page.link(f"{self.found}{self.page.row}", self.page.book.page_of(row.role, self.last, row.system))
        self.page.row += 1
        if row.places:
            self._places(row)

    def _amounts(self, line_of: Callable[[int], tuple[Line, int]], look: _Look, *, first: bool) -> None:
        """The figure of each year, and the rule that quiets a zero."""
        row, cells = self.page.row, self.page.cells
        for each, at in self.columns.items():
            line, year = line_of(each)
            cells.place(line, year, f"{at}{row}")
            cells.line(f"{at}{row}", line, year, look.first if first else look.amount)
        if look is _PLAIN:
            quiet_zero(self.page.sheet, f"B{row}:{self.total}{row}", f"B{row}")

    def _around(self, label: str, found: str, tick: Tick, know: str, look: _Look) -> None:
        """The words of a row; its column Yours is free for the preparer's mark."""
        fixed, row = self.page.cells.fixed, self.page.row
        fixed(f"A{row}", label, look.label)
        fixed(f"{self.found}{row}", found, look.found)
        fixed(f"{self.tick}{row}", tick or None, look.tick)
        fixed(f"{self.yours}{row}", None, "ib_in_rec")
        fixed(f"{self.know}{row}", know or None, look.know)

    def _places(self, row: LeadRow) -> None:
        """Where the return of each year has the figure above."""
        page = self.page
        page.height(page.row, PLACES)
        page.cells.fixed(f"A{page.row}", "goes to" if row.result else "found on", "ib_caption_in")
        for year, at in self.columns.items():
            page.cells.fixed(f"{at}{page.row}", place_in_year(row.places, year), "ib_caption_right")
        page.row += 1

    def _credit(self) -> None:
        """What was used so far, and what is left: with what the AMT of the year gives to the next one."""
        page, form = self.page, self.form
        page.height(page.row, LINE)
        self._amounts(lambda year: (form.find(f"to date {year}"), self.last), _PLAIN, first=True)
        page.cells.fixed(f"{self.total}{page.row}", None, "ib_amt")
        ledger = page.book.page_of(Role.LEDGER_CLOSING, self.last)
        self._around("Used to date", ledger, Tick.FOOTED, "Running total of credit used", _PLAIN)
        page.link(f"{self.found}{page.row}", ledger)
        page.row += 1
        page.height(page.row, RESULT)
        self._amounts(lambda year: (form.find(f"still shown {year}"), self.last), _RESULT, first=False)
        page.cells.fixed(f"{self.total}{page.row}", None, _RESULT.amount)
        words = "With this year's AMT; does not expire"
        found = form_line(self.last, Role.CREDIT_CARRIED_OUT)
        self._around("Credit left", found, Tick.CROSS_FOOTED, words, _RESULT)
        page.row += 1

    def _filing(self) -> None:
        page = self.page
        page.band("What to file")
        available = form_line(self.last, Role.CREDIT_AVAILABLE)
        for key, label, source, role, told in (
            ("attach", "Attach 6251?", "Workings", Role.ATTACH, "By four tests of who must file"),
            ("file", "File 8801?", available, Role.CREDIT_AVAILABLE, "Whenever a credit is available"),
        ):
            page.height(page.row, LINE)
            for year, at in self.columns.items():
                line = year_summary(year).find(key)
                page.cells.place(line, year, f"{at}{page.row}")
                page.cells.line(f"{at}{page.row}", line, year, "ib_amt")
            page.cells.fixed(f"{self.total}{page.row}", None, "ib_amt")
            self._around(label, source, Tick.NONE, told, _PLAIN)
            page.link(f"{self.found}{page.row}", page.book.page_of(role, self.last))
            page.row += 1

    def _proof(self) -> None:
        """That no credit is lost; what it adds up stands right of the page."""
        page = self.page
        page.height(page.row, 8)
        page.row += 1
        page.height(page.row, 18)
        beside, amount = (letter(len(page.frame.widths) + place) for place in (2, 3))
        page.sheet.column_dimensions[beside].width = 30.0
        taken = [(name, "ib_amt") for name in (*PROOF, "still latest")]
        for place, (name, style) in enumerate([*taken, *(EARLIER if len(self.years) > 1 else ())]):
            page.cells.fixed(f"{beside}{page.row + place}", self.form.find(name).label, "ib_sub")
            self._placed(f"{amount}{page.row + place}", name, style)
        for column in range(1, len(page.frame.widths) + 1):
            page.cells.fixed(f"{letter(column)}{page.row}", None, "ib_proof")
        self._placed(f"A{page.row}", "proof", "ib_proof")
        state_chip(page.sheet, f"A{page.row}:{self.know}{page.row}", f"$A{page.row}")
        page.row += 1
