"""The command `isobook new`: a folder for a new client, or an intake workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.filing import YEARS
from workbook_templates.intake import intake_workbook

from ..files.whole_file import write_whole
from ..starter import make_folder
from ..words.terminal import say, tell_folder, typed
from .options import span_of_years

USUAL: Final = 4  # years of an intake workbook, the current one included


def new(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|NAME.xlsx",
            help="The client's folder, which is made if need be; or an intake workbook, by a name that ends in .xlsx.",
        ),
    ],
    years: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST-LAST",
            help="The tax years of an intake workbook, such as 2022-2025. [default: the last four to the current one]",
        ),
    ] = None,
) -> None:
    """Make a folder or an intake workbook for a new client.

    A folder gets empty tables to fill in, a list of what each column is, settings with remarks, and a small filled
    example. An intake workbook is filled in with Excel alone, by you or your client; every command takes it as SOURCE.
    """
    if target.suffix.lower() == ".xlsx":
        _make_workbook(target, _covered(years))
    elif years:
        raise typer.BadParameter("a folder has no years: name a workbook, such as client.xlsx.", param_hint="--years")
    else:
        _make_folder(target)


def _make_folder(folder: Path) -> None:
    for path in make_folder(folder):
        say(f"Made {path}")
    say(
        "Fill in exercises.csv (one row for each Form 3921 or 3922), sales.csv and returns.csv (one for each tax year)."
    )
    say(f"What each column is: {folder / 'columns.txt'}. Columns that you do not need may stay empty or be deleted.")
    say(f"Then: isobook check {typed(folder)}, and isobook build {typed(folder)}.")


def _make_workbook(target: Path, years: range) -> None:
    if target.exists() or target.is_symlink():
        told = f"{target} is there already, and is not replaced. Give another name, or move it away."
        raise typer.BadParameter(told, param_hint="NAME.xlsx")
    folder = write_whole(target, intake_workbook(years))
    say(f"Made {target}: an intake workbook for {years[0]} to {years[-1]}")
    tell_folder(folder)
    say("Fill in its yellow cells, or send it to your client: the sheet Start here says what goes where.")
    say(f"Then: isobook check {typed(target)}, and isobook build {typed(target)}.")


def _covered(text: str | None) -> range:
    """The years asked for; without any the last ones through the current year, as far as they are covered."""
    if text is None:
        last = min(max(date.today().year, YEARS[0]), YEARS[-1])
        return range(max(last - USUAL + 1, YEARS[0]), last + 1)
    return span_of_years(text)
