"""The commands `isobook forms` and `isobook explain`: the lines of the forms, and why one is what it is."""

from __future__ import annotations

from typing import Annotated

import typer

from ..sources import open_source
from ..words.explanation import UnknownLineError, explained, form_names
from ..words.forms import figured, show_edits, show_forms
from ..words.forms_json import as_json
from ..words.terminal import complain, say
from .options import RoundingFlag, Source, TaxMethodFlag


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


def explain(
    source: Source,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The tax year, such as 2025.")],
    form: Annotated[str, typer.Argument(metavar="FORM", help=f"One of {form_names()}.")],
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
