"""A comparison in words and tables for a reviewer, and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, Final, NamedTuple

from engine import Projection
from engine.language.money import rounded

from ..comparison import ComparedFigure, Comparison, RecordChange
from .forms import shown_amount
from .terminal import TableSection, TextRow, say, show

HEADS: Final = ("A", "B", "B less A")
UNKNOWN: Final = "–"
LONGEST: Final = 40  # characters of a text in a table; JSON has all of it


class Side(NamedTuple):
    """A source as it was given, its figures, and what is to be said of reading it."""

    source: str
    projection: Projection
    notes: Sequence[str]


def show_comparison(found: Comparison, sides: Sequence[Side]) -> None:
    """Print what differs, what matters first: settings, years, what was typed, results, then all other lines."""
    for name, side in zip("AB", sides, strict=True):
        say(f"{name}  {side.source}: {_who(side.projection)}")
        for note in side.notes:
            say(f"   {note}")
    say(_verdict(found))
    for words in _settings(found):
        say(words)
    if not found.same:
        show([*_inputs(found), *_results(found)], HEADS)


def _who(projection: Projection) -> str:
    years = list(projection.years)
    return f"{projection.client.name}, {years[0]}{f' to {years[-1]}' if len(years) > 1 else ''}"


def _verdict(found: Comparison) -> str:
    compared = f"{found.compared:,} lines of the forms compared"
    if found.same:
        return f"No difference: {compared}, and everything that was typed."
    if not found.figures and not found.lots:
        return f"No figure differs: {compared}. What was typed, set or is ready differs."
    count = len(found.figures)
    return f"{count:,} line{' differs' if count == 1 else 's differ'}: {compared}."


def _settings(found: Comparison) -> Iterator[str]:
    for name, a, b in found.settings:
        yield f"Settings differ: {name} is {a} in A and {b} in B, so that lines differ for that alone."
        yield f"  --{name.replace('_', '-')} {a} figures both alike."


def _inputs(found: Comparison) -> Iterator[TableSection]:
    """The years, then every row that was added, removed or changed, by table."""
    yield TableSection("Years", [(str(year), "", a, b, "") for year, a, b in found.years])
    for table, changes in groupby(found.records, key=lambda change: change.table):
        yield TableSection(f"Typed: {table}", [row for change in changes for row in _changed(change)])


def _changed(change: RecordChange) -> Iterator[TextRow]:
    if change.change != "changed":
        yield change.row, change.change, "", "", ""
    blank_a, blank_b = ("" if change.change == absent else "blank" for absent in ("added", "removed"))
    for column, a, b in change.values:
        yield change.row, column, words_of(a, blank_a), words_of(b, blank_b), _less(a, b)


def _results(found: Comparison) -> Iterator[TableSection]:
    """The lines of the forms, then lots and sales."""
    yield from figure_sections(found.figures)
    for table, lots in groupby(found.lots, key=lambda lot: lot.table):
        rows = [(lot.row, lot.label, words_of(lot.a), words_of(lot.b), _less(lot.a, lot.b)) for lot in lots]
        yield TableSection({"exercises": "Lots", "sales": "Sales"}[table], rows)


def figure_sections(figures: Sequence[ComparedFigure]) -> Iterator[TableSection]:
    """The key lines of all years, then every other line by year and form."""
    yield TableSection("Results", [(_place(each), each.label, *_amounts(each)) for each in figures if each.is_key])
    others = (each for each in figures if not each.is_key)
    for (year, title), same_form in groupby(others, key=lambda each: (each.year, each.title)):
        yield TableSection(f"{title}, {year}", [(each.number, each.label, *_amounts(each)) for each in same_form])


def _place(figure: ComparedFigure) -> str:
    return f"{figure.year} {figure.title.removeprefix('Form ')} {figure.number}".rstrip()


def _amounts(figure: ComparedFigure) -> tuple[str, str, str]:
    return words_of(figure.a, UNKNOWN), words_of(figure.b, UNKNOWN), _less(figure.a, figure.b)


def _less(a: Any, b: Any) -> str:
    """B less A, where both are numbers."""
    return words_of(b - a) if isinstance(a, Decimal) and isinstance(b, Decimal) else ""


def words_of(value: Any, blank: str = "blank") -> str:
    """A value as a reader sees it: dollars and shares with commas, days as YYYY-MM-DD, yes or no."""
    if value is None or value == "":
        return blank
    if isinstance(value, Decimal):
        cents = rounded(value, 2) if value == rounded(value, 2) else value.normalize()
        return shown_amount(rounded(value) if cents == rounded(value) else cents)
    words = plain(value)
    assert words is not None
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def plain(value: Any) -> str | None:
    """A value as text for a program: decimal dollars, YYYY-MM-DD, yes or no, 3:2."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return f"{value.numerator}:{value.denominator}"
    return value.isoformat() if isinstance(value, date) else str(value)


def comparison_json(found: Comparison, sides: Sequence[Side]) -> str:
    """Everything that differs; amounts are decimal text in dollars, null where that source does not know the line."""
    data = {
        **{name: _source(side) for name, side in zip("ab", sides, strict=True)},
        "same": found.same,
        "compared": found.compared,
        "settings": [{"setting": name, "a": a, "b": b} for name, a, b in found.settings],
        "years": [each._asdict() for each in found.years],
        "records": [_record(change) for change in found.records],
        "figures": [_figure(figure) for figure in found.figures],
        "lots": [
            {**lot._asdict(), "a": plain(lot.a), "b": plain(lot.b), "difference": _plain_less(lot.a, lot.b)}
            for lot in found.lots
        ],
    }
    return json.dumps(data, indent=2)


def _source(side: Side) -> dict[str, Any]:
    client = side.projection.client
    settings = {"rounding": client.rounding, "tax_method": client.tax_method}
    years = list(side.projection.years)
    return {"source": side.source, "name": client.name, "years": years, **settings, "notes": list(side.notes)}


def _record(change: RecordChange) -> dict[str, Any]:
    columns = {column: {"a": plain(a), "b": plain(b)} for column, a, b in change.values}
    return {"table": change.table, "row": change.row, "change": change.change, "columns": columns}


def _figure(figure: ComparedFigure) -> dict[str, Any]:
    place = {"year": figure.year, "form": figure.card.key, "line": figure.line, "label": figure.label}
    if isinstance(figure.a, bool) or isinstance(figure.b, bool):
        return {**place, "a": figure.a, "b": figure.b, "difference": None}
    return {**place, "a": plain(figure.a), "b": plain(figure.b), "difference": plain(figure.difference)}


def _plain_less(a: Any, b: Any) -> str | None:
    return plain(b - a) if isinstance(a, Decimal) and isinstance(b, Decimal) else None
