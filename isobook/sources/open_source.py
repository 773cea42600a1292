"""What SOURCE may be: a client's folder, one CSV file of exercises, or a workbook that isobook made."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError
from engine.records import Client

from .client_folder import folder_name, read_folder
from .workbook_file import client_of, is_workbook, read_file


@dataclass(frozen=True)
class Opened:
    """A client, and what its source says beside: in a workbook, what was edited and what was not taken."""

    client: Client
    notes: list[str] = field(default_factory=list)


def open_source(path: Path, *, rounding: str | None = None, tax_method: str | None = None) -> Opened:
    """Read a client with the notes on its source. Raises InputError with all that is wrong.

    `rounding` and `tax_method` win over the workbook or client.toml.
    """
    if not is_workbook(path):
        return Opened(read_folder(path, rounding=rounding, tax_method=tax_method))
    found = read_file(path)
    client = client_of(path, found, rounding=rounding, tax_method=tax_method, name=folder_name(path))
    return Opened(client, found.notes)


def read_source(path: Path, *, rounding: str | None = None, tax_method: str | None = None) -> Client:
    """Read a client: a folder, one CSV file of exercises, or a workbook of ours. Raises InputError."""
    return open_source(path, rounding=rounding, tax_method=tax_method).client


def source_name(path: Path) -> str:
    """What to call the client of a source: the name in it, else the folder's or the file's; never raises."""
    if not is_workbook(path):
        return folder_name(path)
    try:
        return read_file(path).settings["name"] or folder_name(path)
    except InputError:
        return folder_name(path)
