"""The exercise table: what Forms 3921 and 3922 say, and the bargain element of each exercise alone.

Four kinds share it: ISO (blank is ISO), NSO, RSU and ESPP (a section 423 plan). Only an ISO has an AMT adjustment.
What is left of an exercise for line 2i depends on its sales: `line_2i` declares those columns, after `sales`.
"""

from __future__ import annotations

from typing import Final

from ...columns import EXERCISES as COLUMNS
from ...columns.entries import all_others, typed
from ...language.expressions import (
    Amount,
    Count,
    Day,
    Text,
    add_months,
    day_after,
    given,
    later_of,
    not_below_zero,
    only_when,
    when,
    year_of,
)
from ...language.lines import Line
from ...language.nodes import Kind
from ...language.table import Table

RECORDS: Final[list[Line]] = []
exercises: Final = Table("exercises", "Exercises", RECORDS)


def more_than_months(start: Day, months: int) -> Day:
    """The first day on which something was held for more than so many months (Rev. Rul. 66-7)."""
    return later_of(day_after(add_months(start, months)), add_months(day_after(start), months))


def or_zero(entry: Amount) -> Amount:
    """An entry that may be blank, as an amount."""
    return only_when(given(entry), entry)


row = exercises.entry("row", "Row", Count, Kind.COUNT)  # 1 is the first: how a sale finds its lot

# --- as received: one row for each Form 3921 or 3922 ------------------------------------------------------------
exercise_id = typed(exercises, COLUMNS["exercise_id"], Text)
doc_ref = typed(exercises, COLUMNS["doc_ref"], Text)
kind = typed(exercises, COLUMNS["kind"], Text)
date_granted = typed(exercises, COLUMNS["date_granted"], Day)  # not of an RSU
date_exercised = typed(exercises, COLUMNS["date_exercised"], Day)
exercise_price = typed(exercises, COLUMNS["exercise_price"], Amount)  # the same
fmv_exercise = typed(exercises, COLUMNS["fmv_exercise"], Amount)
shares = typed(exercises, COLUMNS["shares"], Count)
vest_date = typed(exercises, COLUMNS["vest_date"], Day)
fmv_vest = typed(exercises, COLUMNS["fmv_vest"], Amount)
election_83b = typed(exercises, COLUMNS["election_83b"], Text)
employer = typed(exercises, COLUMNS["employer"], Text)
grant_id = typed(exercises, COLUMNS["grant_id"], Text)
price_exact = typed(exercises, COLUMNS["price_exact"], Amount)
fmv_grant = typed(exercises, COLUMNS["fmv_grant"], Amount)
price_at_grant = typed(exercises, COLUMNS["price_at_grant"], Amount)
acquired_by = typed(exercises, COLUMNS["acquired_by"], Text)
held_since = typed(exercises, COLUMNS["held_since"], Day)
basis_adjustment = typed(exercises, COLUMNS["basis_adjustment"], Amount)
amt_basis_adjustment = typed(exercises, COLUMNS["amt_basis_adjustment"], Amount)
employment_ended = typed(exercises, COLUMNS["employment_ended"], Day)
# What is kept and no figure takes: the employee's own first transfer of title (IRC 6039(a)(2)) starts no period.
all_others(exercises, COLUMNS)

# --- computed --------------------------------------------------------------------------------------------
is_espp = exercises.column("is_espp", "ESPP?", kind.equals("ESPP"), Kind.FLAG, "IRC 423")
is_rsu = exercises.column("is_rsu", "RSU?", kind.equals("RSU"), Kind.FLAG, "IRC 83(a)")
is_wages = exercises.column(
    "is_wages", "Spread in wages?", is_rsu | kind.equals("NSO"), Kind.FLAG, "IRC 83(a): NSO and RSU"
)
is_iso = exercises.column("is_iso", "ISO?", ~(is_espp | is_wages), Kind.FLAG, "IRC 422; 56(b)(3)")
is_inherited = exercises.column(
    "is_inherited",
    "Inherited?",
    acquired_by.equals("inheritance"),
    Kind.FLAG,
    "IRC 1014(a), 1223(9): basis at death, always long-term; 424(c)(1)(A)",
)
of_spouse = exercises.column(
    "of_spouse",
    "Exercised by a spouse?",
    acquired_by.equals("spouse"),
    Kind.FLAG,
    "IRC 1041(b), 424(c)(4): taxed as the spouse would have been, and line 2i was the spouse's",
)
term_is_moved = exercises.column(
    "term_is_moved", "Held since another day?", given(held_since), Kind.FLAG, "IRC 1223: for short-term or long-term"
)
term_from = exercises.column(
    "term_from", "Held since, or exercised", when(term_is_moved, held_since, date_exercised), Kind.DAY, "IRC 1223(3)"
)
at_vest = exercises.column(
    "at_vest",
    "Measured at vest?",
    given(vest_date) & ~election_83b.equals("yes"),
    Kind.FLAG,
    "IRC 83(a), (b); Instructions for Form 6251, line 2i",
)
date_included = exercises.column(
    "date_included", "Measured on", when(at_vest, vest_date, date_exercised), Kind.DAY, "IRC 83(a)"
)
year_included = exercises.column("year_included", "Year of line 2i", year_of(date_included), Kind.YEAR)
# As typed, with its digits; of these the columns take what is rounded, and the notes what a form shows.
price_that_counts = when(given(price_exact), price_exact, exercise_price)
value_that_counts = when(at_vest, fmv_vest, fmv_exercise)
price_paid = exercises.a_share("price_paid", "Price paid per share", price_that_counts)
spread = exercises.a_share("spread", "Value less price, per share", value_that_counts - price_paid, "IRC 56(b)(3)")
bargain = exercises.a_share(
    "bargain",
    "Spread per share, not below zero",
    only_when(~is_inherited, not_below_zero(spread)),
    "IRC 56(b)(3): each exercise alone; inherited stock has none",
)
# Regular tax knows no election for an ISO: a disqualifying sale looks at the vest day (Reg. 1.422-1(b)(3) Example 2).
date_vested = exercises.column(
    "date_vested", "Vested on", when(is_iso & given(vest_date), vest_date, date_included), Kind.DAY, "Reg. 1.422-1(b)"
)
regular_spread = exercises.a_share(
    "regular_spread",
    "Value less price for regular tax, per share",
    when(is_iso & given(vest_date), fmv_vest, value_that_counts) - price_paid,
    "IRC 422(c)(2), 83(a)",
)
regular_bargain = exercises.a_share(
    "regular_bargain",
    "The same, not below zero",
    only_when(~is_inherited, not_below_zero(regular_spread)),
    "IRC 422(c)(2); inherited stock has none",
)
bargain_element = exercises.amount("bargain_element", "Bargain\nelement", shares * spread, "IRC 56(b)(3)")
taxed_as_wages = exercises.amount(
    "taxed_as_wages", "Spread that was wages", only_when(is_wages, shares * bargain), "IRC 83(a)"
)
wage_income = exercises.amount(
    "wage_income",
    "Spread in wages",
    only_when(~of_spouse, taxed_as_wages),
    "IRC 83(a); Form W-2, box 1: of the one who exercised",
)
price_of_lot = exercises.amount("price_of_lot", "Price paid", shares * price_paid)
adjusted = exercises.amount(
    "adjusted", "Basis beyond price and income", or_zero(basis_adjustment), "IRC 1016; 1091(d), 1014, 1041(b)"
)
amt_adjusted = exercises.amount(
    "amt_adjusted",
    "The same for AMT",
    when(given(amt_basis_adjustment), amt_basis_adjustment, adjusted),
    "IRC 56(b)(3): each system on its own basis",
)
regular_basis = exercises.amount(
    "regular_basis",
    "Regular\nbasis",
    price_of_lot + taxed_as_wages + adjusted,
    "IRC 1012, 1016; the spread of an NSO or RSU is in wages",
    alone="Basis, regular",
)
first_day = exercises.column(
    "first_day",
    "First day\nto qualify",
    when(
        is_inherited,
        date_exercised,
        when(
            is_wages,
            more_than_months(when(term_is_moved, term_from, date_included), 12),
            later_of(more_than_months(date_granted, 24), more_than_months(date_exercised, 12)),
        ),
    ),
    Kind.DAY,
    "IRC 422(a)(1), 423(a)(1): more than two years from grant and one year from exercise (NSO, RSU: long-term from; "
    "inherited: at once)",
)
option_price = exercises.a_share(
    "option_price",
    "ESPP: price computed at grant",
    when(given(price_at_grant), price_at_grant, price_paid),
    "IRC 423(c), second sentence: as if exercised at grant, where the price was not fixed then",
)
grant_discount = exercises.a_share(
    "grant_discount",
    "ESPP: discount at grant per share",
    only_when(is_espp, not_below_zero(fmv_grant - option_price)),
    "IRC 423(c)(2)",
)
