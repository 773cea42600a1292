"""The ladder of share counts: how many shares stand on its rungs, and to what each of them leads."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from engine.clients.partial import figure_again
from engine.clients.projection import DIGITS, Projection
from engine.language.expressions import Amount, not_below_zero, rounded
from engine.language.lines import ROUNDING
from engine.language.money import ZERO
from engine.language.money import rounded as rounded_amount
from engine.language.nodes import Leaf
from engine.language.roles import Role

from .moved import CHANGED, WANTED, line_of

RUNGS: Final = 6  # then the preparer's own number
AT_AMT: Final = 3  # the rung on which AMT starts
FEWEST: Final = 5  # shares up to there, or the thirds have no rungs of their own
SINGLY: Final = Decimal(3)  # the ladder goes up share by share
NO_TURN: Final = Decimal(3_000)  # shares, where AMT is due already
DIGITS_OF_A_STEP: Final = 2  # a third is a round number: 3,016 shares are 3,000
TAX_PARTS: Final = (Role.TAX_AFTER_CREDITS, Role.MINIMUM_TAX, Role.CREDIT_USED)  # the last one is taken off
ADDED, LINE_2I, TAX, MORE, LEFT = "added", "line 2i", "tax", "more", "left"
LADDER: Final = {  # rows: a line of the forms by its key, or what is worked out beside them
    LINE_2I: f"Line {line_of(Role.EXERCISES).number}",
    line_of(Role.TENTATIVE_MINIMUM_TAX).key: "Tentative min. tax",
    line_of(Role.REGULAR_TAX).key: "Regular tax",
    line_of(Role.MINIMUM_TAX).key: "AMT",
    line_of(Role.CREDIT_USED).key: "Credit used",
    TAX: "Federal tax",
    MORE: "More than today",
    LEFT: "Credit left",
}


def rungs(until_amt: Decimal, until_credit: Decimal) -> list[Decimal]:
    """Share counts from left to right: none, a third, two thirds, all up to the AMT, then as many thirds more.

    Where the credit used shrinks in between, that number stands on the rung that is nearest.
    """
    base = until_amt if until_amt >= FEWEST else SINGLY if until_amt else NO_TURN
    step = _round_number(base / 3)
    shares = [ZERO, step, 2 * step, base, 4 * step, 5 * step]
    if ZERO < until_credit < base == until_amt:
        nearest = min((1, 2), key=lambda rung: abs(shares[rung] - until_credit))
        shares[nearest] = until_credit
    return shares


def _round_number(shares: Decimal) -> Decimal:
    """With two digits that are not zero: of a step under 100 shares all of them."""
    digits = max(0, shares.adjusted() + 1 - DIGITS_OF_A_STEP)
    return rounded_amount(shares.scaleb(-digits), 0).scaleb(digits).quantize(Decimal(1))


def federal_tax() -> Amount:
    """Regular tax after other credits, plus AMT, less the credit of Form 8801."""
    regular, owed, used = (Amount(line_of(role).leaf) for role in TAX_PARTS)
    return rounded(regular + owed - used, ROUNDING)


def credit_left() -> Amount:
    """What is carried out, and what the AMT will give on the form of the next year.

    More of line 2i adds to the AMT and nothing to its part on exclusion items, which makes no credit.
    """
    carried, owed = (Amount(line_of(role).leaf) for role in (Role.CREDIT_CARRIED_OUT, Role.MINIMUM_TAX))
    left = carried + owed - Amount(Leaf("plan", "amt today")) + Amount(Leaf("plan", "made"))
    return rounded(not_below_zero(left), ROUNDING)


def rung_values(projection: Projection, year: int, spread: Decimal, shares: Decimal) -> dict[str, Any]:
    """Every figure of a rung by its row: the lines that move, and what is worked out beside the forms."""
    result = projection.years[year]
    added = rounded_amount(shares * spread, DIGITS[projection.client.rounding])
    key, wanted = line_of(CHANGED).key, tuple(line_of(role).key for role in WANTED)
    figure = figure_again(year, wanted, frozenset({key}), result.first, workings=True)
    before: Mapping[str, Any] = projection.years[year - 1].figures if not result.first else {}
    changed = {**result.figures, key: result.figures[key] + added}
    again = {key: changed[key], **figure(changed, before)}
    regular, owed, used = (line_of(role).key for role in TAX_PARTS)
    tax = result.figures[regular] + again[owed] - again[used]
    today = result.figures[regular] + result.figures[owed] - result.figures[used]
    made_more = projection.in_year_after(year, Role.CREDIT_MADE) + again[owed] - result.figures[owed]
    left = again[line_of(Role.CREDIT_CARRIED_OUT).key] + made_more
    worked_out = {ADDED: added, LINE_2I: result.figures[line_of(Role.EXERCISES).key] + added, TAX: tax}
    return {**again, "shares": shares, **worked_out, MORE: tax - today, LEFT: max(ZERO, left)}
