"""How far the return of a year is: filed, open or planned, as entered, and what a blank is taken for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

Stage = Literal["filed", "open", "planned"]
BLANK_STAGE: Final = "open for the last year of the file, filed for those before"


def stage_when_blank(year: int, last: int) -> Stage:
    """What a year is taken for where nobody says, `last` being the last year of the file."""
    return "open" if year == last else "filed"


def stages_of(entered: Mapping[int, Stage | None], years: Iterable[int]) -> Mapping[int, Stage]:
    """The stage of each year, in order; a year for which nothing is entered is as one with a blank cell."""
    found = sorted(years)
    return {year: entered.get(year) or stage_when_blank(year, found[-1]) for year in found}


def open_year_of(stages: Mapping[int, Stage]) -> int | None:
    """The year that is still to be decided: the last whose return is open; None where none is."""
    return max((year for year, stage in stages.items() if stage == "open"), default=None)
