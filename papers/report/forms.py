"""Forms line by line, the years as columns: Form 6251, Form 8801, and Schedule D in both systems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.federal.catalogue import FEDERAL
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.federal.years import forms_ahead
from engine.language.form import Form, FormCard, Part, Standing
from engine.language.lines import Line, place_of
from engine.systems import REGULAR, SYSTEMS
from workbook_templates.contents.binding import why_hidden
from workbook_templates.contents.forms.page_words import sentence
from workbook_templates.sheets.forms.form_page import NOTE

from ..figures.line_figures import lines_not_needed
from ..typesetting.content import (
    Grid,
    GridCell,
    GridColumn,
    GridRow,
    PaperBlock,
    PaperSection,
    RowLook,
    Sentence,
    SentenceLook,
    Tone,
    Toned,
    text_of,
)
from .told import ClientFacts, quiet_zero

ABOUT: Final = Sentence(f"Lines that are zero in every year are left out. {NOTE}", SentenceLook.NOTE)
TWICE: Final = "The same schedule twice: for the regular tax as it is filed, and with AMT basis for your records."
NOT_READY: Final = "not ready"
NOT_FINAL: Final = "not final"
NOT_KNOWN: Final = "Whether to attach it is not known yet: a year before is not ready."
MOST_YEARS: Final = 7  # columns of one table


@dataclass(frozen=True)
class FormYear:
    """A form in one year: its lines by number, with what each comes to; None where that is not known."""

    year: int
    form: Form
    amounts: dict[str, Any]
    stage: str  # of the return, or why there are no amounts
    blank: set[str]  # lines of parts that the year does not need


def form_sections(facts: ClientFacts) -> Iterator[PaperSection]:
    """A section for each filed form, and one for Schedule D; none for a form that no year has something to say on."""
    for card in FEDERAL.standing(Standing.FILED):
        if years := _years(facts, card):
            yield PaperSection(card.title, [*_sentences(facts, card, years), *_about(_tables(facts, years))])
    cards = [SCHEDULE_D[system] for system in SYSTEMS]
    twice = [table for card in cards for table in _tables(facts, _years(facts, card), card.title)]
    if twice:
        yield PaperSection(SCHEDULE_D[REGULAR].title, [Sentence(TWICE), *_about(twice)])


def _about(tables: Iterable[Grid]) -> list[PaperBlock]:
    """The tables, behind what is to be known of them."""
    found = list(tables)
    return [ABOUT, *found] if found else []


def _years(facts: ClientFacts, card: FormCard) -> list[FormYear]:
    """The years in which a form has something to say, and the year after the last where it is prepared ahead."""
    pages = {card.page.format(year=year): year for year in (*facts.shape.years, facts.shape.last + 1)}
    hidden = why_hidden(facts.projection, list(pages))
    found: list[FormYear] = []
    for page, year in pages.items():
        result = facts.projection.years.get(year)
        if page in hidden or not (result or card.runs_ahead):
            continue
        if result is None:
            form = forms_ahead(facts.shape.last).forms[card.name]
            amounts = dict(facts.projection.ahead(card))
            stage = "prepared" if any(each is not None for each in amounts.values()) else NOT_FINAL
            found.append(FormYear(year, form, amounts, stage, set()))
            continue
        form, amounts = result.forms.forms[card.name], dict(result.form(card))
        stage = str(facts.projection.stages[year])
        if not result.ready:
            stage = NOT_READY
        elif card.from_year_before and not result.final:
            stage = NOT_FINAL
        found.append(FormYear(year, form, amounts, stage, lines_not_needed(form, result)))
    return found


def _sentences(facts: ClientFacts, card: FormCard, years: Sequence[FormYear]) -> Iterator[PaperBlock]:
    """What each year's page says at its foot: the answer, and whether the form goes with the return."""
    pages = {card.page.format(year=year): year for year in facts.shape.years}
    rows = [
        GridRow([str(pages[page]), f"Not needed: {why.partition('. ')[0].removesuffix('.')}."])
        for page, why in why_hidden(facts.projection, list(pages)).items()
    ]
    for each in years:
        values = facts.blocks[str(each.year)]
        if each.year not in facts.shape.years:
            rows.append(GridRow([str(each.year), each.form.ahead]))
            continue
        told = [values.get(each.form.find(card.says).key) if card.says else None]
        file = sentence(card, "file", each.year, False)
        if file:
            told.append(NOT_KNOWN if _waits(facts, card, each.year) else values.get(file.key))
        rows.append(GridRow([str(each.year), _one_after_the_other(told)]))
    rows.sort(key=lambda row: text_of(row.cells[0]))
    yield Grid([GridColumn("Year"), GridColumn("What the form says", share=1.0)], rows)


def _waits(facts: ClientFacts, card: FormCard, year: int) -> bool:
    """Tell a year that is computed, but for its credit: attach test 3 asks for that. Form 8801 says so itself."""
    result = facts.projection.years[year]
    return result.ready and not result.final and not card.from_year_before


def _one_after_the_other(told: Sequence[str | None]) -> str:
    """Texts on one line; one that is no sentence is set off."""
    texts = [text if text.endswith((".", "?")) else f"{text}  · " for text in told if text]
    return "  ".join(texts).removesuffix("  · ")


def _tables(facts: ClientFacts, years: Sequence[FormYear], title: str = "") -> Iterator[Grid]:
    """One table, or several where the years have no room beside each other; none where nothing is known."""
    if not any(amount is not None for each in years for amount in each.amounts.values()):
        return
    count = -(-len(years) // MOST_YEARS)
    size = -(-len(years) // count)
    for first in range(0, len(years), size):
        yield _table(facts, years[first : first + size], title)


def _table(facts: ClientFacts, years: Sequence[FormYear], title: str) -> Grid:
    columns = [GridColumn("Line"), GridColumn(title or years[0].form.title, share=1.0)]
    columns += [GridColumn(f"{each.year}\n{each.stage}", "right") for each in years]
    rows: list[GridRow] = []
    band = ""
    for line, part in _lines(years):
        if part.number and part.heading != band:
            band = part.heading
            rows.append(GridRow([band], RowLook.BAND))
        rows.append(_row(facts, line, years))
    return Grid(columns, rows)


def _lines(years: Sequence[FormYear]) -> Iterator[tuple[Line, Part]]:
    """Each line that some year has an amount on, or that is a result; of two years that number it alike, the later."""
    found: dict[tuple[str, str], tuple[Line, Part]] = {}
    for each in years:
        for part in (part for part in each.form.parts if not part.workings and not part.beside):
            for line in part.choose(each.form):
                name = line.leaf.line
                has_amount = each.amounts.get(name) and name not in each.blank
                if line.number and (has_amount or name in each.form.results):
                    found[line.number, line.label] = line, part
    return iter(sorted(found.values(), key=lambda of: place_of(of[0].leaf.line)))


def _row(facts: ClientFacts, line: Line, years: Sequence[FormYear]) -> GridRow:
    form = years[-1].form
    look = RowLook.RESULT if line.leaf.line in form.results else RowLook.LINE
    if line.leaf.line in form.totals:
        look = RowLook.STRONG
    return GridRow([line.number, line.label, *(_amount(facts, line, each) for each in years)], look)


def _amount(facts: ClientFacts, line: Line, each: FormYear) -> GridCell:
    """Blank where the form of that year has no such line, or leaves its part blank."""
    of_year = next((other for other in each.form.printed() if other.number == line.number), None)
    if of_year is None or of_year.label != line.label or line.leaf.line in each.blank:
        return ""
    text = facts.amount(each.amounts.get(line.leaf.line))
    return quiet_zero(text) if text else Toned("", Tone.QUIET)
