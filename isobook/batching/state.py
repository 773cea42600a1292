"""What a run knows, in one SQLite file of the output folder: nothing of it grows in memory, and a kill loses nothing.

The table `made` outlives the run: which workbook was made of what. The others hold one run's clients and results.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from engine import InputError, Problem
from engine.clients.open_items import ClientState

from .file_names import clash_key, distinct_stem, file_stem
from .index.row import ORDER, REVIEW, ends_early
from .jobs import JOURNALS, TEMPORARY, BuildState, Built, FirstLook, Job, MadeBefore

NAME: Final = ".isobook-batch.sqlite"
_KEPT: Final = """
create table if not exists made (file text primary key, source text, made_of text, sha256 text, row text);
create table if not exists wrote (file text, sha256 text, primary key (file, sha256)) without rowid;
create table if not exists about (name text primary key, value text);
"""
_OF_A_RUN: Final = """
drop table if exists clients; drop table if exists results; drop table if exists problems;
create table clients (source text primary key, folder blob, refusals text, shape text, name text, stem text,
  clash text, file text);
create index clash on clients (clash); create index work on clients (shape, source);
create table results (source text primary key, state text, rank int, called text, row text, file text, sha256 text,
  notes text, problems int, first_problem text, seconds text);
create table problems (source text, place int, file text, row int, col text, value text, expected text, remedy text,
  primary key (source, place)) without rowid;
"""
_PAGE: Final = 500
_PRIMARY: Final = 0xFF  # of an extended error code of SQLite


class RunState:
    """The database of a run. Raises InputError where another run has it or where it is no database."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._folder = folder
        self.database = sqlite3.connect(self._path, timeout=0.2)
        try:
            self.database.execute("pragma locking_mode = exclusive")
            self.database.execute("pragma synchronous = normal")
            self.database.executescript(_KEPT + _OF_A_RUN)
            self.database.commit()
        except sqlite3.DatabaseError as error:
            self.database.close()
            busy = getattr(error, "sqlite_errorcode", 0) & _PRIMARY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            value, remedy = (
                ("in use by another run", "Wait for it, or give another folder.")
                if busy
                else (str(error), "Remove that file and move the workbooks away: they are made again.")
            )
            raise InputError([Problem(NAME, None, "", value, "the records of earlier runs", remedy)]) from None

    def close(self) -> None:
        """Give the file free for the next run."""
        self.database.close()

    def commit(self) -> None:
        """Keep what was recorded, whatever happens to the program."""
        self.database.commit()

    def salt(self) -> str:
        """A random word of this folder's own."""
        self.database.execute("insert or ignore into about values ('salt', ?)", (token_hex(16),))
        (salt,) = self.database.execute("select value from about where name = 'salt'").fetchone()
        return str(salt)

    def clear_up(self) -> None:
        """Take note of what a run wrote that ended early, and remove its temporary files."""
        for journal in self._folder.glob(JOURNALS):
            lines = (line.split(" ", 1) for line in journal.read_text("utf-8", "replace").splitlines())
            rows = [(words[1], words[0]) for words in lines if len(words) == 2]
            self.database.executemany("insert or ignore into wrote values (?, ?)", rows)
            self.commit()
            journal.unlink()
        for path in self._folder.glob(TEMPORARY):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def add(self, jobs: Iterable[Job]) -> int:
        """Take in the clients of this run; how many they are."""
        rows = ((job.source, _path_bytes(job.folder), _problems_text(job.refusals)) for job in jobs)
        self.database.executemany("insert into clients (source, folder, refusals) values (?, ?, ?)", rows)
        (count,) = self.database.execute("select count(*) from clients").fetchone()
        return int(count)

    def jobs(self) -> Iterator[Job]:
        """The clients in the order of their sources."""
        yield from map(self._job, self._pages("source"))

    def jobs_by_shape(self) -> Iterator[tuple[str, Job]]:
        """The clients, those with like workbooks together, each with its shape."""
        for row in self._pages("shape, source"):
            yield row[3], self._job(row)

    def _pages(self, order: str) -> Iterator[tuple[Any, ...]]:
        """A page at a time, so that results may be recorded meanwhile."""
        columns = order.split(", ")
        last: Sequence[Any] = []
        after = "true"
        while True:
            rows = self.database.execute(
                f"select source, folder, refusals, coalesce(shape, ''), file from clients where {after} "  # noqa: S608
                f"order by {order} limit {_PAGE}",
                last,
            ).fetchall()
            yield from rows
            if len(rows) < _PAGE:
                return
            last = [rows[-1][0]] if len(columns) == 1 else [rows[-1][3], rows[-1][0]]
            after = f"({order}) > ({', '.join('?' * len(columns))})"

    def _job(self, row: tuple[Any, ...]) -> Job:
        source, folder, refusals, _, file = row
        found = self.database.execute("select made_of, sha256 from made where file = ?", (file,)).fetchone()
        rows = self.database.execute("select sha256 from wrote where file = ?", (file,)).fetchall()
        made_of, sha256 = found or ("", "")
        known = MadeBefore(made_of, sha256, [each for (each,) in rows]) if found or rows else None
        path = os.fsdecode(folder) if folder is not None else None
        return Job(source, path, refusals=_problems(refusals), file=file or "", known=known)

    def name(self, looked: Iterable[FirstLook]) -> None:
        """Record what a first look found."""
        rows = [(each.name, stem := file_stem(each.name), clash_key(stem), each.shape, each.source) for each in looked]
        self.database.executemany("update clients set name = ?, stem = ?, clash = ?, shape = ? where source = ?", rows)

    def settle_names(self) -> None:
        """Give every client a file name of its own; clients of one name get their sources' names too."""
        clashing = "select clash from clients group by clash having count(*) > 1"
        for attempt in range(9):
            found = self.database.execute(
                f"select source, name from clients where clash in ({clashing})"  # noqa: S608
            ).fetchall()
            for source, name in found:
                stem = distinct_stem(name, source, attempt)
                self.database.execute(
                    "update clients set stem = ?, clash = ? where source = ?", (stem, clash_key(stem), source)
                )
            if not found:
                break
        self.database.execute("update clients set file = stem || '.xlsx'")

    def record(self, job: Job, built: Built) -> None:
        """Record what came of a client."""
        row, notes = json.dumps(built.row), list(built.row.get("notes", []))
        if built.state is BuildState.MADE:
            values = (job.file, job.source, built.made_of, built.sha256, row)
            self.database.execute("insert or replace into made values (?, ?, ?, ?, ?)", values)
        if built.state is BuildState.UNCHANGED:
            (row,) = self.database.execute("select row from made where file = ?", (job.file,)).fetchone()
            notes = list(json.loads(row)["notes"])
        if built.edited:
            notes.append("The workbook was changed since isobook wrote it; it was left as it is.")
        self._result(job, built, row, notes)

    def _result(self, job: Job, built: Built, row: str, notes: list[str]) -> None:
        name, stem = self.database.execute("select name, stem from clients where source = ?", (job.source,)).fetchone()
        made = built.state is not BuildState.FAILED
        if made and stem != file_stem(name):
            notes.append(f"Its file is named {job.file}: another client has the same name.")
        if not made and Path(self._folder, job.file).is_file():
            notes.append(f"{job.file} is of an earlier run and shows older figures.")
        values = json.loads(row)
        count = len(built.problems) + built.more_problems
        called = values.get("client") or name
        stands = values["state"] if made else ClientState.CANNOT_BE_BUILT
        self.database.execute(
            "insert or replace into results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(
                    job.source,
                    built.state.value,
                    _rank(stands),
                    called,
                    row,
                ),
                *(job.file if made else "", built.sha256 if made else "", "\n".join(notes), count),
                *(str(built.problems[0]) if built.problems else "", json.dumps(dict(built.seconds))),
            ),
        )
        listed = [(job.source, place, *astuple(each)) for place, each in enumerate(built.problems)]
        if built.more_problems:
            rest = Problem("", None, "", f"{built.more_problems:,} more problems", "none", "isobook check lists all.")
            listed.append((job.source, len(listed), *astuple(rest)))
        self.database.executemany("insert or replace into problems values (?, ?, ?, ?, ?, ?, ?, ?)", listed)

    def tell_early_ends(self) -> None:
        """Put to be confirmed, and first to do, where a client's returns end before those of other clients."""
        found = "select max(json_extract(row, '$.last_year')) from results"
        (latest,) = self.database.execute(found).fetchone()
        early = (
            "select source, row from results where json_extract(row, '$.last_year') < ? "
            "and not json_extract(row, '$.ended')"
        )
        for source, text in self.database.execute(early, (latest,)).fetchall():
            row = json.loads(text)
            told = ends_early(row["last_year"], latest)
            row["to_do"] = told if row["to_do"] == REVIEW else f"{row['to_do']} {told}"
            row["open_items"] += 1
            if row["state"] == ClientState.READY:
                row["state"] = ClientState.TO_CONFIRM
            values = (_rank(row["state"]), json.dumps(row), source)
            self.database.execute("update results set rank = ?, row = ? where source = ?", values)

    def left_over(self) -> list[str]:
        """Workbooks of earlier runs, still there, that are no client's any more; at most the first hundred."""
        rows = self.database.execute("select file from made where file not in (select file from clients) order by file")
        there = (file for (file,) in rows if Path(self._folder, file).is_file())
        return [file for file, _ in zip(there, range(100), strict=False)]

    def forget_run(self) -> None:
        """Drop what only this run needed: all that it wrote is recorded."""
        self.clear_up()
        self.database.executescript(
            "delete from wrote; drop table clients; drop table results; drop table problems; vacuum;"
        )


def _rank(state: str) -> int:
    return ORDER.index(ClientState(state))


def _path_bytes(folder: str | None) -> bytes | None:
    return None if folder is None else os.fsencode(folder)


def _problems_text(problems: Sequence[Problem]) -> str:
    return json.dumps([astuple(each) for each in problems])


def _problems(text: str) -> tuple[Problem, ...]:
    return tuple(Problem(*each) for each in json.loads(text))
