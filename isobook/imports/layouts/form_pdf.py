"""Form 3921 as a PDF with a text layer: the boxes are found by their labels, the values below or beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.errors import Problem

from ...sources.headers import plain
from ..found_records import FoundAt, FoundLot, Reading
from .form_3921 import NO_3922, NOT_TAKEN
from .pdf_words import TYPE_IT, Word, lines_of, pages_of

LAYOUT: Final = "Form 3921 (PDF)"
# The printed labels. Those without a column are there because they end the box to their left or above.
LABELS: Final = {
    "1 Date option granted": "date_granted",
    "2 Date option exercised": "date_exercised",
    "3 Exercise price per share": "exercise_price",
    "4 Fair market value per share": "fmv_exercise",
    "5 No. of shares transferred": "shares",
    "5 Number of shares transferred": "shares",
    "6 If other than TRANSFEROR": "corporation",
    "Account number": "account",
    "TRANSFEROR'S name": "transferor",
    "TRANSFEROR’S name": "transferor",
    "TRANSFEROR'S TIN": "",
    "TRANSFEROR’S TIN": "",
    "EMPLOYEE'S name": "",
    "EMPLOYEE’S name": "",
    "EMPLOYEE'S TIN": "",
    "EMPLOYEE’S TIN": "",
    "OMB No.": "",
    "Copy A": "",
    "Copy B": "",
    "Copy C": "",
    "Copy D": "",
    "Form 3921": "",
}
BOXES: Final = ("date_granted", "date_exercised", "exercise_price", "fmv_exercise", "shares")
TITLES: Final = {column: label for label, column in reversed(LABELS.items())}
REST: Final = {  # what the labels of texts go on with
    "corporation": "if other than transferor name address and tin of corporation whose stock is being transferred",
    "transferor": (
        "transferors name street address city or town state or province country zip or foreign postal code and "
        "telephone no"
    ),
    "account": "account number see instructions",
}
_DAY: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER: Final = re.compile(r"\$?[0-9][0-9,]*(\.[0-9]*)?|\$?\.[0-9]+")
_SHORT_DAY: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
REFERS: Final = frozenset({"box", "boxes", "form", "forms", "line", "section", "pub", "publication", "rev"})
GAP: Final = 12.0  # points: a label begins at least so far from the word before it


@dataclass(frozen=True)
class Label:
    """A printed label: the column of its box, and where it begins and ends."""

    column: str
    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def top(self) -> float:
        """Where its line begins."""
        return self.words[0].top

    @property
    def bottom(self) -> float:
        """Where its line ends."""
        return self.words[0].bottom


def is_pdf(data: bytes) -> bool:
    """Tell whether a file is a PDF by its first bytes."""
    return b"%PDF-" in data[:1024]


def read(file: str, data: bytes) -> Reading:
    """Each form of a PDF once, however many copies of it there are. Raises InputError where nothing can be read."""
    reading = Reading(file, LAYOUT)
    pages = pages_of(file, data)
    others, not_ours = 0, list[str]()
    for number, words in enumerate(pages, 1):
        place = f"{file}, page {number}" if len(pages) > 1 else file
        labels = _labels(words)
        counts = [sum(label.column == box for label in labels) for box in BOXES]
        if _is_3922(words):
            not_ours.append(place)
        elif not any(counts):
            others += 1
        elif not counts[0] or len(set(counts)) > 1:
            reading.problems += _missing(place, counts)
        else:
            for which in range(counts[0]):
                _take(reading, place, words, labels, which)
    if others and (reading.lots or reading.problems):
        reading.left.append(f"{others} page{'' if others == 1 else 's'} without the boxes of Form 3921")
    if not_ours and not reading.lots:
        reading.problems += [Problem(each, None, "", "Form 3922", "Form 3921", NO_3922) for each in not_ours]
    elif not_ours:
        reading.left += [f"{each}: {NOT_TAKEN}" for each in not_ours]
    if not reading.lots and not reading.problems:
        reading.problems.append(Problem(file, None, "", "no label of a box", "the boxes of Form 3921", TYPE_IT))
    return reading


def _is_3922(words: list[Word]) -> bool:
    """Tell by what Form 3922 alone has; the instructions of Form 3921 name it too."""
    text = plain(" ".join(word.text for word in words))
    return "legaltitle" in text or "exercisepricepaidpershare" in text or "pershareongrantdate" in text


def _missing(place: str, counts: list[int]) -> Iterator[Problem]:
    most = max(counts)
    for box, count in zip(BOXES, counts, strict=True):
        if count < most:
            expected = f"the label “{TITLES[box]}”"
            yield Problem(place, None, f"box {BOXES.index(box) + 1}", "", expected, TYPE_IT)


def _take(reading: Reading, place: str, words: list[Word], labels: list[Label], which: int) -> None:
    """The form whose boxes are the nth of their labels on the page."""
    cells, problems = {"kind": "ISO"}, []
    for number, box in enumerate(BOXES, 1):
        label = [each for each in labels if each.column == box][which]
        values = _values(_inside(label, words, labels), is_day=box.startswith("date"))
        if len(values) == 1:
            cells[box] = values[0]
        else:
            expected = "one day" if box.startswith("date") else "one number"
            expected += f" below or beside the label “{TITLES[box]}”"
            problems.append(Problem(place, None, f"box {number}", " and ".join(values), expected, TYPE_IT))
    account = _words_of("account", which, words, labels).replace(" ", "")
    if employer := _words_of("corporation", which, words, labels) or _words_of("transferor", which, words, labels):
        cells["employer"] = employer[:200]
    lot = FoundLot(cells, FoundAt(place, None, {box: f"box {number}" for number, box in enumerate(BOXES, 1)}), account)
    reading.problems += problems
    if problems:
        return
    if again := next((each for each in reading.lots if _same(each, lot)), None):
        reading.left.append(f"{place}: a further copy of the form of {again.place}")
    else:
        reading.lots.append(lot)
        if not employer:
            reading.unknown.append(f"{place}: the corporation: box 6 and transferor were not found; fill in employer")


def _same(one: FoundLot, other: FoundLot) -> bool:
    """Two copies of one form; the employer's lines may be laid out otherwise."""
    return one.account == other.account and all(one.cells[box] == other.cells[box] for box in BOXES)


def _labels(words: list[Word]) -> list[Label]:
    """The labels on a page; running text that holds the same words is none."""
    labels = []
    for line in lines_of([word for word in words if plain(word.text)]):
        end = 0
        for start, word in enumerate(line):
            apart = not start or word.left - line[start - 1].right >= GAP or _is_number_of_box(line, start)
            if start >= end and apart and (found := _label_at(line, start)):
                labels.append(found)
                end = start + len(found.words)
    return labels


def _is_number_of_box(line: list[Word], start: int) -> bool:
    return line[start].text.rstrip(".") in "123456" and start + 1 < len(line)


def _label_at(line: list[Word], start: int) -> Label | None:
    """The label that begins at a word, with or without the number of its box or the word Box."""
    for title, column in LABELS.items():
        parts = title.split()
        spellings = [parts, parts[1:]] if parts[0].isdigit() else [parts]
        spellings += [["Box", *parts]] if parts[0].isdigit() else []
        for spelling in spellings:
            found = line[start : start + len(spelling)]
            if [plain(word.text) for word in found] == [plain(part) for part in spelling]:
                return Label(column, tuple(found))
    return None


def _inside(label: Label, words: list[Word], labels: list[Label]) -> list[Word]:
    """The words of a label's box: to the next label on its right, and down to the next label below it.

    Without one below, the box of a number ends after some lines. That of a day does not: a second day further down is
    a second form, in a table of several, and then neither is taken.
    """
    height = label.bottom - label.top
    right = min(
        (each.left for each in labels if each.left > label.left + 1 and abs(each.top - label.top) < height),
        default=float("inf"),
    )
    below = min(
        (each.top for each in labels if each.top > label.bottom - 1 and label.left - 30 < each.left < right),
        default=float("inf") if label.column.startswith("date") else label.top + 8 * height,
    )
    taken = {word for each in labels for word in each.words}
    return [
        word
        for word in words
        if word not in taken and label.left - 3 <= word.left < right - 1 and label.top - 2 <= word.middle < below
    ]


def _values(words: list[Word], *, is_day: bool) -> list[str]:
    """The days or numbers among words, as they are written; a day with a short year is one, and refused."""
    pattern = re.compile(f"{_DAY.pattern}|{_SHORT_DAY.pattern}") if is_day else _NUMBER
    texts = [
        word.text.strip("$:")
        for line in lines_of(words)
        for before, word in zip([None, *line], line, strict=False)
        if before is None or plain(before.text) not in REFERS
    ]
    return [text for text in texts if pattern.fullmatch(text)]


def _words_of(column: str, which: int, words: list[Word], labels: list[Label]) -> str:
    """The first line of a text in a box, after the words of its label; blank where that cannot be told."""
    found = [label for label in labels if label.column == column]
    if which >= len(found):
        return ""
    label = found[which]
    rest = REST[column].split()[sum(bool(plain(word.text)) and not word.text[0].isdigit() for word in label.words) :]
    for line in lines_of(_inside(label, words, labels)):
        texts = [word.text for word in line]
        while texts and rest and plain(texts[0]) == rest[0]:
            texts, rest = texts[1:], rest[1:]
        if texts:
            whole = not rest or column == "account"
            return " ".join(texts).strip(": ") if whole else ""
    return ""
