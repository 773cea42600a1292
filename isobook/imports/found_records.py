"""What a file was found to hold: lots and sales as cells of our columns, what was left out, what it cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from engine.errors import InputError, Problem
from engine.records import Exercise, Sale, cells
from engine.records.cells import CellError

DAYS: Final = frozenset({"date_granted", "date_exercised", "vest_date", "date_sold", "date_transferred"})
AMOUNTS: Final = frozenset(
    {"exercise_price", "fmv_exercise", "shares", "price", "price_exact", "fmv_vest", "fmv_grant", "price_at_grant"}
)
SOLD_ONLY: Final = "shares sold only"  # in doc_ref: the shares of the row are those that a broker's file has as sold
CORRECTED: Final = "CORRECTED"  # in doc_ref: the row is as a corrected form has it
ANY_ID: Final = "E1"  # stands for an id that is not settled yet


@dataclass(frozen=True)
class FoundAt:
    """Where a record stands: a file (with its sheet or page), a row of it, and how its columns are spelled there."""

    file: str
    row: int | None = None
    spelled: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}" if self.row else self.file

    def locate(self, problem: Problem) -> Problem:
        """Turn a record's problem into one of the file."""
        return replace(problem, file=self.file, row=self.row, column=self.spelled.get(problem.column, problem.column))


@dataclass
class FoundLot:
    """One exercise: the cells of exercises.csv but the id, which an account number may give.

    `only_sold`: the file tells of shares sold, so that the number of shares exercised is not known.
    `corrected`: the form says that it corrects an earlier one.
    `lacks`: what the file does not tell, so that the lot can be found in exercises.csv and not added.
    """

    cells: dict[str, str]
    place: FoundAt
    account: str = ""
    only_sold: bool = False
    corrected: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of pay; blank is ISO."""
        return (self.cells.get("kind") or "ISO").upper()

    def problems(self) -> list[Problem]:
        """What the record would refuse, what is not known aside."""
        try:
            Exercise(**({"shares": "1"} if self.only_sold else {}) | self.cells | {"exercise_id": ANY_ID})
        except InputError as error:
            found = [problem for problem in error.problems if problem.value or not self.lacks]
            return [self.place.locate(problem) for problem in found]
        return []


@dataclass
class Sold:
    """One sale: the cells of sales.csv; the lot that it is of, unless the cells name its id."""

    cells: dict[str, str]
    place: FoundAt
    lot: FoundLot | None = None

    def problems(self) -> list[Problem]:
        """What the record would refuse."""
        try:
            Sale(**({"exercise_id": ANY_ID} if self.lot else {}) | self.cells)
        except InputError as error:
            return [self.place.locate(problem) for problem in error.problems]
        return []


class RecordOutcome(NamedTuple):
    """What became of a record, in words, and whether it was taken: else it was there already."""

    words: str
    is_new: bool


@dataclass
class Reading:
    """All that one file gave: its layout in words, records, and sentences on what was left and what is not known."""

    file: str
    layout: str
    lots: list[FoundLot] = field(default_factory=list)
    sales: list[Sold] = field(default_factory=list)
    said: list[RecordOutcome] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def records(self) -> list[FoundLot | Sold]:
        """Its lots, then its sales."""
        return [*self.lots, *self.sales]

    def check(self) -> None:
        """Write days and amounts in one way, and let the records themselves find what is wrong with their cells."""
        for record in self.records:
            record.cells = {name: in_one_way(name, cell) for name, cell in record.cells.items()}
            self.problems += record.problems()


def meant(name: str, cell: str) -> date | Decimal | str:
    """What a cell of a column means: a day, an amount, else its text."""
    try:
        if name in DAYS:
            return cells.day(cell)
        return cells.amount(cell) if name in AMOUNTS else cell
    except CellError:
        return cell


def in_one_way(name: str, cell: str) -> str:
    """A day as YYYY-MM-DD and an amount without $ and commas; what is neither stays, and is refused."""
    value = meant(name, cell)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def equal_rows(lots: list[FoundLot]) -> list[Problem]:
    """Lots that are equal in every cell: one form twice, or two exercises? A sum depends on it, so it is asked."""
    problems = []
    first: dict[tuple[object, ...], FoundLot] = {}
    for lot in lots:
        facts = [(name, meant(name, cell)) for name, cell in sorted(lot.cells.items()) if name != "doc_ref"]
        other = first.setdefault((lot.account, *facts), lot)
        if other is not lot:
            expected = f"a form that differs from the one of {_where(other.place)}"
            remedy = "Remove one of the two; if they are two exercises, give each its account number."
            problems.append(Problem(lot.place.file, lot.place.row, "", "the same form again", expected, remedy))
    return problems


def _where(place: FoundAt) -> str:
    return f"row {place.row}" if place.row else place.file
