"""Whose forms they are: a name and a social security number, from a file that the user names and from nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import InputError, Problem

EXAMPLE: Final = 'name = "Jordan Sample"'
KEYS: Final = ("name", "ssn")
_SSN: Final = re.compile(r"([0-9]{3})-?([0-9]{2})-?([0-9]{4})")


@dataclass(frozen=True)
class Taxpayer:
    """As the return has it: the name, or both names of a joint return, and the first social security number."""

    name: str = ""
    ssn: str = ""  # "000-00-0000"


def taxpayer_of(file: str, found: Mapping[str, Any]) -> Taxpayer:
    """From the entries of a file, name and ssn. Raises InputError, which never repeats the number."""
    problems = [
        Problem(file, None, str(key), "", f"{' or '.join(KEYS)}, as text", "Remove it.")
        for key, value in found.items()
        if key not in KEYS or not isinstance(value, str)
    ]
    ssn = _SSN.fullmatch(str(found.get("ssn", "")).strip())
    if found.get("ssn") and not ssn:
        problems.append(
            Problem(
                f"{file}, ssn", None, "", "another text", "nine figures such as 000-00-0000", "Correct or remove it."
            )
        )
    if problems:
        raise InputError(problems)
    return Taxpayer(str(found.get("name", "")).strip(), "-".join(ssn.groups()) if ssn else "")
