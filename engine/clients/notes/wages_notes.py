"""Ordinary income of sales that no record places inside wages: added to them, it counts twice if they hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ...language.money import ZERO, rounded
from ...records import Client

NAMED: Final = 5  # exercises named in one note
COLUMNS: Final = ("year_sold", "exercise_id", "ordinary", "w2_income")


def wages_notes(client: Client, records: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """One note a year of sale, amounts in dollars; none where taxable income is given as filed.

    `records` are those of Projection.records.
    """
    as_filed = {row.tax_year for row in client.returns if row.taxable_income is not None}
    amounts: dict[int, list[Any]] = {}
    names: dict[int, list[str]] = {}
    for year, name, ordinary, in_wages in zip(*(records[f"sales.{column}"] for column in COLUMNS), strict=True):
        if ordinary and in_wages is None and year not in as_filed:
            amounts.setdefault(int(year), []).append(ordinary)
            names.setdefault(int(year), []).append(name)
    for year, parts in sorted(amounts.items()):
        yield (
            f"{year}: ordinary income of {rounded(sum(parts, ZERO), 2):,} from sales of {_several(names[year])} is "
            "added to wages, because w2_income of these sales is blank. If Form W-2 box 1 holds it already, enter it "
            "in w2_income; else it counts twice."
        )


def _several(names: Sequence[str]) -> str:
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - NAMED} more" if len(each) > NAMED else ""
    return ", ".join(each[:NAMED]) + more
