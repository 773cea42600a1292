"""From the XML of a workbook with tokens to texts and holes.

A sheet builder asks `Slots` for a token wherever a client's value will stand: as the value of a typed cell, as the
cached value of a formula, within a text (footer, title of the document), as a height, where a page ends, in a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import groupby
from typing import Any, Final

from .cell_xml import BREAKS, CELL, FOOTER, HEIGHT, LONGEST_FOOTER, LONGEST_TEXT, POINT, TEXT, WIDTH
from .template import Hole, Slot, Stretch, TableRows, TemplatePart, words
from .zip_writer import Packed, pack

_NUMBER: Final = 7_310_000_000  # numbers from here on are tokens where openpyxl takes numbers only
_AS_NUMBER: Final = re.compile(r'731(\d{7})(?=["<])')
_TOKEN: Final = re.compile(r"@@(\d+)@@")
_CELL: Final = re.compile(
    r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="(?:str|inlineStr)">(<f>[^<]*</f>)?(?:<is><t(?: xml:space="preserve")?>|<v>)'
)
_CELL_ENDS: Final = ("</v></c>", "</t></is></c>")
_HEIGHT: Final = ' ht="'
_HEIGHT_ENDS: Final = ('" customHeight="1"', '"')
_WIDTH: Final = ' width="'
_BREAK: Final = '<brk id="'
_BREAKS: Final = "<rowBreaks", "</rowBreaks>"
_POINT: Final = "<c:pt idx="
_POINT_ENDS: Final = "</c:v></c:pt>"
_MAY_HOLD_TEXT: Final = frozenset({"t", "v", "oddFooter", "title", "subject", "description", "keywords"})


class Slots:
    """The places that a client's values will take; the same slot may stand in many places."""

    def __init__(self) -> None:
        self._numbers: dict[Slot, int] = {}

    def __iter__(self) -> Iterator[Slot]:
        return iter(self._numbers)

    def token(self, slot: Slot) -> str:
        """Text to put where the slot's value will stand: a cell's value, a cached value, a part of a text or footer."""
        return f"@@{self._number(slot)}@@"

    def number(self, slot: Slot) -> float:
        """The same for a row's height (points), a column's width (characters), a number in a chart's cache.

        None hides the row or column. Where a page ends it stands for all the rows that end one, a tuple of them.
        """
        return float(_NUMBER + self._number(slot))

    def _number(self, slot: Slot) -> int:
        return self._numbers.setdefault(slot, len(self._numbers))


def cut(parts: Mapping[str, bytes], slots: Slots) -> list[TemplatePart | Packed]:
    """Cut the files of a workbook, or of one sheet, at the tokens; a file without any is deflated here, once.

    Raises ValueError for a slot that stands nowhere, and for one in a formula, a name, a sheet title or a rule:
    a client's text is never any of these.
    """
    asked = list(slots)
    made = [_cut(name, content, asked) for name, content in parts.items()]
    placed = {hole.slot for part in made if isinstance(part, TemplatePart) for hole in part.holes()}
    if lost := [words(slot) for slot in asked if slot not in placed]:
        raise ValueError(f"slots that stand nowhere in the workbook: {'; '.join(lost)}")
    return made


def _cut(name: str, content: bytes, slots: Sequence[Slot]) -> TemplatePart | Packed:
    xml = _AS_NUMBER.sub(r"@@\1@@", content.decode())
    texts, holes, done = [], [], 0
    for token in _TOKEN.finditer(xml):
        start, hole, end = _hole(name, xml, token, slots[int(token[1])])
        texts.append(xml[done:start])
        holes.append(hole)
        done = end
    return TemplatePart(name, _runs(texts, holes), xml[done:]) if holes else pack(name, content)


def _runs(texts: Sequence[str], holes: Sequence[Hole]) -> list[Stretch | TableRows]:
    """The rows of each table of records together; what is between them are stretches of other holes."""
    if all(len(hole.slot) == 2 for hole in holes):
        return [Stretch(texts, holes)]
    runs: list[Stretch | TableRows] = []
    for record, places in groupby(range(len(holes)), lambda place: _record(holes, place)):
        inside = list(places)
        stretch = Stretch([texts[place] for place in inside], [holes[place] for place in inside])
        if record is None:
            runs.append(stretch)
            continue
        block, row = record
        keys = [hole.slot[1] for hole in stretch.holes]
        last = runs[-1] if runs else None
        if isinstance(last, TableRows) and (last.block, last.keys) == (block, keys):
            last.add(row, stretch)
        else:
            table = TableRows(block, keys)
            table.add(row, stretch)
            runs.append(table)
    return runs


def _record(holes: Sequence[Hole], place: int) -> tuple[str, int] | None:
    """The block and row of a hole that stands among others of the same record."""
    slot = holes[place].slot
    if len(slot) == 2:
        return None
    near = [holes[each].slot for each in (place - 1, place + 1) if 0 <= each < len(holes)]
    beside = any(len(other) == 3 and (other[0], other[2]) == (slot[0], slot[2]) for other in near)
    return (slot[0], slot[2]) if beside else None


def _hole(name: str, xml: str, token: re.Match[str], slot: Slot) -> tuple[int, Hole, int]:
    """The hole that a token makes, and from where to where it goes: the value decides on what stands around it."""
    start, end = token.span()
    opened = xml.rfind("<", 0, start)
    if xml.startswith(("<v>", "<c:v>", "<t>", "<t "), opened):
        cell = max(xml.rfind("<c r=", 0, opened), 0)
        if (found := _CELL.fullmatch(xml, cell, start)) and (after := _length(xml, end, _CELL_ENDS)):
            return found.end(1), Hole(slot, CELL, found[2] or ""), end + after
        point = xml.rfind(_POINT, 0, opened)
        if point >= 0 and xml.find(">", point) == opened - 1 and xml.startswith(_POINT_ENDS, end):
            return point, Hole(slot, POINT, (xml[point:start], _POINT_ENDS)), end + len(_POINT_ENDS)
    if xml.endswith(_HEIGHT, 0, start):
        return start - len(_HEIGHT), Hole(slot, HEIGHT, None), end + _length(xml, end, _HEIGHT_ENDS)
    if xml.endswith(_WIDTH, 0, start) and xml.startswith("<col ", opened):
        return start - len(_WIDTH), Hole(slot, WIDTH, None), end + 1
    if xml.endswith(_BREAK, 0, start):
        first, last = _BREAKS
        return xml.rfind(first, 0, start), Hole(slot, BREAKS, None), xml.index(last, end) + len(last)
    return start, _text_hole(name, xml, token, slot), end


def _length(xml: str, at: int, wanted: Sequence[str]) -> int:
    return next((len(each) for each in wanted if xml.startswith(each, at)), 0)


def _text_hole(name: str, xml: str, token: re.Match[str], slot: Slot) -> Hole:
    opened, closed = xml.rfind("<", 0, token.start()), xml.rfind(">", 0, token.start())
    element = re.split(r"[\s>]", xml[opened + 1 : token.start()], maxsplit=1)[0].rpartition(":")[2]
    if closed < opened or element not in _MAY_HOLD_TEXT:
        raise ValueError(f"{name}: a slot stands in <{element}>, where a client's text must not come")
    shared = unescape(xml[closed + 1 : xml.index("<", token.end())])
    fixed, count = _TOKEN.subn("", shared)
    formatters: Any = FOOTER if element == "oddFooter" else TEXT
    longest = LONGEST_FOOTER if element == "oddFooter" else LONGEST_TEXT
    return Hole(slot, formatters, (longest - len(fixed)) // count)
