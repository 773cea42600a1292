"""The answers of `isobook plan` in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Final

from engine.clients.carryforwards import TrappedLoss
from engine.clients.planning import ExercisableGrant, TurningPoints
from engine.clients.planning.words import IN_SHARES, IN_SPREAD, said
from engine.federal.forms.form_6251 import FORM_6251
from engine.filing import YEARS
from engine.language.money import ZERO

from .forms import iso_line
from .plan_december import december_words
from .plan_figures import Plan, Questions, allocations, more_shares
from .terminal import say

WIDTH: Final = 110  # characters of a line of the terminal
TURNS: Final = {"until_amt": "AMT stays $0", "until_credit_shrinks": "the credit used stays whole"}


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
        *december_words(plan),
        *_after_words(plan),
    ):
        say(words)


def _turning_words(plan: Plan, years: Sequence[int]) -> Iterator[str]:
    for year in years:
        yield ""
        if year in plan.needs:
            yield f"  {year}  not ready: needs {', '.join(plan.needs[year])} {plan.where}"
            continue
        turning = plan.turning[year]
        filed = " (filed)" if plan.stages[year] == "filed" else ""
        yield f"  {year}  {iso_line()} as recorded:       ${turning.line_2i:,.2f}{filed}"
        yield f"        AMT starts above:          ${turning.amt_crossover:,.2f}"
        if turning.credit_crossover is not None:
            yield f"        {_credit_words(turning.credit_crossover)}"
        if year not in plan.costs or turning.room < 0:
            yield f"        {_room_words(turning)}"
        if year in plan.costs:
            yield from _in_lines(said(plan.costs[year], IN_SPREAD, 2), 8)


def _in_lines(words: str, spaces: int) -> list[str]:
    """A sentence in lines that a terminal shows whole, indented."""
    return wrap(words, WIDTH, initial_indent=" " * spaces, subsequent_indent=" " * spaces)


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
    return f"credit used shrinks above: ${crossover:,.2f}"


def _room_words(turning: TurningPoints) -> str:
    if turning.room >= 0:
        return f"${turning.room:,.2f} more spread still leaves AMT at $0."
    return f"${-turning.room:,.2f} of spread is above that point and costs AMT."


def _exercise_words(plan: Plan) -> Iterator[str]:
    """Shares for a price and a value, and over several grants."""
    if more := more_shares(plan):
        yield ""
        yield f"Exercising more in {plan.year}: price ${plan.asked.price:,f}, value ${plan.asked.fmv:,f} per share"
        for name, shares in more.items():
            yield f"  {TURNS[name]}: {_more(plan.asked) if shares is None else f'{shares:,} more shares'}"
        if plan.cost:
            yield from _in_lines(said(plan.cost, IN_SHARES, 2), 2)
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


WHOSE: Final = "  Whose it is after a death or a change of filing status must be settled before anyone uses it."


def _after_words(plan: Plan) -> Iterator[str]:
    if trapped := plan.trapped:
        yield ""
        both = f"${trapped.amt_loss:,.2f}, for regular tax ${trapped.regular_loss:,.2f}"
        yield f"AMT capital loss carried out of {trapped.year}: {both}"
        if trapped.in_question:
            yield WHOSE
        if trapped.freeing_gain:
            yield f"  At ${trapped.limit:,.0f} a year, without gains, it takes {_years(trapped.years)} to use up."
        yield f"  {_freed(trapped)}"
    if credit := plan.recovery:
        yield ""
        yield f"Minimum tax credit left after {credit.year}: ${credit.left:,.2f}"
        used = ", ".join(f"{year}: ${amount:,.2f}" for year, amount in credit.used.items() if amount)
        yield f"  Used under the returns of the file: {used or 'none'}"
        again = f"  If the return of {credit.year} repeats without exercises and sales"
        if credit.in_question:
            yield WHOSE
        elif credit.years is None:
            yield f"{again}, there is no room: none comes back."
        else:
            yield f"{again}, up to ${credit.room:,.2f} comes back a year: {_years(credit.years)}."


def _freed(trapped: TrappedLoss) -> str:
    """What uses up the loss in one year: a gain, or the limit alone where it is no smaller."""
    if not trapped.freeing_gain:
        return (
            f"The loss limit of ${trapped.limit:,.0f} a year alone uses up all of it in the next year, without a gain."
        )
    return f"An AMT gain of ${trapped.freeing_gain:,.2f} in one year frees all of it, ${trapped.limit:,.0f} on top."


def _years(count: int) -> str:
    return f"{count} year{'' if count == 1 else 's'}"
