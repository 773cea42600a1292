"""A client with one tax year more: its row is empty, and nothing of it is guessed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from engine import Client, Projection
from engine.filing import YEARS
from engine.records import Return

_YEAR_IN_NAME: Final = re.compile(r"[-_ ]*(?:19|20)\d\d$")


class CannotRollError(Exception):
    """A year that a client cannot be rolled to: why, and what to do."""


def rolled(projection: Projection, year: int | None) -> Client:
    """The client with a row for `year`, or for the year after the last; the years on the way get theirs, if blank.

    Raises CannotRollError for a year that is there, that leaves a gap, or that has no parameters.
    """
    client = projection.client
    known = [row.tax_year for row in client.returns] or list(projection.years)
    wanted = year or known[-1] + 1
    if reason := _why_not(wanted, known[0], known[-1]):
        raise CannotRollError(reason)
    blank = [Return(tax_year=each) for each in range(known[0], wanted + 1) if each not in _returned(client)]
    fields: dict[str, Any] = {name: getattr(client, name) for name in Client.model_fields}
    return Client(**{**fields, "returns": [*client.returns, *blank]})


def _returned(client: Client) -> set[int]:
    return {row.tax_year for row in client.returns}


def _why_not(year: int, first: int, last: int) -> str:
    if first <= year <= last:
        after = f" The next is {last + 1}." if last < YEARS[-1] else ""
        return f"{year} is in the file already: fill in what it needs.{after}"
    if not YEARS[0] <= year <= YEARS[-1]:
        known = f"This version has the law of {YEARS[0]} to {YEARS[-1]}"
        return f"{year} has no parameters. {known}: a later one is needed, or another year."
    if year < first:
        return f"the file begins with {first}: a year before it is no next one. Build it from files of its own."
    if year == last + 1:
        return ""
    return (
        f"the file ends with {last}, and {year} takes its credit and losses from {year - 1}. "
        f"Roll to {last + 1} first, fill it in, and go on from there."
    )


def next_name(source: Path, year: int) -> Path:
    """The rolled workbook's name: smith.xlsx and smith-2025.xlsx give smith-2026.xlsx, in this folder."""
    stem = source.resolve().name if source.is_dir() else source.stem
    return Path(f"{_YEAR_IN_NAME.sub('', stem) or stem}-{year}.xlsx")
