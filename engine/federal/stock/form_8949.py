"""Sales, continued: where a sale is reported. Form W-2, Form 1099-B and the columns of Form 8949."""

from __future__ import annotations

from ...language.expressions import (
    Amount,
    Text,
    given,
    join,
    larger_of,
    not_below_zero,
    number,
    only_when,
    pick,
    rounded,
    shares_shown,
    text,
    when,
)
from ...language.nodes import Kind
from . import exercises as of_lot
from .exercises import or_zero
from .sale_gains import (
    amt_gain,
    amt_result,
    gain,
    net_proceeds,
    ordinary,
    regular_basis,
    result,
)
from .sales import (
    box_8949,
    broker_basis,
    exercise_id,
    is_inherited,
    is_sale,
    loss_rule,
    lot,
    passes_espp,
    price,
    sales,
    shares,
    w2_income,
)

# --- where it is reported --------------------------------------------------------------------------------
short_of_wages = sales.amount("short_of_wages", "Ordinary income less W-2", ordinary - or_zero(w2_income))
not_in_wages = sales.amount(
    "not_in_wages", "Ordinary income not in wages", not_below_zero(short_of_wages), "Schedule 1, other income"
)
w2_off = sales.amount(
    "w2_off",
    "W-2 and computed, apart by",
    only_when(given(w2_income) & (w2_income > 0), larger_of(short_of_wages, -short_of_wages)),
    "IRC 421(b); a typed 0 says that the employer left it out",
)
is_told_basis = given(broker_basis) & ~rounded(or_zero(broker_basis), 2).equals(rounded(regular_basis, 2))
told_basis = sales.amount(
    "told_basis",
    "Basis, Form 1099-B box 1e",
    when(is_told_basis, broker_basis, regular_basis),
    "Form 1099-B, box 1e: what differs by less than a cent is the same",
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
amt_adjust_8949 = sales.amount(
    "amt_adjust_8949", "Adjustment (g), AMT", amt_gain - amt_result, "Form 8949 column (g), with AMT figures"
)


def _loss_code(before: Amount) -> Text:
    """The code of a loss that does not count."""
    rule = when(loss_rule.equals("wash_sale"), text("W"), text("L"))
    return when(loss_rule.equals("") | (before >= 0), text(""), rule)


_of_basis = when(told_basis.equals(regular_basis) | no_1099b, text(""), text("B"))
code_8949 = sales.column(
    "code_8949",
    "Code\n(f)",
    when(is_sale, join(_of_basis, _loss_code(result)), text("")),
    Kind.TEXT,
    "Form 8949 column (f)",
)
amt_code_8949 = sales.column(
    "amt_code_8949",
    "Code (f), AMT",
    when(is_sale, _loss_code(amt_result), text("")),
    Kind.TEXT,
    "Form 8949 column (f), with AMT figures",
)
_employer = pick(of_lot.employer, lot)
description = sales.column(
    "description",
    "Description of property",
    join(shares_shown(shares), " sh ", when(_employer.equals(""), exercise_id, _employer)),
    Kind.TEXT,
    "Form 8949 column (a)",
)
acquired_words = sales.column(
    "acquired_words",
    "Date acquired, where it is no day",
    when(is_inherited, text("Inherited"), text("")),
    Kind.TEXT,
    "Instructions for Form 8949, column (b)",
)
unvalued = sales.amount(
    "unvalued",
    "ESPP gift or death without a value (1)",
    only_when(passes_espp & ~is_sale & ~given(price), number("1")),
    "IRC 423(c)",
    Kind.COUNT,
)
