"""Which file may be replaced: one that isobook wrote and in which nobody has worked since."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from engine import InputError

from ..sources.open_source import open_workbook
from ..sources.workbook_file import read_file
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
EARLIER: Final = WhyKept(
    "an earlier isobook wrote it, and what was typed in it since cannot be told",
    "Move or rename it so that no work is lost",
)


def check_replaceable(target: Path, data: bytes) -> None:
    """Raise CannotWriteError where `data` would take the place of a file that is open, foreign or worked in.

    Where no batch keeps what it wrote, the file itself tells: it is as isobook made it, or it is not.
    """
    check_writable(target)
    if target.exists() and target.read_bytes() != data and (kept := _why_kept(target)):
        raise kept.error(target, "or give another name with -o")


def _why_kept(target: Path) -> WhyKept | None:
    try:
        found = read_file(target)
    except InputError:
        return FOREIGN
    if found.earlier_layout:
        return EARLIER
    try:
        return None if open_workbook(target, found).is_as_made else CHANGED
    except InputError:  # of what was typed
        return CHANGED
