"""The $100,000 limit, where grants are on record."""

from __future__ import annotations

from engine.language.expressions import Text, text, when

from ...contents.records.grant_summary import limit_line
from ..writing import Writer, money, say


def ask_on_limit(letter: Writer) -> None:
    """The rule, then each year in which options become exercisable for the first time."""
    rule = say(
        "Options that become exercisable for the first time in a year are incentive stock options for ",
        money(letter.book["grants limit"]),
        " of stock and no more, at its value on the day of the grant. The limit is that of one employer with its "
        "parent and subsidiaries, and the oldest grants come first (section 422(d)). Options that you never used "
        "count too, also where they lapsed once they could be exercised. The sheet Grants has each of them.",
    )
    letter.ask("limit", "Which of my options are incentive stock options?", rule)
    for year in letter.shape.years:
        letter.tell(f"limit {year}", _of_year(letter, year), letter.book[limit_line("value", year)] > 0)


def _of_year(letter: Writer, year: int) -> Text:
    first, within, above = (letter.book[limit_line(name, year)] for name in ("value", "iso", "nso"))
    over = say(
        " Of it ",
        money(within),
        " is within the limit. What is above, ",
        money(above),
        ", is nonqualified, whatever the agreement calls it: its spread at exercise is wages, and it has no line on "
        "Form 6251.",
    )
    fine = text(" All of it is within the limit.")
    became = text(f"{year}: options became exercisable for the first time for stock worth ")
    return say(became, money(first), " on the days of the grants.", when(above > 0, over, fine))
