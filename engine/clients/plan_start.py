"""Where a plan for more exercises begins: the price and the value of the last incentive option exercised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def last_incentive_exercise(records: Mapping[str, Sequence[Any]]) -> int | None:
    """The place, from 0, of the last exercise of an ISO with a value above its price; None without one."""
    columns = (records[f"exercises.{name}"] for name in ("is_iso", "spread", "date_exercised"))
    found = [(day, place) for place, (iso, spread, day) in enumerate(zip(*columns, strict=True)) if iso and spread > 0]
    return max(found, key=lambda each: each[0])[1] if found else None
