"""How the memo begins, in short, and how it ends: what is open, what is provisional."""

from __future__ import annotations

from engine.federal.stock import exercises, line_2i
from engine.language.expressions import Text, join, text, when
from engine.language.roles import Role
from engine.language.states import State

from ..contents.book_summary import book_summary
from .one_year_records import because
from .writing import Writer, counted, if_so, money, say

STILL_YOURS = " is still yours to use, without a date by which it lapses."
YOURS = " is yours to use as a credit in later years, without a date by which it lapses."
SETTLE = " is left; whose it is after a death or a change of filing status must be settled before anyone uses it."
AT_ONCE = 20  # checks that one sentence looks through: a formula takes 8,192 characters


def write_opening(memo: Writer) -> None:
    """What was owed, what came back, what is left."""
    _sums(memo)
    memo.line("still now", "Credit left, last year that is ready", memo.still())
    memo.head("In short")
    owed, used, still = memo.book["amt all"], memo.book["used all"], memo.form["still now"]
    whose = memo.still_in_question()
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
                    join(", and ", money(still), when(whose, text(SETTLE), text(STILL_YOURS))),
                    text(", and nothing is left to use."),
                ),
            ),
            if_so(
                still > 0,
                " ",
                money(still),
                when(owed > 0, text(" of it"), text(" of earlier AMT")),
                when(whose, text(SETTLE), text(YOURS)),
            ),
        ),
        if_so(
            memo.form["shares under"] > 0,
            " ",
            counted(memo.form["shares under"], "share"),
            " that cost you more than they were worth add nothing to the AMT.",
        ),
        *memo.by_year(lambda year: _uncounted(memo, year)),
    )
    memo.tell("in short", words, memo.any_ready())
    nothing = say(
        "The alternative minimum tax (AMT) cannot be computed for any year yet.",
        *memo.by_year(lambda year: _needs(memo, year)),
    )
    memo.tell("not yet", nothing, ~memo.any_ready())
    bought, sold, others = memo.rows_of("exercises"), memo.rows_of("sales"), memo.form["no option"]
    facts = say(
        f"This memo covers {memo.span}: ",
        counted(bought - others, "exercise"),
        " of options",
        if_so(others > 0, ", ", counted(others, "receipt"), " of restricted stock units or from a purchase plan"),
        " and ",
        counted(sold, "sale"),
        " of shares are on record. Each figure stands in this file on the sheet that bears the name of its form, "
        "line by line, and a pointer resting on a line number shows the rule behind it.",
    )
    memo.tell("facts", facts)


def _sums(memo: Writer) -> None:
    under, every = because(line_2i.UNDERWATER), exercises.shares
    memo.sum("shares under", "Shares below the price", every, *under)
    paid = memo.sum("paid under", "Price paid for these", exercises.price_of_lot, *under)
    spread = memo.sum("spread under", "Value less price of these", exercises.bargain_element, *under)
    memo.line("value under", "Value of these", paid + spread)
    nonqualified = memo.sum("nonqualified", "Nonqualified shares", every, *because(line_2i.NONQUALIFIED))
    units = memo.sum("units", "Shares of restricted stock units", every, *because(line_2i.UNITS))
    plan = memo.sum("plan", "Shares of a purchase plan", every, *because(line_2i.PURCHASE_PLAN))
    whole = memo.sum("shares", "Shares of all kinds", every, ())
    memo.line("incentive", "Shares of incentive options", whole - nonqualified - units - plan)
    memo.sum("no option", "Receipts of shares without an option", line_2i.no_option, ())
    memo.sum(
        "at vest", f"{memo.iso_line().capitalize()} measured at vest", line_2i.adjustment, *because(line_2i.UNVESTED)
    )
    unvested = [*because(line_2i.UNVESTED), (exercises.election_83b.equals("yes"),)]
    memo.sum("later vest", "Shares not vested at exercise", every, *unvested)
    memo.sum("left", "Shares left", line_2i.shares_left, ())
    memo.sum("regular left", "Regular basis of shares left", line_2i.regular_left, ())
    memo.sum("AMT left", "AMT basis of shares left", line_2i.amt_left, ())


def _needs(memo: Writer, year: int) -> Text:
    return join(f" {year} needs ", memo.word(year, Role.STILL_NEEDED), ".")


def _uncounted(memo: Writer, year: int) -> Text:
    return if_so(~memo.ready(year), f" {year} is not counted; it needs ", memo.word(year, Role.STILL_NEEDED), ".")


def write_closing(memo: Writer) -> None:
    """What a reviewer looks at before signing."""
    memo.head("Before the returns are signed")
    differs, waiting = memo.book["differs"], memo.book["open checks"]
    checks = book_summary(memo.shape)[1]
    for first in range(0, len(checks), AT_ONCE):
        found = [
            if_so(State.DIFFERS.stands_in(memo.book.word(f"check {check.number} result")), " ", check.label, ".")
            for check in checks[first : first + AT_ONCE]
        ]
        some = say("Not in order, see Checks:", *found)
        memo.tell(f"differs {first // AT_ONCE + 1}", when(say(*found).equals(""), text(""), some))
    words = say(
        "Still open on the sheet Checks: ",
        counted(waiting, "item"),
        ". A figure to compare with, or an earlier year, is missing; the column What to do says which.",
    )
    memo.tell("open", words, waiting > 0)
    left_out = memo.book["not compared"]
    returns = text("the forms tie out to each other, to the records and to the returns.")
    records = say(
        "the forms tie out to each other and to the records. Not compared: ", counted(left_out, "filed figure")
    )
    fine = say("Every check on the sheet Checks agrees: ", when(left_out > 0, say(records, ", not typed."), returns))
    memo.tell("fine", fine, differs.equals(0) & waiting.equals(0))
