"""A Form W-2 beside the records: code V against the spread of nonqualified options, box 1 against all stock income."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from ...columns import W2 as COLUMNS
from ...columns.entries import typed
from ...language.expressions import Amount, Count, Text, given, larger_of, only_when, total_same
from ...language.lines import Line
from ...language.nodes import Kind
from ...language.reasons import Reason, reason_column
from ...language.table import Table
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines

FORMS_W2: Final[list[Line]] = []
forms_w2: Final = Table("w2", "W-2", FORMS_W2)
APART: Final = 1  # dollars: what is rounded on a form is no difference

# --- as received, and what the records have of the same year and employer ---------------------------------
tax_year = typed(forms_w2, COLUMNS["tax_year"], Count)
employer = typed(forms_w2, COLUMNS["employer"], Text)
box_1 = typed(forms_w2, COLUMNS["box_1"], Amount)
code_v = typed(forms_w2, COLUMNS["code_v"], Amount)
key = forms_w2.entry("key", "Employer, whatever its case", Text, Kind.TEXT)
nso_spread = forms_w2.entry("nso_spread", "Spread of\nNSO", Amount, Kind.MONEY)
stock_income = forms_w2.entry("stock_income", "Option and\nstock income", Amount, Kind.MONEY)
wages = forms_w2.entry("wages", "Wages of\nthe return", Amount, Kind.MONEY)  # blank where the return has none

# --- computed --------------------------------------------------------------------------------------------
all_box_1 = forms_w2.amount("all_box_1", "Box 1, all\nemployers", total_same(box_1, tax_year), "Form 1040, line 1a")
of_employer = forms_w2.amount("of_employer", "Box 1, this employer", total_same(box_1, tax_year, key))
_code_v = forms_w2.amount("code_v_or_0", "Code V, or 0", only_when(given(code_v), code_v))
all_code_v = forms_w2.amount("all_code_v", "Code V, this employer", total_same(_code_v, tax_year, key))


def _apart(first: Amount, second: Amount) -> Amount:
    return larger_of(first - second, second - first)


wages_off = forms_w2.amount(
    "wages_off", "Wages and box 1, apart by", only_when(given(wages), _apart(wages, all_box_1)), "Form 1040, line 1a"
)
wages_differ = forms_w2.column(
    "wages_differ",
    "Wages other than box 1?",
    wages_off >= APART,
    Kind.FLAG,
    "Form 1040, line 1a: the total of box 1 of all Forms W-2",
)
code_v_differs = forms_w2.column(
    "code_v_differs",
    "Code V other than the spread?",
    _apart(all_code_v, nso_spread) >= APART,
    Kind.FLAG,
    "Instructions for Form W-2, box 12 code V: the spread of nonqualified options",
)
forms_w2.column(
    "short_of_income",
    "Box 1 below stock income?",
    stock_income - of_employer >= APART,
    Kind.FLAG,
    "IRC 83(a), 421(b): the income is wages",
)
why = reason_column(
    forms_w2,
    "why",
    "Why",
    [
        Reason(
            "wages",
            "DIFFERS: wages of the return are not box 1 of all Forms W-2. Enter every form, or correct one.",
            wages_differ,
        ),
        Reason("code_v", "DIFFERS: code V is not the spread of NSO of this employer and year.", code_v_differs),
        Reason("open", "open: wages of the return are still to come.", ~given(wages)),
        Reason("agrees", "Box 1 agrees with wages, code V with the spread."),
    ],
    "Form 1040, line 1a; Instructions for Form W-2, box 12 code V",
)


@cache
def _compiled() -> Figure:
    return compile_lines(FORMS_W2, AMOUNTS)


def ties_of(entries: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Every column of the Forms W-2, "w2.all_box_1" and the rest, from those that come with them, in dollars."""
    return {**entries, **_compiled()(entries)}
