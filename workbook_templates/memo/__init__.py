"""The memo: what a preparer would write for the file, every number in it a live formula over the forms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

from ..contents.book_summary import KEPT
from ..drawing.layout import BOOK, Shape
from ..xlsx.text_fit import lines_needed, row_height
from .answers import write_answers
from .closing import write_closing, write_opening
from .grants import write_limit
from .one_year import write_year
from .open_items import SIZE, WIDTH
from .writing import PROSE, QUESTION, Writer

MEMO: Final = "memo"  # the block of values of this sheet


def memo(shape: Shape) -> Writer:
    """The memo of a shape: its lines in order of calculation, its rows in order of reading."""
    return _written(shape.span)


@lru_cache(maxsize=KEPT)
def _written(shape: Shape) -> Writer:
    writer = Writer(shape)
    write_opening(writer)
    for year in shape.years:
        write_year(writer, year)
    if shape.grant_rows:
        write_limit(writer)
    write_answers(writer)
    write_closing(writer)
    return writer


def compiled_memo(shape: Shape) -> Figure:
    """Figure the memo from all years, the last one (with the book's lines) first, then the year after the last."""
    return _compiled(shape.span)


@lru_cache(maxsize=KEPT)
def _compiled(shape: Shape) -> Figure:
    return compile_lines(memo(shape).form.lines, AMOUNTS)


def memo_values(shape: Shape, blocks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The memo's lines, and the height of each row in points: None hides a row that has nothing to say."""
    years = [blocks[str(year)] for year in reversed(shape.years)]
    rows = {key: Decimal(count) for key, count in years[0].items() if key.startswith("options.") and type(count) is int}
    years[0] = {**years[0], **blocks[BOOK], **rows}
    values = compiled_memo(shape)(*years, blocks[str(shape.last + 1)])
    return values | {height_key(row.key): _height(values[f"memo.{row.key}"], row.style) for row in memo(shape).told()}


def height_key(key: str) -> str:
    """The slot of a row's height."""
    return f"height {key}"


def _height(words: str, style: str) -> float | None:
    if not words:
        return None
    lines = lines_needed(words, WIDTH, SIZE, bold=style == QUESTION)
    return row_height(lines, SIZE, prose=style == PROSE)
