"""The command `isobook report`: one PDF to read and print, with the filled official forms behind it where wanted."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from engine import InputError, Problem
from engine.clients.projection import Projection
from papers.official import ClientPapers, official_forms
from papers.page.reading import EXTRA

from ...encryption import read_password
from ...files.sealed_pdf import check_pdf_replaceable, sealed
from ...files.whole_file import write_whole
from ...sources import open_source
from ...words.forms import computed, show_edits
from ...words.open_items import tell_open
from ...words.terminal import complain, say, tell_folder
from ..options import EncryptFlag, RoundingFlag, Source, TaxMethodFlag, password_in
from .blank_forms import BLANK, TaxpayerFile, taxpayer_in, usable_forms

LIBRARIES: Final = ("reportlab", "font_roboto", "pypdf")
LOCKED: Final = "It opens with the password alone."
SHORTER: Final = "Take a shorter one: it is for the PDF alone."
SHORTER_FOR_BOTH: Final = "Give the workbook a shorter one in Excel first: report opens and encrypts with the same."


def report(
    source: Source,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.pdf", help="The report.")],
    blank: Annotated[
        Path | None,
        typer.Option(
            BLANK,
            metavar="FOLDER",
            help="Where blank fillable forms are: they follow the report, filled. [default: none]",
        ),
    ] = None,
    taxpayer: TaxpayerFile = None,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: EncryptFlag = None,
) -> None:
    """Make a report to read and print: one PDF.

    Summary with its chart, open items, exercises and sales, the forms line by line with the years side by side, the
    credit from year to year, notes. An older report of that name is replaced; a PDF that was changed since, and any
    other file, stays, and nothing is made.
    """
    _check_target(output)
    if not all(find_spec(name) for name in LIBRARIES):
        complain(f"The PDF libraries are not installed. {EXTRA}")
        raise typer.Exit(1)
    password = _password(source, password_file)
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
    projection = computed(opened.client)
    forms = _filled(projection, blank, taxpayer)
    forms = replace(forms, notes=[opened.places.said(note) for note in forms.notes])
    data, lost = _made(projection, forms)
    if password and password_file:
        data = _locked(data, password, password_file, SHORTER_FOR_BOTH if opened.encrypted else SHORTER)
    data = sealed(data)
    check_pdf_replaceable(output, data)
    done = "Replaced" if output.exists() else "Made"
    folder = write_whole(output, data)
    years = list(projection.years)
    say(f"{done} {output}: {opened.client.name}, {years[0]}{f' to {years[-1]}' if len(years) > 1 else ''}")
    tell_folder(folder)
    if password:
        say(f"  {LOCKED}")
    for note in forms.notes:
        say(f"  {note}")
    if lost:
        complain(lost)
    tell_open(projection)
    show_edits(opened.all_notes())


def _check_target(target: Path) -> None:
    if target.suffix.lower() != ".pdf":
        raise typer.BadParameter(f"{target} is no name for a PDF: end it in .pdf.", param_hint="-o")
    if target.exists() and not target.is_file():
        raise typer.BadParameter(f"{target} is no file: name the report.", param_hint="-o")


def _password(source: Path, file: Path | None) -> str | None:
    """The password of the option; to open a workbook takes a library that a PDF does not need."""
    return password_in(file) if file is None or source.is_file() else read_password(file)


def _filled(projection: Projection, blank: Path | None, taxpayer: Path | None) -> ClientPapers:
    """The forms that follow, drawn flat; none without a folder of blank ones."""
    if blank is None:
        if taxpayer is not None:
            raise typer.BadParameter(f"It is for the forms of {BLANK}: name their folder too.", param_hint="--taxpayer")
        return ClientPapers()
    person = taxpayer_in(taxpayer)
    return official_forms(projection, usable_forms(blank), person, flat=True)


def _made(projection: Projection, forms: ClientPapers) -> tuple[bytes, str]:
    """The bytes of the PDF, and what is to be said of characters that it could not show."""
    from papers.report.attached import with_forms
    from papers.report.client_report import report_of
    from papers.typesetting.fonts import told_lost

    made = report_of(projection, forms.notes)
    return with_forms(made.data, forms.files), told_lost(made.lost)


def _locked(data: bytes, password: str, file: Path, shorter: str) -> bytes:
    """The PDF under the password of a file; `shorter` is the remedy for one that is too long."""
    from papers.report.attached import PasswordTooLongError, encrypted_pdf

    try:
        return encrypted_pdf(data, password)
    except PasswordTooLongError as error:
        raise InputError([Problem(file.name, None, "", str(error), "a password that PDF takes", shorter)]) from None
