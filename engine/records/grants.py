"""One tranche of an incentive stock option, as it becomes exercisable: the columns of grants.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from pydantic import ValidationInfo, field_validator

from ..columns.grants import GrantColumns
from ..errors import Problem
from . import cells
from .cells import CellError
from .exercise import Exercise
from .identity import employer_key
from .lots import SHARE_DIGITS
from .record import Record
from .splits import ShareUnits, Split, a_share, decimal

OF_THE_GRANT: Final = ("employer", "date_granted", "fmv_grant")  # the same for all tranches of a grant


class Grant(Record, GrantColumns):
    """Shares of one grant that become exercisable on one day; dollars per share on the grant day, shares, days."""

    @field_validator("shares")
    @classmethod
    def _exact_in_total(cls, value: Decimal, info: ValidationInfo) -> Decimal:
        if value * info.data.get("fmv_grant", 0) > cells.LARGEST:
            raise CellError("Check the decimal points.", "shares times fmv_grant to be at most 999,999,999.99")
        return value

    @field_validator("date_exercisable", "date_accelerated")
    @classmethod
    def _not_before_grant(cls, value: date | None, info: ValidationInfo) -> date | None:
        granted = info.data.get("date_granted")
        if value and granted and value < granted:
            raise CellError("Correct one of the two dates.", f"a day on or after date_granted, {granted}")
        return value

    @field_validator("date_accelerated")
    @classmethod
    def _before_its_time(cls, value: date | None, info: ValidationInfo) -> date | None:
        if not value or "date_exercisable" not in info.data:
            return value
        planned = info.data["date_exercisable"]
        if planned is None or value >= planned:
            remedy = "Clear the cell, or enter in date_exercisable the day that was planned."
            raise CellError(remedy, f"a day before date_exercisable, {planned or 'which is blank'}")
        return value


class ResolvedGrant(Grant):
    """A tranche in today's shares, its names spelled alike, with the ISO shares exercised of its whole grant."""

    iso_exercised: Decimal


def grant_problems(read: Mapping[int, Grant]) -> Iterator[Problem]:
    """Tranches that cannot stand together: the records under their rows."""
    first: dict[str, tuple[int, Grant]] = {}
    days: dict[tuple[str, date], int] = {}
    groups: dict[str, tuple[int, str | None]] = {}
    for number, grant in read.items():
        key = grant_key(grant.grant_id)
        row, other = first.setdefault(key, (number, grant))
        yield from _unlike(number, grant, row, other)
        planned = grant.date_exercisable or grant.date_granted
        if days.setdefault((key, planned), number) != number:
            expected = f"one row a day of {grant.grant_id}; row {days[key, planned]} of the table has that day"
            remedy = "Remove one of the two rows, or add up their shares."
            yield Problem("grants", number, "date_exercisable", str(planned), expected, remedy)
        row, group = groups.setdefault(employer_key(grant.employer), (number, grant.corporate_group))
        if grant.employer and employer_key(group) != employer_key(grant.corporate_group):
            expected = f"{group or 'a blank cell'}, as in row {row} of the table: an employer is of one group"
            value = grant.corporate_group or ""
            yield Problem("grants", number, "corporate_group", value, expected, "Correct one of the two.")


def _unlike(number: int, grant: Grant, row: int, other: Grant) -> Iterator[Problem]:
    for name in OF_THE_GRANT:
        ours, theirs = getattr(grant, name), getattr(other, name)
        if ours != theirs and (name != "employer" or employer_key(ours) != employer_key(theirs)):
            expected = f"{theirs or 'a blank cell'}, as in row {row} of the table, which is of the same grant"
            remedy = "Correct one of the two, or give each grant an id of its own."
            yield Problem("grants", number, name, str(ours or ""), expected, remedy)


def grant_key(grant_id: str | None) -> str:
    """A grant's id in either case; empty where there is none."""
    return (grant_id or "").casefold()


def resolve_grants(
    grants: Collection[Grant], splits: Collection[Split], exercises: Iterable[Exercise]
) -> tuple[ResolvedGrant, ...]:
    """The tranches in the order given, restated for splits; `exercises` in today's shares tell what was exercised."""
    units = ShareUnits(splits)
    exercised: dict[str, Decimal] = {}
    for lot in exercises:
        if lot.kind == "ISO" and lot.grant_id:
            exercised[grant_key(lot.grant_id)] = exercised.get(grant_key(lot.grant_id), Decimal(0)) + lot.shares
    return tuple(
        _restated(grant, units, exercised.get(grant_key(grant.grant_id), Decimal(0)))
        for grant in _spelled_alike(grants)
    )


def _spelled_alike(grants: Collection[Grant]) -> Iterator[Grant]:
    """Employers, groups and ids as they are spelled first: cells that mean the same are equal."""
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for grant in grants:
        spelled = {
            name: names.setdefault(employer_key(value), value)
            for name in ("employer", "corporate_group")
            if (value := getattr(grant, name))
        }
        yield grant.model_copy(
            update={**spelled, "grant_id": ids.setdefault(grant_key(grant.grant_id), grant.grant_id)}
        )


def _restated(grant: Grant, units: ShareUnits, exercised: Decimal) -> ResolvedGrant:
    ratio = units.since(grant.employer, grant.date_granted)
    today = {
        "shares": grant.shares if ratio == 1 else decimal(Fraction(grant.shares) * ratio, SHARE_DIGITS),
        "fmv_grant": a_share(grant.fmv_grant, ratio),
    }
    return ResolvedGrant.model_construct(**{**dict(grant), **today, "iso_exercised": exercised})
