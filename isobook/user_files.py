"""A file that a user names, as bytes: a real file within its limit, or a refusal in words. The limits are one table."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple

from engine.errors import InputError, Problem

_WITHOUT_WAITING: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe would wait for a writer
NOT_A_FILE: Final = "a pipe or a device"
_MOST_DOTS: Final = 50  # in one key of TOML: Python's reader takes minutes for thousands
_AROUND_DOTS: Final = re.compile(r"[ \t]*\.[ \t]*")
_LONG_NUMBER: Final = re.compile(r"[0-9a-f_]{1000}", re.IGNORECASE)  # Python refuses to write one out
_BETWEEN_KEYS: Final = re.compile(r"[\s=\[\]{},]+")


class FileLimit(NamedTuple):
    """How large a kind of file may be, and what to do about a larger one."""

    what: str
    most_bytes: int
    remedy: str


TABLE: Final = FileLimit("a CSV file", 8_000_000, "Give each client a file of their own.")
WORKBOOK: Final = FileLimit("a workbook", 50_000_000, "Give another file.")
DOWNLOAD: Final = FileLimit("a file of a broker or filer", 8_000_000, "Import it in parts.")
SETTINGS: Final = FileLimit("a TOML file in UTF-8", 64_000, "Remove what is no setting.")
PASSWORD_FILE: Final = FileLimit(
    "a text file in UTF-8 whose first line is the password", 64_000, "Keep the password alone in it."
)
BLANK_FORM: Final = FileLimit("a PDF form", 20_000_000, "Take it out of the folder.")


def read_bytes(path: Path, limit: FileLimit) -> bytes:
    """The bytes of a file. Raises InputError: none of that name, no access, no real file, or more than the limit."""
    try:
        data = first_bytes(path, limit.most_bytes + 1)
    except FileNotFoundError:
        raise _refusal(path, "no file of that name", limit.what, "Check its name.") from None
    except OSError as error:
        found = "a folder" if path.is_dir() else error.strerror or "no access"
        remedy = "Close it in the program that has it open; else check its name and permissions."
        if found in ("a folder", NOT_A_FILE):
            remedy = "Give a file."
        raise _refusal(path, found, limit.what, remedy) from None
    if len(data) > limit.most_bytes:
        most = f"{limit.what} of at most {limit.most_bytes:,} bytes"
        raise _refusal(path, f"more than {limit.most_bytes:,} bytes", most, limit.remedy)
    return data


def first_bytes(path: Path, count: int) -> bytes:
    """The first bytes of a file, at most so many. Raises OSError, for a pipe and a device too."""
    descriptor = os.open(path, os.O_RDONLY | _WITHOUT_WAITING)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, NOT_A_FILE, str(path))
        return file.read(count)


def read_toml(path: Path, example: str) -> dict[str, Any]:
    """The entries of a TOML file. Raises InputError; `example` shows how a line of it reads."""
    data = read_bytes(path, SETTINGS)
    remedy = f"Correct it; a line reads: {example}."
    try:
        text = data.decode("utf-8-sig")
        keys = _BETWEEN_KEYS.split(_AROUND_DOTS.sub(".", text))
        if any(key.count(".") > _MOST_DOTS for key in keys):
            raise _refusal(path, f"more than {_MOST_DOTS} dots in a row of names", SETTINGS.what, remedy)
        if _LONG_NUMBER.search(text):
            raise _refusal(path, "a number with too many digits", SETTINGS.what, remedy)
        return tomllib.loads(text)
    except UnicodeDecodeError:
        raise _refusal(path, "other bytes", SETTINGS.what, "Save it again as text in UTF-8.") from None
    except RecursionError:
        raise _refusal(path, "brackets within brackets", SETTINGS.what, remedy) from None
    except tomllib.TOMLDecodeError as error:
        raise _refusal(path, str(error), SETTINGS.what, remedy) from None


def _refusal(path: Path, value: str, expected: str, remedy: str) -> InputError:
    return InputError([Problem(path.name, None, "", value, expected, remedy)])
