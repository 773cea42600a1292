"""Type into the input cells of a file, as its user would, and leave all else as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from .styles import cell_formats
from .workbook_file import WorkbookFile, opened

Typed = str | float | Decimal | date | None
CELL = re.compile(r"<c( [^>]*?)(?:/>|>.*?</c>)", re.DOTALL)


def type_in(path: str | Path, changes: Mapping[tuple[str, str], Typed], target: str | Path) -> Path:
    """Write `target` as `path` with the given cells typed over; refuses a cell that is locked or holds a formula.

    Nothing is recalculated: the caches still show the figures before the change, so an engine that
    merely repeats them is found out.
    """
    book = opened(path)
    _refuse_all_but_inputs(book, changes, str(path))
    parts = dict(book.parts)
    for title, part in book.sheet_parts:
        typed = {coordinate: value for (sheet, coordinate), value in changes.items() if sheet == title}
        if typed:
            parts[part] = _typed(parts[part].decode(), typed).encode()
    Path(target).write_bytes(_zipped(parts))
    return Path(target)


def _refuse_all_but_inputs(book: WorkbookFile, places: Iterable[tuple[str, str]], path: str) -> None:
    formats = cell_formats(book)
    cells = {(cell.sheet, cell.coordinate): cell for cell in book.cells}
    for sheet, coordinate in places:
        cell = cells.get((sheet, coordinate))
        if cell is None:
            reason = "is not in the file, so it is locked"
        elif cell.formula is not None:
            reason = "holds a formula"
        elif formats[cell.style].locked:
            reason = "is locked"
        else:
            continue
        raise ValueError(f"{path}: {sheet}!{coordinate} {reason}; expected an input cell")


def _typed(sheet: str, typed: Mapping[str, Typed]) -> str:
    def cell(found: re.Match[str]) -> str:
        attributes = dict(re.findall(r'(\w+)="(\w*)"', found[1]))
        if attributes["r"] not in typed:
            return found[0]
        kind, content = _content(typed[attributes["r"]])
        return f'<c r="{attributes["r"]}" s="{attributes.get("s", "0")}"{kind}>{content}</c>'

    return CELL.sub(cell, sheet)


def _content(value: Typed) -> tuple[str, str]:
    """Give the attribute for the kind of a value, and the value, as XML."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    if isinstance(value, bool):
        return ' t="b"', f"<v>{value:d}</v>"
    if isinstance(value, date):
        return "", f"<v>{(value - date(1899, 12, 30)).days}</v>"
    return "", f"<v>{value}</v>"


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return stream.getvalue()
