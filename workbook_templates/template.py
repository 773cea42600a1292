"""A workbook drawn once with tokens and filled many times: filling joins strings and deflates.

A sheet builder asks `Slots` for a token wherever a client's value will stand: as the value of a typed cell, as the
cached value of a formula, within a text (memo, footer, title of the document), as a height, in a chart's cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import groupby, repeat
from typing import Any, Final, NamedTuple, cast

from .cell_xml import CELL, FOOTER, HEIGHT, LONGEST_FOOTER, LONGEST_TEXT, PAST_END, POINT, TEXT, Formatter
from .zip_writer import Compression, Packed, pack, zip_bytes

Slot = tuple[str, str] | tuple[str, str, int]  # (block, key), or (block, key, row) in a column of records
Values = Mapping[str, Mapping[str, object]]  # block -> key -> value, or the column's sequence of values

_NUMBER: Final = 7_310_000_000  # numbers from here on are tokens where openpyxl takes numbers only
_AS_NUMBER: Final = re.compile(r'731(\d{7})(?=["<])')
_TOKEN: Final = re.compile(r"@@(\d+)@@")
_CELL: Final = re.compile(
    r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="(?:str|inlineStr)">(<f>[^<]*</f>)?(?:<is><t(?: xml:space="preserve")?>|<v>)'
)
_CELL_ENDS: Final = ("</v></c>", "</t></is></c>")
_HEIGHT: Final = ' ht="'
_HEIGHT_ENDS: Final = ('" customHeight="1"', '"')
_POINT_ENDS: Final = "</v></pt>"
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
    slot: Slot
    formatters: Mapping[type, Formatter]
    context: object  # what the formatters need: a formula, the room for text, the ends of a chart's point

    def text(self, value: object) -> str:
        return self.formatters[type(value)](value, self.context)


class _Stretch:
    """Holes, each with the text before it."""

    def __init__(self, texts: Sequence[str], holes: Sequence[_Hole]) -> None:
        self.holes = holes
        self._blank = [""] * (2 * len(holes))
        self._blank[::2] = texts
        self._formatters = [hole.formatters for hole in holes]
        self._contexts = [hole.context for hole in holes]

    def pieces(self, found: Iterable[object]) -> list[str]:
        pieces = self._blank.copy()
        pieces[1::2] = [
            formatters[type(value)](value, context)
            for value, formatters, context in zip(found, self._formatters, self._contexts, strict=True)
        ]
        return pieces


class _Table:
    """Rows of one table of records; those past the client's last record are always the same text."""

    def __init__(self, block: str, keys: Sequence[str]) -> None:
        self.block, self.keys = block, keys
        self.rows: dict[int, _Stretch] = {}
        self._spare: dict[int, str] = {}

    def add(self, row: int, stretch: _Stretch) -> None:
        self.rows[row] = stretch
        self._spare[row] = "".join(stretch.pieces(repeat(PAST_END, len(self.keys))))

    def pieces(self, values: Values) -> Iterator[str]:
        given = values[self.block]
        records = list(zip(*(cast(Sequence[object], given[key]) for key in self.keys), strict=True))
        if len(records) > (rows := max(self.rows) + 1):
            raise ValueError(_too_many(self.block, self.keys[0], len(records), rows))
        for row, stretch in self.rows.items():
            if row < len(records):
                yield from stretch.pieces(records[row])
            else:
                yield self._spare[row]


class Part(NamedTuple):
    """One file of the workbook with holes: stretches of text, tables of records, and the text after the last hole."""

    name: str
    runs: Sequence[_Stretch | _Table]
    tail: str

    def holes(self) -> Iterator[_Hole]:
        """All holes in order."""
        for run in self.runs:
            for stretch in run.rows.values() if isinstance(run, _Table) else (run,):
                yield from stretch.holes

    def problem(self, wanted: Slot, value: object) -> str:
        """Why the value cannot stand in a hole of this slot; "" if it can."""
        for hole in self.holes():
            try:
                if hole.slot == wanted:
                    hole.text(value)
            except (TypeError, OverflowError, ValueError) as error:
                return str(error)
        return ""


class _Reads:
    """Slots by block and by column, so that filling looks up each of them once."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        keys: dict[str, dict[str, None]] = {}
        columns: dict[tuple[str, str], dict[int, None]] = {}
        for slot in slots:
            if len(slot) == 2:
                keys.setdefault(slot[0], {})[slot[1]] = None
            else:
                columns.setdefault((slot[0], slot[1]), {})[slot[2]] = None
        self._keys = {block: list(names) for block, names in keys.items()}
        self._columns = {column: list(rows) for column, rows in columns.items()}
        order: list[Slot] = [(block, key) for block, names in self._keys.items() for key in names]
        order += [(block, key, row) for (block, key), rows in self._columns.items() for row in rows]
        self.numbers = {slot: number for number, slot in enumerate(order)}

    def find(self, values: Values) -> list[object]:
        found: list[object] = []
        for block, keys in self._keys.items():
            found.extend(map(values[block].__getitem__, keys))
        for (block, key), rows in self._columns.items():
            column = cast(Sequence[object], values[block][key])
            if len(column) > max(rows) + 1:
                raise ValueError(_too_many(block, key, len(column), max(rows) + 1))
            found.extend(column[row] if row < len(column) else PAST_END for row in rows)
        return found


class Template:
    """A workbook ready to be filled, made of its parts as `cut` gives them."""

    def __init__(self, parts: Sequence[Part | Packed]) -> None:
        self._parts = parts
        open_parts = [part for part in parts if isinstance(part, Part)]
        self._slots = list(dict.fromkeys(hole.slot for part in open_parts for hole in part.holes()))
        stretches = [run for part in open_parts for run in part.runs if isinstance(run, _Stretch)]
        self._reads = _Reads(hole.slot for stretch in stretches for hole in stretch.holes)
        numbers = self._reads.numbers
        self._numbers = {stretch: [numbers[hole.slot] for hole in stretch.holes] for stretch in stretches}

    def fill(self, values: Values, compression: Compression = "fast") -> bytes:
        """The .xlsx file with a value in each slot; the same values give the same bytes.

        None leaves a cell empty; rows past the end of a column of records are empty, their formulas show "".
        Raises ValueError that names the slot where a value is missing or cannot stand in a cell.
        """
        try:
            found = self._reads.find(values)
            return zip_bytes(
                part if isinstance(part, Packed) else self._packed(part, found, values, compression)
                for part in self._parts
            )
        except (KeyError, TypeError, OverflowError, ValueError) as error:
            raise ValueError(self._blame(values) or str(error)) from error

    def _packed(self, part: Part, found: list[object], values: Values, compression: Compression) -> Packed:
        pieces: list[str] = []
        for run in part.runs:
            if isinstance(run, _Stretch):
                pieces += run.pieces(map(found.__getitem__, self._numbers[run]))
            else:
                pieces += run.pieces(values)
        pieces.append(part.tail)
        return pack(part.name, "".join(pieces).encode(), compression)

    def _blame(self, values: Values) -> str:
        """The first slot without a value that can stand in its place."""
        for slot in self._slots:
            block, key, *row = slot
            if key not in values.get(block, {}):
                return f"{_words(slot)}: no value is given; each slot needs one (None leaves it empty)"
            value = values[block][key]
            if row:
                if not isinstance(value, Sequence):
                    return f"{block}, {key}: expected a column of values, found {value!r}"
                value = value[row[0]] if row[0] < len(value) else PAST_END
            for part in self._parts:
                if isinstance(part, Part) and (problem := part.problem(slot, value)):
                    return f"{_words(slot)} in {part.name}: {problem}"
        return ""


def _too_many(block: str, key: str, records: int, rows: int) -> str:
    return f"{block}, {key}: {records} rows for a template that holds {rows}"


def _words(slot: Slot) -> str:
    block, key, *row = slot
    return f"{block}, {key}" + (f", row {row[0] + 1}" if row else "")


def cut(parts: Mapping[str, bytes], slots: Slots) -> list[Part | Packed]:
    """Cut the files of a workbook, or of one sheet, at the tokens; a file without any is deflated here, once.

    Raises ValueError for a slot that stands nowhere, and for one in a formula, a name, a sheet title or a rule:
    a client's text is never any of these.
    """
    asked = list(slots)
    made = [_cut(name, content, asked) for name, content in parts.items()]
    placed = {hole.slot for part in made if isinstance(part, Part) for hole in part.holes()}
    if lost := [_words(slot) for slot in asked if slot not in placed]:
        raise ValueError(f"slots that stand nowhere in the workbook: {'; '.join(lost)}")
    return made


def _cut(name: str, content: bytes, slots: Sequence[Slot]) -> Part | Packed:
    xml = _AS_NUMBER.sub(r"@@\1@@", content.decode())
    texts, holes, done = [], [], 0
    for token in _TOKEN.finditer(xml):
        start, hole, end = _hole(name, xml, token, slots[int(token[1])])
        texts.append(xml[done:start])
        holes.append(hole)
        done = end
    return Part(name, _runs(texts, holes), xml[done:]) if holes else pack(name, content)


def _runs(texts: Sequence[str], holes: Sequence[_Hole]) -> list[_Stretch | _Table]:
    """The rows of each table of records together; what is between them are stretches of other holes."""
    if all(len(hole.slot) == 2 for hole in holes):
        return [_Stretch(texts, holes)]
    runs: list[_Stretch | _Table] = []
    for record, places in groupby(range(len(holes)), lambda place: _record(holes, place)):
        inside = list(places)
        stretch = _Stretch([texts[place] for place in inside], [holes[place] for place in inside])
        if record is None:
            runs.append(stretch)
            continue
        block, row = record
        keys = [hole.slot[1] for hole in stretch.holes]
        last = runs[-1] if runs else None
        if isinstance(last, _Table) and (last.block, last.keys) == (block, keys):
            last.add(row, stretch)
        else:
            table = _Table(block, keys)
            table.add(row, stretch)
            runs.append(table)
    return runs


def _record(holes: Sequence[_Hole], place: int) -> tuple[str, int] | None:
    """The block and row of a hole that stands among others of the same record."""
    slot = holes[place].slot
    if len(slot) == 2:
        return None
    near = [holes[each].slot for each in (place - 1, place + 1) if 0 <= each < len(holes)]
    beside = any(len(other) == 3 and (other[0], other[2]) == (slot[0], slot[2]) for other in near)
    return (slot[0], slot[2]) if beside else None


def _hole(name: str, xml: str, token: re.Match[str], slot: Slot) -> tuple[int, _Hole, int]:
    """The hole that a token makes, and from where to where it goes: the value decides on what stands around it."""
    start, end = token.span()
    opened = xml.rfind("<", 0, start)
    if xml.startswith(("<v>", "<t>", "<t "), opened):
        cell = max(xml.rfind("<c r=", 0, opened), 0)
        if (found := _CELL.fullmatch(xml, cell, start)) and (after := _length(xml, end, _CELL_ENDS)):
            return found.end(1), _Hole(slot, CELL, found[2] or ""), end + after
        point = xml.rfind("<pt idx=", 0, opened)
        if point >= 0 and xml.find(">", point) == opened - 1 and xml.startswith(_POINT_ENDS, end):
            return point, _Hole(slot, POINT, (xml[point:start], _POINT_ENDS)), end + len(_POINT_ENDS)
    if xml.endswith(_HEIGHT, 0, start):
        return start - len(_HEIGHT), _Hole(slot, HEIGHT, None), end + _length(xml, end, _HEIGHT_ENDS)
    return start, _text_hole(name, xml, token, slot), end


def _length(xml: str, at: int, wanted: Sequence[str]) -> int:
    return next((len(each) for each in wanted if xml.startswith(each, at)), 0)


def _text_hole(name: str, xml: str, token: re.Match[str], slot: Slot) -> _Hole:
    opened, closed = xml.rfind("<", 0, token.start()), xml.rfind(">", 0, token.start())
    element = re.split(r"[\s>]", xml[opened + 1 : token.start()], maxsplit=1)[0].rpartition(":")[2]
    if closed < opened or element not in _MAY_HOLD_TEXT:
        raise ValueError(f"{name}: a slot stands in <{element}>, where a client's text must not come")
    shared = unescape(xml[closed + 1 : xml.index("<", token.end())])
    fixed, count = _TOKEN.subn("", shared)
    formatters: Any = FOOTER if element == "oddFooter" else TEXT
    longest = LONGEST_FOOTER if element == "oddFooter" else LONGEST_TEXT
    return _Hole(slot, formatters, (longest - len(fixed)) // count)
