"""Ledgers balance: what is carried out of a year comes into the next, and the AMT makes what the credit takes up."""

from __future__ import annotations

from typing import Final

from engine.language.expressions import sum_of
from engine.language.roles import Role
from engine.systems import SYSTEMS

from ...drawing.layout import Shape
from ..of_years import amount_after, amount_of
from .declaring import ANEW, DIFFERS, Checks, unless_typed

LOSSES_IN: Final = (Role.SHORT_TERM_CARRIED_IN, Role.LONG_TERM_CARRIED_IN)
LOSSES_OUT: Final = (Role.SHORT_TERM_CARRIED_OUT, Role.LONG_TERM_CARRIED_OUT)
CREDIT_IN: Final = (Role.CREDIT_CARRIED_IN,)
CREDIT_MADE: Final = (Role.CREDIT_MADE,)
TYPED: Final = (
    "If a figure is typed under Carried in on Inputs, it counts in place of the computed one: check the two and the "
    "reason. Else a formula or a parameter was changed: build the file anew."
)


def ledger_checks(checks: Checks, shape: Shape) -> None:
    """Credit and losses carried from year to year, and what the AMT of each year makes."""
    band = "Ledgers balance"
    years = list(shape.years)
    for year in years:
        rolled, closing = (amount_of(shape, year, role) for role in (Role.LEDGER_ROLLED, Role.LEDGER_CLOSING))
        checks.equal(band, f"Credit of {year}: in + made - used = out", rolled, closing, DIFFERS, ANEW)
    for year in years[1:]:
        carried_in = amount_of(shape, year, Role.CREDIT_CARRIED_IN)
        out = amount_of(shape, year - 1, Role.CREDIT_CARRIED_OUT)
        label = f"Credit carried into {year} = carried out of {year - 1}"
        checks.equal(band, label, carried_in, out, unless_typed(shape, year, CREDIT_IN), TYPED)
    for year in years[1:]:
        losses_in = [-amount_of(shape, year, role, system) for system in SYSTEMS for role in LOSSES_IN]
        losses_out = [amount_of(shape, year - 1, role, system) for system in SYSTEMS for role in LOSSES_OUT]
        label = f"Losses carried into {year} = carried out of {year - 1}"
        wrong = unless_typed(shape, year, LOSSES_IN)
        checks.equal(band, label, sum_of(*losses_in), sum_of(*losses_out), wrong, TYPED)
    for year in years:
        made, excluded = (amount_after(shape, year, role) for role in (Role.CREDIT_MADE, Role.EXCLUSION_PART))
        owed = amount_of(shape, year, Role.MINIMUM_TAX)
        label = f"AMT of {year} = credit made + exclusion part"
        wrong = unless_typed(shape, year + 1, CREDIT_MADE)
        checks.equal(band, label, owed, made + excluded, wrong, TYPED)
