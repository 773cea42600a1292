"""The command `isobook`: from a client's files to workbooks and forms. Errors become words and exit codes here."""

from __future__ import annotations

import errno
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from engine import InputError
from workbook_templates.fill import workbook

from .addin_command import app as addin_app
from .answers import FORM_NAMES, UnknownLineError, explained
from .batch_command import batch
from .diff_command import diff
from .export_command import export
from .flags import RoundingFlag, Source, TaxMethodFlag
from .import_command import import_files
from .old_figures import compare_then, show_then
from .plan_command import plan
from .recognised import recognised
from .report import (
    as_json,
    figured,
    show_conclusions,
    show_edits,
    show_exact_prices,
    show_forms,
    show_limit,
    show_needs,
    show_notes,
)
from .roll_command import roll
from .sources import open_source
from .starter import make_folder
from .terminal import complain, say
from .whole_file import CannotWriteError, write_whole

WRITING: Final = ("build", "roll", "batch", "import", "export")
LIBRARY_SAYS: Final = "Value error, "  # before each value that is none of those to choose from


class Commands(TyperGroup):
    """The commands; what is wrong with the input is listed on stderr, with exit code 1 and without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            count = len(error.problems)
            unwritten = ", and nothing was written" if ctx.invoked_subcommand in WRITING else ""
            complain(f"{count:,} problem{'' if count == 1 else 's'}{unwritten}:")
            for problem in error.problems:
                complain(f"  {problem}")
        except CannotWriteError as error:
            complain(str(error))
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(LIBRARY_SAYS)
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has enough: no error of ours
                raise
            complain(f"{error.filename or 'isobook'}: {error.strerror or error}. Check the path and its permissions.")
        raise typer.Exit(1)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        say(f"isobook {version('isobook')}")
        raise typer.Exit


@app.callback()
def _isobook(
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Incentive stock options and the AMT: Forms 6251 and 8801 from Forms 3921, in one workbook to review.

    isobook new FOLDER makes the files to fill in; isobook build FOLDER makes the workbook.
    """


@app.command()
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
    data = workbook(client)
    edits = opened.all_notes()
    done = "Replaced" if target.exists() else "Made"
    write_whole(target, data)
    years = list(projection.years)
    say(f"{done} {target}: {client.name}, {years[0]}{f' to {years[-1]}' if len(years) > 1 else ''}")
    show_conclusions(projection)
    show_edits(edits)


@app.command()
def forms(
    source: Source,
    as_data: Annotated[bool, typer.Option("--json", help="For programs: every line, as JSON.")] = False,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
) -> None:
    """Show Forms 6251 and 8801 for each year.

    The lines that are not 0, what each exercise adds, and whether the form must be attached to the return.
    """
    opened = open_source(source, rounding=rounding, tax_method=tax_method)
    projection = figured(opened.client)
    if as_data:
        typer.echo(as_json(projection))
    else:
        show_forms(projection)
    show_edits(opened.all_notes(), complain if as_data else say)


@app.command()
def explain(
    source: Source,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The tax year, such as 2025.")],
    form: Annotated[str, typer.Argument(metavar="FORM", help=f"One of {', '.join(FORM_NAMES)}.")],
    line: Annotated[str, typer.Argument(metavar="LINE", help="The line, such as 2i or 11.")],
    depth: Annotated[int, typer.Option(min=0, max=40, help="How many levels of lines behind it to show.")] = 1,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
) -> None:
    """Say why a line is what it is.

    The rule in words, the numbers put in, the authority, and the records and lines it comes from.
    """
    opened = open_source(source, rounding=rounding, tax_method=tax_method)
    projection = figured(opened.client)
    show_edits(opened.notes, complain)
    try:
        for words in explained(projection, year, form, line, depth):
            say(words)
    except UnknownLineError as error:
        raise typer.BadParameter(str(error)) from None


@app.command()
def check(source: Source) -> None:
    """Check the client's files.

    Shows which columns were recognised, what each year still needs, and what deserves a look; of a workbook also
    whether its figures are those that this version computes.
    """
    opened = open_source(source)
    client = opened.client
    projection = figured(client)
    say(f"{client.name}: no problems.")
    for table in recognised(source):
        say(f"  {table}")
    show_needs(projection, "on Inputs" if opened.found else "in returns.csv")
    show_limit(projection)
    show_exact_prices(projection)
    show_notes(projection)
    show_edits(opened.all_notes())
    if opened.found:
        show_then(source.name, opened.found, compare_then(opened.found, projection))


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The client's folder; it is made if need be.")],
) -> None:
    """Make a folder for a new client.

    It gets empty tables to fill in, a list of what each column is, settings with remarks, and a small filled example.
    """
    for path in make_folder(folder):
        say(f"Made {path}")
    say("Fill in exercises.csv (one row a Form 3921 or 3922), sales.csv and returns.csv (one row a tax year).")
    say(f"What each column is: {folder / 'columns.txt'}. Columns that you do not need may stay empty, or go.")
    say(f"Then: isobook check {folder}, and isobook build {folder}.")


app.command()(plan)
app.command()(diff)
app.command()(roll)
app.command()(batch)
app.command("import")(import_files)
app.command()(export)
app.add_typer(addin_app, name="addin")


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


def main() -> None:
    """Run the command; a character that the terminal's encoding lacks is shown as `?`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="isobook")
