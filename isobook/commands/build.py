"""The command `isobook build`: the client's workbook."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import Annotated, Final

import typer

from workbook_templates.fill import workbook_of

from ..encryption import encrypted
from ..files.replacing import check_replaceable
from ..files.whole_file import write_whole
from ..sources import open_source
from ..sources.workbook_file import is_workbook
from ..words.forms import computed, show_conclusions, show_edits
from ..words.open_items import tell_open
from ..words.terminal import say, tell_folder
from .options import EncryptFlag, RoundingFlag, Source, TaxMethodFlag, password_in

_NUMBER: Final = re.compile(r"-[1-9][0-9]?$")  # of such a name; a year has more digits


def build(
    source: Source,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT.xlsx",
            help="The workbook. [default: SOURCE's name, in this folder; of a workbook NAME.xlsx the first free of "
            "NAME-2.xlsx, NAME-3.xlsx and so on, beside it]",
        ),
    ] = None,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: EncryptFlag = None,
) -> None:
    """Make the client's workbook.

    Each figure stands there with its form line, its law and a live formula. An older workbook of that name is
    replaced where nobody has worked in it; one that was typed in since, and any other file, stays, and nothing is made.
    """
    target = output or _default(source)
    _check_target(target, source)
    password = password_in(password_file)
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
    client = opened.client
    projection = computed(client)
    data = workbook_of(projection)
    edits = opened.all_notes()
    check_replaceable(target, data, password)
    done = "Replaced" if target.exists() else "Made"
    folder = write_whole(target, encrypted(data, password) if password else data)
    years = list(projection.years)
    say(f"{done} {target}: {client.name}, {years[0]}{f' to {years[-1]}' if len(years) > 1 else ''}")
    tell_folder(folder)
    show_conclusions(projection, opened.places.said)
    tell_open(projection)
    show_edits(edits)


def _default(source: Path) -> Path:
    """In this folder under the source's name; of a workbook a new file beside it, never over one that is there."""
    if not is_workbook(source):
        return Path(f"{source.resolve().name if source.is_dir() else source.stem}.xlsx")
    before = source.with_stem(_NUMBER.sub("", source.stem))
    stem = before.stem if before.exists() else source.stem
    names = (source.with_name(f"{stem}-{number}.xlsx") for number in count(2))
    return next(name for name in names if not name.exists() and not name.is_symlink())


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
