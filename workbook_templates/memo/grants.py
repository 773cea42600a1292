"""The $100,000 limit in the memo, where grants are on record."""

from __future__ import annotations

from engine.language.expressions import Text, text, when

from ..contents.records.grant_summary import limit_line
from .writing import Writer, money, say


def write_limit(memo: Writer) -> None:
    """The rule, then each year in which options become exercisable for the first time."""
    memo.head("Which of your options are incentive stock options")
    rule = say(
        "Options that become exercisable for the first time in a year are incentive stock options for $",
        money(memo.book["grants limit"]),
        " of stock and no more, at its value on the day of the grant. The limit is that of one employer with its "
        "parent and subsidiaries, and the oldest grants come first (section 422(d)). Options that you never used "
        "count too, also where they lapsed once they could be exercised. The sheet Grants has each of them.",
    )
    memo.tell("limit", rule)
    for year in memo.shape.years:
        memo.tell(f"limit {year}", _of_year(memo, year), memo.book[limit_line("value", year)] > 0)


def _of_year(memo: Writer, year: int) -> Text:
    first, within, above = (memo.book[limit_line(name, year)] for name in ("value", "iso", "nso"))
    over = say(
        " Of it ",
        money(within),
        " is within the limit. What is above, ",
        money(above),
        ", is nonqualified, whatever the agreement calls it: its spread at exercise is wages, and it has no line on "
        "Form 6251.",
    )
    fine = text(" All of it is within the limit.")
    return say(
        "Options for stock worth ",
        money(first),
        f" on the days of the grants became exercisable for the first time in {year}.",
        when(above > 0, over, fine),
    )
