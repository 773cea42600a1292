"""The first page: the verdict, three figures, what happened, the chart, the items that press, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workbook_templates.letter.summary_rows import HAPPENED, ITEMS
from workbook_templates.sheets.pack.summary_sheet import BY_YEAR, FIGURES, SERIES, WHAT_HAPPENED

from ..typesetting.content import (
    ChartSeries,
    ColumnChart,
    Grid,
    GridColumn,
    GridRow,
    LargeFigure,
    LargeFigures,
    PaperBlock,
    PaperSection,
    RowLook,
    Sentence,
    SentenceLook,
    Subheading,
    Tone,
    Toned,
)
from .told import ZERO, ClientFacts, quiet_zero

TITLE: Final = "Summary"
LARGEST: Final = 8.5  # points of its tables
PLAN_SAYS: Final = "plan says"
PLAN: Final = "before year-end"  # its sentence leads to a sheet that a report does not have: the plain one is taken


def summary(facts: ClientFacts) -> PaperSection:
    """What the sheet Summary says."""
    return PaperSection(TITLE, list(_blocks(facts)), headed=False)


def _blocks(facts: ClientFacts) -> Iterator[PaperBlock]:
    yield Sentence(facts.said("verdict"), SentenceLook.VERDICT)
    yield LargeFigures([_large(facts, key, label) for key, label, _ in FIGURES])
    yield Subheading(WHAT_HAPPENED)
    yield Grid(
        [GridColumn("", share=0.0), GridColumn("", share=1.0)],
        [GridRow([Toned(label, Tone.STRONG), words]) for label, words in _happened(facts)],
        LARGEST,
    )
    if chart := _chart(facts):
        yield Subheading(facts.said("chart head"))
        yield chart
    yield from _items(facts)
    yield Subheading(BY_YEAR)
    yield _by_year(facts)


def _large(facts: ClientFacts, key: str, label: str) -> LargeFigure:
    label = facts.said(label) if label.endswith("label") else label
    return LargeFigure(label, facts.dollars(facts.said(f"{key} figure")), facts.said(f"{key} means"))


def _happened(facts: ClientFacts) -> Iterator[tuple[str, str]]:
    for key, label in HAPPENED.items():
        words = facts.said(key)
        if words and key == PLAN:
            words = facts.book[PLAN_SAYS]
        if words:
            yield facts.said(label) if label.endswith("label") else label, words


def _chart(facts: ClientFacts) -> ColumnChart | None:
    """What came back and what is left, where the sheet shows it."""
    if facts.blocks["letter"]["height chart"] is None:
        return None
    years, series = facts.shape.years, []
    for name, key, fill, ink in SERIES:
        block = facts.book if key.startswith("book.") else facts.blocks["letter"]
        series.append(ChartSeries(name, fill, ink, [block[key.format(year)] for year in years]))
    figures = [[facts.dollars(amount) if amount else "" for amount in each.amounts] for each in series]
    return ColumnChart([str(year) for year in years], series, figures)


def _items(facts: ClientFacts) -> Iterator[PaperBlock]:
    """How many items are open, and those that press most."""
    told = facts.blocks["letter"]
    yield Subheading(told["open items head"])
    rows = [
        GridRow([Toned(told[f"open state {place}"], Tone.AMBER), told[f"open what {place}"]])
        for place in range(ITEMS)
        if told[f"open what {place}"]
    ]
    if rows:
        yield Grid([GridColumn(""), GridColumn("", share=1.0)], rows, LARGEST)


def _by_year(facts: ClientFacts) -> Grid:
    """Newest first, with the total."""
    heads = [GridColumn("Tax year"), GridColumn("AMT", "right"), GridColumn("Credit used", "right")]
    rows = [
        GridRow(
            [
                facts.said(f"{year} told"),
                *(quiet_zero(facts.amount(facts.said(f"{year} {key} shown"))) for key in ("AMT", "used")),
                facts.projection.years[year].conclusion,
            ]
        )
        for year in reversed(facts.shape.years)
    ]
    total = [facts.dollars(facts.said(f"{key} figure")) or ZERO for key in ("AMT", "used")]
    rows.append(GridRow(["Total", *total, ""], RowLook.TOTAL))
    return Grid([*heads, GridColumn("In a sentence", share=1.0)], rows)
