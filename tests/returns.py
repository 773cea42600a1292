"""Small returns for the tests: one year and what it gives, in the fewest words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine import Client, YearResult, project

Row = dict[str, object]


def exercise(spread: Any = 0, year: Any = 2025, **columns: Any) -> Row:
    """One vested ISO exercise of the year, a share at price 1, so that `spread` (dollars) is its line 2i."""
    usual: Row = {
        "exercise_id": "E1",
        "date_granted": f"{year - 1}-01-02",
        "date_exercised": f"{year}-03-04",
        "exercise_price": 1,
        "fmv_exercise": 1 + Decimal(str(spread)),
        "shares": 1,
    }
    return usual | columns


def computed(
    year: int = 2025,
    status: Any = "single",
    spread: Any = 0,
    *,
    rounding: Any = "cents",
    tax_method: Any = "schedule",
    **entries: Any,
) -> YearResult:
    """Figure one year with one exercise of that spread; wages 0 and the standard deduction unless said otherwise."""
    entries = {"wages": 0, "deduction": "standard"} | entries
    row: Row = {"tax_year": year, "filing_status": status, **entries}
    exercises = [exercise(spread, year)] if spread else []
    client = Client(exercises=exercises, returns=[row], rounding=rounding, tax_method=tax_method)
    return project(client).years[year]


def lines(result: YearResult, *numbers: str) -> list[Decimal | None]:
    """Several lines of Form 6251 at once."""
    return [result.form_6251[number] for number in numbers]


def working(result: YearResult, sheet: str, line: str) -> Any:
    """Any line of any worksheet of the year."""
    return result.figures[f"{sheet}.{line}"]


def amounts(*values: object) -> list[Decimal]:
    """Expected amounts, written short."""
    return [Decimal(str(value)) for value in values]


def hold(result: YearResult, name: str, **expected: object) -> None:
    """Hold lines of a worksheet, named line_5, against their expected amounts."""
    found = {line: working(result, name, line.removeprefix("line_")) for line in expected}
    assert found == {line: Decimal(str(amount)) for line, amount in expected.items()}
