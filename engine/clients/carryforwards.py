"""What a client carries into the years to come: the AMT loss that is trapped, and the credit to recover.

Every figure is a projection in cents; no rule is stated a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

from ..columns import OVERRIDES
from ..language.money import ZERO
from ..language.roles import Role
from ..records import Client, Return
from ..systems import AMT, REGULAR, System
from .planning import in_cents
from .projection import Projection, project
from .year_result import CARRIED_FROM, TERMS, YearResult

LOSS_LIMIT: Final = "law.loss_limit"
CARRIED_IN: Final = (*OVERRIDES, "override_reason")
AS_FILED: Final = ("taxable_income", "regular_tax")  # they would not move with a sale


def repeated_return(row: Return, **changed: Any) -> Return:
    """A return to compute again: without what is typed as carried in, without income and tax as filed."""
    return row.model_copy(update=dict.fromkeys((*CARRIED_IN, *AS_FILED)) | changed)


def credit_after(projection: Projection, year: int) -> Decimal:
    """The credit available after a year, on the next Form 8801, not below zero."""
    available: Decimal = projection.in_year_after(year, Role.CREDIT_AVAILABLE)
    return max(ZERO, available)


def losses_out(result: YearResult, system: System) -> Decimal:
    """Short-term and long-term capital loss carried out in a system."""
    return sum((loss or ZERO for loss in result.carried_out(system).values()), ZERO)


@dataclass(frozen=True)
class TrappedLoss:
    """The AMT capital loss carried out of a year, in dollars."""

    year: int
    amt_loss: Decimal
    regular_loss: Decimal
    limit: Decimal  # that a year takes against other income
    years: int  # until it is used up at the limit, without gains
    freeing_gain: Decimal  # the AMT gain of one year that uses up all, with the limit on top
    in_question: bool = False  # after a death or a change of filing status: whose it is must be settled


def trapped_loss(projection: Projection) -> TrappedLoss | None:
    """The AMT loss after the last ready year; None without one."""
    result = last_ready(projection)
    loss = losses_out(result, AMT) if result else ZERO
    if result is None or not loss:
        return None
    limit: Decimal = result.figures[LOSS_LIMIT]
    regular = losses_out(result, REGULAR)
    whose = bool(result.figure(Role.CARRIED_ON_IN_QUESTION))
    return TrappedLoss(result.year, loss, regular, limit, _times(loss, limit), max(ZERO, loss - limit), whose)


@dataclass(frozen=True)
class Recovery:
    """The minimum tax credit after a year and how it comes back, in dollars."""

    year: int
    left: Decimal
    used: Mapping[int, Decimal]  # by ready year of the file: Form 8801 line 25
    room: Decimal  # Form 8801 line 24 of the year if its return repeats without exercises and sales
    years: int | None  # until all is back at that room; None where there is no room
    in_question: bool = False  # after a death or a change of filing status: whose it is must be settled


def recovery(client: Client) -> Recovery | None:
    """The credit left after the last ready year; None without one."""
    return recovery_of(in_cents(client))


def recovery_of(projection: Projection) -> Recovery | None:
    """The same from a projection in cents that is at hand."""
    result = last_ready(projection)
    left = credit_after(projection, result.year) if result else ZERO
    if result is None or not left:
        return None
    used = {year: each.figure(Role.CREDIT_USED) for year, each in projection.years.items() if each.ready}
    room = _room(projection, result)
    whose = bool(result.figure(Role.CARRIED_ON_IN_QUESTION))
    return Recovery(result.year, left, used, room, _times(left, room) if room else None, whose)


def _room(projection: Projection, result: YearResult) -> Decimal:
    """Line 24 of the year's return alone, with the capital losses that it leaves; as filed where it must be."""
    client = projection.client
    row = next(each for each in client.returns if each.tax_year == result.year)
    carried = {
        name: result.amount(CARRIED_FROM[role], system)
        for name, (role, system) in OVERRIDES.items()
        if CARRIED_FROM.get(role) in TERMS.values()
    }
    computed, filed = repeated_return(row, **carried), row.model_copy(update=dict.fromkeys(CARRIED_IN) | carried)
    years = [project(_alone(client, each)).years[result.year] for each in (computed, filed)]
    room: Decimal = next(each for each in years if each.ready).figure(Role.CREDIT_ROOM)
    return room


def _alone(client: Client, row: Return) -> Client:
    return Client(returns=[row], rounding="cents", tax_method=client.tax_method)


def last_ready(projection: Projection) -> YearResult | None:
    """The last year that can be computed."""
    return next((result for _, result in sorted(projection.years.items(), reverse=True) if result.ready), None)


def _times(amount: Decimal, each: Decimal) -> int:
    return int((amount / each).to_integral_value(ROUND_CEILING))
