"""Whatever stands in the sources, a run ends in words: no traceback, and no file touched outside its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isobook.batching import one_client as work
from tests.batch_sources import BAD, GOOD, HEADER, ODD, RETURNS, snapshot, table
from tests.command import run

CORPUS = [content for files in (*BAD.values(), *ODD.values()) for content in files.values() if len(content) < 3_000]
FILES = ("exercises.csv", "returns.csv", "sales.csv", "splits.csv", "client.toml", "clients.csv", "Exercises.CSV")
NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20)
WORDS = st.sampled_from(
    [
        *b"=1+1 NaN -5 1899-12-31 9999-12-31 ../../x 1e999 @SUM(1) client_id 2025 single E1 \" ' , ;".split(),
        *(b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\r", b"\n", b"x" * 2_000),
    ]
)


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """A file: anything, a piece of the corpus, or a good one with words put in anywhere."""
    content = draw(st.sampled_from([*CORPUS, HEADER + GOOD, RETURNS]) | st.binary(max_size=200))
    for word in draw(st.lists(WORDS, max_size=3)):
        place = draw(st.integers(0, len(content)))
        content = content[:place] + word + content[place:]
    return content


FOLDERS = st.dictionaries(NAMES, st.dictionaries(st.sampled_from(FILES), contents(), max_size=4), max_size=4)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every year has its own shape of workbook, a second each to prepare: here figures stand for the workbook."""
    monkeypatch.setattr(
        work, "workbook_of", lambda projection, _compression: repr(projection.records).encode("utf-8", "replace")
    )


def spared(home: Path, sources: Path) -> None:
    """Run over the sources; all that stands beside the output folder is as before."""
    before = snapshot(sources)
    outcome = run("batch", str(sources), "-o", str(home / "out"), "--jobs", "1")
    assert outcome.exit_code in (0, 1), outcome
    assert "Traceback" not in outcome.stderr
    assert snapshot(sources) == before
    assert {path.name for path in home.iterdir()} <= {"in", "out", "bystander"}
    assert (home / "bystander").read_bytes() == b"untouched"
    if (home / "out" / "problems.csv").exists():
        assert not any("an error of isobook" in row["found"] for row in table(home / "out" / "problems.csv"))
        assert not list((home / "out").glob(".isobook-*.*[lp]"))


def laid_out(home: Path) -> Path:
    """An empty source beside a bystander."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "in").mkdir(parents=True)
    (home / "bystander").write_bytes(b"untouched")
    return home / "in"


serves_every_example = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@serves_every_example
@given(FOLDERS)
def test_no_folders_break_a_run(tmp_path: Path, folders: dict[str, dict[str, bytes]]) -> None:
    """Any names, any files, any bytes."""
    sources = laid_out(tmp_path / "home")
    for name, files in folders.items():
        try:
            (sources / name).mkdir()
        except (OSError, ValueError):
            continue
        for file, content in files.items():
            (sources / name / file).write_bytes(content)
    spared(tmp_path / "home", sources)


@serves_every_example
@given(st.dictionaries(st.sampled_from(FILES), contents(), max_size=4), st.booleans())
def test_no_tables_break_a_run(tmp_path: Path, files: dict[str, bytes], told_apart: bool) -> None:
    """Any bytes in the tables of many clients."""
    sources = laid_out(tmp_path / "home")
    for file, content in files.items():
        start = b"client_id," if told_apart else b""
        (sources / file).write_bytes(start + content.replace(b"\n", b"\n7,", 1) if told_apart else content)
    spared(tmp_path / "home", sources)
