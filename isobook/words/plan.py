"""The answers of `isobook plan` in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from engine.clients.carryforwards import AS_FILED, TrappedLoss
from engine.clients.planning import ExercisableGrant, TurningPoints
from engine.clients.scenarios import CourseOfAction, Decision, PriceFrom
from engine.federal.forms.form_6251 import FORM_6251
from engine.filing import YEARS
from engine.language.money import ZERO
from engine.records import Return

from .forms import iso_line
from .plan_figures import Plan, Questions, allocations, more_shares
from .terminal import say

SATURDAY: Final = 5
SOURCES: Final = {
    PriceFrom.ASKED: "the price asked about",
    PriceFrom.FORM_3921: "their value on Form 3921",
    PriceFrom.AT_VEST: "their value at vest",
}
TURNS: Final = {"until_amt": "AMT stays 0", "until_credit_shrinks": "the credit used stays whole"}


def show_plan(plan: Plan, *, all_years: bool = False) -> None:
    """Print every answer in plain words; the filed years only where they are asked for."""
    say(f"{plan.client.name}: US dollars, computed in cents, all else as given")
    told = "is the spread (value less price paid) of incentive options exercised and kept."
    say(f"{iso_line().capitalize()} of {FORM_6251.title} {told}")
    years = [*plan.to_decide, *plan.filed] if all_years else plan.shown
    for words in (
        *_turning_words(plan, years),
        *_filed_words(plan, years),
        *_exercise_words(plan),
        *_december_words(plan),
        *_after_words(plan),
    ):
        say(words)


def _turning_words(plan: Plan, years: Sequence[int]) -> Iterator[str]:
    for year in years:
        yield ""
        if year in plan.needs:
            yield f"  {year}  not ready: needs {', '.join(plan.needs[year])} in returns.csv"
            continue
        turning = plan.turning[year]
        filed = " (filed)" if plan.stages[year] == "filed" else ""
        yield f"  {year}  {iso_line()} as recorded:       {turning.line_2i:,.2f}{filed}"
        yield f"        AMT starts above:          {turning.amt_crossover:,.2f}"
        if turning.credit_crossover is not None:
            yield f"        {_credit_words(turning.credit_crossover)}"
        yield f"        {_room_words(turning)}"


def _filed_words(plan: Plan, years: Sequence[int]) -> Iterator[str]:
    """Which years are filed and not shown, and where all are filed, how there is one to plan."""
    if not plan.to_decide:
        yield ""
        following = max(plan.stages) + 1
        add = f"Add a row for {following}, or name" if following <= YEARS[-1] else "Name"
        yield (
            f"Every return of this file is filed, so nothing is left to decide. {add} a year with --year "
            "as if it were open."
        )
    left_out = [year for year in plan.filed if year not in years]
    if left_out:
        yield ""
        are, them = ("is", "it") if len(left_out) == 1 else ("are", "them")
        yield f"{_ranges(left_out)} {are} filed and left out; --all shows {them}."


def _ranges(years: Sequence[int]) -> str:
    """`2020 to 2024`, `2020 and 2021`: years in a sentence."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _credit_words(crossover: Decimal) -> str:
    if crossover < 1:
        return "The credit used shrinks from the first dollar of spread."
    return f"credit used shrinks above: {crossover:,.2f}"


def _room_words(turning: TurningPoints) -> str:
    if turning.room >= 0:
        return f"{turning.room:,.2f} more spread still leaves AMT at 0."
    return f"{-turning.room:,.2f} of spread is above that point and costs AMT."


def _exercise_words(plan: Plan) -> Iterator[str]:
    """Shares for a price and a value, and over several grants."""
    if more := more_shares(plan):
        yield ""
        yield f"Exercising more in {plan.year} at a price of {plan.asked.price:,f}, value {plan.asked.fmv:,f} per share"
        for name, shares in more.items():
            yield f"  {TURNS[name]}: {_more(plan.asked) if shares is None else f'{shares:,} more shares'}"
    for name, taken in allocations(plan):
        yield ""
        yield f"The most shares of these grants in {plan.year} while {TURNS[name]}, smallest spread first"
        for grant in plan.asked.grants:
            yield f"  {grant.name}: {taken[grant.name]:,} of {grant.shares:,f} shares{_underwater(grant)}"


def _more(asked: Questions) -> str:
    """Shares without spread have no limit; underwater, nobody wants them."""
    assert asked.price is not None
    assert asked.fmv is not None
    return f"any number of shares: no spread{_underwater(ExercisableGrant('', ZERO, asked.price, asked.fmv))}"


def _underwater(grant: ExercisableGrant) -> str:
    """What is said of a grant whose value is below its price; nothing of another."""
    if not grant.is_underwater:
        return ""
    loss = f"an exercise pays ${grant.price - grant.fmv:,f} per share more than it is worth"
    return f". Underwater: the value, ${grant.fmv:,f}, is below the price, ${grant.price:,f}; {loss}"


def _december_words(plan: Plan) -> Iterator[str]:
    decision = plan.december
    if decision is None or not (decision.missing or decision.decisions):
        return
    yield ""
    yield f"Keep, or sell by 31 December {plan.year}? Each lot alone, the others as recorded"
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
    yield f"    AMT of {year}: {sell.amt:,.2f} instead of {keep.amt:,.2f}; {_saved(decision.amt_saved)}"
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
    return f"{amount:,.2f} of AMT saved" if amount >= 0 else f"{-amount:,.2f} more AMT"


def _result_words(course: CourseOfAction) -> str:
    ordinary = f"ordinary income {course.ordinary_income:,.2f}, " if course.ordinary_income else ""
    gains = f"{_gain('regular', course.regular_gain)}, {_gain('AMT', course.amt_gain)}"
    return f"cash {course.proceeds:,.2f}, {ordinary}{gains}"


def _gain(system: str, amount: Decimal) -> str:
    return f"{system} {'loss' if amount < 0 else 'gain'} {abs(amount):,.2f}"


def _comparison(decision: Decision) -> Iterator[str]:
    sell, keep, years = decision.sell, decision.keep, decision.compared
    if not decision.is_whole:
        yield f"The tax of the later sale is not compared: {_stops(decision)}"
    if decision.repeated:
        yield f"{' and '.join(map(str, decision.repeated))}: the last return of the file is taken again."
    taxes = f"taxes of {years[0]}" + (f" through {years[-1]}" if len(years) > 1 else "")
    yield f"Proceeds less the {taxes}, credit used deducted: {_ahead(keep.cash - sell.cash)}"
    yield (
        f"Not yet used after {years[-1]}: credit {keep.credit_left:,.2f} if kept, {sell.credit_left:,.2f} if sold; "
        f"AMT loss {keep.amt_loss_left:,.2f} if kept, {sell.amt_loss_left:,.2f} if sold."
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
    return f"{better} leaves {abs(amount):,.2f} more than {worse}."


def _change(what: str, amount: Decimal) -> str:
    return f"{what} unchanged" if not amount else f"{what} {'up' if amount > 0 else 'down'} by {abs(amount):,.2f}"


def _share(price: Decimal) -> str:
    return f"{price:,.2f} per share"


WHOSE: Final = "  Whose it is after a death or a change of filing status must be settled before anyone uses it."


def _after_words(plan: Plan) -> Iterator[str]:
    if trapped := plan.trapped:
        yield ""
        both = f"{trapped.amt_loss:,.2f}, for regular tax {trapped.regular_loss:,.2f}"
        yield f"AMT capital loss carried out of {trapped.year}: {both}"
        if trapped.in_question:
            yield WHOSE
        if trapped.freeing_gain:
            yield f"  At {trapped.limit:,.0f} a year, without gains, it takes {_years(trapped.years)} to use up."
        yield f"  {_freed(trapped)}"
    if credit := plan.recovery:
        yield ""
        yield f"Minimum tax credit left after {credit.year}: {credit.left:,.2f}"
        used = ", ".join(f"{year}: {amount:,.2f}" for year, amount in credit.used.items() if amount)
        yield f"  Used under the returns of the file: {used or 'none'}"
        again = f"  If the return of {credit.year} repeats without exercises and sales"
        if credit.in_question:
            yield WHOSE
        elif credit.years is None:
            yield f"{again}, there is no room: none comes back."
        else:
            yield f"{again}, up to {credit.room:,.2f} comes back a year: {_years(credit.years)}."


def _freed(trapped: TrappedLoss) -> str:
    """What uses up the loss in one year: a gain, or the limit alone where it is no smaller."""
    if not trapped.freeing_gain:
        return (
            f"The loss limit of {trapped.limit:,.0f} a year alone uses up all of it in the next year, without a gain."
        )
    return f"An AMT gain of {trapped.freeing_gain:,.2f} in one year frees all of it, {trapped.limit:,.0f} on top."


def _years(count: int) -> str:
    return f"{count} year{'' if count == 1 else 's'}"
