"""What tests ask of a produced workbook: its cells by name, and what independent engines make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from random import Random
from typing import NamedTuple

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.cell_range import CellRange

from engine import Client, Projection, project
from engine.federal.stock.hundred_thousand_limit import GRANTS
from engine.federal.stock.record_tables import RECORDS
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.lines import Line
from engine.language.nodes import Leaf
from tests.random_clients import random_client, random_grants
from tests.spreadsheets.styles import cell_formats
from tests.spreadsheets.workbook_file import Cell, Source, opened
from workbook_templates.drawing.layout import defined_name
from workbook_templates.sheets.plan_workings import MADE

MOST_YEARS = 2  # a year more is four sheets more for every program to read
OPEN_ITEMS = "Open items"  # a sheet of texts as the file was built
AS_MADE = "As made"  # label of stored figures
PLAN, WORKINGS, BEGINS = "Plan", "Workings, not printed", "Begins with: "
USED = re.compile(r"(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)\b|\"[^\"]*\"|\b([A-Za-z_]\w*)")
NAMES_OF_OPTIONS = {"rounding": "rounding_word", "tax_method": "tax_method"}


class Place(NamedTuple):
    """A cell of the file."""

    sheet: str
    cell: str


class Facts:
    """One produced file, asked by names: no test knows an address."""

    def __init__(self, source: Source) -> None:
        """Read a path or the bytes of a file."""
        self.file = opened(source)

    @cached_property
    def titles(self) -> list[str]:
        """The sheets in the order of the tabs; the first is the index."""
        return [title for title, _ in self.file.sheet_parts]

    @cached_property
    def ranges(self) -> dict[str, Place]:
        """Every name of the whole book and where it leads: 'Exercises', 'L6:L21'."""
        named = {}
        for name in self.file.names:
            if name.sheet is None:
                title, _, cells = name.text.rpartition("!")
                named[name.name] = Place(title.strip("'"), cells.replace("$", ""))
        return named

    @cached_property
    def places(self) -> dict[str, Place]:
        """The names of single cells."""
        return {name: place for name, place in self.ranges.items() if ":" not in place.cell}

    @cached_property
    def cells(self) -> dict[Place, Cell]:
        """Every cell of the file by its place."""
        return {Place(cell.sheet, cell.coordinate): cell for cell in self.file.cells}

    @cached_property
    def inputs(self) -> list[Cell]:
        """The cells that a user may type into."""
        formats = cell_formats(self.file)
        return [cell for cell in self.file.cells if not formats[cell.style].locked]

    @cached_property
    def _texts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {title: {} for title in self.titles}
        for cell in self.file.cells:
            if cell.value:
                found[cell.sheet][cell.coordinate] = cell.value
        return found

    def texts(self, sheet: str) -> dict[str, str]:
        """The texts and figures of one sheet by coordinate, as they are written."""
        return self._texts[sheet]

    def entry(self, year: int, column: str) -> Place:
        """Where a column of returns.csv is typed."""
        return self.places[f"inputs_{year}_{column}"]

    def record(self, table: str, position: int, column: str) -> Place:
        """Where a column of a table of records is typed; the first row of the table is position 0."""
        line = next(line for line in (*RECORDS, *GRANTS) if line.leaf == Leaf(table, column))
        sheet, rows = next(
            place for name, place in self.ranges.items() if name.startswith(f"{table}_") and ":" in place.cell
        )
        first = coordinate_from_string(rows.split(":")[0])[1]
        places = {cell.coordinate for cell in self.inputs if cell.sheet == sheet}
        for at, text in self.texts(sheet).items():
            letters, row = coordinate_from_string(at)
            if row < first and text == line.label and f"{letters}{first}" in places:
                return Place(sheet, f"{letters}{first + position}")
        raise LookupError(f"{sheet} has no entry {line.label!r}")

    @cached_property
    def stored(self) -> set[Place]:
        """Facts of the build: figures that no formula can search for, and what the headlines compare with."""
        labels = {
            (sheet, coordinate_from_string(at)[1])
            for sheet in self.titles
            for at, text in self.texts(sheet).items()
            if text.startswith(AS_MADE)
        }
        made = {place for place in self.cells if (place.sheet, coordinate_from_string(place.cell)[1]) in labels}
        return made | set(self._beside_pages())

    def _beside_pages(self) -> Iterator[Place]:
        """What the sheets keep that tell when they are out of date; the first rung of Plan is always today."""
        yield from (place for name, place in self.places.items() if name.endswith("_built"))
        texts = self.texts(PLAN)
        rows = {coordinate_from_string(at)[1]: text for at, text in texts.items() if at.startswith("A")}
        first = next(row for row, text in rows.items() if text.startswith(WORKINGS))
        facts = {label for _, label, _ in MADE}
        for cell in self._locked_numbers(PLAN):
            letters, row = coordinate_from_string(cell.coordinate)
            label = rows.get(row, "")
            if row > first and (letters > "B" or label in facts or label.startswith(BEGINS)):
                yield Place(PLAN, cell.coordinate)
        pages = {name.sheet: name.text for name in self.file.names if name.name == "_xlnm.Print_Area"}
        for title in (title for title in pages if title and title.startswith("8949 ")):
            last = CellRange(pages[title].rpartition("!")[2].replace("$", "")).max_col or 0
            for cell in self._locked_numbers(title):
                if column_index_from_string(coordinate_from_string(cell.coordinate)[0]) > last:
                    yield Place(title, cell.coordinate)

    def _locked_numbers(self, title: str) -> Iterator[Cell]:
        """The numbers of a sheet that are neither formulas nor entries."""
        formats = cell_formats(self.file)
        for cell in self.file.cells:
            is_number = cell.sheet == title and cell.formula is None and cell.kind == "n" and cell.value
            if is_number and formats[cell.style].locked:
                yield cell

    @cached_property
    def as_made(self) -> set[Place]:
        """What is stored, what is typed beside it, and all that follows from them.

        The sheet Open items is as made too: its foot says that its texts do not follow what is typed.
        """
        made = set(self.stored)
        made |= {place for place in self.cells if place.sheet == OPEN_ITEMS}
        made |= {Place(cell.sheet, cell.coordinate) for cell in self.inputs if cell.sheet == PLAN}
        uses = {Place(*place): self._uses(place[0], text) for place, text in self.file.formulas.items() if made}
        while more := {place for place, used in uses.items() if place not in made and not made.isdisjoint(used)}:
            made |= more
        return made

    def _uses(self, sheet: str, formula: str) -> set[Place]:
        """The cells that a formula names or points to; formulas of ours name what stands on another sheet."""
        found: set[Place] = set()
        for address, name in USED.findall(formula):
            title, cells = self.ranges.get(name, ("", "")) if name else (sheet, address.replace("$", ""))
            if title and cells:
                found |= _places(title, cells)
        return found

    def lead(self, year: int, label: str) -> Place:
        """Where the lead sheet shows a figure of a year, by the words at the left of its row."""
        texts = self.texts("Lead sheet")
        column = next(coordinate_from_string(at)[0] for at, text in texts.items() if text == str(year))
        row = next(coordinate_from_string(at)[1] for at, text in texts.items() if text == label)
        return Place("Lead sheet", f"{column}{row}")

    def option(self, name: str) -> Place:
        """Where a setting is typed."""
        return self.places[NAMES_OF_OPTIONS[name]]


@lru_cache(maxsize=20_000)  # formulas of many cells and books lead to the same ones
def _places(sheet: str, cells: str) -> frozenset[Place]:
    if ":" not in cells:
        return frozenset((Place(sheet, cells),))
    return frozenset(Place(sheet, f"{get_column_letter(column)}{row}") for row, column in CellRange(cells).cells)


def lines_of(projection: Projection) -> Iterator[tuple[int, Line, object]]:
    """Every computed line of every year with its exact value."""
    for year, result in projection.years.items():
        for line in forms_of(year).order:
            if line.expression is not None:
                yield year, line, result.figures[line.key]


def engine_differences(facts: Facts, values: Mapping[tuple[str, str], object], projection: Projection) -> list[str]:
    """List the named cells whose value is not what the engine figures for that line and year, to the last bit."""
    found = []
    for year, line, expected in lines_of(projection):
        place = facts.places.get(defined_name(line.leaf, year))
        if place and _value(values[place]) != _value(expected):
            found.append(f"{defined_name(line.leaf, year)}: {values[place]!r}, the engine says {expected!r}")
    return found


def _value(value: object) -> object:
    """An exact figure as a cell holds it; a day is its serial number."""
    if isinstance(value, date):
        return float(to_excel(value))  # type: ignore[no-untyped-call]
    return float(value) if isinstance(value, (Decimal, int, float)) else value or ""


def compared(projection: Projection, facts: Facts) -> set[str]:
    """The names that `engine_differences` compares."""
    return {name for year, line, _ in lines_of(projection) if (name := defined_name(line.leaf, year)) in facts.places}


def generated_client(seed: int) -> Client:
    """Draw the client of a seed, with at most two years; every tenth seed gives as many, every third has grants."""
    random, most = Random(seed), MOST_YEARS if seed % 10 else len(YEARS)
    while not 0 < len(project(client := random_client(random)).years) <= most:
        continue
    grants = random_grants(random, min(project(client).years)) if seed % 3 == 0 else ()
    return Client(**{**{name: getattr(client, name) for name in Client.model_fields}, "grants": grants})


def sample_client(name: str = "Jordan Sample", text: str = "") -> Client:
    """Three years with everything that is typed: an opening lot, unvested stock, an NSO, sales, a year that waits."""
    lot = {"employer": text, "grant_id": text, "doc_ref": text, "date_granted": "2020-02-29", "shares": 1000}
    price: dict[str, object] = {"exercise_price": "2.50", "fmv_exercise": "90.25"}
    return Client(
        name=name,
        exercises=[
            {**lot, **price, "exercise_id": "E-1", "date_exercised": "2023-05-04"},
            {**lot, **price, "exercise_id": "E-2", "date_exercised": "2024-02-29", "price_exact": "2.4975"},
            {**lot, **price, "exercise_id": "E/3", "date_exercised": "2024-12-31", "kind": "NSO"},
            {**lot, **price, "exercise_id": "E.4", "date_exercised": "2024-01-02"}
            | {"vest_date": "2025-06-01", "fmv_vest": 120, "election_83b": "no"},
            {**lot, **price, "exercise_id": "E_5", "date_exercised": "2024-08-08", "fmv_exercise": "1.25"},
        ],
        sales=[
            {"exercise_id": "E-1", "date_sold": "2024-06-03", "shares": 400, "price": "75.50", "doc_ref": text},
            {"exercise_id": "E-2", "date_sold": "2024-09-09", "shares": "250.5", "price": 60, "selling_costs": "9.95"},
            {"exercise_id": "E-2", "date_sold": "2025-03-03", "shares": 100, "price": 40, "w2_income": 500},
        ],
        grants=[
            {"grant_id": text or "G-1", "employer": text, "doc_ref": text, "date_granted": "2020-02-29"}
            | {"fmv_grant": "2.50", "shares": 30_000, "date_exercisable": "2024-02-28"},
            {"grant_id": "G-2", "employer": text, "date_granted": "2023-05-05"}
            | {"fmv_grant": "7.25", "shares": "20000.5", "date_exercisable": "2027-01-01"}
            | {"date_accelerated": "2024-06-30"},
        ],
        returns=[
            {"tax_year": 2024, "filing_status": "MFJ", "wages": 285_000, "itemized_deductions": 41_000}
            | {"taxes_deducted": 10_000, "long_term_gain": 40_000, "qualified_dividends": 900}
            | {"long_term_carryover_in": 9_000, "amt_long_term_carryover_in": 12_000, "line_2g": 1_200},
            {"tax_year": 2025, "filing_status": "MFJ", "wages": 240_000, "deduction": "standard"}
            | {"general_business_credit": "no", "form_8834_8911": "no", "collectibles_gain": 3_000},
            {"tax_year": 2026, "filing_status": "MFJ", "deduction": "standard"},
        ],
    )
