"""The command `isobook official`: the IRS's own forms, downloaded by the user, with the client's figures in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from papers.official import ClientPapers, official_forms

from ...files.whole_file import write_new
from ...sources import open_source
from ...words.forms import computed, show_edits
from ...words.open_items import tell_open
from ...words.terminal import complain, say
from ..options import (
    NOT_ENCRYPTED,
    PasswordFlag,
    RoundingFlag,
    Source,
    TaxMethodFlag,
    password_in,
    span_of_years,
    years_at_hand,
)
from .blank_forms import BLANK, TaxpayerFile, taxpayer_in, usable_forms

COVER_NOTE: Final = "cover-note.txt"


def official(
    source: Source,
    blank: Annotated[
        Path,
        typer.Option(
            BLANK, metavar="FOLDER", help="Where the blank fillable forms are, as downloaded from irs.gov/prior-year."
        ),
    ],
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUTFOLDER", help="Where the filled forms go; made if need be.")
    ],
    years: Annotated[
        str | None,
        typer.Option(metavar="FIRST-LAST", help="The tax years, such as 2023-2025, or one. [default: all of SOURCE]"),
    ] = None,
    flatten: Annotated[
        bool, typer.Option("--flatten", help="Draw the figures into the pages: no box can be changed after.")
    ] = False,
    taxpayer: TaxpayerFile = None,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: PasswordFlag = None,
) -> None:
    """Fill the IRS's own forms.

    Forms 6251, 8801, 8949 and Schedule D, one file for each form and year. Form and year are read from the printed
    page, whatever the file is called, and each box is found by its place. A file whose boxes are not all where they
    must be is refused with the reason. No file is ever replaced.
    """
    span = span_of_years(years) if years else None
    password = password_in(password_file)
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
    projection = computed(opened.client)
    wanted = years_at_hand(projection, span)
    person = taxpayer_in(taxpayer)
    made = official_forms(projection, usable_forms(blank), person, years=wanted, flat=flatten)
    _write(folder, replace(made, notes=[opened.places.said(note) for note in made.notes]))
    if opened.encrypted and made.files:
        say(f"  {NOT_ENCRYPTED}")
    tell_open(projection)
    show_edits(opened.all_notes())
    if not made.files:
        raise typer.Exit(1)


def _write(folder: Path, made: ClientPapers) -> None:
    """Write all files, or none where one is there already with something else in it; then say what is to be known."""
    files = dict(made.files)
    if made.files and made.notes:
        files[COVER_NOTE] = "".join(f"{line}\n" for line in _cover_note(made)).encode()
    for path in write_new(folder, files):
        say(f"Made {path}")
    if not made.files:
        complain("No form was filled.")
    for note in made.notes:
        say(f"  {note}")


def _cover_note(made: ClientPapers) -> Iterator[str]:
    yield "Before these forms are filed:"
    yield from (f"- {note}" for note in made.notes)
    yield "This is not tax advice."
