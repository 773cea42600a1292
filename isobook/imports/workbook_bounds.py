"""What a workbook may hold, looked at before openpyxl reads it: a small file can ask that for minutes and gigabytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from zipfile import ZipFile

MOST_UNPACKED: Final = 100_000_000  # bytes; a workbook of that many is no download of one person's options
MOST_OF_A_PART: Final = 2_000_000  # bytes of styles and the like, and of one row
MOST_TEXTS: Final = 200_000  # shared texts
_PROLOG: Final = 4_000  # bytes in which a part has begun
_ROW: Final = re.compile(rb'<(?:\w+:)?row\b(?:[^>]*?\br="([0-9]{1,10})")?')
_TEXT: Final = re.compile(rb"<(?:\w+:)?si\b")
_CONTENT: Final = re.compile(rb"<(?:\w+:)?[vt]\b")


def too_large(packed: ZipFile, most_rows: int) -> str:
    """Why a workbook is not read, in words; "" for one that may be. Formatted rows below the last may be any number."""
    unpacked = sum(each.file_size for each in packed.infolist())
    if unpacked > MOST_UNPACKED:
        return f"{unpacked:,} bytes unpacked"
    for part in packed.infolist():
        name = part.filename.casefold()
        if name.endswith((".xml", ".rels")) and _declares_entities(packed, part.filename):
            return f"a DOCTYPE in {part.filename}"
        if "worksheets/" in name and name.endswith(".xml"):
            if why := _sheet(packed.read(part), most_rows):
                return why
        elif name.endswith("sharedstrings.xml"):
            if sum(1 for _ in _TEXT.finditer(packed.read(part))) > MOST_TEXTS:
                return f"more than {MOST_TEXTS:,} texts"
        elif name.endswith((".xml", ".rels")) and part.file_size > MOST_OF_A_PART:
            return f"{part.file_size:,} bytes of {part.filename}"
    return ""


def _declares_entities(packed: ZipFile, part: str) -> bool:
    """Tell a part with a DOCTYPE, which stands before the first element; no spreadsheet program writes one."""
    with packed.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(_PROLOG).replace(b"\0", b"")


def _sheet(xml: bytes, most_rows: int) -> str:
    before = 0
    for start, is_beyond in _rows(xml, most_rows):
        if start - before > MOST_OF_A_PART:
            return f"a row of more than {MOST_OF_A_PART:,} bytes"
        if is_beyond:
            return f"rows after row {most_rows:,}" if _CONTENT.search(xml, start) else ""
        before = start
    return f"a row of more than {MOST_OF_A_PART:,} bytes" if len(xml) - before > MOST_OF_A_PART else ""


def _rows(xml: bytes, most_rows: int) -> Iterator[tuple[int, bool]]:
    """Where each row begins, and whether it is beyond the last that is read."""
    number = 0
    for found in _ROW.finditer(xml):
        number = int(found[1]) if found[1] else number + 1
        yield found.start(), number > most_rows
