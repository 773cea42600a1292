"""A workbook drawn once with holes and filled many times: filling joins strings and deflates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat, zip_longest
from typing import NamedTuple, cast

from .cell_xml import PAST_END, Formatter
from .zip_writer import Compression, Packed, pack, zip_bytes

Slot = tuple[str, str] | tuple[str, str, int]  # (block, key), or (block, key, row) in a column of records
Values = Mapping[str, Mapping[str, object]]  # block -> key -> value, or the column's sequence of values


class Hole(NamedTuple):
    """A place that a client's value takes."""

    slot: Slot
    formatters: Mapping[type, Formatter]
    context: object  # what the formatters need: a formula, the room for text, the ends of a chart's point

    def text(self, value: object) -> str:
        """The value as it is here; TypeError, OverflowError or ValueError where it cannot."""
        return self.formatters[type(value)](value, self.context)


class Stretch:
    """Holes, each with the text before it."""

    def __init__(self, texts: Sequence[str], holes: Sequence[Hole]) -> None:
        self.holes = holes
        self._blank = [""] * (2 * len(holes))
        self._blank[::2] = texts
        self._formatters = [hole.formatters for hole in holes]
        self._contexts = [hole.context for hole in holes]

    def pieces(self, found: Iterable[object]) -> list[str]:
        """The texts with the values between, in order."""
        pieces = self._blank.copy()
        pieces[1::2] = [
            formatters[type(value)](value, context)
            for value, formatters, context in zip(found, self._formatters, self._contexts, strict=True)
        ]
        return pieces


class TableRows:
    """Rows of one table of records; those past the client's last record are always the same text."""

    def __init__(self, block: str, keys: Sequence[str]) -> None:
        self.block, self.keys = block, keys
        self.rows: dict[int, Stretch] = {}
        self._spare: dict[int, str] = {}

    def add(self, row: int, stretch: Stretch) -> None:
        """Add the holes of one row, counted from 0."""
        self.rows[row] = stretch
        self._spare[row] = "".join(stretch.pieces(repeat(PAST_END, len(self.keys))))

    def pieces(self, values: Values) -> Iterator[str]:
        """All rows; a column that ends before the others is empty from there on."""
        columns = (_column(values, self.block, key) for key in self.keys)
        records = list(zip_longest(*columns, fillvalue=PAST_END))
        for row, stretch in self.rows.items():
            if row < len(records):
                yield from stretch.pieces(records[row])
            else:
                yield self._spare[row]


class TemplatePart(NamedTuple):
    """One file of the workbook with holes: stretches of text, tables of records, and the text after the last hole."""

    name: str
    runs: Sequence[Stretch | TableRows]
    tail: str

    def holes(self) -> Iterator[Hole]:
        """All holes in order."""
        for run in self.runs:
            for stretch in run.rows.values() if isinstance(run, TableRows) else (run,):
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
            column = _column(values, block, key)
            found.extend(column[row] if row < len(column) else PAST_END for row in rows)
        return found


class Template:
    """A workbook ready to be filled, made of its parts as `cut` gives them."""

    def __init__(self, parts: Sequence[TemplatePart | Packed]) -> None:
        self._parts = parts
        open_parts = [part for part in parts if isinstance(part, TemplatePart)]
        self._slots = list(dict.fromkeys(hole.slot for part in open_parts for hole in part.holes()))
        stretches = [run for part in open_parts for run in part.runs if isinstance(run, Stretch)]
        self._reads = _Reads(hole.slot for stretch in stretches for hole in stretch.holes)
        self._capacity: dict[tuple[str, str], int] = {}  # rows that a column of records has
        for block, key, row in (slot for slot in self._slots if len(slot) == 3):
            self._capacity[block, key] = max(row + 1, self._capacity.get((block, key), 0))
        numbers = self._reads.numbers
        self._numbers = {stretch: [numbers[hole.slot] for hole in stretch.holes] for stretch in stretches}

    def fill(self, values: Values, compression: Compression = "fast") -> bytes:
        """The .xlsx file with a value in each slot; the same values give the same bytes.

        None leaves a cell empty; rows past the end of a column of records are empty, their formulas show "".
        Raises ValueError that names the slot where a value is missing or cannot stand in a cell.
        """
        try:
            self._hold(values)
            found = self._reads.find(values)
            return zip_bytes(
                part if isinstance(part, Packed) else self._packed(part, found, values, compression)
                for part in self._parts
            )
        except (KeyError, TypeError, OverflowError, ValueError) as error:
            raise ValueError(self._blame(values) or str(error)) from error

    def _hold(self, values: Values) -> None:
        for (block, key), rows in self._capacity.items():
            if (length := len(_column(values, block, key))) > rows:
                raise ValueError(f"{block}, {key}: {length} rows for a template that holds {rows}")

    def _packed(self, part: TemplatePart, found: list[object], values: Values, compression: Compression) -> Packed:
        pieces: list[str] = []
        for run in part.runs:
            if isinstance(run, Stretch):
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
                return f"{words(slot)}: no value is given; each slot needs one (None leaves it empty)"
            value = values[block][key]
            if row:
                if not isinstance(value, Sequence):
                    return f"{block}, {key}: expected a column of values, found {value!r}"
                value = value[row[0]] if row[0] < len(value) else PAST_END
            for part in self._parts:
                if isinstance(part, TemplatePart) and (problem := part.problem(slot, value)):
                    return f"{words(slot)} in {part.name}: {problem}"
        return ""


def _column(values: Values, block: str, key: str) -> Sequence[object]:
    return cast(Sequence[object], values[block][key])


def words(slot: Slot) -> str:
    """A slot in words, for an error."""
    block, key, *row = slot
    return f"{block}, {key}" + (f", row {row[0] + 1}" if row else "")
