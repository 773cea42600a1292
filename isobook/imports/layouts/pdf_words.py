"""The words of a PDF's text layer with their places, page by page; a PDF without one is refused with the reason."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Final

from engine.errors import INSTALL, InputError

from ..grids import refusal

MOST_PAGES: Final = 100
MOST_WORDS: Final = 20_000  # a page
EXTRA: Final = f"Add the extra isobook[office]: {INSTALL}"
TYPE_IT: Final = "Type its boxes into exercises.csv; a form that was filled in on screen may first be printed to PDF."


@dataclass(frozen=True)
class Word:
    """A word and its box on the page, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


def pages_of(file: str, data: bytes) -> list[list[Word]]:
    """The words of each page, from top to bottom and left to right. Raises InputError."""
    try:
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        raise refusal(file, "a PDF", "the PDF library", EXTRA) from None
    for library in ("pdfminer", "pdfplumber"):  # their remarks on odd files are no news to the user
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise refusal(file, f"{len(pdf.pages):,} pages", f"at most {MOST_PAGES}", "Import it in parts.")
            pages = [_words(page.extract_words(x_tolerance=1.5)) for page in pdf.pages]
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged PDF makes the library raise whatever it stumbles on
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if "Password" in type(cause).__name__ or "Encrypt" in type(cause).__name__:
            remedy = "Save a copy without the password: open it and print it to PDF."
            raise refusal(file, "a PDF with a password", "a PDF that opens without one", remedy) from None
        reason = f"a damaged PDF ({type(cause).__name__})"
        raise refusal(file, reason, "a PDF that can be read", "Download it again.") from None
    if not any(pages):
        raise refusal(file, "pages without text: a scanned image", "a PDF with a text layer", TYPE_IT)
    return pages


def _words(found: list[dict[str, float | str]]) -> list[Word]:
    words = [
        Word(str(each["text"]), *(float(each[side]) for side in ("x0", "x1", "top", "bottom")))
        for each in found[:MOST_WORDS]
    ]
    return sorted(words, key=lambda word: (round(word.middle), word.left))


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words on one height, from left to right; lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][0].middle < (word.bottom - word.top) / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]
