"""Schedule D: lines with the columns (d) to (h), lines with one box, and questions with Yes and No."""

from __future__ import annotations

from typing import Final

from engine.federal.stock.boxes_of_8949 import BOXES

from ..page.printed_page import BlankForm, BoxKind, PrintedBox, PrintedPage
from ..page.recognized import FILLED_SCHEDULE_D
from ..page.rows import LineMark, column_letter, line_at, line_words, margin_marks, number_beside, word_beside
from .box_map import BoxDraft, BoxMap
from .line_boxes import zero_lines

UNREPORTED_LINES: Final = {"1a": "deh", "8a": "deh"}  # sales that need no Form 8949; column (g) is shaded
COLUMN_LINES: Final = {**UNREPORTED_LINES, **{each.line: "degh" for each in BOXES if each.line}}
COMPUTED_LINES: Final = ("6", "7", "14", "15", "16", "18", "19", "21")
OTHER_LINES: Final = ("4", "5", "11", "12", "13")  # gains that isobook knows as net figures alone
FUND: Final = "fund"  # the question on qualified opportunity funds, which has no number
QUESTIONS: Final = ("17", "22")
UNKNOWN_QUESTIONS: Final = {
    FUND: "whether an investment in a qualified opportunity fund was disposed of is not among the entries",
    "20": "whether Form 4952 is filed is not among the entries",
}
_NET: Final = "other gains are known as net figures alone"
LEFT_OUT: Final = {
    **{f"{line} {column}": _NET for line, columns in UNREPORTED_LINES.items() for column in columns},
    **dict.fromkeys(OTHER_LINES, _NET),
    **{f"{line} {answer}": why for line, why in UNKNOWN_QUESTIONS.items() for answer in ("Yes", "No")},
}
EXPECTED: Final = (
    *(f"{each.line} {column}" for each in BOXES if each.line for column in "degh"),
    *COMPUTED_LINES,
    *(f"{line} {answer}" for line in QUESTIONS for answer in ("Yes", "No")),
)


def schedule_d_boxes(blank: BlankForm, year: int) -> BoxMap:
    """The boxes of Schedule D. Raises RefusedFormError."""
    draft = BoxDraft(FILLED_SCHEDULE_D, year, blank)
    for page in blank.pages:
        marks = margin_marks(page)
        for box in draft.heads(page):
            _place(draft, page, box, marks)
        _check_words(draft, page, marks)
        draft.zero_written.update(zero_lines(page, marks))
    return draft.proven(EXPECTED, LEFT_OUT)


def _place(draft: BoxDraft, page: PrintedPage, box: PrintedBox, marks: list[LineMark]) -> None:
    line = line_at(box, marks)
    if box.kind is BoxKind.CHECK:
        draft.put(f"{line or FUND} {word_beside(page, box)}", box)
        return
    if line in COLUMN_LINES:
        key = f"{line} {column_letter(page, box) or '?'}"
        if box.locked:
            draft.left_out[key] = "shaded"
        else:
            draft.put(key, box)
        return
    beside, in_parentheses = number_beside(page, box)
    if line != beside:
        draft.wrong.append(f"{box} has the number {beside or 'none'} beside it, on the row of line {line or '?'}")
        return
    draft.put(line, box)
    if in_parentheses:
        draft.in_parentheses.add(line)


def _check_words(draft: BoxDraft, page: PrintedPage, marks: list[LineMark]) -> None:
    """The line that takes the totals of a box of Form 8949 must name that box."""
    lines = [mark.line for mark in marks]
    for each in BOXES:
        if each.line in lines and f"Box {each.box} " not in line_words(page, each.line, marks):
            draft.wrong.append(f"line {each.line} does not name Box {each.box}")
