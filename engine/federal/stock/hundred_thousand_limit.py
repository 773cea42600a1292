"""The $100,000 limit: how much of the options first exercisable in a year are incentive stock options.

A calendar year and a corporate group at a time, in the order of grant, at the value on the grant day; what is above is
nonqualified, whatever the option agreement says. Unexercised and expired options count as
well; none that was canceled before the year in which it would have become exercisable is entered (Reg. 1.422-4(b)(5)).
"""

from __future__ import annotations

from typing import Final

from ...columns import GRANTS as COLUMNS
from ...columns.entries import all_others, typed
from ...language.expressions import (
    Amount,
    Count,
    Day,
    Text,
    given,
    not_below_zero,
    number,
    only_when,
    rounded,
    smaller_of,
    text,
    total_before,
    total_same,
    when,
    whole_shares,
    year_of,
)
from ...language.lines import MILLIONTH, Line
from ...language.nodes import Kind
from ...language.reasons import Reason, Under, reason_column
from ...language.table import Table

LIMIT: Final = number("100000")
GRANTS: Final[list[Line]] = []
grants: Final = Table("grants", "Grants", GRANTS)
IN_ORDER: Final = "IRC 422(d)(2); Reg. 1.422-4(b)(3): in the order of grant"

SAME_DAY: Final = "provisional: IRC 422(d)(2) does not say which of two grants of one day comes first"

row = grants.entry("row", "Row", Count, Kind.COUNT)  # of grants of one day, the row above counts as the earlier one

# --- as received: one row a tranche ----------------------------------------------------------------------
grant_id = typed(grants, COLUMNS["grant_id"], Text)
employer = typed(grants, COLUMNS["employer"], Text)
date_granted = typed(grants, COLUMNS["date_granted"], Day)
fmv_grant = typed(grants, COLUMNS["fmv_grant"], Amount)
shares = typed(grants, COLUMNS["shares"], Count)
date_exercisable = typed(grants, COLUMNS["date_exercisable"], Day)
date_accelerated = typed(grants, COLUMNS["date_accelerated"], Day)
corporate_group = typed(grants, COLUMNS["corporate_group"], Text)
all_others(grants, COLUMNS)
iso_exercised = grants.entry("iso_exercised", "Exercised\nas ISO", Count, Kind.SHARES)  # of the whole grant

# --- computed --------------------------------------------------------------------------------------------
first_exercisable = grants.column(
    "first_exercisable",
    "First exercisable",
    when(given(date_accelerated), date_accelerated, when(given(date_exercisable), date_exercisable, date_granted)),
    Kind.DAY,
    "IRC 422(d)(1); Reg. 1.422-4(b)(4): an acceleration counts once it is triggered",
)
year = grants.column("year", "Year", year_of(first_exercisable), Kind.YEAR, "IRC 422(d)(1): by calendar year")
group = grants.column(
    "group",
    "Counted with",
    when(~corporate_group.equals(""), corporate_group, when(~employer.equals(""), employer, text("the employer"))),
    Kind.TEXT,
    "IRC 422(d)(1): all plans of the employer, its parent and its subsidiaries",
)
value = grants.column(
    "value",
    "Value first\nexercisable",
    rounded(shares * fmv_grant, 2),
    Kind.MONEY,
    "IRC 422(d)(3): the value of the stock on the day of the grant",
)
earlier_days = grants.amount(
    "earlier_days", "Of earlier grant days", total_before(value, date_granted, year, group), IN_ORDER
)
rows_above = grants.amount(
    "rows_above", "Of the same grant day, rows above", total_before(value, row, year, group, date_granted), SAME_DAY
)
before = grants.amount("before", "Taken\nbefore it", earlier_days + rows_above, IN_ORDER)
left = grants.amount("left", "Left of 100,000", not_below_zero(LIMIT - before), "IRC 422(d)(1)")
iso_shares = grants.column(
    "iso_shares",
    "ISO\nshares",
    when(value <= left, shares, smaller_of(shares, whole_shares(left, fmv_grant))),
    Kind.SHARES,
    "IRC 422(d); Reg. 1.422-4(c): an option may be an ISO in part; whole shares",
)
nso_shares = grants.column(
    "nso_shares", "NSO\nshares", rounded(shares - iso_shares, MILLIONTH), Kind.SHARES, "IRC 422(d)(1)"
)
iso_cost = grants.amount("iso_cost", "Value of the ISO shares, by the share", iso_shares * fmv_grant)
iso_value = grants.amount(
    "iso_value", "Value of the ISO shares", when(value <= left, value, smaller_of(left, iso_cost)), "IRC 422(d)"
)
iso_of_grant = grants.column(
    "iso_of_grant",
    "ISO shares of the whole grant",
    rounded(total_same(iso_shares, grant_id), MILLIONTH),
    Kind.SHARES,
    "Reg. 1.422-4(c)",
)
beyond = grants.amount(
    "beyond",
    "Exercised as ISO beyond it (1)",
    only_when(iso_exercised > iso_of_grant, number("1")),
    "provisional: Reg. 1.422-4(c): ISO shares come first, up to the limit",
    Kind.COUNT,
)

# --- why: the reasons, in the order in which they are asked for -------------------------------------------
BEYOND: Final = Reason("beyond", "DIFFERS: more exercised as ISO than this grant has of ISO shares.", beyond > 0)
ACCELERATED: Final = Reason(
    "accelerated",
    "Accelerated: counts in the year of the trigger. Within the limit: all ISO.",
    given(date_accelerated),
)
WITHIN: Final = Reason("within", "Within the limit: all ISO.", given(date_exercisable))
AT_ONCE: Final = Reason("at once", "Exercisable at once: counts in the year of the grant. All ISO.")
ABOVE: Final = Reason(
    "above", "Above the limit: earlier grants took the 100,000 of the year. All NSO.", iso_shares <= 0
)
CROSSES: Final = Reason("crosses", "Crosses the limit: whole shares up to $100,000 are ISO, the rest NSO.")
why = reason_column(
    grants,
    "why",
    "Why",
    [BEYOND, Under(nso_shares <= 0, (ACCELERATED, WITHIN, AT_ONCE)), ABOVE, CROSSES],
    "IRC 422(d)",
)
