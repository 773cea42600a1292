"""The sheet Inputs: one return a year column, found by its year and by the labels of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from engine.nodes import Kind
from engine.records import CARRIED_IN, Return
from engine.tax_year import YEARS
from engine.years import forms_of

from ..sheets.inputs_sheet import CARRIED_LABELS, SETTINGS
from .cells import Row, Workpaper, plain_label, where
from .record_tables import TOP, sheet_title
from .xlsx_cells import Rows

TITLE: Final = "Inputs"
YEAR: Final = "tax_year"
NAMES: Final = {"rounding_word": "rounding", "tax_method": "tax_method"}  # of settings, by their cells' names
_PLAUSIBLE: Final = range(1970, 2101)


class Found(NamedTuple):
    """The returns of all years that the sheet shows, blank ones too, and the settings."""

    returns: dict[int, Row]
    settings: dict[str, str]


def read_inputs(paper: Workpaper) -> Found:
    """Read the sheet; what cannot be read joins the problems."""
    title = sheet_title(paper, TITLE, "inputs_")
    if not title:
        return Found({}, {})
    rows = paper.book.sheet(title)
    header = next((row for row in sorted(rows) if row <= TOP and _years(rows, row)), 0)
    years = _years(rows, header)
    if not header:
        remedy = "Put the years back at the head of their columns."
        paper.refuse(f"sheet {title}", "no such row", "a row with the tax years", remedy)
        return Found({}, {})
    at = _label_rows(rows, header)
    returns = _returns(paper, title, at, header, years)
    settings = {NAMES[name]: _setting(paper, title, at, name, label, years) for name, label, *_ in SETTINGS}
    return Found(returns, settings)


@cache
def labels() -> Mapping[str, tuple[str, Kind]]:
    """The label and kind of each column of a return, as the sheet has them."""
    form = forms_of(YEARS[-1]).forms["inputs"]
    found = {line.leaf.line: (plain_label(line.label), line.leaf.kind) for line in form.lines}
    found |= {name: (label, Kind.MONEY) for name, (label, _) in CARRIED_LABELS.items()}
    return {name: found[name] for name in Return.model_fields if name in found}


def _years(rows: Rows, row: int) -> dict[int, int]:
    """The years at the heads of columns: column -> year; none where other numbers stand among them."""
    numbers = {column: cell.value for column, cell in rows.get(row, {}).items() if isinstance(cell.value, float)}
    years = {
        column: int(value) for column, value in numbers.items() if int(value) in _PLAUSIBLE and value == int(value)
    }
    return years if len(years) == len(numbers) else {}


def _label_rows(rows: Rows, header: int) -> dict[str, int]:
    """The row of each label; of two that are alike the upper one, where the typed cells are."""
    found: dict[str, int] = {}
    for row in (row for row in sorted(rows) if row > header):
        for cell in rows[row].values():
            if label := plain_label(cell.value):
                found.setdefault(label, row)
    return found


def _returns(paper: Workpaper, title: str, at: dict[str, int], header: int, years: dict[int, int]) -> dict[int, Row]:
    returns: dict[int, Row] = {}
    for column, year in sorted(years.items(), key=lambda each: each[1]):
        if year in returns:
            place = where(title, header, column)
            paper.refuse(place, str(year), "each year once", "Remove one of the two columns.")
            continue
        cells, places = {YEAR: str(year)}, {YEAR: where(title, header, column)}
        for name, (label, kind) in labels().items():
            row = _row_of(paper, title, at, name, label, year)
            if row:
                cells[name] = paper.text(title, row, column, kind, f"{label}, {year}")
                places[name] = where(title, row, column, f"{label}, {year}")
            elif not returns:
                remedy = "Bring the row back, or give it its label again."
                paper.refuse(f"sheet {title}", "no such row", f"a row {label}", remedy)
        returns[year] = Row(cells, places)
    return returns


def _row_of(paper: Workpaper, title: str, at: dict[str, int], name: str, label: str, year: int) -> int:
    if label in at:
        return at[label]
    named = paper.book.names.get(f"inputs_{year}_{name}") if name not in CARRIED_IN else None
    return named.first[0] if named and named.title == title else 0


def _setting(paper: Workpaper, title: str, at: dict[str, int], name: str, label: str, years: dict[int, int]) -> str:
    row, column = at.get(plain_label(label), 0), min(years, key=lambda each: years[each])
    named = paper.book.names.get(name)
    if named and named.title == title and not row:
        row, column = named.first
    return paper.text(title, row, column, Kind.TEXT, label).casefold() if row else ""
