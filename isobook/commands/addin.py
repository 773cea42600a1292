"""`isobook addin …`: the worksheet functions for Excel and LibreOffice Calc, and their reference.

The add-in is imported by the commands that need it: its NumPy would delay every other command.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from ..files.whole_file import write_whole
from ..words.terminal import complain, say

HOME_FOLDER: Final = "isobook-addin"
WORKBOOK: Final = "isobook.xlam"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The functions ISO_ADJ, TMT, AMT and more, in your own worksheets.",
)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write; it is made if need be.")]
Python = Annotated[
    str | None, typer.Option("--python", help="The python.exe that Excel is to start. [default: this one, on Windows]")
]


@app.command("files")
def files(folder: Folder, python: Python = None) -> None:
    """Write the add-in workbook, its VBA, settings and guides for Excel, on any system."""
    for path in _write(folder, python):
        say(f"Made {path}")
    say(f"Next: {folder / 'worksheet-excel.md'}")


@app.command("install")
def install(python: Python = None) -> None:
    """On Windows: put the add-in workbook into Excel's start folder, and all files beside a guide."""
    if platform.system() != "Windows":
        complain(
            "Excel's start folder is on Windows: run this there, or write the files with isobook addin files FOLDER."
        )
        raise typer.Exit(2)
    folder = Path.home() / HOME_FOLDER
    _write(folder, python)
    start = Path(os.environ["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART" / WORKBOOK
    write_whole(start, (folder / WORKBOOK).read_bytes())
    say(f"Made {start}")
    say(f"Now import {folder / 'isobook_functions.bas'} into it: {folder / 'worksheet-excel.md'}, from step 3 on.")


@app.command("calc")
def calc(
    output: Annotated[Path, typer.Argument(metavar="OUT.oxt", help="The extension.")],
    packages: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="pydantic for LibreOffice's Python, if that is not this one.")
    ] = None,
) -> None:
    """Make the extension for LibreOffice Calc."""
    from addin.calc import TESTED, extension

    if output.suffix.lower() != ".oxt":
        raise typer.BadParameter(f"{output} is no name for an extension: end it in .oxt.", param_hint="OUT.oxt")
    try:
        data = extension(packages)
    except FileNotFoundError as error:
        raise typer.BadParameter(str(error), param_hint="--packages") from None
    write_whole(output, data)
    say(
        f"Made {output} for Python {sys.version_info.major}.{sys.version_info.minor}; tested with LibreOffice {TESTED}."
    )
    say("Add it in LibreOffice: Tools > Extension Manager > Add.")


@app.command("reference")
def reference() -> None:
    """Print the reference of all functions, in Markdown."""
    from addin.reference import markdown

    typer.echo(markdown(), nl=False)


def _write(folder: Path, python: str | None) -> list[Path]:
    from addin.install import WrongVersionError, addin_files

    try:
        made = addin_files(python)
    except WrongVersionError as error:
        complain(str(error))
        raise typer.Exit(1) from None
    for name, data in made.items():
        write_whole(folder / name, data)
    return [folder / name for name in made]
