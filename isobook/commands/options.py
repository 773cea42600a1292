"""Arguments and options that several commands take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.clients.projection import Projection
from engine.filing import YEARS
from engine.records import Rounding, TaxMethod

from ..encryption import NOT_INSTALLED, OPTION, can_encrypt, read_password

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
_IN_FIRST_LINE: Final = "the password in the first line of this file."
PasswordFlag = Annotated[
    Path | None, typer.Option(OPTION, metavar="FILE", help=f"Open an encrypted workbook with {_IN_FIRST_LINE}")
]
EncryptFlag = Annotated[
    Path | None,
    typer.Option(
        OPTION,
        metavar="FILE",
        help=f"Encrypt what is made, and open what is encrypted of SOURCE, with {_IN_FIRST_LINE}",
    ),
]
NOT_ENCRYPTED: Final = "What was made is not under a password, as the workbook was."
_SPAN: Final = re.compile(r"([0-9]{4})(?:\s*(?:-|–|to)\s*([0-9]{4}))?")


def password_in(file: Path | None) -> str | None:
    """The password of the option, if it is given. Raises typer.BadParameter without the extra, and InputError."""
    if file is None:
        return None
    if not can_encrypt():
        raise typer.BadParameter(NOT_INSTALLED, param_hint=OPTION)
    return read_password(file)


def span_of_years(text: str) -> range:
    """The years of an option such as 2022-2025, or one year. Raises typer.BadParameter."""
    found = _SPAN.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not found or not YEARS[0] <= first <= last <= YEARS[-1]:
        told = f"{text!r} is no span of covered years: write two of {YEARS[0]} to {YEARS[-1]}, such as 2022-2025."
        raise typer.BadParameter(told, param_hint="--years")
    return range(first, last + 1)


def years_at_hand(projection: Projection, span: range | None) -> list[int]:
    """The years of a client within a span, or all. Raises typer.BadParameter where there is none."""
    found = [year for year in projection.years if span is None or year in span]
    if not found:
        has = list(projection.years)
        raise typer.BadParameter(f"SOURCE has the years {has[0]} to {has[-1]}.", param_hint="--years")
    return found
