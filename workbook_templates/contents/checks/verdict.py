"""What the checks come to, in one sentence; what was not compared counts for nothing."""

from __future__ import annotations

from typing import Final

from engine.language.expressions import Amount, Flag, Text, join, number, shown, sum_of, text, when
from engine.language.expressions import count as whole
from engine.language.form import Form
from engine.language.states import State

COUNTED: Final = {  # line of the sums on Checks, its label, the states it counts
    "agreeing": ("Checks that agree", (State.AGREES, State.READY)),
    "differs": ("Checks that differ", (State.DIFFERS,)),
    "open checks": ("Checks still open", (State.OPEN,)),
    "typed over": ("Checks between whose two figures a typed one stands", (State.AS_TYPED,)),
    "not compared": ("Comparisons that were not made", (State.NOT_COMPARED,)),
}


def declare_verdict(form: Form, checks: int, all_ready: Flag) -> None:
    """Add the counts, `checks` (a chip: the verdict alone) and `checks said` (with what it leaves out).

    A year that lacks an entry is not computed: its checks compare nothing, and `all_ready` does not hold.
    """
    results = [form.word(f"check {each} result") for each in range(1, checks + 1)]
    agreeing, wrong, waiting, typed, left_out = (
        form.line(name, label, sum_of(*(_one_if(each, states) for each in results)))
        for name, (label, states) in COUNTED.items()
    )
    made = form.line("checks made", "Checks that compare", agreeing + wrong + waiting + typed)
    of = join(" of ", shown(made, whole(0)), " checks ")
    waits = join(shown(waiting, whole(0)), of, when(waiting > 1, text("are"), text("is")), " open")
    differ = join(
        shown(wrong, whole(0)),
        of,
        when(wrong > 1, text("differ"), text(State.DIFFERS.lower())),
        when(waiting > 0, join(", ", shown(waiting, whole(0)), " open"), text("")),
    )
    all_agree = join("All ", shown(agreeing, whole(0)), f" checks {State.AGREE}")
    so_far = join(shown(agreeing, whole(0)), f" checks {State.AGREE}; a year is {State.NOT_READY}")
    agree = when(all_ready, all_agree, so_far)
    verdict = form.words("checks", "Checks", when(wrong > 0, differ, when(waiting > 0, waits, agree)))
    said = join(
        verdict, _aside(typed, "with a typed figure between the two"), _aside(left_out, "not compared (optional)")
    )
    form.words("checks said", "Checks", said)


def _one_if(result: Text, states: tuple[State, ...]) -> Amount:
    """1 where a check stands in one of these states."""
    stands = states[0].stands_in(result)
    for state in states[1:]:
        stands = stands | state.stands_in(result)
    return when(stands, number("1"), number("0"))


def _aside(amount: Amount, words: str) -> Text:
    """What is told beside the verdict; nothing where there is none."""
    return when(amount > 0, join("  ·  ", shown(amount, whole(0)), f" {words}"), text(""))
