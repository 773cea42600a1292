"""The sentences of the sheet Plan, as expressions: the cost, the turning points, and that they are out of date.

What was computed when the file was made stands in cells of its own ("as made") beside what stands on the sheet now.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from engine.clients.planning.words import CENTS, IN_SHARES, cost_words, plan_amount, plan_words
from engine.federal.tax_year import LAW
from engine.language.expressions import (
    Amount,
    Count,
    Flag,
    Text,
    count,
    join,
    number,
    rounded,
    shares_shown,
    shown,
    text,
    when,
)
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Kind, Leaf
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

from .ladder import FEWEST

SEVERAL: Final = "you changed several entries"
RECORDS: Final = "you changed entries on Inputs, Exercises or Sales"
NOTHING_TYPED: Final = "Type a price and a value above it to see what more shares would cost."
WHOLE: Final = count(0)
SAYS: Final = Leaf("plan", "says", settled=True, kind=Kind.TEXT)  # the headline, for Summary and Letter


def _shares(name: str) -> Count:
    return Count(Leaf("plan", name, kind=Kind.SHARES))


def _flag(name: str) -> Flag:
    return Flag(Leaf("plan", name, kind=Kind.FLAG))


def _price(name: str) -> Text:
    return join("$", shown(plan_amount(name), CENTS))


def changed() -> Flag:
    """Whether anything that the sentences rest on is other than when the file was made."""
    return plan_amount("changed") > 0


def headline() -> Text:
    """What more shares cost in the chosen year; else what is to be done so that it can be said."""
    now = plan_words("year now")
    filed = join(now, " is filed. ", when(_flag("any open"), text("Choose a year that is not."), plan_words("add")))
    waits = join(now, " still needs ", plan_words("needs"), ": it cannot be planned yet.")
    ready = when(changed(), out_of_date(), cost_words(IN_SHARES))
    typed = when(plan_amount("spread") > 0, ready, text(NOTHING_TYPED))
    return when(plan_words("stage").equals("filed"), filed, when(_flag("ready"), typed, waits))


def out_of_date() -> Text:
    """What was changed since the file was made, and what to do about it."""
    made = join(plan_words("year"), ", ", _price("price made"), " and ", _price("fmv made"))
    rest = join(
        *(". The headline and the turning points were computed for ", made, "; the table and the chart below have "),
        "followed. Run isobook build on this file for new ones.",
    )
    none = text(". Nothing was computed yet for a price and a value: run isobook build on this file.")
    return join("Out of date: ", _what_changed(), when(plan_amount("spread made") > 0, rest, none))


def _what_changed() -> Text:
    year = join("you changed the tax year from ", plan_words("year"), " to ", plan_words("year now"))
    price = join("you changed the price from ", _price("price made"), " to ", _price("price"))
    value = join("you changed the value from ", _price("fmv made"), " to ", _price("fmv"))
    one = when(plan_amount("changed price") > 0, price, when(plan_amount("changed fmv") > 0, value, text(RECORDS)))
    alone = when(plan_amount("changed year") > 0, year, one)
    return when(plan_amount("changed") > 1, text(SEVERAL), alone)


def turning_heading() -> Text:
    """The heading over the two turning points."""
    return join("Two turning points", when(changed(), text(": out of date"), text("")))


def chart_heading() -> Text:
    """The heading over the chart, with the year that it shows."""
    return join("Federal tax, AMT and credit of ", plan_words("year now"), ", by shares exercised and kept")


def where_amt_starts() -> Text:
    """How many shares until AMT starts."""
    some = join(_counted("until_amt"), when(_shares("until_amt").equals(1), text(" share"), text(" shares")))
    beyond = when(plan_amount("amt") > 0, text("due already"), text("the first share"))
    return _if_typed(when(plan_amount("until_amt") >= 1, some, beyond))


def words_on_amt() -> Text:
    """Where AMT starts, and what a dollar above costs."""
    at = join("Line 2i of $", shown(plan_amount("amt_crossover"), ROUNDING))
    each = join(". Each dollar above costs ", _cents(), " of AMT, more while the exemption shrinks")
    return join(at, each, "; most of it is a credit later.")


def where_credit_shrinks() -> Text:
    """How many shares until the credit used shrinks."""
    some = join(_counted("until_credit"), when(_shares("until_credit").equals(1), text(" share"), text(" shares")))
    used = when(plan_amount("until_credit") >= 1, some, text("from the first"))
    return _if_typed(when(plan_amount("credit_used") > 0, used, text("no credit used")))


def words_on_credit() -> Text:
    """What a dollar of line 2i does to the credit of the year."""
    beyond = when(plan_amount("until_credit") >= 1, text(" beyond that"), text(""))
    lowers = join("Each dollar of line 2i", beyond, " lowers the credit used this year by ", _cents())
    until = join(", until none of the $", shown(plan_amount("credit_used"), ROUNDING), " is left. It carries to ")
    some = join(lowers, until, plan_words("following"), ".")
    none = join("No credit of earlier years is used in ", plan_words("year"), ".")
    return when(plan_amount("credit_used") > 0, some, none)


def _cents() -> Text:
    """26 or 28 cents: both rates of the AMT."""
    low, high = (shown(rounded(rate * number("100"), 0), WHOLE) for rate in (LAW.low_rate, LAW.high_rate))
    return join(low, " or ", high, " cents")


def _counted(name: str) -> Text:
    return shares_shown(_shares(name))


def _if_typed(words: Text) -> Text:
    return when(plan_amount("spread made") > 0, words, text("–"))


def mark_of_amt() -> Text:
    """Over the rung on which AMT starts."""
    return when(changed(), text(""), when(plan_amount("until_amt") >= FEWEST, text("AMT starts"), text("")))


def mark_of_credit() -> Text:
    """Over the rung, if it is this one, beyond which the credit used shrinks."""
    here = plan_amount("until_credit").equals(Amount(_shares("rung").node)) & (plan_amount("until_credit") >= 1)
    return when(changed(), text(""), when(here, text("credit shrinks"), text("")))


SENTENCES: Final[Mapping[str, Text]] = {
    "says": headline(),
    "turning": turning_heading(),
    "chart": chart_heading(),
    "amt starts": where_amt_starts(),
    "amt words": words_on_amt(),
    "credit shrinks": where_credit_shrinks(),
    "credit words": words_on_credit(),
    "mark amt": mark_of_amt(),
}


@cache
def compiled_sentences() -> Figure:
    """All of them but the marks of the credit, from the leaves of the form "plan", the law and the options."""
    lines = [Line(Leaf("plan", name, kind=Kind.TEXT), name, expression=each.node) for name, each in SENTENCES.items()]
    return compile_lines(lines, AMOUNTS)


@cache
def compiled_mark() -> Figure:
    """The mark of the credit over one rung."""
    return compile_lines(
        [Line(Leaf("plan", "mark", kind=Kind.TEXT), "Mark", expression=mark_of_credit().node)], AMOUNTS
    )


def mark_over(known: Mapping[str, Any], rung: object) -> str:
    """What stands over a rung of so many shares because of the credit."""
    told: str = compiled_mark()({**known, "plan.rung": rung})["plan.mark"]
    return told
