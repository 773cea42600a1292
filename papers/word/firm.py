"""Who writes the letter: name, address and logo of the firm, from a file that the user names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final

from engine.errors import InputError, Problem

from .characters import is_one_line, showable
from .picture import MOST_BYTES, Picture, UnreadablePictureError, read_picture

WORDS: Final = ("name", "phone", "email", "website", "signer")
ADDRESS, LOGO = "address", "logo"
KEYS: Final = (*WORDS, ADDRESS, LOGO)
BETWEEN: Final = "  ·  "
LONGEST: Final = 200  # characters of a text
MOST_LINES: Final = 8  # of the address


@dataclass(frozen=True)
class Firm:
    """The letterhead and the signer; a blank is left out of the letter."""

    name: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    signer: str = ""
    logo: Picture | None = None

    def under(self, name: str) -> Firm:
        """The same under a name, where it has none."""
        return self if self.name else replace(self, name=showable(name).strip())

    @property
    def reached_by(self) -> str:
        """Phone, email and website in one line."""
        return BETWEEN.join(filter(None, (self.phone, self.email, self.website)))


def read_firm(file: str, found: Mapping[str, Any], beside: Callable[[str], bytes]) -> Firm:
    """Take the entries of firm.toml; `beside` reads the logo, and raises OSError. Raises InputError."""
    problems = [*_problems(file, found)]
    logo = None
    if isinstance(found.get(LOGO), str) and found[LOGO].strip():
        try:
            logo = read_picture(beside(found[LOGO].strip()))
        except OSError as error:
            remedy = f"Put it beside {file}, or correct or remove the line logo."
            why = f"{found[LOGO]} ({error.strerror or error})"
            problems.append(Problem(file, None, LOGO, why, "a picture that can be read", remedy))
        except UnreadablePictureError as error:
            expected = f"a whole picture, PNG or JPEG, of at most {MOST_BYTES // 1_000_000} MB"
            remedy = "Save it as PNG or JPEG, or remove the line logo."
            problems.append(Problem(file, None, LOGO, f"{found[LOGO]}: {error}", expected, remedy))
    if problems:
        raise InputError(problems)
    words = {key: str(found.get(key, "")).strip() for key in WORDS}
    lines = tuple(line.strip() for line in found.get(ADDRESS, ()) if line.strip())
    return Firm(**words, address=lines, logo=logo)


def _problems(file: str, found: Mapping[str, Any]) -> Iterator[Problem]:
    """Keys that are unknown, and values of another kind."""
    for key, value in found.items():
        if key not in KEYS:
            nearest = get_close_matches(key, KEYS, n=1)
            expected = f"a known key; the nearest is {nearest[0]}" if nearest else f"one of {', '.join(KEYS)}"
            yield Problem(file, None, key, str(value), expected, "Correct or remove it.")
        elif key == ADDRESS:
            lines = value if isinstance(value, list) else [None]
            if len(lines) > MOST_LINES or not all(isinstance(line, str) and _is_line(line) for line in lines):
                expected = f"a list of at most {MOST_LINES} lines of text"
                remedy = 'Write it so: address = ["100 Main Street", "Springfield, IL 62701"].'
                yield Problem(file, None, key, str(value), expected, remedy)
        elif not isinstance(value, str) or not _is_line(value):
            expected = f"one line of text in quotation marks, of at most {LONGEST} characters"
            yield Problem(file, None, key, str(value), expected, "Correct or remove it.")


def _is_line(text: str) -> bool:
    """Tell a text that a line of a document can hold: no break, no control character."""
    return len(text) <= LONGEST and is_one_line(text)
