"""Many returns at once, for the tests: the years of many clients through the array reading of whole years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine import Projection, YearResult
from engine.clients.projection import DIGITS
from engine.federal.stock.record_tables import RECORDS
from engine.federal.tax_year import PARAMETERS
from engine.federal.years import compiled, compiled_records, figures_of, forms_of
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf, leaves
from engine.readings.arrays import ARRAYS
from tests.readings import as_array, tables_as_arrays

ROW_NUMBERS = {"exercises.row": "exercises", "sales.lot": "exercises", "sales.row": "sales"}


class Batch(NamedTuple):
    """One tax year of many clients: their results, and what each year took from the year before."""

    year: int
    first: bool  # of its file: there is no year before it
    results: Sequence[YearResult]
    before: Sequence[Mapping[str, Any]]
    records: Sequence[Mapping[str, Any]]


def batches(projections: Sequence[Projection]) -> list[Batch]:
    """Sort the years of many clients by tax year, first years apart from later ones."""
    found: dict[tuple[int, bool], list[tuple[YearResult, Mapping[str, Any], Mapping[str, Any]]]] = {}
    for projection in projections:
        before: Mapping[str, Any] = {}
        for year, result in projection.years.items():
            found.setdefault((year, not before), []).append((result, before, projection.records))
            before = result.figures
    return [Batch(year, first, *zip(*members, strict=True)) for (year, first), members in sorted(found.items())]


def taken_from_before(year: int, *, first: bool) -> list[Leaf]:
    """The figures of the year before that a year asks for."""
    found = [
        leaf for line in figures_of(year, first) if line.expression is not None for leaf in leaves(line.expression)
    ]
    return list(dict.fromkeys(leaf for leaf in found if isinstance(leaf, Leaf) and leaf.years_ago))


def figures(batch: Batch, rounding: str, tax_method: str) -> dict[str, Any]:
    """All computed lines of the year, each an array of one figure per client."""
    return compiled(batch.year, batch.first, dialect=ARRAYS)(*known(batch, rounding, tax_method))


def known(batch: Batch, rounding: str, tax_method: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a year's function takes: this year and the year before, each value an array of one per client."""
    size = len(batch.results)
    options = {"options.rounding": float(DIGITS[rounding]), "options.tax_method": tax_method}
    records = tables_as_arrays(RECORDS, batch.records, ROW_NUMBERS) | options
    records |= compiled_records(dialect=ARRAYS)(records)
    now = records | {"returns.owner": np.arange(size)}
    now |= {
        line.key: as_array(line, [each.figures[line.key] for each in batch.results]) for line in entries(batch.year)
    }
    for each in PARAMETERS:
        key = f"law.{each.name}"
        now[key] = np.array([result.figures[key] for result in batch.results], dtype=np.float64).T
    before = {
        f"{leaf.sheet}.{leaf.line}": _array(leaf, [each[f"{leaf.sheet}.{leaf.line}"] for each in batch.before])
        for leaf in taken_from_before(batch.year, first=batch.first)
    }
    return now, before


def entries(year: int) -> list[Line]:
    """What the preparer types for a year."""
    return forms_of(year).forms["inputs"].lines


def _array(leaf: Leaf, values: Sequence[Any]) -> Any:
    kind: Any = {Kind.FLAG: np.bool_, Kind.TEXT: np.str_}.get(leaf.kind, np.float64)
    return np.array(values, dtype=kind).T
