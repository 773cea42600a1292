"""The rows of a form: the line numbers in its left margin and beside its boxes, the words of a line, the headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .printed_page import PagePlace, PrintedBox, PrintedPage, PrintedWord, lines_of, ordered

LINE: Final = re.compile(r"([1-9][0-9]?)([a-z]?)")
LETTER: Final = re.compile(r"[a-z]")
MARGIN: Final = (38.0, 60.0)  # points: where the numbers of lines stand
BESIDE: Final = 20.0  # points between the number beside a box and the box
ABOVE: Final = 14.0  # points between the words over a box of the head and its upper edge


@dataclass(frozen=True)
class LineMark(PagePlace):
    """A line number in the left margin, with the number before its letter put in: "2b"."""

    line: str


def margin_marks(page: PrintedPage) -> list[LineMark]:
    """The line numbers in the left margin, from top to bottom; a letter alone continues the number above it."""
    marks: list[LineMark] = []
    number = ""
    for line in lines_of(page.words):
        first, rest = line[0], line[1:2]
        if not MARGIN[0] <= first.left < first.right <= MARGIN[1]:
            continue
        text = first.text
        if text.isdigit() and rest and LETTER.fullmatch(rest[0].text) and rest[0].right <= MARGIN[1]:
            text += rest[0].text  # "2 a", set apart
        if found := LINE.fullmatch(text):
            number = found[1]
        elif LETTER.fullmatch(text) and number:
            text = number + text
        else:
            continue
        marks.append(LineMark(first.left, first.top, first.right, first.bottom, text))
    return marks


def line_at(box: PagePlace, marks: list[LineMark]) -> str:
    """The line whose number stands on the row of a box, or nearest above it; "" where none does."""
    above = [mark for mark in marks if mark.middle < box.bottom]
    return above[-1].line if above else ""


def number_beside(page: PrintedPage, box: PrintedBox) -> tuple[str, bool]:
    """The line number left of a box on its row, "" where none is, and whether the box stands in parentheses."""
    row = page.row(box)
    left = [word for word in row if word.right <= box.left + 2]
    right = [word for word in row if word.left >= box.right - 2]
    opened, closed = bool(left) and left[-1].text == "(", bool(right) and right[0].text == ")"
    if opened:
        left.pop()
    if left and LINE.fullmatch(left[-1].text) and box.left - left[-1].right <= BESIDE:
        return left[-1].text, opened and closed
    return "", opened and closed


def line_words(page: PrintedPage, line: str, marks: list[LineMark]) -> str:
    """The words of a line: from its number to the next one."""
    place = next(number for number, mark in enumerate(marks) if mark.line == line)
    top = marks[place].top - 2
    bottom = marks[place + 1].top - 2 if place + 1 < len(marks) else float("inf")
    return page.text(lambda word: top <= word.top < bottom)


def words_over(page: PrintedPage, box: PrintedBox) -> str:
    """The words printed right above a box, within its width."""
    return page.text(
        lambda word: box.left - 2 <= word.left < box.right and box.top - ABOVE <= word.bottom <= box.top + 4
    )


def column_letter(page: PrintedPage, box: PrintedBox) -> str:
    """The letter of the column that a box stands in: that of the nearest heading "(d)" above it; "" without one."""
    headings = [word for word in page.words if _is_heading(page, word) and box.left - 1 <= word.center <= box.right + 1]
    above = [word for word in headings if word.bottom <= box.top]
    return max(above, key=lambda word: word.bottom).text[1] if above else ""


def _is_heading(page: PrintedPage, word: PrintedWord) -> bool:
    """Tell a heading from a column that a sentence names, as in "column (e)": no word stands right before it."""
    if not re.fullmatch(r"\([a-h]\)", word.text):
        return False
    return not any(0 <= word.left - each.right < 6 for each in page.row(word) if each is not word)


def word_beside(page: PrintedPage, box: PrintedBox) -> str:
    """The word right of a box to check: "Yes", "No", or the letter of its box."""
    right = ordered(word for word in page.row(box) if word.left >= box.right - 1)
    if right and right[0].left - box.right < BESIDE:
        return right[0].text.strip("().")
    return ""
