"""Arguments and options that several commands take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.filing import YEARS
from engine.records import Rounding, TaxMethod

Source = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE",
        help="The client's folder, one CSV file of exercises (Forms 3921), or a workbook that isobook made.",
    ),
]
RoundingFlag = Annotated[
    Rounding | None, typer.Option(help="Compute in whole dollars, as the forms allow, or in cents. [default: dollars]")
]
TaxMethodFlag = Annotated[
    TaxMethod | None,
    typer.Option(help="Regular tax below 100,000: by the Tax Table, or by the rate schedules. [default: table]"),
]
_SPAN: Final = re.compile(r"([0-9]{4})(?:\s*(?:-|–|to)\s*([0-9]{4}))?")


def span_of_years(text: str) -> range:
    """The years of an option such as 2022-2025, or one year. Raises typer.BadParameter."""
    found = _SPAN.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not found or not YEARS[0] <= first <= last <= YEARS[-1]:
        told = f"{text!r} is no span of covered years: write two of {YEARS[0]} to {YEARS[-1]}, such as 2022-2025."
        raise typer.BadParameter(told, param_hint="--years")
    return range(first, last + 1)
