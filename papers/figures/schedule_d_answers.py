"""The questions of Schedule D, and whether line 21 is used: conditions of the form, as expressions."""

from __future__ import annotations

from functools import cache
from typing import Final

from engine.clients.year_result import YearResult
from engine.federal.years import forms_of
from engine.language.form import Form
from engine.language.roles import Role
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import compile_lines
from engine.systems import REGULAR

NAME_OF_FORM: Final = "schedule_d_answers"
LOSS: Final = "loss"  # line 21 is used


@cache
def schedule_d_answers(year: int, first: bool) -> Form:
    """Yes-or-no lines: "17 Yes", "17 No", "22 Yes", "22 No", and "loss", without which line 21 stays blank."""
    of = forms_of(year, first)
    schedule_d, form = of.schedule_d(REGULAR), Form(NAME_OF_FORM, "Schedule D, questions")
    line_16, both = schedule_d["16"], schedule_d.test(Role.BOTH_GAINS)
    gain = form.flag("gain", "Line 16 a gain?", line_16 > 0, "Schedule D, line 16")
    form.flag(LOSS, "Line 16 a loss?", line_16 < 0, "Schedule D, line 16")
    form.flag("17 Yes", "Lines 15 and 16 both gains?", gain & both, "Schedule D, line 17")
    no = form.flag("17 No", "Line 15 no gain?", gain & ~both, "Schedule D, line 17")
    asked = form.flag("22 asked", "Line 22 reached?", no | (line_16 <= 0), "Schedule D, lines 16 and 17")
    dividends = of.regular[Role.QUALIFIED_DIVIDENDS] > 0
    form.flag("22 Yes", "Qualified dividends?", asked & dividends, "Schedule D, line 22")
    form.flag("22 No", "No qualified dividends?", asked & ~dividends, "Schedule D, line 22")
    return form


def answers_of(result: YearResult) -> dict[str, bool]:
    """The answers of a year by the names of those lines."""
    form = schedule_d_answers(result.year, result.first)
    found = compile_lines(form.lines, AMOUNTS)(result.figures)
    return {line.leaf.line: bool(found[line.key]) for line in form.lines}
