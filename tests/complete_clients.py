"""Random clients who give all that is asked for: nothing of theirs is assumed, contradictory or doubtful."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from engine import Client, project
from engine.filing import STATUSES

Row = dict[str, Any]
SETTLED: Final = (  # of the first year
    *("mtc_carryforward_in", "mtc_line_18_in", "short_term_carryover_in", "long_term_carryover_in"),
    *("amt_short_term_carryover_in", "amt_long_term_carryover_in"),
)


def complete_clients(count: int, seed: int = 53) -> list[Client]:
    """Draw so many, the same ones each time."""
    random = Random(seed)
    return [_client(random) for _ in range(count)]


def _client(random: Random) -> Client:
    first = random.randint(2019, 2024)
    years = range(first, random.randint(first, min(first + 4, 2025)) + 1)
    status = random.choice(list(STATUSES))
    returns = [_return(random, year, status, first) for year in years]
    exercises = [_exercise(random, number, years) for number in range(random.randint(0, 5))]
    sales = [sale for lot in exercises for sale in _sales(random, lot, years[-1])]
    tables: dict[str, Any] = {"exercises": exercises, "returns": returns}
    return Client(**tables, sales=_with_wages(tables, sales), tax_method="schedule")


def _return(random: Random, year: int, status: str, first: int) -> Row:
    wages = Decimal(random.randint(60_000, 900_000) + 3_000_000)  # above the income of each sale and spread
    row: Row = {"tax_year": year, "filing_status": status, "wages": wages, "return_stage": "filed"}
    row |= {"general_business_credit": "no", "form_8834_8911": "no"}
    if random.random() < 0.5:
        row |= {
            "deduction": "itemized",
            "itemized_deductions": random.randint(15_000, 40_000),
            "taxes_deducted": 10_000,
        }
    else:
        row["deduction"] = "standard"
    if random.random() < 0.3:
        row |= {"foreign_tax_credit": 900, "amt_foreign_tax_credit": 800, "exclusion_foreign_tax_credit": 700}
    if random.random() < 0.5:
        row |= {"line_2g": random.randint(0, 5_000), "qualified_dividends": random.randint(0, 9_000)}
    if year == first:
        row |= {name: random.choice((0, random.randint(0, 40_000))) for name in SETTLED}
    return row


def _exercise(random: Random, number: int, years: range) -> Row:
    kind = random.choice(("ISO", "ISO", "ISO", "NSO", "RSU", "ESPP"))
    exercised = date(random.choice(years), 1, 1) + timedelta(days=random.randint(0, 360))
    price, value = Decimal(random.randint(100, 2_000)) / 100, Decimal(random.randint(2_100, 6_000)) / 100
    row: Row = {"exercise_id": f"{kind}-{number}", "employer": f"Employer {number}", "kind": kind}
    row |= {"date_exercised": exercised, "fmv_exercise": value, "shares": random.randint(1, 90) * 100}
    if kind != "RSU":
        row |= {"date_granted": exercised - timedelta(days=random.randint(30, 3_000)), "exercise_price": price}
    if kind == "ESPP":
        row |= {"fmv_grant": value, "price_at_grant": price}
    return row


def _sales(random: Random, lot: Row, last: int) -> list[Row]:
    """A sale above every basis, so that no loss falls beside another exercise."""
    sold = lot["date_exercised"] + timedelta(days=random.randint(40, 900))
    if random.random() < 0.5 or sold.year > last:
        return []
    long = sold > lot["date_exercised"] + timedelta(days=366)
    row: Row = {"exercise_id": lot["exercise_id"], "date_sold": sold, "shares": lot["shares"] // 2}
    row |= {"price": lot["fmv_exercise"] + 5, "disposition": "sale"}
    basis = lot["shares"] // 2 * lot.get("exercise_price", Decimal(0))
    return [row | {"broker_basis": basis, "box_8949": "D" if long else "A"}]


def _with_wages(tables: dict[str, Any], sales: list[Row]) -> list[Row]:
    """Each sale's ordinary income as Form W-2 has it."""
    incomes = project(Client(**tables, sales=sales)).records["sales.ordinary"]
    return [sale | {"w2_income": income} for sale, income in zip(sales, incomes, strict=True)]
