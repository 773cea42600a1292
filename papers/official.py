"""The official forms of a client: each year and form that is at hand, filled; and what is to be known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.clients.projection import DIGITS, Projection
from engine.clients.year_result import YearResult
from engine.errors import InputError, Problem
from engine.federal.catalogue import FEDERAL
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.systems import REGULAR

from .boxes.box_map import BoxMap
from .boxes.mapped import by_form_and_year, mapped
from .figures.line_figures import filled_lines
from .figures.manner import FilledForm
from .figures.rows_of_8949 import filled_8949
from .figures.schedule_d_figures import filled_schedule_d, has_schedule_d
from .figures.taxpayer import Taxpayer
from .filling.filled_pdf import filled_pdf
from .filling.fitting import TextDoesNotFitError
from .page.reading import read_blank
from .page.recognized import FILLED, FILLED_6251, FILLED_8949, FILLED_SCHEDULE_D, OfficialForm
from .page.refusal import NoSuchFormError, RefusedFormError

SHORTER: Final = (
    "Shorten the name of the employer in exercises.csv, or the name in the file of the taxpayer; "
    "forms take letters of western languages."
)


@dataclass(frozen=True)
class FormsAtHand:
    """The blank forms of a folder: those that were proven, and why others are not used."""

    maps: Mapping[tuple[str, int], BoxMap]  # by title and year
    refused: Sequence[RefusedFormError]
    passed_over: Sequence[RefusedFormError]  # none of the forms that are filled

    def of(self, form: OfficialForm, year: int) -> BoxMap | None:
        """The form of a year, where it is at hand."""
        return self.maps.get((form.title, year))


@dataclass
class ClientPapers:
    """What is written: the files by name, and what a preparer must know of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def forms_at_hand(blanks: Mapping[str, bytes]) -> FormsAtHand:
    """Read and prove blank forms, given as PDF by name. Nothing is raised: what is refused is told."""
    maps, refused, passed_over = [], [], []
    for file, data in sorted(blanks.items()):
        try:
            maps.append(mapped(read_blank(file, data)))
        except NoSuchFormError as error:
            passed_over.append(error)
        except RefusedFormError as error:
            refused.append(error)
    found, differing = by_form_and_year(maps)
    return FormsAtHand(found, [*refused, *differing], passed_over)


def official_forms(
    projection: Projection,
    at_hand: FormsAtHand,
    taxpayer: Taxpayer,
    *,
    years: Collection[int] | None = None,
    flat: bool = False,
) -> ClientPapers:
    """Fill the forms of the years wanted; without a choice, of all years of the client.

    A year that is not ready is left out and told, so is a form that a year needs and that is not at hand.
    Raises InputError where a text does not fit.
    """
    made = ClientPapers()
    for year, result in projection.years.items():
        if years is not None and year not in years:
            continue
        if not result.ready:
            made.notes.append(f"{year} is left out: {', '.join(result.missing)} needed in returns.csv.")
            continue
        missing = []
        for form in _needed(projection, year, result, made.notes):
            boxes = at_hand.of(form, year)
            if boxes is None:
                missing.append(form.title)
                continue
            filled = _filled(boxes, projection, result, taxpayer)
            made.files[f"{form.file}-{year}.pdf"] = _written(filled, flat)
            made.notes += filled.notes
        if missing:
            made.notes.append(f"{year}: not at hand, and not filled: {' and '.join(missing)}.")
    return made


def _needed(projection: Projection, year: int, result: YearResult, notes: list[str]) -> Iterator[OfficialForm]:
    """The forms on which a year has something to say; Form 6251 always, whether it is attached or not."""
    rows = projection.form_8949(year, REGULAR)
    for form in FILLED:
        if form is FILLED_6251:
            yield form
        elif form is FILLED_8949:
            if rows:
                yield form
        elif form is FILLED_SCHEDULE_D:
            if has_schedule_d(result.form(SCHEDULE_D[REGULAR]), rows):
                yield form
        elif not result.final:
            notes.append(f"{form.title} of {year} is left out: it rests on a year before that is not ready.")
        elif any(result.figure(role) for role in FEDERAL.named(form.name).nothing_without):
            yield form


def _filled(boxes: BoxMap, projection: Projection, result: YearResult, taxpayer: Taxpayer) -> FilledForm:
    digits = DIGITS[projection.client.rounding]
    rows = projection.form_8949(result.year, REGULAR)
    if boxes.form is FILLED_8949:
        return filled_8949(boxes, rows, digits, taxpayer)
    if boxes.form is FILLED_SCHEDULE_D:
        return filled_schedule_d(boxes, result, rows, digits, taxpayer)
    return filled_lines(boxes, result, digits, taxpayer)


def _written(filled: FilledForm, flat: bool) -> bytes:
    try:
        return filled_pdf(filled, flat=flat)
    except TextDoesNotFitError as error:
        where = f"{filled.boxes.form.title} of {filled.boxes.year}"
        raise InputError([Problem(where, None, "", str(error), "a text that fits its box", SHORTER)]) from None
