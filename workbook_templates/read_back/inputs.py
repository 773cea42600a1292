"""The sheet Inputs: one return a year column, found by its year and by the labels of its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from engine.columns import RETURNS
from engine.language.nodes import Kind
from engine.records.cells import CellError, not_negative

from ..sheets.inputs_sheet import SETTINGS
from .cells import FoundRow, Workpaper, plain_label, where
from .record_tables import TOP, sheet_title
from .xlsx_cells import Cell, CellRows

TITLE: Final = "Inputs"
YEAR: Final = "tax_year"
NAMES: Final = {"rounding_word": "rounding", "tax_method": "tax_method"}  # of settings, by their cells' names
PLANNED: Final = {"year": Kind.YEAR, "price": Kind.PRICE, "fmv": Kind.PRICE, "shares": Kind.SHARES}  # cells of Plan
_PLAUSIBLE: Final = range(1970, 2101)
_A_YEAR: Final = re.compile(r"[12][0-9]{3}")


class Found(NamedTuple):
    """The returns of all years that the sheet shows, blank ones too, and the settings."""

    returns: dict[int, FoundRow]
    settings: FoundRow


def read_inputs(paper: Workpaper) -> Found:
    """Read the sheet; what cannot be read joins the problems."""
    title = sheet_title(paper, TITLE, _names(paper))
    if not title:
        return Found({}, FoundRow({}, {}))
    rows = paper.book.sheet(title)
    header = next((row for row in sorted(rows) if row <= TOP and _years(rows, row)), 0)
    years = _years(rows, header)
    if not header:
        remedy = "Put the years back at the head of their columns."
        paper.refuse(f"sheet {title}", "no such row", "a row with the tax years", remedy)
        return Found({}, FoundRow({}, {}))
    at = _label_rows(paper, title, header, years)
    returns = _returns(paper, title, at, header, years)
    return Found(returns, _settings(paper, title, at, years))


def read_plan(paper: Workpaper, received: str) -> str:
    """What is typed on the sheet Plan in place of what it begins with; as received where it has no such cells."""
    found: dict[str, str] = {}
    for name, kind in PLANNED.items():
        typed, begun = (paper.book.names.get(f"plan_{part}{name}") for part in ("", "begun_"))
        if not typed or not begun or {typed.title, begun.title} - {*paper.book.titles}:
            return received
        stands, was = (paper.text(each.title, *each.first, kind, f"Plan, {name}") for each in (typed, begun))
        if was and not stands:
            emptied = where(typed.title, *typed.first, name)
            paper.notes.append(f"{emptied}: the cell is empty. A new workbook begins with {was} again.")
        if stands in ("", was):
            continue
        try:
            found["value" if name == "fmv" else name] = f"{not_negative(stands)}"
        except CellError:
            place = where(typed.title, *typed.first, name)
            paper.refuse(place, stands, "a number that is not below zero", "Correct or empty the cell.")
    return " ".join(f"{name}={text}" for name, text in found.items())


def _names(paper: Workpaper) -> Iterator[str]:
    """The names of entries on the sheet, such as `inputs_2025_wages`."""
    return (name for name in paper.book.names.given if name.startswith("inputs_"))


@cache
def labels() -> Mapping[str, tuple[str, Kind]]:
    """The label and kind of each column of a return, as the sheet has them."""
    return {each.name: (plain_label(each.short or each.label), each.kind) for each in RETURNS if each.label}


def _years(rows: CellRows, row: int) -> dict[int, int]:
    """The years at the heads of columns: column -> year; none where other numbers stand among them."""
    numbers = {column: cell.value for column, cell in rows.get(row, {}).items() if isinstance(cell.value, float)}
    numbers |= {  # a year that became a text
        column: float(cell.value)
        for column, cell in rows.get(row, {}).items()
        if isinstance(cell.value, str) and _A_YEAR.fullmatch(cell.value.strip())
    }
    years = {
        column: int(value) for column, value in numbers.items() if int(value) in _PLAUSIBLE and value == int(value)
    }
    return years if len(years) == len(numbers) else {}


def _label_rows(paper: Workpaper, title: str, header: int, years: Mapping[int, int]) -> dict[str, int]:
    """The row of each label, in the column that has them: the same words elsewhere are a remark.

    Of two that are alike the upper one, where the typed cells are; figures typed beside both are a problem.
    """
    rows = paper.book.sheet(title)
    known = (
        {label for label, _ in labels().values()}
        | {plain_label(each.label) for each in RETURNS if each.label}
        | {plain_label(label) for _, label, *_ in SETTINGS}
    )
    below = {row: {at: plain_label(cell.value) for at, cell in rows[row].items()} for row in rows if row > header}
    counted = Counter(at for row in below.values() for at, label in row.items() if label in known)
    found: dict[str, int] = {}
    for row, labelled in sorted(below.items()):
        label = labelled.get(max(counted, key=lambda at: (counted[at], -at), default=0), "")
        if label not in known:
            continue
        if label in found and _is_typed(rows[row], years) and _is_typed(rows[found[label]], years):
            place, remedy = where(title, row, min(years)), f"Keep one row of the two, this one and row {found[label]}."
            paper.refuse(place, label, f"one row {label} with figures", remedy)
        found.setdefault(label, row)
    return found


def _is_typed(cells: Mapping[int, Cell], years: Mapping[int, int]) -> bool:
    return any(cells[at].formula is None and cells[at].value not in (None, "") for at in years if at in cells)


def _returns(
    paper: Workpaper, title: str, at: dict[str, int], header: int, years: dict[int, int]
) -> dict[int, FoundRow]:
    returns: dict[int, FoundRow] = {}
    for column, year in sorted(years.items(), key=lambda each: each[1]):
        if year in returns:
            place = where(title, header, column)
            paper.refuse(place, str(year), "each year once", "Remove one of the two columns.")
            continue
        paper.read.add((title, header, column))
        cells, places = {YEAR: str(year)}, {YEAR: where(title, header, column)}
        for name, (label, kind) in labels().items():
            row = _row_of(paper, title, at, name, label, year)
            if row:
                cells[name] = RETURNS[name].choice_of(paper.text(title, row, column, kind, f"{label}, {year}"))
                places[name] = where(title, row, column, f"{label}, {year}")
            elif not returns and ("returns", name) not in paper.later:
                remedy = "Bring the row back, or give it its label again."
                paper.refuse(f"sheet {title}", "no such row", f"a row {label}", remedy)
        returns[year] = FoundRow(cells, places)
    return returns


def _row_of(paper: Workpaper, title: str, at: dict[str, int], name: str, label: str, year: int) -> int:
    for each in (label, plain_label(RETURNS[name].label)):  # the long ones were those of 0.1.0
        if each in at:
            return at[each]
    named = paper.book.names.get(f"inputs_{year}_{name}")
    is_free = named and named.title == title and named.first[0] not in at.values()
    return named.first[0] if named and is_free else 0


def _settings(paper: Workpaper, title: str, at: dict[str, int], years: dict[int, int]) -> FoundRow:
    """The settings, in the column of the first year."""
    cells, places = {}, {}
    for setting, label, *_ in SETTINGS:
        row, column = at.get(plain_label(label), 0), min(years, key=lambda each: years[each])
        named = paper.book.names.get(setting)
        if named and named.title == title and not row and named.first[0] not in at.values():
            row, column = named.first
        name = NAMES[setting]
        cells[name] = paper.text(title, row, column, Kind.TEXT, label).casefold() if row else ""
        places[name] = where(title, row, column, label) if row else f"sheet {title}, {label}"
    return FoundRow(cells, places)
