"""The same work handed to a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.batch_sources import BAD, few_shapes, snapshot, write_client, write_files
from tests.command import run, wrong_use


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A cluster on this machine."""
    options = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**options) as cluster:  # type: ignore[no-untyped-call]
        yield cluster.scheduler_address


def test_a_cluster_makes_the_same_files(scheduler: str, tmp_path: Path) -> None:
    """The workbooks, the index and the problems, byte for byte."""
    for source, tables in few_shapes(30).items():
        if len(tables["exercises"]) < 9:
            write_client(tmp_path / "in" / source, tables)
    write_files(tmp_path / "in", {name: BAD[name] for name in ("empty", "negative shares")})
    here = run("batch", str(tmp_path / "in"), "-o", str(tmp_path / "here"), "--jobs", "1")
    there = run("batch", str(tmp_path / "in"), "-o", str(tmp_path / "there"), "--scheduler", scheduler)
    assert (here.exit_code, there.exit_code) == (1, 1)
    assert "12 made, 0 unchanged, 2 failed" in there.stdout
    assert snapshot(tmp_path / "there") == snapshot(tmp_path / "here")


def test_a_cluster_that_does_not_answer_is_wrong_use(tmp_path: Path) -> None:
    """As is a number of jobs beside it: the cluster has its own."""
    assert "no cluster answers" in wrong_use("batch", str(tmp_path), "-o", "out", "--scheduler", "nonsense://x")
    assert "leave --jobs out" in wrong_use("batch", str(tmp_path), "-o", "out", "--scheduler", "tcp://x:1", "-j", "2")
