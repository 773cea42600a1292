"""What sentences take from the build: the companies of groups of shares, which lots are held, the first open item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.clients.item_rows import NUMBERS, open_rows
from engine.clients.projection import Projection
from engine.columns import ItemKind

from ..contents.plan.start import WhatIf
from .exercised import GROUPS
from .happened import COMPANIES, NEXT_YEAR
from .held import BY_COMPANY, MOST_ROWS
from .to_do import FIRST_POINT, PLANS

FEW_COMPANIES: Final = 6  # with more, or with more lots than rows, the table adds up by company


def named_at_build(projection: Projection, rests: Mapping[str, str], plan: WhatIf) -> dict[str, object]:
    """The values by their keys among the figures; `rests` has what rests on an open item, by its id."""
    values = dict(_companies(projection))
    values |= dict(_held(projection))
    values[NEXT_YEAR] = date(max(projection.years) + 1, 1, 1)
    result = projection.years[plan.year]
    is_open = projection.stages.get(plan.year) != "filed" and result.ready and result.final
    values[PLANS] = "yes" if is_open and plan.spread > 0 else "no"
    values[FIRST_POINT] = _first_point(projection, rests)
    return {f"options.{name}": value for name, value in values.items()}


def _companies(projection: Projection) -> Iterator[tuple[str, object]]:
    """The company of each group of shares of a year; "" where it is not one, or not known."""
    records = projection.records
    rows = list(
        zip(records["exercises.year_included"], records["exercises.why"], records["exercises.employer"], strict=True)
    )
    for year in projection.years:
        for group, reasons in GROUPS.items():
            told = {reason.text for reason in reasons}
            found = {employer for of, why, employer in rows if of == year and why in told}
            yield f"whose_{year}_{group}", found.pop() if len(found) == 1 else ""


def _held(projection: Projection) -> Iterator[tuple[str, object]]:
    """The place of each lot that is held, from 1; of many the first one of each company."""
    left, employers = projection.records["exercises.shares_left"], projection.records["exercises.employer"]
    lots = [place for place, shares in enumerate(left, 1) if shares > 0]
    companies = list(dict.fromkeys(employers[place - 1] for place in lots))
    by_company = (len(lots) > MOST_ROWS or len(companies) > FEW_COMPANIES) and "" not in companies
    first = [next(place for place in lots if employers[place - 1] == name) for name in companies]
    shown: Sequence[int] = (first if by_company else lots)[:MOST_ROWS]
    yield BY_COMPANY, "yes" if by_company else "no"
    yield COMPANIES, _whose(companies)
    for place in range(MOST_ROWS):
        yield f"held_{place}", Decimal(shown[place]) if place < len(shown) else Decimal(0)
        yield f"held_company_{place}", employers[shown[place] - 1] if place < len(shown) else ""


def _whose(companies: Sequence[str]) -> str:
    if not companies or "" in companies:
        return ""
    if len(companies) == 1:
        return f" of {companies[0]}"
    return f" of {NUMBERS[len(companies)] if len(companies) < len(NUMBERS) else len(companies)} companies"


def _first_point(projection: Projection, rests: Mapping[str, Any]) -> str:
    """The most pressing fact that a person has to settle, and what rests on it."""
    missing = len(open_rows(projection.open_items, ItemKind.MISSING))
    if missing > 1:
        count = NUMBERS[missing] if missing < len(NUMBERS) else missing
        return f"Give us the {count} entries that are missing. The sheet Open items lists them, and where each stands."
    for kind in (ItemKind.MISSING, ItemKind.CONFIRM):
        for row in open_rows(projection.open_items, kind)[:1]:
            return " ".join(filter(None, [row.as_asked, rests.get(row.first.id)]))
    return ""
