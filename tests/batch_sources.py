"""Sources of many clients for the tests and the benchmarks: generated ones, hostile ones, as folders and as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from random import Random

from engine import Client
from engine.records import Exercise, Return, Sale
from tests.random_clients import random_client

KINDS: Mapping[str, type[Exercise | Return | Sale]] = {"exercises": Exercise, "returns": Return, "sales": Sale}
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
    """The same clients as tables with a column client_id; rows of different clients take turns."""
    folder.mkdir(parents=True)
    for table in KINDS:
        turns = zip_longest(
            *([{"client_id": source} | dict(row) for row in tables[table]] for source, tables in clients.items())
        )
        rows = [row for turn in turns for row in turn if row]
        text = csv_text(rows, ["client_id", *_columns(table, rows)])
        (folder / f"{table}.csv").write_text(text, "utf-8")
    return folder


def mixed_clients(count: int, seed: int = 5) -> dict[str, dict[str, Rows]]:
    """So many clients that are in order: 1 to 40 exercises, 1 to 6 years, some around the thresholds of law."""
    random = Random(seed)
    clients = {}
    for number in range(count):
        shape = random.choice(((1, 1), (4, 2), (9, 4), (13, 6), (40, 6)))
        tables = client_tables(random_client(random)) if number % 3 else shaped_tables(random, *shape)
        clients[f"client-{number:05}"] = tables if any(tables.values()) else shaped_tables(random, 1, 1)
    return clients


def few_shapes(count: int, seed: int = 8) -> dict[str, dict[str, Rows]]:
    """So many clients in order whose workbooks have only four shapes."""
    random = Random(seed)
    shapes = ((1, 1), (3, 1), (9, 2), (14, 1), (30, 2))
    return {f"client-{number:03}": shaped_tables(random, *shapes[number % len(shapes)]) for number in range(count)}


HEADER = b"exercise_id,employer,date_granted,date_exercised,exercise_price,fmv_exercise,shares\n"
GOOD = b"E1,Acme,2022-01-03,2025-03-14,12.50,40.25,1000\n"
RETURNS = b"tax_year,filing_status,wages,deduction\n2025,single,150000,standard\n"


def row(**cells: str) -> bytes:
    """An exercise with some cells replaced."""
    names = HEADER.decode().strip().split(",")
    values = dict(zip(names, GOOD.decode().strip().split(","), strict=True)) | cells
    return ",".join(values[name] for name in names).encode() + b"\n"


# What must be refused, by the name of its folder: file name -> content.
BAD: dict[str, dict[str, bytes]] = {
    "empty": {},
    "null byte": {"exercises.csv": HEADER + GOOD.replace(b"Acme", b"Ac\0me")},
    "not utf-8": {"exercises.csv": HEADER + GOOD.replace(b"Acme", b"Ac\xffme")},
    "open quote": {"exercises.csv": HEADER + GOOD.replace(b"Acme", b'"Acme')},
    "huge field": {"exercises.csv": HEADER + GOOD.replace(b"Acme", b"A" * 300_000)},
    "huge file": {"exercises.csv": HEADER + GOOD * 200_000},
    "many rows": {"exercises.csv": HEADER + b"".join(row(exercise_id=f"E{n}") for n in range(1_001))},
    "a billion shares": {"exercises.csv": HEADER + row(shares="1" + "0" * 30)},
    "not a number": {"exercises.csv": HEADER + row(fmv_exercise="NaN"), "returns.csv": RETURNS},
    "infinity": {"exercises.csv": HEADER + row(exercise_price="1e999")},
    "negative shares": {"exercises.csv": HEADER + row(shares="-5")},
    "year 1899": {"exercises.csv": HEADER + row(date_granted="1899-12-31")},
    "year 9999": {"exercises.csv": HEADER + row(date_exercised="9999-12-31")},
    "formula for a number": {"exercises.csv": HEADER + row(shares="=1+1")},
    "bad toml": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = [[[["},
    "deep toml": {"exercises.csv": HEADER + GOOD, "client.toml": b"a = " + b"[" * 20_000},
    "wrong year": {"returns.csv": RETURNS.replace(b"2025", b"1899")},
    "formula in a header": {"exercises.csv": HEADER.replace(b"shares", b"=cmd|'/C calc'!A0") + GOOD},
    "a folder for a file": {"exercises.csv/x": b""},
}
# What must be taken, though it looks for trouble.
ODD: dict[str, dict[str, bytes]] = {
    "=HYPERLINK(1)": {"exercises.csv": HEADER + row(employer='"=HYPERLINK(""http://evil.example"")"')},
    "@SUM(1)": {"exercises.csv": b"\xef\xbb\xbf" + HEADER + GOOD, "client.toml": b'name = "=1+1|cmd"\n'},
    "up": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = '../../../up'\n"},
    "root": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = '/etc/passwd'\n"},
    "drive": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = 'C:\\Windows\\System32\\x'\n"},
    "device": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = 'NUL.txt'\n"},
    "index": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = 'Index'\n"},
    "long": {"exercises.csv": HEADER + GOOD, "client.toml": b"name = '" + b"W" * 199 + b"'\n"},
    "family": {"exercises.csv": HEADER + GOOD, "client.toml": "name = 'שלום 漢字 👩‍👩‍👧‍👦 é'\n".encode()},
    "utf-16": {"exercises.csv": (HEADER + GOOD).decode().encode("utf-16")},
    "semicolons": {"exercises.csv": (HEADER + GOOD).replace(b",", b";")},
}


def write_files(root: Path, folders: Mapping[str, Mapping[str, bytes]]) -> None:
    """Write folders of files as they are."""
    for name, files in folders.items():
        (root / name).mkdir(parents=True)
        for file, content in files.items():
            path = root / name / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)


def snapshot(folder: Path, *, without: Iterable[str] = ()) -> dict[str, bytes]:
    """Every file below a folder that is for people, but the timings."""
    hidden = {"timings.csv", *without}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name not in hidden and path.name != ".isobook-batch.sqlite"
    }


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file of a run."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
