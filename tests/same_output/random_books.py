"""Random clients of every kind of pay, one to nine years: their workbooks, read back and built again, and figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from engine import Client, InputError, project
from tests.random_clients import random_client, random_grants
from tests.read_back_clients import with_split

from .desk import Output, command, desk, files

COUNT = 200
TOGETHER = 4  # clients of one shape: their sheets are drawn once
FIRST_YEAR, LAST_YEAR = 2018, 2026
TABLES = ("exercises", "returns", "sales", "splits", "grants")


def drawn(number: int) -> Client:
    """The client of a number: fours share their years and rounding; a third has grants, a third a split."""
    random, shape = Random(number), Random(f"shape {number // TOGETHER}")
    wanted = number // TOGETHER % (LAST_YEAR - FIRST_YEAR + 1) + 1
    first = shape.randint(FIRST_YEAR, LAST_YEAR + 1 - wanted)
    client = random_client(random, first)
    returns = [dict(each) for each in client.returns][:wanted]
    while returns and len(returns) < wanted:  # the years after those that were drawn carry nothing in by hand
        more = random_client(random, int(returns[-1]["tax_year"]) + 1).returns
        returns += [{name: value for name, value in dict(each).items() if not name.endswith("_in")} for each in more]
    client = _with(client, returns=returns[:wanted], rounding=shape.choice(("dollars", "cents")))
    if number % 3 == 0:
        client = _with(client, grants=random_grants(random, first))
    return with_split(random, client) if number % 3 == 1 else client


def _with(client: Client, **changed: Any) -> Client:
    """The client with other tables; as it was where they do not fit."""
    try:
        return Client(**{**dict(client), **changed})
    except InputError:
        return client


def random_books(group: int) -> Iterator[Output]:
    """What the files of the clients of one shape give."""
    for number in range(group * TOGETHER, (group + 1) * TOGETHER):
        for key, content in _random_book(number):
            yield f"{number:03}/{key}", content


def _random_book(number: int) -> Iterator[Output]:
    client = drawn(number)
    with desk():
        write(client, Path("client"))
        yield from files("client", "client")  # where these differ, another client was drawn
        yield command("build", "build", "client", "-o", "made.xlsx")
        yield command("again", "build", "made.xlsx", "-o", "again.xlsx")
        yield from files("books", "made.xlsx", "again.xlsx")
        if number % TOGETHER == 0:
            yield command("check", "check", "made.xlsx")
        yield command("forms", "forms", "client")
        yield command("forms-json", "forms", "client", "--json")
        yield command("plan", "plan", "client")
    yield "figures", "".join(figures(client)).encode()


def figures(client: Client) -> Iterator[str]:
    """The engine's own, as Python has them."""
    projection = project(client)
    for year, result in projection.years.items():
        for name in (
            "form_6251",
            "form_8801",
            "regular",
            "carryover_out",
            "attach_6251",
            "ready",
            "missing",
            "figures",
        ):
            value = getattr(result, name)
            shown = sorted(map(repr, value.items())) if hasattr(value, "items") else [repr(value)]
            yield f"{year} {name}\n" + "".join(f"  {line}\n" for line in shown)


def write(client: Client, folder: Path) -> None:
    """The client as a folder of CSV files and client.toml."""
    folder.mkdir()
    for table in TABLES:
        records = getattr(client, table)
        if records:
            rows = [dict(record) for record in records]
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([list(rows[0]), *(map(_text, row.values()) for row in rows)])
    settings = (f'{name} = "{getattr(client, name)}"\n' for name in ("name", "rounding", "tax_method"))
    (folder / "client.toml").write_text("".join(settings), encoding="utf-8")


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return f"{value.numerator}:{value.denominator}"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    return str(value)
