"""What was taken for blanks, what is provisional, what was noticed, and what a report is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.federal.tax_year import tax_year
from workbook_templates.contents.on_file import documents_on_file, left_out, taken_for_none
from workbook_templates.drawing.page import UNITS
from workbook_templates.sheets.open_items_sheet import AS_NONE, NOT_LOOKED_AT, ON_FILE

from ..typesetting.content import PaperBlock, PaperSection, Sentence, SentenceLook, Subheading
from .told import ClientFacts

TITLE: Final = "Notes"
NOT_ADVICE: Final = "This is not tax advice."
WHAT_IT_IS: Final = (
    "Every figure here stands in the workbook too, which isobook build makes of the same records, with its formula and "
    "its law. The plan, the parameters and the checks are in the workbook alone."
)
BEFORE_FILING: Final = "Before the forms that follow are filed"


def notes_section(facts: ClientFacts, of_forms: Sequence[str] = ()) -> PaperSection:
    """The last section; `of_forms` is what is to be known of the filled forms behind it."""
    return PaperSection(TITLE, list(_blocks(facts, of_forms)))


def _blocks(facts: ClientFacts, of_forms: Sequence[str]) -> Iterator[PaperBlock]:
    projection = facts.projection
    for year in facts.shape.years:
        if not projection.years[year].ready:
            yield Sentence(projection.years[year].conclusion, SentenceLook.WARNING)
    provisional = {note: year for year in facts.shape.years for note in tax_year(year).provisional}
    yield from _list("Provisional", [f"{year}: {note}" for note, year in provisional.items()])
    yield from _list(AS_NONE, [taken_for_none(projection)])
    yield from _list(ON_FILE, [documents_on_file(projection.client)])
    yield from _list("Noticed in the records", projection.notes)
    yield from _list(NOT_LOOKED_AT, [left_out(facts.shape)])
    yield from _list(BEFORE_FILING, of_forms)
    yield Subheading("What this report is")
    yield Sentence(f"{UNITS}. {WHAT_IT_IS} {NOT_ADVICE}")


def _list(title: str, sentences: Sequence[str]) -> Iterator[PaperBlock]:
    if sentences:
        yield Subheading(title)
        yield from (Sentence(each) for each in sentences)
