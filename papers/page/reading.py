"""A PDF of the user is read: its words, its boxes. What cannot be filled is refused with the reason."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from engine.errors import INSTALL

from .printed_page import BlankForm, BoxKind, PrintedBox, PrintedPage, PrintedWord
from .refusal import RefusedFormError

MOST_PAGES: Final = 40
MOST_LEVELS: Final = 20  # of fields above a widget: a damaged file may lead in a circle
LOCKED, SEVERAL_LINES, COMB = 1, 1 << 12, 1 << 24  # bits of a field's flags (ISO 32000-1, tables 221 and 228)
EXTRA: Final = f"Add the extra isobook[office]: {INSTALL}."
PRINT_IT: Final = "Download the form itself from irs.gov/prior-year: a print or a scan has no boxes to fill."
KINDS: Final = {"/Tx": BoxKind.TEXT, "/Btn": BoxKind.CHECK}


def read_blank(file: str, data: bytes) -> BlankForm:
    """The words and boxes of a PDF. Raises RefusedFormError, which says why it cannot be filled."""
    try:
        import pdfplumber
        import pypdf
    except ImportError:
        raise RefusedFormError(file, "the PDF libraries are not installed", EXTRA) from None
    for library in ("pdfminer", "pdfplumber", "pypdf"):  # their remarks on odd files are no news to the user
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _check_document(file, reader)
        with pdfplumber.open(io.BytesIO(data)) as printed:
            pages = tuple(
                PrintedPage(number, _words(page), tuple(_boxes(file, number, widgets, float(page.height))))
                for number, (page, widgets) in enumerate(zip(printed.pages, reader.pages, strict=True))
            )
    except RefusedFormError:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged PDF makes libraries raise what they stumble on
        raise RefusedFormError(file, f"a PDF that cannot be read ({type(error).__name__})") from None
    _check_pages(file, pages)
    return BlankForm(file, data, pages, reader)


def _check_document(file: str, reader: Any) -> None:
    """Refuse what is locked, signed, or has nothing to fill."""
    if reader.is_encrypted:
        raise RefusedFormError(file, "a PDF with a password or encryption")
    if len(reader.pages) > MOST_PAGES:
        raise RefusedFormError(file, f"{len(reader.pages):,} pages: no form", "Take it out of the folder.")
    root = reader.trailer["/Root"]
    if "/AcroForm" not in root or not root["/AcroForm"].get("/Fields"):
        raise RefusedFormError(file, "a PDF without boxes to fill (no AcroForm)", PRINT_IT)
    if "/DocMDP" in root.get("/Perms", {}) or any(
        inherited(widget, "/FT") == "/Sig" and inherited(widget, "/V") is not None
        for page in reader.pages
        for widget in widgets_of(page)
    ):
        raise RefusedFormError(file, "a signed PDF: filling it would break the signature")


def _check_pages(file: str, pages: tuple[PrintedPage, ...]) -> None:
    """Refuse drafts, and pages without words."""
    words = [word.text for page in pages for word in page.words]
    if not words:
        raise RefusedFormError(file, "pages without words", PRINT_IT)
    if ("DRAFT", "AS") in pairwise(words):
        raise RefusedFormError(file, "a draft, which is not to be filed", "Download the final form from irs.gov.")


def _words(page: Any) -> tuple[PrintedWord, ...]:
    return tuple(
        PrintedWord(float(each["x0"]), float(each["top"]), float(each["x1"]), float(each["bottom"]), each["text"])
        for each in page.extract_words(x_tolerance=1.5, y_tolerance=2)
    )


def widgets_of(page: Any) -> Iterator[Any]:
    """The boxes of a page of pypdf, in the order of its annotations."""
    for each in page.get("/Annots") or ():
        widget = each.get_object()
        if widget.get("/Subtype") == "/Widget":
            yield widget


def inherited(widget: Any, key: str) -> Any:
    """An entry of a widget, or of the nearest field above it that has it."""
    for _ in range(MOST_LEVELS):
        if key in widget:
            return widget[key]
        if "/Parent" not in widget:
            break
        widget = widget["/Parent"].get_object()
    return None


def _boxes(file: str, number: int, page: Any, height: float) -> Iterator[PrintedBox]:
    lower, turned = page.mediabox.lower_left, page.get("/Rotate") or 0
    if turned or abs(lower[0]) > 1 or abs(lower[1]) > 1:
        raise RefusedFormError(file, f"page {number + 1} is turned or cut")
    for widget in widgets_of(page):
        kind = KINDS.get(str(inherited(widget, "/FT")))
        if kind is None:
            raise RefusedFormError(file, f"page {number + 1} has a box that is neither for text nor for a check")
        if inherited(widget, "/V") not in (None, "", "/Off"):
            raise RefusedFormError(file, f"page {number + 1} has a box that is filled in already")
        flags, longest = int(inherited(widget, "/Ff") or 0), inherited(widget, "/MaxLen")
        x0, y0, x1, y1 = (float(each) for each in widget["/Rect"])
        yield PrintedBox(
            *(min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1)),
            page=number,
            kind=kind,
            locked=bool(flags & LOCKED),
            longest=None if longest is None else int(longest),
            comb=bool(flags & COMB),
            several_lines=bool(flags & SEVERAL_LINES),
            aligned=int(inherited(widget, "/Q") or 0),
            on=_on_state(widget) if kind is BoxKind.CHECK else "",
        )


def _on_state(widget: Any) -> str:
    states = widget.get("/AP", {}).get("/N", {})
    return next((str(state) for state in states if state != "/Off"), "/1")
