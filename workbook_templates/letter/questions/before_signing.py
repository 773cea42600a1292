"""What a reviewer looks at before signing: checks that differ, checks that wait for a figure."""

from __future__ import annotations

from typing import Final

from engine.language.expressions import text, when
from engine.language.states import State

from ...contents.book_summary import book_summary
from ..writing import Writer, counted, if_so, say

AT_ONCE: Final = 20  # checks that one sentence looks through: a formula takes 8,192 characters


def write_closing(letter: Writer) -> None:
    """What a reviewer looks at before signing."""
    letter.head("Before the returns are signed")
    differs, waiting = letter.book["differs"], letter.book["open checks"]
    checks = book_summary(letter.shape)[1]
    for first in range(0, len(checks), AT_ONCE):
        found = [
            if_so(State.DIFFERS.stands_in(letter.book.word(f"check {check.number} result")), " ", check.label, ".")
            for check in checks[first : first + AT_ONCE]
        ]
        some = say("Not in order, see Checks:", *found)
        letter.tell(f"differs {first // AT_ONCE + 1}", when(say(*found).equals(""), text(""), some))
    words = say(
        "Still open on the sheet Checks: ",
        counted(waiting, "item"),
        ". A figure to compare with, or an earlier year, is missing; the column What to do says which.",
    )
    letter.tell("open", words, waiting > 0)
    left_out = letter.book["not compared"]
    returns = text("the forms tie out to each other, to the records and to the returns.")
    records = say(
        "the forms tie out to each other and to the records. Not compared: ", counted(left_out, "filed figure")
    )
    fine = say("Every check on the sheet Checks agrees: ", when(left_out > 0, say(records, ", not typed."), returns))
    some = text("Every check that can be made agrees. A year is not computed yet, and its checks say nothing.")
    letter.tell("fine", when(letter.all_known(), fine, some), differs.equals(0) & waiting.equals(0))
