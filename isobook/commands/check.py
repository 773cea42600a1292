"""The command `isobook check`: what was recognized, what is still needed, what deserves a look."""

from __future__ import annotations

from typing import Annotated

import typer

from ..sources import open_source
from ..words.earlier_figures import compare_then, show_then
from ..words.forms import computed, show_edits, show_exact_prices, show_limit, show_needs, show_notes
from ..words.open_items import presses, show_items
from ..words.recognized_columns import recognized
from ..words.terminal import say
from .options import PasswordFlag, Source, password_in


def check(
    source: Source,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where an item is missing or to confirm.")
    ] = False,
    password_file: PasswordFlag = None,
) -> None:
    """Check the client's files.

    Shows which columns were recognized, what each year still needs, the open items with whom to ask, and what deserves
    a look; of a workbook also whether its figures are those that this version computes.
    """
    opened = open_source(source, password=password_in(password_file))
    client = opened.client
    projection = computed(client)
    say(f"{client.name}: no problems.")
    for table in recognized(source, opened.found):
        say(f"  {table}")
    show_needs(projection, opened.where_returns)
    show_items(projection, opened.places)
    show_limit(projection)
    show_exact_prices(projection)
    show_notes(projection, opened.places.said)
    show_edits(opened.all_notes())
    if found := opened.with_figures:
        show_then(source.name, found, compare_then(found, projection))
    if strict and presses(projection):
        raise typer.Exit(1)
