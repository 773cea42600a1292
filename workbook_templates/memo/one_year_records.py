"""What the records say of a year: exercises and line 2i, sales and their results."""

from __future__ import annotations

from engine.expressions import Flag, Text, join, text, when
from engine.forms import exercises, line_2i, sales

from .writing import Writer, added_up, counted, if_so, money, reason, result, say

KEPT = ("Value over price", "Part sold", "83(b)", "DIFFERS")
AT_VEST, EQUAL, NONQUALIFIED, UNDERWATER = "Unvested", "Value equals", "Nonqualified", "Underwater"


def because(*starts: str) -> list[Flag]:
    """Tests on the reason that Exercises gives for a lot."""
    return [line_2i.why.equals(reason(line_2i.why, start)) for start in starts]


def sold_because(*starts: str) -> list[Flag]:
    """Tests on the reason that Sales gives for a row."""
    return [sales.why.equals(reason(sales.why, start)) for start in starts]


def write_exercises(memo: Writer, year: int) -> None:
    """What is on line 2i and why, then what is not and why."""
    in_year = exercises.year_included.equals(year)
    line_2i_of_year = memo.of(year, "f6251", "2i")

    def ways(*starts: str) -> list[tuple[Flag, ...]]:
        return [(test, in_year) for test in because(*starts)]

    shares = exercises.shares
    kept = memo.sum(f"{year} kept", f"Shares on line 2i, {year}", line_2i.held, *ways(*KEPT))
    vested = memo.sum(f"{year} vested", f"Shares measured at vest, {year}", line_2i.held, *ways(AT_VEST))
    at_vest = memo.sum(f"{year} at vest", f"Line 2i, measured at vest, {year}", line_2i.adjustment, *ways(AT_VEST))
    in_vest_year = memo.sum(f"{year} of sold", f"Line 2i, sold in the year of vest, {year}", line_2i.of_sold, (in_year,))
    others = memo.line(f"{year} at exercise", f"Line 2i, other lots, {year}", line_2i_of_year - at_vest - in_vest_year)
    _at_exercise(memo, year, kept, others)
    _at_vest(memo, year, vested, at_vest, line_2i_of_year)
    memo.tell(
        f"{year} of sold told",
        say(
            money(in_vest_year),
            " of line 2i comes from shares that vested this year and were sold this year after both holding periods: "
            "the spread up to the gain. The law does not settle this case in words; the figure is provisional.",
        ),
        in_vest_year > 0,
    )
    elected = memo.sum(f"{year} elected", f"Shares with an 83(b) election, {year}", shares, (exercises.election_83b.equals("yes"), in_year))
    memo.tell(
        f"{year} elected told",
        say(
            "For ",
            counted(elected, "share"),
            " you filed an 83(b) election, so they are measured on the day of exercise and not on the day they vest.",
        ),
        elected > 0,
    )
    _adds_nothing(memo, year)
    all_shares = memo.sum(f"{year} all shares", f"Shares measured in {year}", shares, (in_year,))
    memo.tell(
        f"{year} no exercise",
        text(f"You exercised no options that count for {year}, so nothing goes on Form 6251, line 2i."),
        all_shares.equals(0),
    )


def _at_exercise(memo: Writer, year: int, kept: object, amount: object) -> None: ...
