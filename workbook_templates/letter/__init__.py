"""Summary, letter and questions in words: what a preparer would write, every number in it a live formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from engine.clients.projection import Projection
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

from ..contents.book_summary import KEPT
from ..contents.plan.start import starting_point
from ..drawing.layout import BOOK, Shape
from .exercised import write_exercises, write_short
from .happened import write_came_back, write_held, write_to_file, write_verdict, write_why
from .held import write_below_held, write_held_table, write_table_by_year
from .named_at_build import named_at_build
from .opening import write_credit, write_in_short, write_pace, write_reasons, write_subject
from .page_rows import PageRow, Sections, breaks, heights, page_rows
from .questions import write_questions
from .questions.question_rows import question_breaks, question_heights
from .sold import write_sold
from .summary_figures import write_figures
from .summary_rows import write_rows
from .sums import add_sums
from .to_do import write_before_year_end, write_relied, write_to_do
from .writing import LetterRow, Writer

LETTER: Final = "letter"  # the block of values of these sheets
BREAKS: Final = "page breaks"
PAGES: Final = "letter pages"
QUESTION_BREAKS: Final = "page breaks of questions"


class Correspondence(NamedTuple):
    """The lines of a shape in order of calculation, and the rows of Letter and Questions in order of reading."""

    writer: Writer
    letter: Sequence[PageRow]
    questions: Sequence[LetterRow]


def letter(shape: Shape) -> Correspondence:
    """What is written for a shape: it depends on its years, and on whether there are grants."""
    return _written(shape.span)


@lru_cache(maxsize=KEPT)
def _written(shape: Shape) -> Correspondence:
    writer = Writer(shape)
    add_sums(writer)
    _write_summary(writer)
    sections = Sections(
        _section(writer, write_subject, write_in_short),
        _section(writer, write_reasons, write_table_by_year, write_credit),
        _section(writer, write_pace, write_exercises, write_short, write_sold),
        _section(writer, write_held_table),
        _section(writer, write_below_held, write_to_do),
        _section(writer, write_relied),
    )
    questions = _section(writer, write_questions)
    return Correspondence(writer, page_rows(shape, sections), questions)


def _section(writer: Writer, *parts: Any) -> list[LetterRow]:
    rows = writer.begin()
    for write in parts:
        write(writer)
    return rows


def _write_summary(writer: Writer) -> None:
    for write in (write_verdict, write_why, write_figures, write_came_back, write_held, write_to_file):
        write(writer)
    write_before_year_end(writer)
    write_rows(writer)


def compiled_letter(shape: Shape) -> Figure:
    """Compute the lines from all years, the last one (with the book's lines) first, then the year after the last."""
    return _compiled(shape.span)


@lru_cache(maxsize=KEPT)
def _compiled(shape: Shape) -> Figure:
    return compile_lines(letter(shape).writer.form.lines, AMOUNTS)


def letter_values(
    shape: Shape, blocks: Mapping[str, Mapping[str, Any]], projection: Projection, rests: Mapping[str, str]
) -> dict[str, Any]:
    """All lines, the height of each row in points (None hides it), and where the pages of the letter end."""
    years = [blocks[str(year)] for year in reversed(shape.years)]
    made = named_at_build(projection, rests, starting_point(projection))
    rows = {key: Decimal(count) for key, count in years[0].items() if key.startswith("options.") and type(count) is int}
    years[0] = {**years[0], **blocks[BOOK], **rows, **made, "plan.says": blocks[BOOK]["plan says"]}
    values = {**made, **compiled_letter(shape)(*years, blocks[str(shape.last + 1)])}
    written, client = letter(shape), projection.client
    typed = {
        "firm": client.firm,
        "letter_date": client.letter_date,
        "client_name": client.name,
        "client_address": client.client_address,
        "salutation": client.salutation,
    }
    points = heights(written.letter, values, typed)
    ends = breaks(written.letter, points)
    asked = question_heights(written.questions, values)
    told = {height_key(key): value for key, value in {**points, **asked}.items()}
    pages = {BREAKS: tuple(ends), PAGES: len(ends) + 1}
    return values | typed | told | pages | {QUESTION_BREAKS: tuple(question_breaks(written.questions, asked))}


def height_key(key: str) -> str:
    """The slot of a row's height."""
    return f"height {key}"
