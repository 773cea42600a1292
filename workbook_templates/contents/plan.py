"""What if more were exercised: the ladder of share counts and what each rung leads to, for the Plan sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from engine.clients.partial import figure_again, lines_again
from engine.clients.plan_start import last_incentive_exercise
from engine.clients.planning import exactly, turning_point
from engine.clients.projection import DIGITS, Projection
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.expressions import Amount, Text, join, shown, text, when
from engine.language.expressions import count as whole
from engine.language.lines import Line
from engine.language.money import ZERO, rounded
from engine.language.nodes import Kind, Leaf, leaves
from engine.language.roles import Role
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

CHANGED: Final = Role.AMTI_BEFORE_ADDITION  # more of line 2i raises it, dollar for dollar
WANTED: Final = (
    *(Role.BASE, Role.TENTATIVE_MINIMUM_TAX, Role.MINIMUM_TAX),
    *(Role.CREDIT_USED, Role.CREDIT_CARRIED_OUT),
)
ALSO: Final = (  # shown beside them, not moved
    *(Role.EXERCISES, Role.REGULAR_TAX, Role.TAX_AFTER_CREDITS, Role.CREDIT_AVAILABLE),
)
RUNGS: Final = 6  # then the preparer's own number
HALVES: Final = (1, 3, 4, 6)  # of the AMT turning point: the rung before it, and those after it
NO_TURN: Final = 1_000  # shares, where AMT is due already
MARKS: Final = ("credit shrinks", "AMT starts")
SAYS: Final = Leaf("plan", "says", settled=True, kind=Kind.TEXT)  # the conclusion of the sheet, for others too


def line_of(role: Role) -> Line:
    """The line that plays a role, in every year: one sheet chooses among the years."""
    return forms_of(YEARS[-1]).find(role)


@cache
def moved_lines(year: int = YEARS[-1]) -> tuple[Line, ...]:
    """The lines between AMT income and the results; they are the same in every year."""
    forms = forms_of(year)
    return tuple(lines_again(year, map(forms.key, WANTED), (forms.key(CHANGED),)))


@cache
def needed_leaves() -> tuple[Leaf, ...]:
    """What the moved lines take from the year that is chosen."""
    moved = {line.key for line in moved_lines()} | {line_of(CHANGED).key}
    taken = [leaf for line in moved_lines() if line.expression is not None for leaf in leaves(line.expression)]
    found = [leaf for leaf in taken if isinstance(leaf, Leaf) and leaf.sheet != "options"]
    by_key = {f"{leaf.sheet}.{leaf.line}": leaf for leaf in found}
    extra = {line.key: line.leaf for line in map(line_of, (CHANGED, *ALSO))}
    return tuple({**extra, **{key: leaf for key, leaf in by_key.items() if key not in moved}}.values())


@dataclass(frozen=True)
class WhatIf:
    """The typed cells of the Plan sheet when the file is made."""

    year: int
    price: Decimal | None
    fmv: Decimal | None
    shares: Decimal | None

    @property
    def spread(self) -> Decimal:
        """Dollars per share, not below 0."""
        return max(ZERO, (self.fmv or ZERO) - (self.price or ZERO))


def starting_point(projection: Projection) -> WhatIf:
    """The last ready year, with price and value of the last incentive option exercised."""
    ready = [year for year, result in projection.years.items() if result.ready]
    year = max(ready, default=max(projection.years))
    place = last_incentive_exercise(projection.records)
    if place is None:
        return WhatIf(year, None, None, None)
    price, spread = (projection.records[f"exercises.{name}"][place] for name in ("price_paid", "spread"))
    return WhatIf(year, price, price + spread, None)


def plan_values(projection: Projection) -> dict[str, object]:
    """The value of every slot of the Plan sheet."""
    what_if, values = starting_point(projection), _turning_points(projection)
    figures, key = projection.years[what_if.year].figures, line_of(Role.EXERCISES).key
    turning = [max(ZERO, Decimal(values[f"plan {name} {what_if.year}"]) - figures[key]) for name in TURNS]
    credit, amt = (shares_within_spread(each, what_if.spread) for each in turning)
    shares = rungs(credit, amt, what_if.shares or ZERO)
    typed = {"year": what_if.year, "price": what_if.price, "fmv": what_if.fmv, "shares": what_if.shares}
    filled: dict[str, object] = {**values, **{f"plan typed {name}": value for name, value in typed.items()}}
    filled["plan year place"] = what_if.year - min(projection.years) + 1
    filled["plan spread"] = what_if.spread
    for name, mark, value in zip(TURNS, MARKS, turning, strict=True):
        filled[f"plan mark {name}"] = mark if shares_within_spread(value, what_if.spread) else ""
        filled[f"plan turn {name}"] = values[f"plan {name} {what_if.year}"]
        filled[f"plan more {name}"] = shares_within_spread(value, what_if.spread)
    known = {"plan.spread": what_if.spread, "plan.more amt": Decimal(amt)}
    filled["plan says"] = _compiled_answer()(known)["plan.says"]
    for leaf in needed_leaves():
        filled[f"plan of {leaf.sheet}.{leaf.line}"] = figures[f"{leaf.sheet}.{leaf.line}"]
    for rung, count in enumerate(shares):
        filled |= {f"plan {rung} {key}": value for key, value in _rung(projection, what_if, count).items()}
    return filled


TURNS: Final = ("credit", "amt")


def rungs(credit: int, amt: int, own: Decimal) -> list[Decimal]:
    """Share counts from left to right: none, both turning points, more, and the preparer's own.

    Without a turning point half of the next one, or a round number, takes its place.
    """
    base = amt or NO_TURN
    parts = [rounded(Decimal(halves * base) / 2, 0) for halves in HALVES]
    return [ZERO, Decimal(credit) or parts[0], Decimal(base), *parts[1:], own]


def shares_within_spread(limit: Decimal, spread: Decimal) -> int:
    """Whole shares within a limit of spread in dollars; 0 where there is no spread."""
    return int(rounded(limit / spread, 6)) if spread > 0 else 0


def answer() -> Text:
    """The sentence above the ladder; it takes the spread per share and the more shares up to the AMT."""
    more, spread = Amount(Leaf("plan", "more amt")), Amount(Leaf("plan", "spread"))
    words = join("Up to ", shown(more, whole(0)), " more shares at this spread cost no AMT.")
    no_room = text("Every further share at this spread costs AMT.")
    nothing_typed = text("Type a price and a value above it to see what more shares would cost.")
    return when(spread > 0, when(more > 0, words, no_room), nothing_typed)


@cache
def _compiled_answer() -> Figure:
    return compile_lines([Line(SAYS, "Answer", expression=answer().node)], AMOUNTS)


def _rung(projection: Projection, what_if: WhatIf, shares: Decimal) -> dict[str, object]:
    result = projection.years[what_if.year]
    added = rounded(shares * what_if.spread, DIGITS[projection.client.rounding])
    key, wanted = line_of(CHANGED).key, tuple(line_of(role).key for role in WANTED)
    figure = figure_again(what_if.year, wanted, frozenset({key}), result.first, workings=True)
    before: Mapping[str, Any] = projection.years[what_if.year - 1].figures if not result.first else {}
    changed = {**result.figures, key: result.figures[key] + added}
    again = figure(changed, before)
    regular, owed, used = (line_of(role).key for role in TAX_PARTS)
    return {
        **again,
        key: changed[key],
        "shares": shares,
        "added": added,
        "line 2i": result.figures[line_of(Role.EXERCISES).key] + added,
        "tax": result.figures[regular] + again[owed] - again[used],
    }


def _turning_points(projection: Projection) -> dict[str, Any]:
    """The two turning points of each year as totals of line 2i, computed in cents when the file is made."""
    exact = exactly(projection)
    values: dict[str, Any] = {}
    for year, result in projection.years.items():
        turning = turning_point(exact, year) if result.ready else None
        values[f"plan amt {year}"] = turning.amt_crossover if turning else ZERO
        values[f"plan credit {year}"] = (turning.credit_crossover if turning else None) or ZERO
    return values


TAX_PARTS: Final = (Role.TAX_AFTER_CREDITS, Role.MINIMUM_TAX, Role.CREDIT_USED)  # the last one is taken off
LADDER: Final = {  # role and label; what is worked out beside the forms comes first and last
    Role.BASE: "AMT base",
    Role.TENTATIVE_MINIMUM_TAX: "Tentative minimum tax",
    Role.REGULAR_TAX: "Regular tax",
    Role.MINIMUM_TAX: "AMT",
    Role.CREDIT_USED: "Credit used",
    Role.CREDIT_CARRIED_OUT: "Credit carried forward",
}
RESULTS: Final = (Role.MINIMUM_TAX, Role.CREDIT_USED)


def shown_lines() -> Sequence[tuple[str, str, bool]]:
    """Rows of the ladder: slot, label, whether it is a result."""
    return (
        ("line 2i", f"Line {line_of(Role.EXERCISES).number}", False),
        *((line_of(role).key, label, role in RESULTS) for role, label in LADDER.items()),
        ("tax", "Federal tax, after these credits", False),
    )
