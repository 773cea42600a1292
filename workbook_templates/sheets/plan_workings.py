"""The workings of the Plan sheet: the chosen year's figures, and the lines that move, one column a rung."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.federal.catalogue import FEDERAL
from engine.language.expressions import Amount, Count, not_below_zero, rounded
from engine.language.form import Standing
from engine.language.lines import A_SHARE, ROUNDING
from engine.language.nodes import Column, Kind, Leaf
from engine.language.roles import Role

from ..contents.plan import CHANGED, HALVES, NO_TURN, RUNGS, TURNS, line_of, moved_lines, needed_leaves
from ..drawing.excel_formula import (
    chosen_cell,
    first_above_zero,
    formula,
    part_of,
    place_of,
    rounded_cell,
    whole_shares_formula,
)
from ..drawing.layout import BOOK, defined_name, letter
from ..drawing.page import LINE, Page

COLUMNS: Final = [letter(place) for place in range(2, RUNGS + 3)]  # six rungs, then yours


class Ladder:
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
        place = self.place(leaf)
        return f"{column}{self.rows[place]}" if place in self.rows else self.of_year[place]

    @staticmethod
    def place(leaf: Leaf) -> tuple[str, str]:
        """The form and the line of a leaf."""
        return leaf.sheet, leaf.line


def draw_workings(page: Page, at: Ladder) -> None:
    """The chosen year's figures, then the lines that move, one column a rung."""
    years = list(page.book.shape.years)
    page.row += 1
    page.band("Workings, not printed: the chosen year")
    _own(page, at, "place", "Place of the year", place_of(at.typed["year"], years), "plan year place", "ib_mid")
    spread = _expression(page, at, rounded(not_below_zero(_held("fmv") - _held("price")), A_SHARE))
    _own(page, at, "spread", "Spread per share", spread, "plan spread", "ib_price")
    filed = {card.name: card.title for card in FEDERAL.standing(Standing.FILED)}
    for leaf in needed_leaves():
        names = [page.book.refer(defined_name(leaf, year)) for year in years]
        chosen = chosen_cell(at.typed["place"], names) if len(names) > 1 else names[0]
        style = {Kind.FLAG: "ib_flag", Kind.RATE: "ib_amt_rate"}.get(leaf.kind, "ib_amt")
        label = f"{filed.get(leaf.sheet, leaf.sheet)} {leaf.line}"
        at.of_year[at.place(leaf)] = f"$B${page.row}"
        _own(page, at, "", label, chosen, f"plan of {leaf.sheet}.{leaf.line}", style)
    for name in TURNS:
        names = _made_points(page, name, years)
        chosen = chosen_cell(at.typed["place"], names) if len(names) > 1 else names[0]
        _own(page, at, f"turn {name}", f"Turning point: {name}", chosen, f"plan turn {name}", "ib_price")
    for name in TURNS:
        room = f"{at.typed[f'turn {name}']}-{at.of_year[at.place(line_of(Role.EXERCISES).leaf)]}"
        shares = whole_shares_formula(room, at.typed["spread"])
        _own(page, at, f"more {name}", f"More shares up to it: {name}", shares, f"plan more {name}", "ib_amt")
    _moving(page, at)


def _own(page: Page, at: Ladder, name: str, label: str, text: str, slot: str, style: str) -> None:
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", label, "ib_label")
    page.cells.computed(f"B{page.row}", text, (BOOK, slot), style)
    if name:
        at.typed[name] = f"$B${page.row}"
    page.row += 1


def _made_points(page: Page, name: str, years: list[int]) -> list[str]:
    """A turning point of each year, as computed when the file was made: locked figures, side by side."""
    page.height(page.row, LINE)
    page.cells.fixed(f"A{page.row}", f"As made, by year: {name}", "ib_label")
    for place, year in enumerate(years):
        page.cells.typed(f"{letter(2 + place)}{page.row}", (BOOK, f"plan {name} {year}"), "ib_price")
    page.row += 1
    return [f"${letter(2 + place)}${page.row - 1}" for place in range(len(years))]


def _held(name: str) -> Amount:
    return Amount(Leaf("plan", name))


def _expression(page: Page, at: Ladder, value: Amount | Count) -> str:
    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        return at.typed[leaf.line] if leaf.sheet == "plan" else page.book.refer(leaf.line)

    return formula(value.node, address)


def _moving(page: Page, at: Ladder) -> None:
    page.band("Workings, not printed: the lines that move")
    changed_row = page.row
    at.rows["plan", "shares"], at.rows["plan", "added"] = changed_row, changed_row + 1
    changed = line_of(CHANGED)
    base = at.of_year[at.place(changed.leaf)]
    for row, each in enumerate((changed, *moved_lines()), changed_row + 2):
        at.rows[at.place(each.leaf)] = row
    credit, amt = (at.typed[f"more {name}"] for name in TURNS)
    turn = f"${COLUMNS[2]}${changed_row}"
    before, *after = (part_of(turn, halves) for halves in HALVES)
    middle = [first_above_zero(credit, before), first_above_zero(amt, str(NO_TURN))]
    heads = ["0", *middle, *after, f"N({at.typed['shares']})"]
    for rung, (column, head) in enumerate(zip(COLUMNS, heads, strict=True)):
        put(page, f"{column}{changed_row}", head, rung, "shares")
        added = formula(rounded(_count_of("shares") * _money_of("spread"), ROUNDING).node, _rung_address(at, column))
        put(page, f"{column}{changed_row + 1}", added, rung, "added")
        put(
            page,
            f"{column}{changed_row + 2}",
            rounded_cell(f"{base}+{column}{changed_row + 1}", "rounding"),
            rung,
            changed.key,
        )
        for each in moved_lines():
            assert each.expression is not None
            cell = f"{column}{at.rows[at.place(each.leaf)]}"
            body = formula(each.expression, lambda leaf, column=column: at.leaf(column, leaf))  # type: ignore[misc]
            put(page, cell, body, rung, each.key)
    page.book.refer("rounding")
    before = f"Line {line_of(Role.AMTI).number} before the addition"
    labels = [
        "Shares",
        f"Added to line {line_of(Role.EXERCISES).number}",
        before,
        *(each.label for each in moved_lines()),
    ]
    for place, label in enumerate(labels, changed_row):
        page.height(place, LINE)
        page.cells.fixed(f"A{place}", label, "ib_label")
    page.row = changed_row + len(labels)


def _count_of(name: str) -> Count:
    return Count(Leaf("plan", name, kind=Kind.SHARES))


def _money_of(name: str) -> Amount:
    return Amount(Leaf("plan", name))


def _rung_address(at: Ladder, column: str) -> Callable[[Leaf | Column], str]:
    def address(leaf: Leaf | Column) -> str:
        assert isinstance(leaf, Leaf)
        if leaf.line == "shares":
            return f"{column}{at.rows['plan', 'shares']}"
        return at.typed[leaf.line] if leaf.sheet == "plan" else leaf.line

    return address


def put(page: Page, cell: str, body: str, rung: int, key: str, style: str = "ib_amt") -> None:
    """Write a formula of one rung with its cached value."""
    page.cells.computed(cell, body, (BOOK, f"plan {rung} {key}"), style)
