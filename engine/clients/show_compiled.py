"""The command `python -m engine.readings.show`: the Python function that is run for lines of a year."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from ..federal.years import forms_of
from ..filing import YEARS
from ..language.lines import Line
from ..readings.amounts import AMOUNTS
from ..readings.compiled.dialect import Dialect
from ..readings.show import runnable
from .partial import lines_for


class UnknownError(ValueError):
    """A year or a line that there is not; the message says what there is."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the function. Ends with 2 and words on the error stream where a year or a line is not known."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        sys.stdout.write(shown(asked))
    except UnknownError as error:
        parser.error(str(error))


def shown(asked: Namespace) -> str:
    """The text of the function. Raises UnknownError."""
    year = _year(asked.year)
    for key in (*asked.lines, *asked.given):
        _line(year, asked.first, key)
    for key in asked.lines:
        if key in asked.given or _line(year, asked.first, key).expression is None:
            raise UnknownError(f"{key} is {'given' if key in asked.given else 'an entry'}: nothing is computed for it")
    lines = lines_for(year, asked.lines, asked.given, first=asked.first)
    return runnable(lines, _dialect(asked), None if asked.workings else asked.lines)


def _dialect(asked: Namespace) -> Dialect:
    if not asked.arrays:
        return AMOUNTS
    from ..readings.arrays import ARRAYS  # which alone needs NumPy

    return ARRAYS


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m engine.readings.show", description=__doc__)
    parser.add_argument("year", metavar="YEAR", help=f"a tax year from {YEARS[0]} to {YEARS[-1]}")
    parser.add_argument("lines", metavar="LINE", nargs="+", help="a line with its form, such as f6251.11")
    parser.add_argument("--given", metavar="LINE", nargs="+", default=[], help="lines that the caller knows")
    parser.add_argument("--first", action="store_true", help="the first year of a file: no year is before it")
    parser.add_argument("--arrays", action="store_true", help="for many returns at once, as NumPy arrays")
    parser.add_argument("--workings", action="store_true", help="give every line that leads to those asked for")
    return parser


def _year(typed: str) -> int:
    if typed not in map(str, YEARS):
        raise UnknownError(f"{typed!r} is no tax year that is covered: there are {YEARS[0]} to {YEARS[-1]}")
    return int(typed)


def _line(year: int, first: bool, key: str) -> Line:
    """Find a line by its key."""
    sheet, _, number = key.partition(".")
    forms = forms_of(year, first).forms
    if sheet not in forms:
        raise UnknownError(f"{year} has no form {sheet!r}: there are {', '.join(forms)}; a line is written f6251.11")
    lines = {line.leaf.line: line for line in forms[sheet].lines}
    if number not in lines:
        raise UnknownError(f"{sheet} of {year} has no line {number!r}: there are {', '.join(map(repr, lines))}")
    return lines[number]


if __name__ == "__main__":
    main()
