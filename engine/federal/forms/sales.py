"""The sale table: both bases of each sale, its ordinary income, its gain in both systems."""

from __future__ import annotations

from typing import Final

from ...language.expressions import (
    Amount,
    Count,
    Day,
    Flag,
    Text,
    count,
    given,
    join,
    larger_of,
    not_below_zero,
    number,
    only_when,
    pick,
    smaller_of,
    text,
    when,
    year_of,
)
from ...language.lines import Table
from ...language.nodes import Kind
from . import exercises as of_lot
from .exercises import RECORDS, more_than_months

LONG: Final = text("long")
SHORT: Final = text("short")

sales: Final = Table("sales", "Sales", RECORDS)


def or_zero(entry: Amount) -> Amount:
    """An entry that may be blank, as an amount."""
    return only_when(given(entry), entry)


# --- as received: one row a lot sold, Form 1099-B --------------------------------------------------------
lot = sales.entry("lot", "Row of the lot", Count, Kind.COUNT)
exercise_id = sales.entry("exercise_id", "Lot", Text, Kind.TEXT)
doc_ref = sales.entry("doc_ref", "Document", Text, Kind.TEXT, required=False)
date_sold = sales.entry("date_sold", "Sold", Day, Kind.DAY)
shares = sales.entry("shares", "Shares", Count, Kind.SHARES)
price = sales.entry("price", "Price", Amount, Kind.PRICE)
selling_costs = sales.entry("selling_costs", "Selling\ncosts", Amount, Kind.MONEY, required=False)
disposition = sales.entry(
    "disposition", "Dispo-\nsition", Text, Kind.TEXT, required=False, choices=("sale", "gift", "spouse", "death")
)
loss_rule = sales.entry(
    "loss_rule", "Loss\nrule", Text, Kind.TEXT, required=False, choices=("wash_sale", "related_party")
)
w2_income = sales.entry("w2_income", "In wages\n(W-2)", Amount, Kind.MONEY, required=False)
broker_basis = sales.entry("broker_basis", "Broker's\nbasis", Amount, Kind.MONEY, required=False)
box_8949 = sales.entry("box_8949", "Box", Text, Kind.TEXT, required=False, choices=tuple("ABCDEF"))

# --- the lot ---------------------------------------------------------------------------------------------
is_iso = sales.column("is_iso", "ISO?", pick(of_lot.is_iso, lot), Kind.FLAG)
is_espp = sales.column("is_espp", "ESPP?", pick(of_lot.is_espp, lot), Kind.FLAG, "IRC 423")
is_statutory = sales.column("is_statutory", "ISO or ESPP?", is_iso | is_espp, Kind.FLAG, "IRC 421(a)")
is_rsu = sales.column("is_rsu", "RSU?", pick(of_lot.is_rsu, lot), Kind.FLAG, "IRC 83(a)")
exercised = sales.column("exercised", "Exercised", pick(of_lot.date_exercised, lot), Kind.DAY)
included = sales.column("included", "Measured for AMT on", pick(of_lot.date_included, lot), Kind.DAY, "IRC 83(a)")
vested = sales.column("vested", "Vested on", pick(of_lot.date_vested, lot), Kind.DAY)
first_day = sales.column("first_day", "First day to qualify", pick(of_lot.first_day, lot), Kind.DAY, "IRC 422(a)(1)")
price_paid = sales.amount("price_paid", "Price paid", shares * pick(of_lot.price_paid, lot), "IRC 1012")
spread = sales.amount("spread", "Spread for AMT", shares * pick(of_lot.bargain, lot), "IRC 56(b)(3)")
regular_spread = sales.amount(
    "regular_spread", "Spread for regular tax", shares * pick(of_lot.regular_bargain, lot), "IRC 422(c)(2)"
)
grant_discount = sales.amount(
    "grant_discount", "ESPP: discount at grant", shares * pick(of_lot.grant_discount, lot), "IRC 423(c)(2)"
)

# --- what kind of disposition ----------------------------------------------------------------------------
is_sale = sales.column("is_sale", "A sale?", disposition.equals("") | disposition.equals("sale"), Kind.FLAG)
is_gift = sales.column("is_gift", "A gift?", disposition.equals("gift"), Kind.FLAG, "IRC 424(c)(1)")
counts: Flag = sales.column(
    "counts", "A disposition?", is_sale | is_gift, Kind.FLAG, "IRC 424(c): not death, not a transfer to a spouse"
)
qualifying = sales.column(
    "qualifying",
    "Qualifying?",
    is_statutory & (date_sold >= first_day),
    Kind.FLAG,
    "IRC 422(a)(1), 423(a)(1)",
)
disqualifying = sales.column(
    "disqualifying", "Disqualifying?", is_statutory & counts & ~qualifying, Kind.FLAG, "IRC 421(b)"
)
passes_espp = sales.column(
    "passes_espp",
    "ESPP sold, given or at death?",
    is_espp & ~disposition.equals("spouse"),
    Kind.FLAG,
    "IRC 423(c), 424(c)(4)",
)
before_vest = sales.column("before_vest", "Before vest?", is_iso & (vested > date_sold), Kind.FLAG)
year_sold = sales.column("year_sold", "Tax year", year_of(date_sold), Kind.YEAR)
before_inclusion = sales.column(
    "before_inclusion",
    "By the end of the year of line 2i?",
    is_iso & counts & (year_sold <= year_of(included)) & ~(is_gift & qualifying & (date_sold >= included)),
    Kind.FLAG,
    "IRC 56(b)(3)",
)
in_year_of_vest = sales.column(
    "in_year_of_vest",
    "Qualifying, in the year of a later vest?",
    before_inclusion & qualifying & is_sale & year_sold.equals(year_of(included)),
    Kind.FLAG,
    "provisional: follows from IRC 56(b)(3)",
)

# --- regular tax -----------------------------------------------------------------------------------------
proceeds = sales.amount("proceeds", "Proceeds", only_when(is_sale, shares * price))
over_price = sales.amount("over_price", "Proceeds less price paid", proceeds - price_paid)
of_espp_value = sales.amount(
    "of_espp_value", "ESPP: value that day less price paid", only_when(is_espp, shares * price - price_paid)
)
# Also at death, whenever it comes (IRC 423(c)); the price of a gift or at death is the value that day.
of_discount = sales.amount(
    "of_discount",
    "ESPP: lesser of discount and rise",
    only_when(passes_espp, not_below_zero(smaller_of(grant_discount, of_espp_value))),
    "IRC 423(c): selling costs do not lower it",
)
profit = sales.amount("profit", "The same, not below zero", not_below_zero(over_price))
capped = sales.column(
    "capped", "Limited to the gain?", is_sale & loss_rule.equals(""), Kind.FLAG, "IRC 422(c)(2); Reg. 1.422-1(b)(2)"
)
of_iso = sales.amount(
    "of_iso",
    "ISO: spread, or gain if less",
    only_when(
        is_iso & disqualifying,
        when(before_vest, profit, when(capped, smaller_of(regular_spread, profit), regular_spread)),
    ),
    "IRC 421(b), 422(c)(2): the limit is off where a loss would not count",
)
ordinary = sales.amount(
    "ordinary",
    "Ordinary\nincome",
    when(is_espp, when(disqualifying, regular_spread, of_discount), of_iso),
    "IRC 421(b), 422(c)(2); ESPP: IRC 423(c), and without a limit if too early",
)
taxed_income = sales.amount("taxed_income", "Income that is in the basis", when(is_statutory, ordinary, spread))
regular_basis = sales.amount(
    "regular_basis", "Basis", price_paid + taxed_income, "IRC 1012; Pub. 525: price plus what was income"
)
net_proceeds = sales.amount("net_proceeds", "Proceeds less selling costs", proceeds - or_zero(selling_costs))
result = sales.amount("result", "Gain before a loss rule", only_when(is_sale, net_proceeds - regular_basis))
gain = sales.amount(
    "gain", "Gain\n(loss)", when(loss_rule.equals(""), result, not_below_zero(result)), "IRC 1001, 1091, 267"
)
held_from = sales.column(
    "held_from",
    "Held from",
    when(is_iso & qualifying, exercised, vested),
    Kind.DAY,
    "IRC 1223; Reg. 1.422-1(b)(3) Example 2",
)
term = sales.column(
    "term", "Term", when(date_sold >= more_than_months(held_from, 12), LONG, SHORT), Kind.TEXT, "IRC 1222"
)

# --- AMT -------------------------------------------------------------------------------------------------
amt_ordinary = sales.amount(
    "amt_ordinary",
    "Ordinary income, AMT",
    only_when(before_inclusion | is_espp, ordinary),
    "IRC 56(b)(3): 422(c)(2) applies then; it has no rule for ESPP stock",
)
included_in_year = sales.amount(
    "included_in_year",
    "Line 2i, sold in the year of vest",
    only_when(in_year_of_vest, when(capped, smaller_of(spread, profit), spread)),
    "provisional: follows from IRC 56(b)(3)",
)
amt_income = sales.amount(
    "amt_income",
    "Taxed for AMT before the gain",
    when(before_inclusion, amt_ordinary + included_in_year, when(is_iso, spread, taxed_income)),
    "IRC 56(b)(3), last sentence",
)
amt_basis = sales.amount("amt_basis", "Basis", price_paid + amt_income, "IRC 56(b)(3), last sentence")
amt_result = sales.amount("amt_result", "AMT gain before a loss rule", only_when(is_sale, net_proceeds - amt_basis))
amt_gain = sales.amount(
    "amt_gain", "Gain\n(loss)", when(loss_rule.equals(""), amt_result, not_below_zero(amt_result)), "IRC 56(b)(3)"
)
amt_held_from = sales.column(
    "amt_held_from",
    "Held from, AMT",
    when(before_inclusion & ~in_year_of_vest, held_from, included),
    Kind.DAY,
    "IRC 83(f)",
)
amt_term = sales.column(
    "amt_term", "Term", when(date_sold >= more_than_months(amt_held_from, 12), LONG, SHORT), Kind.TEXT, "IRC 1222"
)
shares_out = sales.column(
    "shares_out", "Shares not on line 2i", when(before_inclusion, shares, count(0)), Kind.SHARES, "IRC 56(b)(3)"
)
difference = sales.amount("difference", "AMT less\nregular", amt_gain - gain, "Form 6251, line 2k, before limits")

# --- where it is reported --------------------------------------------------------------------------------
short_of_wages = sales.amount("short_of_wages", "Ordinary income less W-2", ordinary - or_zero(w2_income))
not_in_wages = sales.amount(
    "not_in_wages", "Ordinary income not in wages", not_below_zero(short_of_wages), "Schedule 1, other income"
)
w2_off = sales.amount(
    "w2_off",
    "W-2 and computed, apart by",
    only_when(given(w2_income), larger_of(short_of_wages, -short_of_wages)),
    "IRC 421(b)",
)
told_basis = sales.amount(
    "told_basis", "Basis, Form 1099-B box 1e", when(given(broker_basis), broker_basis, regular_basis)
)
no_1099b = sales.column("no_1099b", "No Form 1099-B?", box_8949.equals("C") | box_8949.equals("F"), Kind.FLAG)
basis_unreported = sales.column(
    "basis_unreported",
    "Basis not reported to the IRS?",
    no_1099b | box_8949.equals("B") | box_8949.equals("E"),
    Kind.FLAG,
    "Instructions for Form 8949, code B: beside box B or E the correct basis, and nothing for it in column (g)",
)
reported_basis = sales.amount(
    "reported_basis",
    "Basis, Form 8949 column (e)",
    when(basis_unreported, regular_basis, told_basis),
    "Instructions for Form 8949, code B",
)
as_reported = sales.amount("as_reported", "Gain as reported", only_when(is_sale, net_proceeds - reported_basis))
adjust_8949 = sales.amount("adjust_8949", "Adjust-\nment (g)", gain - as_reported, "Form 8949 column (g)")
_disallowed = when(
    loss_rule.equals("") | (result >= 0), text(""), when(loss_rule.equals("wash_sale"), text("W"), text("L"))
)
code_8949 = sales.column(
    "code_8949",
    "Code\n(f)",
    when(is_sale, join(when(told_basis.equals(regular_basis) | no_1099b, text(""), text("B")), _disallowed), text("")),
    Kind.TEXT,
    "Form 8949 column (f)",
)
_usual_box = when(given(broker_basis), when(term.equals("long"), text("D"), text("A")), text(""))
box = sales.column(
    "box",
    "Form\n8949",
    when(is_sale, when(box_8949.equals(""), _usual_box, box_8949), text("")),
    Kind.TEXT,
    "Form 8949, Part I boxes A to C, Part II D to F",
)
unvalued = sales.amount(
    "unvalued",
    "ESPP gift or death without a value (1)",
    only_when(passes_espp & ~is_sale & ~given(price), number("1")),
    "IRC 423(c)",
    Kind.COUNT,
)
what = sales.column(
    "what",
    "Disposition",
    when(
        ~counts,
        disposition,
        when(
            is_espp,
            when(is_gift, text("ESPP gift"), when(qualifying, text("ESPP qualifying"), text("ESPP disqualifying"))),
            when(
                is_iso,
                when(qualifying, text("qualifying"), text("disqualifying")),
                when(is_rsu, text("RSU"), text("nonqualified")),
            ),
        ),
    ),
    Kind.TEXT,
    "IRC 83, 421, 422, 423",
)
_of_espp = when(
    unvalued > 0,
    text("DIFFERS: a gift or death of ESPP stock needs the value that day in price."),
    when(
        disposition.equals("death"),
        text("ESPP at death: the discount, up to the rise, is income of that year."),
        when(
            disqualifying,
            when(
                ordinary > 0,
                text("ESPP, too early: value less price at purchase is ordinary, loss or not."),
                text("ESPP, too early: no spread at purchase, no ordinary income."),
            ),
            when(
                ordinary > 0,
                text("ESPP, both periods over: the discount, up to the rise, is ordinary."),
                text("ESPP, both periods over: no discount or no rise, all is capital."),
            ),
        ),
    ),
)
_not_a_sale = when(
    disposition.equals("spouse"),
    text("To a spouse: no disposition; price, dates and AMT basis go along."),
    text("Death: no disposition; the basis becomes the value, in both systems."),
)
_of_gift = when(
    ~is_iso,
    when(
        is_rsu,
        text("Gift of RSU stock: no income; the value was wages."),
        text("Gift of nonqualified stock: no income; the spread was wages."),
    ),
    when(
        disqualifying,
        when(
            ordinary > 0,
            text("Gift within a holding period: the whole spread is ordinary income."),
            text("Gift within a holding period: no spread yet, no ordinary income."),
        ),
        text("Gift after both holding periods: no income."),
    ),
)
_of_disqualifying = when(
    before_vest,
    text("Sold before vest: proceeds over the price are ordinary income."),
    when(
        ~capped,
        text("Disqualifying, a loss would not count: the whole spread is ordinary."),
        when(
            ordinary <= 0,
            text("Disqualifying, no spread or no gain: no ordinary income."),
            when(
                before_inclusion,
                text("Disqualifying in the year of line 2i: both systems agree."),
                text("Disqualifying: the spread, up to the gain, is ordinary income."),
            ),
        ),
    ),
)
_of_sale = when(
    ~is_iso,
    when(
        is_rsu,
        text("RSU: the value was wages and is the basis in both systems."),
        text("Nonqualified: the spread was wages and is part of both bases."),
    ),
    when(
        disqualifying,
        _of_disqualifying,
        when(
            in_year_of_vest,
            text("Qualifying, in the year of vest: line 2i takes spread up to gain."),
            text("Qualifying: both periods are over, all gain is capital."),
        ),
    ),
)
why = sales.column(
    "why",
    "Why",
    when(
        passes_espp,
        _of_espp,
        when(~counts, _not_a_sale, when(is_gift, _of_gift, _of_sale)),
    ),
    Kind.TEXT,
    "IRC 83, 421, 422, 423, 56(b)(3)",
)
