"""The workings of the Plan sheet: the chosen year's figures beside those of the build, and the lines that move."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_ahead, forms_of
from engine.language.expressions import Amount, Count, Flag, Text, not_below_zero, rounded
from engine.language.form import Standing
from engine.language.lines import A_SHARE, MILLIONTH, ROUNDING
from engine.language.nodes import Column, Kind, Leaf, Node
from engine.language.roles import Role

from ..contents.book_summary import stage_key
from ..contents.of_years import known_of, needs_of
from ..contents.plan.ladder import ADDED, RUNGS
from ..contents.plan.moved import CHANGED, line_of, moved_lines, needed_leaves
from ..drawing.excel_formula import (
    added_up,
    as_number,
    as_words,
    chosen_cell,
    formula,
    is_other,
    place_of,
    rounded_cell,
    unless,
)
from ..drawing.layout import BOOK, defined_name, letter
from ..drawing.page import LINE, Page

COLUMNS: Final = [letter(place) for place in range(2, RUNGS + 3)]  # six rungs, then yours
TYPED: Final = ("year", "price", "fmv")  # the yellow cells that the sentences rest on
MADE: Final = (  # facts of the build, by slot: label and style
    ("year", "Year", "ib_src"),
    ("following", "The year after", "ib_src"),
    ("add", "Where every return is filed", "ib_src"),
    ("until_amt", "More shares until AMT starts", "ib_shares"),
    ("until_credit", "More shares until less credit is used", "ib_shares"),
    ("cost", "More federal tax up to the AMT", "ib_amt"),
    ("amt", "AMT of the year", "ib_amt"),
    ("credit_used", "Credit used in the year", "ib_amt"),
    ("each", "AMT of each share beyond", "ib_price"),
    ("amt_crossover", "Line 2i at which AMT starts", "ib_price"),
    ("price made", "Price per share", "ib_price"),
    ("fmv made", "Value per share", "ib_price"),
    ("spread made", "Spread per share", "ib_price"),
)


class Ladder:
    """Addresses of the sheet: typed cells, facts and the chosen year's figures, the rows of the ladder's workings."""

    def __init__(self) -> None:
        self.at: dict[str, str] = {}  # of a leaf of the form "plan"
        self.of_year: dict[tuple[str, str], str] = {}
        self.rows: dict[tuple[str, str], int] = {}

    def leaf(self, column: str, leaf: Leaf | Column) -> str:
        """Where a leaf stands for one rung."""
        assert isinstance(leaf, Leaf)
        if leaf.sheet == "options":
            return leaf.line
        place = leaf.sheet, leaf.line
        if place in self.rows:
            return f"{column}{self.rows[place]}"
        return self.at[leaf.line] if leaf.sheet == "plan" else self.of_year[place]

    def written(self, page: Page, node: Node, column: str = "") -> str:
        """An expression as a formula; leaves of the book by their names."""

        def address(leaf: Leaf | Column) -> str:
            assert isinstance(leaf, Leaf)
            if leaf.sheet in (BOOK, "options"):
                return page.book.refer(defined_name(leaf, page.book.shape.last))
            return self.leaf(column, leaf)

        return formula(node, address)


def draw_workings(page: Page, at: Ladder) -> None:
    """The chosen year beside the build, what the build found, then the lines that move, one column a rung."""
    years = list(page.book.shape.years)
    page.row += 1
    page.band("Workings, not printed: the chosen year, and in column C what it was when the file was made")
    _own(page, at, "year now", "Year", as_words(at.at["typed year"]), "plan year now", "ib_src")
    _own(page, at, "place", "Place of the year", place_of(at.at["typed year"], years), "plan year place", "ib_mid")
    spread = at.written(page, rounded(not_below_zero(_money("fmv") - _money("price")), A_SHARE).node)
    _own(page, at, "spread", "Spread per share", spread, "plan spread", "ib_price")
    _state_of_year(page, at, years)
    _chosen(page, at, years)
    _changes(page, at)
    page.band("Workings, not printed: what was found when the file was made")
    for slot, label, style in MADE:
        _label(page, label)
        page.cells.typed(f"B{page.row}", (BOOK, f"plan {slot}"), style)
        at.at[slot] = f"$B${page.row}"
        page.row += 1
    _begun(page)
    _moving(page, at)


def _begun(page: Page) -> None:
    """With what the yellow cells begin: what is typed over it is told apart when the workbook comes back."""
    for name in (*TYPED, "shares"):
        _label(page, f"Begins with: {name}")
        page.cells.typed(f"B{page.row}", (BOOK, f"plan begun {name}"), "ib_mid" if name == "year" else "ib_price")
        page.book.name(f"plan_begun_{name}", page.sheet, f"B{page.row}")
        page.book.publish(f"plan_begun_{name}")
        page.row += 1


def _state_of_year(page: Page, at: Ladder, years: list[int]) -> None:
    """How far the return of the chosen year is, and whether enough is known of it and of the years before it."""
    shape = page.book.shape
    stages = [Text(Leaf(BOOK, stage_key(year), kind=Kind.TEXT)) for year in years]
    for slot, label, names, style in (
        ("stage", "Return", [page.book.refer(defined_name(_leaf(each), shape.last)) for each in stages], "ib_src"),
        ("ready", "Ready?", [_of_book(page, known_of(shape, year)) for year in years], "ib_flag"),
        ("needs", "Needs", [_of_book(page, needs_of(shape, year)) for year in years], "ib_src"),
    ):
        _own(page, at, slot, label, _of_year(at, names), f"plan {slot}", style)
    any_open = reduce(or_, (~each.equals("filed") for each in stages))
    _own(page, at, "any open", "Is any return not filed?", at.written(page, any_open.node), "plan any open", "ib_flag")


def _leaf(value: Text) -> Leaf:
    assert isinstance(value.node, Leaf)
    return value.node


def _name(page: Page, leaf: Leaf, year: int) -> str:
    return page.book.refer(defined_name(leaf, year))


def _of_book(page: Page, value: Flag | Text) -> str:
    """An expression over lines of the years as a formula."""

    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        return page.book.refer(defined_name(leaf, page.book.shape.last))

    return formula(value.node, address)


def _of_year(at: Ladder, names: list[str]) -> str:
    """What stands under one of these names, by the place of the chosen year."""
    return chosen_cell(at.at["place"], names) if len(names) > 1 else names[0]


def _chosen(page: Page, at: Ladder, years: list[int]) -> None:
    """Each figure that the moved lines take from the year; then what the next year's form makes of its AMT."""
    filed = {card.name: card.title for card in FEDERAL.standing(Standing.FILED)}
    first = page.row
    for leaf in needed_leaves():
        key, style = f"plan of {leaf.sheet}.{leaf.line}", {Kind.FLAG: "ib_flag", Kind.RATE: "ib_amt_rate"}
        at.of_year[leaf.sheet, leaf.line] = f"$B${page.row}"
        page.cells.typed(f"C{page.row}", (BOOK, f"{key} made"), style.get(leaf.kind, "ib_amt"))
        now = as_number(f"B{page.row}") if leaf.kind is Kind.FLAG else f"B{page.row}"
        other = is_other(now, f"C{page.row}", exact=True)
        page.cells.computed(f"D{page.row}", other, (BOOK, "plan changed"), "ib_mid")
        label = f"{filed.get(leaf.sheet, leaf.sheet)} {leaf.line}"
        names = [_name(page, leaf, year) for year in years]
        _own(page, at, "", label, _of_year(at, names), key, style.get(leaf.kind, "ib_amt"))
    at.at["others"] = f"$D${first}:$D${page.row - 1}"
    amt = [_name(page, forms_of(year).find(Role.MINIMUM_TAX).leaf, year) for year in years]
    made = [_name(page, forms_ahead(year).find(Role.CREDIT_MADE).leaf, year + 1) for year in years]
    _own(page, at, "amt today", "AMT", _of_year(at, amt), "plan amt today", "ib_amt")
    _own(page, at, "made", "Credit that it makes, next year's form", _of_year(at, made), "plan made", "ib_amt")


def _changes(page: Page, at: Ladder) -> None:
    """What is no longer as it was when the file was made: 1 for each; the year brings other figures by itself."""
    for name in TYPED:
        made = f"$C${page.row}"
        page.cells.typed(f"C{page.row}", (BOOK, f"plan typed {name} made"), "ib_mid" if name == "year" else "ib_price")
        body = is_other(at.at[f"typed {name}"], made, exact=True)
        _own(page, at, f"changed {name}", f"Other {name}?", body, f"plan changed {name}", "ib_mid")
    records = unless(at.at["changed year"], at.at["others"])
    _own(page, at, "changed records", "Other figures of the year?", records, "plan changed records", "ib_mid")
    first = page.row - len(TYPED) - 1
    _own(page, at, "changed", "Changed", added_up(f"B{first}:B{page.row - 1}"), "plan changed", "ib_mid")


def _label(page: Page, label: str) -> None:
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", label, "ib_label_cut")


def _own(page: Page, at: Ladder, name: str, label: str, text: str, slot: str, style: str) -> None:
    _label(page, label)
    page.cells.computed(f"B{page.row}", text, (BOOK, slot), style)
    if name:
        at.at[name] = f"$B${page.row}"
    page.row += 1


def _moving(page: Page, at: Ladder) -> None:
    """Shares and what they add, then the lines from AMT income to the results, of each rung."""
    page.band("Workings, not printed: the lines that move")
    changed = line_of(CHANGED)
    lines = (changed, *moved_lines())
    first = page.row
    at.rows["plan", "rung"], at.rows["plan", ADDED] = first, first + 1
    at.rows |= {(each.leaf.sheet, each.leaf.line): row for row, each in enumerate(lines, first + 2)}
    exact = rounded(Count(Leaf("plan", "rung", kind=Kind.SHARES)) * _money("spread"), MILLIONTH)  # 206,279.5 whole
    added = rounded(exact, ROUNDING).node
    before = at.of_year[changed.leaf.sheet, changed.leaf.line]
    for rung, column in enumerate(COLUMNS):
        if rung < RUNGS:
            page.cells.typed(f"{column}{first}", (BOOK, f"plan {rung} shares"), "ib_shares")
        else:
            put(page, f"{column}{first}", f"N({at.at['typed shares']})", rung, "shares", "ib_shares")
        put(page, f"{column}{first + 1}", at.written(page, added, column), rung, ADDED)
        put(page, f"{column}{first + 2}", rounded_cell(f"{before}+{column}{first + 1}", "rounding"), rung, changed.key)
        for row, each in enumerate(moved_lines(), first + 3):
            assert each.expression is not None
            put(page, f"{column}{row}", at.written(page, each.expression, column), rung, each.key)
    page.book.refer("rounding")
    labels = [
        "Shares",
        f"Added to line {line_of(Role.EXERCISES).number}",
        changed.label,
        *(each.label for each in moved_lines()),
    ]
    for label in labels:
        _label(page, label)
        page.row += 1


def _money(name: str) -> Amount:
    return Amount(Leaf("plan", name))


def put(page: Page, cell: str, body: str, rung: int, key: str, style: str = "ib_amt") -> None:
    """Write a formula of one rung with its cached value."""
    page.cells.computed(cell, body, (BOOK, f"plan {rung} {key}"), style)
