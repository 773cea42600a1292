"""The sale table: both bases of each sale, its ordinary income, its gain in both systems."""

from __future__ import annotations

from typing import Final

from ...columns import SALES as COLUMNS
from ...columns.entries import all_others, typed
from ...language.expressions import Amount, Count, Day, Flag, Text, number, only_when, pick, pro_rata, text, year_of
from ...language.nodes import Kind
from ...language.table import Table
from . import exercises as of_lot
from .exercises import RECORDS

LONG: Final = text("long")
SHORT: Final = text("short")

sales: Final = Table("sales", "Sales", RECORDS)


# --- as received: one row for each lot sold, Form 1099-B --------------------------------------------------------
row = sales.entry("row", "Row", Count, Kind.COUNT)  # of the table, 1 is the first: a sale of several lots has several
lot = sales.entry("lot", "Row of the lot", Count, Kind.COUNT)
exercise_id = typed(sales, COLUMNS["exercise_id"], Text)
doc_ref = typed(sales, COLUMNS["doc_ref"], Text)
date_sold = typed(sales, COLUMNS["date_sold"], Day)
shares = typed(sales, COLUMNS["shares"], Count)
price = typed(sales, COLUMNS["price"], Amount)
selling_costs = typed(sales, COLUMNS["selling_costs"], Amount)
disposition = typed(sales, COLUMNS["disposition"], Text)
loss_rule = typed(sales, COLUMNS["loss_rule"], Text)
w2_income = typed(sales, COLUMNS["w2_income"], Amount)
broker_basis = typed(sales, COLUMNS["broker_basis"], Amount)
box_8949 = typed(sales, COLUMNS["box_8949"], Text)
all_others(sales, COLUMNS)

# --- the lot ---------------------------------------------------------------------------------------------
is_iso = sales.column("is_iso", "ISO?", pick(of_lot.is_iso, lot), Kind.FLAG)
is_espp = sales.column("is_espp", "ESPP?", pick(of_lot.is_espp, lot), Kind.FLAG, "IRC 423")
is_statutory = sales.column("is_statutory", "ISO or ESPP?", is_iso | is_espp, Kind.FLAG, "IRC 421(a)")
is_rsu = sales.column("is_rsu", "RSU?", pick(of_lot.is_rsu, lot), Kind.FLAG, "IRC 83(a)")
is_inherited = sales.column("is_inherited", "Inherited?", pick(of_lot.is_inherited, lot), Kind.FLAG, "IRC 1014(a)")
exercised = sales.column("exercised", "Exercised", pick(of_lot.date_exercised, lot), Kind.DAY)
included = sales.column("included", "Measured for AMT on", pick(of_lot.date_included, lot), Kind.DAY, "IRC 83(a)")
vested = sales.column("vested", "Vested on", pick(of_lot.date_vested, lot), Kind.DAY)
first_day = sales.column("first_day", "First day to qualify", pick(of_lot.first_day, lot), Kind.DAY, "IRC 422(a)(1)")
price_paid = sales.amount("price_paid", "Price paid", shares * pick(of_lot.price_paid, lot), "IRC 1012")
adjusted = sales.amount(
    "adjusted",
    "Basis beyond price and income, by shares",
    pro_rata(pick(of_lot.adjusted, lot), shares, pick(of_lot.shares, lot)),
    "IRC 1016",
)
amt_adjusted = sales.amount(
    "amt_adjusted",
    "The same for AMT",
    pro_rata(pick(of_lot.amt_adjusted, lot), shares, pick(of_lot.shares, lot)),
    "IRC 1016, for AMT",
)
term_is_moved = sales.column(
    "term_is_moved", "Held since another day?", pick(of_lot.term_is_moved, lot), Kind.FLAG, "IRC 1223"
)
term_from = sales.column("term_from", "Held since, or exercised", pick(of_lot.term_from, lot), Kind.DAY, "IRC 1223(3)")
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
at_death = sales.amount(
    "at_death", "At death (1)", only_when(disposition.equals("death"), number("1")), "IRC 1014(a)", Kind.COUNT
)
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
    is_espp & ~is_inherited & ~disposition.equals("spouse"),
    Kind.FLAG,
    "IRC 423(c), 424(c)(4)",
)
before_vest = sales.column("before_vest", "Before vest?", is_iso & ~is_inherited & (vested > date_sold), Kind.FLAG)
year_sold = sales.column("year_sold", "Tax year", year_of(date_sold), Kind.YEAR)
before_inclusion = sales.column(
    "before_inclusion",
    "By the end of the year of line 2i?",
    is_iso
    & ~is_inherited
    & counts
    & (year_sold <= year_of(included))
    & ~(is_gift & qualifying & (date_sold >= included)),
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
