"""The report of a client, from its projection to the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.clients.projection import Projection
from workbook_templates.sheets.pack.summary_sheet import subject_of

from ..typesetting.content import Paper, PaperSection
from ..typesetting.document import set_paper
from ..typesetting.fonts import typeface
from .form_8949 import sales_by_box
from .forms import form_sections
from .items import open_items_section
from .ledger import dispositions_section, ledger_section
from .notes import notes_section
from .records import records_section
from .summary import summary
from .told import ClientFacts, facts_of


@dataclass(frozen=True)
class Report:
    """A report as PDF, and the characters that its font does not show."""

    data: bytes
    lost: Sequence[str]


def report_of(projection: Projection, of_forms: Sequence[str] = ()) -> Report:
    """Make the report of a client; `of_forms` is what is to be known of filled forms that follow it.

    Raises InputError where there is no year to compute.
    """
    paper = paper_of(facts_of(projection), of_forms)
    fonts = typeface(paper.texts())
    return Report(set_paper(paper, fonts), fonts.lost)


def paper_of(facts: ClientFacts, of_forms: Sequence[str] = ()) -> Paper:
    """What stands in it, as data."""
    client = facts.projection.client
    name = client.name or "Client"
    return Paper(
        name=name,
        foot="  ·  ".join(filter(None, (name, client.firm))),
        author=client.firm,
        head="\n".join(filter(None, (client.firm, client.letter_date))),
        subject=subject_of(facts.shape),
        sections=list(_sections(facts, of_forms)),
    )


def _sections(facts: ClientFacts, of_forms: Sequence[str]) -> Iterator[PaperSection]:
    yield summary(facts)
    for section in (open_items_section(facts), records_section(facts), *form_sections(facts)):
        if section:
            yield section
    for section in (sales_by_box(facts), dispositions_section(facts), ledger_section(facts)):
        if section:
            yield section
    yield notes_section(facts, of_forms)
