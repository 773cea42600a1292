"""A PDF that tells of itself whether it is as isobook wrote it: one that was changed since is never replaced.

A digest of all else stands in a comment before the last lines of the file, which no program shows.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from .replacing import CHANGED, FOREIGN
from .whole_file import check_writable

END: Final = b"startxref"  # begins the last lines of a PDF: where its table of objects is
MARK: Final = b"% isobook sha256 "


def sealed(data: bytes) -> bytes:
    """The PDF with its digest."""
    place = data.rindex(END)
    return data[:place] + MARK + _digest(data) + b"\n" + data[place:]


def is_as_sealed(data: bytes) -> bool:
    """Tell a PDF that isobook sealed and that nobody has changed since."""
    head, mark, rest = data.rpartition(MARK)
    digest, _, end = rest.partition(b"\n")
    return bool(mark) and end.startswith(END) and digest == _digest(head + end)


def check_pdf_replaceable(target: Path, data: bytes) -> None:
    """Raise CannotWriteError where `data` would take the place of a file that is open, foreign or changed."""
    check_writable(target)
    if not target.exists():
        return
    found = target.read_bytes()
    if found != data and not is_as_sealed(found):
        kept = CHANGED if MARK in found else FOREIGN
        raise kept.error(target, "or give another name with -o")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
