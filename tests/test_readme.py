"""What README and docs say is run: each command, each Python block, each path that they name."""

import contextlib
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.records import Exercise, Return, Sale, Split
from isobook.cli import app
from isobook.sources import read_source

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
FORMATS = TEXTS["docs/file-formats.md"]


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in a language ("" for none)."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[page], re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[list[str]]:
    """The `isobook …` lines of a page's blocks, as arguments."""
    lines = [line for language in ("", "powershell") for block in blocks(page, language) for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("isobook ")]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_every_command_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as a reader types them, beside a copy of the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for arguments in commands(page):
        outcome = CliRunner().invoke(app, arguments)
        assert (outcome.exit_code, outcome.stderr) == (0, ""), arguments


def test_the_readme_has_commands() -> None:
    """The test above would pass with none."""
    assert {arguments[0] for arguments in commands("README.md")} >= {"new", "check", "build", "forms", "--version"}


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_every_python_block_prints_what_its_remarks_say(page: str) -> None:
    """`print(…)  # 74422` prints 74422."""
    for block in blocks(page, "python"):
        expected = re.findall(r"^print\(.*\)  # (.*)$", block, re.MULTILINE)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, page, "exec"), {})
        assert printed.getvalue().splitlines() == expected


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    """Pictures too."""
    links = re.findall(r"\]\(([^)#]+)", TEXTS[page])
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    """`engine/forms/inputs.py` in a text is a file of this checkout."""
    named = re.findall(r"`((?:engine|isobook|workbook_templates|addin|tests|examples|docs)/[\w./-]*)`", TEXTS[page])
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    """`make demo` is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = re.findall(r"(?:`|^)make ([a-z]+)(?:`|  )", TEXTS[page], re.MULTILINE)
    assert set(used) - targets == set()


@pytest.mark.parametrize(
    ("table", "record"),
    [("exercises.csv", Exercise), ("sales.csv", Sale), ("returns.csv", Return), ("splits.csv", Split)],
)
def test_every_column_is_documented_once_in_order(table: str, record: type[Exercise | Return | Sale | Split]) -> None:
    """The columns of the records, those that every row must fill in bold."""
    section = FORMATS.split(f"## {table}\n")[1].split("\n## ")[0]
    documented = re.findall(r"^\| (\*{0,2})`(\w+)`\*{0,2} \|", section, re.MULTILINE)
    assert [name for _, name in documented] == list(record.model_fields)
    needed = [name for name, field in record.model_fields.items() if field.is_required()]
    assert [name for bold, name in documented if bold] == needed


def test_the_settings_that_are_shown_are_read(tmp_path: Path) -> None:
    """The client.toml of the page works beside a table with that header."""
    (tmp_path / "client.toml").write_text(blocks("docs/file-formats.md", "toml")[0], encoding="utf-8")
    header = "id,date_granted,date_exercised,Cost at exercise,fmv_exercise,shares"
    (tmp_path / "exercises.csv").write_text(f"{header}\nE1,2022-01-03,2025-03-14,2,32,100\n", encoding="utf-8")
    client = read_source(tmp_path)
    assert (client.name, client.rounding, client.tax_method) == ("Jordan Sample (invented)", "dollars", "table")
    assert client.exercises[0].exercise_price == 2


def test_the_tables_of_the_readme_are_read(tmp_path: Path) -> None:
    """All tables together are a client."""
    tables = blocks("README.md", "csv")
    for name, table in zip(("exercises", "sales", "returns"), tables, strict=True):
        (tmp_path / f"{name}.csv").write_text(table, encoding="utf-8")
    client = read_source(tmp_path)
    assert (len(client.exercises), len(client.sales), len(client.returns)) == (2, 1, 3)
