"""Exercises again, after their sales: what is left for line 2i, the AMT basis, the shares left, and why."""

from __future__ import annotations

from typing import Final

from ...language.expressions import count, given, not_below_zero, number, only_when, pro_rata, rounded, total, when
from ...language.lines import MILLIONTH
from ...language.nodes import Kind
from ...language.reasons import Reason, Under, reason_column
from . import boxes_of_8949, sale_gains, sale_reasons  # noqa: F401  # the sales' last columns stand before these
from .exercises import (
    adjusted,
    amt_adjusted,
    at_vest,
    bargain,
    exercise_price,
    exercises,
    is_espp,
    is_inherited,
    is_iso,
    is_rsu,
    of_spouse,
    price_exact,
    price_paid,
    regular_basis,
    row,
    shares,
    spread,
    vest_date,
)
from .sales import lot
from .sales import shares as shares_sold

shares_out = exercises.column(
    "shares_out",
    "Sold by the end of the year of line 2i",
    rounded(total(sale_gains.shares_out, lot.equals(row)), MILLIONTH),
    Kind.SHARES,
    "IRC 56(b)(3): both systems agree on these",
)
held = exercises.column("held", "Shares for line 2i", rounded(shares - shares_out, MILLIONTH), Kind.SHARES)
of_held = exercises.amount("of_held", "Spread of those shares", only_when(is_iso, held * bargain), "IRC 56(b)(3)")
of_sold = exercises.amount(
    "of_sold",
    "Of shares sold in the year of vest",
    total(sale_gains.included_in_year, lot.equals(row)),
    "IRC 56(b)(3)",
)
amt_spread = exercises.amount("amt_spread", "Spread that AMT counts", of_held + of_sold, "IRC 56(b)(3)")
adjustment = exercises.amount(
    "adjustment",
    "Line 2i\nadjustment",
    only_when(~of_spouse, amt_spread),
    "IRC 56(b)(3); Instructions for Form 6251, line 2i: the excess, if any, of each exercise alone; of a spouse's "
    "exercise it is on the spouse's",
)
amt_basis = exercises.amount(
    "amt_basis",
    "AMT\nbasis",
    regular_basis - adjusted + amt_adjusted + amt_spread,
    "IRC 56(b)(3), last sentence: price paid plus the adjustment",
    alone="Basis, AMT",
)
shares_gone = exercises.column(
    "shares_gone",
    "Shares sold or given away",
    rounded(total(shares_sold, lot.equals(row)), MILLIONTH),
    Kind.SHARES,
)
shares_left = exercises.column("shares_left", "Shares\nleft", rounded(shares - shares_gone, MILLIONTH), Kind.SHARES)
oversold = exercises.amount(
    "oversold", "Sold beyond its shares (1)", only_when(shares_left < count(0), number("1")), kind=Kind.COUNT
)
amt_a_share = exercises.a_share(
    "amt_a_share", "The same for AMT, per share", when(is_espp, price_paid, price_paid + bargain)
)
regular_a_share = exercises.a_share(
    "regular_a_share",
    "Price and income per share, of those left",
    when(is_iso | is_espp, price_paid, price_paid + bargain),
)
regular_left = exercises.amount(
    "regular_left",
    "Regular basis of shares left",
    shares_left * regular_a_share + pro_rata(adjusted, shares_left, shares),
    "IRC 1016",
    alone="Basis of shares left, regular",
)
amt_left = exercises.amount(
    "amt_left",
    "AMT basis of shares left",
    shares_left * amt_a_share + pro_rata(amt_adjusted, shares_left, shares),
    "IRC 56(b)(3), 1016",
    alone="Basis of shares left, AMT",
)
# What a price rounded to cents on Form 3921 would have changed.
price_over = exercises.a_share(
    "price_over", "Exact price less box 3, per share", only_when(given(price_exact), price_exact - exercise_price)
)
rounding = exercises.amount(
    "rounding",
    "Exact price\nless box 3",
    shares * price_over,
    "price paid beyond that of Form 3921, box 3, for all shares",
)
bargain_box_3 = exercises.a_share(
    "bargain_box_3",
    "Spread per share by box 3",
    not_below_zero(spread + price_over),
    "what line 2i would take with the price of Form 3921, box 3",
)
rounding_2i = exercises.amount(
    "rounding_2i",
    "Of line 2i,\nby exact price",
    only_when(is_iso & ~of_spouse & ~is_inherited, held * bargain - held * bargain_box_3),
    "of shares still held at the end of the year of line 2i",
)
adds_nothing = exercises.amount(
    "adds_nothing",
    "Option that adds nothing (1)",
    only_when((adjustment <= 0) & ~(is_rsu | is_espp), number("1")),
    kind=Kind.COUNT,
)
no_option = exercises.amount("no_option", "RSU or ESPP (1)", only_when(is_rsu | is_espp, number("1")), kind=Kind.COUNT)

# --- why: the reasons, in the order in which they are asked for -------------------------------------------
OVERSOLD: Final = Reason("oversold", "DIFFERS: more shares sold than this lot has.", oversold > 0)
PURCHASE_PLAN: Final = Reason("purchase plan", "ESPP: taxed at sale; line 2i is for incentive options only.", is_espp)
UNITS: Final = Reason("units", "RSU: the value is wages and the basis, no AMT adjustment.", is_rsu)
NONQUALIFIED: Final = Reason("nonqualified", "Nonqualified: the spread is in wages, no AMT adjustment.")
INHERITED: Final = Reason("inherited", "Inherited: no line 2i; basis and term are those of stock from an estate.")
OF_SPOUSE: Final = Reason("of spouse", "From a spouse: line 2i or wages were the spouse's; both bases go along.")
UNDERWATER: Final = Reason("underwater", "Underwater: value below price. Counts as zero, offsets nothing.", spread < 0)
WORTH_THE_PRICE: Final = Reason(
    "worth the price", "Value equals price: no spread, nothing to report on line 2i.", spread <= 0
)
SOLD_IN_YEAR_OF_VEST: Final = Reason(
    "sold in year of vest",
    "Sold in the year of vest: spread up to gain; the rest in full (provisional).",
    of_sold > 0,
)
SOLD: Final = Reason("sold", "Sold or given by the end of that year: both systems agree.", held <= count(0))
PART_SOLD: Final = Reason(
    "part sold", "Part sold or given by the end of that year; the rest counts.", shares_out > count(0)
)
UNVESTED: Final = Reason("unvested", "Unvested at exercise: the value at vest counts, in the year of vest.", at_vest)
ELECTED: Final = Reason("elected", "83(b) election: measured at exercise, not at vest.", given(vest_date))
WHOLE_SPREAD: Final = Reason("whole spread", "Value over price: the whole spread counts.")
why = reason_column(
    exercises,
    "why",
    "Why",
    [
        OVERSOLD,
        Under(is_inherited, (INHERITED,)),
        Under(of_spouse, (OF_SPOUSE,)),
        Under(~is_iso, (PURCHASE_PLAN, UNITS, NONQUALIFIED)),
        UNDERWATER,
        WORTH_THE_PRICE,
        SOLD_IN_YEAR_OF_VEST,
        SOLD,
        PART_SOLD,
        UNVESTED,
        ELECTED,
        WHOLE_SPREAD,
    ],
    "Instructions for Form 6251, line 2i",
)
