"""One expression, four readings: exact amounts, arrays, formulas and words say the same."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.nodes import Op
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.straight_line import compile_lines
from tests.random_forms import LAW, Book, operators, random_book
from tests.readings import Sheet, exactly, tables_as_arrays

SETTINGS = {"dollars": (0, "table"), "cents": (2, "schedule")}


def with_options(values: dict[str, Any], setting: str) -> dict[str, Any]:
    """The entries of one return, the law, and the options that all returns share."""
    digits, method = SETTINGS[setting]
    return {**values, **LAW, "options.rounding": digits, "options.tax_method": method}


def exact_figures(book: Book, values: dict[str, Any]) -> dict[str, Any]:
    """One return, exactly."""
    records = values | compile_lines(book.records, AMOUNTS)(values)
    return records | compile_lines(book.form, AMOUNTS)(records)


def array_figures(book: Book, returns: list[dict[str, Any]], setting: str) -> dict[str, Any]:
    """All returns at once."""
    digits, method = SETTINGS[setting]
    size = len(returns)
    known: dict[str, Any] = {
        "options.rounding": float(digits),
        "options.tax_method": method,
        "returns.owner": np.arange(size),
        **{name: np.array([[float(each)] * size for each in series]) for name, series in LAW.items()},
        **tables_as_arrays(book.records, returns, rows=["t.row"]),
    }
    entries = [line for line in book.form if line.expression is None]
    known |= {line.key: np.array([_float(each[line.key]) for each in returns]) for line in entries}
    known |= compile_lines(book.records, ARRAYS)(known)
    return known | compile_lines(book.form, ARRAYS)(known)


def _float(value: Any) -> float:
    return float("nan") if value is None else float(value)


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 2**32), st.sampled_from(list(SETTINGS)))
def test_arrays_and_formulas_give_the_exact_amounts(seed: int, setting: str) -> None:
    """Any form with every operator: the three readings are equal bit for bit, for each of three returns."""
    book = random_book(Random(seed))
    assert operators(book.lines) == set(Op)
    returns = [with_options(values, setting) for values in book.values]
    arrays = array_figures(book, returns, setting)
    for place, values in enumerate(returns):
        exact, sheet = exact_figures(book, values), Sheet(book.records, book.form, values).evaluate()
        for line in [line for line in book.lines if line.expression is not None]:
            wanted = exactly(exact[line.key])
            if line.in_table:
                owned = arrays["t.owner"] == place
                found = [exactly(each) for each in arrays[line.key][owned]]
            else:
                found = exactly(np.broadcast_to(arrays[line.key], len(returns))[place])
            assert found == wanted, f"{line.key}: arrays {found}, exact {wanted}: {line.expression}"
            assert sheet[line.key] == wanted, f"{line.key}: formula {sheet[line.key]}, exact {wanted}: {line.expression}"
