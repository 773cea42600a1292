"""File names made from the names of clients and folders, safe on Windows, macOS and Linux."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final

LONGEST: Final = 80  # characters of a stem: Excel opens no path of more than 218
MOST_BYTES: Final = 200  # of a stem: a file name has 255 on Linux, and the temporary one and .xlsx need some
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\.|$)")
_NOT_FIRST: Final = " .~$-=+@%'"  # hidden files, locks, options of commands, formulas where names are listed
OURS: Final = frozenset({"index"})  # stems of workbooks that a run makes beside the clients'


def file_stem(text: str, suffix: str = "") -> str:
    """A file name without its ending, made from any text; never empty, never a path, a device or a hidden file."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in composed)
    plain = " ".join(_FORBIDDEN.sub("-", visible).split())
    stem = _cut(plain.lstrip(_NOT_FIRST), suffix) or "client"
    key = clash_key(stem)
    reserved = not suffix and (key in OURS or _DEVICE.match(key) or key.startswith("isobook-"))
    return f"_{stem}" if reserved else stem + suffix


def distinct_stem(text: str, source: str, attempt: int) -> str:
    """The stem of a client whose name another one has too: with the source's name, then with a digest of it."""
    word = file_stem(source) if attempt == 0 else sha256(f"{source}\0{attempt}".encode("utf-8", "replace")).hexdigest()
    return file_stem(text, f" ({_cut(word, '', LONGEST // 2, MOST_BYTES // 2) if attempt == 0 else word[:12]})")


def clash_key(stem: str) -> str:
    """What two file names have in common that are one file on Windows or macOS."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold())


def _cut(text: str, suffix: str, longest: int = LONGEST, most_bytes: int = MOST_BYTES) -> str:
    """As much of the text as fits with the suffix, without a dot or a space at its end, which Windows drops."""
    room = most_bytes - len(suffix.encode())
    cut = text[: longest - len(suffix)].encode()[:room].decode(errors="ignore")
    return cut.rstrip(" .")
