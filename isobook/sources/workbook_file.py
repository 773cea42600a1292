"""A client as a workbook that isobook made, also after a person edited it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.errors import InputError, Problem
from engine.records import Client
from workbook_templates.read_back import ReadBack, UnreadableError, read_back
from workbook_templates.read_back.reading import NAMES_OF_OURS
from workbook_templates.read_back.received_or_typed import client_of as workbook_client

from ..encryption import decrypted
from ..user_files import WORKBOOK, first_bytes, read_bytes
from .places import SHEETS, in_workbook

WHAT_IS_READ: Final = "a workbook that isobook made, saved as .xlsx"
WORKBOOK_PART: Final = "xl/workbook.xml"
_DEFINED_NAME: Final = re.compile(rb'<(?:\w+:)?definedName\b[^>]*?\bname="(\w+)"')
SUFFIXES: Final = (".xlsx", ".xlsm")
_STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # of a zip file, and of an encrypted one


def is_workbook(path: Path) -> bool:
    """Tell a workbook from a CSV file, by its name or its first bytes."""
    if path.suffix.lower() in SUFFIXES:
        return path.is_file()
    try:
        return first_bytes(path, 4) in _STARTS
    except OSError:
        return False


def is_ours(data: bytes) -> bool:
    """Tell a workbook that isobook made by the names in it; anything else, damaged files too, is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            part = packed.getinfo(WORKBOOK_PART)
            text = packed.read(part) if part.file_size <= WORKBOOK.most_bytes else b""
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return False
    return set(_DEFINED_NAME.findall(text)) >= {name.encode() for name in NAMES_OF_OURS}


def read_file(path: Path, password: str | None = None) -> ReadBack:
    """The tables of a workbook, also of an encrypted one. Raises InputError where it is not read or not ours."""
    data = read_bytes(path, WORKBOOK)
    try:
        return read_back(decrypted(path.name, data, password))
    except UnreadableError as error:
        raise _refusal(path, error.found, WHAT_IS_READ, error.remedy) from None


def client_of(path: Path, found: ReadBack, *, rounding: str | None, tax_method: str | None, name: str) -> Client:
    """The client of a workbook. Raises InputError with all that is wrong in it, by sheet and cell."""
    problems = [replace(problem, file=path.name) for problem in found.problems]
    settings = {key: text for key, text in found.settings.items() if text}
    settings |= {key: text for key, text in (("rounding", rounding), ("tax_method", tax_method)) if text}
    try:
        client = workbook_client(found.tables, **{"name": name, **settings})
    except InputError as error:
        problems += _located(path.name, error, found, {problem.column for problem in problems})
    if problems:
        raise InputError([*problems, *(replace(gone, file=path.name) for gone in found.gone)])
    return client


def _located(file: str, error: InputError, found: ReadBack, told: set[str]) -> Iterator[Problem]:
    """The problems of records at their cells; a cell that is a problem itself is told once."""
    tables = found.tables
    for problem in error.problems:
        place = found.settings_at.get(problem.column, problem.column)
        if problem.file in tables and problem.row:
            places = tables[problem.file][problem.row - 1].places
            place = places.get(problem.column) or f"{next(iter(places.values()), problem.file)}, {problem.column}"
        elif problem.file in tables:
            place = ", ".join(filter(None, [SHEETS[f"{problem.file}.csv"].removeprefix("the "), problem.column]))
        if place not in told:
            words = (problem.expected, problem.remedy)
            expected, remedy = map(in_workbook, words)
            yield Problem(file, None, place, problem.value, expected, remedy)


def _refusal(path: Path, value: str, expected: str, remedy: str) -> InputError:
    return InputError([Problem(path.name, None, "", value, expected, remedy)])
