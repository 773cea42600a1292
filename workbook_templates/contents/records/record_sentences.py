"""The conclusions of the sheets Exercises and Sales."""

from __future__ import annotations

from typing import Final

from engine.federal.stock.line_2i import adds_nothing, adjustment, shares_left
from engine.federal.stock.sale_gains import net_proceeds, sale_figures
from engine.federal.stock.sales import shares
from engine.federal.years import forms_of
from engine.language.expressions import (
    Amount,
    Count,
    Text,
    count,
    dollars,
    join,
    rounded,
    shares_shown,
    shown,
    text,
    total,
    when,
)
from engine.language.form import Form
from engine.language.lines import MILLIONTH, ROUNDING
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.systems import AMT, REGULAR

from ...drawing.layout import SHARED, Shape
from .record_words import PASSED_ON, STATUTORY_LEFT, WAITING

NOTHING: Final = text("")
WHOLE: Final = count(0)


def declare_record_sentences(form: Form, shape: Shape) -> None:
    """Add the sentences, and the sums that other sheets take as well."""
    nothing = form.line("nothing", "Exercises that add nothing", total(adds_nothing))
    place = f"Line {forms_of(shape.last).number(Role.EXERCISES)}"
    exercised = form.line("2i", f"{place}, all exercises", total(adjustment))
    start = join(f"{place} of all years: ", dollars(exercised, ROUNDING), ".")
    form.words("exercises", "Exercises", join(start, _adding_nothing(nothing), _held(), _typed_since("exercises")))
    regular = form.line("gains", "Gains, regular", total(sale_figures(REGULAR).gain))
    amt = form.line("amt gains", "Gains, AMT", total(sale_figures(AMT).gain))
    form.words("sales", "Sales", join(_sold(regular, amt), _bases(), _typed_since("sales")))


def _rows(table: str, state: str) -> Amount:
    return Amount(Leaf(SHARED, f"{table}_{state}", settled=True))


def _all_shares(column: Count) -> Count:
    return rounded(total(column), MILLIONTH)


def _adding_nothing(nothing: Amount) -> Text:
    counted = _rows("exercises", "counted")
    adds = when(nothing.equals(1), text(" lots adds nothing."), text(" lots add nothing."))
    some = join(" ", shown(nothing, WHOLE), " of ", shown(counted, WHOLE), adds)
    return when(nothing > 0, when(counted.equals(1), text(" The one lot adds nothing."), some), NOTHING)


def _held() -> Text:
    """The shares that are left, and whether they have met both holding periods."""
    left, of_option, waiting = map(_all_shares, (shares_left, STATUTORY_LEFT, WAITING))
    some = join(", ", shares_shown(waiting), " of them not yet past both holding periods.")
    still = when(waiting.equals(left), text(", none of them past both holding periods yet."), some)
    all_past = when(
        of_option.equals(left),
        text(", all past both holding periods."),
        text(", the ISO and ESPP shares among them past both holding periods."),
    )
    past = when(of_option > count(0), all_past, text("."))
    held = join(" ", shares_shown(left), " shares are still held", when(waiting > count(0), still, past))
    return when(left > count(0), held, text(" None of the shares is held any more."))


def _sold(regular: Amount, amt: Amount) -> Text:
    passed_on = _all_shares(PASSED_ON)
    sold = join(
        "Sold ", shares_shown(_all_shares(shares) - passed_on), " shares for ", dollars(total(net_proceeds), ROUNDING)
    )
    gains = join(": ", _gain(regular), " for the regular tax, ", _gain(amt), " for the AMT.")
    given = join(" Given or passed on: ", shares_shown(passed_on), " shares.")
    return join(sold, gains, when(passed_on > count(0), given, NOTHING))


def _gain(amount: Amount) -> Text:
    return when(amount < 0, join("loss of ", dollars(-amount, ROUNDING)), join("gain of ", dollars(amount, ROUNDING)))


def _bases() -> Text:
    regular, amt = (total(sale_figures(system).basis) for system in (REGULAR, AMT))
    lower = when(amt < regular, text(" The AMT basis is lower."), NOTHING)
    return when(amt > regular, text(" The AMT basis is higher."), lower)


def _typed_since(table: str) -> Text:
    """Rows that were typed since the build stand below the printed page, and it says so itself."""
    more = _rows(table, "begun") - _rows(table, "built")
    rows = when(more.equals(1), text(" row typed"), text(" rows typed"))
    told = " since the build, not on the printed page: run isobook build on this file."
    return when(more > 0, join("  ·  ", shown(more, WHOLE), rows, told), NOTHING)
