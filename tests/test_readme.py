"""What README and docs say is run: each command, each Python block, each formula, each path that they name."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from addin import functions
from addin.functions import REGISTRY
from engine.columns import TABLES, RecordTable
from isobook.cli import app
from isobook.sources import read_source
from tests.column_pages import with_tables
from tests.pages import PAGES, ROOT, TEXTS, TYPED, blocks, commands
from tests.pages_today import NOT_RUN, run_page

FORMATS = TEXTS["docs/file-formats.md"]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console", *TYPED)])
def test_every_command_runs(page: str, tmp_path: Path) -> None:
    """As a reader types them; output that is shown is what comes (`python -m tests.pages_today` writes it in)."""
    for command, outcome in run_page(page, tmp_path):
        assert (outcome.exit_code, outcome.stderr) == (0, ""), command.line
        assert command.shows(outcome.stdout), f"{command.line}\n{outcome.stdout}"


def test_the_pages_have_commands() -> None:
    """The test above would pass with none; and what is excused is still there."""
    lines = [command.line for page in PAGES for block in blocks(page, "console", *TYPED) for command in commands(block)]
    said = {shlex.split(line)[1] for line in lines if line.startswith("isobook ")}
    assert said >= {"new", "check", "build", "forms", "explain", "plan", "batch", "addin", "--version"}
    assert [each for each in NOT_RUN if not any(line.startswith(each) for line in lines)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_in_a_sentence_exists(page: str) -> None:
    """`isobook plan FOLDER` and `--json` are a command and an option of it."""
    group: Any = get_command(app)
    known = {option for command in group.commands.values() for param in command.params for option in param.opts}
    known |= {"--version", "--help", "-h"} | {
        option
        for command in group.commands["addin"].commands.values()
        for param in command.params
        for option in param.opts
    }
    named = [shlex.split(each) for each in re.findall(r"`isobook ([a-z][^`]*)`", TEXTS[page])]
    assert [words for words in named if words[0] not in group.commands] == []
    options = [word for words in named for word in words if word.startswith("--")]
    assert [option for option in options if option not in known] == []


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_every_python_block_prints_what_its_remarks_say(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`print(…)  # 74422` prints 74422."""
    monkeypatch.chdir(ROOT)
    for block in blocks(page, "python"):
        expected = re.findall(r"^print\(.*\)  # (.*)$", block.text, re.MULTILINE)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.text, page, "exec"), {})
        assert printed.getvalue().splitlines() == expected


# --- formulas ---------------------------------------------------------------------------------------------


def sheet_of(page: str) -> dict[str, object]:
    """The cells of a page's picture of a sheet: a table headed by letters, its rows by bold numbers."""
    cells: dict[str, object] = {}
    for row in re.findall(r"^\| \*\*(\d+)\*\* \|(.*)\|$", TEXTS[page], re.MULTILINE):
        for letter, text in zip("ABCDEFGH", row[1].split("|"), strict=False):
            cells[f"{letter}{row[0]}"] = value_of(text.strip())
    return cells


def value_of(text: str) -> object:
    """What a cell holds: a number, text, or nothing."""
    return float(text) if re.fullmatch(r"-?[\d.]+", text) else text or None


def calculated(formula: str, cells: dict[str, object]) -> str:
    """What Excel would show for one call with literal arguments and cells of one column."""
    name, arguments = re.fullmatch(r"=(\w+)\((.*)\)", formula.replace(";", ",")).groups()  # type: ignore[union-attr]
    taken = []
    for argument in next(csv.reader([arguments])):
        place = re.fullmatch(r"([A-H])(\d+)(?::\1(\d+))?", argument)
        if not place:
            taken.append(value_of(argument))
        elif place[3]:
            taken.append([[cells[f"{place[1]}{row}"]] for row in range(int(place[2]), int(place[3]) + 1)])
        else:
            taken.append(cells[argument])
    result = getattr(functions, name)(*taken)
    return " and ".join(shown(row[0]) for row in result) if isinstance(result, list) else shown(result)


def shown(value: object) -> str:
    """A figure as pages write it: 29,094 or 69,687.50."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return str(value)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "excel")])
def test_every_formula_of_a_block_shows_its_result(page: str) -> None:
    """`=TMT(200000,"single",2025)   shows 29,094`, with the cells of the sheet on that page."""
    cells = sheet_of(page)
    for block in blocks(page, "excel"):
        for line in block.text.splitlines():
            formula, result = re.split(r" +shows ", line, maxsplit=1)
            assert calculated(formula, cells) == result, formula


INLINE = re.compile(r"`(=([A-Z_]+)\(([^`]*)\))`(?:(?::| shows| gives) \**([\d,.]*\d)\b)?")


@pytest.mark.parametrize("page", [page for page in PAGES if INLINE.search(TEXTS[page])])
def test_every_formula_in_a_sentence_is_a_call_that_works(page: str) -> None:
    """A call of an existing function with the arguments that it takes; with the figure, where one is named."""
    for formula, name, arguments, figure in INLINE.findall(TEXTS[page]):
        assert name in REGISTRY, formula
        count = len(next(csv.reader([arguments.replace(";", ",")]))) if arguments else 0
        needed = sum(each.required for each in REGISTRY[name].parameters)
        assert not arguments or needed <= count <= len(REGISTRY[name].parameters), formula
        if figure:
            assert calculated(formula, sheet_of(page)).replace(",", "") == figure.replace(",", ""), formula


# --- links, paths, names ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    """Pictures too."""
    links = re.findall(r"\]\(([^)#]+)", TEXTS[page])
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_into_a_page_leads_to_a_heading(page: str) -> None:
    """`python.md#in-python` is a heading there."""
    for path, place in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", TEXTS[page]):
        target = ((ROOT / page).parent / path).resolve().relative_to(ROOT).as_posix() if path else page
        headings = re.findall(r"^#+ (.+)$", TEXTS[target], re.MULTILINE)
        assert place in [re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in headings]


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    """`engine/federal/forms/inputs.py` in a text is a file of this checkout."""
    folders = "engine|isobook|workbook_templates|addin|law_book|tests|examples|docs"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", TEXTS[page])
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    """`make demo` is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = re.findall(r"(?:`|^)make ([a-z]+)(?:`|  )", TEXTS[page], re.MULTILINE)
    assert set(used) - targets == set()


# --- files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_is_documented_once_in_order(table: RecordTable) -> None:
    """The page has each table as its columns are declared: `python -m tests.pages_today` writes it."""
    assert with_tables(FORMATS, [table]) == FORMATS


def test_the_settings_that_are_shown_are_read(tmp_path: Path) -> None:
    """The client.toml of the page works beside a table with that header."""
    (tmp_path / "client.toml").write_text(blocks("docs/file-formats.md", "toml")[0].text, encoding="utf-8")
    header = "id,date_granted,date_exercised,Cost at exercise,fmv_exercise,shares"
    (tmp_path / "exercises.csv").write_text(f"{header}\nE1,2022-01-03,2025-03-14,2,32,100\n", encoding="utf-8")
    client = read_source(tmp_path)
    assert (client.name, client.rounding, client.tax_method) == ("Jordan Sample (invented)", "dollars", "table")
    assert client.exercises[0].exercise_price == 2


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "toml")])
def test_every_toml_block_is_toml(page: str) -> None:
    """As client.toml is read."""
    assert all(tomllib.loads(block.text) for block in blocks(page, "toml"))


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "csv")])
def test_the_tables_of_a_page_are_read(page: str, tmp_path: Path) -> None:
    """All tables that bear a file's name are, folder by folder, a client; and each has such a name."""
    tables = blocks(page, "csv")
    assert [block.text for block in tables if not block.title] == []
    for block in tables:
        (tmp_path / block.title).parent.mkdir(exist_ok=True)
        (tmp_path / block.title).write_text(block.text, encoding="utf-8")
    for folder in {Path(block.title).parent for block in tables}:
        client = read_source(tmp_path / folder)
        rows = sum(len(block.text.splitlines()) - 1 for block in tables if Path(block.title).parent == folder)
        assert sum(map(len, (client.exercises, client.sales, client.returns, client.splits))) == rows
