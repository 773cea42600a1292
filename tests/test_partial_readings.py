"""A reading of a few lines figures what they need and no more, and gives what the reading of all lines gives."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from engine import project
from engine.clients.partial import figure_for
from engine.language.expressions import given, number, only_when, percent, smaller_of, sum_of, when
from engine.language.form import Form
from engine.readings import array_blocks
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.compiled.compile import compile_lines, source_of
from tests.many_returns import batches, known
from tests.random_clients import random_clients
from tests.random_forms import random_book
from tests.test_readings import SETTINGS, array_values, with_options

ANSWERS = ("regular.tax", "f6251.11", "f8801.25", "f8801.26", "attach.attach", "carryover.13", "amt_carryover.8")


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@for_any(st.integers(0, 2**32), st.sampled_from(list(SETTINGS)))
def test_one_line_alone_is_what_it_is_among_all(seed: int, setting: str) -> None:
    """Any line of any form, asked for alone: equal to the same line of the whole form, exactly and in arrays."""
    random = Random(seed)
    book = random_book(random)
    computed = [line.key for line in book.form if line.expression is not None]
    key = random.choice(computed)
    returns = [with_options(each, setting) for each in book.values]
    for dialect, many in ((AMOUNTS, returns), (ARRAYS, [array_values(book, returns, setting)])):
        alone, all_lines = (compile_lines(book.form, dialect, wanted) for wanted in ([key], None))
        for values in many:
            known_values = values | compile_lines(book.records, dialect)(values)
            found, among_all = alone(known_values)[key], all_lines(known_values)[key]
            assert np.array_equal(np.broadcast_to(found, np.shape(among_all)), among_all)


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_answers_of_a_year_alone_are_those_of_the_whole_year(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tax, AMT, credit and carryovers of random clients, exactly and block by block in arrays."""
    monkeypatch.setattr(array_blocks, "BLOCK", 7)
    method = SETTINGS[setting][1]
    update = {"rounding": setting, "tax_method": method}
    projections = [project(client.model_copy(update=update)) for client in random_clients(60)]
    for batch in batches(projections):
        for result, before in zip(batch.results, batch.before, strict=True):
            exact = figure_for(batch.year, ANSWERS, [], first=batch.first)(result.figures, before)
            assert exact == {key: result.figures[key] for key in ANSWERS}
        many = figure_for(batch.year, ANSWERS, [], ARRAYS, first=batch.first)(*known(batch, setting, method))
        for key in ANSWERS:
            assert many[key].tolist() == [float(result.figures[key]) for result in batch.results], key


def small_form() -> Form:
    """Line 4 takes lines 1 to 3 only in one branch; nobody takes line 5, and line 6 repeats line 1."""
    form = Form("t", "Test")
    entry = form.entry("entry", "Entry")
    line_1 = form.line("1", "", entry)
    test = form.flag("test", "", line_1 > 100)
    line_2 = form.line("2", "", percent(10) * line_1)
    line_3 = form.line("3", "", only_when(test, smaller_of(line_2, number("50"))))
    form.line("4", "", only_when(test, sum_of(line_2, line_3)))
    form.line("5", "", percent(20) * line_1)
    form.line("6", "", line_1)
    return form


def statements(wanted: list[str]) -> list[str]:
    """The exact reading of the small form, without constants."""
    return source_of(small_form().order, AMOUNTS, wanted)[0].splitlines()


def test_a_line_that_one_branch_takes_is_figured_in_that_branch() -> None:
    """Lines 2 and 3 stand below `if`, and line 3 asks no second time for the flag that led there."""
    lines = statements(["t.4"])
    inside = {line.split(" = ")[0].strip() for line in lines if line.startswith("        ")}
    assert {"t_2", "t_3"} <= inside
    assert sum("t_test" in line for line in lines) == 2


def test_a_line_that_nobody_takes_is_left_out() -> None:
    """Line 5 is not computed for line 4, and a line that repeats line 1 is not computed at all."""
    assert not any(re in line for line in statements(["t.4"]) for re in ("t_5", "t_6"))
    assert not any("t_6 =" in line for line in statements(["t.6"]))


def test_a_blank_entry_behind_a_test_is_not_touched() -> None:
    """A choice inside a test, and in a branch: the blank is told from 0 before anything is computed with it."""
    form = Form("t", "Test")
    entry = form.entry("entry", "Entry", blank_is_zero=False)
    low = when(given(entry), smaller_of(entry - 5, number("0")), number("1"))
    form.line("1", "", when(low > 0, number("7"), low))
    figure = compile_lines(form.order, AMOUNTS)
    for typed, found in ((None, 7), (Decimal(9), 0), (Decimal(2), -3)):
        assert figure({"t.entry": typed, "options.rounding": 0}) == {"t.1": Decimal(found)}


def test_no_returns_give_no_figures() -> None:
    """Arrays without a return come back without one."""
    figure = compile_lines(small_form().order, ARRAYS, ["t.4"])
    known: dict[str, Any] = {"t.entry": np.zeros(0), "options.rounding": 2.0}
    assert figure(known)["t.4"].shape == (0,)


def test_what_all_returns_share_may_stand_once() -> None:
    """An entry of one value counts for every return."""
    figure = compile_lines(small_form().order, ARRAYS, ["t.1", "t.4"])
    found = figure({"t.entry": np.array([50.0, 200.0]), "options.rounding": np.array([2.0])})
    assert found["t.4"].tolist() == [0.0, 40.0]
    assert found["t.1"].tolist() == [50.0, 200.0]
