"""The command `isobook export`: a client's records as CSV files, or files for tax software with --for."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from engine.columns import TABLES
from engine.records import LETTERHEAD, Client
from workbook_templates.contents.as_received import SETTINGS, as_given, cell_text

from ..files.csv_files import write_tables
from ..files.whole_file import CannotWriteError, write_whole
from ..sources import open_source
from ..sources.client_toml import NAME as CLIENT_TOML
from ..tax_software.files_for import TaxSoftware
from ..words.forms import show_edits
from ..words.terminal import say
from .options import NOT_ENCRYPTED, PasswordFlag, Source, password_in, span_of_years
from .papers.tax_software import export_for

HEADER: Final = "# The client's name, the settings of the figures, the head of the letter.\n"


def export(
    source: Source,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; it is made if need be.")],
    program: Annotated[
        TaxSoftware | None,
        typer.Option(
            "--for",
            help="In place of the records: the sales of each year for the import of Drake Tax or TaxAct, or a sheet "
            "to key into any program. [default: the records]",
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST-LAST", help="With --for: the tax years, such as 2023-2025, or one. [default: all of SOURCE]"
        ),
    ] = None,
    password_file: PasswordFlag = None,
) -> None:
    """Write the client's records as CSV files and client.toml, or files for tax software.

    From a workbook, also an edited one, or from a folder whose files have other headers. No file is ever replaced.
    """
    if years and not program:
        raise typer.BadParameter("the records are of all years: add --for, or leave it out.", param_hint="--years")
    span = span_of_years(years) if years else None
    opened = open_source(source, password=password_in(password_file))
    if program:
        export_for(program, opened, folder, span)
        return
    _check_free(folder)
    settings = folder / CLIENT_TOML
    written = write_tables(folder, tables_of(opened.client), used_only=True)
    try:
        write_whole(settings, client_toml(opened.client).encode())
    except CannotWriteError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    for path in [*written, settings]:
        say(f"Made {path}")
    if opened.encrypted:
        say(f"  {NOT_ENCRYPTED}")
    show_edits(opened.all_notes())


def _check_free(folder: Path) -> None:
    """Refuse a folder that holds files of a client: theirs and these would be read as one client's."""
    if not folder.is_dir():
        if folder.exists() or folder.is_symlink():
            raise CannotWriteError(folder, "it is no folder", "Give another name.")
        return
    names = {CLIENT_TOML, *(f"{table}.csv" for table in TABLES)}
    for path in sorted(folder.iterdir()):
        if path.name.lower() in names:
            raise CannotWriteError(path, "it is there already", "Give another folder, or move it away.")


def tables_of(client: Client) -> dict[str, list[dict[str, str]]]:
    """The client's records as CSV text, by table and column; tables without rows are left out."""
    return {
        table: [{name: _text(value) for name, value in as_given(record, TABLES[table]).items()} for record in records]
        for table in TABLES
        if (records := getattr(client, table))
    }


def client_toml(client: Client) -> str:
    """The client's name and settings as client.toml."""
    often_blank = {"plan", *LETTERHEAD}
    given = [name for name in SETTINGS if name not in often_blank or getattr(client, name)]
    lines = (f"{name} = {_quoted(getattr(client, name))}\n" for name in given)
    return HEADER + "".join(lines)


def _text(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else cell_text(value)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's differ only in the character 7F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
