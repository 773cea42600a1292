"""How the memo begins, in short, and how it ends: what is open, what is provisional."""

from __future__ import annotations

from engine.expressions import Text, join, text, when

from ..book_summary import book_summary
from .writing import Writer, counted, if_so, money, say

AT_ONCE = 20  # checks that one sentence looks through: a formula takes 8,192 characters


def write_opening(memo: Writer) -> None:
    """What was owed, what came back, what is left."""
    memo.line("still now", "Credit still to use, last year that is ready", memo.still())
    memo.head("In short")
    owed, used, still = memo.book["amt all"], memo.book["used all"], memo.form["still now"]
    some = join(
        f"For {memo.span} you owe ", money(owed), " of alternative minimum tax (AMT) on top of the regular tax."
    )
    none = text(f"You owe no alternative minimum tax (AMT) for {memo.span}.")
    back = join(" ", money(used), " of AMT comes back as a credit in these years")
    words = say(
        when(owed > 0, some, none),
        when(
            used > 0,
            join(
                back,
                when(
                    still > 0,
                    join(", and ", money(still), " is still yours to use, without a date by which it lapses."),
                    text(", and nothing is left to use."),
                ),
            ),
            if_so(
                still > 0,
                " ",
                money(still),
                " of it is yours to use as a credit in later years, without a date by which it lapses.",
            ),
        ),
        *memo.by_year(lambda year: _uncounted(memo, year)),
    )
    memo.tell("in short", words, memo.any_ready())
    nothing = say("No year can be figured yet: ", *memo.by_year(lambda year: _needs(memo, year)))
    memo.tell("not yet", nothing, ~memo.any_ready())
    exercises, sales = memo.rows_of("exercises"), memo.rows_of("sales")
    facts = say(
        f"This memo covers {memo.span}: ",
        counted(exercises, "exercise"),
        " of options and ",
        counted(sales, "sale"),
        " of shares are on record. Each figure stands in this file on the sheet that bears the name of its form, line by "
        "line, and a click on a line number shows the rule behind it.",
    )
    memo.tell("facts", facts)


def _needs(memo: Writer, year: int) -> Text:
    return join(f"{year} needs ", memo.word(year, "year", "missing"), ". ")


def _uncounted(memo: Writer, year: int) -> Text:
    return if_so(~memo.ready(year), f" {year} is not counted: the ", memo.word(year, "year", "missing"), " is missing.")


def write_closing(memo: Writer) -> None:
    """What a reviewer looks at before signing."""
    memo.head("Before the returns are signed")
    differs, waiting = memo.book["differs"], memo.book["open checks"]
    checks = book_summary(memo.shape)[1]
    for first in range(0, len(checks), AT_ONCE):
        found = [
            if_so(memo.book.word(f"check {check.number} result").equals("DIFFERS"), " ", check.label, ".")
            for check in checks[first : first + AT_ONCE]
        ]
        some = say("Not in order, see Checks:", *found)
        memo.tell(f"differs {first // AT_ONCE + 1}", when(say(*found).equals(""), text(""), some))
    words = say(
        counted(waiting, "check"),
        " on the sheet Checks still open: a figure to compare with, or an earlier year, is missing. The column What to do "
        "says which.",
    )
    memo.tell("open", words, waiting > 0)
    fine = text(
        "Every check on the sheet Checks agrees: the forms tie out to each other, to the records and to the returns."
    )
    memo.tell("fine", fine, differs.equals(0) & waiting.equals(0))
