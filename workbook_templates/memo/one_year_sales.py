"""What the records say of the sales of a year: kinds of disposition and their results."""

from __future__ import annotations

from engine.federal.stock import form_8949, sale_gains, sale_reasons, sales
from engine.federal.tax_year import tax_year
from engine.language.expressions import Amount, Text, join, text, when
from engine.language.reasons import Reason

from .writing import Writer, counted, money, result, say

PASSED_ON = (
    sale_reasons.TO_SPOUSE,
    sale_reasons.AT_DEATH,
    sale_reasons.GIFT_EARLY,
    sale_reasons.GIFT_LATE,
    sale_reasons.ESPP_AT_DEATH,
)


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
            join(
                "; for the AMT ",
                result(for_amt),
                f", measured from what you paid plus what {memo.iso_line(year)} has counted.",
            ),
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
