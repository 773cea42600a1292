"""Records are complete: rows, lots, values, wages of Form W-2, and no year that rests on one that is not ready."""

from __future__ import annotations

from typing import Final

from engine.federal.stock.form_8949 import unvalued, w2_off
from engine.federal.stock.hundred_thousand_limit import beyond
from engine.federal.stock.line_2i import oversold
from engine.language.expressions import Amount, number, total
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.language.states import State

from ...drawing.layout import Shape
from ..of_years import flag_of
from .declaring import DIFFERS, Checks

BAND: Final = "Records are complete"


def record_checks(checks: Checks, shape: Shape) -> None:
    """The rows of the tables, and the years before each other."""
    for table in ("Exercises", "Sales", "Grants") if shape.grant_rows else ("Exercises", "Sales"):
        begun, counted = (
            Amount(Leaf("options", f"{table.lower()}_{state}", settled=True)) for state in ("begun", "counted")
        )
        complete = f"Complete the row; on {table} the column Why says which one."
        checks.equal(BAND, f"{table}: every row begun is complete", begun, counted, DIFFERS, complete)
    sold = "The lot is marked in the column Why of Exercises: correct shares or lot on Sales."
    checks.equal(BAND, "No lot sold beyond its shares", total(oversold), number("0"), DIFFERS, sold)
    value = "Type the value that day in price: an ESPP gift or death is taxed by it (IRC 423(c))."
    label = "ESPP gifts and deaths have a value"
    checks.equal(BAND, label, total(unvalued), number("0"), DIFFERS, value)
    wages = (
        "Compare Form W-2 with the ordinary income on Sales: what is short is added to income, what is beyond stays."
    )
    w2 = "Ordinary income in wages (W-2), where typed, is as computed"
    checks.equal(BAND, w2, total(w2_off), number("0"), DIFFERS, wages)
    if shape.grant_rows:
        limit = "The grant is marked in the column Why of Grants: kind on Exercises, or the tranches, need correction."
        label = "No grant exercised as ISO beyond its ISO shares"
        checks.equal(BAND, label, total(beyond), number("0"), DIFFERS, limit)
    _year_checks(checks, shape)


def _year_checks(checks: Checks, shape: Shape) -> None:
    """A year that is not ready carries no loss and no credit: what follows it is not final."""
    for year in shape.years[1:]:
        now, before = (flag_of(shape, each, Role.READY) for each in (year, year - 1))
        fine = before | ~now
        to_do = f"Complete {year - 1} on Inputs: carryovers and credit of {year} rest on it."
        checks.known(BAND, f"The year before {year} is ready", fine, State.READY, to_do)
