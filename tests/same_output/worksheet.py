"""The worksheet functions on drawn arguments, the files of their installation, and the pages of the documentation."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zipfile import ZipFile

from addin import functions

from .desk import ROOT, Output, command, desk, files

NAMES = sorted(functions.REGISTRY)
SETS = 200
WRONG = (None, "", "x", True, "#N/A", "#DIV/0!", -5, 1e300, "1,000", "  ", float("nan"))
STATUSES = ("single", "married_joint", "married_separate", "head_of_household", "surviving_spouse")
SHORT = ("S", "MFJ", "MFS", "HOH", "QSS")
WORDS = {
    "status": (*STATUSES, *SHORT, "Married filing jointly", "widow"),
    "year": (*range(2018, 2027), 2017, 2030, "2025", 2025.5),
    "tax_method": (None, "table", "schedule", "Tax Table"),
    "loss_rule": (None, "wash_sale", "related_party", "none"),
    "name": ("exemption", "amt_breakpoint", "phaseout_start", "standard_deduction", "zero_rate_top", "rates"),
    "form_line": (5, 6, "7", 8, "9", 11, "12", 18, 25, 36, 38, 40, "4", "2i"),
}  # fmt: skip
SMALL = ("shares", "exercise_price", "fmv", "price_sold", "selling_costs", "ordinary_income")
# Of the archives only what is written from the registry: the rest is the source itself.
MEMBERS = ("types.idl", "CalcAddIns.xcu", "description.xml", "META-INF/manifest.xml", "METADATA", "WHEEL")
# What is written for those who work on isobook or says what has changed, and grows with every change.
OTHER_PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "benchmarks/RESULTS.md")


def function(name: str) -> Iterator[Output]:
    """What a function gives for each set of arguments, single cells and ranges."""
    random, call = Random(name), getattr(functions, name)
    names = list(inspect.signature(call).parameters)
    lines = []
    for number in range(SETS):
        if name == "ISO_CHECK":
            other = random.choice([each for each in NAMES if each != name])
            cells = [other, *_cells(random, list(inspect.signature(getattr(functions, other)).parameters)[:10])]
        else:
            cells = _cells(random, names)
        if number % 5 == 4 and name != "ISO_CHECK":  # a range
            column = random.randrange(len(cells))
            cells[column] = [[_cell(random, names[column])] for _ in range(3)]
        lines.append(f"{cells!r} -> {call(*cells)!r}\n")
    yield "calls", "".join(lines).encode()
    yield "signature", f"{inspect.signature(call).parameters.keys()}\n{inspect.getdoc(call)}".encode()


def _cells(random: Random, names: list[str]) -> list[object]:
    """Cells for arguments; now and then a wrong one, or fewer than there are."""
    cells = [_cell(random, each) for each in names]
    if random.random() < 0.1:
        cells[random.randrange(len(cells))] = random.choice(WRONG)
    return cells if random.random() < 0.85 else cells[: random.randint(1, len(cells))]


def _cell(random: Random, name: str) -> object:
    if name in WORDS:
        return random.choice(WORDS[name])
    if name.startswith("date"):
        start = {"date_granted": 2019, "date_exercised": 2021, "date_sold": 2022}[name]
        day = date(start, 1, 1) + timedelta(days=random.randint(0, 1_100))
        return random.choice((datetime(day.year, day.month, day.day), day.isoformat(), (day - date(1899, 12, 30)).days))
    if name in SMALL:
        return random.choice((random.randint(1, 2_000), random.randint(1, 90_000) / 100, str(random.randint(1, 99))))
    return random.choice((random.randint(0, 900_000), random.randint(0, 9_000_000) / 100, 0, None))


def installation() -> Iterator[Output]:
    """The files for Excel and LibreOffice, and the reference."""
    with desk():
        yield command("reference", "addin", "reference")
        yield command("files", "addin", "files", "excel", "--python", r"C:\python\python.exe")
        yield command("calc", "addin", "calc", "isobook.oxt")
        for path in (*sorted(Path("excel").rglob("*")), Path("isobook.oxt")):
            if path.suffix not in (".oxt", ".whl"):
                yield from files("files", str(path)) if path.is_file() else ()
                continue
            with ZipFile(path) as archive:
                for member in archive.namelist():
                    if member in MEMBERS or Path(member).name in MEMBERS:
                        yield f"{path.suffix[1:]}/{member}", archive.read(member)


def pages() -> Iterator[Output]:
    """The pages of the site as they are laid out for it, the law book among them."""
    with desk() as folder:
        line = [sys.executable, "-m", "law_book", str(folder / "pages")]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
        yield "made", f"exit {done.returncode}\n{done.stdout}{done.stderr}".encode()
        for name in OTHER_PAGES:
            Path("pages", name).unlink(missing_ok=True)
        yield from files("pages", "pages")
