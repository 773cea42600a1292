"""A client: exercises, sales, splits, returns and grants together, refused with all problems or taken whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

from ..errors import InputError, Problem
from . import cells
from .exercise import Exercise
from .grants import Grant, grant_problems
from .identity import employer_key, excel_key, nearest
from .lots import Resolved, Uncertain, settle
from .plain_records import PLANNED, Answer, FormW2, planned_of
from .record import Record
from .sale import Sale
from .splits import Split
from .tax_return import Return

R = TypeVar("R", bound=Record)
RawRow = Record | Mapping[str, object]
Numbered = Mapping[int, RawRow]  # each row under its place in the table, from 1

MOST_EXERCISES: Final = 1_000
MOST_SALES: Final = 2_000
MOST_SPLITS: Final = 1_000
MOST_GRANTS: Final = 1_000  # tranches
MOST_ANSWERS: Final = 2_000
MOST_W2: Final = 200
Rounding = Literal["dollars", "cents"]
TaxMethod = Literal["table", "schedule"]
ROUNDINGS: Final[tuple[Rounding, ...]] = ("dollars", "cents")
TAX_METHODS: Final[tuple[TaxMethod, ...]] = ("table", "schedule")
LETTERHEAD: Final = ("firm", "letter_date", "salutation", "client_address")  # of the letter, as they are to be printed


class Client(BaseModel):
    """All that is known of one client; rows may be records or mappings of CSV column to CSV text or exact value.

    Returns are kept in the order of their years, other records as they come. Problems are raised together as
    InputError, each with its table ("exercises", "returns", …) for a file and its place in the table for a row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercises: tuple[Exercise, ...] = ()
    returns: tuple[Return, ...] = ()
    sales: tuple[Sale, ...] = ()
    splits: tuple[Split, ...] = ()
    grants: tuple[Grant, ...] = ()
    w2: tuple[FormW2, ...] = ()
    answers: tuple[Answer, ...] = ()
    name: str = ""
    rounding: Rounding = "dollars"
    tax_method: TaxMethod = "table"
    firm: str = ""
    letter_date: str = ""  # as it is printed: "December 1, 2025"
    salutation: str = ""
    client_address: str = ""  # lines are parted by a line break
    plan: str = ""  # what is typed on the sheet Plan: `Planned` as text
    _resolved: Resolved = PrivateAttr()

    def __init__(
        self,
        exercises: Iterable[RawRow] = (),
        returns: Iterable[RawRow] = (),
        sales: Iterable[RawRow] = (),
        splits: Iterable[RawRow] = (),
        name: str = "",
        rounding: str = "dollars",
        tax_method: str = "table",
        grants: Iterable[RawRow] = (),
        answers: Iterable[RawRow] = (),
        w2: Iterable[RawRow] = (),
        plan: str = "",
        firm: str = "",
        letter_date: str = "",
        salutation: str = "",
        client_address: str = "",
    ) -> None:
        words = dict(zip(LETTERHEAD, (firm, letter_date, salutation, client_address), strict=True))
        problems = [*_settings_problems(name, rounding, tax_method, words), *_plan_problems(plan)]
        exercise_rows = _rows("exercises", exercises, MOST_EXERCISES, problems)
        return_rows = dict(enumerate(returns, 1))
        sale_rows = _rows("sales", sales, MOST_SALES, problems)
        split_rows = _rows("splits", splits, MOST_SPLITS, problems)
        read_exercises = _read(Exercise, "exercises", exercise_rows, problems)
        problems += _equal_ids(exercise_rows)
        read_returns = _read(Return, "returns", return_rows, problems)
        problems += _year_problems(return_rows)
        read_sales = _read(Sale, "sales", sale_rows, problems)
        read_splits = _read(Split, "splits", split_rows, problems)
        grant_rows = _rows("grants", grants, MOST_GRANTS, problems)
        read_grants = _read(Grant, "grants", grant_rows, problems)
        problems += grant_problems(read_grants)
        read_answers = _read(Answer, "answers", _rows("answers", answers, MOST_ANSWERS, problems), problems)
        read_w2 = _read(FormW2, "w2", _rows("w2", w2, MOST_W2, problems), problems)
        problems += _split_problems(split_rows, exercise_rows, read_exercises, grant_rows)
        doubt = _doubt(problems, exercise_rows, read_exercises, read_sales)
        resolved, unsettled = settle(read_exercises, read_sales, read_splits.values(), doubt)
        problems += unsettled
        if problems:
            raise InputError(problems)
        super().__init__(
            exercises=tuple(read_exercises.values()),
            returns=tuple(sorted(read_returns.values(), key=lambda year: year.tax_year)),
            sales=tuple(read_sales.values()),
            splits=tuple(read_splits.values()),
            grants=tuple(read_grants.values()),
            w2=tuple(read_w2.values()),
            answers=tuple(read_answers.values()),
            name=name,
            rounding=rounding,
            tax_method=tax_method,
            **words,
            plan=plan,
        )
        self._resolved = resolved

    def with_cells(self, table: str, row: int, cells: Mapping[str, object]) -> Client:
        """The client with other values in a row of a table, its place from 1. Raises InputError where they are refused.

        A row that its table does not have is added.
        """
        records: list[RawRow] = list(getattr(self, table))
        kept = dict(records[row - 1]) if row <= len(records) else {}
        changed = {name: value for name, value in {**kept, **cells}.items() if value is not None}
        records[row - 1 : row] = [changed]
        return type(self)(**{**dict(self), table: records})

    @property
    def resolved(self) -> Resolved:
        """Exercises and sales in today's shares, each sale with its lot: what the forms are computed from."""
        return self._resolved


def too_many(table: str, most: int) -> Problem:
    """The problem of a table with more rows than a client may have."""
    remedy = "Give each client a file of their own, or combine rows of the same lot and day."
    return Problem(table, None, "", f"more than {most:,} rows", f"at most {most:,} {table} a client", remedy)


def _plan_problems(plan: str) -> Iterator[Problem]:
    try:
        planned_of(plan)
    except cells.CellError as refused:
        yield Problem("client", None, "plan", plan, refused.expected or PLANNED, refused.remedy)


def _settings_problems(name: str, rounding: str, tax_method: str, words: Mapping[str, str]) -> Iterator[Problem]:
    for setting, value in {"name": name, **words}.items():
        try:
            cells.text(value)
        except cells.CellError as refused:
            expected = refused.expected or ("the client's name" if setting == "name" else "text")
            yield Problem("client", None, setting, str(value), expected, refused.remedy)
    for setting, value, known in (("rounding", rounding, ROUNDINGS), ("tax_method", tax_method, TAX_METHODS)):
        if value not in known:
            yield Problem("client", None, setting, str(value), " or ".join(known), "Correct the setting.")


def _rows(table: str, rows: Iterable[RawRow], most: int, problems: list[Problem]) -> Numbered:
    """The rows of a table; none, and a problem, where there are too many."""
    numbered = dict(enumerate(islice(rows, most + 1), 1))
    if len(numbered) <= most:
        return numbered
    problems.append(too_many(table, most))
    return {}


def _read(kind: type[R], table: str, rows: Numbered, problems: list[Problem]) -> dict[int, R]:
    """The rows as records; what is wrong with a row joins the problems under its place."""
    records = {}
    for number, row in rows.items():
        try:
            records[number] = row if isinstance(row, kind) else kind(**dict(row))
        except InputError as error:
            problems += [replace(problem, file=table, row=number) for problem in error.problems]
    return records


def _cell(row: RawRow, column: str, read: Callable[[object], Any]) -> Any:
    """One cell of a row that may be wrong elsewhere; None where it is blank or is refused itself."""
    cell = getattr(row, column) if isinstance(row, Record) else row.get(column)
    try:
        return None if cells.is_blank(cell) else read(cell)
    except cells.CellError:
        return None


def _equal_ids(rows: Numbered) -> Iterator[Problem]:
    first: dict[object, tuple[int, str]] = {}
    for number, row in rows.items():
        identifier = _cell(row, "exercise_id", cells.identifier)
        if identifier is None:
            continue
        earlier, other = first.setdefault(excel_key(identifier), (number, identifier))
        if earlier != number:
            expected = f"an id that Excel can tell from {other} in a row above"
            remedy = "Give each row an id of its own, such as E1, E2."
            yield Problem("exercises", number, "exercise_id", identifier, expected, remedy)


def _year_problems(rows: Numbered) -> Iterator[Problem]:
    """Years twice, and years left out."""
    first: dict[int, int] = {}
    for number, row in rows.items():
        year = _cell(row, "tax_year", cells.tax_year)
        if year is not None and first.setdefault(year, number) != number:
            remedy = "Remove one of the two rows."
            yield Problem("returns", number, "tax_year", str(year), "one row for each tax year", remedy)
    for year in sorted(first)[1:]:
        if year - 1 not in first:
            expected = f"a row for {year - 1} before it: credit and losses are carried from year to year"
            yield Problem("returns", first[year], "tax_year", str(year), expected, f"Add a row for {year - 1}.")


def _split_problems(
    rows: Numbered, exercises: Numbered, read: Mapping[int, Exercise], grants: Numbered
) -> Iterator[Problem]:
    """Splits twice, and splits of an employer without exercises and grants, which are misspelled."""
    names = {number: _cell(row, "employer", cells.text) for number, row in exercises.items()}
    granted = [_cell(row, "employer", cells.text) for row in grants.values()]
    known = {employer_key(name): name for name in (*names.values(), *granted) if name}
    certain = bool(names) and all(name or number in read for number, name in names.items())
    first: dict[tuple[str, object], int] = {}
    for number, row in rows.items():
        employer, effective = _cell(row, "employer", cells.text), _cell(row, "effective_date", cells.day)
        if employer is None:
            continue
        if certain and employer_key(employer) not in known:
            expected = f"an employer of the exercises{nearest(employer, known.values())}"
            remedy = "Name the employer as there, fill in the employer there, or remove the row."
            yield Problem("splits", number, "employer", employer, expected, remedy)
        if effective and first.setdefault((employer_key(employer), effective), number) != number:
            expected = f"one split of {employer} a day"
            yield Problem("splits", number, "effective_date", str(effective), expected, "Remove one of the two rows.")


def _doubt(
    problems: Iterable[Problem], rows: Numbered, read: Mapping[int, Exercise], sales: Mapping[int, Sale]
) -> Uncertain:
    """What is not known of the lots, because exercises or splits were refused."""
    refused = {problem.file for problem in problems}
    ids = {number: _cell(row, "exercise_id", cells.identifier) for number, row in rows.items()}
    first: dict[object, int] = {}
    doubtful = [
        key
        for number, identifier in ids.items()
        if identifier is not None
        and (first.setdefault(key := excel_key(identifier), number) != number or number not in read)
    ]
    first_in = any(sale.exercise_id is None for sale in sales.values())
    return Uncertain(
        lots=frozenset(doubtful),
        ids="exercises" in refused and (not rows or None in ids.values()),
        held="splits" in refused or (first_in and "exercises" in refused),
    )
