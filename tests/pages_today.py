"""What the pages should show today, outputs and counts: `python -m tests.pages_today` writes them in."""

from __future__ import annotations

import json
import posixpath
import re
import shlex
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from engine.columns import TABLES
from engine.federal.years import forms_of
from engine.filing import YEARS
from isobook.cli import app
from law_book.__main__ import SITE
from law_book.llms import llms
from tests import test_batch_killed, test_irs_examples, test_many_clients, test_workbook_changes, test_workbook_engines
from tests.column_pages import PAGE as FILE_FORMATS
from tests.column_pages import with_tables
from tests.command import Outcome, run_module
from tests.json_pages import PAGE as JSON_PAGE
from tests.json_pages import with_tables as with_json_tables
from tests.official_pdf import made_6251, made_8801, made_8949, made_schedule_d
from tests.pages import PAGES, ROOT, TEXTS, TYPED, Command, blocks, commands

CASES = ROOT / "tests" / "cases"
PROOFS = "docs/proof.md"
LLMS = "docs/llms.txt"
COUNTED = re.compile(r"^(\| [^|]+ \| )([\d,]+)( \|)", re.MULTILINE)  # a row of the table of proofs

# What stands in a block to be typed and is not run by the tests, by its beginning, with the reason.
NOT_RUN = {
    "winget install": "installs on Windows",
    "uv tool install": "installs into the user's account",
    "uv tool update-shell": "changes the user's account",
    "isobook addin install": "writes into Excel's start folder",
    "line_6 = form.line": "one line out of a form, shown to say how lines are written",
    "make ": "another test looks the target up",
}


class Ended(NamedTuple):
    """What a process came to."""

    exit_code: int
    stdout: str
    stderr: str


def many_clients(folder: Path) -> None:
    """A folder of two client folders."""
    for name in ("underwater", "mixed"):
        shutil.copytree(ROOT / "examples" / name, folder / "clients" / name)


def two_states_of_a_client(folder: Path) -> None:
    """A client, the same with other wages, and the workbook of a year ago."""
    for name in ("smith", "smith-2"):
        shutil.copytree(ROOT / "examples" / "four-years", folder / name)
    returns = folder / "smith-2" / "returns.csv"
    returns.write_text(returns.read_text("utf-8").replace("2024,single,210000", "2024,single,215000"), "utf-8")
    CliRunner().invoke(app, ["build", str(ROOT / "examples" / "six-years"), "-o", str(folder / "robin-2025.xlsx")])


def blank_forms(folder: Path) -> None:
    """Forms made for tests, where a user has those of the IRS."""
    (folder / "blank").mkdir()
    for name, make in {"6251": made_6251, "8801": made_8801, "8949": made_8949, "d": made_schedule_d}.items():
        (folder / "blank" / f"{name}.pdf").write_bytes(make(2024).data())


def blank_forms_and_password(folder: Path) -> None:
    """The same, and a file with a password."""
    blank_forms(folder)
    (folder / "password.txt").write_text("a long sentence\n", "utf-8")


# What a page takes to be there.
SCENES: dict[str, Callable[[Path], None]] = {
    "docs/batch.md": many_clients,
    "docs/official-forms.md": blank_forms,
    "docs/report.md": blank_forms_and_password,
    "docs/reviewing.md": two_states_of_a_client,
}


def run_page(page: str, folder: Path) -> Iterator[tuple[Command, Outcome]]:
    """Type what a page shows from top to bottom, beside a copy of the examples; its files with a title are laid."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    if scene := SCENES.get(page):
        scene(folder)
    with chdir(folder):
        for block in blocks(page, "console", "csv", "toml", *TYPED):
            if block.title:
                Path(block.title).parent.mkdir(exist_ok=True)
                Path(block.title).write_text(block.text, encoding="utf-8")
            for command in commands(block):
                if not command.line.startswith(tuple(NOT_RUN)):
                    yield command, typed(command.line)


def typed(line: str) -> Outcome:
    """Run a line as a reader types it: the command, or a module of the engine."""
    program, *arguments = shlex.split(line, comments=True)
    if line.startswith("python -m engine."):
        ended = run_module(*arguments[1:], capture_output=True)
        return Ended(ended.returncode, ended.stdout, ended.stderr)
    assert program == "isobook", f"{line!r} is no isobook command and not in NOT_RUN"
    return CliRunner().invoke(app, arguments)


def counts() -> list[int]:
    """The counts on docs/proof.md from top to bottom, from the data that the tests run over."""
    oracle = (CASES / "oracle.jsonl").read_text(encoding="utf-8").splitlines()
    not_figured = len(test_irs_examples.NOT_FIGURED)
    return [
        len(test_irs_examples.EXAMPLES) - not_figured,
        not_figured,
        len(oracle),
        sum("expected_tax_table" in json.loads(case) for case in oracle),
        len(test_workbook_engines.EXAMPLES),
        len(tomllib.loads((CASES / "questions.toml").read_text(encoding="utf-8"))["question"]),
        len((CASES / "functions.jsonl").read_text(encoding="utf-8").splitlines()),
        len(test_many_clients.SEEDS),
        len(test_workbook_engines.BOOKS),
        len(test_workbook_changes.SEEDS),
        test_batch_killed.KILLS,
        sum(len(forms_of(year).order) for year in YEARS),
    ]


def today(page: str) -> str:
    """The text of a page with the outputs and counts of today."""
    text = TEXTS[page]
    with tempfile.TemporaryDirectory() as folder:
        for command, outcome in run_page(page, Path(folder)) if blocks(page, "console") else ():
            if command.output is not None and not command.shows(outcome.stdout):
                text = text.replace(f"$ {command.line}\n{command.output}", f"$ {command.line}\n{outcome.stdout}")
    if page == FILE_FORMATS:
        text = with_tables(text, TABLES.values())
    if page == JSON_PAGE:
        text = with_json_tables(text)
    if page == PROOFS:
        found = iter(counts())
        text = COUNTED.sub(lambda row: f"{row[1]}{next(found):,}{row[3]}", text)
    return text


def llms_of_the_checkout() -> str:
    """The list of all pages as it lies in docs; the pages of the law book are made with the site, and left out."""
    nav = json.loads(json.dumps(SITE["nav"]))
    for entry in nav:
        for title, what in entry.items():
            if not isinstance(what, str):
                entry[title] = [each for each in what if next(iter(each.values())) in TEXTS]
    return llms(SITE | {"nav": nav}, TEXTS, lambda page: posixpath.relpath(page, "docs"))


if __name__ == "__main__":
    for page in PAGES:
        if (text := today(page)) != TEXTS[page]:
            (ROOT / page).write_text(text, encoding="utf-8")
            sys.stdout.write(f"{page} is of today now: read what changed\n")
    (ROOT / LLMS).write_text(llms_of_the_checkout(), encoding="utf-8")
