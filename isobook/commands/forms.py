"""The commands `isobook forms` and `isobook explain`: the lines of the forms, and why one is what it is."""

from __future__ import annotations

from typing import Annotated

import typer

from ..sources import open_source
from ..words.explanations import lines, records
from ..words.explanations.explained import UnknownLineError, as_text
from ..words.explanations.explained import as_json as explained_as_json
from ..words.forms import computed, show_edits, show_forms
from ..words.forms_json import as_json
from ..words.open_items import tell_open
from ..words.terminal import complain, say
from .options import PasswordFlag, RoundingFlag, Source, TaxMethodFlag, password_in


def forms(
    source: Source,
    as_data: Annotated[bool, typer.Option("--json", help="For programs: every line, as JSON.")] = False,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: PasswordFlag = None,
) -> None:
    """Show Forms 6251 and 8801 for each year.

    The lines that are not 0, what each exercise adds, and whether the form must be attached to the return.
    """
    password = password_in(password_file)
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
    projection = computed(opened.client)
    if as_data:
        typer.echo(as_json(projection, opened.places))
    else:
        show_forms(projection)
        tell_open(projection)
    show_edits(opened.all_notes(), complain if as_data else say)


def explain(
    source: Source,
    year: Annotated[
        int, typer.Argument(metavar="YEAR", help="The tax year, such as 2025; of Form 8801 also the year after.")
    ],
    form: Annotated[
        str, typer.Argument(metavar="FORM", help=f"One of {lines.form_names()}; or lot, or sale, for a record.")
    ],
    line: Annotated[
        str, typer.Argument(metavar="LINE", help="The line, such as 2i or 11; of a lot or sale the exercise_id.")
    ],
    as_data: Annotated[bool, typer.Option("--json", help="For programs: the same, as JSON.")] = False,
    depth: Annotated[int, typer.Option(min=0, max=40, help="How many levels of lines behind it to show.")] = 1,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: PasswordFlag = None,
) -> None:
    """Say why a line is what it is.

    The rule in words, the numbers put in, the authority, and the records and lines it comes from. Of a lot or a sale
    each column, and the lines that it goes into.
    """
    password = password_in(password_file)
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
    projection = computed(opened.client)
    show_edits(opened.notes, complain)
    try:
        if record := records.kind_of(form):
            found = records.explained(projection, year, record, line)
        else:
            found = lines.explained(projection, year, form, line, depth)
    except UnknownLineError as error:
        raise typer.BadParameter(str(error)) from None
    if as_data:
        typer.echo(explained_as_json(found))
    else:
        for words in as_text(found):
            say(words)
