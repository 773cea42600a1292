"""`isobook export --for`: files for tax software, written whole or not at all, and what they do not carry."""

from __future__ import annotations

from pathlib import Path

import typer

from ...files.whole_file import write_new
from ...sources.open_source import Opened
from ...tax_software.files_for import TaxSoftware, files_for
from ...words.forms import computed, show_edits
from ...words.open_items import tell_open
from ...words.terminal import complain, say
from ..options import NOT_ENCRYPTED, years_at_hand


def export_for(program: TaxSoftware, opened: Opened, folder: Path, span: range | None) -> None:
    """Write the files of a program for these years, by default all. Raises typer.Exit where there is none to write."""
    projection = computed(opened.client)
    made = files_for(program, projection, years_at_hand(projection, span))
    for path in write_new(folder, made.files):
        say(f"Made {path}")
    for note in made.notes:
        say(f"  {opened.places.said(note)}")
    if opened.encrypted and made.files:
        say(f"  {NOT_ENCRYPTED}")
    tell_open(projection)
    show_edits(opened.all_notes())
    if not made.files:
        complain("No file was made.")
        raise typer.Exit(1)
