"""A client: exercises and returns together, refused with every problem at once or taken whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from ..errors import InputError, Problem
from . import cells
from .notes import exercise_notes, return_notes, years_notes
from .rows import CARRIED_IN, Exercise, Record, Return

R = TypeVar("R", bound=Record)
Row = Record | Mapping[str, object]
Numbered = Sequence[tuple[int, Row]]

MOST_EXERCISES: Final = 1_000
Rounding = Literal["dollars", "cents"]
TaxMethod = Literal["table", "schedule"]
ROUNDINGS: Final[tuple[Rounding, ...]] = ("dollars", "cents")
TAX_METHODS: Final[tuple[TaxMethod, ...]] = ("table", "schedule")
_NUMBER: Final = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]-?[0-9]{1,3})?")
_DATE: Final = re.compile(r"[0-9]{1,4}([-/][0-9]{1,4}){1,2}")


class Client(BaseModel):
    """All that is known of one client; rows may be records or mappings of CSV column to CSV text or exact value.

    Returns are kept in the order of their years, exercises as they come. Problems are raised together as InputError,
    each with its table ("exercises", "returns", …) for a file and its place in the table, from 1, for a row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercises: tuple[Exercise, ...] = ()
    returns: tuple[Return, ...] = ()
    name: str = ""
    rounding: Rounding = "dollars"
    tax_method: TaxMethod = "table"

    def __init__(
        self,
        exercises: Iterable[Row] = (),
        returns: Iterable[Row] = (),
        sales: Iterable[Row] = (),
        splits: Iterable[Row] = (),
        name: str = "",
        rounding: str = "dollars",
        tax_method: str = "table",
    ) -> None:
        exercise_rows = list(enumerate(islice(exercises, MOST_EXERCISES + 1), 1))
        return_rows = list(enumerate(returns, 1))
        problems = list(_settings_problems(name, rounding, tax_method))
        problems += _not_yet("sales", len(list(sales))) + _not_yet("splits", len(list(splits)))
        if len(exercise_rows) > MOST_EXERCISES:
            problems.append(too_many("exercises", MOST_EXERCISES))
            exercise_rows = []
        read_exercises = _read(Exercise, "exercises", exercise_rows, problems)
        problems.extend(_equal_ids(exercise_rows))
        read_returns = _read(Return, "returns", return_rows, problems)
        problems.extend(_year_problems(return_rows))
        if problems:
            raise InputError(problems)
        super().__init__(
            exercises=tuple(read_exercises),
            returns=tuple(sorted(read_returns, key=lambda year: year.tax_year)),
            name=name,
            rounding=rounding,
            tax_method=tax_method,
        )

    @property
    def notes(self) -> list[str]:
        """What deserves a look though nothing is refused, one sentence each."""
        notes = [note for exercise in self.exercises for note in exercise_notes(exercise)]
        notes += [note for year in self.returns for note in return_notes(year)]
        return [*notes, *years_notes(self.returns)]


def too_many(table: str, most: int) -> Problem:
    """The problem of a table with more rows than a client may have."""
    remedy = "Give each client a file of their own, or combine rows of the same exercise."
    return Problem(table, None, "", f"more than {most:,} rows", f"at most {most:,} {table} a client", remedy)


def excel_key(identifier: str) -> object:
    """What an id becomes in Excel: two ids with equal keys are one and the same to its lookups.

    Numbers count by their first 15 digits, dates by their day whatever their spelling, letters in either case.
    """
    if _NUMBER.fullmatch(identifier):
        sign, digits, exponent = Decimal(identifier).as_tuple()
        significant = "".join(map(str, digits)).lstrip("0")
        shift = int(exponent) + len(significant)
        return sign if significant else 0, significant[:15].rstrip("0"), shift if significant else 0
    if _DATE.fullmatch(identifier):
        parts = [int(part) for part in re.split("[-/]", identifier)]
        if len(parts) == 3 and parts[0] > 31:
            parts = [*parts[1:], parts[0]]
        if len(parts) == 3 and parts[2] < 100:
            parts[2] += 2000 if parts[2] < 30 else 1900  # as Excel fills up a short year
        return tuple(parts)
    return identifier.casefold()


def _settings_problems(name: str, rounding: str, tax_method: str) -> Iterator[Problem]:
    try:
        cells.text(name)
    except cells.CellError as refused:
        yield Problem("client", None, "name", str(name), refused.expected or "the client's name", refused.remedy)
    for setting, value, known in (("rounding", rounding, ROUNDINGS), ("tax_method", tax_method, TAX_METHODS)):
        if value not in known:
            yield Problem("client", None, setting, str(value), " or ".join(known), "Correct the setting.")


def _not_yet(table: str, rows: int) -> list[Problem]:
    if not rows:
        return []
    expected = f"no {table} yet: this release figures exercises that are held"
    remedy = f"Remove the {table}, and figure the years from the first sale on elsewhere."
    return [Problem(table, None, "", f"{rows:,} row{'s' if rows > 1 else ''}", expected, remedy)]


def _read(kind: type[R], table: str, rows: Numbered, problems: list[Problem]) -> list[R]:
    """The rows as records; what is wrong with a row joins the problems under its place."""
    records = []
    for number, row in rows:
        try:
            records.append(row if isinstance(row, kind) else kind(**dict(row)))
        except InputError as error:
            problems += [replace(problem, file=table, row=number) for problem in error.problems]
    return records


def _cell(row: Row, column: str, read: Callable[[object], Any]) -> Any:
    """One cell of a row that may be wrong elsewhere; None where it is blank or is refused itself."""
    cell = getattr(row, column) if isinstance(row, Record) else row.get(column)
    try:
        return None if cells.is_blank(cell) else read(cell)
    except cells.CellError:
        return None


def _equal_ids(rows: Numbered) -> Iterator[Problem]:
    first: dict[object, tuple[int, str]] = {}
    for number, row in rows:
        identifier = _cell(row, "exercise_id", cells.identifier)
        if identifier is None:
            continue
        earlier, other = first.setdefault(excel_key(identifier), (number, identifier))
        if earlier != number:
            expected = f"an id that Excel can tell from {other} in a row above"
            remedy = "Give each row an id of its own, such as E1, E2."
            yield Problem("exercises", number, "exercise_id", identifier, expected, remedy)


def _year_problems(rows: Numbered) -> Iterator[Problem]:
    """Years twice, years left out, and what may stand in the first year only."""
    first: dict[int, int] = {}
    for number, row in rows:
        year = _cell(row, "tax_year", cells.tax_year)
        if year is not None and first.setdefault(year, number) != number:
            remedy = "Remove one of the two rows."
            yield Problem("returns", number, "tax_year", str(year), "one row a tax year", remedy)
    years = dict(rows)
    for position, year in enumerate(sorted(first)):
        if position == 0:
            continue
        if year - 1 not in first:
            expected = f"a row for {year - 1} before it: credit and losses are carried from year to year"
            yield Problem("returns", first[year], "tax_year", str(year), expected, f"Add a row for {year - 1}.")
        yield from _carried_in_later(year, first[year], years[first[year]], min(first))


def _carried_in_later(year: int, number: int, row: Row, first_year: int) -> Iterator[Problem]:
    for column in CARRIED_IN:
        if amount := _cell(row, column, cells.not_negative):
            expected = f"a blank cell in {year}: it is figured, and carried in only in the first year, {first_year}"
            yield Problem("returns", number, column, str(amount), expected, "Clear the cell.")
