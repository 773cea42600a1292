"""Plan: what if more were exercised? Yellow cells, a ladder of share counts, the two turning points, a chart."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import tax_year
from engine.language.expressions import Amount, rounded
from engine.language.lines import ROUNDING
from engine.language.nodes import Column, Leaf
from engine.language.roles import Role

from ..contents.plan import LADDER, MARKS, RESULTS, RUNGS, SAYS, TAX_PARTS, TURNS, answer, line_of, shown_lines
from ..drawing.charts import Bars, bar_chart
from ..drawing.colors import NAVY, ORANGE, ORANGE_EDGE, TAB_NAVY
from ..drawing.excel_formula import formula, marked, rounded_cell
from ..drawing.layout import BOOK, Book, CellRange, defined_name
from ..drawing.page import LINE, RESULT, Frame, Page
from ..drawing.rules import quiet_zero
from .inputs_sheet import in_list, not_below_zero_only
from .plan_workings import COLUMNS, Ladder, draw_workings, put

WIDTHS: Final = (33.0, *(12.5 for _ in range(RUNGS)), 14.5)
TYPED: Final = (
    ("year", "Tax year", "A year of this file that is ready", "ib_in_year"),
    ("price", "Option price per share", "At first that of the last exercise recorded", "ib_in_price"),
    ("fmv", "Value per share", "Your estimate for the exercise day", "ib_in_price"),
    ("shares", "Shares to exercise and keep", "Try any number; the last column follows", "ib_in_shares"),
)
CHART_ROWS: Final = 15
NOTE: Final = (
    "All else as on Inputs. More line 2i is added to the chosen year, and its lines are computed again below with the "
    "same rules. The two turning points are computed in cents by isobook when the file is made; after other inputs are "
    "typed, the column of a turning point tells whether it still turns there: build the file anew to move it."
)


def draw_plan(book: Book) -> None:
    """What-if cells above, the ladder and its chart, the workings below the printed page."""
    frame = Frame("Plan", "J", "Plan: exercise more?", WIDTHS, TAB_NAVY, one_page=True, freeze="B5")
    page, at = Page(book, frame), Ladder()
    page.cells.fixed("A4", "What if", "ib_head")
    for column in COLUMNS:
        page.cells.fixed(f"{column}4", None, "ib_head")
    for year in book.shape.years:
        for note in tax_year(year).provisional[:1]:
            page.strip(f"P   {year}: {note}")
    _typed(page, at)
    ladder = page.row + 1
    page.row = ladder + 1 + len(shown_lines()) + 1
    turns = page.row
    page.row += 1 + len(TURNS)
    page.heading("AMT and credit used, by shares exercised (US dollars)")
    chart = page.row
    page.row += CHART_ROWS
    page.note(NOTE)
    last = page.row - 1
    draw_workings(page, at)
    _ladder(page, at, ladder)
    _turning_points(page, at, turns)
    _chart(page, chart, ladder)
    _say(page, at)
    page.close(last)


def _typed(page: Page, at: Ladder) -> None:
    years = list(page.book.shape.years)
    for name, label, told, style in TYPED:
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", label, "ib_label")
        page.cells.typed(f"B{page.row}", (BOOK, f"plan typed {name}"), style)
        page.cells.fixed(f"C{page.row}", told, "ib_src_over")
        at.typed[name] = f"$B${page.row}"
        if name == "year":
            in_list(page, f"B{page.row}", [str(year) for year in years])
        else:
            not_below_zero_only(page, f"B{page.row}")
        page.row += 1


def _ladder(page: Page, at: Ladder, top: int) -> None:
    """The results of each rung; between thin rules the preparer's own number."""
    page.height(top, 19)
    page.cells.fixed(f"A{top}", "Shares exercised and kept", "ib_head")
    for rung, column in enumerate(COLUMNS):
        head = "ib_head_yours" if rung == RUNGS else "ib_head_shares"
        put(page, f"{column}{top}", f"{column}{at.rows['plan', 'shares']}", rung, "shares", head)
    for name, mark, column in zip(TURNS, MARKS, COLUMNS[1:], strict=False):
        page.cells.computed(
            f"{column}{top - 1}", marked(at.typed[f"more {name}"], mark), (BOOK, f"plan mark {name}"), "ib_note_right"
        )
    for row, (key, label, result) in enumerate(shown_lines(), top + 1):
        total = key == "tax"
        page.height(row, RESULT if result else LINE)
        label_style = "ib_result_label" if result else "ib_label_b" if total else "ib_label"
        page.cells.fixed(f"A{row}", label, label_style)
        for rung, column in enumerate(COLUMNS):
            style = "ib_result_amt" if result else "ib_total" if total else "ib_amt"
            slot = f"of {key}" if key == line_of(Role.REGULAR_TAX).key else f"{rung} {key}"
            ruled = f"{style}_ruled" if rung == RUNGS else style
            page.cells.computed(f"{column}{row}", _ladder_text(at, column, key), (BOOK, f"plan {slot}"), ruled)
        if not result:
            quiet_zero(page.sheet, f"B{row}:{COLUMNS[-1]}{row}", f"B{row}")


def _ladder_text(at: Ladder, column: str, key: str) -> str:
    if key == "line 2i":
        as_it_is = at.of_year[at.place(line_of(Role.EXERCISES).leaf)]
        return rounded_cell(f"{as_it_is}+{column}{at.rows['plan', 'added']}", "rounding")
    if key == "tax":
        regular, owed, used = (Amount(line_of(role).leaf) for role in TAX_PARTS)
        return formula(rounded(regular + owed - used, ROUNDING).node, lambda leaf: at.leaf(column, leaf))
    return at.leaf(column, next(line.leaf for line in map(line_of, LADDER) if line.key == key))


def _turning_points(page: Page, at: Ladder, top: int) -> None:
    page.row = top
    page.band(f"Two turning points, as totals of line {line_of(Role.EXERCISES).number}")
    for name, label, told in (
        (
            "amt",
            "AMT starts above",
            "below it AMT is 0; each dollar above costs 26 or 28 cents, mostly creditable later",
        ),
        ("credit", "Credit used shrinks above", "0: no credit to lose, or every dollar delays some of it"),
    ):
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", label, "ib_label")
        page.cells.computed(f"B{page.row}", at.typed[f"turn {name}"], (BOOK, f"plan turn {name}"), "ib_price")
        page.cells.fixed(f"C{page.row}", told, "ib_src_over")
        page.row += 1


def _chart(page: Page, top: int, ladder: int) -> None:
    for row in range(top, top + CHART_ROWS):
        page.height(row, 16)
    at = {key: ladder + 1 + place for place, (key, _, _) in enumerate(shown_lines())}
    colours = ((NAVY, NAVY), (ORANGE, ORANGE_EDGE))
    end = COLUMNS[RUNGS - 1]
    results = [(line_of(role).key, LADDER[role]) for role in RESULTS]
    series = [
        Bars(label, fill, edge, f"B{at[key]}:{end}{at[key]}", [(BOOK, f"plan {rung} {key}") for rung in range(RUNGS)])
        for (key, label), (fill, edge) in zip(results, colours, strict=True)
    ]
    heads = [(BOOK, f"plan {rung} shares") for rung in range(RUNGS)]
    bar_chart(page, f"A{top}", CellRange(page.sheet.title, f"B{ladder}:{end}{ladder}"), heads, series)


def _say(page: Page, at: Ladder) -> None:
    """The answer above the ladder."""

    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        return at.typed[leaf.line]

    page.book.name(defined_name(SAYS, page.book.shape.last), page.sheet, "A3")
    page.cells.computed("A3", formula(answer().node, address), (BOOK, "plan says"), "ib_say")
