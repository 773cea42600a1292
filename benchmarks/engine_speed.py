"""One return and many returns of isobook: regular tax with its gain worksheets, and Form 6251."""

from __future__ import annotations

from random import Random
from typing import Any, Final

import numpy as np

from benchmarks.peers import best
from engine import Client, project
from engine.forms.exercises import RECORDS
from engine.partial import figure_for
from engine.projection import Projection
from engine.readings.arrays import ARRAYS
from engine.tax_year import PARAMETERS
from engine.years import before_block, compiled, compiled_records
from tests.batch_sources import shaped_tables
from tests.many_returns import ROW_NUMBERS, entries
from tests.readings import as_array, tables_as_arrays

YEAR: Final = 2024
WANTED: Final = ("regular.tax", "f6251.11")
FEW: Final = 1_000
ROWS: Final = 100_000


def one_return() -> dict[str, Any]:
    """Seconds for the two taxes alone, for a whole year of forms, and for a client from CSV text on."""
    exercise = {"exercise_id": "E1", "date_granted": "2022-01-03", "date_exercised": "2024-03-01"}
    exercise |= {"exercise_price": "0", "fmv_exercise": "30", "shares": "10000"}
    row = {"tax_year": "2024", "filing_status": "single", "wages": "200000", "long_term_gain": "20000"}
    row["deduction"] = "standard"

    def read() -> Client:
        return Client(exercises=[exercise], returns=[row], rounding="cents", tax_method="schedule")

    client = read()
    figures = project(client).years[YEAR].figures
    before = before_block(YEAR, {})
    two, year = figure_for(YEAR, WANTED, ["f6251.2i", "f6251.2k"]), compiled(YEAR, True)
    return {
        "amt": float(two(figures, before)["f6251.11"]),
        "two taxes": best(lambda: two(figures, before), 2_000),
        "year": best(lambda: year(figures, before), 500),
        "figured": best(lambda: project(client), 300),
        "from text": best(lambda: project(read()), 200),
    }


def many_returns() -> float:
    """Seconds for so many returns at once, the two taxes of each."""
    random = Random(6251)  # noqa: S311  # the same clients each time
    projections = []
    for number in range(FEW):
        tables = shaped_tables(random, 1 + number % 3, 1)
        returns = [{**tables["returns"][0], "tax_year": YEAR}]
        projections.append(project(Client(returns=returns, rounding="cents", tax_method="schedule")))
    figure = figure_for(YEAR, WANTED, ["f6251.2i", "f6251.2k"], ARRAYS)
    now, before = _arrays(projections)
    figure(now, before)
    return best(lambda: figure(now, before), 7)


def _arrays(projections: list[Projection]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the year's function takes: the few returns, repeated until they are many."""
    results = [each.years[YEAR] for each in projections]
    options: dict[str, Any] = {"options.rounding": 2.0, "options.tax_method": "schedule"}
    records = tables_as_arrays(RECORDS, [each.records for each in projections], ROW_NUMBERS) | options
    now = records | compiled_records(dialect=ARRAYS)(records) | {"returns.owner": np.arange(ROWS)}
    times = ROWS // FEW
    for line in entries(YEAR):
        now[line.key] = np.tile(as_array(line, [each.figures[line.key] for each in results]), times)
    for each in PARAMETERS:
        key = f"law.{each.name}"
        law = np.array([result.figures[key] for result in results], dtype=np.float64).T
        now[key] = np.tile(law, times if law.ndim == 1 else (1, times))
    spread = 5.0 * (np.arange(ROWS) % 99_000)
    now |= {"f6251.2i": spread, "f6251.2k": np.zeros(ROWS)}
    return now, {key: np.zeros(ROWS) for key in before_block(YEAR, {})}
