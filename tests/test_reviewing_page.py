"""docs/reviewing.md shows what the commands print."""

import re
import shlex
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.command import EXAMPLES, run

PAGE = (EXAMPLES.parent / "docs" / "reviewing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n\$ isobook (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CUT = "...\n"  # the rest of a long output


def test_the_page_shows_what_the_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command beside the files that the page speaks of; exit code 0."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES / "four-years", "smith")
    shutil.copytree("smith", "smith-2")
    returns = Path("smith-2", "returns.csv")
    returns.write_text(returns.read_text().replace("2024,single,210000", "2024,single,215000"))
    assert run("build", str(EXAMPLES / "six-years"), "-o", "robin-2025.xlsx").exit_code == 0
    assert [arguments.split()[0] for arguments, _ in BLOCKS] == ["diff", "diff", "roll"]
    for arguments, shown in BLOCKS:
        outcome = run(*shlex.split(arguments))
        assert (outcome.exit_code, outcome.stderr) == (0, "")
        whole, printed = shown.removesuffix(CUT), outcome.stdout.replace(version("isobook"), "0.1.0")
        assert printed.startswith(whole) if shown.endswith(CUT) else printed == whole
