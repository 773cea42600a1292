"""What a filled box looks like, as PDF drawing operators, so that every program shows it alike."""

from __future__ import annotations

from collections.abc import Iterator

from ..page.printed_page import PrintedBox
from .fitting import ENCODING, LEADING, PADDING, fitted, text_width

FONT_KEY = "Helv"  # the name of the font among the resources
_CENTER, _RIGHT = 1, 2
_CAPITALS = 0.72  # height of capitals, of the size


def drawn_text(text: str, box: PrintedBox) -> bytes:
    """The content of a box from its lower left corner. Raises TextDoesNotFitError."""
    found = fitted(text, box)
    width, height = box.right - box.left, box.bottom - box.top
    if box.comb and box.longest:
        shown = _comb(text, width / box.longest, found.size, (height - _CAPITALS * found.size) / 2)
    else:
        below = (len(found.lines) - 1) * found.size * LEADING
        first = (height + below - _CAPITALS * found.size) / 2
        shown = (
            _at(_start(line, box, width, found.size), first - number * found.size * LEADING, line)
            for number, line in enumerate(found.lines)
        )
    head = f"/Tx BMC\nq\nBT\n/{FONT_KEY} {found.size:g} Tf\n0 g\n".encode()
    return head + b"".join(shown) + b"ET\nQ\nEMC\n"


def _start(line: str, box: PrintedBox, width: float, size: float) -> float:
    """Where a line begins, from the left edge of its box."""
    free = width - text_width(line, size)
    return free / 2 if box.aligned == _CENTER else free - PADDING if box.aligned == _RIGHT else PADDING


def _comb(text: str, cell: float, size: float, base: float) -> Iterator[bytes]:
    """One character in the middle of each cell."""
    for place, each in enumerate(text):
        yield _at(place * cell + (cell - text_width(each, size)) / 2, base, each)


def _at(across: float, up: float, text: str) -> bytes:
    literal = text.encode(ENCODING)
    for special in (b"\\", b"(", b")"):
        literal = literal.replace(special, b"\\" + special)
    return f"1 0 0 1 {across:.2f} {up:.2f} Tm\n".encode() + b"(" + literal + b") Tj\n"
