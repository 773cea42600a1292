"""How wide the columns and how high the rows of a record table are for a client's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from engine.language.nodes import Kind

from ...xlsx.paper import pages_of_rows
from ...xlsx.text_fit import figure_width, lines_needed, row_height
from .record_spec import GROUP_ROW, HEAD_ROW, Spec
from .record_table import TOP, has_width_of_client, height_slot, width_slot

ONE_LINE: Final = 17.5  # points
SIZE: Final = 10.0  # of the largest figures of a row
WORDS: Final = 9  # points, of the words of a row
LONGEST_LOT: Final = 10.0  # characters; a longer name wraps
NEVER_CENTS: Final = (Kind.SHARES,)
MARGIN: Final = 0.4  # inches, left and right
TableValues = Mapping[str, Sequence[Any]]


def table_layout(spec: Spec, records: TableValues, *, cents: bool) -> Iterator[tuple[str, Any]]:
    """The values of the slots of widths (characters; None hides a column) and heights (points) of a table."""
    widths = {
        name: _width(spec, name, width, records, cents=cents)
        for name, width in spec.printed.items()
        if has_width_of_client(spec, name)
    }
    widths |= _frozen(spec, records)
    yield from ((width_slot(spec, name)[1], width) for name, width in widths.items())
    yield height_slot(spec.table, 0)[1], _heights(spec, records, widths)


def table_pages(spec: Spec, layout: Mapping[str, Any], years: int) -> int:
    """How many printed pages a table takes, from the values of its widths and heights."""
    widths = [layout.get(width_slot(spec, name)[1], width) for name, width in spec.printed.items()]
    between = [ONE_LINE] * spec.above(years) + [row_height(lines_needed(spec.note, sum(spec.widths), 9), 9)]
    rows = [*TOP.values(), *between, *layout[height_slot(spec.table, 0)[1]]]
    return pages_of_rows(widths, [TOP[GROUP_ROW], TOP[HEAD_ROW]], rows, margin=MARGIN)


def _width(spec: Spec, name: str, least: float, records: TableValues, *, cents: bool) -> float | None:
    together = next((each for each in spec.optional if name in each), None)
    if together and not any(_is_filled(spec, each, records) for each in together):
        return None
    kind = spec.columns[name].leaf.kind
    if kind not in (Kind.MONEY, Kind.PRICE, Kind.SHARES):
        return least
    digits = 2 if kind is Kind.PRICE or (cents and kind is Kind.MONEY) else 0
    values = [value for value in _column(spec, name, records) if value is not None]
    total = [sum(values, Decimal(0))] if name in spec.totals else []
    return figure_width((_shown(value, kind, digits) for value in (*values, *total)), least, SIZE, bold=bool(total))


def _frozen(spec: Spec, records: TableValues) -> dict[str, float]:
    """A longer name of a lot takes its room from the employer, whose words wrap: a phone shows 16 characters."""
    if not spec.frozen:
        return {}
    lot, employer = spec.frozen
    least, usual = spec.printed[lot], spec.printed[employer]
    wide = min(figure_width(_texts(spec, lot, records), least, WORDS), LONGEST_LOT)
    word = figure_width((word for text in _texts(spec, employer, records) for word in text.split()), 0.0, WORDS)
    return {lot: wide, employer: min(usual, max(least + usual - wide, word))}


def _texts(spec: Spec, name: str, records: TableValues) -> list[str]:
    return [str(value or "") for value in _column(spec, name, records)]


def _shown(value: Decimal, kind: Kind, digits: int) -> str:
    """A figure at its widest: with its sign, and $ or sh, which the first row and the total have."""
    figure = f"{abs(value):,.{digits}f}"
    figure = f"{figure} sh" if kind is Kind.SHARES else f"${figure}"
    return f"({figure})" if value < 0 else figure


def _is_filled(spec: Spec, name: str, records: TableValues) -> bool:
    """Tell a column in which some row has something, and not what a blank stands for."""
    usual = spec.usual.get(name)
    return any(value not in (None, "", usual) for value in _column(spec, name, records))


def _column(spec: Spec, name: str, records: TableValues) -> Sequence[Any]:
    return records[spec.columns[name].key]


def _heights(spec: Spec, records: TableValues, widths: Mapping[str, float | None]) -> list[float]:
    """Of each record: that of the words with the most lines."""
    words = [name for name in (*spec.printed, "why") if spec.columns[name].leaf.kind is Kind.TEXT]
    texts = [
        (_column(spec, name, records), widths.get(name) or spec.width_of(name), name == spec.chip) for name in words
    ]
    heights = []
    for place in range(len(_column(spec, words[0], records))):
        lines = max(lines_needed(str(column[place] or ""), width, WORDS, bold) for column, width, bold in texts)
        heights.append(ONE_LINE if lines == 1 else row_height(lines, WORDS))
    return heights
