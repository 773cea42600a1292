"""A workbook compiled once and filled many times: openpyxl builds it with tokens, filling joins strings and deflates.

A sheet builder asks `Slots` for a token wherever a client's value will stand: as the value of a typed cell, as the
cached value of a formula, within a text (memo, footer, title of the document), as a height, in a chart's cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final, NamedTuple, cast

from openpyxl import Workbook

from .cached_xlsx import Cached, workbook_parts
from .cell_xml import CELL, FOOTER, HEIGHT, LONGEST_FOOTER, LONGEST_TEXT, PAST_END, POINT, TEXT, Formatter
from .zip_writer import Compression, Packed, pack, zip_bytes

Slot = tuple[str, str] | tuple[str, str, int]  # (block, key), or (block, key, row) in a column of records
Values = Mapping[str, Mapping[str, object]]  # block -> key -> value, or the column's sequence of values

_NUMBER: Final = 7_310_000_000  # numbers from here on are tokens where openpyxl takes numbers only
_HOLE: Final = re.compile(
    r'(?P<cell><c r="[A-Z]+\d+"(?: s="\d+")?) t="(?:str|inlineStr)">'
    r"(?P<formula><f>[^<]*</f>)?(?:<is><t>|<v>)@@(?P<in_cell>\d+)@@(?:</t></is>|</v>)</c>"
    r'|(?P<height> ht="731(?P<in_height>\d{7})"(?: customHeight="1")?)'
    r'|(?P<point><pt idx="\d+"><v>)(?:@@(?P<in_text_point>\d+)@@|731(?P<in_point>\d{7}))</v></pt>'
    r"|@@(?P<in_text>\d+)@@"
)
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
        """The same for the height of a row (points; None hides the row) and for a number in a chart's cache."""
        return float(_NUMBER + self._number(slot))

    def _number(self, slot: Slot) -> int:
        return self._numbers.setdefault(slot, len(self._numbers))


class _Hole(NamedTuple):
    slot: int
    formatters: Mapping[type, Formatter]
    context: object  # what the formatters need: a formula, the room for text, the ends of a chart's point


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the workbook: fixed text, and the holes between."""

    name: str
    texts: list[str]  # one more than holes
    holes: list[_Hole]

    def pack(self, found: Sequence[object], compression: Compression) -> Packed:
        pieces = [""] * (2 * len(self.holes) + 1)
        pieces[::2] = self.texts
        pieces[1::2] = [
            formatters[type(value := found[slot])](value, context) for slot, formatters, context in self.holes
        ]
        return pack(self.name, "".join(pieces).encode(), compression)

    def problem(self, number: int, value: object) -> str:
        """Why the value cannot stand in a hole of this slot; "" if it can."""
        for slot, formatters, context in self.holes:
            try:
                if slot == number:
                    formatters[type(value)](value, context)
            except (TypeError, OverflowError, ValueError) as error:
                return str(error)
        return ""


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Slots by block and key, so that filling looks up each block and each column once."""

    count: int
    single: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    columns: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)
    capacity: dict[str, int] = field(default_factory=dict)  # rows that a block's tables hold

    def find(self, values: Values) -> list[object]:
        found: list[object] = [PAST_END] * self.count
        for block, places in self.single.items():
            given = values[block]
            for number, key in places:
                found[number] = given[key]
        for (block, key), rows in self.columns.items():
            column = cast(Sequence[object], values[block][key])
            length = len(column)
            if length > self.capacity[block]:
                raise ValueError(f"{block}, {key}: {length} rows for a template that holds {self.capacity[block]}")
            for number, row in rows:
                if row < length:
                    found[number] = column[row]
        return found


class Template:
    """A workbook ready to be filled; made by `compile_template`."""

    def __init__(self, slots: Sequence[Slot], parts: Sequence[_Part | Packed]) -> None:
        self._slots = slots
        self._parts = parts
        self._blocks = _by_block(slots)

    def fill(self, values: Values, compression: Compression = "fast") -> bytes:
        """The .xlsx file with a value in each slot; the same values give the same bytes.

        None leaves a cell empty; rows past the end of a column of records are empty, their formulas show "".
        Raises ValueError that names the slot where a value is missing or cannot stand in a cell.
        """
        try:
            found = self._blocks.find(values)
            return zip_bytes(
                part if isinstance(part, Packed) else part.pack(found, compression) for part in self._parts
            )
        except (KeyError, TypeError, OverflowError, ValueError) as error:
            raise ValueError(self._blame(values) or str(error)) from error

    def _blame(self, values: Values) -> str:
        """The first slot without a value that can stand in its place."""
        for number, slot in enumerate(self._slots):
            block, key, *row = slot
            if key not in values.get(block, {}):
                return f"{_words(slot)}: no value is given; each slot needs one (None leaves it empty)"
            value = values[block][key]
            if row:
                if not isinstance(value, Sequence):
                    return f"{block}, {key}: expected a column of values, found {value!r}"
                value = value[row[0]] if row[0] < len(value) else PAST_END
            for part in self._parts:
                if isinstance(part, _Part) and (problem := part.problem(number, value)):
                    return f"{_words(slot)} in {part.name}: {problem}"
        return ""


def _words(slot: Slot) -> str:
    block, key, *row = slot
    return f"{block}, {key}" + (f", row {row[0] + 1}" if row else "")


def _by_block(slots: Sequence[Slot]) -> _Blocks:
    blocks = _Blocks(len(slots))
    for number, slot in enumerate(slots):
        if len(slot) == 2:
            blocks.single.setdefault(slot[0], []).append((number, slot[1]))
        else:
            block, key, row = slot
            blocks.columns.setdefault((block, key), []).append((number, row))
            blocks.capacity[block] = max(row + 1, blocks.capacity.get(block, 0))
    return blocks


def compile_template(book: Workbook, cached: Cached, slots: Slots) -> Template:
    """Save the book once, with tokens for values, and cut it at the tokens.

    Raises ValueError for a slot that stands nowhere, and for one in a formula, a name, a sheet title or a rule:
    a client's text is never any of these.
    """
    parts = [_cut(name, content.decode()) for name, content in workbook_parts(book, cached).items()]
    placed = {hole.slot for part in parts for hole in part.holes}
    lost = [_words(slot) for number, slot in enumerate(slots) if number not in placed]
    if lost:
        raise ValueError(f"slots that stand nowhere in the workbook: {'; '.join(lost)}")
    fixed = [part if part.holes else pack(part.name, part.texts[0].encode()) for part in parts]
    return Template(list(slots), fixed)


def _cut(name: str, xml: str) -> _Part:
    part = _Part(name, [], [])
    done = 0
    for token in _HOLE.finditer(xml):
        part.texts.append(xml[done : token.start()] + (token["cell"] or ""))
        part.holes.append(_hole(name, xml, token))
        done = token.end()
    part.texts.append(xml[done:])
    return part


def _hole(name: str, xml: str, token: re.Match[str]) -> _Hole:
    if token["cell"]:
        return _Hole(int(token["in_cell"]), CELL, token["formula"] or "")
    if token["height"]:
        return _Hole(int(token["in_height"]), HEIGHT, None)
    if token["point"]:
        return _Hole(int(token["in_text_point"] or token["in_point"]), POINT, (token["point"], "</v></pt>"))
    return _text_hole(name, xml, token)


def _text_hole(name: str, xml: str, token: re.Match[str]) -> _Hole:
    opened, closed = xml.rfind("<", 0, token.start()), xml.rfind(">", 0, token.start())
    element = re.split(r"[\s>]", xml[opened + 1 : token.start()], maxsplit=1)[0].rpartition(":")[2]
    if closed < opened or element not in _MAY_HOLD_TEXT:
        raise ValueError(f"{name}: a slot stands in <{element}>, where a client's text must not come")
    shared = unescape(xml[closed + 1 : xml.index("<", token.end())])
    fixed, count = re.subn(r"@@\d+@@", "", shared)
    formatters: Any = FOOTER if element == "oddFooter" else TEXT
    longest = LONGEST_FOOTER if element == "oddFooter" else LONGEST_TEXT
    return _Hole(int(token["in_text"]), formatters, (longest - len(fixed)) // count)
