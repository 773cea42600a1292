"""One expression, four readings: exact amounts, arrays, formulas and words say the same."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine import project
from engine.clients.explain import rule
from engine.federal.stock.record_tables import RECORDS
from engine.federal.years import compiled_records, figures_of, forms_of
from engine.filing import YEARS
from engine.language.nodes import Op
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.compiled.compile import compile_lines
from tests.many_returns import ROW_NUMBERS, batches, figures
from tests.random_clients import random_clients
from tests.random_forms import LAW, Book, operators, random_book
from tests.readings import Sheet, as_cell, exactly, tables_as_arrays

SETTINGS = {"dollars": (0, "table"), "cents": (2, "schedule")}


def with_options(values: dict[str, Any], setting: str) -> dict[str, Any]:
    """The entries of one return, the law, and the options that all returns share."""
    digits, method = SETTINGS[setting]
    return {**values, **LAW, "options.rounding": digits, "options.tax_method": method}


def exact_figures(book: Book, values: dict[str, Any]) -> dict[str, Any]:
    """One return, exactly."""
    records = values | compile_lines(book.records, AMOUNTS)(values)
    return records | compile_lines(book.form, AMOUNTS)(records)


def array_values(book: Book, returns: list[dict[str, Any]], setting: str) -> dict[str, Any]:
    """The entries and records of all returns side by side."""
    digits, method = SETTINGS[setting]
    size = len(returns)
    known: dict[str, Any] = {
        "options.rounding": float(digits),
        "options.tax_method": method,
        "returns.owner": np.arange(size),
        **{name: np.array([[float(each)] * size for each in series]) for name, series in LAW.items()},
        **tables_as_arrays(book.records, returns, {"t.row": "t"}),
    }
    entries = [line for line in book.form if line.expression is None]
    known |= {line.key: np.array([_float(each[line.key]) for each in returns]) for line in entries}
    return known | compile_lines(book.records, ARRAYS)(known)


def _float(value: Any) -> float:
    return float("nan") if value is None else float(value)


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 2**32), st.sampled_from(list(SETTINGS)))
def test_arrays_and_formulas_give_the_exact_amounts(seed: int, setting: str) -> None:
    """Any form with every operator: the three readings are equal bit for bit, for each of three returns."""
    book = random_book(Random(seed))
    assert operators(book.lines) == set(Op)
    returns = [with_options(values, setting) for values in book.values]
    arrays = array_values(book, returns, setting)
    arrays |= compile_lines(book.form, ARRAYS)(arrays)
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
            assert sheet[line.key] == wanted, (
                f"{line.key}: formula {sheet[line.key]}, exact {wanted}: {line.expression}"
            )


@pytest.mark.parametrize("setting", SETTINGS)
def test_arrays_give_every_figure_of_whole_years(setting: str) -> None:
    """Random clients of 2018 to 2026, all forms and worksheets of each year: equal as floats, line by line."""
    _, method = SETTINGS[setting]
    update = {"rounding": setting, "tax_method": method}
    projections = [project(client.model_copy(update=update)) for client in random_clients(400)]
    wrong: Counter[str] = Counter()
    for batch in batches(projections):
        found = figures(batch, setting, method)
        for line in figures_of(batch.year, batch.first):
            if line.expression is not None:
                exact = np.array([float(result.figures[line.key]) for result in batch.results])
                wrong[f"{batch.year} {line.key}"] += int((exact != found[line.key]).sum())
    assert len(wrong) > 2_500
    assert +wrong == {}


def test_arrays_give_every_column_of_the_records() -> None:
    """The record tables of many clients one below the other, words included."""
    projections = [project(client) for client in random_clients(200)]
    arrays = tables_as_arrays(RECORDS, [each.records for each in projections], ROW_NUMBERS)
    arrays |= compiled_records(dialect=ARRAYS)(arrays)
    for line in RECORDS:
        if line.key in arrays and line.key not in ROW_NUMBERS:
            exact = [as_cell(value) for each in projections for value in each.records[line.key]]
            assert [as_cell(value) for value in arrays[line.key]] == exact or line.expression is None, line.key


@pytest.mark.parametrize("year", YEARS)
def test_every_computed_line_can_be_said_in_words(year: int) -> None:
    """Each line of each year has its rule in words: nothing unresolved, nothing empty, no name of a program."""
    forms = forms_of(year).forms
    rules = {line.key: rule(line, forms) for line in forms_of(year).order if line.expression is not None}
    unclear = re.compile(r"None|Leaf|Decimal|[a-z]\.[a-z]|_|“”|\(\)|, ,|^\s|\s$")
    assert {key: words for key, words in rules.items() if not words or unclear.search(words)} == {}


def test_columns_of_the_records_can_be_said_in_words() -> None:
    """So can the columns of the record tables."""
    forms = forms_of(2025).forms
    rules = {line.key: rule(line, forms) for line in RECORDS if line.expression is not None}
    assert all(words.strip() for words in rules.values())
    assert [key for key, words in rules.items() if re.search(r"None|Leaf|Decimal|[a-z]\.[a-z]|“”", words)] == []


def test_words_of_a_line_are_the_form_s_own() -> None:
    """Samples as a preparer would say them; a line elsewhere is named with its form."""
    forms = forms_of(2025).forms

    def words(form: str, line: str) -> str:
        return rule(forms[form].find(line), forms)

    assert words("f6251", "11") == "line 9 less line 10, not below zero"
    assert words("f6251", "22") == "the smaller of line 12 and line 13"
    assert words("f6251", "31") == "15% times line 30"
    assert words("f6251", "2k capital") == "AMT Schedule D line 21 less Schedule D line 21"
    assert words("amt_schedule_d", "6 computed").startswith("minus last year’s AMT")
    assert words("regular", "deductions").startswith("“Standard deduction” plus “Itemized deductions” plus")
    assert (
        words("f6251", "2i")
        == "the total of “Line 2i adjustment” of exercises where “Year of line 2i” of exercises is 2025"
    )
    assert words("carryover", "8") == "line 5 less line 7, not below zero"
