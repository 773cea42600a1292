"""Forms 3921 and 3922 as they are printed: the labels of their boxes, and how a page tells which it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ...sources.headers import plain
from .pdf_words import Word, lines_of

# Labels without a column are there because they end the box to their left or above.
_OTHERS: Final = dict.fromkeys(
    (
        *("TRANSFEROR'S TIN", "TRANSFEROR’S TIN", "CORPORATION'S TIN", "CORPORATION’S TIN"),
        *("EMPLOYEE'S name", "EMPLOYEE’S name", "EMPLOYEE'S TIN", "EMPLOYEE’S TIN"),
        *("OMB No.", "Copy A", "Copy B", "Copy C", "Copy D", "Form 3921", "Form 3922"),
    ),
    "",
)
_ADDRESS: Final = (
    "name street address city or town state or province country zip or foreign postal code and telephone no"
)


@dataclass(frozen=True)
class PrintedForm:
    """A form: its labels with the column of each box, its boxes in order, and those that may be blank.

    `numbered` are labels that begin alike on two boxes: only the number before them tells which is meant.
    """

    title: str
    kind: str
    labels: Mapping[str, str]
    boxes: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    rest: Mapping[str, str] = field(default_factory=dict)  # what the labels of texts go on with

    def label_of(self, column: str) -> str:
        """The printed label of a box."""
        return next(label for label, each in self.labels.items() if each == column)

    def number(self, column: str) -> int:
        """The number of a box."""
        return self.boxes.index(column) + 1


FORM_3921: Final = PrintedForm(
    "Form 3921",
    "ISO",
    {
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
        **_OTHERS,
    },
    ("date_granted", "date_exercised", "exercise_price", "fmv_exercise", "shares"),
    rest={
        "corporation": "if other than transferor name address and tin of corporation whose stock is being transferred",
        "transferor": f"transferors {_ADDRESS}",
        "account": "account number see instructions",
    },
)
FORM_3922: Final = PrintedForm(
    "Form 3922",
    "ESPP",
    {
        "1 Date option granted": "date_granted",
        "2 Date option exercised": "date_exercised",
        "3 Fair market value per share": "fmv_grant",
        "4 Fair market value per share": "fmv_exercise",
        "5 Exercise price paid per share": "exercise_price",
        "6 No. of shares transferred": "shares",
        "6 Number of shares transferred": "shares",
        "7 Date legal title transferred": "date_transferred",
        "8 Exercise price per share": "price_at_grant",
        "Account number": "account",
        "CORPORATION'S name": "transferor",
        "CORPORATION’S name": "transferor",
        **_OTHERS,
    },
    (
        *("date_granted", "date_exercised", "fmv_grant", "fmv_exercise", "exercise_price", "shares"),
        *("date_transferred", "price_at_grant"),
    ),
    optional=frozenset({"date_transferred", "price_at_grant"}),
    numbered=frozenset({"3 Fair market value per share", "4 Fair market value per share"}),
    rest={"transferor": f"corporations {_ADDRESS}", "account": "account number see instructions"},
)
MARKS: Final = frozenset("xX✓✔✗✘☒☑×")
_BOXES: Final = frozenset("☐□◻▢")
NEAR: Final = 30.0  # points between a mark and the word that it is at


def form_on(words: list[Word]) -> PrintedForm:
    """Which form a page is, by what Form 3922 alone has; the instructions of Form 3921 name it too."""
    text = plain(" ".join(word.text for word in words))
    only = ("legaltitle", "exercisepricepaidpershare", "pershareongrantdate")
    return FORM_3922 if any(each in text for each in only) else FORM_3921


def corrected_at(words: list[Word]) -> list[float]:
    """The heights on a page at which a form is marked CORRECTED.

    “CORRECTED (if checked)” and “VOID … CORRECTED” are printed on every form: they count with a mark beside them. The
    word alone, in capitals or at the head of a line, is said of the form.
    """
    found = []
    for line in lines_of(words):
        for at, word in enumerate(line):
            if plain(word.text) == "corrected" and _is_said(line, at):
                found.append(word.middle)
    return found


def _is_said(line: list[Word], at: int) -> bool:
    word, before, after = line[at], line[:at], line[at + 1 :]
    left = before[-1].text if before and word.left - before[-1].right < NEAR else ""
    right = after[0].text if after and after[0].left - word.right < NEAR else ""
    marked = _is_mark(left) or (_is_mark(right) and right.casefold() != "x")
    printed = "".join(plain(each.text) for each in after).startswith("ifchecked")
    printed = printed or any(plain(each.text) == "void" for each in line)
    if printed or left in _BOXES or right in _BOXES or left in ("[", "[]"):
        return marked
    answer = plain(right)
    if answer in ("no", "false"):
        return False
    return marked or answer in ("yes", "true") or word.text.strip("():*").isupper() or not before


def _is_mark(text: str) -> bool:
    bare = text.strip("[]() ")
    return bool(bare) and all(each in MARKS for each in bare)
