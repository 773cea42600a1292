"""Recalculate books in one LibreOffice; runs in the system's Python, which has `uno`.

Arguments: PROFILE PIPE ANSWER.json BOOK.xlsx … The answer holds for each book a list of [sheet, coordinate, value],
one for each formula cell.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

FORMULA = 16  # com.sun.star.sheet.CellFlags
ERROR = 4  # com.sun.star.sheet.FormulaResult
ERRORS = {  # LibreOffice's numbers of the errors that a file can hold
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


def main(profile: str, pipe: str, answer: str, *books: str) -> None:
    """Recalculate all books in one LibreOffice."""
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    desktop = connect(pipe)
    Path(answer).write_text(json.dumps([recalculate(desktop, book) for book in books]), encoding="utf-8")
    desktop.terminate()
    office.wait(20)


def connect(pipe: str) -> Any:
    """Wait until LibreOffice listens, at most 50 seconds, and give its desktop."""
    manager = uno.getComponentContext().ServiceManager
    resolver = manager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(1_000):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.05)
    raise RuntimeError("LibreOffice did not start within 50 seconds")


def recalculate(desktop: Any, book: str) -> list[list[Any]]:
    """Open one book, recalculate it hard and read its formula cells."""
    document = desktop.loadComponentFromURL(Path(book).as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
    if document is None:
        raise RuntimeError(f"LibreOffice cannot open {book}")
    document.calculateAll()
    values = [
        [sheet.Name, f"{column_letters(column)}{row + 1}", value]
        for sheet in document.Sheets
        for (row, column), value in formula_values(sheet).items()
    ]
    document.close(True)
    return values


def formula_values(sheet: Any) -> dict[tuple[int, int], Any]:
    """Read the sheet at once, keep its formula cells, and ask for the few errors one by one."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    lines = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
    values = {(row, column): lines[row][column] for row, column in places(sheet.queryContentCells(FORMULA))}
    for row, column in places(sheet.queryFormulaCells(ERROR)):
        code = sheet.getCellByPosition(column, row).getError()
        values[row, column] = ERRORS.get(code, f"Err:{code}")
    return values


def places(ranges: Any) -> Iterator[tuple[int, int]]:
    """Give row and column, from 0, of every cell of some ranges."""
    for area in ranges.RangeAddresses:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                yield row, column


def column_letters(index: int) -> str:
    """Give the letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


if __name__ == "__main__":
    main(*sys.argv[1:])
