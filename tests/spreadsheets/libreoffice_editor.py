"""Edit books in one LibreOffice as a person would, and save them as .xlsx; runs in the system's Python.

Arguments: PROFILE PIPE JOBS.json. The jobs are a list of [BOOK.xlsx, TARGET.xlsx, edits]; an edit is a list of a verb
and its arguments: ["type", sheet, cell, text or number], ["formula", sheet, cell, text], ["insert row", sheet, above],
["unprotect", sheet], ["move sheet", sheet, position], ["rename", sheet, title], ["hide", sheet].
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # noqa: F401  # it makes com.sun.star importable
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from libreoffice_worker import connect  # type: ignore[import-not-found]  # in the folder of this script


def main(profile: str, pipe: str, jobs: str) -> None:
    """Do all jobs in one LibreOffice."""
    options = ["--headless", "--norestore", "--nologo", "--nodefault"]
    accept = f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(["soffice", f"-env:UserInstallation={profile}", *options, accept])
    desktop = connect(pipe)
    for book, target, edits in json.loads(Path(jobs).read_text(encoding="utf-8")):
        edit_book(desktop, book, target, edits)
    desktop.terminate()
    office.wait(20)


def edit_book(desktop: Any, book: str, target: str, edits: list[list[Any]]) -> None:
    """Open one book, edit it, recalculate and save it under another name."""
    document = desktop.loadComponentFromURL(Path(book).as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
    if document is None:
        raise RuntimeError(f"LibreOffice cannot open {book}")
    for verb, title, *arguments in edits:
        sheet = document.Sheets.getByName(title)
        if verb == "type":
            cell, value = arguments
            where = sheet.getCellRangeByName(cell)
            if isinstance(value, str):
                where.setString(value)
            else:
                where.setValue(value)
        elif verb == "formula":
            sheet.getCellRangeByName(arguments[0]).setFormula(arguments[1])
        elif verb == "insert row":
            sheet.unprotect("")
            sheet.Rows.insertByIndex(arguments[0] - 1, 1)
        elif verb == "unprotect":
            sheet.unprotect("")
        elif verb == "move sheet":
            document.Sheets.moveByName(title, arguments[0])
        elif verb == "rename":
            sheet.setName(arguments[0])
        else:
            sheet.IsVisible = False
    document.calculateAll()
    document.storeToURL(Path(target).as_uri(), (PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0),))
    document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
