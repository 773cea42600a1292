"""The value of every slot of the sheet Plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from engine.clients.planning import PlanCost, cost_of_more, exactly, turning_point
from engine.clients.projection import DIGITS, Projection
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.money import ZERO
from engine.language.roles import Role

from ...xlsx.text_fit import width_px
from .ladder import LADDER, rung_values, rungs
from .moved import line_of, needed_leaves
from .sentences import compiled_sentences, mark_over
from .start import WhatIf, beginning, starting_point

STRIP: Final = 16.0  # points
NARROW: Final = 11.5  # characters of a column of the ladder
RATES: Final = ("law.low_rate", "law.high_rate")


def plan_values(projection: Projection) -> dict[str, object]:
    """From what the sheet begins with: cells, sentences, ladder and workings."""
    what_if = starting_point(projection)
    facts = _facts(projection, what_if)
    figures = projection.years[what_if.year].figures
    digits = DIGITS[projection.client.rounding]
    told = compiled_sentences()({**facts, **{rate: figures[rate] for rate in RATES}, "options.rounding": digits})
    filled: dict[str, object] = {key.replace(".", " ", 1): value for key, value in {**facts, **told}.items()}
    typed = {"year": what_if.year, "price": what_if.price, "fmv": what_if.fmv, "shares": what_if.shares}
    filled |= {f"plan typed {name}": value for name, value in typed.items()}
    filled |= {f"plan typed {name} made": value for name, value in typed.items()}
    begun = beginning(projection)
    filled |= {f"plan begun {name}": getattr(begun, name) for name in ("year", "price", "fmv", "shares")}
    filled["plan year place"] = what_if.year - min(projection.years) + 1
    for leaf in needed_leaves():
        figure = figures[f"{leaf.sheet}.{leaf.line}"]
        filled[f"plan of {leaf.sheet}.{leaf.line}"] = figure
        filled[f"plan of {leaf.sheet}.{leaf.line} made"] = int(figure) if isinstance(figure, bool) else figure
    counts = [*rungs(facts["plan.until_amt"], facts["plan.until_credit"]), what_if.shares or ZERO]
    widest = NARROW
    for rung, shares in enumerate(counts):
        values = rung_values(projection, what_if.year, what_if.spread, shares)
        filled |= {f"plan {rung} {key}": value for key, value in values.items()}
        filled[f"plan mark {rung}"] = mark_over(facts, shares)
        widest = max([widest, *(_width(values[key], digits) for key in LADDER if key in values)])
    filled["plan width"] = widest
    filled |= {f"plan strip {year}": STRIP if year == what_if.year else None for year in projection.years}
    return filled


def _width(amount: Decimal, digits: int) -> float:
    """The width in characters of a column that holds an amount as a result, whole."""
    pixels = width_px(f"(${amount:,.{digits}f})", 11, bold=True)
    return -(-(pixels + 12) // 7)


def _facts(projection: Projection, what_if: WhatIf) -> dict[str, Any]:
    """The leaves of the sentences: as the file is made nothing is out of date."""
    year, result = what_if.year, projection.years[what_if.year]
    cost, crossover = _cost(projection, what_if)
    known, waits = result.ready and result.final, result.ready and not result.final
    words = {
        "year now": f"{year}",
        "stage": projection.stages[year],
        "needs": f"{year - 1}" if waits else result.figures[forms_of(year).key(Role.STILL_NEEDED)],
    }
    flags = {"any open": any(stage != "filed" for stage in projection.stages.values()), "ready": known}
    typed = {"price": what_if.price or ZERO, "fmv": what_if.fmv or ZERO, "spread": what_if.spread}
    made = {f"{name} made": value for name, value in typed.items()}
    changes = dict.fromkeys(("changed", "changed year", "changed price", "changed fmv", "changed records"), ZERO)
    today = {
        "amt today": result.figures[line_of(Role.MINIMUM_TAX).key],
        "made": projection.in_year_after(year, Role.CREDIT_MADE),
    }
    facts = {
        **words,
        **flags,
        **typed,
        **made,
        **changes,
        **today,
        "add": add_a_year(max(projection.years)),
        "amt_crossover": crossover,
    }
    return cost.known | {f"plan.{name}": value for name, value in facts.items()}


def _cost(projection: Projection, what_if: WhatIf) -> tuple[PlanCost, Decimal]:
    """What more shares cost, and the total of line 2i at which AMT starts; zeros of a year that is not computed."""
    result = projection.years[what_if.year]
    if not (result.ready and result.final):
        return PlanCost(what_if.year, *(ZERO,) * 6), ZERO
    turning = turning_point(exactly(projection), what_if.year)
    return cost_of_more(projection, turning, what_if.spread), turning.amt_crossover


def add_a_year(last: int) -> str:
    """What there is to do where every return of a file is filed."""
    following = last + 1
    return f"Add {following} to plan it." if following <= YEARS[-1] else f"isobook does not cover {following} yet."
