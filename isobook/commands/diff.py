"""The command `isobook diff`: two sources compared for a reviewer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from engine import InputError
from engine.errors import Problem

from ..comparison import compare
from ..sources import open_source
from ..words.comparison import Side, comparison_json, show_comparison
from ..words.forms import computed
from .options import PasswordFlag, RoundingFlag, TaxMethodFlag, password_in

A = Annotated[Path, typer.Argument(metavar="A", help="The one source: a folder, a CSV of exercises or a workbook.")]
B = Annotated[Path, typer.Argument(metavar="B", help="The other one.")]


def diff(
    a: A,
    b: B,
    as_data: Annotated[bool, typer.Option("--json", help="For programs: everything that differs, as JSON.")] = False,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: PasswordFlag = None,
) -> None:
    """Compare two sources figure by figure.

    What was typed, then line 2i, AMT and credit, then every other line that differs. Both are computed by this version.
    """
    sides = sides_of((a, b), rounding, tax_method, password_in(password_file))
    found = compare(sides[0].projection, sides[1].projection)
    if as_data:
        typer.echo(comparison_json(found, sides))
    else:
        show_comparison(found, sides)


def sides_of(
    sources: tuple[Path, Path], rounding: str | None, tax_method: str | None, password: str | None = None
) -> list[Side]:
    """Both sources computed. Raises InputError with the problems of both, each with the source that it is in."""
    sides, problems = [], []
    for source in sources:
        try:
            opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password)
            sides.append(Side(str(source), computed(opened.client), opened.all_notes()))
        except InputError as error:
            problems += [_in_source(problem, source) for problem in error.problems]
    if problems:
        raise InputError(problems)
    return sides


def _in_source(problem: Problem, source: Path) -> Problem:
    inside = source.is_dir() and problem.file != str(source)
    return replace(problem, file=str(source / problem.file) if inside else str(source))
