"""Forms 6251 and 8801: one box a line, with the number of the line in the margin and again beside the box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from engine.federal.years import forms_of

from ..page.printed_page import BlankForm, BoxKind, PrintedPage
from ..page.recognized import FILLED_8801, OfficialForm
from ..page.rows import LINE, LineMark, line_at, line_words, margin_marks, number_beside
from .box_map import BoxDraft, BoxMap

NOT_COMPUTED: Final = {  # lines that a form prints and isobook does not compute
    FILLED_8801.title: {"20": "the credit for qualified electric vehicles that was not allowed is not computed"},
}
ZERO: Final = "-0-"
_AND_ON: Final = re.compile(r"-0- here and on lines? ((?:\d+[a-z]?(?:,|,? and|\b) ?)+)")


def line_boxes(blank: BlankForm, form: OfficialForm, year: int) -> BoxMap:
    """The box of each line that the form of the year prints. Raises RefusedFormError."""
    draft = BoxDraft(form, year, blank)
    for page in blank.pages:
        marks = margin_marks(page)
        for box in draft.heads(page):
            if box.kind is not BoxKind.TEXT:
                draft.wrong.append(f"{box} is one to check")
                continue
            line, (beside, in_parentheses) = line_at(box, marks), number_beside(page, box)
            if line != beside:
                draft.wrong.append(
                    f"{box} has the number {beside or 'none'} beside it, on the row of line {line or '?'}"
                )
                continue
            draft.put(line, box)
            if in_parentheses:
                draft.in_parentheses.add(line)
        draft.zero_written.update(zero_lines(page, marks))
    lines = [line.leaf.line for line in forms_of(year).forms[form.name].printed()]
    return draft.proven(lines, NOT_COMPUTED.get(form.title, {}))


def zero_lines(page: PrintedPage, marks: Sequence[LineMark]) -> Iterator[str]:
    """The lines where the form says to enter -0-, as in "enter -0- here and on lines 7, 9, and 11"."""
    for mark in marks:
        words = line_words(page, mark.line, list(marks))
        if ZERO in words:
            yield mark.line
        for also in _AND_ON.findall(words):
            yield from (found[0] for found in LINE.finditer(also))
