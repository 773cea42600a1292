"""The command as users run it: a process with real streams."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.command import EXAMPLES, FOUR_YEARS, client, run_process


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_runs_as_a_module() -> None:
    """`python -m isobook --version` tells name and version."""
    done = run_process("--version", capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"isobook \d+\.\d+\.\d+\n", done.stdout)


def test_bad_input_of_a_process_has_no_traceback(desk: Path) -> None:
    """Exit code 1, stdout empty, the problems on stderr."""
    done = run_process("build", client(exercises=""), cwd=desk, capture_output=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("1 problem, and nothing was written:\n  exercises.csv: found nothing")
    assert "Traceback" not in done.stderr


def test_a_reader_that_closes_the_pipe_makes_no_traceback() -> None:
    """As `isobook forms … | head` does."""
    read, write = os.pipe()
    os.close(read)
    done = run_process("forms", FOUR_YEARS, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert done.stderr == ""


def test_a_full_disk_behind_stdout_is_told() -> None:
    """Exit code 1 and words, no traceback."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = run_process("forms", FOUR_YEARS, "--json", stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (
        1,
        "isobook: No space left on device. Check the path and its permissions.\n",
    )


def test_an_encoding_without_our_characters_is_no_error(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the terminal cannot show becomes a question mark."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    done = run_process("check", client(client_toml='name = "Łukasz"\n'), cwd=desk, capture_output=True)
    assert done.returncode == 0
    assert done.stdout.startswith("?ukasz: no problems.")


def test_a_terminal_gets_drawn_tables() -> None:
    """The same lines as in a pipe, in rich's hand."""
    screen, keyboard = pty.openpty()
    done = run_process("forms", str(EXAMPLES / "mixed"), stdout=keyboard, stderr=subprocess.PIPE)
    os.close(keyboard)
    shown = os.read(screen, 65_536).decode()
    os.close(screen)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b[1mForm 6251" in shown
    assert re.search(r"11 +Alternative minimum tax +6,627", shown)
