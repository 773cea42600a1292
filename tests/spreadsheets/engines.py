"""Cached values against what three independent spreadsheet engines recalculate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import formualizer
import ironcalc
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import to_excel

from .lean_copies import with_used_names
from .libreoffice import Value, recalculate
from .workbook_file import Cell, Source, WorkbookFile, opened

Values = dict[tuple[str, str], Value]


def cells(source: Source) -> Values:
    """Read the cached value of every formula cell, by sheet title and coordinate; dates as serial numbers."""
    file = opened(source)
    return {(cell.sheet, cell.coordinate): _cached(file, cell) for cell in file.cells if cell.formula is not None}


def recalculated_by_ironcalc(path: str | Path, *, whole: bool = False) -> Values:
    """Let ironcalc evaluate the file and read every formula cell; `whole` with the names that no formula uses."""
    with TemporaryDirectory() as folder:
        model = ironcalc.load_from_xlsx(str(path if whole else with_used_names(path, Path(folder))), "en", "UTC", "en")
    model.evaluate()
    places = {sheet["name"]: place for place, sheet in enumerate(model.get_worksheets_properties())}
    values: Values = {}
    for title, coordinate in opened(path).formulas:
        letters, row = coordinate_from_string(coordinate)
        values[title, coordinate] = model.get_cell_value(places[title], row, column_index_from_string(letters))
    return values


def recalculated_by_formualizer(path: str | Path) -> Values:
    """Let formualizer rewrite the caches of the file and read every formula cell of the result."""
    return cells(formualizer.recalculate_xlsx_bytes(Path(path).read_bytes())["bytes"])


def recalculated_by_libreoffice(paths: list[Path]) -> list[Values]:
    """Let one LibreOffice recalculate all files hard and read every formula cell; its booleans are 0 and 1."""
    return [
        {place: found.get(place, "not a formula in LibreOffice") for place in opened(path).formulas}
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
    formulas, cached = opened(path).formulas, cells(path)
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


def _cached(file: WorkbookFile, cell: Cell) -> Value:
    """The value of a cell; None for an empty text, which engines write in both ways."""
    if not cell.value:
        return None
    match cell.kind:
        case "n":
            return float(cell.value)
        case "b":
            return cell.value == "1"
        case "s":
            return file.shared_texts[int(cell.value)]
        case "d":
            return float(to_excel(datetime.fromisoformat(cell.value)))  # type: ignore[no-untyped-call]
    return cell.value
