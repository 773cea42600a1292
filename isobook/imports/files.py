"""One file of any layout that is known: told by what is in it, never by its name's ending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.errors import InputError, Problem

from ..encryption import decrypted
from ..sources.workbook_file import is_ours
from ..user_files import DOWNLOAD, read_bytes
from .found_records import Reading
from .grids import refusal, tables_of
from .layouts import etrade, fdx, form_3921, form_pdf
from .layouts.etrade import OptionsAre

OURS: Final = (
    "It is a client already: give it to isobook check or build. isobook export WORKBOOK FOLDER gives its records as "
    "CSV files, to which isobook import adds."
)
NO_RECORDS: Final = "Check that it is the file you mean."


def read_file(
    path: Path, own: Mapping[str, str], options_are: OptionsAre | None = None, password: str | None = None
) -> list[Reading]:
    """What a file holds, one reading a table; `own` has plain headers and the columns they mean. Raises InputError."""
    data = decrypted(path.name, read_bytes(path, DOWNLOAD), password)
    if form_pdf.is_pdf(data):
        readings = [form_pdf.read(path.name, data)]
    elif fdx.is_json(data):
        readings = [fdx.read(path.name, data)]
    elif is_ours(data):
        raise refusal(path.name, "a workbook that isobook made", "a file of a broker or filer", OURS)
    else:
        tables = [form_3921.without_title(table) for table in tables_of(path, data)]
        if not tables:
            raise InputError([Problem(path.name, None, "", "an empty workbook", "rows", NO_RECORDS)])
        ours = [table for table in tables if len(tables) == 1 or form_3921.is_ours(table, own)]
        readings = [
            etrade.read(table, options_are) if etrade.is_etrade(table.header) else form_3921.read(table, own)
            for table in ours or tables[:1]
        ]
        readings[0].left += [f"{table.file}: no column of it is known" for table in tables if table not in ours]
    for reading in readings:
        reading.check()
        for record in reading.records:
            record.cells.setdefault("doc_ref", str(replace(record.place, row=None))[:150])
    return readings
