"""What the tables of records say of a row in a word: the state of a lot, the outcome of a sale, its employer.

A lot is looked at on December 31 of the last year of the file: no clock decides whether it has met its holding periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from engine.federal.stock import exercises as lots
from engine.federal.stock import sales
from engine.federal.stock.line_2i import oversold, shares_left
from engine.federal.stock.sale_reasons import NONQUALIFIED, what
from engine.language.expressions import (
    Count,
    Text,
    count,
    day_shown,
    join,
    pick,
    shares_shown,
    text,
    total,
    when,
    year_of,
)
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf
from engine.language.states import State
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

NSO: Final = "NSO"
PASSED_ON: Final = Count(Leaf("sales", "passed_on", kind=Kind.SHARES))
STATUTORY_LEFT: Final = Count(Leaf("exercises", "statutory_left", kind=Kind.SHARES))
WAITING: Final = Count(Leaf("exercises", "waiting", kind=Kind.SHARES))


def _line(value: Count | Text, leaf: Leaf, label: str, cite: str = "") -> Line:
    return Line(leaf, label, cite, value.node, in_table=True)


@cache
def sale_words() -> tuple[Line, ...]:
    """The columns of the sheet Sales that no figure takes."""
    outcome = when(what.gives(NONQUALIFIED), text(NSO), what.words)
    passed_on = when(sales.is_sale, count(0), sales.shares)
    return (
        # Joined to nothing: a spreadsheet would give the blank cell itself as 0.
        _line(join("", pick(lots.employer, sales.lot)), Leaf("sales", "lot_employer", kind=Kind.TEXT), "Employer"),
        _line(outcome, Leaf("sales", "outcome", kind=Kind.TEXT), "Outcome", "IRC 83, 421, 422, 423"),
        _line(passed_on, _leaf(PASSED_ON), "Shares given or passed on"),
    )


@cache
def lot_words(last: int) -> tuple[Line, ...]:
    """The columns of the sheet Exercises that no figure takes; `last` is the last tax year of the file."""
    statutory = when((lots.is_iso | lots.is_espp) & ~lots.is_inherited, shares_left, count(0))
    waiting = when(year_of(lots.first_day) > last, STATUTORY_LEFT, count(0))
    return (
        _line(_state(last), Leaf("exercises", "state", kind=Kind.TEXT), "State", "IRC 422(a)(1), 423(a)(1)"),
        _line(statutory, _leaf(STATUTORY_LEFT), "ISO and ESPP shares left"),
        _line(waiting, _leaf(WAITING), f"Of these, not past both periods at the end of {last}"),
    )


def _state(last: int) -> Text:
    """Where a lot stands at the end of the last year: sold, held and qualifying, or held until a day."""
    gone = shares_left <= count(0)
    over = when(total(PASSED_ON, sales.lot.equals(lots.row)) > count(0), text("none left"), text("all sold"))
    in_wages = join(when(lots.is_rsu, text("RSU"), text(NSO)), ": in wages", when(gone, join(", ", over), text("")))
    held = when(shares_left < lots.shares, text("part held"), text("held"))
    waits = join("held until ", day_shown(lots.first_day))
    underwater = join("underwater, ", shares_shown(shares_left), " sh held")
    of_option = when(
        lots.is_iso & (lots.spread < 0),
        underwater,
        when(year_of(lots.first_day) > last, waits, join(held, ", qualifies")),
    )
    kept = when(lots.is_inherited, held, of_option)
    return when(
        oversold > 0,
        text(f"{State.DIFFERS}, oversold"),
        when(lots.is_wages, in_wages, when(gone, over, kept)),
    )


def _leaf(column: Count) -> Leaf:
    assert isinstance(column.node, Leaf)
    return column.node


@cache
def _compiled(last: int) -> Figure:
    return compile_lines([*sale_words(), *lot_words(last)], AMOUNTS)


def record_words(records: Mapping[str, Sequence[Any]], last: int) -> dict[str, Sequence[Any]]:
    """Every such column by its key, "exercises.state", from the columns of the record tables."""
    return {**_compiled(last)(records)}
