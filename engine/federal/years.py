"""A year is its forms in order of calculation; the forms of a year, compiled once for each reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from ..filing import YEARS
from ..language.lines import Line
from ..language.nodes import Column, Kind, Leaf, leaves
from ..readings.amounts import AMOUNTS
from ..readings.compiled.compile import Figure, compile_lines
from ..readings.compiled.dialect import Dialect
from .catalogue import FEDERAL
from .forms.inputs import INPUTS
from .stock.hundred_thousand_limit import GRANTS
from .stock.record_tables import RECORDS
from .tax_year import tax_year
from .year_forms import YearForms


@cache
def forms_of(year: int, first: bool = False) -> YearForms:
    """Declare every form of a year, in order of calculation; the `first` year of a file has no year before it.

    The earliest covered year is always a first one.
    """
    before = None if first or year == YEARS[0] else forms_of(year - 1, first=True)
    of = YearForms(year, tax_year(year).found_on, before)
    for step in FEDERAL.steps:
        step(of)
    return of


@cache
def forms_ahead(year: int) -> YearForms:
    """What is prepared for the year after `year` from its figures alone: Form 8801 up to line 21."""
    before = forms_of(year, first=True)
    of = YearForms(year + 1, before.found_on, before)
    for step in FEDERAL.ahead:
        step(of)
    return of


@cache
def compiled_following(year: int) -> Figure:
    """One function for the forms of the year after `year`: figure({}, the figures of `year`)."""
    return compile_lines(forms_ahead(year).order, AMOUNTS)


def figures_of(year: int, first: bool = False) -> list[Line]:
    """The lines of a year without its sentences."""
    return [
        line
        for line in forms_of(year, first).order
        if line.leaf.kind is not Kind.TEXT or line.leaf.sheet == INPUTS.name
    ]


@cache
def compiled(year: int, first: bool = False, dialect: Dialect = AMOUNTS) -> Figure:
    """One function for the whole year: figure(this year, the year before) gives every computed line."""
    lines = forms_of(year, first).order if dialect is AMOUNTS else figures_of(year, first)
    return compile_lines(lines, dialect)


@cache
def compiled_records(dialect: Dialect = AMOUNTS) -> Figure:
    """One function for the tables of records; for arrays without the columns of words that no figure takes."""
    return compile_lines(RECORDS if dialect is AMOUNTS else without_sentences(), dialect)


def without_sentences() -> list[Line]:
    """The columns of the records but those of words that no figure takes, neither there nor on a form."""
    kept: list[Line] = []
    taken = {leaf for line in forms_of(YEARS[-1]).order for leaf in _taken(line)}
    for line in reversed(RECORDS):
        if line.expression is None or line.leaf.kind is not Kind.TEXT or line.leaf in taken:
            kept.append(line)
            taken.update(_taken(line))
    return kept[::-1]


def _taken(line: Line) -> Iterator[Leaf]:
    """The lines and columns that a line takes."""
    for each in leaves(line.expression) if line.expression is not None else []:
        yield each.leaf if isinstance(each, Column) else each


@cache
def compiled_grants() -> Figure:
    """One function for the table of grants, which stands by itself."""
    return compile_lines(GRANTS, AMOUNTS)


@cache
def blank_entries(year: int) -> Mapping[str, Decimal | str | None]:
    """Entries that were left blank: 0, or None (for words "") where being blank means something."""
    blanks: dict[str, Decimal | str | None] = {}
    for line in forms_of(year).inputs.lines:
        blanks[line.key] = Decimal(0) if line.blank_is_zero else "" if line.leaf.kind is Kind.TEXT else None
    return blanks
