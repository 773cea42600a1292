"""What the memo says of shares without an AMT adjustment: restricted stock units, a purchase plan, exact prices."""

from __future__ import annotations

from engine.federal.stock import exercises, line_2i, sale_gains, sale_reasons, sales
from engine.language.expressions import Amount, Flag, Text, join, text, when
from engine.language.reasons import Reason

from .one_year_records import because
from .one_year_sales import ordinary_of, sold
from .writing import Writer, counted, money, result, say


def write_other_pay(memo: Writer, year: int) -> None:
    """What came in without an option of Form 3921, and what exact prices change."""
    in_year = exercises.year_included.equals(year)
    _units(memo, year, in_year)
    _plan(memo, year, in_year)
    _exact_prices(memo, year, in_year)


def write_other_sales(memo: Writer, year: int) -> None:
    """Sales of those shares, and what of the purchase plan was passed on."""
    _sold_units(memo, year)
    late = "the discount on the day of the grant, up to the rise"
    _sold_of_plan(memo, year, sale_reasons.ESPP_QUALIFYING, "after both", late)
    early = "the value on the day of purchase less the price"
    _sold_of_plan(memo, year, sale_reasons.ESPP_DISQUALIFYING, "before both", early)
    _passed_on(memo, year)


def _units(memo: Writer, year: int, in_year: Flag) -> None:
    ways = [(*tests, in_year) for tests in because(line_2i.UNITS)]
    shares = memo.sum(f"{year} shares units", f"Shares of restricted stock units, {year}", exercises.shares, *ways)
    wages = memo.sum(f"{year} wages units", f"Their value, in wages, {year}", exercises.wage_income, *ways)
    words = say(
        counted(shares, "share"),
        " came from restricted stock units. Their value on the day they arrived, ",
        money(wages),
        ", belongs in your wages (Form W-2, box 1) and is your basis in both systems. It goes nowhere on Form 6251: "
        "regular tax and the AMT count it alike.",
    )
    memo.tell(f"{year} units", words, shares > 0)


def _plan(memo: Writer, year: int, in_year: Flag) -> None:
    ways = [(*tests, in_year) for tests in because(line_2i.PURCHASE_PLAN)]
    shares = memo.sum(f"{year} shares plan", f"Shares of a purchase plan, {year}", exercises.shares, *ways)
    paid = memo.sum(f"{year} paid plan", f"Price paid for these, {year}", exercises.price_of_lot, *ways)
    words = say(
        "You bought ",
        counted(shares, "share"),
        " under an employee stock purchase plan and paid ",
        money(paid),
        ". Nothing of that is income while you hold the shares, and none of it goes on Form 6251: "
        f"{memo.iso_line(year)} is for "
        "incentive stock options alone. Until you sell, the basis is what you paid, in both systems.",
    )
    memo.tell(f"{year} plan", words, shares > 0)


def _exact_prices(memo: Writer, year: int, in_year: Flag) -> None:
    """What prices rounded to cents on Forms 3921 would have made of line 2i."""
    price = memo.sum(f"{year} rounding", f"Exact prices less box 3, {year}", line_2i.rounding, (in_year,))
    on_2i = memo.sum(
        f"{year} rounding 2i", f"Of {memo.iso_line(year)}, by exact prices, {year}", line_2i.rounding_2i, (in_year,)
    )
    words = say(
        "Forms 3921 and 3922 round the price per share to cents; this file uses the exact prices. Altogether you paid ",
        _more_or_less(price),
        f" than by the rounded prices, and {memo.iso_line(year)} is ",
        _more_or_less(on_2i),
        " for it.",
    )
    memo.tell(f"{year} exact prices", words, ~(price.equals(0) & on_2i.equals(0)))


def _more_or_less(amount: Amount) -> Text:
    return when(amount < 0, join(money(-amount), " less"), join(money(amount), " more"))


def _sold_units(memo: Writer, year: int) -> None:
    shares, gain, _ = sold(memo, year, sale_reasons.UNITS, sale_reasons.SOLD_UNITS)
    words = say(
        "You sold ",
        counted(shares, "share"),
        " that came from restricted stock units, with ",
        result(gain),
        " in both systems, measured from the value that was wages.",
    )
    memo.tell(f"{year} sold units", words, shares > 0)


def _sold_of_plan(memo: Writer, year: int, kind: Reason, when_sold: str, reason_why: str) -> None:
    of_kind, what = (sale_reasons.what.gives(kind), sales.year_sold.equals(year)), kind.text
    shares = memo.sum(f"{year} shares {what}", f"Shares sold, {what}, {year}", sales.shares, of_kind)
    gain = memo.sum(f"{year} gain {what}", f"Their gain, {what}, {year}", sale_gains.gain, of_kind)
    ordinary, where = ordinary_of(memo, year, kind)
    taxed = say(money(ordinary), f", {reason_why}, is ordinary income, taxed like wages", where, ". The rest is ")
    words = say(
        "You sold ",
        counted(shares, "share"),
        f" of the purchase plan {when_sold} holding periods were over. ",
        when(ordinary > 0, taxed, text("None of it is ordinary income; the result is ")),
        result(gain),
        ", in both systems.",
    )
    memo.tell(f"{year} sold {what}", words, shares > 0)


def _passed_on(memo: Writer, year: int) -> None:
    in_year = sales.year_sold.equals(year)
    at_death = sale_reasons.why.gives(sale_reasons.ESPP_AT_DEATH)
    ways = [(sale_reasons.what.gives(sale_reasons.ESPP_GIFT), in_year), (at_death, in_year)]
    passed = memo.sum(f"{year} ordinary passed on", f"Their ordinary income, {year}", sale_gains.ordinary, *ways)
    words = say(money(passed), " of ordinary income comes from shares of the purchase plan that were passed on.")
    memo.tell(f"{year} plan passed on", words, passed > 0)
