"""What is wrong with the records: every problem says where it stands, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LONGEST_PLACE: Final = 120  # characters of a column's name in a message: a header may be any text
INSTALL: Final = 'in the folder of isobook type uv tool install ".[office]"'  # what is an extra, all at once
SHOWN: Final = 60  # characters of a value in a message: enough to find the cell


@dataclass(frozen=True, slots=True)
class Problem:
    """One refused value: file or table, row as a spreadsheet numbers it, column, value, what was expected, what to do.

    Row None and an empty file or column mean that the problem is the whole file's, or the whole client's.
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(
            filter(None, [self.file, f"row {self.row}" if self.row else "", _cut(self.column, LONGEST_PLACE)])
        )
        return f"{place or 'client'}: found {self._shown()}, expected {self.expected}. {self.remedy}"

    def _shown(self) -> str:
        """The value on one line, and cut: it may hold line breaks, or a whole file by mistake."""
        if not self.value:
            return "nothing"
        value = _cut("".join(each if each.isprintable() else " " for each in self.value[: SHOWN + 1]))
        return f'"{value}"' if self.column else value


def _cut(text: str, most: int = SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


class InputError(Exception):
    """The records cannot be used; `problems` holds every reason at once, never none."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("an InputError needs at least one problem")
        super().__init__(self.problems)  # so that it crosses from one process to another

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
