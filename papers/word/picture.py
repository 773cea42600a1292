"""A logo, looked through before a document takes it: whole, PNG or JPEG, and how large it is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 5_000_000
PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
# Markers of a JPEG: those that begin a frame name its size; the scan ends the list of segments (ITU-T T.81, table B.1).
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SCAN: Final = 0xDA


class UnreadablePictureError(Exception):
    """A file that is no whole picture: what was found."""


@dataclass(frozen=True)
class Picture:
    """The file, and its width and height in dots."""

    data: bytes
    width: int
    height: int


def read_picture(data: bytes) -> Picture:
    """Look a PNG or JPEG through to its end. Raises UnreadablePictureError."""
    if len(data) > MOST_BYTES:
        raise UnreadablePictureError(f"more than {MOST_BYTES:,} bytes")
    if data.startswith(PNG):
        width, height = _png(data)
    elif data.startswith(JPEG):
        width, height = _jpeg(data)
    else:
        raise UnreadablePictureError("neither PNG nor JPEG" if data else "an empty file")
    if not (width and height):
        raise UnreadablePictureError("a picture without width or height")
    return Picture(data, width, height)


def _png(data: bytes) -> tuple[int, int]:
    """Every chunk with its checksum, from the header to the end."""
    names: list[bytes] = []
    at = len(PNG)
    while at + 12 <= len(data) and (not names or names[-1] != b"IEND"):
        length = int.from_bytes(data[at : at + 4], "big")
        checked, end = data[at + 4 : at + 8 + length], at + 12 + length
        if end > len(data) or zlib.crc32(checked) != int.from_bytes(data[end - 4 : end], "big"):
            raise UnreadablePictureError("a PNG that is damaged or cut off")
        names.append(checked[:4])
        at = end
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names:
        raise UnreadablePictureError("a PNG that is damaged or cut off")
    header = len(PNG) + 8
    return int.from_bytes(data[header : header + 4], "big"), int.from_bytes(data[header + 4 : header + 8], "big")


def _jpeg(data: bytes) -> tuple[int, int]:
    """The segments down to the scan, and the mark of the end behind it."""
    size = (0, 0)
    for marker, body in _segments(data):
        if marker in FRAMES and len(body) >= 6:
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        if marker == SCAN and b"\xff\xd9" in data[-64:]:
            return size
    raise UnreadablePictureError("a JPEG that is damaged or cut off")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 1], data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)
