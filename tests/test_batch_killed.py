"""A run that is killed, interrupted or out of disk leaves whole files only, and the next run completes it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from isobook.files import whole_file
from tests.batch_quick import run_forked
from tests.batch_sources import ODD, snapshot, table, write_files
from tests.command import run

QUICK = Path(__file__).parent / "batch_quick.py"
CLIENTS = 120
KILLS = 20
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.batch_quick"])


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred and twenty clients, the last ones bad."""
    root = tmp_path_factory.mktemp("killed") / "in"
    exercises = ODD["up"]["exercises.csv"]
    write_files(root, {f"c-{number:03}": {"exercises.csv": exercises} for number in range(CLIENTS - 3)})
    write_files(root, {f"c-{number:03}": {"exercises.csv": b"?"} for number in range(CLIENTS - 3, CLIENTS)})
    return root


@pytest.fixture(scope="module")
def undisturbed(sources: Path) -> dict[str, bytes]:
    """The files of a run that nobody disturbs."""
    output = sources.parent / "undisturbed"
    assert begin(sources, output).wait() == 1
    return snapshot(output)


def begin(sources: Path, output: Path, jobs: int = 1, **environment: str) -> subprocess.Popen[str]:
    """Begin a run in a process group of its own."""
    command = [sys.executable, str(QUICK), "batch", str(sources), "-o", str(output), "--jobs", str(jobs)]
    root = str(QUICK.parents[1])
    settings: dict[str, Any] = {"env": {**os.environ, "PYTHONPATH": root, **environment}, "start_new_session": True}
    settings["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job ignores it
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **settings)


def begin_at_once(sources: Path, output: Path) -> BaseProcess:
    """Begin a run without the second that imports take: forked from a process that has done with them."""
    process = FORKS.Process(target=run_forked, args=(str(sources), "-o", str(output), "--jobs", "1"))
    process.start()
    return process


def running(process: subprocess.Popen[str]) -> Callable[[], bool]:
    """The question whether a process is at work."""
    return lambda: process.poll() is None


def wait_for(alive: Callable[[], bool], output: Path, workbooks: int) -> None:
    """Wait until so many workbooks are there, or the run has ended."""
    while alive() and len(list(output.glob("c-*.xlsx"))) < workbooks:
        time.sleep(0.001)


def ended(group: int) -> bool:
    """Tell whether every process of a killed one's group ends within seconds."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_a_run_killed_at_random_moments_completes_as_if_undisturbed(
    sources: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """Twenty kills, two of them of a command with workers, which end too; then the same files and nothing else."""
    random, output, with_work_left = Random(20), tmp_path / "out", 0
    for number in range(KILLS):
        there = len(list(output.glob("c-*.xlsx")))
        if number in (7, 14):
            run_of_two = begin(sources, output, jobs=2)
            wait_for(running(run_of_two), output, there + random.randint(0, 4))
            run_of_two.kill()
            run_of_two.communicate()
            assert ended(run_of_two.pid)
        else:
            run_of_one = begin_at_once(sources, output)
            wait_for(run_of_one.is_alive, output, there + random.randint(0, 4))
            time.sleep(random.random() * 0.02)
            run_of_one.kill()
            run_of_one.join()
        for path in output.glob("c-*.xlsx"):
            assert path.read_bytes() == undisturbed[path.name], "no half file"
        with_work_left += len(list(output.glob("c-*.xlsx"))) < CLIENTS - 3
    assert with_work_left > KILLS / 2, "a kill after the last workbook shows nothing"
    process = begin(sources, output)
    said, complained = process.communicate()
    assert (process.returncode, "Traceback" in complained) == (1, False)
    assert f"{CLIENTS:,} clients" in said
    assert snapshot(output) == undisturbed


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_stops_in_order(sources: Path, undisturbed: dict[str, bytes], tmp_path: Path, jobs: int) -> None:
    """What is finished stays, a line says how to go on, no traceback; the next run completes it."""
    output = tmp_path / "out"
    process = begin(sources, output, jobs)
    wait_for(running(process), output, 10)
    os.killpg(process.pid, signal.SIGINT)
    said, complained = process.communicate()
    assert (process.returncode, said) == (130, "")
    assert complained.splitlines()[-1] == "Stopped. What was finished stays; the same command goes on from there."
    assert "Traceback" not in complained
    assert not list(output.glob("*.tmp"))
    assert begin(sources, output).wait() == 1
    assert snapshot(output) == undisturbed


def test_a_client_that_takes_its_worker_down_costs_no_other(sources: Path, tmp_path: Path) -> None:
    """The rest of its chunk is made again elsewhere; the deadly one is told."""
    output = tmp_path / "out"
    process = begin(sources, output, jobs=2, DEADLY="c-033")
    said, complained = process.communicate()
    assert f"{CLIENTS - 4} made, 0 unchanged, 4 failed" in said
    assert "Traceback" not in complained
    found = {row["source"]: row["found"] for row in table(output / "problems.csv")}
    assert found["c-033"] == "a worker that died over this client"


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """Thirty clients that a test may spoil."""
    files = {"exercises.csv": ODD["up"]["exercises.csv"]}
    write_files(tmp_path / "in", {f"c-{number:02}": files for number in range(30)})
    return tmp_path / "in"


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(
    some: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half file, no traceback, no client blamed for it."""
    arguments = ("batch", str(some), "-o", str(tmp_path / "out"), "--jobs", "1")
    write = whole_file._write
    written: list[Path] = []

    def full(part: Path, data: bytes, target: Path) -> None:
        if len(written) == 7:
            part.write_bytes(data[:1_000])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(part))
        written.append(target)
        write(part, data, target)

    monkeypatch.setattr(whole_file, "_write", full)
    outcome = run(*arguments)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("Stopped: ")
    assert "No space left on device" in outcome.stderr
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == 7
    assert not list((tmp_path / "out").glob("*.tmp"))
    monkeypatch.undo()
    assert run(*arguments).exit_code == 0
    assert run("batch", str(some), "-o", str(tmp_path / "other"), "--jobs", "1").exit_code == 0
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "other")


def test_an_unreadable_file_costs_its_client_alone(some: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the network drive had lost it."""
    opened = os.open

    def lost(path: Any, *arguments: Any, **options: Any) -> int:
        if Path(os.fspath(path)).parent.name == "c-05":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", lost)
    outcome = run("batch", str(some), "-o", str(tmp_path / "out"), "--jobs", "1")
    assert "29 made, 0 unchanged, 1 failed" in outcome.stdout
    (problem,) = table(tmp_path / "out" / "problems.csv")
    assert (problem["source"], problem["file"], problem["found"]) == ("c-05", "exercises.csv", "Permission denied")
