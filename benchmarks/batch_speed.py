"""`isobook batch` by clients and by jobs, its steps, its memory; and the cells of one client's workbook for peers."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from subprocess import run
from typing import Any, Final, NamedTuple

from openpyxl import load_workbook

from benchmarks.peers import best
from engine import project
from isobook.sources import read_source
from tests.batch_sources import few_shapes, mixed_clients, write_client
from workbook_templates.fill import shape_of, template, values_of
from workbook_templates.xlsx.zip_writer import pack

PLACE: Final = Path("build/bench")
# A small process between, because a process inherits the peak of the one that begins it (Linux).
MEASURED: Final = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
print(time.perf_counter() - start, peak)
"""
# In a process of its own, where no sheet is drawn yet: the first shape, and another one of years that are known then.
PREPARED: Final = """
import time
from workbook_templates.fill import template
from workbook_templates.drawing.layout import Shape
for first, last in ((2022, 2024), (2023, 2025), (2023, 2024)):
    start = time.perf_counter()
    template(Shape(first, last, 16, 16, False))
    print(time.perf_counter() - start)
"""
STEPS: Final = ("read", "figure", "fill", "write")


class Run(NamedTuple):
    """One run of the command: wall seconds, peak memory of its largest process in MB, middle seconds of each step."""

    seconds: float
    megabytes: float
    steps: dict[str, float]


def sources(kind: str, count: int) -> Path:
    """A folder of so many client folders: alike (four shapes of workbook), or mixed (as many as they come in)."""
    folder = PLACE / f"{kind}-{count}"
    if not folder.exists():
        clients = few_shapes(count) if kind == "alike" else mixed_clients(count)
        for source, tables in clients.items():
            write_client(folder / source, tables)
    return folder


def batch(folder: Path, jobs: int, *options: str, again: bool = False) -> Run:
    """Run the command in a process of its own."""
    output = PLACE / "out"
    if not again:
        shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "isobook", "batch", str(folder), "-o", str(output), "-j", str(jobs), *options]
    done = run([sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=True)  # noqa: S603
    seconds, megabytes = map(float, done.stdout.split())
    with (output / "timings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    steps = {step: _middle(row[f"{step} seconds"] for row in rows) for step in STEPS}
    return Run(seconds, megabytes, steps)


def _middle(texts: Iterable[str]) -> float:
    """The median: what a client takes whose shape is known."""
    found = sorted(float(text) for text in texts if text)
    return found[len(found) // 2] if found else 0.0


def one_client(folder: Path) -> dict[str, float]:
    """Seconds of each step of one client, and of deflating alone; the template is ready."""
    client = read_source(folder)
    projection = project(client)
    shape = shape_of(projection)
    values, ready = values_of(projection, shape), template(shape)
    data = ready.fill(values)
    parts = [content for name, content in _parts(data).items() if name.startswith("xl/worksheets/sheet")]
    return {
        "read": best(lambda: read_source(folder), 30),
        "figure": best(lambda: project(client), 30),
        "values": best(lambda: values_of(projection, shape), 30),
        "fill": best(lambda: ready.fill(values), 30),
        "of it deflating": best(lambda: [pack("x", part, "fast") for part in parts], 30),
        **prepared(),
        "bytes": float(len(data)),
    }


def prepared() -> dict[str, float]:
    """Seconds to prepare a shape of workbook, the best of three processes."""
    command = [sys.executable, "-c", PREPARED]
    found = [run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]  # noqa: S603
    first, _, another = (min(map(float, times)) for times in zip(*found, strict=True))
    return {"prepare the first shape": first, "prepare another, of years that are known": another}


def _parts(data: bytes) -> dict[str, bytes]:
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_cells(folder: Path, path: Path) -> int:
    """The cells of the client's workbook as JSON: row, column, formula, value; how many they are."""
    client = read_source(folder)
    projection = project(client)
    shape = shape_of(projection)
    data = template(shape).fill(values_of(projection, shape))
    formulas, values = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
    sheets: dict[str, list[Any]] = {}
    for sheet in formulas:
        cached = values[sheet.title]
        sheets[sheet.title] = [
            (cell.row - 1, cell.column - 1, *_cell(cell, cached[cell.coordinate].value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    path.write_text(json.dumps(sheets), "utf-8")
    return sum(map(len, sheets.values()))


def _cell(cell: Any, value: Any) -> tuple[str | None, Any]:
    shown = value if isinstance(value, str | int | float | bool | None) else str(value)
    return (str(cell.value), "" if shown is None else shown) if cell.data_type == "f" else (None, shown)
