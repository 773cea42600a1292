"""A folder of client folders and workbooks: which clients there are. Links are not followed, nothing is read yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from engine import InputError, Problem

from ..sources.workbook_file import SUFFIXES
from .jobs import Job
from .one_client import FILES


def client_folders(sources: Path, output: Path) -> Iterator[Job]:
    """One client for each folder and each workbook; the output folder may stand among them. Raises InputError."""
    if not sources.is_dir():
        value = "a file" if sources.exists() else "nothing"
        raise _refusal(sources, value, "Check the path; for one client, use isobook build.")
    with os.scandir(sources) as entries:
        for entry in entries:
            if entry.name.startswith(".") or _is_same(entry, output):
                continue
            if entry.is_symlink() and entry.is_dir():
                yield Job(_shown(entry.name), entry.path, refusals=[_link(entry.name)])
            elif entry.is_dir(follow_symlinks=False) or _is_workbook(entry):
                yield Job(_shown(entry.name), entry.path)


def files_beside(sources: Path) -> int:
    """How many files stand beside the folders, in none of them; they are not read."""
    with os.scandir(sources) as entries:
        files = [entry for entry in entries if not entry.is_dir() and not entry.name.startswith(".")]
        return sum(not _is_workbook(entry) for entry in files)


def is_client(folder: Path) -> bool:
    """Tell whether a folder holds a client's files."""
    return folder.is_dir() and any(path.name.lower() in FILES for path in folder.iterdir())


def _is_workbook(entry: os.DirEntry[str]) -> bool:
    """Tell a workbook; the owner file that Excel keeps beside an open one is none."""
    name = entry.name.lower()
    return name.endswith(SUFFIXES) and not name.startswith("~$") and entry.is_file(follow_symlinks=False)


def _is_same(entry: os.DirEntry[str], output: Path) -> bool:
    return output.exists() and output.samefile(entry.path) if entry.is_dir() else False


def _shown(name: str) -> str:
    """The name as text: what the file system holds beyond it is spelled out."""
    return name.encode("utf-8", "backslashreplace").decode() if name.isprintable() else ascii(name)[1:-1]


def _link(name: str) -> Problem:
    return Problem(
        "", None, "", "a link to a folder", "a folder", f"Copy the client's files into a folder {_shown(name)}."
    )


def _refusal(sources: Path, value: str, remedy: str) -> InputError:
    expected = "a folder of client folders and workbooks, or a folder of tables with a column client_id"
    return InputError([Problem(str(sources), None, "", value, expected, remedy)])
