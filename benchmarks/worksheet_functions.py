"""Worksheet functions: a range of 10,000 rows and one cell, plain and through xlwings' own dispatch, in one run.

python -m benchmarks.worksheet_functions   writes benchmarks/FUNCTIONS.md
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from addin import functions
from engine.filing import YEARS
from tests.addin.windows import dispatched

ROWS: Final = 10_000
RESULTS: Final = Path(__file__).with_name("FUNCTIONS.md")
CELLS: Final[dict[str, list[Any]]] = {
    "ISO_ADJ": [100, 10, 25],
    "AMT_EXEMPTION": [700_000, "single", 2025],
    "TMT": [283_000, "single", 2025, 63_000, 0, 492_250],
    "REG_TAX": [492_250, "single", 2025, 288_000],
    "AMT": [500_000, 186_150, "single", 2023],
}


def as_ranges(cells: list[Any]) -> list[Any]:
    """Dollars and shares as columns of floats, as cells are; status and year one cell each, as one writes it."""
    return [
        [[float(value + row)] for row in range(ROWS)] if isinstance(value, int) and value not in YEARS else value
        for value in cells
    ]


def best(work: Callable[[], object], times: int) -> float:
    """The best of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return min(found)


def through_xlwings(name: str, arguments: list[Any], repeat: int) -> float:
    """Seconds a call through xlwings' dispatch, without COM."""
    return float(dispatched([(name, arguments)], repeat)["seconds"]) / repeat


def measured(name: str, cells: list[Any]) -> str:
    """One row of the table."""
    function, ranges = getattr(functions, name), as_ranges(cells)
    function(*ranges)
    whole, one = best(lambda: function(*ranges), 5), best(lambda: function(*cells), 200)
    whole_x, one_x = through_xlwings(name, ranges, 3), through_xlwings(name, cells, 200)
    return (
        f"| {name} | {whole * 1e3:.0f} ms | {whole_x * 1e3:.0f} ms | {whole_x / whole:.1f} "
        f"| {one * 1e6:.0f} µs | {one_x * 1e6:.0f} µs | {one * ROWS / whole:.0f} |"
    )


def main() -> None:
    """Measure, and write the table."""
    how = (
        f"{ROWS:,} rows in one range call and one cell: plain (best of runs), and through the dispatch of xlwings "
        f"{version('xlwings')} (mean; without COM, which only Excel has). "
        "Written by `python -m benchmarks.worksheet_functions` "
        f"on {platform.machine()}, Python {platform.python_version()}, NumPy {version('numpy')}."
    )
    heads = ("function", "range", "range, xlwings", "ratio", "cell", "cell, xlwings", "times faster a row in a range")
    lines = ["# Worksheet functions", "", how, "", f"| {' | '.join(heads)} |", "|---|" + "---:|" * 6]
    lines += [measured(name, cells) for name, cells in CELLS.items()]
    RESULTS.write_text("\n".join([*lines, ""]), encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
