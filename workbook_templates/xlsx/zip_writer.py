"""A zip file from deflated parts: the same parts give the same bytes, and a part that never changes is deflated once.

The standard `zipfile` takes no finished deflate stream, hence these few lines over the format (PKWARE APPNOTE 4.3).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from struct import Struct
from typing import Final, Literal, NamedTuple

try:
    from isal import igzip_lib, isal_zlib
except ImportError:  # no wheel for this system (the browser): the standard library does the same, slower
    igzip_lib = isal_zlib = None  # type: ignore[assignment]

Compression = Literal["fast", "small"]

_LOCAL: Final = Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = Struct("<4sHHHHIIH")
_VERSION: Final = 20  # deflate
_DEFLATED: Final = 8
_DATE: Final = 1 << 5 | 1  # 1980-01-01, the first day a zip can name


class Packed(NamedTuple):
    """One file of the zip: its ASCII name, the CRC-32 and size of its content, its raw deflate stream."""

    name: bytes
    crc: int
    size: int
    deflated: bytes


def pack(name: str, content: bytes, compression: Compression = "small") -> Packed:
    """Deflate one part. "fast" uses ISA-L, whose stream may differ between kinds of processor; "small" uses zlib."""
    if compression == "fast" and igzip_lib is not None:
        deflated = igzip_lib.compress(content, 2, igzip_lib.COMP_DEFLATE)
        return Packed(name.encode("ascii"), isal_zlib.crc32(content), len(content), deflated)
    return Packed(name.encode("ascii"), zlib.crc32(content), len(content), _deflate(content, compression))


def has_isal() -> bool:
    """Tell whether "fast" is ISA-L here: its stream is another one than zlib's."""
    return igzip_lib is not None


def _deflate(content: bytes, compression: Compression) -> bytes:
    stream = zlib.compressobj(1 if compression == "fast" else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(content) + stream.flush()


def zip_bytes(parts: Iterable[Packed]) -> bytes:
    """The zip file: no dates, no modes, no system in it (up to 65,535 parts and 4 GB)."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, crc, size, deflated in parts:
        about = (_VERSION, 0, _DEFLATED, 0, _DATE, crc, len(deflated), size, len(name), 0)
        pieces += (_LOCAL.pack(b"PK\3\4", *about), name, deflated)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, *about, 0, 0, 0, 0, offset), name)
        offset += _LOCAL.size + len(name) + len(deflated)
    listing = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))
