"""What a user types into the yellow cells of a workbook, and the client that is figured the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from engine import Client, project
from engine.forms.inputs import CARRIED_IN
from engine.tax_year import STATUSES
from tests.spreadsheets import differences, type_in
from tests.spreadsheets.engines import Values
from tests.spreadsheets.typed_input import Typed
from tests.workbook_facts import Facts, engine_differences
from workbook_templates.fill import shape_of, workbook

TABLES = ("exercises", "returns")


@dataclass(frozen=True)
class Typing:
    """Cells typed over: by year and column of returns.csv, by position and column of exercises.csv, by setting."""

    returns: Mapping[tuple[int, str], Typed] = field(default_factory=dict)
    exercises: Mapping[tuple[int, str], Typed] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, later: Typing) -> Typing:
        return Typing(
            {**self.returns, **later.returns},
            {**self.exercises, **later.exercises},
            {**self.options, **later.options},
        )

    def cells(self, facts: Facts, first: int) -> dict[tuple[str, str], Typed]:
        """What to type where."""
        return {
            **{facts.entry(year, column, first): value for (year, column), value in self.returns.items()},
            **{facts.exercise(place, column): value for (place, column), value in self.exercises.items()},
            **{facts.option(name): value for name, value in self.options.items()},
        }

    def client(self, client: Client, years: Sequence[int]) -> Client:
        """The client with the same changes; every year of the book has a row, if only a blank one."""
        rows: dict[int, dict[str, Any]] = {year: {"tax_year": year} for year in years}
        rows |= {row.tax_year: row.model_dump() for row in client.returns}
        for (year, column), value in self.returns.items():
            rows[year][column] = value
        lots: list[dict[str, Any]] = [lot.model_dump() for lot in client.exercises]
        for (place, column), value in self.exercises.items():
            lots.extend({} for _ in range(place + 1 - len(lots)))
            lots[place][column] = value
        kept = {name: getattr(client, name) for name in Client.model_fields if name not in TABLES}
        filled = [lot for lot in lots if any(value is not None for value in lot.values())]
        return Client(**{**kept, **self.options, "exercises": filled, "returns": list(rows.values())})


class Before(NamedTuple):
    """A client whose workbook is typed into, and the years that it has."""

    client: Client
    years: Sequence[int]

    @property
    def spare(self) -> int:
        """The position of the first spare row."""
        return len(self.client.exercises)


Kind = Callable[[Before, Random], Typing]


def _entries(**columns: Typed) -> Kind:
    """The same columns typed into any one year."""

    def typing(before: Before, random: Random) -> Typing:
        year = random.choice(before.years)
        return Typing(returns={(year, column): value for column, value in columns.items()})

    return typing


def _filing_status(before: Before, random: Random) -> Typing:
    status = random.choice(list(STATUSES))
    return Typing(returns={(year, "filing_status"): status for year in before.years})


def _ready_after_all(before: Before, random: Random) -> Typing:
    """Status, wages and deduction, whether or not they were there."""
    year = random.choice(before.years)
    row: dict[str, Typed] = {"filing_status": random.choice(list(STATUSES)), "wages": _money(random, 400_000)}
    row |= {"deduction": "standard", "taxable_income": None}
    return Typing(returns={(year, column): value for column, value in row.items()})


def _wages(before: Before, random: Random) -> Typing:
    return Typing(returns={(year, "wages"): _money(random, 600_000) for year in before.years})


def _carried_in(before: Before, random: Random) -> Typing:
    """With cents, whatever the rounding."""
    return Typing(returns={(before.years[0], column): _money(random, 50_000) for column in CARRIED_IN})


def _exercise_in_spare_row(before: Before, random: Random) -> Typing:
    row: dict[str, Typed] = {
        "exercise_id": "typed-1",
        "kind": random.choice(("ISO", "ISO", "NSO")),
        "date_granted": date(before.years[0] - 2, 2, 28),
        "date_exercised": _day(before, random),
        "exercise_price": _money(random, 20),
        "fmv_exercise": _money(random, 90),
        "shares": Decimal(random.randint(1, 5_000)),
    }
    return Typing(exercises={(before.spare, column): value for column, value in row.items()})


def _exercise(**columns: Callable[[Random], Typed]) -> Kind:
    """Columns typed over in any one exercise; in a spare row where the client has none."""

    def typing(before: Before, random: Random) -> Typing:
        if not before.spare:
            return _exercise_in_spare_row(before, random)
        place = random.randrange(before.spare)
        return Typing(exercises={(place, column): draw(random) for column, draw in columns.items()})

    return typing


def _other_kind(before: Before, random: Random) -> Typing:
    if not before.spare:
        return _exercise_in_spare_row(before, random)
    place = random.randrange(before.spare)
    return Typing(exercises={(place, "kind"): "ISO" if before.client.exercises[place].kind == "NSO" else "NSO"})


def _vesting(before: Before, random: Random) -> Typing:
    """A lot that turns out to have been unvested, measured in a year of the book."""
    if not before.spare:
        return _exercise_in_spare_row(before, random)
    place = random.randrange(before.spare)
    vested = max(before.client.exercises[place].date_exercised, _day(before, random))
    row: dict[str, Typed] = {"vest_date": vested, "fmv_vest": _money(random, 120)}
    row["election_83b"] = random.choice(("yes", "no", None))
    return Typing(exercises={(place, column): value for column, value in row.items()})


def _rounding(before: Before, _random: Random) -> Typing:
    return Typing(options={"rounding": "dollars" if before.client.rounding == "cents" else "cents"})


def _tax_method(before: Before, _random: Random) -> Typing:
    return Typing(options={"tax_method": "table" if before.client.tax_method == "schedule" else "schedule"})


def _money(random: Random, limit: int) -> Decimal:
    return Decimal(random.randint(0, limit * 100)) / 100


def _day(before: Before, random: Random) -> date:
    first, last = date(before.years[0], 1, 1), date(before.years[-1], 12, 31)
    return first + timedelta(days=random.randint(0, (last - first).days))


KINDS: dict[str, Kind] = {
    "wages": _wages,
    "filing status": _filing_status,
    "itemized deductions": _entries(
        deduction="itemized", itemized_deductions=Decimal("31234.56"), taxes_deducted=9_999
    ),
    "standard deduction as filed": _entries(deduction="standard", standard_deduction=17_550),
    "value at exercise": _exercise(fmv_exercise=lambda random: _money(random, 200)),
    "exercise price": _exercise(exercise_price=lambda random: _money(random, 99), price_exact=lambda _: None),
    "shares": _exercise(shares=lambda random: Decimal(random.randint(1, 8_000)) / 8),
    "kind": _other_kind,
    "exercise in a spare row": _exercise_in_spare_row,
    "rounding": _rounding,
    "tax method": _tax_method,
    "taxable income as filed": _entries(taxable_income=Decimal("187654.50")),
    "regular tax as filed": _entries(regular_tax=Decimal("41234.49")),
    "losses carried in": _carried_in,
    "vesting": _vesting,
    "wages cleared": _entries(wages=None, taxable_income=None),
    "what is needed": _ready_after_all,
    "gains": _entries(long_term_gain=180_000, short_term_gain=-4_000, unrecaptured_1250_gain=30_000),
    "credits": _entries(
        foreign_tax_credit=Decimal("812.50"), amt_foreign_tax_credit=900, general_business_credit="yes"
    ),
    "other lines": _entries(line_2b=-1_250, line_2g=Decimal("4000.50"), line_3=-90_000, other_line_2k=-2_500),
}


def some_typing(seed: int, client: Client, years: Sequence[int]) -> Typing:
    """Three kinds at once, one of them in its turn."""
    random = Random(seed)
    names = list(KINDS)
    chosen = [names[seed % len(names)], *random.sample(names, 2)]
    return reduce(Typing.__or__, (KINDS[name](Before(client, years), random) for name in chosen))


class Changed(NamedTuple):
    """A workbook typed into, and the workbook of the client with the same changes."""

    client: Client
    rows: int  # that the tables of the workbook typed into hold
    typed: Path
    anew: Path


def change(name: str, client: Client, typing: Typing, folder: Path) -> Changed:
    """Type into the client's workbook, and build the changed client's beside it."""
    projection = project(client)
    years = list(projection.years)
    changed = typing.client(client, years)
    before, anew = folder / f"{name} before.xlsx", folder / f"{name} anew.xlsx"
    before.write_bytes(workbook(client))
    anew.write_bytes(workbook(changed))
    typed = type_in(before, typing.cells(Facts(before), years[0]), folder / f"{name} typed.xlsx")
    return Changed(changed, shape_of(projection).rows, typed, anew)


def typed_differences(changed: Changed, engine: str, values: Values) -> list[str]:
    """Where the recalculated file is not what our engine figures, and not what a workbook built anew shows."""
    projection = project(changed.client)
    found = engine_differences(Facts(changed.typed), values, projection)
    same_places = shape_of(projection).rows == changed.rows  # not where the new row asks for a larger table
    return found + (differences(changed.anew, engine, values) if same_places else [])
