"""Formulas compared as what they compute: programs that save a file write the same formula in other letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|'(?P<sheet>(?:[^']|'')+)'(?=!)"
    r"|(?P<prefix>(?:_xlfn\.|_xlws\.)+)"
    r"|(?P<word>\$?[A-Za-z_][\w.$]*)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_MINUS_ZERO: Final = re.compile(r"(?<![\w.)])-0(?![\w.])")
_CELL: Final = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}")


@lru_cache(maxsize=20_000)
def plain_formula(formula: str) -> str:
    """A formula without what programs differ in: spaces, case, prefixes, quotes of sheets, digits past the 15th."""
    pieces = "".join(_plain(found) for found in _PIECE.finditer(formula))
    return _MINUS_ZERO.sub("0", pieces.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE"))


def formula_shape(formula: str) -> str:
    """A formula without its cells: the same one written for other rows, or moved with what it adds up."""
    return _CELL.sub("#", plain_formula(formula))


def _plain(found: re.Match[str]) -> str:
    kind, text = found.lastgroup, found[0]
    if kind == "number":
        return f"{float(text):.15g}"  # 0.150000000000000000005 is the 0.15 of another program
    if kind == "sheet":
        return found["sheet"].replace("''", "'").upper()
    if kind in ("space", "prefix"):
        return ""
    return text if kind == "text" else text.upper()
