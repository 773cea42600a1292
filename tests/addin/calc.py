"""Real LibreOffice Calc, headless, with the extension loaded: an openpyxl-made .xlsx in, its values out."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from addin.calc import IMPLEMENTATION, extension
from addin.functions import REGISTRY
from tests.addin.cases import Case
from tests.spreadsheets.libreoffice import profile, run

SECONDS = 100


def recalculated(path: Path, folder: Path) -> Path:
    """Open a workbook without cached values in Calc, with the extension, and save what it shows."""
    zipfile.ZipFile(BytesIO(extension())).extractall(folder / "extensions" / "isobook")
    office = ["soffice", f"-env:UserInstallation={profile(str(folder))}"]
    office += [f"-env:BUNDLED_EXTENSIONS={(folder / 'extensions').as_uri()}", "--headless", "--norestore"]
    run([*office, "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)], SECONDS)
    return folder / "out" / path.name


def for_calc(formula: str) -> str:
    """LibreOffice 7.4 finds the functions of an extension in an .xlsx by the extension's name."""
    return re.sub(rf"(?<![\w.])({'|'.join(REGISTRY)})(?=\()", rf"{IMPLEMENTATION.upper()}.\1", formula)


def answers(cases: list[Case], folder: Path) -> list[Any]:
    """What Calc shows for each case, whose cells stand in cells of their own."""
    book = Workbook()
    sheet = book.active
    assert sheet
    row, places = 1, []
    for case in cases:
        height, width = _size(case.gives)
        column, used = width + 2, height
        typed = []
        for parameter, cell in zip(REGISTRY[case.function].parameters, case.cells, strict=False):
            if cell is None and not parameter.required:
                typed.append("")
                continue
            rows = cell if isinstance(cell, list) else [[cell]]
            _fill(sheet, row, column, rows)
            typed.append(_area(row, column, len(rows), len(rows[0])))
            column, used = column + len(rows[0]), max(used, len(rows))
        formula = for_calc(f"={case.function}({','.join(typed)})")
        area = _area(row, 1, height, width)
        sheet.cell(row, 1, formula if height * width == 1 else ArrayFormula(area, formula))
        places.append((row, height, width))
        row += used + 1
    path = folder / "cases.xlsx"
    book.save(path)
    shown = load_workbook(recalculated(path, folder), data_only=True).active
    assert shown
    return [_read(shown, *place, isinstance(case.gives, list)) for place, case in zip(places, cases, strict=True)]


def _size(gives: Any) -> tuple[int, int]:
    return (len(gives), len(gives[0])) if isinstance(gives, list) else (1, 1)


def _fill(sheet: Any, row: int, column: int, rows: list[list[Any]]) -> None:
    for down, cells in enumerate(rows):
        for right, cell in enumerate(cells):
            value = datetime.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell
            sheet.cell(row + down, column + right, value)


def _area(row: int, column: int, height: int, width: int) -> str:
    first, last = (f"{get_column_letter(each)}" for each in (column, column + width - 1))
    return f"{first}{row}" if height * width == 1 else f"{first}{row}:{last}{row + height - 1}"


def _read(sheet: Any, row: int, height: int, width: int, in_rows: bool) -> Any:
    rows = [[sheet.cell(row + down, 1 + right).value for right in range(width)] for down in range(height)]
    return rows if in_rows else rows[0][0]
