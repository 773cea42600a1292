"""From a client to the finished workbook: the template of its shape, and the values that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from engine.errors import InputError, Problem
from engine.forms.inputs import CARRIED_IN
from engine.projection import Projection, project
from engine.records import Client
from engine.years import forms_of

from .layout import BOOK, Book, Shape
from .sheets.about_sheet import draw_about
from .sheets.checks_sheet import draw_checks
from .sheets.exercises_sheet import TOTALS, draw_exercises
from .sheets.inputs_sheet import draw_inputs
from .sheets.lead_sheet import draw_lead
from .sheets.parameters_sheet import draw_parameters, status_position
from .sheets.year_sheets import draw_form_6251, draw_gains, draw_workings
from .summary import summarize
from .template import Template, compile_template
from .zip_writer import Compression

CAPACITIES: Final = (16, 64, 256, 1_024)
SPARE: Final = 4  # rows left for the client to go on entering


def workbook(client: Client, compression: Compression = "fast") -> bytes:
    """The client's .xlsx file; the same client gives the same bytes. InputError where there is no year to figure."""
    projection = project(client)
    if not projection.years:
        raise InputError([Problem("returns.csv", None, "tax_year", "", "at least one tax year", NO_YEAR)])
    shape = shape_of(projection)
    return template(shape).fill(values_of(projection, shape), compression)


NO_YEAR: Final = "Add a row for a tax year to returns.csv, or an exercise of 2018 or later to exercises.csv."


def shape_of(projection: Projection) -> Shape:
    """The smallest template that holds the client."""
    client, years = projection.client, list(projection.years)
    rows = next(each for each in CAPACITIES if each >= len(client.exercises) + SPARE)
    return Shape(years[0], years[-1], rows, client.rounding == "cents")


@lru_cache(maxsize=32)
def template(shape: Shape) -> Template:
    """Build a shape once with openpyxl, and cut it at the places that a client fills."""
    book = Book(shape)
    draw_about(book)
    draw_lead(book)
    draw_inputs(book)
    draw_exercises(book)
    for year in shape.years:
        draw_gains(book, year)
        draw_workings(book, year)
        draw_form_6251(book, year)
    draw_parameters(book)
    draw_checks(book)
    book.finish()
    book.workbook.properties.title = "Incentive stock options and the AMT: Forms 6251 and 8801"
    book.workbook.properties.creator = "isobook"
    return compile_template(book.workbook, book.cached, book.slots)


def values_of(projection: Projection, shape: Shape) -> dict[str, Mapping[str, Any]]:
    """The value of every slot, by block."""
    figures = {year: result.figures for year, result in projection.years.items()}
    blocks = summarize(shape, figures)
    blocks[BOOK] = {**projection.records, **_totals(projection), **_typed(projection), **blocks[BOOK]}
    return blocks


def _totals(projection: Projection) -> dict[str, Decimal]:
    return {f"total {name}": sum(projection.records[f"exercises.{name}"], Decimal(0)) for name in TOTALS}


def _typed(projection: Projection) -> dict[str, object]:
    """What stands in the yellow cells: the client's own entries, blank where nothing was given."""
    client = projection.client
    typed: dict[str, object] = {
        "client": client.name or None,
        "footer": client.name or "Client",
        "subtitle": f"{client.name}  ·  {UNITS}" if client.name else UNITS,
        "rounding_word": client.rounding,
        "tax_method": client.tax_method,
        "rounding": 2 if client.rounding == "cents" else 0,
    }
    rows = {row.tax_year: row for row in client.returns}
    for year in projection.years:
        for line in forms_of(year).forms["inputs"].lines:
            value = getattr(rows.get(year), line.leaf.line, None)
            typed[f"{year} {line.leaf.line}"] = _cell(value)
        typed[f"{year} status"] = status_position(getattr(rows.get(year), "filing_status", None))
    first = min(projection.years)
    for name in CARRIED_IN:
        typed[f"{first} {name}"] = getattr(rows.get(first), name, None)
    return typed


UNITS: Final = "US dollars  ·  (parentheses) = negative, – = zero"


def _cell(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
