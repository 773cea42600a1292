"""What the records say of the exercises of a year: what is on line 2i and why, what is not and why."""

from __future__ import annotations

from engine.federal.stock import exercises, line_2i
from engine.language.expressions import Flag, join, text, when
from engine.language.reasons import Reason
from engine.language.roles import Role

from .writing import Writer, counted, if_so, money, say

Ways = list[tuple[Flag, ...]]
KEPT = (line_2i.WHOLE_SPREAD, line_2i.PART_SOLD, line_2i.ELECTED, line_2i.OVERSOLD)


def because(*reasons: Reason) -> Ways:
    """Rows of Exercises by the reason that stands there."""
    return [(line_2i.why.gives(each),) for each in reasons]


def write_exercises(memo: Writer, year: int) -> None:
    """What is on line 2i and why, then what is not and why."""
    in_year = exercises.year_included.equals(year)
    _at_exercise(memo, year, in_year)
    _of_sold(memo, year)
    _worth_less(memo, year, in_year)
    _worth_the_same(memo, year, in_year)
    _sold_at_once(memo, year, in_year)
    _nonqualified(memo, year, in_year)
    every = memo.sum(f"{year} measured", f"Shares measured in {year}", exercises.shares, (in_year,))
    nothing = text(
        f"You exercised no options that count for {year}, so nothing goes on Form 6251, {memo.iso_line(year)}."
    )
    memo.tell(f"{year} no exercise", nothing, every.equals(0))


def _of(ways: Ways, in_year: Flag) -> Ways:
    return [(*tests, in_year) for tests in ways]


def _at_exercise(memo: Writer, year: int, in_year: Flag) -> None:
    """Shares kept, measured at exercise, then those that had not vested, measured at vest."""
    at_vest = _of(because(line_2i.UNVESTED), in_year)
    kept = memo.sum(
        f"{year} kept", f"Shares on {memo.iso_line(year)} of {year}", line_2i.held, *_of(because(*KEPT), in_year)
    )
    vested = memo.sum(f"{year} vested", f"The same, measured at vest, {year}", line_2i.held, *at_vest)
    by_vest = memo.sum(
        f"{year} by vest",
        f"{memo.iso_line(year).capitalize()} of {year}, measured at vest",
        line_2i.adjustment,
        *at_vest,
    )
    by_sold = memo.sum(
        f"{year} by sold",
        f"{memo.iso_line(year).capitalize()} of {year}, sold in the year of vest",
        line_2i.of_sold,
        (in_year,),
    )
    whole = memo.of(year, Role.EXERCISES)
    others = memo.line(
        f"{year} by exercise", f"{memo.iso_line(year).capitalize()} of {year}, the rest", whole - by_vest - by_sold
    )
    words = say(
        "You exercised incentive stock options and kept ",
        counted(kept, "share"),
        f" past the end of {year}. On the day of exercise they were worth ",
        money(others),
        " more than you paid. Regular income tax leaves that gain alone until you sell; the AMT counts it now. So ",
        money(others),
        f" goes on Form 6251, {memo.iso_line(year)}.",
    )
    memo.tell(f"{year} 2i", words, others > 0)
    both = join(f" {memo.iso_line(year).capitalize()} is ", money(whole), " in total.")
    words = say(
        counted(vested, "share"),
        f" that you had bought before they vested (became yours to keep) vested in {year}. The AMT measures such "
        "shares on that day, not on the day of exercise, so box 4 of Form 3921 does not count for them. They were "
        "worth ",
        money(by_vest),
        f" more than you paid, and that goes on Form 6251, {memo.iso_line(year)}.",
        when(others > 0, both, text("")),
    )
    memo.tell(f"{year} vest", words, by_vest > 0)
    filed = exercises.election_83b.equals("yes")
    elected = memo.sum(f"{year} elected", f"Shares with an 83(b) election, {year}", exercises.shares, (filed, in_year))
    words = say(
        "For ",
        counted(elected, "share"),
        " you filed an election under section 83(b): they are measured on the day of exercise, not on the day they "
        "vest.",
    )
    memo.tell(f"{year} election", words, elected > 0)


def _of_sold(memo: Writer, year: int) -> None:
    words = say(
        money(memo.form[f"{year} by sold"]),
        f" of {memo.iso_line(year)} is for shares that both vested and were sold this year, after the holding periods: "
        "the spread, up to the gain. The law does not settle this case in so many words, so this figure is "
        "provisional.",
    )
    memo.tell(f"{year} vest and sale", words, memo.form[f"{year} by sold"] > 0)


def _worth_less(memo: Writer, year: int, in_year: Flag) -> None:
    ways = _of(because(line_2i.UNDERWATER), in_year)
    lots = memo.sum(f"{year} lots under", f"Exercises below the price, {year}", line_2i.adds_nothing, *ways)
    shares = memo.sum(f"{year} shares under", f"Shares of these, {year}", exercises.shares, *ways)
    paid = memo.sum(f"{year} paid under", f"Price paid for these, {year}", exercises.price_of_lot, *ways)
    spread = memo.sum(f"{year} spread under", f"Value less price of these, {year}", exercises.bargain_element, *ways)
    value = memo.line(f"{year} value under", f"Value of these, {year}", paid + spread)
    words = say(
        counted(lots, "exercise"),
        f" of {year}, ",
        counted(shares, "share"),
        ", cost more than the shares were worth: you paid ",
        money(paid),
        " for a value of ",
        money(value),
        f". {memo.iso_line(year).capitalize()} takes only a value above the price, so nothing goes on it",
        if_so(
            memo.of(year, Role.EXERCISES) > 0,
            "; nor does the ",
            money(-spread),
            " come off the ",
            money(memo.of(year, Role.EXERCISES)),
            " of the other exercises, for each stands alone",
        ),
        ". Your basis is what you paid.",
    )
    memo.tell(f"{year} underwater", words, lots > 0)


def _worth_the_same(memo: Writer, year: int, in_year: Flag) -> None:
    ways = _of(because(line_2i.WORTH_THE_PRICE), in_year)
    shares = memo.sum(f"{year} shares equal", f"Shares worth the price, {year}", exercises.shares, *ways)
    words = say(
        counted(shares, "share"),
        f" cost exactly what the shares were worth on the day that counts: nothing goes on {memo.iso_line(year)}.",
    )
    memo.tell(f"{year} equal", words, shares > 0)


def _sold_at_once(memo: Writer, year: int, in_year: Flag) -> None:
    out = memo.sum(
        f"{year} shares out", f"Shares sold before {memo.iso_line(year)} of {year}", line_2i.shares_out, (in_year,)
    )
    words = say(
        counted(out, "share"),
        f" that {memo.iso_line(year)} would have measured in {year} had been sold by the end of the year. Regular tax "
        f"and the AMT then count the same, and nothing goes on {memo.iso_line(year)}.",
    )
    memo.tell(f"{year} sold at once", words, out > 0)


def _nonqualified(memo: Writer, year: int, in_year: Flag) -> None:
    ways = _of(because(line_2i.NONQUALIFIED), in_year)
    shares = memo.sum(f"{year} shares NSO", f"Nonqualified shares, {year}", exercises.shares, *ways)
    wages = memo.sum(f"{year} wages NSO", f"Their spread, in wages, {year}", exercises.wage_income, *ways)
    words = say(
        counted(shares, "share"),
        " came from nonqualified options. Their value above the price, ",
        money(wages),
        ", belongs in your wages (Form W-2, box 1, and box 12 with code V) and in your basis. It goes nowhere on "
        "Form 6251.",
    )
    memo.tell(f"{year} nonqualified", words, shares > 0)
