"""Form 8949 of a year as the sheet shows it: a block for each box, with bar, sales and totals, and the walk to line 2k.

The n-th sale stands in the n-th place, in the order of part, box and row. Every place has room for the bar of a box
above it and for the totals of a box below it: which of them are shown is settled when the workbook is made. The lines
take the columns of Sales, which know the place of each sale, so that a sale typed later finds its row.
"""

from __future__ import annotations

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

    places: dict[System, list[dict[str, Line]]]  # "part", "bar", "lot", the letters, "goes", "total d" to "total h"
    beside: list[Line]  # of the boxes, beside the page: words, where totals go, totals
    results: list[Line]  # of the sales, by system
    walk: list[Line]
    says: Line


@cache
def form_8949_lines(year: int, rows: int) -> Form8949Lines:
    """The lines of a year with room for so many sales."""
    form = Form(SHEET, f"Form 8949 of {year}")
    words = boxes_beside(form, year)
    places = {system: _places(form, system, year, rows) for system in SYSTEMS}
    return Form8949Lines(places, words, *end_of_sheet(form, year, rows))


def end_of_sheet(form: Form, year: int, rows: int) -> tuple[list[Line], list[Line], Line]:
    """The results of the sales by system, the walk to line 2k, and the sentence of the sheet."""
    results, walk = _results(form, year), _walk(form, year)
    moved = [Count(Leaf(SHEET, f"{system.name} {rows} moved", kind=Kind.COUNT, settled=True)) for system in SYSTEMS]
    return results, walk, _says(form, year, moved[0] + moved[1])


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


def boxes_beside(form: Form, year: int) -> list[Line]:
    """What the bar of each box says; for each system where its totals go, and these totals, in dollars."""
    words = [_add(form, f"box {number} words", text(_words_of(box))) for number, box in enumerate(BOXES, 1)]
    for system in SYSTEMS:
        for number, box in enumerate(BOXES, 1):
            words.append(_add(form, f"{system.name} box {number} goes", _goes(system, box)))
            words += [
                _add(form, f"{system.name} box {number} total {key}", value)
                for key, value in _totals(form_8949_columns(system), year, number).items()
            ]
    return words


def _totals(columns: Form8949Columns, year: int, number: int) -> dict[str, Amount]:
    sums = {"d": sale_gains.net_proceeds, "e": columns.basis, "g": columns.adjustment, "h": columns.gain}
    where = _in(year), columns.rank.equals(count(number))
    return {key: rounded(total(column, *where), MILLIONTH) for key, column in sums.items()}


def _places(form: Form, system: System, year: int, rows: int) -> list[dict[str, Line]]:
    """The places of a system, from the first to the last."""
    ranks = [rank_of_place(form, system, year, f"{system.name} {n}", count(n)) for n in range(1, rows + 1)]
    around = [count(0), *(rank for _, rank in ranks), count(0)]
    places, moved = [], count(0)
    for number, (row, rank) in enumerate(ranks, 1):
        place = Place(row, rank, around[number - 1], around[number + 1], moved)
        name = f"{system.name} {number}"
        cells = cells_of_place(form, system, name, place)
        places.append(cells | {key: form.find(f"{name} {key}") for key in BESIDE})
        moved = Count(cells["moved"].leaf)
    return places


@dataclass(frozen=True)
class Place:
    """A place: the row of its sale on Sales, the order of its box and of those around, and what has moved above it."""

    row: Count
    rank: Count
    before: Count
    after: Count
    moved: Count


def rank_of_place(form: Form, system: System, year: int, name: str, number: Count) -> tuple[Count, Count]:
    """The row of the n-th sale on Sales and the order of its box; 0 where there is none."""
    columns = form_8949_columns(system)
    row = Count(_add(form, f"{name} row", total(sales.row, _in(year), columns.place.equals(number))).leaf)
    return row, Count(_add(form, f"{name} rank", when(row > 0, pick(columns.rank, row), count(0))).leaf)


def cells_of_place(form: Form, system: System, name: str, place: Place) -> dict[str, Line]:
    """What a place shows: the bar of its box, the sale, the totals of its box, and what has moved down to here."""
    columns, row, rank = form_8949_columns(system), place.row, place.rank
    built = Leaf(SHEET, f"{name} built", kind=Kind.COUNT)
    form.add(Line(built, "Order of its box when the workbook was made"))
    begins, ends = ((row > 0) & ~rank.equals(each) for each in (place.before, place.after))
    values: dict[str, Value] = {
        "moved": place.moved + when(rank.equals(Count(built)), count(0), count(1)),
        "part": when(begins, join("Part ", pick(columns.part, row)), NOTHING),
        "bar": when(begins, _by_rank(rank, "box {} words", Text), NOTHING),
        **_sale(columns, row),
        "goes": when(ends, _by_rank(rank, f"{system.name} box {{}} goes", Text), NOTHING),
        **{
            f"total {key}": when(
                ends, _by_rank(rank, f"{system.name} box {{}} total {key}", Amount), Amount(NOTHING.node)
            )
            for key in SUMS
        },
    }
    return {key: _add(form, f"{name} {key}", value) for key, value in values.items()}


def _by_rank(rank: Count, name: str, of: type[Some]) -> Some:
    """What stands beside the page for the box that has this place in the order of the form."""
    chosen = of(NOTHING.node)
    kind = next(kind for kind, face in FACES.items() if face is of)
    for number in range(len(BOXES), 0, -1):
        of_box = of(Leaf(SHEET, name.format(number), kind=kind, settled=True))
        chosen = when(rank.equals(count(number)), of_box, chosen)
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


def _results(form: Form, year: int) -> list[Line]:
    names = {system: f"result {system.name}" for system in SYSTEMS}
    for system, name in names.items():
        form.line(name, "Result", total(form_8949_columns(system).gain, _in(year)))
    return [form.find(name) for name in names.values()]


def _says(form: Form, year: int, moved: Count) -> Line:
    regular, amt = (form[f"result {system.name}"] for system in (REGULAR, AMT))
    said = join(
        f"{year}: regular result ",
        signed_dollars(regular, ROUNDING),
        ", AMT result ",
        signed_dollars(amt, ROUNDING),
        f"; {forms_of(year).called(Role.DISPOSITIONS)} of Form 6251 is ",
        signed_dollars(form["2k"], ROUNDING),
        ".",
    )
    form.words("says", "Form 8949", when(moved > 0, text(OUT_OF_DATE), said))
    return form.find("says")


def _in(year: int) -> Flag:
    return sales.year_sold.equals(count(year))
