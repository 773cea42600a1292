"""Sources of many clients for the tests and the benchmarks: generated ones, hostile ones, as folders and as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from engine import Client
from engine.records import Exercise, Return, Sale
from tests.random_clients import random_client

KINDS = {"exercises": Exercise, "returns": Return, "sales": Sale}
Rows = Sequence[Mapping[str, object]]
Tables = Mapping[str, Rows]


def shaped_tables(random: Random, exercises: int, years: int) -> dict[str, Rows]:
    """A client of the wanted shape: so many exercises, a third of them sold from, in so many years up to 2025."""
    first = 2026 - years
    rows = [_exercise(random, number, first) for number in range(exercises)]
    sales = [_sale(random, row, number) for number, row in enumerate(rows) if number % 3 == 0]
    returns = [
        {
            "tax_year": year,
            "filing_status": "married_joint" if exercises % 2 else "single",
            "wages": random.randint(60_000, 900_000),
            "qualified_dividends": random.randint(0, 9_000),
            "long_term_gain": random.choice((0, random.randint(-20_000, 90_000))),
            "deduction": "standard",
        }
        for year in range(first, 2026)
    ]
    return {"exercises": rows, "returns": returns, "sales": sales}


def _exercise(random: Random, number: int, first: int) -> dict[str, object]:
    day = date(random.randint(first, 2025), random.randint(1, 11), random.randint(1, 28))
    return {
        "exercise_id": f"E{number + 1}",
        "employer": "Northwind, Inc.",
        "date_granted": day - timedelta(days=random.randint(100, 1_500)),
        "date_exercised": day,
        "exercise_price": Decimal(random.randint(50, 2_000)) / 100,
        "fmv_exercise": Decimal(random.randint(1_000, 9_000)) / 100,
        "shares": random.randint(10, 2_000),
    }


def _sale(random: Random, row: Mapping[str, object], number: int) -> dict[str, object]:
    exercised = row["date_exercised"]
    assert isinstance(exercised, date)
    sold = min(exercised + timedelta(days=random.randint(1, 700)), date(2025, 12, 20))
    price = Decimal(random.randint(500, 12_000)) / 100
    return {"exercise_id": row["exercise_id"], "date_sold": sold, "shares": 1 + number % 9, "price": price}


def client_tables(client: Client) -> dict[str, Rows]:
    """The records of a client as rows of its tables."""
    return {table: [record.model_dump() for record in getattr(client, table)] for table in KINDS}


def csv_text(rows: Rows, columns: Iterable[str]) -> str:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns := list(columns))
    for row in rows:
        cells = [row.get(column) for column in columns]
        writer.writerow(["yes" if cell is True else "no" if cell is False else cell for cell in cells])
    return text.getvalue()


def write_client(folder: Path, tables: Tables, name: str = "") -> Path:
    """A client's folder."""
    folder.mkdir(parents=True)
    for table, rows in tables.items():
        if rows:
            (folder / f"{table}.csv").write_text(csv_text(rows, _columns(table, rows)), "utf-8")
    if name:
        (folder / "client.toml").write_text(f"name = '{name}'\n", "utf-8")
    return folder


def _columns(table: str, rows: Rows) -> list[str]:
    used = {column for row in rows for column, cell in row.items() if cell not in (None, "")}
    return [column for column in KINDS[table].model_fields if column in used]


def write_combined(folder: Path, clients: Mapping[str, Tables]) -> Path:
    """The same clients as tables with a column client_id, their rows mixed as a database would give them."""
    folder.mkdir(parents=True)
    for table in KINDS:
        rows = [{"client_id": source} | dict(row) for source, tables in clients.items() for row in tables.get(table, ())]
        Random(table).shuffle(rows)
        rows.sort(key=lambda row: str(row.get("tax_year", "")))
        text = csv_text(rows, ["client_id", *_columns(table, rows)])
        (folder / f"{table}.csv").write_text(text, "utf-8")
    return folder


def mixed_clients(count: int, seed: int = 5) -> dict[str, dict[str, Rows]]:
    """So many clients that are in order: some around the thresholds of law, some of 1 to 40 exercises and 1 to 6 years."""
    random = Random(seed)
    clients = {}
    for number in range(count):
        shaped = number % 3 == 0
        tables = (
            shaped_tables(random, *random.choice(((1, 1), (4, 2), (9, 4), (13, 6), (40, 6))))
            if shaped
            else client_tables(random_client(random))
        )
        if not (tables["returns"] or tables["exercises"]):
            tables = shaped_tables(random, 1, 1)
        clients[f"client-{number:05}"] = tables
    return clients
