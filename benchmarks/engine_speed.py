"""One return and many returns of isobook: regular tax with its gain worksheets, and Form 6251; where the time goes."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from timeit import repeat
from typing import Any, Final

import numpy as np

from benchmarks.peers import best
from engine import Client, project
from engine.clients.partial import figure_for, lines_for
from engine.clients.projection import Projection
from engine.federal.law_arrays import parameters_for
from engine.federal.stock.record_tables import RECORDS
from engine.federal.years import compiled, compiled_records, forms_of
from engine.language.roles import Role
from engine.readings import array_blocks
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.compiled.compile import Figure, source_of
from tests.batch_sources import shaped_tables
from tests.many_returns import ROW_NUMBERS, entries
from tests.readings import as_array, tables_as_arrays

YEAR: Final = 2024
AMT: Final = forms_of(YEAR).key(Role.MINIMUM_TAX)
WANTED: Final = (forms_of(YEAR).key(Role.TAX), AMT)
GIVEN: Final = tuple(map(forms_of(YEAR).key, (Role.EXERCISES, Role.DISPOSITIONS)))
FEW: Final = 1_000
ROWS: Final = 100_000


def one_return() -> dict[str, Any]:
    """Seconds for the two taxes alone, for a whole year of forms, and for a client from CSV text on."""
    exercise = {"exercise_id": "E1", "date_granted": "2022-01-03", "date_exercised": "2024-03-01"}
    exercise |= {"exercise_price": "0", "fmv_exercise": "30", "shares": "10000"}
    row = {"tax_year": "2024", "filing_status": "single", "wages": "200000", "long_term_gain": "20000"}
    row["deduction"] = "standard"

    def read() -> Client:
        return Client(exercises=[exercise], returns=[row], rounding="cents", tax_method="schedule")

    client = read()
    figures = project(client).years[YEAR].figures
    before: dict[str, Any] = {}  # the first year of a file takes none
    two, year = figure_for(YEAR, WANTED, GIVEN), compiled(YEAR, True)
    seconds = best(lambda: two(figures, before), 2_000)
    return {
        "amt": float(two(figures, before)[AMT]),
        "two taxes": seconds,
        "profile": _pieces(lambda: two(figures, before), seconds, figures),
        "year": best(lambda: year(figures, before), 500),
        "computed": best(lambda: project(client), 300),
        "from text": best(lambda: project(read()), 200),
    }


def _pieces(work: Callable[[], object], seconds: float, figures: Mapping[str, Any]) -> str:
    """Where the time of one return goes: what is taken from the return, what is rounded, and the rest."""
    source = source_of(lines_for(YEAR, WANTED, GIVEN), AMOUNTS, WANTED)[0]
    keys = re.findall(r" = ago_0\['(.*)'\]", source)
    lines = re.findall(r"^ +\w+ = (?!ago)", source, re.MULTILINE)
    reading = best(lambda: [figures[key] for key in keys], 2_000)
    calls: Counter[str] = Counter()
    sys.setprofile(lambda _, event, what: calls.update([what.__name__] if event == "c_call" else []))
    work()
    sys.setprofile(None)
    amount, cents = Decimal("123456.785"), Decimal("0.01")
    once = min(repeat(lambda: amount.quantize(cents, ROUND_HALF_UP), number=1_000, repeat=20)) / 1_000
    add = min(repeat(lambda: amount + cents, number=1_000, repeat=20)) / 1_000
    roundings = calls["quantize"]
    return (
        f"Of these {seconds * 1e6:.1f} µs, taking {len(keys)} values from the return is {reading * 1e6:.1f} µs and "
        f"rounding {roundings} amounts {roundings * once * 1e6:.1f} µs; the rest is exact arithmetic on "
        f"{len(lines)} lines, of which a return takes part (one sum of two Decimals is {add * 1e9:.0f} ns)."
    )


def many_returns() -> dict[str, Any]:
    """Seconds for so many returns at once, the two taxes of each; and what bounds them."""
    random = Random(6251)  # noqa: S311  # the same clients each time
    projections = []
    for number in range(FEW):
        tables = shaped_tables(random, 1 + number % 3, 1)
        returns = [{**tables["returns"][0], "tax_year": YEAR}]
        projections.append(project(Client(returns=returns, rounding="cents", tax_method="schedule")))
    figure = figure_for(YEAR, WANTED, GIVEN, ARRAYS)
    now, before = _arrays(projections)
    shared, nothing = _once(now), _once(before)
    for key, found in figure(now, before).items():
        assert (found == figure(shared, nothing)[key]).all()
    seconds = best(lambda: figure(shared, nothing), 40)
    return {
        "seconds": seconds,
        "full columns": best(lambda: figure(now, before), 40),
        "profile": _bounds(figure, shared, nothing, seconds),
    }


def _once(known: Mapping[str, Any]) -> dict[str, Any]:
    """What is the same for all returns stands once, as for an entry that none of them has."""
    same = {key: array_blocks.alone(column) for key, column in known.items() if np.shape(column) == (ROWS,)}
    return {**known, **{key: value for key, value in same.items() if not array_blocks.is_many(value)}}


def _bounds(figure: Figure, now: Mapping[str, Any], before: Mapping[str, Any], seconds: float) -> str:
    """How many array operations a block takes, how long one takes in the cache, and what memory alone would cost."""
    counted: dict[str, Any] = {
        key: value[..., : array_blocks.BLOCK].view(_Counted) if np.shape(value)[-1:] == (ROWS,) else value
        for key, value in now.items()
        if np.asarray(value).dtype.kind in "fib" or not key.startswith("inputs.") or not np.ndim(value)
    }
    _Counted.operations = 0
    figure({**now, **counted}, before)
    left, right = np.full((2, array_blocks.BLOCK), 1.5)
    add = min(repeat(lambda: left + right, number=100, repeat=20)) / 100
    columns = [value for value in now.values() if np.shape(value)[-1:] == (ROWS,)]
    copied = np.empty(4_000_000)
    moved = best(lambda: np.copyto(copied, 1.0), 5) / copied.nbytes
    read = sum(column.nbytes for column in columns if column.dtype.kind == "f")
    share = add * _Counted.operations * ROWS / array_blocks.BLOCK
    return (
        f"A block of {array_blocks.BLOCK:,} returns takes {_Counted.operations} array operations. "
        f"Were each as cheap as one addition in the cache ({add * 1e6:.1f} µs), all returns would take "
        f"{share * 1e3:.0f} ms; they take {seconds * 1e3:.0f} ms. "
        f"Memory does not bound them: {read / 1e6:.0f} MB of columns, {moved * read * 1e3:.1f} ms."
    )


class _Counted(np.ndarray[Any, np.dtype[Any]]):
    """An array that counts the operations on arrays like it."""

    operations = 0

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        plain = [each.view(np.ndarray) if isinstance(each, _Counted) else each for each in inputs]
        _Counted.operations += any(np.size(each) > 1 for each in plain)
        target = options.pop("out", None)
        found = getattr(ufunc, method)(*plain, **options)
        if target is not None:
            target[0].view(np.ndarray)[...] = found
            return target[0]
        return found.view(_Counted) if isinstance(found, np.ndarray) else found

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        _Counted.operations += function is np.where
        return super().__array_function__(function, types, arguments, options)


def _arrays(projections: list[Projection]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the year's function takes: the few returns, repeated until they are many."""
    results = [each.years[YEAR] for each in projections]
    options: dict[str, Any] = {"options.rounding": 2.0, "options.tax_method": "schedule"}
    records = tables_as_arrays(RECORDS, [each.records for each in projections], ROW_NUMBERS) | options
    now = records | compiled_records(dialect=ARRAYS)(records) | {"returns.owner": np.arange(ROWS)}
    times = ROWS // FEW
    for line in entries(YEAR):
        now[line.key] = np.tile(as_array(line, [each.figures[line.key] for each in results]), times)
    statuses = [result.figures["inputs.filing_status"] for result in results]
    now |= parameters_for(YEAR, statuses * times)
    spread = 5.0 * (np.arange(ROWS) % 99_000)
    now |= zip(GIVEN, (spread, np.zeros(ROWS)), strict=True)
    return now, {}
