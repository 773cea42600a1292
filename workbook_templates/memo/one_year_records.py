"""What the records say of a year: exercises and line 2i, sales and their results."""

from __future__ import annotations

from engine.federal.stock import exercises, form_8949, line_2i, sale_gains, sale_reasons, sales
from engine.federal.tax_year import tax_year
from engine.language.expressions import Amount, Flag, Text, join, text, when
from engine.language.reasons import Reason

from .writing import Writer, counted, if_so, money, result, say

Ways = list[tuple[Flag, ...]]
KEPT = (line_2i.WHOLE_SPREAD, line_2i.PART_SOLD, line_2i.ELECTED, line_2i.OVERSOLD)
PASSED_ON = (
    sale_reasons.TO_SPOUSE,
    sale_reasons.AT_DEATH,
    sale_reasons.GIFT_EARLY,
    sale_reasons.GIFT_LATE,
    sale_reasons.ESPP_AT_DEATH,
)


def because(*reasons: Reason) -> Ways:
    """Rows of Exercises by the reason that stands there."""
    return [(line_2i.why.gives(each),) for each in reasons]


def write_exercises(memo: Writer, year: int) -> None:
    """What is on line 2i and why, then what is not and why."""
    in_year = exercises.year_included.equals(year)
    _at_exercise(memo, year, in_year)
    _ofsold(memo, year)
    _worth_less(memo, year, in_year)
    _worth_the_same(memo, year, in_year)
    _sold_at_once(memo, year, in_year)
    _nonqualified(memo, year, in_year)
    every = memo.sum(f"{year} measured", f"Shares measured in {year}", exercises.shares, (in_year,))
    nothing = text(f"You exercised no options that count for {year}, so nothing goes on Form 6251, line 2i.")
    memo.tell(f"{year} no exercise", nothing, every.equals(0))


def _of(ways: Ways, in_year: Flag) -> Ways:
    return [(*tests, in_year) for tests in ways]


def _at_exercise(memo: Writer, year: int, in_year: Flag) -> None:
    """Shares kept, measured at exercise, then those that had not vested, measured at vest."""
    at_vest = _of(because(line_2i.UNVESTED), in_year)
    kept = memo.sum(f"{year} kept", f"Shares on line 2i of {year}", line_2i.held, *_of(because(*KEPT), in_year))
    vested = memo.sum(f"{year} vested", f"The same, measured at vest, {year}", line_2i.held, *at_vest)
    by_vest = memo.sum(f"{year} by vest", f"Line 2i of {year}, measured at vest", line_2i.adjustment, *at_vest)
    by_sold = memo.sum(f"{year} by sold", f"Line 2i of {year}, sold in the year of vest", line_2i.of_sold, (in_year,))
    whole = memo.of(year, "f6251", "2i")
    others = memo.line(f"{year} by exercise", f"Line 2i of {year}, the rest", whole - by_vest - by_sold)
    words = say(
        "You exercised incentive stock options and kept ",
        counted(kept, "share"),
        f" past the end of {year}. On the day of exercise they were worth ",
        money(others),
        " more than you paid. Regular income tax leaves that gain alone until you sell; the AMT counts it now. So ",
        money(others),
        " goes on Form 6251, line 2i.",
    )
    memo.tell(f"{year} 2i", words, others > 0)
    both = join(" Line 2i is ", money(whole), " in all.")
    words = say(
        counted(vested, "share"),
        f" that you had bought before they vested (became yours to keep) vested in {year}. The AMT measures such "
        "shares on that day, not on the day of exercise, so box 4 of Form 3921 does not count for them. They were "
        "worth ",
        money(by_vest),
        " more than you paid, and that goes on Form 6251, line 2i.",
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


def _ofsold(memo: Writer, year: int) -> None:
    words = say(
        money(memo.form[f"{year} by sold"]),
        " of line 2i is for shares that both vested and were sold this year, after the holding periods: the spread, up "
        "to the gain. The law does not settle this case in so many words, so this figure is provisional.",
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
        ". Line 2i takes only a value above the price, so nothing goes on it",
        if_so(
            memo.of(year, "f6251", "2i") > 0,
            "; nor does the ",
            money(-spread),
            " come off the ",
            money(memo.of(year, "f6251", "2i")),
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
        " cost exactly what the shares were worth on the day that counts: nothing goes on line 2i.",
    )
    memo.tell(f"{year} equal", words, shares > 0)


def _sold_at_once(memo: Writer, year: int, in_year: Flag) -> None:
    out = memo.sum(f"{year} shares out", f"Shares sold before line 2i of {year}", line_2i.shares_out, (in_year,))
    words = say(
        counted(out, "share"),
        f" that line 2i would have measured in {year} had been sold by the end of the year. Regular tax and the AMT "
        "then count the same, and nothing goes on line 2i.",
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


def sold(memo: Writer, year: int, kind: Reason, *reasons: Reason) -> tuple[Amount, Amount, Amount]:
    """Shares sold of one kind, and their results for regular tax and for AMT."""
    in_year = sales.year_sold.equals(year)
    ways = [(sale_reasons.why.gives(each), in_year) for each in reasons]
    of_kind, what = (sale_reasons.what.gives(kind), in_year), kind.text
    shares = memo.sum(f"{year} shares {what}", f"Shares sold, {what}, {year}", sales.shares, *ways)
    gain = memo.sum(f"{year} gain {what}", f"Their gain, regular, {year}", sale_gains.gain, of_kind)
    return shares, gain, memo.sum(f"{year} AMT gain {what}", f"Their gain, AMT, {year}", sale_gains.amt_gain, of_kind)


def write_sales(memo: Writer, year: int) -> None:
    """Sales by kind: after both holding periods, too early, nonqualified; then what was passed on."""
    _qualifying(memo, year)
    _disqualifying(memo, year)
    shares, gain, _ = sold(memo, year, sale_reasons.NONQUALIFIED, sale_reasons.SOLD_NONQUALIFIED)
    words = say(
        "You sold ", counted(shares, "share"), " from nonqualified options, with ", result(gain), " in both systems."
    )
    memo.tell(f"{year} sold nonqualified", words, shares > 0)
    in_year = sales.year_sold.equals(year)
    ways = [(sale_reasons.why.gives(each), in_year) for each in PASSED_ON]
    ways += [(sale_reasons.what.gives(sale_reasons.ESPP_GIFT), in_year)]
    given = memo.sum(f"{year} shares passed on", f"Shares passed on, {year}", sales.shares, *ways)
    words = say(
        counted(given, "share"),
        " passed on as a gift, to a spouse or at death. The column Why on Sales says what follows for each.",
    )
    memo.tell(f"{year} passed on", words, given > 0)


def _qualifying(memo: Writer, year: int) -> None:
    shares, gain, for_amt = sold(
        memo, year, sale_reasons.QUALIFYING, sale_reasons.LATE, sale_reasons.LATE_IN_YEAR_OF_VEST
    )
    words = say(
        "You sold ",
        counted(shares, "share"),
        " after both holding periods were over, so the whole result is capital: for regular tax ",
        result(gain),
        ", measured from what you paid",
        when(
            gain.equals(for_amt),
            text("; for the AMT the same."),
            join("; for the AMT ", result(for_amt), ", measured from what you paid plus what line 2i has counted."),
        ),
    )
    memo.tell(f"{year} sold qualifying", words, shares > 0)


def ordinary_of(memo: Writer, year: int, kind: Reason) -> tuple[Amount, Text]:
    """Ordinary income of one kind of disposition, and where it is reported."""
    way, what = (sale_reasons.what.gives(kind), sales.year_sold.equals(year)), kind.text
    ordinary = memo.sum(f"{year} ordinary {what}", f"Ordinary income, {what}, {year}", sale_gains.ordinary, way)
    unpaid = memo.sum(f"{year} unpaid {what}", f"Of it not in wages, {what}, {year}", form_8949.not_in_wages, way)
    where = when(
        unpaid > 0,
        join(
            "; ", money(unpaid), f" of it is not on your Form W-2 and goes on {tax_year(year).found_on.option_income}"
        ),
        text(" and part of Form W-2, box 1"),
    )
    return ordinary, where


def _disqualifying(memo: Writer, year: int) -> None:
    shares, gain, for_amt = sold(memo, year, sale_reasons.DISQUALIFYING, *sale_reasons.TOO_EARLY)
    ordinary, where = ordinary_of(memo, year, sale_reasons.DISQUALIFYING)
    taxed = say(money(ordinary), " of what you made is ordinary income, taxed like wages", where, ". The rest is ")
    words = say(
        "You sold ",
        counted(shares, "share"),
        " too early, before both holding periods were over. ",
        when(ordinary > 0, taxed, text("None of it is ordinary income; the result is ")),
        result(gain),
        when(
            gain.equals(for_amt),
            text(" in both systems."),
            join(" for regular tax, and ", result(for_amt), " for the AMT."),
        ),
    )
    memo.tell(f"{year} sold early", words, shares > 0)
