"""A client's folder with what files add to it: new ids, sales of its lots, and what no file tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from engine.records.identity import excel_key

from .client_table import ClientTable
from .duplicates import same_sale
from .found_records import SOLD_ONLY, FoundLot, Reading, RecordOutcome, Sold, meant

_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9._/-]+")
LONGEST_ID: Final = 60
SHARES: Final = "shares"


@dataclass
class Merged:
    """The folder's two tables with what was added, and sentences on what no file told."""

    exercises: ClientTable
    sales: ClientTable
    unknown: list[str] = field(default_factory=list)
    touched: list[dict[str, str]] = field(default_factory=list)  # the rows of exercises that a file tells of


def join_sale(
    merged: Merged, sale: Sold, rows: Mapping[int, dict[str, str]], before: list[dict[str, str]]
) -> RecordOutcome:
    """Add a sale to sales.csv, unless it is there `before`; say which."""
    cells = ({"exercise_id": rows[id(sale.lot)]["exercise_id"]} if sale.lot else {}) | sale.cells
    words = (
        f"sale of {cells['shares']} shares of {cells.get('exercise_id') or 'the first lots'} on {cells['date_sold']}"
    )
    for place, row in enumerate(before):
        if same_sale(row, cells):
            del before[place]  # a second sale of the day, shares and price is another one
            return RecordOutcome(f"already there: {words} ({sale.place})", is_new=False)
    merged.sales.add(cells)
    return RecordOutcome(f"{words} ({sale.place})", is_new=True)


def new_id(table: ClientTable, lot: FoundLot) -> str:
    """An id from the account number of the form, else from the grant and the day of exercise."""
    day = lot.cells.get("date_exercised", "").replace("/", "-")
    base = clean_id(lot.account) or clean_id(f"{lot.cells.get('grant_id') or lot.kind}-{day}")
    taken = {excel_key(row.get("exercise_id", "")) for row in table.rows}
    tried = [base, *([f"{base}-{day}"] if lot.account else [])]
    tried += [f"{tried[-1]}-{number}" for number in range(2, len(table.rows) + 3)]
    return next(each for each in tried if excel_key(each) not in taken)


def clean_id(text: str) -> str:
    """An account number as an id: what an id does not take becomes a hyphen."""
    return _NOT_IN_IDS.sub("-", text.strip()).strip("-")[:LONGEST_ID]


def raise_shares(merged: Merged, reading: Reading, row: dict[str, str]) -> None:
    """Shares that are those sold only grow with what is sold later."""
    if SOLD_ONLY not in row.get("doc_ref", ""):
        return
    name = excel_key(row["exercise_id"])
    sales = (each for each in merged.sales.rows if excel_key(each.get("exercise_id", "")) == name)
    counts = [meant(SHARES, each.get(SHARES, "")) for each in sales]
    sold = sum((count for count in counts if isinstance(count, Decimal)), Decimal(0))
    had = meant(SHARES, row.get(SHARES, ""))
    if isinstance(had, Decimal) and sold > had:
        merged.exercises.correct(row, {SHARES: f"{sold:f}"})
        words = f"shares of {row['exercise_id']}: {sold:f} in place of {had:f}, as many as are sold by now"
        reading.said.append(RecordOutcome(words, is_new=False))


def say_blank_employers(merged: Merged) -> None:
    """Splits and first in, first out go by the employer: a blank one is asked for."""
    ids = list(dict.fromkeys(row["exercise_id"] for row in merged.touched if not row.get("employer")))
    if ids:
        merged.unknown.append(
            f"the employer of {', '.join(ids)}: no file names the corporation; fill in employer in exercises.csv, "
            "because splits and first in, first out go by it"
        )


def say_unknown_shares(merged: Merged) -> None:
    """Shares sold are no shares exercised: a lot that only sales tell of stays without its number."""
    for row in merged.exercises.rows:
        if not row.get(SHARES):
            merged.unknown.append(
                f"how many shares {row['exercise_id']} was of: the file has shares sold only. Fill in shares in "
                "exercises.csv from Form 3921 box 5, or import that form; until then isobook check refuses the row, "
                "because line 2i could be too low"
            )
