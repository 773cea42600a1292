"""How much more could be exercised, and what to do by 31 December: `isobook plan`, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine import Client, InputError, Problem
from engine.planning import Grant, Turning, allocate, in_cents, shares_within, turning_points
from engine.scenarios import (
    Course,
    December,
    Decision,
    Recovery,
    TrappedLoss,
    december,
    last_ready,
    recovery,
    trapped_loss,
)
from engine.tax_year import YEARS

from .terminal import say

DOLLAR: Final = Decimal(1)
SOURCES: Final = {
    "given": "the price asked about",
    "Form 3921": "their value on Form 3921",
    "value at vest": "their value at vest",
}


@dataclass(frozen=True)
class Questions:
    """What is asked beside the turning points; dollars a share."""

    year: int | None = None  # None: the last year that is ready
    price: Decimal | None = None
    fmv: Decimal | None = None
    grants: Sequence[Grant] = ()
    sale_price: Decimal | None = None
    later_price: Decimal | None = None


@dataclass(frozen=True)
class Plan:
    """The answers for one client."""

    client: Client
    asked: Questions
    needs: dict[int, list[str]]  # by year that is not ready: the columns that it needs
    turning: dict[int, Turning]
    year: int | None  # of the decisions; None where no year is ready
    december: December | None
    trapped: TrappedLoss | None
    recovery: Recovery | None


def planned(client: Client, asked: Questions) -> Plan:
    """Figure every answer. InputError if the year asked about is not ready."""
    projection = in_cents(client)
    needs = {year: result.missing for year, result in projection.years.items() if not result.ready}
    last, year = last_ready(projection), asked.year
    if year is not None and (year not in projection.years or year in needs):
        raise InputError([_not_ready(year, needs)])
    year = year if year is not None else last.year if last else None
    decision = december(client, year, asked.sale_price, asked.later_price) if year else None
    turning = turning_points(client)
    return Plan(client, asked, needs, turning, year, decision, trapped_loss(projection), recovery(client))


def _not_ready(year: int, needs: dict[int, list[str]]) -> Problem:
    expected = f"{', '.join(needs[year])} for {year}" if year in needs else "a tax year of this client"
    return Problem("returns.csv", None, "tax_year", str(year), expected, "Fill in the row, or ask about another year.")


def plan_json(plan: Plan) -> str:
    """The turning points by year and the other answers; dollars and cents as text, null where there is none."""
    years: dict[str, Any] = {
        str(year): {
            "amt_crossover": _cents(turning.amt_crossover),
            "credit_crossover": _cents(turning.credit_crossover),
        }
        for year, turning in plan.turning.items()
    }
    for year, missing in plan.needs.items():
        years[str(year)] = {"amt_crossover": None, "credit_crossover": None, "ready": False, "missing": missing}
    answers = {
        "years": dict(sorted(years.items())),
        "planned_year": plan.year,
        "more_shares": _more_shares(plan),
        "allocation": {name: dict(taken) for name, taken in _allocations(plan)},
        "december": [_decision(plan, each) for each in plan.december.decisions] if plan.december else [],
        "december_needs": list(plan.december.missing) if plan.december else [],
        "trapped_loss": _fields(plan.trapped),
        "credit_recovery": _fields(plan.recovery),
    }
    return json.dumps(answers, indent=2)


def _decision(plan: Plan, decision: Decision) -> dict[str, Any]:
    derived = ("last_day", "amt_saved", "regular_tax_added", "tax_difference", "is_whole")
    answers = _fields(decision) | {name: _plain(getattr(decision, name)) for name in derived}
    return answers | {"year": plan.year, "keep": _fields(decision.keep), "sell": _fields(decision.sell)}


def _fields(answer: Any) -> Any:
    return None if answer is None else {name: _plain(value) for name, value in vars(answer).items()}


def _plain(value: Any) -> Any:
    """A value as JSON has it: money as text in cents, days as text."""
    match value:
        case Decimal():
            return _cents(value)
        case None | bool() | int() | str():
            return value
        case tuple():
            return list(value)
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
    return str(value)


def _limits(plan: Plan) -> Iterator[tuple[str, Decimal]]:
    """How much more spread the year takes, by what turns then."""
    if plan.year is not None:
        turning = plan.turning[plan.year]
        yield "until_amt", turning.room
        if turning.credit_crossover is not None:
            yield "until_credit_shrinks", turning.credit_crossover - turning.line_2i


def _more_shares(plan: Plan) -> dict[str, int | None] | None:
    price, fmv = plan.asked.price, plan.asked.fmv
    if price is None or fmv is None:
        return None
    return {name: shares_within(room, price, fmv) for name, room in _limits(plan)}


def _allocations(plan: Plan) -> Iterator[tuple[str, dict[str, int]]]:
    if plan.asked.grants:
        for name, room in _limits(plan):
            yield name, allocate(room, plan.asked.grants)


def show_plan(plan: Plan) -> None:
    """Print every answer in plain words."""
    say(f"{plan.client.name}: US dollars, figured in cents, all else as given")
    say("Line 2i of Form 6251 is the spread (value less price paid) of incentive options exercised and kept.")
    for words in (*_turning_words(plan), *_exercise_words(plan), *_december_words(plan), *_after_words(plan)):
        say(words)


def _turning_words(plan: Plan) -> Iterator[str]:
    for year in sorted({*plan.turning, *plan.needs}):
        yield ""
        if year in plan.needs:
            yield f"  {year}  not ready: needs {', '.join(plan.needs[year])} in returns.csv"
            continue
        turning = plan.turning[year]
        yield f"  {year}  line 2i as recorded:      {turning.line_2i:,.2f}"
        yield f"        AMT starts above:         {turning.amt_crossover:,.2f}"
        if turning.credit_crossover is not None:
            yield f"        credit used shrinks above: {turning.credit_crossover:,.2f}"
        yield f"        {_room_words(turning)}"


def _room_words(turning: Turning) -> str:
    if turning.room >= 0:
        return f"{turning.room:,.2f} more spread still leaves AMT at 0."
    return f"{-turning.room:,.2f} of spread is above that point and costs AMT."


TURNS: Final = {"until_amt": "AMT stays 0", "until_credit_shrinks": "the credit used stays whole"}


def _exercise_words(plan: Plan) -> Iterator[str]:
    """Shares for a price and a value, and over several grants."""
    if more := _more_shares(plan):
        yield f"\nExercising more in {plan.year} at a price of {plan.asked.price:,f}, value {plan.asked.fmv:,f} a share"
        for name, shares in more.items():
            count = "any number of shares: no spread" if shares is None else f"{shares:,} more shares"
            yield f"  {TURNS[name]}: {count}"
    for name, taken in _allocations(plan):
        yield f"\nThe most shares of these grants in {plan.year} while {TURNS[name]}, smallest spread first"
        for grant in plan.asked.grants:
            yield f"  {grant.name}: {taken[grant.name]:,} of {grant.shares:,f} shares"


def _december_words(plan: Plan) -> Iterator[str]:
    decision = plan.december
    if decision is None or not (decision.missing or decision.decisions):
        return
    yield f"\nKeep, or sell by 31 December {plan.year}? Each lot alone, the others as recorded"
    if decision.missing:
        needs = ", ".join(decision.missing)
        yield f"  Needs {needs} for {plan.year}: a sale changes taxable income, which is then not taken as filed."
        return
    yield "  Income and tax as filed are not used from that year on: both are figured again with each sale."
    for each in decision.decisions:
        yield ""
        yield from (f"  {words}" for words in _lot_words(each))
    yield ""
    yield "  The day of the trade counts. Shares bought within 30 days before or after a sale at a loss undo the cap on"
    yield "  ordinary income (IRC 1091, 422(c)(2)(B))."


def _lot_words(decision: Decision) -> Iterator[str]:
    sell, keep, year = decision.sell, decision.keep, decision.last_day.year
    yield f"{decision.exercise_id}: {decision.shares:,f} shares left"
    yield (
        f"  Sell all by {decision.last_day} ({decision.last_day:%A}) at {_share(sell.price)}, "
        f"{SOURCES[decision.price_from]}: cash {sell.proceeds:,.2f}, {_result_words(sell)}"
    )
    yield (
        f"    AMT of {year}: {sell.amt:,.2f} instead of {keep.amt:,.2f}; {_change('regular tax', decision.regular_tax_added)}; "
        f"{_change('both together', decision.tax_difference)}, before credits"
    )
    yield f"  Keep, and sell on {keep.date_sold}, the first day to qualify, at {_share(keep.price)}: {_result_words(keep)}"
    yield from (f"  {words}" for words in _comparison(decision))


def _result_words(course: Course) -> str:
    ordinary = f"ordinary income {course.ordinary_income:,.2f}, " if course.ordinary_income else ""
    return f"{ordinary}regular gain {course.regular_gain:,.2f}, AMT gain {course.amt_gain:,.2f}"


def _comparison(decision: Decision) -> Iterator[str]:
    sell, keep, years = decision.sell, decision.keep, decision.compared
    if decision.is_whole:
        taxes = f"the taxes of {years[0]} to {years[-1]}, less the credit used"
    else:
        taxes = f"the tax of {years[0]} alone"
        yield f"The tax of the later sale is not in the comparison: {_stops(decision)}"
    if decision.repeated:
        again = " and ".join(map(str, decision.repeated))
        yield f"{again}: the last return of the file is taken again."
    ahead = keep.cash - sell.cash
    which = "keeping leaves as much cash as selling" if not ahead else _more_cash(ahead)
    yield f"After {taxes}, {which}."
    yield (
        f"Left after {years[-1]}: credit {keep.credit_left:,.2f} if kept, {sell.credit_left:,.2f} if sold; "
        f"AMT loss {keep.amt_loss_left:,.2f} and {sell.amt_loss_left:,.2f}"
    )
    if decision.break_even is None:
        yield "Break-even: at no price does selling leave as much."
    else:
        yield f"Break-even: sold at {_share(decision.break_even)}, cash after {taxes} is the same."


def _stops(decision: Decision) -> str:
    later = decision.keep.date_sold.year
    if later > YEARS[-1]:
        return f"{later} has no enacted figures here; {YEARS[-1]} is the last covered year."
    return f"a year through {later} is not ready."


def _more_cash(ahead: Decimal) -> str:
    better, worse = ("keeping", "selling") if ahead > 0 else ("selling", "keeping")
    return f"{better} leaves {abs(ahead):,.2f} more cash than {worse}"


def _change(what: str, amount: Decimal) -> str:
    return f"{what} unchanged" if not amount else f"{what} {'up' if amount > 0 else 'down'} by {abs(amount):,.2f}"


def _share(price: Decimal) -> str:
    return f"{price:,.2f} a share"


def _after_words(plan: Plan) -> Iterator[str]:
    if trapped := plan.trapped:
        yield f"\nAMT capital loss carried out of {trapped.year}: {trapped.amt_loss:,.2f} (regular: {trapped.regular_loss:,.2f})"
        yield f"  At {trapped.limit:,.0f} a year, without gains, it takes {_years(trapped.years)} to use up."
        yield f"  An AMT gain of {trapped.freeing_gain:,.2f} in one year frees all of it, {trapped.limit:,.0f} on top."
    if credit := plan.recovery:
        yield f"\nMinimum tax credit left after {credit.year}: {credit.left:,.2f}"
        used = ", ".join(f"{year}: {amount:,.2f}" for year, amount in credit.used.items() if amount)
        yield f"  Used under the returns of the file: {used or 'none'}"
        if credit.years is None:
            yield f"  If the return of {credit.year} repeats without exercises and sales, there is no room: none comes back."
        else:
            yield (
                f"  If the return of {credit.year} repeats without exercises and sales, {credit.room:,.2f} comes back "
                f"a year: {_years(credit.years)}."
            )


def _years(count: int) -> str:
    return f"{count} year{'' if count == 1 else 's'}"


def _cents(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
