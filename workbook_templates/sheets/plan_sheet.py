"""Plan: what if more were exercised? Yellow cells, a ladder of share counts, the two turning points, a chart."""

from __future__ import annotations

from typing import Final

from openpyxl.styles import Border, Side

from engine.expressions import Amount, Count, join, not_below_zero, rounded, shown, text, when
from engine.expressions import count as whole
from engine.lines import A_SHARE, ROUNDING
from engine.nodes import Column, Kind, Leaf
from engine.tax_year import tax_year

from ..charts import Bars, bar_chart
from ..excel_formula import (
    chosen_cell,
    first_above_zero,
    formula,
    marked,
    part_of,
    place_of,
    rounded_cell,
    whole_shares,
)
from ..layout import BOOK, Book, Place, defined_name, letter
from ..page import LINE, RESULT, Frame, Page
from ..plan import CHANGED, HALVES, MARKS, NO_TURN, RUNGS, TURNS, leaf_of, moved_lines, needed_leaves, shown_lines
from ..styles import NAVY, ORANGE, ORANGE_EDGE, RATE, TAB_PLAN, YOURS, quiet_zero
from .inputs_sheet import in_list, not_below_zero_only

WIDTHS: Final = (33.0, *(12.5 for _ in range(RUNGS)), 14.5)
COLUMNS: Final = [letter(place) for place in range(2, RUNGS + 3)]  # six rungs, then yours
TYPED: Final = (
    ("year", "Tax year", "A year of this file that is ready", "ib_in_pick"),
    ("price", "Option price, a share", "At first that of the last exercise recorded", "ib_in_price"),
    ("fmv", "Value, a share", "Your estimate for the exercise day", "ib_in_price"),
    ("shares", "Shares to exercise and keep", "Try any number; the last column follows", "ib_in_shares"),
)
CHART_ROWS: Final = 15
NOTE: Final = (
    "All else as on Inputs. More line 2i is added to the chosen year, and its lines are figured again below with the "
    "same rules. The two turning points are figured in cents by isobook when the file is made; after other inputs are "
    "typed, the column of a turning point tells whether it still turns there: build the file anew to move it."
)


class _Cells:
    """Addresses of the sheet: typed cells, the chosen year's figures, the rows of the ladder's workings."""

    def __init__(self) -> None:
        self.typed: dict[str, str] = {}
        self.of_year: dict[tuple[str, str], str] = {}
        self.rows: dict[tuple[str, str], int] = {}

    def leaf(self, column: str, leaf: Leaf | Column) -> str:
        """Where a leaf stands for one rung."""
        assert isinstance(leaf, Leaf)
        if leaf.sheet == "options":
            return leaf.line
        key = (leaf.sheet, leaf.line)
        return f"{column}{self.rows[key]}" if key in self.rows else self.of_year[key]


def draw_plan(book: Book) -> None:
    """What-if cells above, the ladder and its chart, the workings below the printed page."""
    frame = Frame("Plan", "J", "Plan: exercise more?", WIDTHS, TAB_PLAN, one_page=True, freeze="B5")
    page, at = Page(book, frame), _Cells()
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
    _workings(page, at)
    _ladder(page, at, ladder)
    _turning_points(page, at, turns)
    _chart(page, chart, ladder)
    _say(page, at)
    page.close(last)


def _typed(page: Page, at: _Cells) -> None:
    years = list(page.book.shape.years)
    for name, label, told, style in TYPED:
        page.height(page.row, LINE)
        page.cells.fixed(f"A{page.row}", label, "ib_label")
        page.cells.typed(f"B{page.row}", (BOOK, f"plan typed {name}"), style)
        page.cells.fixed(f"C{page.row}", told, "ib_src")
        page.realign(f"C{page.row}", wrap_text=False)
        at.typed[name] = f"$B${page.row}"
        if name == "year":
            in_list(page, f"B{page.row}", [str(year) for year in years])
            page.sheet[f"B{page.row}"].number_format = "0_)"
        else:
            not_below_zero_only(page, f"B{page.row}")
        page.row += 1


def _workings(page: Page, at: _Cells) -> None:
    """The chosen year's figures, then the lines that move, one column a rung."""
    years = list(page.book.shape.years)
    page.row += 1
    page.band("Workings, not printed: the chosen year")
    _own(page, at, "place", "Place of the year", place_of(at.typed["year"], years), "plan year place", "ib_mid")
    spread = _expression(page, at, rounded(not_below_zero(_held("fmv") - _held("price")), A_SHARE))
    _own(page, at, "spread", "Spread a share", spread, "plan spread", "ib_price")
    for leaf in needed_leaves():
        names = [page.book.refer(defined_name(leaf, year)) for year in years]
        chosen = chosen_cell(at.typed["place"], names) if len(names) > 1 else names[0]
        style = "ib_flag" if leaf.kind is Kind.FLAG else "ib_amt"
        label = f"{leaf.sheet} {leaf.line}".replace("f6251", "Form 6251").replace("f8801", "Form 8801")
        at.of_year[leaf.sheet, leaf.line] = f"$B${page.row}"
        _own(page, at, "", label, chosen, f"plan of {leaf.sheet}.{leaf.line}", style)
        if leaf.kind is Kind.RATE:
            page.sheet[f"B{page.row - 1}"].number_format = RATE
    for name in TURNS:
        names = _made_points(page, name, years)
        chosen = chosen_cell(at.typed["place"], names) if len(names) > 1 else names[0]
        _own(page, at, f"turn {name}", f"Turning point: {name}", chosen, f"plan turn {name}", "ib_price")
    for name in TURNS:
        room = f"{at.typed[f'turn {name}']}-{at.of_year['f6251', '2i']}"
        shares = whole_shares(room, at.typed["spread"])
        _own(page, at, f"more {name}", f"More shares up to it: {name}", shares, f"plan more {name}", "ib_amt")
    _moving(page, at)


def _own(page: Page, at: _Cells, name: str, label: str, text: str, slot: str, style: str) -> None:
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", label, "ib_label")
    page.cells.computed(f"B{page.row}", text, (BOOK, slot), style)
    if name:
        at.typed[name] = f"$B${page.row}"
    page.row += 1


def _made_points(page: Page, name: str, years: list[int]) -> list[str]:
    """A turning point of each year, as figured when the file was made: locked figures, side by side."""
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", f"As made, by year: {name}", "ib_label")
    for place, year in enumerate(years):
        page.cells.typed(f"{letter(2 + place)}{page.row}", (BOOK, f"plan {name} {year}"), "ib_price")
    page.row += 1
    return [f"${letter(2 + place)}${page.row - 1}" for place in range(len(years))]


def _held(name: str) -> Amount:
    return Amount(Leaf("plan", name))


def _expression(page: Page, at: _Cells, value: Amount | Count) -> str:
    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        return at.typed[leaf.line] if leaf.sheet == "plan" else page.book.refer(leaf.line)

    return formula(value.node, address)


def _moving(page: Page, at: _Cells) -> None:
    page.band("Workings, not printed: the lines that move")
    changed_row = page.row
    at.rows["plan", "shares"], at.rows["plan", "added"] = changed_row, changed_row + 1
    sheet, line = CHANGED.split(".", 1)
    base = at.of_year[sheet, line]
    at.rows[sheet, line] = changed_row + 2
    for place, each in enumerate(moved_lines(), changed_row + 3):
        at.rows[each.leaf.sheet, each.leaf.line] = place
    credit, amt = (at.typed[f"more {name}"] for name in TURNS)
    turn = f"${COLUMNS[2]}${changed_row}"
    before, *after = (part_of(turn, halves) for halves in HALVES)
    middle = [first_above_zero(credit, before), first_above_zero(amt, str(NO_TURN))]
    heads = ["0", *middle, *after, f"N({at.typed['shares']})"]
    for rung, (column, head) in enumerate(zip(COLUMNS, heads, strict=True)):
        _put(page, f"{column}{changed_row}", head, rung, "shares")
        added = formula(rounded(_count_of("shares") * _money_of("spread"), ROUNDING).node, _rung_address(at, column))
        _put(page, f"{column}{changed_row + 1}", added, rung, "added")
        _put(
            page,
            f"{column}{changed_row + 2}",
            rounded_cell(f"{base}+{column}{changed_row + 1}", "rounding"),
            rung,
            CHANGED,
        )
        for each in moved_lines():
            assert each.expression is not None
            cell = f"{column}{at.rows[each.leaf.sheet, each.leaf.line]}"
            body = formula(each.expression, lambda leaf, column=column: at.leaf(column, leaf))  # type: ignore[misc]
            _put(page, cell, body, rung, each.key)
    page.book.refer("rounding")
    labels = ["Shares", "Added to line 2i", "Line 4 before the addition", *(each.label for each in moved_lines())]
    for place, label in enumerate(labels, changed_row):
        page.height(place, LINE)
        page.cells.fixed(f"A{place}", label, "ib_label")
    page.row = changed_row + len(labels)


def _count_of(name: str) -> Count:
    return Count(Leaf("plan", name, kind=Kind.SHARES))


def _money_of(name: str) -> Amount:
    return Amount(Leaf("plan", name))


def _rung_address(at: _Cells, column: str):  # type: ignore[no-untyped-def]
    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        if leaf.line == "shares":
            return f"{column}{at.rows['plan', 'shares']}"
        return at.typed[leaf.line] if leaf.sheet == "plan" else leaf.line

    return address


def _put(page: Page, cell: str, body: str, rung: int, key: str, style: str = "ib_amt") -> None:
    page.cells.computed(cell, body, (BOOK, f"plan {rung} {key}"), style)


def _ladder(page: Page, at: _Cells, top: int) -> None:
    """The results of each rung; between thin rules the preparer's own number."""
    page.height(top, 19)
    page.cells.fixed(f"A{top}", "Shares exercised and kept", "ib_head")
    for rung, column in enumerate(COLUMNS):
        _put(page, f"{column}{top}", f"{column}{at.rows['plan', 'shares']}", rung, "shares", "ib_head_num")
        page.sheet[f"{column}{top}"].number_format = YOURS if rung == RUNGS else "#,##0_)"
    for name, mark, column in zip(TURNS, MARKS, COLUMNS[1:], strict=False):
        page.cells.computed(
            f"{column}{top - 1}", marked(at.typed[f"more {name}"], mark), (BOOK, f"plan mark {name}"), "ib_note"
        )
        page.realign(f"{column}{top - 1}", "right", wrap_text=False)
    for row, (key, label, result) in enumerate(shown_lines(), top + 1):
        total = key == "tax"
        page.height(row, RESULT if result else LINE)
        label_style = "ib_result_label" if result else "ib_label_b" if total else "ib_label"
        page.cells.fixed(f"A{row}", label, label_style)
        for rung, column in enumerate(COLUMNS):
            style = "ib_result_amt" if result else "ib_total" if total else "ib_amt"
            slot = f"of {key}" if key == "f6251.10" else f"{rung} {key}"
            page.cells.computed(f"{column}{row}", _ladder_text(at, column, key), (BOOK, f"plan {slot}"), style)
        _edge(page, row)
        if not result:
            quiet_zero(page.sheet, f"B{row}:{COLUMNS[-1]}{row}", f"B{row}")


def _ladder_text(at: _Cells, column: str, key: str) -> str:
    if key == "line 2i":
        return rounded_cell(f"{at.of_year['f6251', '2i']}+{column}{at.rows['plan', 'added']}", "rounding")
    if key == "tax":
        regular, owed, used = (Amount(leaf_of(each)) for each in ("f8801.22", "f6251.11", "f8801.25"))
        return formula(rounded(regular + owed - used, ROUNDING).node, lambda leaf: at.leaf(column, leaf))
    return at.leaf(column, leaf_of(key))


def _edge(page: Page, row: int) -> None:
    cell = page.sheet[f"{COLUMNS[-1]}{row}"]
    old, rule = cell.border, Side(style="thin", color=NAVY)
    cell.border = Border(left=rule, right=rule, top=old.top, bottom=old.bottom)


def _turning_points(page: Page, at: _Cells, top: int) -> None:
    page.row = top
    page.band("Two turning points, as totals of line 2i")
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
        page.cells.fixed(f"C{page.row}", told, "ib_src")
        page.realign(f"C{page.row}", wrap_text=False)
        page.row += 1


def _chart(page: Page, top: int, ladder: int) -> None:
    for row in range(top, top + CHART_ROWS):
        page.height(row, 16)
    at = {key: ladder + 1 + place for place, (key, _, _) in enumerate(shown_lines())}
    end = COLUMNS[RUNGS - 1]
    series = [
        Bars(label, fill, edge, f"B{at[key]}:{end}{at[key]}", [(BOOK, f"plan {rung} {key}") for rung in range(RUNGS)])
        for key, label, fill, edge in (
            ("f6251.11", "AMT", NAVY, NAVY),
            ("f8801.25", "Credit used", ORANGE, ORANGE_EDGE),
        )
    ]
    heads = [(BOOK, f"plan {rung} shares") for rung in range(RUNGS)]
    bar_chart(page, f"A{top}", Place(page.sheet.title, f"B{ladder}:{end}{ladder}"), heads, series)


def _say(page: Page, at: _Cells) -> None:
    """The answer above the ladder."""
    more, spread = Amount(Leaf("plan", "more amt")), Amount(Leaf("plan", "spread"))
    words = join("Up to ", shown(more, whole(0)), " more shares at this spread cost no AMT.")
    none = text("Type a price and a value above it to see what more shares would cost.")
    sentence = when(spread > 0, when(more > 0, words, text("Every further share at this spread costs AMT.")), none)

    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        return at.typed[leaf.line]

    page.cells.computed("A3", formula(sentence.node, address), (BOOK, "plan says"), "ib_say")
