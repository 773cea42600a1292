"""The command `isobook build`: the client's workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook_templates.fill import workbook_of

from ..files.whole_file import write_whole
from ..sources import open_source
from ..words.forms import figured, show_conclusions, show_edits
from ..words.open_items import tell_open
from ..words.terminal import say
from .options import RoundingFlag, Source, TaxMethodFlag


def build(
    source: Source,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="OUT.xlsx", help="The workbook. [default: SOURCE's name, in this folder]"
        ),
    ] = None,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
) -> None:
    """Make the client's workbook.

    Each figure stands there with its form line, its law and a live formula. An older workbook of that name is replaced.
    """
    target = output or Path(f"{source.resolve().name if source.is_dir() else source.stem}.xlsx")
    _check_target(target, source)
    opened = open_source(source, rounding=rounding, tax_method=tax_method)
    client = opened.client
    projection = figured(client)
    data = workbook_of(projection)
    edits = opened.all_notes()
    done = "Replaced" if target.exists() else "Made"
    write_whole(target, data)
    years = list(projection.years)
    say(f"{done} {target}: {client.name}, {years[0]}{f' to {years[-1]}' if len(years) > 1 else ''}")
    show_conclusions(projection)
    tell_open(projection)
    show_edits(edits)


def _check_target(target: Path, source: Path) -> None:
    """Refuse a workbook that Excel would not open, and one that would take the place of a file of the source."""
    if target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{target} is no name for a workbook: end it in .xlsx.", param_hint="-o")
    if not target.exists():
        return
    if not target.is_file():
        raise typer.BadParameter(f"{target} is no file: name the workbook.", param_hint="-o")
    files = (
        [each for each in source.iterdir() if each.suffix.lower() in (".csv", ".toml")] if source.is_dir() else [source]
    )
    if any(each.exists() and each.samefile(target) for each in files):
        raise typer.BadParameter(f"{target} is a file of SOURCE: give another name.", param_hint="-o")
