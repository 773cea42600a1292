"""What rests on an open item, as the engine's own figures: the client projected with the assumption reversed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from ..errors import InputError
from ..language.money import rounded
from ..language.roles import Role
from .item_rows import span
from .open_items import OpenItem
from .projection import DIGITS, Projection, project

MOST: Final = 8  # items of a client for which it is computed
TOLD: Final = 3  # figures in one sentence
RESULTS: Final = (Role.EXERCISES, Role.DISPOSITIONS, Role.MINIMUM_TAX, Role.CREDIT_USED, Role.TAX)
NAMED: Final = {
    Role.MINIMUM_TAX: "the AMT",
    Role.CREDIT_USED: "the credit used",
    Role.TAX: "the regular tax",
}
NOTHING: Final = "Nothing changes in the forms of this file."


def rests_on(projection: Projection) -> Mapping[str, str]:
    """A sentence for each of the first eight items that are open and can be reversed, by their ids."""
    open_ = [each for each in projection.open_items if each.finding.reversal and not each.is_settled]
    found = ((each.id, _sentence(projection, each)) for each in open_[:MOST])
    return {name: sentence for name, sentence in found if sentence}


def _sentence(projection: Projection, item: OpenItem) -> str | None:
    """None where the client is refused with the other value."""
    finding = item.finding
    assert finding.reversal
    if finding.row is None:
        return None
    try:
        other = project(projection.client.with_cells(finding.table, finding.row, finding.reversal.cells))
    except InputError:
        return None
    changes = [*_changes(projection, other)][:TOLD]
    if not changes:
        return _nothing(projection)
    *before, last = changes
    return f"{finding.reversal.words}, {', '.join(before)}{' and ' if before else ''}{last}."


def _nothing(projection: Projection) -> str:
    """That nothing changes, as far as that can be known."""
    unknown = [year for year, result in projection.years.items() if not result.ready]
    return f"{NOTHING[:-1]}, as far as known: {span(unknown)} cannot be computed yet." if unknown else NOTHING


def _changes(ours: Projection, other: Projection) -> Iterator[str]:
    """The results that differ: all of the first such year, then the AMT of later ones, then the credit left."""
    first = True
    for year in (year for year, result in ours.years.items() if result.ready and year in other.years):
        mine, theirs = ours.years[year], other.years[year]
        for role in RESULTS if first else (Role.MINIMUM_TAX,):
            now, then = mine.amount(role), theirs.amount(role)
            if now is not None and then is not None and now != then:
                name = NAMED.get(role) or mine.forms.called(role)
                yield f"{name} of {year} would be {_dollars(ours, then)} instead of {_dollars(ours, now)}"
                first = False
    now, then = (each.ledger[-1]["closing"] if each.ledger else None for each in (ours, other))
    if now is not None and then is not None and now != then:
        yield f"the credit left would be {_dollars(ours, then)} instead of {_dollars(ours, now)}"


def _dollars(projection: Projection, amount: Decimal) -> str:
    value = rounded(amount, DIGITS[projection.client.rounding])
    return f"-${-value:,}" if value < 0 else f"${value:,}"
