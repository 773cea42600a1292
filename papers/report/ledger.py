"""The credit from year to year, which year's AMT it came from, and the way from gains to line 2k."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from engine.federal.forms.ledger import LEDGER
from engine.federal.years import forms_of
from engine.language.roles import Role
from workbook_templates.contents.book_summary import book_summary
from workbook_templates.contents.credit_origins import origins
from workbook_templates.contents.year_summary import form_line, steps_to_dispositions
from workbook_templates.sheets.ledger_sheet import AMT_OF_YEAR, BY_ORIGIN, NOTE, rows_below

from ..typesetting.content import (
    Grid,
    GridColumn,
    GridRow,
    PaperBlock,
    PaperSection,
    RowLook,
    Sentence,
    SentenceLook,
    Subheading,
)
from .told import ClientFacts, quiet_zero

MOST_YEARS: Final = 7  # columns of one table
NOT_READY: Final = "not ready"


def ledger_section(facts: ClientFacts) -> PaperSection | None:
    """What the sheet Credit ledger says; None where there is neither AMT nor a credit."""
    if not any(any(value for key, value in row.items() if key != "year") for row in facts.projection.ledger):
        return None
    blocks: list[PaperBlock] = [Sentence(facts.book[book_summary(facts.shape)[0].find("ledger").key])]
    blocks += [Grid(_columns(years, "US dollars"), list(_roll(facts, years))) for years in _spans(facts)]
    for years in _spans(facts):
        rows = list(_by_origin(facts, years))
        if rows:
            blocks += [Subheading(BY_ORIGIN), Grid([*_columns(years, "Credit made"), _LEFT], rows)]
    blocks.append(Sentence(NOTE, SentenceLook.NOTE))
    return PaperSection(LEDGER.title, blocks)


def dispositions_section(facts: ClientFacts) -> PaperSection | None:
    """From gains to line 2k, a column for each year; None where all of it is zero."""
    last, blocks = facts.shape.last, []
    for years in _spans(facts):
        rows = []
        for key, label, how, is_result in steps_to_dispositions(last):
            values = [_of_year(facts, year, f"lead.{key}") for year in years]
            if any(values) or is_result:
                look = RowLook.RESULT if is_result else RowLook.LINE
                rows.append(_row(facts, label, how, values, look))
        if len(rows) > 1:
            blocks.append(Grid(_columns(years, "US dollars"), rows))
    title = f"From gains to Form 6251, {forms_of(last).called(Role.DISPOSITIONS)}"
    return PaperSection(title, blocks) if blocks else None


_LEFT: Final = GridColumn("Credit\nleft", "right")


def _spans(facts: ClientFacts) -> Iterator[Sequence[int]]:
    """The years of each table."""
    years = list(facts.shape.years)
    count = -(-len(years) // MOST_YEARS)
    size = -(-len(years) // count)
    return (years[first : first + size] for first in range(0, len(years), size))


def _columns(years: Sequence[int], head: str) -> list[GridColumn]:
    told = [GridColumn(head, share=1.6), GridColumn("Where it comes from", share=1.2)]
    return [*told, *(GridColumn(str(year), "right") for year in years)]


def _roll(facts: ClientFacts, years: Sequence[int]) -> Iterator[GridRow]:
    forms = {year: facts.projection.years[year].forms.forms[LEDGER.name] for year in years}
    latest, form = forms[years[-1]], book_summary(facts.shape)[0]
    part = next(part for part in latest.parts if not part.workings)
    for line in part.choose(latest):
        name = line.leaf.line
        look = RowLook.RESULT if name in latest.results else RowLook.LINE
        look = RowLook.STRONG if name in latest.totals else look
        values = [_of_year(facts, year, forms[year].find(name).key, final=True) for year in years]
        yield _row(facts, line.label, line.source, values, look)
    amounts = [_of_year(facts, year, forms[year].find(Role.LEDGER_AMT).key) for year in years]
    yield _row(facts, AMT_OF_YEAR, form_line(facts.shape.last, Role.MINIMUM_TAX), amounts)
    for key, label, words, is_result in rows_below(facts.shape.last):
        values = [facts.book[form.find(f"{key} {year}").key] if _known(facts, year) else None for year in years]
        yield _row(facts, label, words, values, RowLook.RESULT if is_result else RowLook.LINE)


def _by_origin(facts: ClientFacts, years: Sequence[int]) -> Iterator[GridRow]:
    """What each year's AMT made, what of it went in each year, what is left; an origin without credit is left out."""
    form = book_summary(facts.shape)[0]
    for origin in origins(facts.shape):
        made, left = form.find(f"made {origin}"), form.find(f"left {origin}")
        if not facts.book[made.key]:
            continue
        gone = [_gone(facts, f"{made.leaf.sheet}.{origin} in {year}", year) for year in years]
        row = _row(facts, made.label, f"{facts.dollars(facts.book[made.key])} made", gone)
        all_known = all(_known(facts, year) for year in facts.shape.years)
        yield GridRow([*row.cells, facts.amount(facts.book[left.key]) if all_known else quiet_zero(NOT_READY)])


def _gone(facts: ClientFacts, key: str, year: int) -> Any:
    """What of an origin goes in a year: "" before it could, None where that is not known."""
    value = facts.book.get(key, "")
    return value if value == "" or _known(facts, year) else None


def _row(facts: ClientFacts, label: str, source: str, values: Sequence[Any], look: RowLook = RowLook.LINE) -> GridRow:
    shown = (NOT_READY if value is None else facts.amount(value) for value in values)
    return GridRow([label, source, *map(quiet_zero, shown)], look)


def _known(facts: ClientFacts, year: int) -> bool:
    result = facts.projection.years[year]
    return result.ready and result.final


def _of_year(facts: ClientFacts, year: int, key: str, *, final: bool = False) -> Any:
    """A figure of a year; None where it is not ready, or rests on one that is not."""
    known = _known(facts, year) if final else facts.projection.years[year].ready
    return facts.blocks[str(year)][key] if known else None
