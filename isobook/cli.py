"""The command `isobook`: from a client's files to workbooks and forms. Errors become words and exit codes here."""

from __future__ import annotations

import errno
import sys
from importlib.metadata import version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from engine import InputError

from .commands.addin import app as addin_app
from .commands.batch import batch
from .commands.build import build
from .commands.check import check
from .commands.diff import diff
from .commands.export import export
from .commands.forms import explain, forms
from .commands.import_files import import_files
from .commands.new import new
from .commands.papers.letter import letter
from .commands.papers.official import official
from .commands.papers.report import report
from .commands.plan import plan
from .commands.roll import roll
from .files.whole_file import CannotWriteError
from .words.terminal import complain, say

WRITING: Final = ("build", "roll", "batch", "import", "export", "official", "report", "letter")
WRONG_USE: Final[type[Exception]] = typer.BadParameter.__mro__[1]  # of the library, which gives it no public name
DIVIDED: Final = "Got unexpected extra argument"
QUOTED: Final = 'A name with a space in it is typed in quotation marks: "Kim Lee.xlsx".'
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
        except WRONG_USE as error:
            if (told := str(getattr(error, "message", ""))).startswith(DIVIDED):
                error.message = f"{told}. {QUOTED}"  # type: ignore[attr-defined]
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

    isobook new NAME.xlsx makes a workbook to fill in, isobook new FOLDER files to fill in; isobook build makes the
    full workbook of either.
    """


app.command()(build)
app.command()(forms)
app.command()(explain)
app.command()(check)
app.command()(new)
app.command()(plan)
app.command()(diff)
app.command()(roll)
app.command()(batch)
app.command("import")(import_files)
app.command()(export)
app.command()(official)
app.command()(report)
app.command()(letter)
app.add_typer(addin_app, name="addin")


def main() -> None:
    """Run the command; a character that the terminal's encoding lacks is shown as `?`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="isobook")
