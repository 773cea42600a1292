"""The blank forms that a command fills: where they are, which are used, and whose head is filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from papers.figures.taxpayer import EXAMPLE, Taxpayer, taxpayer_of
from papers.official import FormsAtHand, forms_at_hand
from papers.page.recognized import TITLES

from ...user_files import BLANK_FORM, read_bytes, read_toml
from ...words.terminal import complain

BLANK: Final = "--blank"
TaxpayerFile = Annotated[
    Path | None,
    typer.Option(metavar="TOML", help="A file with name and ssn for the head of the forms. [default: left blank]"),
]


def usable_forms(folder: Path) -> FormsAtHand:
    """The forms of a folder that were proven; what is not used is told. Ends the command where there is none."""
    at_hand = forms_at_hand(_blanks(folder))
    if at_hand.refused:
        complain("Not used:")
    for error in at_hand.refused:
        complain(f"  {error}")
    if at_hand.passed_over:
        complain(f"Passed over, none of {TITLES}: {', '.join(error.file for error in at_hand.passed_over)}")
    if not at_hand.maps:
        complain(f"{folder}: no usable form. Put the fillable {TITLES} from irs.gov/prior-year into it.")
        raise typer.Exit(1)
    return at_hand


def taxpayer_in(file: Path | None) -> Taxpayer:
    """Whose forms they are: the entries of the file, else nobody. Raises InputError."""
    return taxpayer_of(file.name, read_toml(file, EXAMPLE)) if file else Taxpayer()


def _blanks(folder: Path) -> dict[str, bytes]:
    """Every PDF of a folder and the folders in it, by its path from there."""
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder: name the one with the blank forms.", param_hint=BLANK)
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    return {path.relative_to(folder).as_posix(): read_bytes(path, BLANK_FORM) for path in paths}
