"""What exercising more costs, in one sentence: an expression, for the sheet Plan and for `isobook plan`.

It takes the facts of `PlanCost` as leaves of the form "plan", and says the cost in federal tax: what costs no AMT may
still cost credit.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from ...language.expressions import Amount, Count, Text, count, join, shares_shown, shown, text, when
from ...language.lines import ROUNDING, Line
from ...language.nodes import Kind, Leaf
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines
from .cost import PlanCost

PLAN: Final = "plan"
CENTS: Final = count(2)


def plan_amount(name: str) -> Amount:
    """A fact in dollars."""
    return Amount(Leaf(PLAN, name))


def plan_words(name: str) -> Text:
    """A fact in words, such as the year, which is written without a comma."""
    return Text(Leaf(PLAN, name, kind=Kind.TEXT))


class Measure(NamedTuple):
    """How more is counted, as words of a sentence."""

    until_amt: Text  # "9,050 more shares"
    until_credit: Text
    up_to: Text  # the first again, without the noun
    unit: str  # of one more
    keep: Text
    they_raise: Text
    credit_costs: Text
    costs: Text


def _shares(name: str) -> Count:
    return Count(Leaf(PLAN, name, kind=Kind.SHARES))


def _more_shares(name: str) -> Text:
    return join(shares_shown(_shares(name)), when(_shares(name).equals(1), text(" more share"), text(" more shares")))


def _agreeing(name: str, one: str, many: str) -> Text:
    return when(_shares(name).equals(1), text(one), text(many))


IN_SHARES: Final = Measure(
    _more_shares("until_amt"),
    _more_shares("until_credit"),
    shares_shown(_shares("until_amt")),
    "share",
    _agreeing("until_amt", "keeps", "keep"),
    _agreeing("until_amt", "it raises", "they raise"),
    _agreeing("until_credit", "costs", "cost"),
    _agreeing("until_amt", "costs", "cost"),
)


def _more_spread(name: str) -> Text:
    return join("$", shown(plan_amount(name), CENTS))


IN_SPREAD: Final = Measure(
    join(_more_spread("until_amt"), " more spread"),
    join(_more_spread("until_credit"), " more spread"),
    _more_spread("until_amt"),
    "dollar of spread",
    *(text("keeps"), text("it raises"), text("costs"), text("costs")),
)


def cost_words(more: Measure) -> Text:
    """The sentence: how much more keeps the AMT at $0, and what it costs in federal tax all the same."""
    until_amt, until_credit = plan_amount("until_amt"), plan_amount("until_credit")
    cost, year = plan_amount("cost"), plan_words("year")
    tax = join("$", shown(cost, ROUNDING))
    lost = join(", because less credit is used. That credit is not lost: it carries to ", plan_words("following"), ".")
    free = join("Up to ", more.until_amt, " ", more.costs, " no AMT and no federal tax for ", year, ".")
    whole_first = join(
        *("Up to ", more.until_credit, " ", more.credit_costs, " no federal tax; from there to ", more.up_to),
        *(" the AMT stays $0, but the ", year, " federal tax rises by up to ", tax, lost),
    )
    credit_first = join(
        *("Up to ", more.until_amt, " ", more.keep, " the AMT at $0, but ", more.they_raise, " the ", year),
        *(" federal tax by up to ", tax, lost),
    )
    room = when(cost.equals(0), free, when(until_credit >= 1, whole_first, credit_first))
    return when(until_amt >= 1, room, _no_room(more, year))


def _no_room(more: Measure, year: Text) -> Text:
    due = text("AMT is due already: ")
    starts = join("AMT starts with the first ", more.unit, ": ")
    each = join(f"each additional {more.unit} costs about $", shown(plan_amount("each"), CENTS), " of AMT for ", year)
    return join(when(plan_amount("amt") > 0, due, starts), each, ", most of it a credit later.")


def said(cost: PlanCost, more: Measure, digits: int) -> str:
    """The sentence with its figures; dollars to so many digits."""
    told: str = _compiled(more.unit)({**cost.known, "options.rounding": digits})["plan.says"]
    return told


@cache
def _compiled(unit: str) -> Figure:
    more = IN_SHARES if unit == IN_SHARES.unit else IN_SPREAD
    return compile_lines([Line(Leaf(PLAN, "says", kind=Kind.TEXT), "Cost", expression=cost_words(more).node)], AMOUNTS)
