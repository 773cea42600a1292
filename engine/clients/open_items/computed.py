"""What rules of open items look at: a client, the computed years, and the columns of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from ...columns.returns import Stage, stages_of
from ...records import Client, Return
from ...records.identity import employer_key
from ..year_result import YearResult


class ComputedClient:
    """A client with what follows from its records; a projection gives it."""

    def __init__(
        self,
        client: Client,
        years: Mapping[int, YearResult],
        records: Mapping[str, Sequence[Any]],
        as_given: Mapping[str, Sequence[Any]],
        following: Mapping[str, Any],
        grants: Sequence[Mapping[str, Any]],
    ) -> None:
        self.client = client
        self.years = years
        self.records = records  # the columns of the record tables: "exercises.adjustment"
        self.as_given = as_given  # those of the exercises before any split
        self.following = following
        self.grants = grants

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """The place of each year in Client.returns, from 1; years without a row are left out."""
        return {each.tax_year: place for place, each in enumerate(self.client.returns, 1)}

    @cached_property
    def returns(self) -> Mapping[int, Return]:
        """The return of each year that has one."""
        return {each.tax_year: each for each in self.client.returns}

    @cached_property
    def stages(self) -> Mapping[int, Stage]:
        """How far the return of each computed year is: filed, open or planned."""
        return stages_of({year: row.return_stage for year, row in self.returns.items()}, self.years)

    @cached_property
    def lots(self) -> list[dict[str, Any]]:
        """The columns of the exercises, one mapping a lot: "exercises.adjustment" and the rest."""
        return self._by_row("exercises.")

    @cached_property
    def sold(self) -> list[dict[str, Any]]:
        """The columns of the sales, one mapping a lot sold."""
        return self._by_row("sales.")

    @cached_property
    def acquired(self) -> Mapping[str, list[tuple[date, int]]]:
        """The days of exercise and vest by employer, in order, each with the place of its lot, from 1."""
        found: dict[str, list[tuple[date, int]]] = {}
        for place, lot in enumerate(self.client.exercises, 1):
            days = {day for day in (lot.date_exercised, lot.vest_date) if day}
            found.setdefault(employer_key(lot.employer), []).extend((day, place) for day in days)
        return {employer: sorted(days) for employer, days in found.items()}

    def _by_row(self, prefix: str) -> list[dict[str, Any]]:
        columns = {key: values for key, values in self.records.items() if key.startswith(prefix)}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
