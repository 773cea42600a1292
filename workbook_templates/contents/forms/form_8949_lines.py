"""Form 8949 of a year as the sheet shows it: a block for each box, with bar, sales and totals, and the walk to line 2k.

The n-th sale stands in the n-th place, in the order of part, box and row. Every place has room for the bar of a box
above it and for the totals of a box below it: which of them are shown is settled when the workbook is made. The lines
take the columns of Sales, which know the place of each sale, so that a sale typed later finds its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.federal.stock import form_8949, sale_gains, sales
from engine.federal.stock.boxes_of_8949 import BOXES, PARTS, Form8949Columns, FormBox, form_8949_columns
from engine.federal.years import forms_of
from engine.language.expressions import (
    FACES,
    Amount,
    Count,
    Flag,
    Some,
    Text,
    Value,
    count,
    join,
    pick,
    rounded,
    signed_dollars,
    sum_of,
    text,
    total,
    when,
)
from engine.language.form import Form
from engine.language.lines import MILLIONTH, ROUNDING, Line
from engine.language.nodes import Kind, Leaf
from engine.language.roles import Role
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines
from engine.systems import AMT, REGULAR, SYSTEMS, System

SHEET: Final = "form8949"
LETTERS: Final = "abcdefgh"
SUMS: Final = ("d", "e", "g", "h")  # the columns that are added up
BESIDE: Final = ("row", "rank", "built", "moved")  # workings of a place, beside the page
NOTHING: Final = text("")
OUT_OF_DATE: Final = (
    "Out of date: a sale has changed since this sheet was laid out. Run isobook build on this file for a new one."
)


@dataclass(frozen=True)
class Form8949Lines:
    """The lines of one year's sheet: the places by system, the walk to line 2k, and the sentence above."""

    form: Form
    places: dict[System, list[dict[str, Line]]]  # "part", "bar", "lot", the letters, "goes", "total d" to "total h"
    words: list[Line]  # of the boxes, and where the totals of each go: beside the page
    walk: list[Line]
    says: Line


@cache
def form_8949_lines(year: int, rows: int) -> Form8949Lines:
    """The lines of a year with room for so many sales."""
    form = Form(SHEET, f"Form 8949 of {year}")
    words = [_add(form, f"box {n} words", text(_words_of(box))) for n, box in enumerate(BOXES, 1)]
    shown, places = list(words), {}
    for system in SYSTEMS:
        goes = [_add(form, f"{system.name} box {n} goes", _goes(system, box)) for n, box in enumerate(BOXES, 1)]
        shown += goes
        places[system] = _places(form, system, year, rows, words, goes)
    return Form8949Lines(form, places, shown, _walk(form, year), _says(form, year, rows))


@cache
def compiled_8949(year: int, rows: int) -> Figure:
    """One function for all of them, from the figures of the year and the order of the boxes as built."""
    return compile_lines(form_8949_lines(year, rows).form.lines, AMOUNTS)


def built_key(system: System, number: int) -> str:
    """The key of the order of the box of the n-th sale when the workbook was made."""
    return f"{SHEET}.{system.name} {number} built"


def _add(form: Form, name: str, value: Value) -> Line:
    kinds = {face: kind for kind, face in FACES.items() if kind in (Kind.MONEY, Kind.DAY, Kind.TEXT, Kind.COUNT)}
    line = Line(Leaf(SHEET, name, kind=kinds[type(value)], settled=True), name, expression=value.node)
    form.add(line)
    return line


def _words_of(box: FormBox) -> str:
    """What the bar of a box says."""
    named = f"Box {box.box}: {box.words}" if box.box else f"{box.words[:1].upper()}{box.words[1:]}"
    return f"{PARTS[box.part]}  ·  {named}"


def _goes(system: System, box: FormBox) -> Text:
    """Where the totals of a box go."""
    known = f"to {system.titled('Schedule D')}, line {box.line}"
    return text(known if box.line else "on no line until the box is known")


def _places(
    form: Form, system: System, year: int, rows: int, words: Sequence[Line], goes: Sequence[Line]
) -> list[dict[str, Line]]:
    """The places of a system, from the first to the last."""
    ranks = [_rank(form, system, year, number) for number in range(1, rows + 1)]
    around = [count(0), *(rank for _, rank in ranks), count(0)]
    places, moved = [], count(0)
    for number, (row, rank) in enumerate(ranks, 1):
        name = f"{system.name} {number}"
        built = Leaf(SHEET, f"{name} built", kind=Kind.COUNT)
        form.add(Line(built, "Order of its box when the workbook was made"))
        moved = Count(_add(form, f"{name} moved", moved + when(rank.equals(Count(built)), count(0), count(1))).leaf)
        begins, ends = ((row > 0) & ~rank.equals(around[number + step]) for step in (-1, 1))
        columns = form_8949_columns(system)
        values: dict[str, Value] = {
            "part": when(begins, join("Part ", pick(columns.part, row)), NOTHING),
            "bar": when(begins, _by_rank(rank, words), NOTHING),
            **_sale(columns, row),
            "goes": when(ends, _by_rank(rank, goes), NOTHING),
            **_totals(columns, year, rank, ends),
        }
        cells = {key: _add(form, f"{name} {key}", value) for key, value in values.items()}
        places.append(cells | {key: form.find(f"{name} {key}") for key in BESIDE})
    return places


def _rank(form: Form, system: System, year: int, number: int) -> tuple[Count, Count]:
    """The row of the n-th sale on Sales and the order of its box; 0 where there is none."""
    columns, name = form_8949_columns(system), f"{system.name} {number}"
    found = total(sales.row, _in(year), columns.place.equals(count(number)))
    row = Count(_add(form, f"{name} row", found).leaf)
    return row, Count(_add(form, f"{name} rank", when(row > 0, pick(columns.rank, row), count(0))).leaf)


def _by_rank(rank: Count, words: Sequence[Line]) -> Text:
    """The words of the box that has this place in the order of the form."""
    chosen = NOTHING
    for number, each in reversed(list(enumerate(words, 1))):
        chosen = when(rank.equals(count(number)), Text(each.leaf), chosen)
    return chosen


def _sale(columns: Form8949Columns, row: Count) -> dict[str, Value]:
    """The lot and columns (a) to (h) of a sale; blank where there is none."""

    def of_row(column: Some) -> Some:
        return when(row > 0, pick(column, row), type(column)(NOTHING.node))

    words = of_row(form_8949.acquired_words)
    acquired = type(columns.acquired)(when(words.equals(""), type(words)(of_row(columns.acquired).node), words).node)
    code = of_row(columns.code)
    return {
        "lot": of_row(sales.exercise_id),
        "a": of_row(form_8949.description),
        "b": acquired,
        "c": of_row(sales.date_sold),
        "d": of_row(sale_gains.net_proceeds),
        "e": of_row(columns.basis),
        "f": code,
        "g": when(~code.equals(""), of_row(columns.adjustment), Amount(NOTHING.node)),
        "h": of_row(columns.gain),
    }


def _totals(columns: Form8949Columns, year: int, rank: Count, ends: Flag) -> dict[str, Value]:
    """The totals of the box of a sale, in dollars, where it is the last of its box."""
    sums = {"d": sale_gains.net_proceeds, "e": columns.basis, "g": columns.adjustment, "h": columns.gain}
    return {
        f"total {key}": when(
            ends, rounded(total(column, _in(year), columns.rank.equals(rank)), MILLIONTH), Amount(NOTHING.node)
        )
        for key, column in sums.items()
    }


def _walk(form: Form, year: int) -> list[Line]:
    """From the difference of these sales to line 2k."""
    of = forms_of(year)
    apart = form.line(
        "apart", "AMT result of these sales less the regular result", total(sale_gains.difference, _in(year))
    )
    earlier = form.line(
        "earlier", "Income in wages that the AMT counted in an earlier year", of.amount(Role.DISPOSITIONS_ORDINARY)
    )
    limits = form.line(
        "limits",
        "Losses carried in, other gains and the loss limit, AMT less regular",
        of.amount(Role.DISPOSITIONS_CAPITAL) - apart,
    )
    other = form.line("other", "Other property sold, as typed", of.amount(Role.DISPOSITIONS_OTHER))
    form.line("2k", f"Form 6251, {of.called(Role.DISPOSITIONS)}", sum_of(apart, earlier, limits, other))
    return [form.find(each) for each in ("apart", "earlier", "limits", "other", "2k")]


def _says(form: Form, year: int, rows: int) -> Line:
    results = {
        system: form.line(f"result {system.name}", "Result", total(form_8949_columns(system).gain, _in(year)))
        for system in SYSTEMS
    }
    said = join(
        f"{year}: regular result ",
        signed_dollars(results[REGULAR], ROUNDING),
        ", AMT result ",
        signed_dollars(results[AMT], ROUNDING),
        f"; {forms_of(year).called(Role.DISPOSITIONS)} of Form 6251 is ",
        signed_dollars(Amount(form.find("2k").leaf), ROUNDING),
        ".",
    )
    regular, amt = (Count(form.find(f"{system.name} {rows} moved").leaf) for system in SYSTEMS)
    form.words("says", "Form 8949", when(regular + amt > 0, text(OUT_OF_DATE), said))
    return form.find("says")


def _in(year: int) -> Flag:
    return sales.year_sold.equals(count(year))
