"""The command `isobook roll`: the next year's workbook, and what the old one said against what is computed now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from engine import Projection, project
from engine.language.roles import Role
from workbook_templates.fill import workbook_of
from workbook_templates.read_back import ReadBack

from ..encryption import encrypted
from ..files.whole_file import write_whole
from ..sources import open_source
from ..starter.next_year import CannotRollError, next_name, rolled
from ..words.earlier_figures import Then, compare_then, show_then, then_csv, then_text
from ..words.forms import computed, losses_carried, show_edits, shown_amount
from ..words.terminal import say, tell_folder
from .options import EncryptFlag, Source, password_in

REPORTS: Final = (".csv", ".txt")


def roll(
    source: Source,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help="The tax year to add. [default: the one after the last]")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="OUT.xlsx", help="The workbook. [default: SOURCE-YEAR.xlsx, in this folder]"
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the comparison with the old workbook: .csv (every line) or .txt."),
    ] = None,
    password_file: EncryptFlag = None,
) -> None:
    """Make the next year's workbook.

    The years so far stay; the new one is empty but for what they carry into it. If SOURCE is a workbook, what it said
    is compared with what this version computes. No file is ever replaced.
    """
    password = password_in(password_file)
    opened = open_source(source, password=password)
    old = computed(opened.client)
    try:
        client = rolled(old, year)
    except CannotRollError as error:
        raise typer.BadParameter(str(error), param_hint="--year") from None
    new = client.returns[-1].tax_year
    target = output or next_name(source, new)
    _check(target, (".xlsx",), "-o")
    if report:
        _check(report, REPORTS, "--report")
        if opened.with_figures is None:
            raise typer.BadParameter(f"{source} has no old figures of forms.", param_hint="--report")
    projection = project(client)
    data = workbook_of(projection)
    found = opened.with_figures
    then = compare_then(found, old) if found else []
    if report and found:
        _write(report, source.name, found, then)  # first: where it cannot be written, nothing is made
    folder = write_whole(target, encrypted(data, password) if password else data)
    say(f"Made {target}: {client.name}, {min(projection.years)} to {max(projection.years)}")
    tell_folder(folder)
    _tell_what_to_do(source, projection, new)
    show_edits(opened.all_notes())
    if found:
        show_then(source.name, found, then)
    if report:
        say(f"Made {report}")


def _check(path: Path, endings: tuple[str, ...], option: str) -> None:
    """Refuse what would not open, and to replace anything: what is there may hold what was typed."""
    if path.suffix.lower() not in endings:
        raise typer.BadParameter(f"{path}: end the name in {' or '.join(endings)}.", param_hint=option)
    if path.exists() or path.is_symlink():
        remedy = f"Give another name with {option}, or move it away."
        raise typer.BadParameter(f"{path} is there already, and is not replaced. {remedy}", param_hint=option)


def _write(report: Path, name: str, found: ReadBack, then: Sequence[Then]) -> None:
    text = then_csv(then) if report.suffix.lower() == ".csv" else then_text(name, found, then)
    write_whole(report, text.encode("utf-8-sig", "replace"))


def _tell_what_to_do(source: Path, projection: Projection, year: int) -> None:
    """What the new year has from those before it, and what it needs."""
    before, new = projection.years.get(year - 1), projection.years[year]
    needs = ", ".join(new.missing).replace("_", " ")
    say(f"  {year} needs {needs}: fill in its yellow cells on Inputs, and new exercises and sales on their sheets.")
    if before and before.ready and before.final:
        credit = shown_amount(new.figure(Role.CREDIT_AVAILABLE))
        say(f"  Carried into {year}, live: credit available ${credit}; capital losses {losses_carried(before)}")
    else:
        say(f"  What is carried into {year} follows once {year - 1} and the years before it are ready.")
    if source.is_dir():
        say(f"  To go on in {source} as well, add a row to returns.csv: tax_year {year}, the other columns blank.")
