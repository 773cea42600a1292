"""What SOURCE may be: a client's folder, one CSV file of exercises, or a workbook that isobook made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine import project
from engine.errors import InputError
from engine.records import Client
from workbook_templates.fill import workbook_of
from workbook_templates.intake import intake_workbook
from workbook_templates.read_back import ReadBack, UnreadableError
from workbook_templates.read_back.edits.hand_edits import hand_edits
from workbook_templates.read_back.xlsx_cells import XlsxCells

from ..encryption import is_encrypted
from ..user_files import WORKBOOK, read_bytes
from .client_folder import folder_name, open_folder
from .places import SourcePlaces
from .workbook_file import client_of, is_workbook, read_file


@dataclass(frozen=True)
class Opened:
    """A client, and what deserves to be told of a workbook: what was taken how, and what was typed over formulas."""

    client: Client
    notes: list[str] = field(default_factory=list)
    found: ReadBack | None = None
    places: SourcePlaces = field(default_factory=SourcePlaces)
    encrypted: bool = False  # the workbook was under a password

    def all_notes(self) -> list[str]:
        """The notes, and what a person typed over."""
        return [*self.notes, *self.hand_edits()]

    @property
    def where_returns(self) -> str:
        """Where the entries of a return are typed, as the end of a sentence."""
        return "on Inputs" if self.found else "in returns.csv"

    @property
    def with_figures(self) -> ReadBack | None:
        """The workbook whose figures can be compared; None of a folder, and of an intake workbook, which has none."""
        return self.found if self.found and not self.found.intake else None

    @property
    def is_as_made(self) -> bool:
        """Tell a workbook that stands as isobook wrote it: nothing was typed, in its records or beside them."""
        return self.found is not None and self.client == self.found.received and not self.all_notes()

    def hand_edits(self) -> list[str]:
        """What a person typed over formulas, or typed beside the records; this builds the workbook as it was made."""
        if self.found is None or self.found.received is None:
            return []
        if years := self.found.intake:
            return self._edits(lambda: intake_workbook(years))
        projection = project(self.found.received)
        return self._edits(lambda: workbook_of(projection)) if projection.years else []

    def _edits(self, as_made: Callable[[], bytes]) -> list[str]:
        assert self.found is not None
        try:
            return hand_edits(self.found, lambda: XlsxCells(as_made()))
        except UnreadableError as error:  # a sheet without inputs
            return [f"What was typed over formulas cannot be told: {error.found}. {error.remedy}"]


def open_source(
    path: Path, *, rounding: str | None = None, tax_method: str | None = None, password: str | None = None
) -> Opened:
    """Read a client with the notes on its source. Raises InputError with all that is wrong.

    `rounding` and `tax_method` win over the workbook or client.toml; `password` opens an encrypted workbook.
    """
    if not is_workbook(path):
        of_folder, places = open_folder(path, rounding=rounding, tax_method=tax_method)
        return Opened(of_folder, places=places)
    opened = open_workbook(path, read_file(path, password), rounding=rounding, tax_method=tax_method)
    return replace(opened, encrypted=password is not None and is_encrypted(read_bytes(path, WORKBOOK)))


def open_workbook(path: Path, found: ReadBack, *, rounding: str | None = None, tax_method: str | None = None) -> Opened:
    """The same of a workbook that is read already."""
    client = client_of(path, found, rounding=rounding, tax_method=tax_method, name=folder_name(path))
    return Opened(client, found.notes, found, SourcePlaces(workbook=path.name, rows=found.tables))


def read_source(path: Path, *, rounding: str | None = None, tax_method: str | None = None) -> Client:
    """Read a client: a folder, one CSV file of exercises, or a workbook of ours. Raises InputError."""
    return open_source(path, rounding=rounding, tax_method=tax_method).client


def source_name(path: Path, password: str | None = None) -> str:
    """What to call the client of a source: the name in it, else the folder's or the file's; never raises."""
    if not is_workbook(path):
        return folder_name(path)
    try:
        return read_file(path, password).settings["name"] or folder_name(path)
    except InputError:
        return folder_name(path)
