"""What is still held, as a table: one row per lot, or one a company where there are many; and the figures by year."""

from __future__ import annotations

from typing import Final

from engine.federal.stock import exercises, line_2i
from engine.language.expressions import Amount, Count, Flag, Text, join, number, pick, sum_of, text, when
from engine.language.lines import Line
from engine.language.nodes import Column, Kind, Leaf, Node, Op, Operation
from engine.language.roles import Role

from ..contents.book_summary import stage_key
from ..contents.of_years import NOT_YET
from .happened import owed_in, used_in
from .writing import NOTHING, Writer

MOST_ROWS: Final = 12  # lots; more are added up by company
BY_COMPANY: Final = "held_by_company"  # "yes" where a row is a company
BASIS: Final = (  # what is shown of a row, and of the rows that are not shown
    ("shares", line_2i.shares_left, "left"),
    ("regular", line_2i.regular_left, "regular left"),
    ("AMT", line_2i.amt_left, "AMT left"),
)


def write_table_by_year(letter: Writer) -> None:
    """Spread, AMT, credit used and left of each year; words while a year is not computed."""
    for year in letter.shape.years:
        known = letter.known(year)
        for key, amount in (
            ("AMT", owed_in(letter, year)),
            ("used", used_in(letter, year)),
            ("left", letter.book[f"still {year}"]),
        ):
            _shown(letter, f"{year} {key} shown", when(known, amount, Amount(NOT_YET.node)).node)
        _shown(letter, f"{year} spread shown", letter.of(year, Role.EXERCISES).node)
        letter.part(f"{year} stage", join(letter.book.word(stage_key(year)), ""))
    spreads = (letter.of(year, Role.EXERCISES) for year in letter.shape.years)
    letter.line("spread all", "ISO spread, all years", sum_of(*spreads))


def _shown(letter: Writer, key: str, node: Node) -> None:
    """A figure of a table, or words in its place."""
    letter.form.add(Line(Leaf(letter.form.sheet, key, settled=True), "Shown in a table", expression=node))


def write_held_table(letter: Writer) -> None:
    """The heading, then row by row what stands in the columns."""
    last = letter.shape.last
    heading = letter.by_stage(last, *("What you still hold",) * 2, f"What you would hold at the end of {last}")
    letter.head_if("held head", heading, letter.form["left"] > 0)
    by_company = Text(letter.made(BY_COMPANY)).equals("yes")
    for place in range(MOST_ROWS):
        _row(letter, place, by_company)
    for key, _, total in BASIS:
        shown = sum_of(*(Amount(Leaf(letter.form.sheet, f"held {place} {key}")) for place in range(MOST_ROWS)))
        letter.form.working(f"held others {key}", "Of shares beyond the table", letter.form[total] - shown)


def write_below_held(letter: Writer) -> None:
    """What both bases are for."""
    words = text(
        "Keep both bases until you sell: the regular one goes on Form 8949, the AMT one on the copy of it that you "
        "keep."
    )
    letter.tell("both bases", words, letter.form["left"] > 0)


def _row(letter: Writer, place: int, by_company: Flag) -> None:
    lot = Count(letter.made(f"held_{place}", Kind.COUNT))
    company = letter.made(f"held_company_{place}")
    there, key = lot > 0, f"held {place}"
    _shown(
        letter,
        f"{key} employer",
        when(there, when(by_company, Text(company), join("", pick(exercises.employer, lot))), NOTHING).node,
    )
    lot_id = when(by_company, text("all lots"), pick(exercises.exercise_id, lot))
    _shown(letter, f"{key} lot", when(there, lot_id, NOTHING).node)
    since = when(by_company, text("see Exercises"), Text(pick(exercises.first_day, lot).node))
    _shown(letter, f"{key} since", when(there, since, NOTHING).node)
    for name, column, _ in BASIS:
        amount = Amount(pick(column, lot).node)
        of_company = Amount(Operation(Op.TOTAL_SAME, (_column(column.node), _column(exercises.employer.node), company)))
        letter.form.working(
            f"{key} {name}", "Shown in a table", when(there, when(by_company, of_company, amount), number("0"))
        )


def _column(node: Node) -> Column:
    assert isinstance(node, Leaf)
    return Column(node)
