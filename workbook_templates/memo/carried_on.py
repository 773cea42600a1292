"""What comes back this year, and what goes on to the next: credit and capital losses."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import law_of, tax_year
from engine.federal.years import forms_ahead, forms_of
from engine.language.expressions import Amount, join, text, when
from engine.language.roles import Role
from engine.systems import AMT, REGULAR, System

from ..contents.of_years import amount_after
from .writing import Writer, if_so, money, say

SETTLED_BY: Final = "whose it is after a death or a change of filing status must be settled, and entered for {}."
LOSSES_SETTLED_BY: Final = (
    " Whose they are after a death or a change of filing status must be settled, and entered for {}."
)


def write_credit_used(memo: Writer, year: int) -> None:
    """What was there, what the room was, what is left."""
    roles = Role.CREDIT_AVAILABLE, Role.CREDIT_ROOM, Role.CREDIT_USED, Role.CREDIT_CARRIED_OUT
    available, room, used, left = (memo.of(year, role) for role in roles)
    lines = [f"line {forms_of(year).number(role)}" for role in roles]
    credit_line = tax_year(year).found_on.credit
    goes_on = when(
        memo.in_question(year),
        text(f" is left ({lines[3]}); {SETTLED_BY.format(year + 1)}"),
        text(f" goes on to {year + 1} ({lines[3]})."),
    )
    some = say(
        "Regular tax was above the tentative minimum tax by ",
        money(room),
        f" ({lines[1]}), so ",
        when(left > 0, text("that much"), text("all of it")),
        " comes back: ",
        money(used),
        f" ({lines[2]}; to {credit_line}). ",
        money(left),
        goes_on,
    )
    none = say(
        "Regular tax, after other credits, was not above the tentative minimum tax, so none of it can be used this "
        "year. ",
        money(left),
        goes_on,
    )
    words = say(
        "Credit for AMT of earlier years (Form 8801, to be filed with the return): ",
        money(available),
        f" was available ({lines[0]}). ",
        when(used > 0, some, none),
    )
    memo.tell(f"{year} credit", words, memo.ready(year) & (available > 0))


def write_credit_made(memo: Writer, year: int) -> None:
    """What this year's AMT gives on the form of the next year, and what of it never comes back."""
    owed, number = memo.of(year, Role.MINIMUM_TAX), forms_ahead(year).number
    made, excluded = (amount_after(memo.shape, year, role) for role in (Role.CREDIT_MADE, Role.EXCLUSION_PART))
    by_form = join(f" (Form 8801 for {year + 1}, line {number(Role.CREDIT_MADE)})")
    lasting = say(
        money(excluded),
        " of it would be due without any timing difference, because of items such as the standard deduction or taxes "
        f"deducted, and makes no credit (line {number(Role.EXCLUSION_PART)}).",
    )
    words = say(
        "The AMT of ",
        money(owed),
        " makes a credit of ",
        money(made),
        by_form,
        when(
            memo.in_question(year),
            text(f"; {SETTLED_BY.format(year + 1)} "),
            text(f", first usable in {year + 1}. "),
        ),
        when(
            excluded > 0,
            lasting,
            text("All of it comes from timing: the AMT counts income earlier than regular tax does."),
        ),
    )
    taken = say(
        "Items that make no credit, such as the standard deduction, would alone have made AMT of ",
        money(excluded),
        ", more than the ",
        money(owed),
        " of this year. The difference of ",
        money(-made),
        " is taken off your credit",
        by_form,
        ".",
    )
    nothing = say(
        "None of the AMT of ", money(owed), " makes a credit: it comes from items such as the standard deduction."
    )
    some = when(made > 0, words, when(made < 0, taken, nothing))
    memo.tell(f"{year} made", some, memo.ready(year) & ((owed > 0) | ~made.equals(0)))


def _loss(memo: Writer, year: int, system: System) -> Amount:
    """The loss that one system carries out, in dollars."""
    of = system.name[0].upper() + system.name[1:]
    short, long = (memo.of(year, role, system) for role in (Role.SHORT_TERM_CARRIED_OUT, Role.LONG_TERM_CARRIED_OUT))
    return memo.line(f"{year} {system.name} loss", f"{of} capital loss carried out of {year}", short + long)


def write_losses(memo: Writer, year: int) -> None:
    """Capital losses carried out, in both systems."""
    regular, amt = _loss(memo, year, REGULAR), _loss(memo, year, AMT)
    limit = law_of(memo.shape.last - year).loss_limit
    words = say(
        "Capital losses above gains count only up to ",
        money(limit),
        " a year, in each system for itself. ",
        when(memo.in_question(year), text(f"Left after {year}: "), text(f"Carried on to {year + 1}: ")),
        when(regular > 0, money(regular), text("nothing")),
        " for regular tax, ",
        when(amt > 0, money(amt), text("nothing")),
        " for the AMT.",
        if_so(memo.in_question(year), LOSSES_SETTLED_BY.format(year + 1)),
    )
    memo.tell(f"{year} losses", words, memo.ready(year) & ((regular > 0) | (amt > 0)))
