"""A desk on which commands are run, and what they leave there. Only this module knows where the command is found."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from typer.testing import CliRunner

from isobook.cli import app

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CASES = ROOT / "tests" / "cases"
BOOKS = CASES / "books_0_1_0"  # the workbooks that version 0.1.0 made of the examples

# What a terminal and its user say; the rest of the environment does not show.
ENVIRONMENT = {
    "COLUMNS": "100",
    "TERMINAL_WIDTH": "100",
    "TERM": "dumb",
    "NO_COLOR": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
}
NORMAL = (
    (re.compile(r"in [\d.,]+ seconds \([\d,]+ a second\)"), "in SOME seconds (SOME a second)"),
    (re.compile(r"^\w+: [\d,]+ of [\d,]+, .* left\n", re.MULTILINE), ""),  # how far a run is, now and then
    # Which are named depends on the order of the folder on the disk; problems.csv names all.
    (re.compile(r"^Failed: .*?( and [\d,]+ more)?\. What", re.MULTILINE), r"Failed: SOME\1. What"),
    (re.compile(r"for Python 3\.\d+"), "for Python 3.X"),
)
NOT_COMPARED = {
    "timings.csv",  # how long things took
    ".isobook-batch.sqlite",  # holds a digest of the source
}

Output = tuple[str, bytes]  # its key below the job's name, and what it is


@contextmanager
def desk() -> Iterator[Path]:
    """An empty folder to work in, with a copy of the examples; paths on it are relative."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        shutil.copytree(EXAMPLES, folder / "examples")
        with chdir(folder):
            yield folder


def said(*arguments: str) -> str:
    """Run the command; its exit code and both streams, without what differs from run to run."""
    outcome = CliRunner().invoke(app, list(arguments), prog_name="isobook")
    text = f"exit {outcome.exit_code}\n{outcome.stdout}--- stderr\n{outcome.stderr}"
    if outcome.exception and not isinstance(outcome.exception, SystemExit):
        text += f"--- raised {type(outcome.exception).__name__}\n"
    text = text.replace(str(Path.cwd()), "DESK")
    for pattern, words in NORMAL:
        text = pattern.sub(words, text)
    return text


def command(key: str, *arguments: str) -> Output:
    """What one command says."""
    return key, said(*arguments).encode("utf-8", "backslashreplace")


def commands(key: str, lines: Iterable[tuple[str, ...]]) -> Output:
    """What several commands say, as one text."""
    told = (f"$ isobook {' '.join(line)}\n{said(*line)}\n" for line in lines)
    return key, "".join(told).encode("utf-8", "backslashreplace")


def files(key: str, *paths: str) -> Iterator[Output]:
    """Each file of these paths, with those below them; a file that is missing gives nothing."""
    for path in map(Path, paths):
        below = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in below:
            if file.is_file() and file.name not in NOT_COMPARED:
                name = file.relative_to(path).as_posix() if path.is_dir() else path.name
                yield f"{key}/{name}", file.read_bytes()


def example_clients() -> list[str]:
    """The examples that are clients, as sources of a command: a folder, or one CSV of exercises."""
    folders = sorted(path for path in EXAMPLES.iterdir() if (path / "exercises.csv").exists())
    return [path.name for path in folders]


def source_of(name: str) -> str:
    """An example on the desk as a preparer would name it."""
    alone = not (EXAMPLES / name / "returns.csv").exists()
    return f"examples/{name}/exercises.csv" if alone else f"examples/{name}"
