"""Sales, continued: where a sale is reported. Form W-2, Form 1099-B and the columns of Form 8949."""

from __future__ import annotations

from ...language.expressions import given, join, larger_of, not_below_zero, number, only_when, text, when
from ...language.nodes import Kind
from .exercises import or_zero
from .sale_gains import gain, net_proceeds, ordinary, regular_basis, result, term
from .sales import box_8949, broker_basis, is_sale, loss_rule, passes_espp, price, sales, w2_income

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
