"""Which form it is, and of which year: read from what every page prints, never from the name of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.federal.forms.form_6251 import FORM_6251
from engine.federal.forms.form_8801 import FORM_8801
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.filing import YEARS
from engine.systems import REGULAR

from .printed_page import BlankForm, lines_of
from .refusal import NoSuchFormError, RefusedFormError


@dataclass(frozen=True)
class OfficialForm:
    """A form of the IRS that can be filled: its name in the engine where it has one, its title, its file's name."""

    title: str
    file: str  # as the IRS calls its file: "f6251"
    name: str  # its key in the engine; "" of a form of records
    foot: re.Pattern[str]  # what its pages print at head or foot, with the year


def _foot(words: str) -> re.Pattern[str]:
    return re.compile(rf"{words} \(?(20[0-9][0-9])\b")


FILLED_6251: Final = OfficialForm("Form 6251", "f6251", FORM_6251.name, _foot("Form 6251"))
FILLED_8801: Final = OfficialForm("Form 8801", "f8801", FORM_8801.name, _foot("Form 8801"))
FILLED_8949: Final = OfficialForm("Form 8949", "f8949", "", _foot("Form 8949"))
FILLED_SCHEDULE_D: Final = OfficialForm(
    "Schedule D", "f1040sd", SCHEDULE_D[REGULAR].name, _foot(r"Schedule D \(Form 1040(?: or 1040-SR)?\)")
)
FILLED: Final = (FILLED_6251, FILLED_8801, FILLED_8949, FILLED_SCHEDULE_D)  # in the order in which they are told
TITLES: Final = "Forms 6251, 8801, 8949 and Schedule D"
_YEAR: Final = re.compile(r"20[0-9][0-9]")
_HEAD: Final = 110  # points: the head of a first page, where the year stands in large figures


def recognized(blank: BlankForm) -> tuple[OfficialForm, int]:
    """The form and its year. Raises RefusedFormError: none of ours, more than one, or of a year without law here."""
    found = {(form, year) for form in FILLED for year in _years_at_edge(blank, form)}
    if not found:
        raise NoSuchFormError(blank.file, f"none of {TITLES}", "Nothing is filled in it.")
    if len(found) > 1:
        each = sorted(f"{form.title} of {year}" for form, year in found)
        raise RefusedFormError(
            blank.file, f"several forms in one file: {', '.join(each)}", "Give each as its own file."
        )
    form, year = found.pop()
    _check_head(blank, form, year)
    if year not in YEARS:
        raise RefusedFormError(
            blank.file,
            f"{form.title} of {year}",
            f"isobook computes the years {YEARS[0]} to {YEARS[-1]}: give the forms of those years.",
        )
    return form, year


def _years_at_edge(blank: BlankForm, form: OfficialForm) -> set[int]:
    """The years beside the form's name at the head or foot of its pages; lines in between name other forms too."""
    years = set()
    for page in blank.pages:
        lines = [" ".join(word.text for word in line) for line in lines_of(page.words)]
        for line in (*lines[:1], *lines[-3:]):
            years |= {int(year) for year in form.foot.findall(line)}
    return years


def _check_head(blank: BlankForm, form: OfficialForm, year: int) -> None:
    """The large year at the head of the first page must be the year at its foot."""
    head = {word.text for word in blank.pages[0].words if word.bottom < _HEAD and _YEAR.fullmatch(word.text)}
    if head != {str(year)}:
        said = f"{' and '.join(sorted(head))} at its head" if head else "no year at its head"
        raise RefusedFormError(blank.file, f"{form.title} with {year} at its foot and {said}")
