"""What the sheets say of the $100,000 limit over all years: sums by year, and the conclusion of Grants."""

from __future__ import annotations

from typing import Final

from engine.federal.stock.hundred_thousand_limit import LIMIT, iso_value, nso_shares, value, year
from engine.language.expressions import Amount, join, rounded, shown, text, total, when
from engine.language.expressions import count as whole
from engine.language.form import Form

from ...drawing.layout import Shape

SUMS: Final = ("value", "iso", "nso")  # first exercisable, within the limit, above it
ALL: Final = "all years"


def limit_line(name: str, years: int | str) -> str:
    """The book's line of one sum: 'grants iso 2025'."""
    return f"grants {name} {years}"


def declare_limit(form: Form, shape: Shape) -> None:
    """Add the sums of each year of the file and of all years on record, and the sentence over all."""
    for each in (*shape.years, ALL):
        tests = [] if isinstance(each, str) else [year.equals(each)]
        first = form.line(limit_line("value", each), f"First exercisable, {each}", total(value, *tests))
        within = form.line(limit_line("iso", each), f"Of it ISO, {each}", total(iso_value, *tests))
        form.line(limit_line("nso", each), f"Above the limit, {each}", first - within)
    form.line("grants limit", "Limit of a year", LIMIT)
    over = form.working("grants over", "Shares above the $100,000 limit", Amount(total(nso_shares).node))
    some = join("Above the $100,000 limit, and so nonqualified: ", shown(rounded(over, 0), whole(0)), " shares")
    form.words("grants", "Grants", when(over > 0, some, text("All options on record are within the $100,000 limit")))
