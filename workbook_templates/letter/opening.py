"""How the letter begins: the three figures, why there was AMT, how it comes back."""

from __future__ import annotations

from typing import Final

from engine.language.expressions import Text, join, text, when
from engine.language.roles import Role

from .happened import SETTLE, owed_in
from .writing import SUBJECT, Writer, if_so, money, say

TWO_WAYS: Final = (
    "The AMT is a second way to compute the tax of the same year; you pay whichever result is higher. It treats ISOs "
    "differently. If you exercise and keep the shares past the end of the year, the regular tax waits until you sell. "
    "The AMT counts the gain on the day of exercise."
)
TIMING: Final = (
    "AMT that comes from timing makes a credit. Each year it lowers your regular tax, but not below what the AMT rules "
    "would ask for that year. You do not need to sell anything, and the credit does not expire. Form 8801 claims it."
)


def write_subject(letter: Writer) -> None:
    """What the letter is about."""
    letter.head(f"Your incentive stock options and the alternative minimum tax, {letter.span}", SUBJECT)


def write_in_short(letter: Writer) -> None:
    """The three figures in one paragraph, and what is not computed yet."""
    owed, used = letter.book["amt all"], letter.book["used all"]
    begin = say(
        f"We have computed the alternative minimum tax (AMT) on your incentive stock options (ISOs) for {letter.span}."
    )
    years = letter.form.word("AMT years")
    last, only = letter.shape.last, letter.form["AMT count"].equals(1)
    was_due = when(
        only,
        join(" AMT of ", money(owed), " was due for ", years, " and for no other year."),
        join(" AMT of ", money(owed), " in total was due for ", years, "."),
    )
    still_open = when(
        only, text(_before(letter)), join(" The AMT for ", years, " comes to ", money(owed), " in total.")
    )
    due = when((owed_in(letter, last) > 0) & ~letter.is_filed(last), still_open, was_due)
    back = if_so(used > 0, " ", money(used), " has come back as a credit.")
    nothing_yet = text(" The AMT cannot be computed for any year yet.")
    words = when(
        letter.any_known(),
        join(
            when(owed > 0, due, text(_before(letter))),
            back,
            " ",
            letter.form.word("verdict"),
            *letter.by_year(lambda year: _estimated(letter, year)),
        ),
        join(nothing_yet, *letter.by_year(lambda year: _needs(letter, year))),
    )
    letter.tell("in short", join(begin, words))


def _before(letter: Writer) -> str:
    """That no AMT was due in the years before the last, of which the next sentence tells."""
    first, last = letter.shape.first, letter.shape.last - 1
    if first > last:
        return ""
    return f" No AMT was due for {first}." if first == last else f" No AMT was due for {first} to {last}."


def _estimated(letter: Writer, year: int) -> Text:
    uncounted = if_so(~letter.test(year, Role.READY), f" {year} is not counted; it needs ", _needed(letter, year), ".")
    known = if_so(~letter.is_filed(year) & letter.known(year), f" The figures for {year} are estimates.")
    return join(uncounted, known) if year < letter.shape.last else known


def _needs(letter: Writer, year: int) -> Text:
    return if_so(~letter.test(year, Role.READY), f" {year} needs ", _needed(letter, year), ".")


def _needed(letter: Writer, year: int) -> Text:
    return letter.word(year, Role.STILL_NEEDED)


def write_reasons(letter: Writer) -> None:
    """Why there was AMT, year by year; why there was none."""
    owed = letter.book["amt all"] > 0
    heading = when(owed, join("Why there was AMT for ", letter.form.word("AMT years")), text("Why there was no AMT"))
    letter.head_if("why head", heading, letter.any_known())
    letter.tell("two ways", say(TWO_WAYS), letter.any_known())
    for year in letter.shape.years:
        letter.tell(f"{year} why", _of_year(letter, year), owed_in(letter, year) > 0)
    letter.tell("no AMT", _none(letter), letter.any_known() & ~owed)


def _of_year(letter: Writer, year: int) -> Text:
    owed, tentative, regular = (
        letter.of(year, role) for role in (Role.MINIMUM_TAX, Role.TENTATIVE_MINIMUM_TAX, Role.REGULAR_TAX)
    )
    placed = if_so(letter.of(year, Role.EXERCISES) > 0, f" (Form 6251, {letter.iso_line(year)})")

    def told(verb: str) -> Text:
        return join(
            f" Your tax {verb} ",
            money(tentative),
            " under the AMT rules and ",
            money(regular),
            " under the regular rules. The difference, ",
            money(owed),
            f", {verb} the AMT.",
        )

    return join(
        letter.form.word(f"{year} cause"),
        placed,
        ".",
        letter.by_stage(year, told("was"), told("is expected to be"), told("would be")),
    )


def _none(letter: Writer) -> Text:
    """The tax of the last year in both ways, and what the exemption shields."""

    def of_year(year: int) -> Text:
        tentative, regular = letter.of(year, Role.TENTATIVE_MINIMUM_TAX), letter.of(year, Role.REGULAR_TAX)
        return join(
            f"For {year} your tax is ",
            money(regular),
            " under the regular rules and ",
            money(tentative),
            " under the AMT rules, after an exemption of ",
            money(letter.of(year, Role.EXEMPTION)),
            ". The regular tax is not lower, so no AMT is due.",
        )

    return letter.latest(of_year)


def write_credit(letter: Writer) -> None:
    """How the AMT comes back, above the table by year."""
    used, still, owed = letter.book["used all"], letter.form["still now"], letter.book["amt all"]
    some = (used > 0) | (still > 0) | (owed > 0)
    letter.head_if(
        "years head", when(some, text("How it comes back"), text("Year by year")), ~some | letter.any_known()
    )
    letter.tell("timing", say(TIMING), letter.any_known() & some)


def write_pace(letter: Writer) -> None:
    """Below the table: where the rest goes, and what never comes back."""
    still, never = letter.form["still now"], letter.form["never"]
    settle = join(money(still), SETTLE, ".")
    goes_on = when(letter.still_in_question(), settle, letter.form.word("goes on"))
    lasting = if_so(
        never > 0,
        " ",
        money(never),
        " of the AMT never comes back: it is due on items such as the standard deduction, and makes no credit.",
    )
    letter.tell("pace", join(when(still > 0, goes_on, text("")), lasting), (still > 0) | (never > 0))
