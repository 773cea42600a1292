"""Plan: what if more were exercised? The cost in a sentence, yellow cells, a ladder of share counts, a chart."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import tax_year
from engine.language.nodes import Leaf, Node
from engine.language.roles import Role

from ..contents.plan.ladder import AT_AMT, LADDER, LEFT, LINE_2I, MORE, RUNGS, TAX, credit_left, federal_tax
from ..contents.plan.moved import line_of
from ..contents.plan.sentences import SAYS, SENTENCES, mark_of_credit
from ..drawing.charts import Curve, Pen, scatter_chart
from ..drawing.colors import BAD, NAVY, ORANGE_EDGE, TAB_NAVY
from ..drawing.excel_formula import rounded_cell
from ..drawing.layout import BOOK, Book, defined_name
from ..drawing.page import RESULT, Frame, Page
from ..drawing.rules import out_of_date, quiet_while, quiet_zero, still_to_type
from ..xlsx.text_fit import row_height
from .inputs_sheet import in_list, not_below_zero_only
from .plan_workings import COLUMNS, Ladder, draw_workings, put

WIDTHS: Final = (16.0, *(11.5 for _ in range(RUNGS)), 12.5)
HEADLINE_LINES: Final = 3  # that the longest headline takes
CELLS: Final = (
    ("year", "Tax year", "a year of this file that is ready", "ib_in_year"),
    ("price", "Price per share", "what you pay; at first that of the last exercise on record", "ib_in_price_usd"),
    ("fmv", "Value per share", "your estimate for the day of exercise", "ib_in_price_usd"),
    ("shares", "Shares", "any number; the last column of the table is yours", "ib_in_shares_sh"),
)
CHART_ROWS: Final = 17
CHART_CM: Final = 9.2
ALT: Final = "Lines over the shares exercised and kept: federal tax, AMT and the credit used, in US dollars."
NOTE: Final = (
    "All else as on Inputs; none of these shares is sold within the year. Federal tax is the regular tax after other "
    "credits, plus AMT, less the credit of Form 8801; state tax and withholding are left out. The table and the chart "
    "follow what you type. The headline and the two turning points are computed by isobook when the file is made, and "
    "say so when they are out of date."
)
CURVES: Final = {  # by the row of the ladder: name in the legend
    TAX: ("Federal tax, AMT in, credit off", Pen(NAVY, "circle", "solid", 2.25)),
    line_of(Role.MINIMUM_TAX).key: ("AMT", Pen(BAD, "square", "dash", 1.75)),
    line_of(Role.CREDIT_USED).key: ("Credit used", Pen(ORANGE_EDGE, "triangle", "solid", 1.75)),
}


def draw_plan(book: Book) -> None:
    """The headline, what-if cells, the ladder, the turning points and the chart; workings below the printed page."""
    frame = Frame("Plan", "J", "Plan: exercise more?", WIDTHS, TAB_NAVY, 3, one_page=True, freeze="B1", title_rows="-")
    page, at = Page(book, frame), Ladder()
    for column in COLUMNS:
        page.grows(column, (BOOK, "plan width"))
    _strips(page)
    page.heading("What if you exercise and keep more shares this year")
    _cells(page, at)
    marks = page.row
    page.row += 2 + len(LADDER)
    turns = page.row
    page.row += 4
    chart = page.row
    page.row += 2 + CHART_ROWS
    page.note(NOTE)
    last = page.row - 1
    draw_workings(page, at)
    rows = _ladder(page, at, marks)
    _marks(page, at, marks)
    _turning_points(page, at, turns)
    _heading(page, at, chart, "chart")
    _chart(page, chart + 2, rows)
    _headline(page, at)
    page.close(last)


def _strips(page: Page) -> None:
    """What is provisional of the year that the file was made for; the rows of other years are hidden."""
    for year in page.book.shape.years:
        for note in tax_year(year).provisional[:1]:
            row = page.row
            page.strip(f"P   {year}: {note}")
            page.height(row, page.book.slots.number((BOOK, f"plan strip {year}")))


def _cells(page: Page, at: Ladder) -> None:
    first = page.row
    for name, label, told, style in CELLS:
        page.height(page.row, 17)
        page.cells.fixed(f"A{page.row}", label, "ib_label")
        page.cells.typed(f"B{page.row}", (BOOK, f"plan typed {name}"), style)
        page.cells.fixed(f"C{page.row}", told, "ib_told")
        page.book.name(f"plan_{name}", page.sheet, f"B{page.row}")
        page.book.publish(f"plan_{name}")
        at.at[f"typed {name}"] = at.at[name if name in ("price", "fmv") else f"typed {name}"] = f"$B${page.row}"
        if name == "year":
            in_list(page, f"B{page.row}", [str(year) for year in page.book.shape.years])
        else:
            not_below_zero_only(page, f"B{page.row}")
        page.row += 1
    still_to_type(page.sheet, f"B{first}:B{page.row - 1}", "TRUE")


def _marks(page: Page, at: Ladder, row: int) -> None:
    """What turns on a rung, over its number."""
    page.height(row, 16)
    page.cells.fixed(f"B{row}", "today", "ib_over_quiet")
    for rung, column in enumerate(COLUMNS[:RUNGS]):
        if rung == AT_AMT:
            _sentence(page, at, f"{column}{row}", "mark amt", "ib_over_mark")
        elif rung in (1, 2):
            body = at.written(page, mark_of_credit().node, column)
            page.cells.computed(f"{column}{row}", body, (BOOK, f"plan mark {rung}"), "ib_over_mark")


def _ladder(page: Page, at: Ladder, marks: int) -> dict[str, int]:
    """The rows of the ladder; between thin rules the preparer's own number."""
    head = marks + 1
    page.height(head, 19)
    page.cells.fixed(f"A{head}", "More shares", "ib_head")
    rows = {label: row for row, label in enumerate(LADDER.values(), head + 1)} | {"shares": head}
    for rung, column in enumerate(COLUMNS):
        style = "ib_head_yours" if rung == RUNGS else "ib_head_shares"
        put(page, f"{column}{head}", f"{column}{at.rows['plan', 'rung']}", rung, "shares", style)
    for key, label in LADDER.items():
        row, result = rows[label], key == TAX
        page.height(row, RESULT if result else 17)
        page.cells.fixed(f"A{row}", label, _label_style(key))
        for rung, column in enumerate(COLUMNS):
            style = f"{_style(key)}_ruled" if rung == RUNGS else _style(key)
            slot = f"of {key}" if key == REGULAR else f"{rung} {key}"
            body = _body(page, at, column, key, rows)
            page.cells.computed(f"{column}{row}", body, (BOOK, f"plan {slot}"), style)
        if not result:
            quiet_zero(page.sheet, f"B{row}:{COLUMNS[-1]}{row}", f"B{row}")
    return rows


REGULAR: Final = line_of(Role.REGULAR_TAX).key


def _label_style(key: str) -> str:
    return {TAX: "ib_result_label", MORE: "ib_label_b"}.get(key, "ib_label")


def _style(key: str) -> str:
    return {TAX: "ib_result_amt", MORE: "ib_total", LINE_2I: "ib_amt_usd"}.get(key, "ib_amt")


def _body(page: Page, at: Ladder, column: str, key: str, rows: dict[str, int]) -> str:
    if key == LINE_2I:
        as_it_is = at.leaf(column, line_of(Role.EXERCISES).leaf)
        return rounded_cell(f"{as_it_is}+{column}{at.rows['plan', 'added']}", "rounding")
    if key == MORE:
        return rounded_cell(f"{column}{rows[LADDER[TAX]]}-$B{rows[LADDER[TAX]]}", "rounding")
    worked_out: dict[str, Node] = {TAX: federal_tax().node, LEFT: credit_left().node}
    if key in worked_out:
        return at.written(page, worked_out[key], column)
    sheet, _, line = key.partition(".")
    return at.leaf(column, Leaf(sheet, line))


def _sentence(page: Page, at: Ladder, cell: str, name: str, style: str) -> None:
    page.cells.computed(cell, at.written(page, SENTENCES[name].node), (BOOK, f"plan {name}"), style)


def _heading(page: Page, at: Ladder, row: int, name: str) -> None:
    """A block heading whose words follow what is typed."""
    page.row = row
    page.heading("")
    _sentence(page, at, f"A{row + 1}", name, "ib_h2")


def _turning_points(page: Page, at: Ladder, top: int) -> None:
    _heading(page, at, top, "turning")
    for row, label, number, words in (
        (top + 2, "AMT starts above", "amt starts", "amt words"),
        (top + 3, "Credit shrinks", "credit shrinks", "credit words"),
    ):
        page.height(row, 29)
        page.cells.fixed(f"A{row}", label, "ib_label")
        _sentence(page, at, f"B{row}", number, "ib_text_b")
        for column in COLUMNS[2:]:
            page.cells.fixed(f"{column}{row}", None, "ib_text_in")
        _sentence(page, at, f"{COLUMNS[1]}{row}", words, "ib_text_in")
        page.merge(f"{COLUMNS[1]}{row}:{COLUMNS[-1]}{row}")
    changed = f"{at.at['changed']}>0"
    quiet_while(page.sheet, f"B{top + 2}:{COLUMNS[-1]}{top + 3}", changed)
    out_of_date(page.sheet, f"A{top + 1}:{COLUMNS[-1]}{top + 1}", changed)


def _headline(page: Page, at: Ladder) -> None:
    page.height(3, row_height(HEADLINE_LINES, 11))
    for column in COLUMNS:
        page.cells.fixed(f"{column}3", None, "ib_say_long")
    _sentence(page, at, "A3", "says", "ib_say_long")
    page.book.name(defined_name(SAYS, page.book.shape.last), page.sheet, "A3")
    page.merge(f"A3:{COLUMNS[-1]}3")
    out_of_date(page.sheet, f"A3:{COLUMNS[-1]}3", 'LEFT($A$3,3)="Out"')


def _chart(page: Page, top: int, rows: dict[str, int]) -> None:
    for row in range(top, top + CHART_ROWS):
        page.height(row, 16)
    last = COLUMNS[RUNGS - 1]
    curves = []
    for key, (name, pen) in CURVES.items():
        row, values = rows[LADDER[key]], [(BOOK, f"plan {rung} {key}") for rung in range(RUNGS)]
        curves.append(Curve(name, f"B{row}:{last}{row}", values, pen))
    shares = [(BOOK, f"plan {rung} shares") for rung in range(RUNGS)]
    across = f"B{rows['shares']}:{last}{rows['shares']}", shares
    scatter_chart(page, f"A{top}", across, curves, "More shares exercised and kept", CHART_CM)
    page.book.rows.chart(ALT)
