"""How the letter begins: the three figures, why there was AMT, how it comes back."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Final

from engine.federal.years import forms_of
from engine.language.expressions import Text, join, only_when, sum_of, text, when
from engine.language.roles import Role

from .happened import SETTLE, owed_in, was, why_none
from .writing import NOTHING, SUBJECT, Writer, if_so, money, say, spaced

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
    what = f"the alternative minimum tax (AMT) on your incentive stock options (ISOs) for {letter.span}"
    begin = when(letter.any_known(), text(f"We have computed {what}."), text(f"This letter is about {what}."))
    years = letter.form.word("AMT years")
    due_in = when(was(letter).equals("was"), text(" was due for "), text(" is expected for "))
    alone = when(letter.all_known(), text(" and for no other year."), text("."))
    one_year = len(letter.shape.years) == 1  # the verdict alone tells it
    due = when(
        letter.form["AMT count"].equals(1),
        NOTHING if one_year else join(" AMT of ", money(owed), due_in, years, alone),
        join(" AMT of ", money(owed), " in total", due_in, years, _of_it_estimated(letter), "."),
    )
    back = if_so(used > 0, " ", money(used), " has come back as a credit.")
    nothing_yet = text(" The AMT cannot be computed for any year yet.")
    words = when(
        letter.any_known(),
        join(
            when(owed > 0, due, _before(letter)),
            back,
            " ",
            letter.form.word("verdict"),
            *letter.by_year(lambda year: _estimated(letter, year)),
        ),
        join(nothing_yet, *letter.by_year(lambda year: _needs(letter, year))),
    )
    letter.tell("in short", join(begin, words))


def _before(letter: Writer) -> Text:
    """That no AMT was due in the years before the last that are computed; of the last the next sentence tells."""
    years = range(letter.shape.first, letter.shape.last)
    if not years:
        return NOTHING
    told = letter.years_told("before", {year: letter.known(year) for year in years})
    filed = reduce(and_, (letter.is_filed(year) for year in years))
    return if_so(told.how_many > 0, " No AMT ", when(filed, text("was"), text("is")), " due for ", told.words, ".")


def _of_it_estimated(letter: Writer) -> Text:
    """How much of the AMT is of years that are not filed, where some of it is of filed ones."""
    owed = letter.book["amt all"]
    parts = (only_when(~letter.is_filed(year), owed_in(letter, year)) for year in letter.shape.years)
    not_filed = letter.line("AMT estimated", "AMT of years that are not filed", sum_of(*parts))
    return if_so((not_filed > 0) & (not_filed < owed), ", ", money(not_filed), " of it an estimate")


def _estimated(letter: Writer, year: int) -> Text:
    uncounted = if_so(~letter.test(year, Role.READY), f" {year} is not counted; it needs ", _needed(letter, year), ".")
    known = if_so(~letter.is_filed(year) & letter.known(year), f" The figures for {year} are estimates.")
    return join(uncounted, known) if year < letter.shape.last else known


def _needs(letter: Writer, year: int) -> Text:
    return if_so(~letter.test(year, Role.READY), f" For {year} we need your ", _needed(letter, year), ".")


def _needed(letter: Writer, year: int) -> Text:
    return letter.word(year, Role.STILL_NEEDED)


def write_reasons(letter: Writer) -> None:
    """Why there was AMT, year by year; why there was none."""
    owed = letter.book["amt all"] > 0
    heading = when(owed, join("Why there ", was(letter), " AMT for ", letter.form.word("AMT years")), why_none(letter))
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
        tax = letter.by_stage(year, "was ", "is expected to be ", "would be ")
        not_lower = letter.by_stage(year, "was not lower", "is not lower", "would not be lower")
        due = letter.by_stage(year, "was", "is expected to be", "would be")
        return join(
            f"For {year} your tax ",
            tax,
            money(regular),
            " under the regular rules and ",
            money(tentative),
            " under the AMT rules, after an exemption of ",
            money(letter.of(year, Role.EXEMPTION)),
            ". The regular tax ",
            not_lower,
            ", so no AMT ",
            due,
            " due.",
        )

    return letter.latest(of_year)


def write_credit(letter: Writer) -> None:
    """How the AMT comes back, above the table by year."""
    some = (letter.book["used all"] > 0) | (letter.form["still now"] > 0)
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
        money(never),
        " of the AMT never comes back: it is due on items such as the standard deduction, and makes no credit.",
    )
    told = spaced([when(still > 0, goes_on, NOTHING), lasting, *_taken_away(letter)])
    letter.tell("pace", told, (still > 0) | (never > 0) | (letter.book["proof gone"] > 0))


def _taken_away(letter: Writer) -> tuple[Text, Text]:
    """Credit that goes without coming back: by a line 18 below zero, or by a smaller credit that is typed."""
    typed_below = (letter.book[f"away typed {year}"] for year in letter.shape.years)
    typed = letter.line("gone typed", "Credit typed below what is carried in", sum_of(*typed_below))
    by_form = letter.line("gone by form", "Credit taken away by Form 8801", letter.book["proof gone"] - typed)
    line = forms_of(letter.shape.last).called(Role.CREDIT_MADE)
    items = if_so(
        by_form > 0,
        money(by_form),
        " of the credit is taken away and does not come back. By themselves, items such as the standard deduction "
        f"would owe more AMT than the year did, so {line} of Form 8801 is below zero.",
    )
    smaller = if_so(typed > 0, money(typed), " of the credit was not carried on: a smaller one is typed on Inputs.")
    return items, smaller
