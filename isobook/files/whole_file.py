"""A file is written whole or not at all: beside its place first, then moved into it in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import Final

CLOSE: Final = "Close it in the spreadsheet program, or give another name."


class CannotWriteError(Exception):
    """A file that could not be written: which one, why, and what to do. Nothing of it is left behind."""

    def __init__(self, path: Path, why: str, remedy: str) -> None:
        super().__init__(path, why, remedy)
        self.path, self.why, self.remedy = path, why, remedy

    def __str__(self) -> str:
        return f"{self.path}: {self.why}. {self.remedy}"


def write_whole(path: Path, data: bytes) -> Path | None:
    """Write a file, in the place of an older one if there is one; give the folder that was made for it, if one was.

    Raises CannotWriteError.
    """
    target = check_writable(path)
    missing = None if target.parent.exists() else path.parent
    part = target.with_name(f".isobook-{token_hex(8)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(part, data, target)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        remedy = CLOSE if target.is_file() else "Check the folder and its permissions, or give another one."
        raise CannotWriteError(path, f"not written ({error.strerror or error})", remedy) from None
    return missing


def write_new(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files by name into a folder and list them; one that is there with the same content may stay.

    Raises CannotWriteError where another is there, before anything is written.
    """
    for name, data in files.items():
        path = folder / name
        if path.is_symlink() or (path.exists() and not (path.is_file() and path.read_bytes() == data)):
            raise CannotWriteError(path, "it is there already with something else in it", "Give another folder.")
    for name, data in files.items():
        write_whole(folder / name, data)
    return [folder / name for name in files]


def check_writable(path: Path) -> Path:
    """Where a file would be written. Raises CannotWriteError where an older one is protected, or open somewhere."""
    target = Path(os.path.realpath(path))  # a link stays a link
    if reason := _why_not(target):
        raise CannotWriteError(path, *reason)
    return target


def _write(part: Path, data: bytes, target: Path) -> None:
    with part.open("xb") as file:
        if target.exists():
            shutil.copymode(target, part)  # who could not read the older one cannot read this one
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _why_not(target: Path) -> tuple[str, str] | None:
    """Why an older file must stay as it is, and what to do: other systems than Windows would replace it unasked."""
    if not target.is_file():
        return None
    if not target.stat().st_mode & 0o222:
        return "the file there is write-protected", "Remove the protection, or give another name."
    for lock in (f"~${target.name}", f".~lock.{target.name}#"):  # of Excel, of LibreOffice
        if target.with_name(lock).exists():
            return f"it is open, says the lock file {lock}", f"{CLOSE} A lock left by a crash may be deleted."
    return None
