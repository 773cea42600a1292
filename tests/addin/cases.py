"""The one table of cases: function, cells, what the sheet must show, and why. A day is {"date": "2025-03-14"}."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

PATH = Path(__file__).parents[1] / "cases" / "functions.jsonl"


class Case(NamedTuple):
    """A call and its result."""

    function: str
    cells: list[Any]
    gives: Any
    calc: str  # why LibreOffice Calc cannot give it; blank: it does

    @property
    def name(self) -> str:
        """The call, as a reader finds it in the table."""
        return f"{self.function}{json.dumps(self.cells)}"


def cases() -> list[Case]:
    """All cases."""
    rows = map(json.loads, PATH.read_text("utf-8").splitlines())
    return [Case(row["function"], row["cells"], row["gives"], row.get("calc", "")) for row in rows]


def in_cells(cell: Any, day: Callable[[str], Any] = datetime.fromisoformat) -> Any:
    """A cell, or a range of cells, with its days as `day` makes them."""
    if isinstance(cell, list):
        return [in_cells(each, day) for each in cell]
    return day(cell["date"]) if isinstance(cell, dict) else cell


def differences(found: list[Any], wanted: list[Case]) -> list[str]:
    """The cases with another result."""
    pairs = zip(found, wanted, strict=True)
    return [f"{case.name}: {result!r} for {case.gives!r}" for result, case in pairs if result != case.gives]
