"""What of a form's page shows for a client: rows of a part that is not needed have no height and do not print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.clients.projection import Projection
from engine.language.form import FormCard, Part

from ...drawing.layout import SHARED
from ...xlsx.template import Slot
from ...xlsx.text_fit import lines_needed, row_height
from .page_words import compiled_page_words, filed_forms, parts_if_needed, stage_name

WIDTHS: Final = (5.0, 8.5, 27.5, 5.0, 12.5, 1.5, 35.5)  # of what is printed: number, words, box, amount, gap, margin
BESIDE: Final = (5.0, 60.0, 24.0)  # of what is not: tick, the rule in full, authority
PART_BAR: Final = 17.0  # points, as all below
LINE_HEIGHTS: Final = (15.0, 18.0, 25.5, 37.0)  # one line, a result, two lines, three
PART_END: Final = 6.0
FOOT_SIZE: Final = 10


def part_slot(card: FormCard, part: Part, year: int, points: float) -> Slot:
    """The height of a row of a part: so many points where the part is needed, else none."""
    return str(year), f"{card.name} {part.number} {points}"


def bar_slot(card: FormCard, part: Part, year: int) -> Slot:
    """The height of the bar that says that a part is not needed; none where it is."""
    return str(year), f"{card.name} {part.number} not needed"


def foot_slot(card: FormCard, key: str, year: int) -> Slot:
    """The height of a sentence at the foot of a page."""
    return str(year), f"{card.name} {key} height"


def pages_of_years(projection: Projection) -> Iterator[tuple[int, bool, Mapping[str, Any]]]:
    """Each year, whether its forms are prepared ahead, and its figures."""
    for year, result in projection.years.items():
        yield year, False, result.figures
    yield max(projection.years) + 1, True, projection.following


def printed_pages(projection: Projection, card: FormCard, year: int) -> int:
    """How many pages the form of a year takes: one more for a part that begins a page, where it is needed."""
    ahead = year not in projection.years
    figures = projection.following if ahead else projection.years[year].figures
    forms = {each.name: form for each, form in filed_forms(year, ahead)}
    return 1 + sum(bool(figures[f"{card.name}.{part.needed}"]) for part in parts_if_needed(forms[card.name]))


def first_pages(projection: Projection) -> frozenset[str]:
    """The titles of the forms of which the first page alone is printed, because no part after it is needed."""
    return frozenset(
        card.page.format(year=year)
        for year, ahead, _ in pages_of_years(projection)
        for card, form in filed_forms(year, ahead)
        if any(parts_if_needed(form)) and printed_pages(projection, card, year) == 1
    )


def page_values(projection: Projection, blocks: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sentences and the heights of the pages of all filed forms, by block."""
    stages = {f"{SHARED}.{stage_name(year)}": stage for year, stage in projection.stages.items()}
    found: dict[str, dict[str, Any]] = {}
    for year, ahead, figures in pages_of_years(projection):
        known = {**blocks[str(year)], **stages}
        words = compiled_page_words(year, ahead)(known)
        found[str(year)] = {**words, **_heights(year, ahead, figures), **_foot(year, ahead, {**known, **words})}
    return found


def _heights(year: int, ahead: bool, figures: Mapping[str, Any]) -> dict[str, float | None]:
    heights: dict[str, float | None] = {}
    for card, form in filed_forms(year, ahead):
        for part in parts_if_needed(form):
            needed = bool(figures[f"{card.name}.{part.needed}"])
            heights[bar_slot(card, part, year)[1]] = None if needed else PART_BAR
            for points in (PART_BAR, *LINE_HEIGHTS, PART_END):
                heights[part_slot(card, part, year, points)[1]] = points if needed else None
    return heights


def _foot(year: int, ahead: bool, figures: Mapping[str, Any]) -> dict[str, float]:
    """Room for the sentences at the foot, as wide as the page."""
    wide = sum(WIDTHS)
    heights: dict[str, float] = {}
    for card, form in filed_forms(year, ahead):
        said = {"conclusion": figures.get(form.find(card.says).key) if card.says else None}
        said["file"] = figures.get(f"page.{card.name} file")
        for key, words in said.items():
            if words is not None:
                lines = lines_needed(words, wide, FOOT_SIZE, bold=key == "file")
                heights[foot_slot(card, key, year)[1]] = row_height(lines, FOOT_SIZE)
    return heights
