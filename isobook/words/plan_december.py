"""Keep a lot, or sell it by December 31: the answers of `isobook plan` on each lot of the year, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from engine.clients.carryforwards import AS_FILED
from engine.clients.scenarios import CourseOfAction, Decision, PriceFrom
from engine.filing import YEARS
from engine.records import Return

from .plan_figures import Plan

SATURDAY: Final = 5
SOURCES: Final = {
    PriceFrom.ASKED: "the price asked about",
    PriceFrom.FORM_3921: "their value on Form 3921",
    PriceFrom.AT_VEST: "their value at vest",
}


def december_words(plan: Plan) -> Iterator[str]:
    """Each lot of the year kept or sold, with what it changes; what is missing where a sale cannot be computed."""
    decision = plan.december
    if decision is None or not (decision.missing or decision.decisions):
        return
    yield ""
    yield f"Keep, or sell by December 31, {plan.year}? Each lot alone, the others as recorded"
    if decision.missing:
        needs = ", ".join(decision.missing)
        yield f"  Needs {needs} for {plan.year}: a sale changes taxable income, which is then not taken as filed."
        return
    if any(row.tax_year >= decision.year and _is_filed(row) for row in plan.client.returns):
        yield "  Taxable income and tax as filed are not used from that year on: a sale changes both."
    for each in decision.decisions:
        yield ""
        yield from (f"  {words}" for words in _lot_words(each))
    yield ""
    yield "  The day of the trade counts. Ordinary income is limited to the gain only where a loss would be allowed:"
    yield "  not where shares are bought within 30 days before or after the sale (IRC 422(c)(2), 1091)."


def _is_filed(row: Return) -> bool:
    return any(getattr(row, name) is not None for name in AS_FILED)


def _lot_words(decision: Decision) -> Iterator[str]:
    sell, keep, year = decision.sell, decision.keep, decision.last_day.year
    yield f"{decision.exercise_id}: {decision.shares.normalize():,f} shares left"
    yield f"  Sell all by {_day(decision.last_day)} at {_share(sell.price)}, {SOURCES[decision.price_from]}:"
    yield f"    {_result_words(sell)}"
    yield f"    AMT of {year}: ${sell.amt:,.2f} instead of ${keep.amt:,.2f}; {_saved(decision.amt_saved)}"
    yield (
        f"    {_change('Regular tax', decision.regular_tax_added)}; "
        f"{_change('regular tax and AMT together', decision.tax_difference)}, before credits"
    )
    yield f"  Keep, and sell on {keep.date_sold}, the first day to qualify, at {_share(keep.price)}:"
    yield f"    {_result_words(keep)}"
    yield from (f"  {words}" for words in _comparison(decision))


def _day(day: date) -> str:
    """The last day; one without trading is told."""
    closed = f" (a {day:%A}: trade before it)" if day.weekday() >= SATURDAY else ""
    return f"{day}{closed}"


def _saved(amount: Decimal) -> str:
    return f"${amount:,.2f} of AMT saved" if amount >= 0 else f"${-amount:,.2f} more AMT"


def _result_words(course: CourseOfAction) -> str:
    ordinary = f"ordinary income ${course.ordinary_income:,.2f}, " if course.ordinary_income else ""
    gains = f"{_gain('regular', course.regular_gain)}, {_gain('AMT', course.amt_gain)}"
    return f"cash ${course.proceeds:,.2f}, {ordinary}{gains}"


def _gain(system: str, amount: Decimal) -> str:
    return f"{system} {'loss' if amount < 0 else 'gain'} ${abs(amount):,.2f}"


def _comparison(decision: Decision) -> Iterator[str]:
    sell, keep, years = decision.sell, decision.keep, decision.compared
    if not decision.is_whole:
        yield f"The tax of the later sale is not compared: {_stops(decision)}"
    if decision.repeated:
        yield f"{' and '.join(map(str, decision.repeated))}: the last return of the file is taken again."
    taxes = f"taxes of {years[0]}" + (f" through {years[-1]}" if len(years) > 1 else "")
    yield f"Proceeds less the {taxes}, credit used deducted: {_ahead(keep.cash - sell.cash)}"
    yield (
        f"Not yet used after {years[-1]}: credit ${keep.credit_left:,.2f} if kept, ${sell.credit_left:,.2f} if sold; "
        f"AMT loss ${keep.amt_loss_left:,.2f} if kept, ${sell.amt_loss_left:,.2f} if sold."
    )
    if decision.break_even is None:
        yield "Break-even: at no price does selling leave as much."
    else:
        even = _share(decision.break_even)
        yield f"Break-even: sold at {even} or more, as much is left after these taxes as by keeping."


def _stops(decision: Decision) -> str:
    later = decision.keep.date_sold.year
    if later > YEARS[-1]:
        return f"{YEARS[-1]} is the last year covered, and it falls in {later}."
    return f"a year through {later} is not ready."


def _ahead(amount: Decimal) -> str:
    if not amount:
        return "the same either way."
    better, worse = ("keeping", "selling") if amount > 0 else ("selling", "keeping")
    return f"{better} leaves ${abs(amount):,.2f} more than {worse}."


def _change(what: str, amount: Decimal) -> str:
    return f"{what} unchanged" if not amount else f"{what} {'up' if amount > 0 else 'down'} by ${abs(amount):,.2f}"


def _share(price: Decimal) -> str:
    return f"${price:,.2f} per share"
