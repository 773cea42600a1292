"""The report and the filled official forms in one PDF, with a password where one is wanted.

The forms are flat: a paper to read has no boxes to type into, and boxes of two forms that bear one name would be one.
`isobook official` makes the forms that can be typed into.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from ..page.recognized import FILLED
from ..typesetting.document import PRODUCER

FORMS: Final = "Official forms"
VERSION: Final = "%PDF-1.7"  # of the forms, and of this encryption
ALGORITHM: Final = "AES-256"
LONGEST: Final = 127  # bytes of a password that PDF takes


class PasswordTooLongError(ValueError):
    """A password that a PDF cannot have."""


def with_forms(report: bytes, forms: Mapping[str, bytes]) -> bytes:
    """Put filled forms behind a report, by their file names such as f6251-2024.pdf; each with its bookmark."""
    from pypdf import PdfReader, PdfWriter

    if not forms:
        return report
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(report)))
    above = None
    for file, data in forms.items():
        first = len(writer.pages)
        for page in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(page)
        if above is None:
            above = writer.add_outline_item(title=FORMS, page_number=first)
        writer.add_outline_item(title=_title(file), page_number=first, parent=above)
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    return _written(writer)


def encrypted_pdf(data: bytes, password: str) -> bytes:
    """The same PDF, to be opened with a password alone. Raises PasswordTooLongError; the bytes differ each time."""
    from pypdf import PdfReader, PdfWriter

    if len(password.encode()) > LONGEST:
        raise PasswordTooLongError(f"more than {LONGEST} bytes")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm=ALGORITHM)
    return _written(writer)


def _title(file: str) -> str:
    """'Form 6251, 2024' of f6251-2024.pdf."""
    name, _, year = file.removesuffix(".pdf").rpartition("-")
    return f"{next(form.title for form in FILLED if form.file == name)}, {year}"


def _written(writer: object) -> bytes:
    from pypdf import PdfWriter

    assert isinstance(writer, PdfWriter)
    writer.add_metadata({"/Producer": PRODUCER})
    writer.pdf_header = VERSION
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
