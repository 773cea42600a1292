"""The command as tests run it: in this process or in one of its own, in a folder of the test's."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

from typer.testing import CliRunner

from isobook.cli import app

EXAMPLES = Path(__file__).parents[1] / "examples"
FOUR_YEARS = str(EXAMPLES / "four-years")
HEADER = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares"
ROW = "E1,2022-01-03,2025-03-14,12.50,40.25,1000"
RETURNS = "tax_year,filing_status,wages,deduction\n2025,single,150000,standard\n"


class Outcome(Protocol):
    """What a run of the command came to."""

    @property
    def exit_code(self) -> int:
        """What the shell gets."""

    @property
    def stdout(self) -> str:
        """What stands on the one stream."""

    @property
    def stderr(self) -> str:
        """What stands on the other."""


def run(*arguments: str) -> Outcome:
    """Run the command in this process."""
    return CliRunner().invoke(app, list(arguments))


def run_process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as users do."""
    return run_module("isobook", *arguments, **options)


def run_module(module: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """`python -m module` in a process of its own."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent)}
    return subprocess.run(command, text=True, encoding="utf-8", env=environment, timeout=60, check=False, **options)


def client(name: str = "smith", **files: str | bytes) -> str:
    """Write a client's folder; client_toml stands for client.toml."""
    folder = Path(name)
    folder.mkdir()
    for stem, content in ({"exercises": f"{HEADER}\n{ROW}\n", "returns": RETURNS} | files).items():
        file = folder / ("client.toml" if stem == "client_toml" else f"{stem}.csv")
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def refused(*arguments: str) -> str:
    """Run what must be refused as bad input: exit code 1, a message on stderr alone, no traceback, no workbook."""
    outcome = run(*arguments)
    assert outcome.exit_code == 1
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    assert list(Path().rglob("*.xlsx")) == []
    return outcome.stderr


def wrong_use(*arguments: str) -> str:
    """Run what is wrong use: exit code 2 and a message on stderr."""
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    return " ".join(outcome.stderr.split())
