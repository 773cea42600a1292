"""The sheets of one year: Gains, Workings (regular tax, attach test) and Form 6251."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import tax_year
from engine.federal.years import following_8801
from engine.filing import YEARS
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Kind

from ..contents.year_summary import BESIDE, year_summary
from ..drawing.layout import Book
from ..drawing.page import LINE, Frame, Page
from ..drawing.styles import TAB_FORM, grey_when_not_ready, quiet_zero
from .form_sheet import HEADS, WIDTHS, Band, Emphasis, draw, lines_between

FORM_8801: Final = Emphasis(frozenset({"4", "15", "21", "53"}), frozenset({"25", "26", "55"}))
FORM_6251: Final = Emphasis(frozenset({"4", "9", "38"}), frozenset({"11", "40"}))
WORKINGS: Final = Emphasis(frozenset({"taxable_income", "tax"}))


def draw_form_6251(book: Book, year: int) -> None:
    """Form 6251 as printed, Part III on a page of its own, the attach tests and the workings below."""
    forms = book.shape.forms(year)
    form, attach = forms["f6251"], forms["attach"]
    frame = Frame(f"6251 {year}", f"F-{year % 100}", f"Form 6251 for {year}", WIDTHS, TAB_FORM, freeze="B5")
    page = Page(book, frame)
    page.header(HEADS)
    conclusion = form.find("conclusion")
    first = "1" if year < 2025 else "1b"
    part_one = [line for line in form.printed() if line.leaf.line.startswith(("1a", first, "2", "3", "4"))]
    part_one = [line for line in part_one if int("".join(filter(str.isdigit, line.leaf.line))) <= 4]
    tests = [attach.find(f"test {number}") for number in range(1, 5)] + [attach.find("attach")]
    workings = [line for line in form.workings() if line.leaf.line != "conclusion"]
    blocks = [
        Band("Part I   AMT income", part_one),
        Band("Part II   The tax", lines_between(form, "5", "11")),
        Band("Part III   Tax with capital gain rates", lines_between(form, "12", "40"), PART_III_NOTE, new_page=True),
        Band("Must this form be attached to the return?", tests),
        Band("Workings", workings, new_page=True),
    ]
    for note in tax_year(year).provisional:
        page.strip(f"P   {note}")
    draw(page, blocks, year, forms, FORM_6251, book.sources)
    page.say(conclusion, year)
    for line in form.printed():
        book.publish(f"f6251_{year}_{line.leaf.line}")
    page.close()


PART_III_NOTE: Final = "13–15 are AMT figures, 20 and 27 regular ones"


def draw_form_8801(book: Book, year: int) -> None:
    """Form 8801 as printed; for the year after the last one up to line 21."""
    following = year > book.shape.last
    forms = following_8801(year - 1).forms if following else book.shape.forms(year)
    form = forms["f8801"]
    frame = Frame(f"8801 {year}", f"G-{year % 100}", f"Form 8801 for {year}", WIDTHS, TAB_FORM, freeze="B5")
    page = Page(book, frame)
    page.header(HEADS)
    for note in tax_year(min(year, YEARS[-1])).provisional:
        page.strip(f"P   {note}")
    if following:
        page.strip(f"P   Prepared from {year - 1} up to line 21; lines 22 to 26 need the return of {year}.")
    printed = {line.leaf.line for line in form.printed()}
    last_line = "21" if "26" not in printed else "26"
    workings = [line for line in form.workings() if line.leaf.kind is not Kind.TEXT]
    blocks = [
        Band("Part I   Net minimum tax on exclusion items", lines_between(form, "1", "15"), f"figures of {year - 1}"),
        Band("Part II   The credit", lines_between(form, "16", last_line)),
        Band("Part III   Tax with capital gain rates", lines_between(form, "27", "55"), f"figures of {year - 1}", True),
        Band("Workings", workings),
    ]
    draw(page, blocks, year, {**book.shape.forms(min(year, book.shape.last)), **forms}, FORM_8801, book.sources)
    page.say(form.find("conclusion"), year)
    for line in form.printed():
        book.publish(f"f8801_{year}_{line.leaf.line}")
    page.close()


def draw_workings(book: Book, year: int) -> None:
    """The regular return that Form 6251 compares with, its gain worksheets, and line 7 refigured for attach test 4."""
    forms = book.shape.forms(year)
    heading = f"Workings for {year}: the regular tax, and attach test 4"
    page = Page(book, Frame(f"Workings {year}", f"W-{year % 100}", heading, WIDTHS, TAB_FORM, freeze="B5"))
    page.header(HEADS)
    special = [*forms["sdtw"].printed(), *forms["sdtw"].workings()]
    attach = [line for line in forms["attach"].lines if not line.leaf.line.startswith(("test", "attach", "reason"))]
    twice = {which: [line for line in attach if line.leaf.line.startswith(which)] for which in ("AMT", "regular")}
    before = [line for line in attach if line not in twice["AMT"] + twice["regular"]]
    readiness = [line for line in forms["year"].lines if line.leaf.kind is Kind.FLAG]
    blocks = [
        Band("What is needed to figure the year", readiness),
        Band(f"Form 1040 for {year}", forms["regular"].lines),
        Band("Qualified Dividends and Capital Gain Tax Worksheet", _printed_first(forms["qdcg"])),
        Band("Schedule D Tax Worksheet", special, "used where 28% or section 1250 gain is taxed"),
        Band("AMT Schedule D Tax Worksheet, lines 2 to 13", forms["amt_sdtw"].printed(), "for Form 6251 13 to 15"),
        Band("Attach test 4: Form 6251 without lines 2c through 3", before),
        Band("Attach test 4: Part III and line 7 with AMT gains", twice["AMT"]),
        Band("Attach test 4: Part III and line 7 with regular gains", twice["regular"]),
    ]
    reason = forms["attach"].find("reason")
    draw(page, blocks, year, forms, WORKINGS, book.sources)
    book.publish(f"year_{year}_ready")
    page.say(reason, year)
    page.close()


def _printed_first(form: Form) -> list[Line]:
    return [*form.printed(), *form.workings()]


GAIN_HEADS: Final = (
    ("Line", "ib_head_mid"),
    ("What it is", "ib_head"),
    ("Regular", "ib_head_num"),
    ("AMT", "ib_head_num"),
    ("AMT less\nregular", "ib_head_num"),
    ("Authority", "ib_head_in"),
)
GAIN_WIDTHS: Final = (7.0, 40.0, 14.0, 14.0, 14.0, 30.0)


def draw_gains(book: Book, year: int) -> None:
    """Schedule D and the loss carryover, regular beside AMT."""
    forms = book.shape.forms(year)
    frame = Frame(
        f"Gains {year}", f"E-{year % 100}", f"Gains and losses for {year}", GAIN_WIDTHS, TAB_FORM, freeze="C5"
    )
    page = Page(book, frame)
    page.header(GAIN_HEADS, 31)
    rows: list[tuple[int, Line, Line]] = []
    differences = {line.leaf.line: line for line in year_summary(year).lines}
    pairs = zip(("Schedule D", "Capital Loss Carryover Worksheet"), *zip(*BESIDE, strict=True), strict=True)
    for title, regular, amt in pairs:
        page.band(title)
        for ours, theirs in zip(_printed_first(forms[regular]), _printed_first(forms[amt]), strict=True):
            page.cells.place(ours, year, f"C{page.row}")
            page.cells.place(theirs, year, f"D{page.row}")
            if difference := differences.get(f"{regular} {ours.leaf.line}"):
                page.cells.place(difference, year, f"E{page.row}")
            rows.append((page.row, ours, theirs))
            page.row += 1
    page.say(year_summary(year).find("gains"), year)
    for row, ours, theirs in rows:
        _gain_row(page, row, ours, theirs, differences.get(f"{ours.leaf.sheet} {ours.leaf.line}"), year)
    first, last = rows[0][0], rows[-1][0]
    quiet_zero(page.sheet, f"C{first}:E{last}", f"C{first}")
    grey_when_not_ready(page.sheet, f"C{first}:E{last}", book.refer(f"year_{year}_ready"))
    page.close()


def _gain_row(page: Page, row: int, ours: Line, theirs: Line, difference: Line | None, year: int) -> None:
    number, amount = ours.leaf.line, "ib_amt" if ours.leaf.kind is Kind.MONEY else "ib_flag"
    page.cells.fixed(f"A{row}", (int(number) if number.isdigit() else number) if ours.is_printed else None, "ib_line")
    page.cells.fixed(f"B{row}", ours.label, "ib_label")
    page.cells.line(f"C{row}", ours, year, amount)
    page.cells.line(f"D{row}", theirs, year, amount)
    if difference:
        page.cells.line(f"E{row}", difference, year, "ib_amt")
    else:
        page.cells.fixed(f"E{row}", None, "ib_amt")
    page.cells.fixed(f"F{row}", ours.cite or None, "ib_cite")
    page.height(row, LINE)
