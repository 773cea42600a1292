"""client.toml: the client's name, the settings of the figures, the head of the letter, what own headers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from engine.columns import TABLES
from engine.errors import InputError, Problem
from engine.records import LETTERHEAD, ROUNDINGS, TAX_METHODS

from ..user_files import read_toml
from .headers import plain

NAME: Final = "client.toml"
SETTINGS: Final = ("name", "rounding", "tax_method", *LETTERHEAD)  # of one client in clients.csv as well
KEYS: Final = ("name", "rounding", "tax_method", "plan", "columns", *LETTERHEAD)
COLUMNS: Final = tuple(dict.fromkeys(name for table in TABLES.values() for name in table.names))


@dataclass
class ClientSettings:
    """What client.toml says; `columns` has plain headers and the columns they mean."""

    name: str = ""
    rounding: str = ROUNDINGS[0]
    tax_method: str = TAX_METHODS[0]
    firm: str = ""
    letter_date: str = ""  # as it is printed; a date of TOML is written out
    salutation: str = ""
    client_address: str = ""
    plan: str = ""  # what the sheet Plan asks in place of what it begins with
    columns: dict[str, str] = field(default_factory=dict)


def read_settings(path: Path | None, problems: list[Problem]) -> ClientSettings:
    """Read client.toml, if there is one; what is wrong with it joins the problems.

    The settings may stand at the top or in a table [options].
    """
    settings = ClientSettings()
    found = _contents(path, problems) if path else {}
    if isinstance(found.get("options"), dict):
        found |= found.pop("options")
    for key, value in found.items():
        if key == "columns" and isinstance(value, Mapping):
            settings.columns = _columns(value, problems)
        elif key in KEYS and key != "columns" and isinstance(value, str):
            setattr(settings, key, value)
        elif key == "letter_date" and isinstance(value, date):
            settings.letter_date = f"{value:%B} {value.day}, {value.year}"
        else:
            expected = f"{key} to be {'a table' if key == 'columns' else 'text'}" if key in KEYS else _one_of(key, KEYS)
            problems.append(Problem(NAME, None, key, str(value), expected, "Correct or remove it."))
    return settings


def _contents(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return read_toml(path, 'rounding = "cents"')
    except InputError as error:
        problems += (replace(each, file=NAME) for each in error.problems)
        return {}


def _columns(table: Mapping[str, Any], problems: list[Problem]) -> dict[str, str]:
    """The client's own headers: "Their header" = "our_column"; "" leaves the column out."""
    columns = {}
    for header, column in table.items():
        if column in COLUMNS or column == "":
            columns[plain(header)] = column
        else:
            expected = _one_of(str(column), COLUMNS)
            remedy = 'Name a column of ours, or write "" to leave it out.'
            problems.append(Problem(NAME, None, header, str(column), expected, remedy))
    return columns


def _one_of(word: str, known: tuple[str, ...]) -> str:
    nearest = get_close_matches(word, known, n=1)
    return f"a known name; the nearest is {nearest[0]}" if nearest else f"a name such as {', '.join(known[:4])}"
