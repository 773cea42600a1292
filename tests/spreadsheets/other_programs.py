"""Workbooks opened, edited and saved by ExcelJS, SheetJS (npm) and gnumeric (`ssconvert`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from .libreoffice import run

PROGRAMS: Final = ("exceljs", "sheetjs", "gnumeric")
SECONDS: Final = 300.0  # for all jobs of a program, on a busy machine
_EPOCH: Final = date(1899, 12, 30)
_NUMBER: Final = "40"  # kinds of values in gnumeric's files
_WORDS: Final = "60"
TypedCell = tuple[str, str, str | float | date]  # sheet, cell, value


class Resave(NamedTuple):
    """What a program is to do: open a file, type into cells, save it as another."""

    program: str
    source: Path
    target: Path
    typed: Sequence[TypedCell] = ()


def resave(jobs: Sequence[Resave]) -> None:
    """Do all of it: one node for both of npm's programs, and ssconvert once per file. RuntimeError where one fails."""
    by_node = [job for job in jobs if job.program != "gnumeric"]
    if by_node:
        listed = by_node[0].target.with_suffix(".json")
        listed.write_text(json.dumps([_for_node(job) for job in by_node]))
        run(["node", str(Path(__file__).with_name("resave.cjs")), str(listed)], SECONDS)
    for job in (job for job in jobs if job.program == "gnumeric"):
        _by_gnumeric(job)


def _by_gnumeric(job: Resave) -> None:
    """Through gnumeric's own format, in which the cells are typed: its command takes none that bear a sheet."""
    own = job.target.with_suffix(".gnumeric")
    run(["ssconvert", "-T", "Gnumeric_XmlIO:sax:0", str(job.source), str(own)], SECONDS)
    if job.typed:
        book = etree.parse(own)
        for sheet, cell, value in job.typed:
            _type(book, sheet, cell, value)
        book.write(own)
    run(["ssconvert", "--recalc", str(own), str(job.target)], SECONDS)


def _type(book: Any, title: str, cell: str, value: str | float | date) -> None:
    column, row = coordinate_from_string(cell)
    place = {"Row": str(row - 1), "Col": str(column_index_from_string(column) - 1)}
    sheet = next(each for each in book.iterfind("{*}Sheets/{*}Sheet") if each.findtext("{*}Name") == title)
    cells = sheet.find("{*}Cells")
    found = cells.find(f"{{*}}Cell[@Row='{place['Row']}'][@Col='{place['Col']}']")
    if found is None:
        found = etree.SubElement(cells, f"{{{etree.QName(cells).namespace}}}Cell", place)
    number = (value - _EPOCH).days if isinstance(value, date) else value
    found.text = str(number)
    found.set("ValueType", _WORDS if isinstance(number, str) else _NUMBER)


def _for_node(job: Resave) -> dict[str, object]:
    typed = [
        [sheet, cell, {"day": (value - _EPOCH).days} if isinstance(value, date) else value]
        for sheet, cell, value in job.typed
    ]
    return {"program": job.program, "source": str(job.source), "target": str(job.target), "typed": typed}
