"""Which file may be replaced: one that isobook wrote and in which nobody has worked since."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from engine import InputError

from ..encryption import decrypted
from ..sources.open_source import open_workbook
from ..sources.workbook_file import is_ours, read_file
from .whole_file import CannotWriteError, check_writable


class WhyKept(NamedTuple):
    """Why a file is not replaced, and what to do so that no work is lost."""

    why: str
    remedy: str

    def error(self, path: Path, then: str) -> CannotWriteError:
        """The refusal to write there; `then` goes on after the remedy: "then run again"."""
        return CannotWriteError(path, self.why, f"{self.remedy}, {then}.")


CHANGED: Final = WhyKept("it was changed since isobook wrote it", "Move or rename it so that no work is lost")
FOREIGN: Final = WhyKept("a file of that name is there that isobook did not write", "Move or rename it")
_UNTOLD: Final = "and what was typed in it since cannot be told"
_NO_WORK_LOST: Final = "Move or rename it so that no work is lost"
LOCKED: Final = WhyKept(f"it is under a password that was not given, {_UNTOLD}", _NO_WORK_LOST)
OR_ANOTHER_NAME: Final = "or give another name with -o"
EARLIER: Final = WhyKept(f"an earlier isobook wrote it, {_UNTOLD}", _NO_WORK_LOST)


def check_replaceable(target: Path, data: bytes, password: str | None = None) -> None:
    """Raise CannotWriteError where `data` would take the place of a file that is open, foreign or worked in.

    `password` opens a target that is encrypted; `data` is the workbook without one.

    Where no batch keeps what it wrote, the file itself tells: it is as isobook made it, or it is not.
    """
    check_writable(target)
    if not target.exists():
        return
    try:
        there = decrypted(target.name, target.read_bytes(), password)
    except InputError:
        raise LOCKED.error(target, OR_ANOTHER_NAME) from None
    if there != data and (kept := _why_kept(target, password)):
        raise kept.error(target, OR_ANOTHER_NAME)


def _why_kept(target: Path, password: str | None) -> WhyKept | None:
    """None where nothing is lost. Sheets of another version differ of themselves, which tells no edit."""
    try:
        found = read_file(target, password)
    except InputError as error:
        return _unread(error) if is_ours(decrypted(target.name, target.read_bytes(), password)) else FOREIGN
    if found.earlier_layout:
        return EARLIER
    try:
        as_made = open_workbook(target, found).is_as_made
    except InputError:  # of what was typed
        return CHANGED
    if as_made:
        return None
    return CHANGED if found.made_by in ("", version("isobook")) else _of_version(found.made_by)


def _unread(error: InputError) -> WhyKept:
    """Of a later isobook, or no longer whole."""
    found = "; ".join(dict.fromkeys(each.value for each in error.problems))
    return WhyKept(f"isobook wrote it, and this version cannot read it: {found}", _NO_WORK_LOST)


def _of_version(made_by: str) -> WhyKept:
    return WhyKept(f"isobook {made_by} wrote it, this is {version('isobook')}, {_UNTOLD}", _NO_WORK_LOST)
