"""Measure isobook beside its peers, in one run on one machine, and write RESULTS.md.

python -m benchmarks [--peers PYTHON] [--clients N]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.batch_speed import PLACE, batch, one_client, sources, write_cells
from benchmarks.engine_speed import ROWS, many_returns, one_return

RESULTS: Final = Path(__file__).with_name("RESULTS.md")
PEERS: Final = Path(__file__).with_name("peers.py")

_NIGHT: Final = (
    "Alike: five kinds of client, 1 to 30 exercises, 1 or 2 years, four shapes of workbook. Mixed: 1 to 40 exercises, "
    "1 to 6 years of any; each new shape of workbook is prepared once. Memory is the peak of the largest process."
)


def asked(python: str, *arguments: str) -> dict[str, Any]:
    """What a peer answers; nothing where it is not installed."""
    command = [python, str(PEERS), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}


def table(header: str, rows: list[str]) -> str:
    """A table of Markdown."""
    columns = header.count("|") + 1
    return "\n".join([f"| {header} |", f"|{'---|' + '---:|' * (columns - 1)}", *(f"| {row} |" for row in rows)])


def engine_part(python: str) -> str:
    """One return, and many."""
    ours, theirs, many = one_return(), asked(python, "tenforty"), asked(python, "taxcalc", str(ROWS))
    rows = [f"isobook: regular tax and Form 6251 | {ours['two taxes'] * 1e6:,.0f} µs | 1"]
    rows += [
        f"tenforty {theirs['version']}, {words} | {theirs[key] * 1e6:,.0f} µs | {theirs[key] / ours['two taxes']:,.0f}"
        for key, words in (("ots", "OpenTaxSolver"), ("graph", "its graph"))
        if theirs
    ]
    rows += [
        f"isobook: {words} | {ours[key] * 1e6:,.0f} µs | {ours[key] / ours['two taxes']:,.1f}"
        for key, words in (
            ("year", "a whole year of forms and worksheets"),
            ("computed", "a client of one year, computed with lots"),
            ("from text", "the same from CSV text on"),
        )
    ]
    returns = many_returns()
    rate = ROWS / returns["seconds"]
    many_rows = [f"isobook | {rate:,.0f} | 1"]
    if many:
        peer = ROWS / many["seconds"]
        many_rows.append(f"Tax-Calculator {many['version']} | {peer:,.0f} | {rate / peer:,.1f} times slower")
    full = ROWS / returns["full columns"]
    many_rows.append(
        f"isobook, entries that no return has given as full columns too | {full:,.0f} | {full / rate:,.2f}"
    )
    agreed = f"AMT found: isobook {ours['amt']:,.2f}" + (f", OpenTaxSolver {theirs['ots amt']:,.2f}" if theirs else "")
    return "\n\n".join(
        [
            "## One return",
            f"Single, 2024, wages, a long-term gain, a spread of 300,000. {agreed}.",
            table("one return | time | times isobook", rows),
            ours["profile"],
            f"## Many returns: {ROWS:,} at once",
            table("regular tax and Form 6251 | returns a second | ratio", many_rows)
            + "\n\nTax-Calculator computes payroll taxes and credits besides; isobook computes only what is named.",
            returns["profile"],
        ]
    )


def workbook_part(python: str) -> str:
    """One client's workbook beside the same cells written by others."""
    folder = sources("alike", 100) / "client-002"
    PLACE.mkdir(parents=True, exist_ok=True)
    count = write_cells(folder, PLACE / "cells.json")
    steps, theirs = one_client(folder), asked(python, "cells", str(PLACE / "cells.json"))
    whole = sum(steps[step] for step in ("read", "figure", "values", "fill"))
    rows = [f"isobook: read, figure, fill a client | {whole * 1e3:,.1f} ms | 1"]
    rows += [f"isobook: {step} | {steps[step] * 1e3:,.2f} ms | {steps[step] / whole:,.2f}" for step in list(steps)[:-1]]
    rows += [
        f"{name} {theirs['versions'][name]}, these cells | {theirs[name] * 1e3:,.0f} ms | {theirs[name] / whole:,.0f}"
        for name in ("XlsxWriter", "openpyxl")
        if theirs
    ]
    return "\n\n".join(
        [
            "## One workbook",
            f"Nine exercises, three sales, two years: {count:,} cells, {steps['bytes'] / 1024:,.0f} KB.",
            table("a client | time | times isobook", rows),
        ]
    )


def batch_part(most: int) -> str:
    """Clients, jobs and memory."""
    cores = os.cpu_count() or 1
    counts = [count for count in (100, 1_000, 10_000) if count <= most]
    rows = []
    for count in counts:
        for jobs in dict.fromkeys((1, cores)):
            run = batch(sources("alike", count), jobs)
            rows.append(f"{count:,} alike | {jobs} | {_words(count, run.seconds)} | {run.megabytes:,.0f} MB")
    again = batch(sources("alike", counts[-1]), 1, again=True)
    rows.append(
        f"{counts[-1]:,} alike, nothing changed | 1 | {_words(counts[-1], again.seconds)} | {again.megabytes:,.0f} MB"
    )
    mixed = min(200, most)
    run = batch(sources("mixed", mixed), cores)
    rows.append(f"{mixed:,} mixed | {cores} | {_words(mixed, run.seconds)} | {run.megabytes:,.0f} MB")
    steps = batch(sources("alike", 100), 1).steps
    middle = ", ".join(f"{step} {seconds * 1e3:,.1f} ms" for step, seconds in steps.items())
    return "\n\n".join(
        [
            "## A night",
            _NIGHT,
            table("clients | jobs | seconds | a second | memory", rows),
            f"The middle client with one job: {middle}.",
        ]
    )


def _words(count: int, seconds: float) -> str:
    return f"{seconds:,.1f} | {count / seconds:,.0f}"


def main() -> None:
    """Measure all and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", default="build/peers/bin/python", help="the Python that the peers are installed in")
    parser.add_argument("--clients", type=int, default=10_000, help="the largest batch")
    options = parser.parse_args()
    names = ("isobook", "numpy", "openpyxl", "pydantic", "isal")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = f" Load average at the start: {os.getloadavg()[0]:.1f}." if hasattr(os, "getloadavg") else ""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    parts = [
        "# Results",
        "Written by `make bench`; best of several runs unless said otherwise. Ratios hold within one run only.",
        f"{machine}; {versions}.{load}",
        engine_part(options.peers),
        workbook_part(options.peers),
        batch_part(options.clients),
    ]
    RESULTS.write_text("\n\n".join(parts) + "\n", "utf-8")
    sys.stdout.write(f"Wrote {RESULTS}\n")


if __name__ == "__main__":
    main()
