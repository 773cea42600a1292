"""One client of each kind that a preparer meets, for whatever must hold of every printed book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine import Client

Row = dict[str, object]


def _return(year: int, **columns: object) -> Row:
    usual: Row = {"tax_year": year, "filing_status": "single", "wages": 210_000, "deduction": "standard"}
    return usual | columns


def _exercise(name: str, year: int, **columns: object) -> Row:
    """1,000 options of Acorn at $2 while a share was worth $52: $50,000 on line 2i if they are kept."""
    usual: Row = {
        "exercise_id": name,
        "employer": "Acorn Inc",
        "date_granted": f"{year - 2}-01-15",
        "date_exercised": f"{year}-06-01",
        "exercise_price": 2,
        "fmv_exercise": 52,
        "shares": 1_000,
    }
    return usual | columns


def _sale(name: str, day: str, shares: int, price: int) -> Row:
    return {"exercise_id": name, "date_sold": day, "shares": shares, "price": price}


def _one_year() -> Client:
    """A single exercise that is kept, in the year that is open."""
    return Client([_exercise("A-1", 2025)], [_return(2025)], name="Kim Example (invented)")


def _nine_years() -> Client:
    """All years that isobook covers, an exercise every other year, each sold two years later."""
    years = range(2018, 2027)
    exercises = [_exercise(f"E-{year}", year) for year in years if year % 2 == 0]
    sales = [_sale(f"E-{year}", f"{year + 2}-08-01", 600, 70) for year in years if year % 2 == 0 and year < 2025]
    returns = [_return(year, return_stage="planned" if year == 2026 else None) for year in years]
    return Client(exercises, returns, sales, name="Noor Example (invented)")


def _forty_exercises() -> Client:
    """Ten a year for four years, every second one sold a year later."""
    exercises = [
        _exercise(f"L-{year}-{place:02}", year, shares=100 + place) for year in range(2022, 2026) for place in range(10)
    ]
    sales = [
        _sale(f"L-{year}-{place:02}", f"{year + 1}-09-15", 50, 60)
        for year in range(2022, 2025)
        for place in range(0, 10, 2)
    ]
    return Client(exercises, [_return(year) for year in range(2022, 2026)], sales, name="Lou Example (invented)")


def _not_ready() -> Client:
    """The wages of the open year are not known yet."""
    returns = [_return(2024), _return(2025, wages=None)]
    return Client([_exercise("A-1", 2024), _exercise("A-2", 2025)], returns, name="Ari Example (invented)")


def _married_separate() -> Client:
    """The addition to line 4 and half the exemption."""
    returns = [_return(year, filing_status="married_separate", wages=900_000) for year in (2024, 2025)]
    return Client(
        [_exercise("M-1", 2024, shares=9_000), _exercise("M-2", 2025, shares=200)],
        returns,
        name="Max Example (invented)",
    )


def _loss_years() -> Client:
    """Shares sold far below what the AMT counted: an AMT loss that is carried on, $3,000 a year."""
    returns = [_return(year) for year in range(2022, 2026)]
    sales = [_sale("A-1", "2023-11-15", 1_000, 1)]
    return Client([_exercise("A-1", 2022)], returns, sales, name="Ola Example (invented)")


PRINTED: Final[Mapping[str, Client]] = {
    "one year": _one_year(),
    "nine years": _nine_years(),
    "forty exercises": _forty_exercises(),
    "not ready": _not_ready(),
    "married separate": _married_separate(),
    "loss years": _loss_years(),
}
