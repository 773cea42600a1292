"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
