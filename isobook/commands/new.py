"""The command `isobook new`: a folder for a new client."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..starter import make_folder
from ..words.terminal import say


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The client's folder; it is made if need be.")],
) -> None:
    """Make a folder for a new client.

    It gets empty tables to fill in, a list of what each column is, settings with remarks, and a small filled example.
    """
    for path in make_folder(folder):
        say(f"Made {path}")
    say(
        "Fill in exercises.csv (one row for each Form 3921 or 3922), sales.csv and returns.csv (one for each tax year)."
    )
    say(f"What each column is: {folder / 'columns.txt'}. Columns that you do not need may stay empty or be deleted.")
    say(f"Then: isobook check {folder}, and isobook build {folder}.")
