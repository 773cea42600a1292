"""How much more could be exercised, and what to do by December 31: `isobook plan`, as figures and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine import Client, Projection
from engine.clients.carryforwards import Recovery, TrappedLoss, recovery_of, trapped_loss
from engine.clients.planning import (
    ExercisableGrant,
    PlanCost,
    TurningPoints,
    allocate,
    cost_of_more,
    cost_of_more_spread,
    shares_within,
    turning_point,
)
from engine.clients.planning.words import IN_SHARES, IN_SPREAD, said
from engine.clients.scenarios import December, Decision, december
from engine.columns.returns import Stage, open_year_of
from engine.language.money import ZERO


class UnknownYearError(Exception):
    """A year that the client does not have or that is not ready; the message says what it needs."""


@dataclass(frozen=True)
class Questions:
    """What is asked beside the turning points; dollars per share."""

    year: int | None = None  # None: the open year, else the last planned one, of those that are ready
    price: Decimal | None = None
    fmv: Decimal | None = None
    grants: Sequence[ExercisableGrant] = ()
    sale_price: Decimal | None = None
    later_price: Decimal | None = None


@dataclass(frozen=True)
class Plan:
    """The answers for one client."""

    client: Client
    asked: Questions
    where: str  # the entries of a return are typed, as the end of a sentence
    needs: dict[int, list[str]]  # by year that is not ready: the columns that it needs
    turning: dict[int, TurningPoints]
    stages: Mapping[int, Stage]
    year: int | None  # of the decisions; None where no year is left to be decided, or none of those is ready
    december: December | None
    costs: Mapping[int, PlanCost]  # of more spread, by year that is not filed or is asked about
    cost: PlanCost | None  # of more shares at the price and value asked about; None where they have no spread
    trapped: TrappedLoss | None
    recovery: Recovery | None

    @property
    def to_decide(self) -> list[int]:
        """The one asked about or the open one first, then the others that are not filed."""
        left = [year for year, stage in self.stages.items() if stage != "filed"]
        first = self.asked.year or open_year_of(self.stages)
        return [*([first] if first else []), *(year for year in left if year != first)]

    @property
    def filed(self) -> list[int]:
        """The other years, in which there is nothing left to decide."""
        return [year for year in self.stages if year not in self.to_decide]

    @property
    def shown(self) -> list[int]:
        """The years that are shown unasked: those to decide, then filed ones whose missing entries hold up the rest."""
        return [*self.to_decide, *(year for year in self.filed if year in self.needs)]


def planned(projection: Projection, asked: Questions, where: str = "in returns.csv") -> Plan:
    """Compute every answer from a projection in cents. UnknownYearError if the year asked about is not ready."""
    client = projection.client
    needs = {year: result.missing for year, result in projection.years.items() if not result.ready}
    year = asked.year
    if year is not None and (year not in projection.years or year in needs):
        raise UnknownYearError(_not_ready(year, needs, projection.years, where))
    year = year if year is not None else _year_to_decide(projection)
    decision = december(client, year, asked.sale_price, asked.later_price) if year else None
    turning = {year: turning_point(projection, year) for year, result in projection.years.items() if result.ready}
    costs = {
        each: cost_of_more_spread(projection, points)
        for each, points in turning.items()
        if each == year or projection.stages[each] != "filed"
    }
    spread = (asked.fmv or ZERO) - (asked.price or ZERO)
    cost = cost_of_more(projection, turning[year], spread) if year and spread > 0 else None
    left = trapped_loss(projection), recovery_of(projection)
    return Plan(client, asked, where, needs, turning, projection.stages, year, decision, costs, cost, *left)


def _year_to_decide(projection: Projection) -> int | None:
    """The open year, else the last that is planned; None where all are filed, or it is not ready."""
    planned_years = [year for year, stage in projection.stages.items() if stage == "planned"]
    year = projection.open_year or max(planned_years, default=None)
    return year if year and projection.years[year].ready else None


def _not_ready(year: int, needs: Mapping[int, list[str]], years: Iterable[int], where: str) -> str:
    if year in needs:
        return f"{year} is not ready: it needs {', '.join(needs[year])} {where}."
    return f"{year} is no year of this client. There are: {', '.join(map(str, years))}."


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
    cost, measure = (plan.cost, IN_SHARES) if plan.cost else (plan.costs.get(plan.year or 0), IN_SPREAD)
    answers = {
        "years": dict(sorted(years.items())),
        "planned_year": plan.year,
        "stages": {str(year): stage for year, stage in plan.stages.items()},
        "more_shares": more_shares(plan),
        "added_federal_tax": _cents(cost.cost) if cost else None,
        "says": said(cost, measure, 2) if cost else None,
        "allocation": {name: dict(taken) for name, taken in allocations(plan)},
        "underwater": [grant.name for grant in plan.asked.grants if grant.is_underwater],
        "december": [_decision(plan, each) for each in plan.december.decisions] if plan.december else [],
        "december_needs": list(plan.december.missing) if plan.december else [],
        "trapped_loss": _fields(plan.trapped),
        "credit_recovery": _fields(plan.recovery),
    }
    return json.dumps(answers, indent=2)


def _decision(plan: Plan, decision: Decision) -> dict[str, Any]:
    derived = ("last_day", "amt_saved", "regular_tax_added", "tax_difference", "is_whole")
    answers: dict[str, Any] = _fields(decision) | {name: _plain(getattr(decision, name)) for name in derived}
    answers |= {"year": plan.year, "shares": f"{decision.shares.normalize():f}"}
    return answers | {"keep": _fields(decision.keep), "sell": _fields(decision.sell)}


def _fields(answer: Any) -> Any:
    """The fields of an answer by name."""
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


def more_shares(plan: Plan) -> dict[str, int | None] | None:
    """Whole shares at the price and value asked about, by what turns then; None without limit, or if not asked."""
    price, fmv = plan.asked.price, plan.asked.fmv
    if price is None or fmv is None:
        return None
    return {name: shares_within(room, price, fmv) for name, room in _limits(plan)}


def allocations(plan: Plan) -> Iterator[tuple[str, dict[str, int]]]:
    """Whole shares by grant, by what turns then."""
    if plan.asked.grants:
        for name, room in _limits(plan):
            yield name, allocate(room, plan.asked.grants)


def _cents(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
