"""The command `isobook plan`: its options and how they are read. What is wrong with the input is told by `cli.py`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Final

import typer

from engine.clients.planning import ExercisableGrant, in_cents
from engine.records.cells import CellError, not_negative

from ..sources import open_source
from ..words.forms import show_edits
from ..words.plan import show_plan
from ..words.plan_figures import Questions, UnknownYearError, plan_json, planned
from ..words.terminal import complain
from .options import PasswordFlag, RoundingFlag, Source, TaxMethodFlag, password_in

GRANT: Final = "NAME,SHARES,PRICE,VALUE"


def dollars_per_share(text: str) -> Decimal:
    """An amount of an option, such as 12.50."""
    try:
        return not_negative(text)
    except CellError:
        raise typer.BadParameter(f"{text} is no amount in dollars per share, such as 12.50.") from None


def grants_of(texts: Sequence[str]) -> list[ExercisableGrant]:
    """The grants of --grant, each "name,shares,price,value"."""
    grants = [_grant(text) for text in texts]
    names = [grant.name for grant in grants]
    for name in names:
        if names.count(name) > 1:
            raise typer.BadParameter(f"{name} is given twice: name each grant once.", param_hint="--grant")
    return grants


def _grant(text: str) -> ExercisableGrant:
    name, *numbers = (part.strip() for part in text.split(","))
    try:
        shares, price, fmv = map(not_negative, numbers)
    except ValueError:  # a CellError is one
        expected = f"{GRANT}, such as G-1,1000,2.50,40 (numbers without thousands commas)"
        raise typer.BadParameter(f"{text!r} is no grant: write {expected}.", param_hint="--grant") from None
    return ExercisableGrant(name, shares, price, fmv)


def plan(
    source: Source,
    as_data: Annotated[bool, typer.Option("--json", help="For programs: every answer, as JSON.")] = False,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help="The year to decide in. [default: the open year]")
    ] = None,
    all_years: Annotated[bool, typer.Option("--all", help="Filed years too, after those that are not.")] = False,
    price: Annotated[
        Decimal | None,
        typer.Option(parser=dollars_per_share, metavar="DOLLARS", help="Exercise price of options not yet exercised."),
    ] = None,
    fmv: Annotated[
        Decimal | None, typer.Option(parser=dollars_per_share, metavar="DOLLARS", help="Their value per share.")
    ] = None,
    grant: Annotated[
        list[str] | None,
        typer.Option(metavar=GRANT, help="Options not yet exercised; once for each grant."),
    ] = None,
    sale_price: Annotated[
        Decimal | None,
        typer.Option(
            parser=dollars_per_share,
            metavar="DOLLARS",
            help="Price per share of a sale by December 31. [default: the value on Form 3921]",
        ),
    ] = None,
    later_price: Annotated[
        Decimal | None,
        typer.Option(
            parser=dollars_per_share, metavar="DOLLARS", help="Price per share once it qualifies. [default: the same]"
        ),
    ] = None,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: PasswordFlag = None,
) -> None:
    """Say how much more can be exercised, and whether to sell by December 31.

    The open year comes first: the last whose return_stage is open. Filed years are left out but for --all.
    Where AMT starts and the prior-year credit shrinks, in dollars and in shares; each lot of the year kept or sold; the
    AMT loss and the credit that are left. Computed in cents.
    """
    if (price is None) != (fmv is None):
        raise typer.BadParameter("give both: the price and the value per share.", param_hint="--price, --fmv")
    asked = Questions(year, price, fmv, grants_of(grant or []), sale_price, later_price)
    password = password_in(password_file)
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
    exact = in_cents(opened.client).need_years()
    show_edits(opened.notes, complain)
    try:
        answers = planned(exact, asked, opened.where_returns)
    except UnknownYearError as error:
        raise typer.BadParameter(str(error), param_hint="--year") from None
    if as_data:
        typer.echo(plan_json(answers))
    else:
        show_plan(answers, all_years=all_years)
