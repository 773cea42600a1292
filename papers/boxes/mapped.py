"""A blank form becomes a proven map, whatever form it is; two copies of one form and year are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..page.printed_page import BlankForm
from ..page.recognized import FILLED_8949, FILLED_SCHEDULE_D, recognized
from ..page.refusal import RefusedFormError
from .box_map import BoxMap
from .form_8949_boxes import form_8949_boxes
from .line_boxes import line_boxes
from .schedule_d_boxes import schedule_d_boxes


def mapped(blank: BlankForm) -> BoxMap:
    """The proven map of a form. Raises RefusedFormError, and NoSuchFormError for a form that is not filled."""
    form, year = recognized(blank)
    if form is FILLED_8949:
        return form_8949_boxes(blank, year)
    if form is FILLED_SCHEDULE_D:
        return schedule_d_boxes(blank, year)
    return line_boxes(blank, form, year)


def by_form_and_year(maps: Iterable[BoxMap]) -> tuple[dict[tuple[str, int], BoxMap], list[RefusedFormError]]:
    """The forms at hand by title and year. Of copies with the same boxes the first by name; others are all refused."""
    found: dict[tuple[str, int], list[BoxMap]] = {}
    for each in sorted(maps, key=lambda boxes: boxes.blank.file):
        found.setdefault((each.form.title, each.year), []).append(each)
    refused = [_differing(copies) for copies in found.values() if not _alike(copies)]
    return {key: copies[0] for key, copies in found.items() if _alike(copies)}, refused


def _alike(copies: list[BoxMap]) -> bool:
    return all(each.places == copies[0].places for each in copies)


def _differing(copies: list[BoxMap]) -> RefusedFormError:
    files: Mapping[str, None] = dict.fromkeys(each.blank.file for each in copies)
    return RefusedFormError(
        ", ".join(files),
        f"{copies[0].form.title} of {copies[0].year} more than once, with boxes in other places",
        "Keep the one that is to be filed.",
    )
