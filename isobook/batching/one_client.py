"""One client's part of the night: read, compute, fill, write. This runs in the workers, many clients at a time."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import perf_counter
from traceback import extract_tb
from types import TracebackType
from typing import Final

from engine import InputError, Problem
from workbook_templates.fill import CAPACITIES, SPARE, workbook_of

from ..encryption import encrypted, read_password
from ..files.replacing import CHANGED, FOREIGN
from ..files.whole_file import CannotWriteError, write_whole
from ..sources import open_source, source_name
from ..sources.client_folder import TABLES
from ..sources.client_toml import NAME as CLIENT_TOML
from ..sources.workbook_file import read_file
from ..user_files import TABLE, WORKBOOK, first_bytes
from ..words.forms import computed
from .build_digest import program
from .index.row import index_row
from .jobs import PREFIX, BatchSettings, BuildState, Built, FirstLook, Job, StopRunError, failed

FILES: Final = (*(f"{table}.csv" for table in TABLES), CLIENT_TOML)
_JOURNAL: Final = f"{PREFIX}{token_hex(8)}"  # of this process
_YEAR: Final = re.compile(rb"(?:^|[\s,;\"/])(20[12]\d)\b")
_FATAL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


def look(settings: BatchSettings, jobs: Sequence[Job]) -> list[FirstLook]:
    """Take a first look at some clients; nothing is refused yet."""
    return [_looked(settings, job) for job in jobs]


def build(settings: BatchSettings, jobs: Sequence[Job]) -> list[Built]:
    """Make the workbooks of some clients; what is wrong with one is told in its place. Raises StopRunError."""
    if not settings.version.startswith(program()):
        raise StopRunError("A worker runs another isobook than this one. Install the same one everywhere.")
    return [_built(settings, job) for job in jobs]


def _looked(settings: BatchSettings, job: Job) -> FirstLook:
    if job.refusals:
        return FirstLook(job.source, job.source, "")
    try:
        with _folder(settings, job) as folder:
            if folder.is_file():
                return _looked_at_workbook(job, folder, _password(settings))
            rows = {name: content for name, content in _contents(folder) if name.endswith(".csv")}
            return FirstLook(job.source, source_name(folder), _shape(rows))
    except OSError:
        return FirstLook(job.source, job.source, "")


def _looked_at_workbook(job: Job, path: Path, password: str | None) -> FirstLook:
    try:
        found = read_file(path, password)
    except InputError:  # told when it is built
        return FirstLook(job.source, source_name(path), "")
    years = [row.cells["tax_year"] for row in found.tables["returns"]] or [""]
    counts = (len(found.tables[table]) + SPARE for table in ("exercises", "sales"))
    return FirstLook(
        job.source, found.settings["name"] or source_name(path), _shape_words(min(years), max(years), counts)
    )


def _shape(rows: dict[str, bytes]) -> str:
    """Years and capacities, guessed without parsing: only the order of work depends on it."""
    years = _YEAR.findall(rows.get("returns.csv") or rows.get("exercises.csv", b"")) or [b""]
    counts = (rows.get(name, b"").count(b"\n") - 1 + SPARE for name in ("exercises.csv", "sales.csv"))
    return _shape_words(min(years).decode(), max(years).decode(), counts)


def _shape_words(first: str, last: str, counts: Iterable[int]) -> str:
    capacities = (next((each for each in CAPACITIES if each >= count), 0) for count in counts)
    return " ".join([first, last, *(f"{each:04}" for each in capacities)])


def _built(settings: BatchSettings, job: Job) -> Built:
    """One client, whatever happens to it."""
    seconds: dict[str, float] = {}
    try:
        return replace(_made(settings, job, seconds), seconds=seconds)
    except InputError as error:
        return failed(job.source, [_in_whole(job, each) for each in error.problems], seconds=seconds)
    except CannotWriteError as error:
        cause = error.__context__
        if isinstance(cause, OSError) and cause.errno in _FATAL:
            raise StopRunError(str(error)) from None
        return failed(job.source, [_unwritten(job, error)], seconds=seconds)
    except OSError as error:
        if error.errno in _FATAL:
            raise StopRunError(f"{job.source}: {error.strerror}.") from None
        return failed(job.source, [_unread(error)], seconds=seconds)
    except Exception as error:  # noqa: BLE001  # a fault of ours costs this client its workbook, never the others
        return failed(job.source, [_fault(error)], seconds=seconds)


def _made(settings: BatchSettings, job: Job, seconds: dict[str, float]) -> Built:
    if job.refusals:
        raise InputError(job.refusals)
    target = Path(settings.output, job.file)
    with _folder(settings, job) as folder, _timed(seconds, "read"):
        made_of = _digest(settings.version, job, folder)
        found = _sha256_of(target)
        known = job.known
        if known and made_of and known.made_of == made_of and found and found not in known.unfinished:
            return Built(job.source, BuildState.UNCHANGED, made_of, known.sha256, edited=found != known.sha256)
        password = _password(settings)
        opened = open_source(folder, rounding=settings.rounding, tax_method=settings.tax_method, password=password)
    with _timed(seconds, "figure"):
        projection = computed(opened.client)
        row = index_row(projection, opened.all_notes())
    with _timed(seconds, "fill"):
        data = workbook_of(projection, settings.compression)
    with _timed(seconds, "encrypt"):
        if password is not None:
            data = encrypted(data, password)
    sha256 = hashlib.sha256(data).hexdigest()
    ours = {sha256, *((known.sha256, *known.unfinished) if known else ())}
    if found is not None and found not in ours - {""}:
        raise (CHANGED if known else FOREIGN).error(Path(job.file), "then run again")
    with _timed(seconds, "write"):
        _announce(settings, job.file, sha256)
        write_whole(target, data)
    return Built(job.source, BuildState.MADE, made_of, sha256, row)


def _password(settings: BatchSettings) -> str | None:
    return read_password(Path(settings.password_file)) if settings.password_file else None


def _announce(settings: BatchSettings, file: str, sha256: str) -> None:
    """Note what is about to be written: after a kill the next run knows the workbook from one that a person changed."""
    with Path(settings.output, f"{_JOURNAL}-{os.getpid()}.journal").open(
        "a", encoding="utf-8", newline="\n"
    ) as journal:
        journal.write(f"{sha256} {file}\n")


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    start = perf_counter()
    try:
        yield
    finally:
        seconds[step] = perf_counter() - start


@contextmanager
def _folder(settings: BatchSettings, job: Job) -> Iterator[Path]:
    """The client's folder or workbook; parts of larger tables get a folder, where the next run would clear it away."""
    if job.folder is not None:
        yield Path(job.folder)
        return
    with TemporaryDirectory(prefix=PREFIX, suffix=".tmp", dir=settings.output) as name:
        folder = Path(name)
        for file, part in job.parts.items():
            (folder / file).write_bytes(part.content)
        yield folder


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files that a client is read from, tables under lower-case names; what read_source refuses is left out."""
    if folder.is_file():
        yield folder.name, first_bytes(folder, WORKBOOK.most_bytes + 1)
        return
    home = folder.resolve()
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if name in FILES and path.is_file() and path.resolve().is_relative_to(home):
            yield name, first_bytes(path, TABLE.most_bytes + 1)


def _digest(version: str, job: Job, folder: Path) -> str:
    """What the workbook is made of: the program, the settings, the file's own name and the client's files."""
    digest = hashlib.sha256(f"{version}\0{job.source}\0{job.file}".encode("utf-8", "replace"))
    try:
        for name, content in _contents(folder):
            digest.update(f"\0{name}\0{len(content)}\0".encode())
            digest.update(content)
    except OSError:  # read_source says what is wrong
        return ""
    return digest.hexdigest()


def _sha256_of(path: Path) -> str | None:
    """The digest of a file that is there; "" for what is no file."""
    if path.is_symlink() or not path.is_file():
        return "" if path.is_symlink() or path.exists() else None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _in_whole(job: Job, problem: Problem) -> Problem:
    """The problem at its place in the tables of many clients, if the client came from these."""
    part = job.parts.get(problem.file)
    if part is None or problem.file == CLIENT_TOML:
        return replace(problem, file="clients.csv") if part else problem
    place = None if problem.row is None else problem.row - 2
    return replace(problem, row=part.rows[place] if place is not None and 0 <= place < len(part.rows) else None)


def _unwritten(job: Job, error: CannotWriteError) -> Problem:
    why = error.why if error.path == Path(job.file) else f"{error.path}: {error.why}"
    return Problem(job.file, None, "", why, "a place to write the workbook to", error.remedy)


def _unread(error: OSError) -> Problem:
    file = Path(str(error.filename or "")).name
    return Problem(file, None, "", error.strerror or "no access", "a file", "Check its name and permissions.")


def _fault(error: Exception) -> Problem:
    """Where isobook failed, without a word of the client's."""
    place = _place(error.__traceback__)
    value = f"an error of isobook's ({type(error).__name__} at {place})"
    return Problem("", None, "", value, "a workbook", "Please report it, without the client's files.")


def _place(traceback: TracebackType | None) -> str:
    last = extract_tb(traceback)[-1]
    return f"{Path(last.filename).name}:{last.lineno}, Python {sys.version_info.major}.{sys.version_info.minor}"
