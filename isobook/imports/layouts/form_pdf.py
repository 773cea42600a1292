"""Forms 3921 and 3922 as a PDF with a text layer: boxes are found by their labels, values below or beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import Problem

from ...sources.headers import plain
from ..found_records import FoundAt, FoundLot, Reading
from .pdf_words import TYPE_IT, Word, lines_of, pages_of
from .printed_forms import FORM_3921, PrintedForm, corrected_at, form_on

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
    reading = Reading(file, "")
    pages = pages_of(file, data)
    others, titles = 0, set[str]()
    for number, words in enumerate(pages, 1):
        place = f"{file}, page {number}" if len(pages) > 1 else file
        page = FormPage(place, words, form_on(words))
        counts = page.counts()
        if not any(counts.values()):
            others += 1
        elif len(set(counts.values())) > 1:
            reading.problems += page.missing(counts)
        else:
            titles.add(page.form.title)
            for which in range(max(counts.values())):
                _take(reading, page, which)
    reading.layout = f"{' and '.join(sorted(titles)) or FORM_3921.title} (PDF)"
    if others and (reading.lots or reading.problems):
        reading.left.append(f"{others} page{'' if others == 1 else 's'} without the boxes of Form 3921 or 3922")
    if not reading.lots and not reading.problems:
        reading.problems.append(Problem(file, None, "", "no label of a box", "the boxes of Form 3921 or 3922", TYPE_IT))
    return reading


class FormPage:
    """A page with the labels of its form, from the top."""

    def __init__(self, place: str, words: list[Word], form: PrintedForm) -> None:
        self.place, self.words, self.form = place, words, form
        self.labels = _labels(words, form)
        self.corrected = corrected_at(words)

    def counts(self) -> dict[str, int]:
        """How often each box that a form must have is labeled; a table has each as often as it has forms."""
        needed = [box for box in self.form.boxes if box not in self.form.optional]
        return {box: sum(label.column == box for label in self.labels) for box in needed}

    def missing(self, counts: Mapping[str, int]) -> Iterator[Problem]:
        """The boxes whose label is missing."""
        most = max(counts.values())
        for box, count in counts.items():
            if count < most:
                expected = f"the label “{self.form.label_of(box)}”"
                yield Problem(self.place, None, f"box {self.form.number(box)}", "", expected, TYPE_IT)

    def label(self, column: str, which: int) -> Label | None:
        """The nth label of a column; none where the page has fewer."""
        found = [label for label in self.labels if label.column == column]
        return found[which] if which < len(found) else None

    def is_corrected(self, which: int) -> bool:
        """Tell whether the nth form is marked CORRECTED; of several on a page, by which one is nearer."""
        first = self.form.boxes[0]
        tops = [label.top for label in self.labels if label.column == first]
        return any(min(range(len(tops)), key=lambda at: abs(tops[at] - height)) == which for height in self.corrected)


def _take(reading: Reading, page: FormPage, which: int) -> None:
    """The form whose boxes are the nth of their labels on the page."""
    form, place = page.form, page.place
    cells, problems = {"kind": form.kind}, []
    for number, box in enumerate(form.boxes, 1):
        label = page.label(box, which)
        values = _values(_inside(label, page.words, page.labels), is_day=box.startswith("date")) if label else []
        if len(values) == 1:
            cells[box] = values[0]
        elif values or box not in form.optional:
            expected = "one day" if box.startswith("date") else "one number"
            expected += f" below or beside the label “{form.label_of(box)}”"
            problems.append(Problem(place, None, f"box {number}", " and ".join(values), expected, TYPE_IT))
    account = _words_of("account", which, page).replace(" ", "")
    if employer := _words_of("corporation", which, page) or _words_of("transferor", which, page):
        cells["employer"] = employer[:200]
    found_at = FoundAt(place, None, {box: f"box {number}" for number, box in enumerate(form.boxes, 1)})
    lot = FoundLot(cells, found_at, account, corrected=page.is_corrected(which))
    reading.problems += problems
    if problems:
        return
    if again := next((each for each in reading.lots if _same(each, lot)), None):
        reading.left.append(f"{place}: a further copy of the form of {again.place}")
        again.corrected = again.corrected or lot.corrected
    else:
        reading.lots.append(lot)


def _same(one: FoundLot, other: FoundLot) -> bool:
    """Two copies of one form; the employer's lines may be laid out otherwise."""
    aside = {"employer"}
    return one.account == other.account and all(
        one.cells.get(box) == other.cells.get(box) for box in (one.cells.keys() | other.cells.keys()) - aside
    )


def _labels(words: list[Word], form: PrintedForm) -> list[Label]:
    """The labels on a page; running text that holds the same words is none."""
    labels = []
    for line in lines_of([word for word in words if plain(word.text)]):
        end = 0
        for start, word in enumerate(line):
            apart = not start or word.left - line[start - 1].right >= GAP or _is_number_of_box(line, start)
            if start >= end and apart and (found := _label_at(line, start, form)):
                labels.append(found)
                end = start + len(found.words)
    return labels


def _is_number_of_box(line: list[Word], start: int) -> bool:
    return line[start].text.rstrip(".") in "12345678" and start + 1 < len(line)


def _label_at(line: list[Word], start: int, form: PrintedForm) -> Label | None:
    """The label that begins at a word, with or without the number of its box or the word Box."""
    for title, column in form.labels.items():
        parts = title.split()
        spellings = [parts, parts[1:]] if parts[0].isdigit() and title not in form.numbered else [parts]
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
    read = [word for line in lines_of(words) for word in line]
    texts = [
        word.text.strip("$:")
        for before, word in zip([None, *read], read, strict=False)
        if before is None or plain(before.text) not in REFERS
    ]
    return [text for text in texts if pattern.fullmatch(text)]


def _words_of(column: str, which: int, page: FormPage) -> str:
    """The first line of a text in a box, after the words of its label; blank where that cannot be told."""
    label = page.label(column, which)
    if label is None:
        return ""
    taken = sum(bool(plain(word.text)) and not word.text[0].isdigit() for word in label.words)
    rest = page.form.rest[column].split()[taken:]
    for line in lines_of(_inside(label, page.words, page.labels)):
        texts = [word.text for word in line]
        while texts and rest and plain(texts[0]) == rest[0]:
            texts, rest = texts[1:], rest[1:]
        if texts:
            whole = not rest or column == "account"
            return " ".join(texts).strip(": ") if whole else ""
    return ""
