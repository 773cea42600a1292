"""Form 8949 of a year as the sheet shows it: the n-th sale in the order of part, box and row, totals by box, the walk.

The lines take the columns of Sales, which know the place of each sale, so that a sale typed later finds its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.federal.stock import boxes_of_8949, form_8949, sale_gains, sales
from engine.federal.stock.boxes_of_8949 import BOXES, form_8949_columns
from engine.federal.years import forms_of
from engine.language.expressions import (
    FACES,
    Amount,
    Count,
    Flag,
    Some,
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
NOTHING: Final = text("")


@dataclass(frozen=True)
class Form8949Lines:
    """The lines of one year's sheet: rows and totals by system, the walk to line 2k, and the sentence above."""

    form: Form
    rows: dict[System, list[dict[str, Line]]]  # "part", "box", "lot" and the letters
    totals: dict[System, list[dict[str, Line]]]  # one per box of BOXES: "part", "box", "a" and the sums
    walk: list[Line]
    says: Line


@cache
def form_8949_lines(year: int, rows: int) -> Form8949Lines:
    """The lines of a year with room for so many sales."""
    form = Form(SHEET, f"Form 8949 of {year}")
    return Form8949Lines(
        form,
        {system: [_row(form, system, year, n) for n in range(1, rows + 1)] for system in SYSTEMS},
        {system: [_box(form, system, year, n) for n in range(1, len(BOXES) + 1)] for system in SYSTEMS},
        _walk(form, year),
        _says(form, year),
    )


@cache
def compiled_8949(year: int, rows: int) -> Figure:
    """One function for all of them, from the figures of the year."""
    return compile_lines(form_8949_lines(year, rows).form.lines, AMOUNTS)


def _add(form: Form, name: str, value: Value, kind: Kind) -> Line:
    line = Line(Leaf(SHEET, name, kind=kind, settled=True), name, expression=value.node)
    form.add(line)
    return line


def _row(form: Form, system: System, year: int, number: int) -> dict[str, Line]:
    """The n-th sale of the year; blank cells where there is none."""
    columns, name = form_8949_columns(system), f"{system.name} {number}"
    found = total(sales.row, sales.year_sold.equals(count(year)), columns.place.equals(count(number)))
    row = Count(_add(form, f"{name} row", found, Kind.COUNT).leaf)

    def of_row(column: Some) -> Some:
        return when(row > 0, pick(column, row), type(column)(NOTHING.node))

    words = of_row(form_8949.acquired_words)
    acquired = type(columns.acquired)(when(words.equals(""), type(words)(of_row(columns.acquired).node), words).node)
    code = of_row(columns.code)
    has_code = ~code.equals("")
    cells: dict[str, Value] = {
        "part": of_row(columns.part),
        "box": of_row(columns.box),
        "lot": of_row(sales.exercise_id),
        "a": of_row(form_8949.description),
        "b": acquired,
        "c": of_row(sales.date_sold),
        "d": of_row(sale_gains.net_proceeds),
        "e": of_row(columns.basis),
        "f": code,
        "g": when(has_code, of_row(columns.adjustment), Amount(NOTHING.node)),
        "h": of_row(columns.gain),
    }
    return {key: _add(form, f"{name} {key}", value, _kind(value)) for key, value in cells.items()}


def _kind(value: Value) -> Kind:
    kinds = {face: kind for kind, face in FACES.items() if kind in (Kind.MONEY, Kind.DAY, Kind.TEXT, Kind.COUNT)}
    return kinds[type(value)]


def _box(form: Form, system: System, year: int, number: int) -> dict[str, Line]:
    """The totals of the n-th box, in dollars, with where they go; blank cells where no sale has the box."""
    columns, box, name = form_8949_columns(system), BOXES[number - 1], f"{system.name} box {number}"
    where = sales.year_sold.equals(count(year)), columns.rank.equals(count(number))
    held = Count(_add(form, f"{name} held", total(boxes_of_8949.is_one_sale, *where), Kind.COUNT).leaf)
    goes = f"to {system.titled('Schedule D')}, line {box.line}" if box.line else "on no line until it is known"
    words = {"part": box.part, "box": box.box or "?", "a": f"Totals, {box.words}: {goes}"}
    sums = {"d": sale_gains.net_proceeds, "e": columns.basis, "g": columns.adjustment, "h": columns.gain}
    said = {key: when(held > 0, text(each), NOTHING) for key, each in words.items()}
    added = {
        key: when(held > 0, rounded(total(column, *where), MILLIONTH), Amount(NOTHING.node))
        for key, column in sums.items()
    }
    return {
        "held": form.find(f"{name} held"),
        **{key: _add(form, f"{name} {key}", value, Kind.TEXT) for key, value in said.items()},
        **{key: _add(form, f"{name} {key}", value, Kind.MONEY) for key, value in added.items()},
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


def _says(form: Form, year: int) -> Line:
    results = {
        system: form.line(f"result {system.name}", "Result", total(form_8949_columns(system).gain, _in(year)))
        for system in SYSTEMS
    }
    form.words(
        "says",
        "Form 8949",
        join(
            f"{year}: regular result ",
            signed_dollars(results[REGULAR], ROUNDING),
            ", AMT result ",
            signed_dollars(results[AMT], ROUNDING),
            f"; {forms_of(year).called(Role.DISPOSITIONS)} of Form 6251 is ",
            signed_dollars(Amount(form.find("2k").leaf), ROUNDING),
            ".",
        ),
    )
    return form.find("says")


def _in(year: int) -> Flag:
    return sales.year_sold.equals(count(year))
