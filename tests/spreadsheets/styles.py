"""The cell formats of a file, in so far as tests ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .workbook_file import WorkbookFile, tag

INPUT_FILL = "FFFFFDF4"  # pale yellow: the promise that a cell is to be typed into


@dataclass(frozen=True, slots=True)
class CellFormat:
    """One `<xf>` of the cell formats; `parts_exist` is False where it points past the fonts, fills or borders."""

    locked: bool
    looks_like_input: bool
    parts_exist: bool


def cell_formats(book: WorkbookFile) -> list[CellFormat]:
    """Read the cell formats in the order in which cells count them."""
    styles = book.xml("xl/styles.xml")
    fills = [_color(fill) for fill in children(styles, "fills")]
    sizes = {"fontId": len(children(styles, "fonts")), "fillId": len(fills)}
    sizes["borderId"] = len(children(styles, "borders"))
    formats = []
    for xf in children(styles, "cellXfs"):
        exists = all(int(xf.get(part, "0")) < size for part, size in sizes.items())
        protection = xf.find(tag("protection"))
        locked = protection is None or protection.get("locked", "1") not in ("0", "false")
        color = fills[int(xf.get("fillId", "0"))] if exists else ""
        formats.append(CellFormat(locked, color == INPUT_FILL, exists))
    return formats


def children(root: Element, name: str) -> list[Element]:
    """List the children of one child of `root`; none where that child is missing."""
    parent = root.find(tag(name))
    return [] if parent is None else list(parent)


def _color(fill: Element) -> str:
    color = fill.find(f"{tag('patternFill')}/{tag('fgColor')}")
    return "" if color is None else color.get("rgb", "").upper()
