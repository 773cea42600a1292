"""One table of cases, the same answers on every face: plain Python, xlwings' dispatch, LibreOffice Calc, Pyodide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from addin import functions
from addin.functions import REGISTRY
from tests.addin import pyodide
from tests.addin.calc import answers
from tests.addin.cases import Case, cases, differences, in_cells
from tests.addin.windows import dispatched

CASES = cases()
# Words that VBA keeps for itself (MS-VBAL 3.3.5.2), in lower case.
VBA_WORDS = """
    call case close const declare dim do each else elseif empty end endif enum erase event exit false for friend
    function get global gosub goto if implements in input is let like lock loop lset me mod new next not nothing null
    on open option optional or paramarray preserve print private public put raiseevent redim resume return rset seek
    select set shared static step stop sub then to true type typeof unlock until wend while with write xor and any as
    byref byval boolean byte currency date double integer long longlong single string variant object line debug
"""


def rows(result: Any) -> Any:
    """What xlwings gives to Excel, which is always rows, as a single value where it is one cell."""
    single = isinstance(result, list) and len(result) == len(result[0]) == 1
    return result[0][0] if single else result


def single(case: Case) -> Case:
    """A range of one cell cannot be told from the cell when it comes back."""
    return case._replace(gives=rows(case.gives))


@pytest.fixture(scope="module")
def by_xlwings() -> dict[str, Any]:
    """All cases through xlwings' own dispatch, in one process."""
    return dispatched([(case.function, case.cells) for case in CASES])


def test_the_table_covers_every_function_year_and_status() -> None:
    """At least 150 cases; all functions, all years and those beside them, every status, every error."""
    text = "\n".join(case.name for case in CASES)
    wanted = [*REGISTRY, *map(str, range(2017, 2028)), "single", "married_joint", "married_separate"]
    wanted += ["head_of_household", "surviving_spouse", "null", "date", "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!"]
    assert len(CASES) >= 150
    assert [each for each in wanted if each not in text] == []


def test_plain_python_gives_what_the_table_says() -> None:
    """`addin.functions.NAME` is the callable behind every face."""
    found = [getattr(functions, case.function)(*map(in_cells, case.cells)) for case in CASES]
    assert differences(found, CASES) == []


def test_xlwings_gives_what_the_table_says(by_xlwings: dict[str, Any]) -> None:
    """Blanks, errors, dates, one-cell ranges, rows and columns arrive as COM hands them over."""
    assert differences(list(map(rows, by_xlwings["results"])), list(map(single, CASES))) == []


def test_xlwings_imports_every_function_once(by_xlwings: dict[str, Any]) -> None:
    """No leaked name becomes a second function, and the arguments are those of the registry."""
    heads = re.findall(r"^Function (\w+)\((.*)\)$", by_xlwings["vba"], re.MULTILINE)
    assert sorted(name for name, _ in heads) == sorted(REGISTRY)
    for name, arguments in heads:
        wanted = [each.name if each.required else f"Optional {each.name}" for each in REGISTRY[name].parameters]
        assert arguments.split(", ") == wanted


@pytest.mark.parametrize("name", REGISTRY)
def test_a_name_is_legal_in_excel(name: str) -> None:
    """It is no cell address, in A1 or R1C1, and its arguments are no words of VBA."""
    assert re.fullmatch(r"[A-Z][A-Z0-9_]{1,30}", name)
    assert not re.fullmatch(r"[A-Z]{1,3}[0-9]+|R[0-9]*C?[0-9]*|C[0-9]*", name)
    assert set(VBA_WORDS.split()).isdisjoint(each.name for each in REGISTRY[name].parameters)


@pytest.mark.parametrize("name", REGISTRY)
def test_help_fits_the_function_wizard(name: str) -> None:
    """Excel takes 255 characters for a function and for each argument; it starts with a capital and says something."""
    helps = [REGISTRY[name].help, *(each.help for each in REGISTRY[name].parameters)]
    assert [text for text in helps if not 10 <= len(text) <= 255 or not text[0].isupper()] == []


@pytest.mark.real_program
def test_libreoffice_calc_gives_what_the_table_says(tmp_path: Path) -> None:
    """Real Calc calls the engine from an openpyxl-made file; the few cases that Calc cannot hand over say why."""
    possible = [case for case in CASES if not case.calc]
    assert len(CASES) - len(possible) < 15
    assert differences(answers(possible, tmp_path), possible) == []


@pytest.mark.real_program
def test_pyodide_gives_what_the_table_says(tmp_path: Path) -> None:
    """The Python of browsers, without NumPy, on the wheel that xlwings Lite is given."""
    assert differences(pyodide.answers(CASES, tmp_path), CASES) == []
