"""What travels between the command and its workers: a client to look at or to build, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from engine import Problem
from engine.records import Rounding, TaxMethod
from workbook_templates.xlsx.zip_writer import Compression

MOST_PROBLEMS: Final = 100  # listed for one client; `isobook check` lists all of them
PREFIX: Final = ".isobook-"  # of every file in the output folder that is not for people
TEMPORARY: Final = f"{PREFIX}*.tmp"
JOURNALS: Final = f"{PREFIX}*.journal"


class BuildState(StrEnum):
    """What came of a client's workbook, in the words of timings.csv."""

    MADE = "made"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class StopRunError(Exception):
    """The run cannot go on: a full disk, or workers that run another isobook. What is done is kept."""


@dataclass(frozen=True, slots=True)
class ClientRows:
    """One client's share of a table of many clients: a CSV file, and the row of each of its rows in the whole."""

    content: bytes
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class Job:
    """One client: a folder or workbook of its own, or parts of the tables of many clients."""

    source: str  # the folder's name or the client_id: unique in a run
    folder: str | None = None
    parts: Mapping[str, ClientRows] = field(default_factory=dict)
    refusals: Sequence[Problem] = ()  # what is wrong before a file is read
    file: str = ""  # the workbook's name
    known: MadeBefore | None = None  # what an earlier run left under that name


@dataclass(frozen=True, slots=True)
class MadeBefore:
    """What earlier runs left under a file's name: what it was made of, its digest, and digests of unfinished runs."""

    made_of: str
    sha256: str
    unfinished: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """What is the same for all clients of a run."""

    output: str
    rounding: Rounding | None = None
    tax_method: TaxMethod | None = None
    compression: Compression = "fast"
    password_file: str | None = None
    version: str = ""  # of the program and of these settings; another one makes every workbook anew


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A first look at a client: the name, and which workbooks are alike, so that these are made one after another."""

    source: str
    name: str
    shape: str


@dataclass(frozen=True, slots=True)
class Built:
    """What came of one client. Amounts are decimal text in dollars; seconds by step."""

    source: str
    state: BuildState
    made_of: str = ""
    sha256: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    more_problems: int = 0
    edited: bool = False  # the workbook is not as isobook wrote it
    seconds: Mapping[str, float] = field(default_factory=dict)


def failed(source: str, problems: Sequence[Problem], **rest: Any) -> Built:
    """A client without a workbook."""
    listed = problems[:MOST_PROBLEMS]
    return Built(source, BuildState.FAILED, problems=listed, more_problems=len(problems) - len(listed), **rest)
