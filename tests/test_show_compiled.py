"""`python -m engine.readings.show`: the function of a line, printed whole, is the one that runs."""

from __future__ import annotations

import ast
import importlib
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from engine import project
from engine.clients import show_compiled
from engine.clients.partial import figure_for
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.compiled.dialect import Dialect
from tests.command import run_module
from tests.many_returns import batches, known
from tests.pages import ROOT, TEXTS
from tests.random_clients import random_clients

PAGE = TEXTS["docs/compiled-reading.md"]
LINES = ("f6251.11", "f8801.26", "attach.attach")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints, run in this process."""
    show_compiled.main(arguments)
    return capsys.readouterr().out


def run(text: str) -> Any:
    """Execute a printed text alone, and give its function."""
    namespace: dict[str, Any] = {}
    exec(compile(text, "<printed>", "exec"), namespace)
    return namespace["figure"]


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The message, and exit code 2."""
    with pytest.raises(SystemExit) as end:
        show_compiled.main(arguments)
    assert end.value.code == 2
    return capsys.readouterr().err.partition("error: ")[2]


def test_a_printed_function_gives_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """Executed alone, for one return after the other: AMT, credit and the reason to attach, to the cent."""
    update = {"rounding": "cents", "tax_method": "schedule"}
    for batch in batches([project(client.model_copy(update=update)) for client in random_clients(12)]):
        first = ["--first"] if batch.first else []
        figure = run(printed(capsys, str(batch.year), *LINES, *first))
        for result, before in zip(batch.results, batch.before, strict=True):
            assert figure(result.figures, before) == {key: result.figures[key] for key in LINES}


def test_a_printed_function_of_arrays_gives_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """Executed alone, for all returns of a year at once; --workings gives what leads there too."""
    batch = batches([project(client) for client in random_clients(30)])[0]
    arguments = known(batch, "dollars", "table")
    options = ["--arrays", "--workings", *(["--first"] if batch.first else [])]
    found = run(printed(capsys, str(batch.year), "f6251.11", *options))(*arguments)
    wanted = figure_for(batch.year, ["f6251.11"], [], ARRAYS, first=batch.first, workings=True)(*arguments)
    assert found.keys() == wanted.keys() > {"f6251.11", "f6251.4"}
    assert all(np.array_equal(found[key], wanted[key]) for key in wanted)


def test_given_lines_are_taken_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A short function: line 11 from lines 9 and 10."""
    text = printed(capsys, "2025", "f6251.11", "--given", "f6251.9", "f6251.10")
    assert text == textwrap.dedent("""\
        from engine.readings.amounts import ZERO

        def figure(*ago):
            ago_0 = ago[0]
            f6251_9 = ago_0['f6251.9']
            f6251_10 = ago_0['f6251.10']
            part_1 = (f6251_9 - f6251_10)
            f6251_11 = (part_1 if part_1 >= ZERO else ZERO)
            return {'f6251.11': f6251_11}
    """)
    assert run(text)({"f6251.9": 5, "f6251.10": 2}) == {"f6251.11": 3}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2031", "f6251.11"], "'2031' is no tax year that is covered: there are 2018 to 2026"),
        (["x", "f6251.11"], "'x' is no tax year that is covered: there are 2018 to 2026"),
        (["2025", "f6251.99"], "f6251 of 2025 has no line '99': there are '1a', '1b', "),
        (["2025", "f6251.11", "--given", "f6251.1"], "f6251 of 2025 has no line '1': there are '1a', '1b', "),
        (["2025", "f1040.1"], "2025 has no form 'f1040': there are inputs, year, schedule_d, "),
        (["2025", "11"], "2025 has no form '11': there are inputs, year, schedule_d, "),
        (["2025", "inputs.wages"], "inputs.wages is an entry: nothing is computed for it"),
        (["2025", "f6251.11", "--given", "f6251.11"], "f6251.11 is given: nothing is computed for it"),
    ],
)
def test_what_there_is_not_is_refused_in_words(
    arguments: Sequence[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what there is."""
    assert refusal(capsys, *arguments).startswith(message)


def test_the_command_is_that_of_the_readings(capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m engine.readings.show` prints it, and a refusal ends with 2 and without a traceback."""
    ended = run_module("engine.readings.show", "2025", "f6251.11", capture_output=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == printed(capsys, "2025", "f6251.11")
    refused = run_module("engine.readings.show", "2031", "f6251.11", capture_output=True)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("dialect", [AMOUNTS, ARRAYS], ids=["amounts", "arrays"])
def test_all_words_of_a_dialect_are_found_in_its_module(dialect: Dialect) -> None:
    """A printed function imports them from there."""
    module = importlib.import_module(dialect.module)
    assert {name: getattr(module, name) for name in dialect.environment} == dialect.environment


def test_the_lines_on_the_page_are_those_of_the_form() -> None:
    """The excerpts of exemption.py and form_6251.py, word for word."""
    paths = [*(ROOT / "engine").rglob("exemption.py"), *(ROOT / "engine").rglob("form_6251.py")]
    excerpts = PAGE.split("```py\n")[1:]
    for excerpt, path in zip(excerpts, paths, strict=True):
        lines = excerpt.partition("```")[0]
        ast.parse(lines)
        assert textwrap.indent(lines, "    ") in path.read_text(encoding="utf-8")
