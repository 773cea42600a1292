"""The command `isobook import`: files of brokers and filers become rows of a client's folder."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.errors import InputError, Problem

from ..files.csv_files import write_tables
from ..files.whole_file import CannotWriteError, write_whole
from ..imports import Merged, Reading, merge, read_file
from ..imports.client_table import ClientTable
from ..imports.layouts.etrade import OptionsAre
from ..imports.layouts.form_3921 import UnknownColumnsError
from ..sources import read_source
from ..sources.client_toml import NAME as CLIENT_TOML
from ..sources.client_toml import read_settings
from ..words.terminal import complain, say
from .options import PasswordFlag, password_in

RETURNS: Final = "returns"
BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FILL_IN: Final = (
    'Name one of our columns for each, or leave it out with ""; then run it again with --columns client.toml:'
)


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Downloads of brokers, FDX documents, Forms 3921, 3922.")
    ],
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="The client's folder; made if need be.")
    ],
    options_are: Annotated[
        OptionsAre | None,
        typer.Option(help="What stock options are, where a broker's file does not say."),
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option(metavar="TOML", help="A file with [columns] for other layouts. [default: FOLDER's client.toml]"),
    ] = None,
    password_file: PasswordFlag = None,
) -> None:
    """Take exercises and sales from other files.

    Reads E*TRADE Gains & Losses (Download Expanded), FDX Tax3921 and Tax3922, Forms 3921 and 3922 as tables or as PDF
    with text. Rows are added to FOLDER; what is there already is named and left alone; a form
    marked CORRECTED corrects the row of the form before it.
    """
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder: give another name.", param_hint="-o")
    own = _own_columns(columns, folder)
    try:
        readings = _read_all(files, own, options_are, password_in(password_file))
    except UnknownColumnsError as error:
        complain(FILL_IN)
        for line in error.block:
            complain(f"  {line}")
        raise
    merged = merge(folder, readings, own)
    written = _write(folder, merged)
    _report(sorted(readings, key=lambda reading: bool(reading.sales)), merged)
    for words in written or [f"Nothing new: no file of {folder} was written."]:
        say(words)
    _say_what_is_needed(folder)


def _own_columns(columns: Path | None, folder: Path) -> dict[str, str]:
    problems: list[Problem] = []
    inside = folder / CLIENT_TOML
    path = columns or (inside if inside.is_file() else None)
    own = read_settings(path, problems).columns
    if problems:
        raise InputError(problems)
    return own


def _read_all(
    files: list[Path], own: dict[str, str], options_are: OptionsAre | None, password: str | None
) -> list[Reading]:
    """Every file's readings; problems of all of them at once."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    block: list[str] = []
    for path in files:
        try:
            readings += read_file(path, own, options_are, password)
        except InputError as error:
            problems += error.problems
            found = error.block if isinstance(error, UnknownColumnsError) else []
            block += found[1:] if block else found
    if block:
        raise UnknownColumnsError([*(each for one in readings for each in one.problems), *problems], block)
    if problems:
        raise InputError([*(each for one in readings for each in one.problems), *problems])
    return readings


def _write(folder: Path, merged: Merged) -> list[str]:
    """Write the tables that changed, all of them or none; a sentence for each. Raises CannotWriteError."""
    changed = [table for table in (merged.exercises, merged.sales) if table.changed]
    older = {table.path: table.path.read_bytes() for table in changed if table.table}
    empty: dict[str, list[dict[str, str]]] = {RETURNS: []} if changed and not _has_returns(folder) else {}
    try:
        for table in changed:
            if table.table:
                write_whole(table.path, table.text().encode(_encoding(older[table.path])))
        write_tables(folder, {table.kind: table.rows for table in changed if not table.table} | empty)
    except CannotWriteError:
        for path, data in older.items():
            if path.read_bytes() != data:
                write_whole(path, data)
        raise
    to_fill_in = [f"Made {folder / f'{name}.csv'}: to be filled in, one row for each tax year" for name in empty]
    return [*(_written(table) for table in changed), *to_fill_in]


def _has_returns(folder: Path) -> bool:
    return folder.is_dir() and any(file.name.lower() == f"{RETURNS}.csv" for file in folder.iterdir())


def _encoding(older: bytes) -> str:
    """UTF-8, with its mark where the older file had one: Excel then keeps reading it so."""
    return "utf-8-sig" if older.startswith(BOMS) else "utf-8"


def _written(table: ClientTable) -> str:
    rows = f"{table.added:,} row{'' if table.added == 1 else 's'}"
    if table.table is None:
        return f"Made {table.path}: {rows}"
    filled = f", cells filled in {table.filled:,}" if table.filled else ""
    corrected = f", rows corrected {table.corrected:,}" if table.corrected else ""
    return f"Added to {table.path}: {rows}{filled}{corrected}"


def _report(readings: list[Reading], merged: Merged) -> None:
    """What was taken, what was left, and what the files cannot tell; forms first, as they were joined."""
    for reading in readings:
        say(f"{reading.file}: {reading.layout}")
        for outcome in reading.said:
            say(f"  took {outcome.words}" if outcome.is_new else f"  {outcome.words}")
        for words in reading.left:
            say(f"  left {words}")
        for words in reading.unknown:
            say(f"  not known: {words}")
    for words in merged.unknown:
        say(f"Not known: {words}.")


def _say_what_is_needed(folder: Path) -> None:
    """What isobook check would refuse in the folder now."""
    try:
        read_source(folder)
    except InputError as error:
        say("Still to be done before isobook build:")
        for problem in error.problems:
            say(f"  {problem}")
