"""The sums that several sentences take: of all exercises, of what is left, and of each year."""

from __future__ import annotations

from typing import Final

from engine.federal.stock import exercises, line_2i
from engine.language.expressions import Flag, not_below_zero, smaller_of, sum_of
from engine.language.reasons import Reason
from engine.language.roles import Role
from engine.systems import AMT, REGULAR

from .writing import Writer

Ways = list[tuple[Flag, ...]]
KEPT: Final = (line_2i.WHOLE_SPREAD, line_2i.PART_SOLD, line_2i.ELECTED, line_2i.OVERSOLD)


def because(*reasons: Reason) -> Ways:
    """Rows of Exercises by the reason that stands there."""
    return [(line_2i.why.gives(each),) for each in reasons]


def because_in(year: int, *reasons: Reason) -> Ways:
    """The same, of the exercises that are measured in a year."""
    return [(*tests, exercises.year_included.equals(year)) for tests in because(*reasons)]


def add_sums(letter: Writer) -> None:
    """Of all years, then of each."""
    letter.line("still now", "Credit left, last year computed", letter.still())
    _of_kinds(letter)
    _left(letter)
    for year in letter.shape.years:
        _measured(letter, year)
        _of_tax(letter, year)
    never = [letter.form[f"{year} never"] for year in letter.shape.years]
    letter.line("never", "AMT that makes no credit, all years", not_below_zero(sum_of(*never)))


def _of_kinds(letter: Writer) -> None:
    under, every = because(line_2i.UNDERWATER), exercises.shares
    letter.sum("shares under", "Shares below the price", every, *under)
    paid = letter.sum("paid under", "Price paid for these", exercises.price_of_lot, *under)
    spread = letter.sum("spread under", "Value less price of these", exercises.bargain_element, *under)
    letter.line("value under", "Value of these", paid + spread)
    nonqualified = letter.sum("nonqualified", "Nonqualified shares", every, *because(line_2i.NONQUALIFIED))
    units = letter.sum("units", "Shares of restricted stock units", every, *because(line_2i.UNITS))
    plan = letter.sum("plan", "Shares of a purchase plan", every, *because(line_2i.PURCHASE_PLAN))
    every_share = letter.sum("shares", "Shares of all kinds", every, ())
    letter.line("incentive", "Shares of incentive options", every_share - nonqualified - units - plan)
    at_vest = f"{letter.iso_line().capitalize()} measured at vest"
    letter.sum("at vest", at_vest, line_2i.adjustment, *because(line_2i.UNVESTED))
    unvested = [*because(line_2i.UNVESTED), (exercises.election_83b.equals("yes"),)]
    letter.sum("later vest", "Shares not vested at exercise", every, *unvested)


def _left(letter: Writer) -> None:
    letter.sum("left", "Shares left", line_2i.shares_left, ())
    letter.sum("left plan", "Of them from a purchase plan", line_2i.shares_left, (exercises.kind.equals("ESPP"),))
    letter.sum("regular left", "Regular basis of shares left", line_2i.regular_left, ())
    letter.sum("AMT left", "AMT basis of shares left", line_2i.amt_left, ())


def _measured(letter: Writer, year: int) -> None:
    """The shares of a year by the way in which they count, and the line of incentive options by way."""
    line, at_vest = letter.iso_line(year), because_in(year, line_2i.UNVESTED)
    in_year = exercises.year_included.equals(year)
    letter.sum(f"{year} kept", f"Shares on {line} of {year}", line_2i.held, *because_in(year, *KEPT))
    letter.sum(f"{year} vested", f"The same, measured at vest, {year}", line_2i.held, *at_vest)
    label = f"{line.capitalize()} of {year}"
    by_vest = letter.sum(f"{year} by vest", f"{label}, measured at vest", line_2i.adjustment, *at_vest)
    by_sold = letter.sum(f"{year} by sold", f"{label}, sold in the year of vest", line_2i.of_sold, (in_year,))
    letter.line(f"{year} by exercise", f"{label}, the rest", letter.of(year, Role.EXERCISES) - by_vest - by_sold)


def _of_tax(letter: Writer, year: int) -> None:
    """Room under the regular tax, and the capital losses that go on."""
    tentative, regular = letter.of(year, Role.TENTATIVE_MINIMUM_TAX), letter.of(year, Role.REGULAR_TAX)
    letter.line(f"{year} room", f"Regular tax less tentative minimum tax, {year}", regular - tentative)
    for system in (REGULAR, AMT):
        short, long = (
            letter.of(year, role, system) for role in (Role.SHORT_TERM_CARRIED_OUT, Role.LONG_TERM_CARRIED_OUT)
        )
        of = system.name[0].upper() + system.name[1:]
        letter.line(f"{year} {system.name} loss", f"{of} capital loss carried out of {year}", short + long)
    never = smaller_of(letter.book[f"excluded {year}"], letter.book[f"amt {year}"])
    letter.line(f"{year} never", f"AMT of {year} that makes no credit", never)
