"""A client as files: one CSV of exercises, or a folder with exercises, sales, returns and more, and client.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from engine.columns import TABLES as COLUMNS
from engine.columns import RecordTable, Unit
from engine.errors import InputError, Problem
from engine.records import (
    LETTERHEAD,
    MOST_ANSWERS,
    MOST_EXERCISES,
    MOST_GRANTS,
    MOST_SALES,
    MOST_SPLITS,
    MOST_W2,
    Client,
)
from engine.records.record import FILL_IN

from ..user_files import NOT_A_FILE
from .client_toml import NAME as CLIENT_TOML
from .client_toml import ClientSettings, read_settings
from .csv_table import CsvTable, read_table
from .headers import Matched, known_headers, match, plain
from .misread_numbers import misread_numbers
from .places import SourcePlaces


class TableKind(NamedTuple):
    """What a table holds: its columns, their spellings, and how many rows one client may have."""

    columns: RecordTable
    known: dict[str, str]  # plain headers and the columns they mean
    most_rows: int

    @property
    def units(self) -> dict[str, Unit]:
        """The unit of each column."""
        return {each.name: each.unit for each in self.columns}


WHERE: Final = "Check its name, and that the command window is in its folder."
MOST_ROWS: Final = {
    "exercises": MOST_EXERCISES,
    "returns": 100,
    "sales": MOST_SALES,
    "splits": MOST_SPLITS,
    "grants": MOST_GRANTS,
    "w2": MOST_W2,
    "answers": MOST_ANSWERS,
}
TABLES: Final = {name: TableKind(table, known_headers(table), MOST_ROWS[name]) for name, table in COLUMNS.items()}
TELL_TALE: Final = {  # headers of no exercise
    "taxyear": "returns",
    "datesold": "sales",
    "ratio": "splits",
    "dateexercisable": "grants",
}


@dataclass
class Loaded:
    """The rows of a table by column, with the places a spreadsheet shows them at."""

    file: str
    matched: Matched = field(default_factory=Matched)
    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    header_row: int | None = None

    def locate(self, problem: Problem) -> Problem:
        """Turn a record's place in its table into file, spreadsheet row and the header as it is spelled."""
        spelled = self.matched.spelled.get(problem.column, problem.column)
        column = problem.column if plain(spelled) == plain(problem.column) else f"{spelled} ({problem.column})"
        row = self.numbers[problem.row - 1] if problem.row else None
        return replace(problem, file=self.file, row=row, column=column)


def open_folder(
    path: Path, *, rounding: str | None = None, tax_method: str | None = None
) -> tuple[Client, SourcePlaces]:
    """Read a client, and where each record stands; `rounding` and `tax_method` win over client.toml.

    Raises InputError with all that is wrong.
    """
    problems: list[Problem] = []
    files = _files(path)
    settings = read_settings(files.get(CLIENT_TOML), problems)
    loaded = {
        table: _load(table, files[f"{table}.csv"], settings, problems) for table in TABLES if f"{table}.csv" in files
    }
    try:
        tables: dict[str, Any] = {table: each.rows for table, each in loaded.items()}
        client = Client(
            **tables,
            name=settings.name or _stem(path),
            rounding=rounding or settings.rounding,
            tax_method=tax_method or settings.tax_method,
            **{word: getattr(settings, word) for word in LETTERHEAD},
            plan=settings.plan,
        )
    except InputError as error:
        problems += _located(error, loaded)
    if problems:
        raise InputError(sorted(problems, key=lambda problem: (problem.file, problem.row or 0)))
    names = {table: each.file for table, each in loaded.items()}
    numbers = {table: _in_order(table, each) for table, each in loaded.items()}
    return client, SourcePlaces(names, numbers)


def _in_order(table: str, loaded: Loaded) -> list[int]:
    """The rows of a table in the order in which the client keeps them: returns by year."""
    if table != "returns":
        return loaded.numbers
    years = [row.get("tax_year", "") for row in loaded.rows]
    return [number for _, number in sorted(zip(years, loaded.numbers, strict=True))]


def folder_name(path: Path) -> str:
    """What to call the client of a source: the name in client.toml, else the folder's or the file's; never raises."""
    try:
        name = read_settings(_files(path).get(CLIENT_TOML), []).name
    except InputError:
        name = ""
    return name or _stem(path)


def _stem(path: Path) -> str:
    name = path.resolve().name if path.is_dir() else path.stem
    return name.encode("utf-8", "replace").decode()[:200]


def _files(path: Path) -> dict[str, Path]:
    """The files of a source under their lower-case names."""
    if path.is_file():
        return {"exercises.csv": path}
    wanted = [*(f"{table}.csv" for table in TABLES), CLIENT_TOML]
    try:
        found = [file for file in sorted(path.iterdir()) if file.name.lower() in wanted]
    except OSError as error:
        expected = "a folder with exercises.csv or returns.csv, a CSV file of exercises, or a workbook of isobook"
        meant = path.with_name(f"{path.name}.xlsx")  # Explorer hides the ending
        remedy = f"Name it in full: {meant}." if meant.is_file() else WHERE
        value = _why_no_files(error)
        raise InputError([Problem(str(path), None, "", value, expected, remedy)]) from None
    if problems := [*_misplaced(path, found), *_doubled(found)]:
        raise InputError(problems)
    if not any(file.suffix.lower() == ".csv" for file in found):
        expected = f"a folder with one or more of {', '.join(wanted[:-1])}"
        raise InputError(
            [
                Problem(
                    path.name, None, "", "", expected, "Add a file, rename one so, or give a workbook by its own name."
                )
            ]
        )
    return {file.name.lower(): file for file in found}


def _why_no_files(error: OSError) -> str:
    """What stands where a client's folder was expected."""
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case NotADirectoryError():
            return NOT_A_FILE
    return error.strerror or "nothing that can be read"


def _misplaced(folder: Path, files: list[Path]) -> Iterator[Problem]:
    home = folder.resolve()
    for file in files:
        if not file.resolve().is_relative_to(home):
            yield Problem(
                file.name, None, "", "a link to a file outside", "a file in the folder", "Copy the file here."
            )
        elif not file.is_file():
            yield Problem(file.name, None, "", "no file", "a file that can be read", "Remove or replace it.")


def _doubled(files: list[Path]) -> Iterator[Problem]:
    names = [file.name.lower() for file in files]
    for file, name in zip(files, names, strict=True):
        if names.count(name) > 1:
            yield Problem(file.name, None, "", f"a further {name}", "one file of that name", "Remove all but one.")


def _load(table: str, path: Path, settings: ClientSettings, problems: list[Problem]) -> Loaded:
    """Read a table; what is wrong with it joins the problems."""
    kind = TABLES[table]
    loaded = Loaded(path.name)
    try:
        read = read_table(path, kind.most_rows)
    except InputError as error:
        problems += error.problems
        return _unknown(loaded, kind)
    if table == "exercises" and (other := next(filter(None, map(TELL_TALE.get, map(plain, read.header))), None)):
        remedy = f"Name the file {other}.csv, put it into a folder and give the folder."
        column = next(header for header in read.header if TELL_TALE.get(plain(header)) == other)
        problems.append(Problem(path.name, read.header_row, column, column, f"exercises, not {other}", remedy))
        return _unknown(loaded, kind)
    own = {header: column for header, column in settings.columns.items() if column in kind.columns or not column}
    loaded.header_row = read.header_row
    loaded.matched = match(read, kind.known | own, kind.columns.needed)
    problems += loaded.matched.problems
    for number, row in read.rows:
        problems += row_problems(read, loaded.matched, number, row)
    problems += misread_numbers(read, loaded.matched.columns, kind.units)
    _fill(loaded, read)
    return loaded


def _unknown(loaded: Loaded, kind: TableKind) -> Loaded:
    """A table that cannot be read counts as one row of which nothing is known: nothing else is blamed for it."""
    loaded.matched.unread.update(kind.columns.names)
    loaded.rows, loaded.numbers = [{}], [1]
    return loaded


def _fill(loaded: Loaded, table: CsvTable) -> None:
    """Take the cells of the columns that can be read."""
    matched = loaded.matched
    places = {place: column for place, column in matched.columns.items() if column not in matched.unread}
    for number, row in table.rows:
        loaded.numbers.append(number)
        cells = {column: row[place] for place, column in places.items() if place < len(row)}
        loaded.rows.append(cells | {"kind": "ESPP"} if matched.form_3922 else cells)


def row_problems(table: CsvTable, matched: Matched, number: int, row: list[str]) -> Iterator[Problem]:
    """Cells without a header, and what the record could not know to be wrong."""
    for place, cell in enumerate(row):
        if cell and (place >= len(table.header) or not table.header[place]):
            remedy = "Put a value that holds the separator in quotation marks, or give the column a header."
            yield Problem(table.file, number, f"column {place + 1}", cell, "no cell without a header", remedy)
            return
        column = matched.columns.get(place, "")
        if (
            column == "employer"
            and column not in matched.unread
            and plain(table.header[place]).endswith("box6")
            and re.fullmatch(r"[\d.,]+", cell)
        ):
            expected = "a corporation's name (Form 3921 box 6); Form 3922 has shares in box 6"
            remedy = "Name the employer, or head the columns of Form 3922 with its number: 3922 box 6."
            yield Problem(table.file, number, column, cell, expected, remedy)


def _located(error: InputError, loaded: dict[str, Loaded]) -> Iterator[Problem]:
    """The problems of records at their places in files; a column that is missing is told once, not in every row."""
    missing = set()
    for problem in error.problems:
        table = loaded.get(problem.file)
        if table is None:
            yield replace(problem, file=CLIENT_TOML)
        elif problem.remedy == FILL_IN and problem.column not in table.matched.spelled.keys() | table.matched.unread:
            if (table.file, problem.column) not in missing:
                missing.add((table.file, problem.column))
                expected = f"a column for {problem.expected}"
                yield replace(
                    problem, file=table.file, row=table.header_row, expected=expected, remedy="Add the column."
                )
        elif problem.row is None or problem.column not in table.matched.unread:
            yield table.locate(problem)
