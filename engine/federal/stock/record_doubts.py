"""What deserves a look in records that are in order: columns for the notes alone, which no sheet draws or figure takes.

They are asked of the columns of the record tables, so that a note rests on the figure that the forms take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from ...language.expressions import Day, add_months, day_after, given, pick, rounded, text, total_same, when
from ...language.lines import Line
from ...language.nodes import Kind, Leaf
from ...language.table import Table
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines
from ...systems import AMT, REGULAR
from . import boxes_of_8949, form_8949, line_2i
from . import exercises as of_lot
from . import sales as of_sale
from .sale_gains import sale_figures

OF_EXERCISES: Final[list[Line]] = []
OF_SALES: Final[list[Line]] = []
exercise_doubts: Final = Table("exercise_doubts", "Exercises, what deserves a look", OF_EXERCISES)
sale_doubts: Final = Table("sale_doubts", "Sales, what deserves a look", OF_SALES)

# --- of an exercise, as its form has it ------------------------------------------------------------------
exercise_doubts.column("price", "Price per share, as typed", of_lot.price_that_counts, Kind.PRICE)
exercise_doubts.column("value", "Value per share that counts, as typed", of_lot.value_that_counts, Kind.PRICE)
exercise_doubts.column("worth_less", "Below the price?", of_lot.spread < 0, Kind.FLAG, "IRC 56(b)(3)")
exercise_doubts.column(
    "taken_for_fixed",
    "Price taken for fixed at grant?",
    of_lot.is_espp & ~given(of_lot.price_at_grant),
    Kind.FLAG,
    "IRC 423(c), second sentence",
)
exercise_doubts.column(
    "another_price",
    "Another price than box 3?",
    given(of_lot.price_exact) & ~of_lot.price_exact.equals(of_lot.exercise_price),
    Kind.FLAG,
)
exercise_doubts.column(
    "is_rounding", "Box 3 its rounding?", rounded(of_lot.price_paid, 2).equals(of_lot.exercise_price), Kind.FLAG
)
_elected = of_lot.is_iso & of_lot.election_83b.equals("yes")
exercise_doubts.column(
    "elected", "Measured by election?", _elected & given(of_lot.vest_date), Kind.FLAG, "IRC 83(b), for AMT alone"
)
exercise_doubts.column("elected_in_vain", "Election, but vested?", _elected & ~given(of_lot.vest_date), Kind.FLAG)
exercise_doubts.column(
    "value_typed",
    "Value at vest that counts?",
    of_lot.at_vest & ~of_lot.is_inherited,
    Kind.FLAG,
    "IRC 83(a): no form reports the value at vest",
)
exercise_doubts.column(
    "after_ten_years",
    "Exercised after ten years?",
    of_lot.is_iso & ~of_lot.is_inherited & (of_lot.date_exercised > add_months(of_lot.date_granted, 120)),
    Kind.FLAG,
    "IRC 422(b)(3)",
)
exercise_doubts.column(
    "after_employment",
    "Exercised more than three months after employment?",
    of_lot.is_iso
    & ~of_lot.is_inherited
    & given(of_lot.employment_ended)
    & (of_lot.date_exercised > add_months(of_lot.employment_ended, 3)),
    Kind.FLAG,
    "IRC 422(a)(2); Reg. 1.422-1(a)(3)",
)
exercise_doubts.column(
    "is_adjusted",
    "Basis adjusted?",
    _adjusted := ~of_lot.adjusted.equals(0) | ~of_lot.amt_adjusted.equals(0),
    Kind.FLAG,
)
exercise_doubts.column(
    "adjusted_without_reason",
    "Adjusted, and nothing says why?",
    _adjusted & of_lot.acquired_by.equals("") & of_lot.doc_ref.equals(""),
    Kind.FLAG,
    "IRC 1016",
)
exercise_doubts.column(
    "basis_below_zero",
    "A basis below zero?",
    (of_lot.regular_basis < 0) | (line_2i.amt_basis < 0),
    Kind.FLAG,
    "IRC 1016: no basis is less than zero",
)
_the_same = (
    *(of_lot.kind, of_lot.employer, of_lot.grant_id, of_lot.date_granted, of_lot.date_exercised, of_lot.vest_date),
    *(of_lot.price_paid, of_lot.fmv_exercise, of_lot.shares),
)
exercise_doubts.column(
    "twice",
    "Another row the same?",
    total_same(of_lot.shares, *_the_same) > of_lot.shares,
    Kind.FLAG,
    "each Form 3921 is one transfer",
)


# --- of a sale, one row for each lot sold -----------------------------------------------------------------------
def _a_year_on(start: Day) -> Day:
    """The first day more than a year later; after February 28 it may be February 29, unlike `more_than_months`."""
    return day_after(add_months(start, 12))


_gain = {system: sale_figures(system).gain for system in (REGULAR, AMT)}
_box = boxes_of_8949.form_8949_columns(REGULAR).box
_price_paid, _bargain = pick(of_lot.price_paid, of_sale.lot), pick(of_lot.bargain, of_sale.lot)
_vest_date = pick(of_lot.vest_date, of_sale.lot)
_title_passed = pick(Day(Leaf(of_lot.exercises.sheet, "date_transferred", kind=Kind.DAY)), of_sale.lot)
_higher_basis = when(of_sale.date_sold >= of_sale.included, _price_paid + _bargain, _price_paid)
sale_doubts.column(
    "at_a_loss",
    "Below the higher basis?",
    of_sale.shares * of_sale.price - of_lot.or_zero(of_sale.selling_costs) < of_sale.shares * _higher_basis,
    Kind.FLAG,
    "IRC 1091(a): a loss in either system; of an ISO the basis for AMT is the higher one",
)
sale_doubts.column(
    "below_what",
    "Below which basis?",
    when(
        _gain[REGULAR] < 0,
        when(_gain[AMT] < 0, text("its basis"), text("its regular basis")),
        when(_gain[AMT] < 0, text("its AMT basis"), text("its value at exercise or vest")),
    ),
    Kind.TEXT,
)
sale_doubts.column(
    "on_vest_day", "On the day of vest?", given(_vest_date) & of_sale.date_sold.equals(_vest_date), Kind.FLAG
)
sale_doubts.column(
    "ahead_of_vest",
    "Before the day of vest?",
    given(_vest_date) & (_vest_date > of_sale.date_sold),
    Kind.FLAG,
    "Reg. 1.83-1(b); of an ISO 1.422-1(b)",
)
sale_doubts.column(
    "by_title_too_early",
    "A year from purchase, but not from box 7?",
    given(_title_passed)
    & (of_sale.date_sold >= _a_year_on(of_sale.exercised))
    & ~(of_sale.date_sold >= _a_year_on(_title_passed)),
    Kind.FLAG,
    "IRC 423(a)(1); 6039(a)(2)",
)
sale_doubts.column(
    "box_against_term",
    "Box of the other part?",
    of_sale.is_sale & ~of_sale.box_8949.equals("") & ~of_sale.box_8949.equals(_box),
    Kind.FLAG,
    "Form 8949: Part I is short-term, Part II long-term",
)
sale_doubts.column("box_unknown", "Box not known?", of_sale.is_sale & _box.equals(""), Kind.FLAG, "Form 1099-B")
sale_doubts.column(
    "wages_differ",
    "Income in wages other than computed?",
    form_8949.w2_off >= 1,
    Kind.FLAG,
    "IRC 421(b): by a dollar or more",
)
sale_doubts.column("for_nothing", "Sold at 0?", of_sale.is_sale & of_sale.price.equals(0), Kind.FLAG)

# A window of days over the rows of another table: no operator of the language says it.
WASH_SALE_DAYS: Final = 30  # IRC 1091(a): before or after the sale


def wash_sale_window(sold: date) -> tuple[date, date]:
    """The first and the last day on which a purchase of the same stock disallows a loss (IRC 1091(a))."""
    return sold - timedelta(days=WASH_SALE_DAYS), sold + timedelta(days=WASH_SALE_DAYS)


def held_since_of_replacement(bought: date, held_from: date, sold: date) -> date:
    """From when the replacement of a wash sale counts as held: the days of the old shares are added (IRC 1223(3))."""
    return bought - (sold - held_from)


@cache
def _compiled(of_exercises: bool) -> Figure:
    return compile_lines(OF_EXERCISES if of_exercises else OF_SALES, AMOUNTS)


def doubts_of(table: Table, records: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """The doubts on each row of the exercises or the sales, from the columns of the record tables."""
    computed = _compiled(table is exercise_doubts)(records)
    names = [line.leaf.line for line in table.columns]
    columns = [computed[line.key] for line in table.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
