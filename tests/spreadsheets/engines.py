"""Cached values against what three independent spreadsheet engines recalculate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import formualizer
import ironcalc
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import to_excel

from .libreoffice import Value, recalculate
from .workbook_file import Source, WorkbookFile

Values = dict[tuple[str, str], Value]


def cells(source: Source) -> Values:
    """Read the cached value of every formula cell, by sheet title and coordinate; dates as serial numbers."""
    formulas = WorkbookFile(source).formulas
    stream = BytesIO(source) if isinstance(source, bytes) else source
    book = load_workbook(stream, data_only=True, read_only=True)
    found = {
        (sheet.title, f"{cell.column_letter}{cell.row}"): _plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return {place: found.get(place) for place in formulas}


def recalculated_by_ironcalc(path: str | Path) -> Values:
    """Let ironcalc evaluate the file and read every formula cell of it."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    places = {sheet["name"]: place for place, sheet in enumerate(model.get_worksheets_properties())}
    values: Values = {}
    for title, coordinate in WorkbookFile(path).formulas:
        letters, row = coordinate_from_string(coordinate)
        values[title, coordinate] = model.get_cell_value(places[title], row, column_index_from_string(letters))
    return values


def recalculated_by_formualizer(path: str | Path) -> Values:
    """Let formualizer rewrite the caches of the file and read every formula cell of the result."""
    return cells(formualizer.recalculate_xlsx_bytes(Path(path).read_bytes())["bytes"])


def recalculated_by_libreoffice(paths: list[Path]) -> list[Values]:
    """Let one LibreOffice recalculate all files hard and read every formula cell; its booleans are 0 and 1."""
    return [
        {place: found.get(place, "not a formula in LibreOffice") for place in WorkbookFile(path).formulas}
        for path, found in zip(paths, recalculate(paths), strict=True)
    ]


def differences(
    path: str | Path, engine: str, recalculated: Mapping[tuple[str, str], Value] | None = None
) -> list[str]:
    """List the formula cells whose cache is not what `engine` (ironcalc, formualizer, libreoffice) makes of the file.

    Numbers are equal bit for bit or they differ. Pass `recalculated` where the engine has already read many files.
    """
    if recalculated is None:
        recalculated = _recalculated(Path(path), engine)
    formulas, cached = WorkbookFile(path).formulas, cells(path)
    return [
        f"{sheet}!{coordinate}: cached {cached[sheet, coordinate]!r}, "
        f"{engine} {recalculated[sheet, coordinate]!r}, formula {formula}"
        for (sheet, coordinate), formula in formulas.items()
        if not _equal(cached[sheet, coordinate], recalculated[sheet, coordinate])
    ]


def _recalculated(path: Path, engine: str) -> Values:
    if engine == "libreoffice":
        return recalculated_by_libreoffice([path])[0]
    return {"ironcalc": recalculated_by_ironcalc, "formualizer": recalculated_by_formualizer}[engine](path)


def _equal(cached: Value, recalculated: Value) -> bool:
    if isinstance(cached, str) or isinstance(recalculated, str):
        return (cached or "") == (recalculated or "") and 0 not in (cached, recalculated)
    if cached is None or recalculated is None:
        return cached is recalculated
    return float(cached) == float(recalculated)


def _plain(value: object) -> Value:
    if isinstance(value, (date, datetime, time, timedelta)):
        return float(to_excel(value))  # type: ignore[no-untyped-call]
    assert value is None or isinstance(value, (str, int, float, bool)), value
    return value
