"""A whole run: which clients, under which names, made by whom, and what is written for people at the end."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from secrets import token_hex
from typing import Final

from engine import InputError, Problem
from engine.records import Rounding, TaxMethod
from workbook_templates.xlsx.zip_writer import Compression

from ..encryption import read_password
from .build_digest import program_and
from .client_folders import client_folders, files_beside, is_client
from .combined import Combined, tables_of_many
from .index.writing import write_index
from .jobs import PREFIX, BatchSettings, BuildState, Built, FirstLook, Job, StopRunError, failed
from .one_client import build, look
from .progress import progress
from .state import RunState
from .workers import CHUNK, Workers

NAMED: Final = 3  # clients that failed, named on the terminal
_SCRYPT: Final = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True)
class BatchRun:
    """What to make: the sources, the folder for the workbooks, and how."""

    sources: Path
    output: Path
    rounding: Rounding | None = None
    tax_method: TaxMethod | None = None
    compression: Compression = "fast"
    password_file: Path | None = None


@dataclass
class Outcome:
    """What came of a run, in numbers of clients."""

    made: int = 0
    unchanged: int = 0
    failed: int = 0
    not_read: int = 0  # files beside the clients' folders
    first_failed: list[str] = field(default_factory=list)  # at most NAMED of their sources
    left_over: tuple[str, ...] = ()  # workbooks that are no client's any more

    @property
    def clients(self) -> int:
        """All of them."""
        return self.made + self.unchanged + self.failed


def run(night: BatchRun, workers: Workers) -> Outcome:
    """Make what is not yet made. Raises InputError, StopRunError, OSError; whatever is done by then stays done."""
    _check(night)
    night.output.mkdir(parents=True, exist_ok=True)
    with closing(RunState(night.output)) as state:
        state.clear_up()
        tables = tables_of_many(night.sources)
        if not tables:
            return _Run(night, state, workers, None).go()
        with closing(Combined(tables, night.output / f"{PREFIX}{token_hex(8)}.tmp")) as combined:
            return _Run(night, state, workers, combined).go()


@dataclass
class _Run:
    night: BatchRun
    state: RunState
    workers: Workers
    combined: Combined | None

    def go(self) -> Outcome:
        jobs = self.combined.jobs() if self.combined else client_folders(self.night.sources, self.night.output)
        total = self.state.add(jobs)
        if not total:
            raise _none_found(self.night.sources)
        settings = self._settings()
        self.workers.limit(total)
        try:
            self._look(settings, total)
            outcome = self._build(settings, total)
        except sqlite3.OperationalError as error:
            raise StopRunError(f"{self.night.output}: {error}.") from None
        finally:
            self.workers.stop()
        self.state.tell_early_ends()
        write_index(self.state.database, self.night.output)
        outcome.left_over = tuple(self.state.left_over())
        outcome.not_read = files_beside(self.night.sources) if not self.combined else 0
        self.state.forget_run()
        return outcome

    def _settings(self) -> BatchSettings:
        night = self.night
        secret = _secret(night.password_file, self.state.salt()) if night.password_file else ""
        options = [night.rounding, night.tax_method, night.compression, secret]
        return BatchSettings(
            output=str(night.output.resolve()),
            rounding=night.rounding,
            tax_method=night.tax_method,
            compression=night.compression,
            password_file=str(night.password_file.resolve()) if night.password_file else None,
            version=program_and({"options": options}),
        )

    def _look(self, settings: BatchSettings, total: int) -> None:
        """Names and shapes."""
        with progress("Looking", total) as advance:
            for looked in self.workers.run(look, settings, _chunks(map(self._whole, self.state.jobs())), _unseen):
                self.state.name(looked)
                advance(len(looked))
        self.state.settle_names()
        self.state.commit()

    def _build(self, settings: BatchSettings, total: int) -> Outcome:
        outcome = Outcome()
        waiting: dict[str, Job] = {}

        def chunks() -> Iterator[list[Job]]:
            for _, alike in groupby(self.state.jobs_by_shape(), key=lambda each: each[0]):
                for chunk in _chunks(self._whole(job) for _, job in alike):
                    waiting.update({job.source: replace(job, parts={}) for job in chunk})
                    yield chunk

        with progress("Building", total) as advance:
            for done in self.workers.run(build, settings, chunks(), _lost):
                for built in done:
                    self.state.record(waiting.pop(built.source), built)
                    setattr(outcome, built.state.value, getattr(outcome, built.state.value) + 1)
                    if built.state is BuildState.FAILED and len(outcome.first_failed) < NAMED:
                        outcome.first_failed.append(built.source)
                self.state.commit()
                advance(len(done))
        return outcome

    def _whole(self, job: Job) -> Job:
        """The client with its rows, where these come from tables of many clients."""
        return replace(job, parts=self.combined.with_rows(job)) if self.combined and not job.refusals else job


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    jobs = iter(jobs)
    while chunk := list(islice(jobs, CHUNK)):
        yield chunk


def _unseen(job: Job) -> FirstLook:
    return FirstLook(job.source, job.source, "")


def _lost(job: Job) -> Built:
    remedy = "Look for too little memory; if it happens again, report it without the client's files."
    return failed(job.source, [Problem("", None, "", "a worker that died over this client", "a workbook", remedy)])


def _check(night: BatchRun) -> None:
    """Refuse sources and folders that would mix what comes in with what goes out."""
    output, sources = night.output.resolve(), night.sources.resolve()
    where = str(night.output)
    if output == sources or is_client(output):
        problem = Problem(
            where, None, "", "the clients' files", "a folder of its own for the workbooks", "Name another."
        )
        raise InputError([problem])
    if night.output.exists() and not night.output.is_dir():
        raise InputError([Problem(where, None, "", "a file", "a folder for the workbooks", "Name another.")])
    if is_client(sources) and not tables_of_many(sources):
        remedy = "Use isobook build, or add the column client_id."
        raise InputError([Problem(str(night.sources), None, "", "one client's folder", "a folder of folders", remedy)])


def _secret(password_file: Path, salt: str) -> str:
    """A word that changes with the password and does not tell it."""
    password = read_password(password_file.resolve()).encode()
    return hashlib.scrypt(password, salt=salt.encode(), **_SCRYPT, dklen=16).hex()


def _none_found(sources: Path) -> InputError:
    expected = "one folder a client, or tables with a column client_id"
    return InputError([Problem(str(sources), None, "", "no clients", expected, "Check the path.")])
