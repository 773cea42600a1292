"""LibreOffice, started headless with a profile of its own, never longer than a time limit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

Value = str | float | bool | None
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that has LibreOffice's `uno` (package python3-uno)
WORKER = Path(__file__).with_name("libreoffice_worker.py")
EDITOR = Path(__file__).with_name("libreoffice_editor.py")
START_SECONDS, FILE_SECONDS = 60, 15


def recalculate(paths: Sequence[Path]) -> list[dict[tuple[str, str], Value]]:
    """Recalculate each file hard, whatever its caches say, and give the values of all its formula cells."""
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        arguments = [profile(folder), f"isobook-{uuid4().hex}", str(answer)]
        command = [SYSTEM_PYTHON, str(WORKER), *arguments, *(str(path.resolve()) for path in paths)]
        run(command, START_SECONDS + FILE_SECONDS * len(paths))
        books = json.loads(answer.read_text(encoding="utf-8"))
    return [{(sheet, coordinate): value for sheet, coordinate, value in book} for book in books]


def edit(jobs: Sequence[tuple[Path, Path, Sequence[Sequence[Value]]]]) -> None:
    """Open each book, make its edits (verbs of `libreoffice_editor.py`) and save it under the second name."""
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "jobs.json"
        listed.write_text(json.dumps([(str(book), str(target), edits) for book, target, edits in jobs]), "utf-8")
        command = [SYSTEM_PYTHON, str(EDITOR), profile(folder), f"isobook-{uuid4().hex}", str(listed)]
        run(command, START_SECONDS + FILE_SECONDS * len(jobs))


def convert_to_pdf(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Print every sheet of each book to a PDF of its name in `folder`."""
    with TemporaryDirectory() as temporary:
        office = ["soffice", f"-env:UserInstallation={profile(temporary)}", "--headless", "--norestore"]
        named = (str(path) for path in paths)
        run(
            [*office, "--convert-to", "pdf", "--outdir", str(folder), *named],
            START_SECONDS + FILE_SECONDS * len(paths),
        )
    made = [folder / f"{path.stem}.pdf" for path in paths]
    if lost := [path for path in made if not path.exists()]:
        raise RuntimeError(f"LibreOffice made no {lost[0].name}: is it a workbook that opens?")
    return made


def profile(folder: str) -> str:
    """Give the address of an empty user profile, so that no other LibreOffice of this machine is disturbed."""
    return (Path(folder) / "profile").as_uri()


def run(command: Sequence[str], seconds: float) -> None:
    """Run a program and all it starts; after `seconds`, or on an error, none of them is left and the output is told."""
    try:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env=_system_first(),
        )
    except FileNotFoundError as error:
        raise RuntimeError(f"{command[0]} is not installed: apt-get install libreoffice-calc python3-uno") from error
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"{' '.join(command[:3])} … was stopped after {seconds} seconds") from error
    finally:
        _end_group(process.pid)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} … failed with code {process.returncode}:\n{output}")


def _system_first() -> dict[str, str]:
    """Our environment with the system's programs first: LibreOffice's Python takes its library from PATH's python3."""
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    return {**kept, "PATH": os.pathsep.join(["/usr/bin", "/bin", kept.get("PATH", "")])}


def _end_group(leader: int) -> None:
    """End what is left of the process group that `run` made."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)
