"""What comes back this year, and what goes on to the next: credit and capital losses."""

from __future__ import annotations

from engine.federal.tax_year import law_of, tax_year
from engine.language.expressions import join, text, when, years_ago
from engine.language.lines import line_of

from .writing import Writer, money, say


def write_credit_used(memo: Writer, year: int) -> None:
    """Form 8801 lines 21 to 26: what was there, what the room was, what is left."""
    available, room, used, left = (memo.of(year, "f8801", line) for line in ("21", "24", "25", "26"))
    credit_line = tax_year(year).found_on.credit
    some = say(
        "Regular tax was above the tentative minimum tax by ",
        money(room),
        " (line 24), so ",
        when(left > 0, text("that much"), text("all of it")),
        " comes back: ",
        money(used),
        f" (line 25; to {credit_line}). ",
        money(left),
        f" goes on to {year + 1} (line 26).",
    )
    none = say(
        "Regular tax, after other credits, was not above the tentative minimum tax, so none of it can be used this "
        "year. ",
        money(left),
        f" goes on to {year + 1} (line 26).",
    )
    words = say(
        "Credit for AMT of earlier years (Form 8801, to be filed with the return): ",
        money(available),
        " was available (line 21). ",
        when(used > 0, some, none),
    )
    memo.tell(f"{year} credit", words, memo.ready(year) & (available > 0))


def write_credit_made(memo: Writer, year: int) -> None:
    """What this year's AMT gives on next year's line 18, and what of it never comes back."""
    owed, back = memo.of(year, "f6251", "11"), memo.shape.last - year - 1
    made, excluded = (years_ago(line_of("f8801", line), back) for line in ("18", "17"))
    by_form = join(f" (Form 8801 for {year + 1}, line 18)")
    lasting = say(
        money(excluded),
        " of it would be due without any timing difference, because of items such as the standard deduction or taxes "
        "deducted, and makes no credit (line 17).",
    )
    words = say(
        "The AMT of ",
        money(owed),
        " makes a credit of ",
        money(made),
        by_form,
        f", first usable in {year + 1}. ",
        when(
            excluded > 0,
            lasting,
            text("All of it comes from timing: the AMT counts income earlier than regular tax does."),
        ),
    )
    taken = say(
        "Items that make no credit, such as the standard deduction, would alone have made AMT of ",
        money(excluded),
        ", more than the ",
        money(owed),
        " of this year. The difference of ",
        money(-made),
        " is taken off your credit",
        by_form,
        ".",
    )
    nothing = say(
        "None of the AMT of ", money(owed), " makes a credit: it comes from items such as the standard deduction."
    )
    some = when(made > 0, words, when(made < 0, taken, nothing))
    memo.tell(f"{year} made", some, memo.ready(year) & ((owed > 0) | ~made.equals(0)))


def write_losses(memo: Writer, year: int) -> None:
    """Capital losses carried out, in both systems."""
    regular = memo.line(
        f"{year} regular loss",
        f"Regular capital loss carried out of {year}",
        memo.of(year, "carryover", "8") + memo.of(year, "carryover", "13"),
    )
    amt = memo.line(
        f"{year} AMT loss",
        f"AMT capital loss carried out of {year}",
        memo.of(year, "amt_carryover", "8") + memo.of(year, "amt_carryover", "13"),
    )
    limit = law_of(memo.shape.last - year).loss_limit
    words = say(
        "Capital losses above gains count only up to ",
        money(limit),
        f" a year, in each system for itself. Carried on to {year + 1}: ",
        when(regular > 0, money(regular), text("nothing")),
        " for regular tax, ",
        when(amt > 0, money(amt), text("nothing")),
        " for the AMT.",
    )
    memo.tell(f"{year} losses", words, memo.ready(year) & ((regular > 0) | (amt > 0)))
