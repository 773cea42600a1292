"""The records as the workbook prints them: exercises and sales with both bases, grants, Forms W-2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.language.nodes import Kind
from workbook_templates.sheets.records.exercises_sheet import EXERCISES
from workbook_templates.sheets.records.grants_sheet import GRANTS, PROVISIONAL
from workbook_templates.sheets.records.record_spec import WHY, Spec
from workbook_templates.sheets.records.record_table import width_slot
from workbook_templates.sheets.records.sales_sheet import SALES
from workbook_templates.sheets.records.w2_sheet import W2

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
    Subheading,
    Tone,
    Toned,
)
from .told import ZERO, ClientFacts

TITLE: Final = "Exercises and sales"
WRAPPED: Final = {"employer": 2.2, "lot_employer": 2.2, "state": 2.6, "outcome": 2.6, "doc_ref": 2.4, WHY: 8.0}
LOT: Final = "exercise_id"
LONG_LOT: Final = 14  # characters
TABLES: Final = (EXERCISES, SALES, GRANTS, W2)
NUMBERS: Final = (Kind.MONEY, Kind.PRICE, Kind.SHARES, Kind.DAY, Kind.YEAR, Kind.COUNT)


def records_section(facts: ClientFacts) -> PaperSection | None:
    """Each table with its sentence; None where there are no records."""
    blocks: list[PaperBlock] = []
    for spec in TABLES:
        if facts.book.get(spec.columns[next(iter(spec.printed))].key):
            blocks.append(Subheading(spec.table.title))
            told = (facts.book.get(f"book.{spec.table.sheet}"), PROVISIONAL if spec is GRANTS else "")
            blocks += [Sentence(text) for text in told if text]
            if spec.means:
                blocks.append(Sentence(spec.means, SentenceLook.NOTE))
            blocks.append(_table(facts, spec))
    return PaperSection(TITLE, blocks, wide=True) if blocks else None


def _table(facts: ClientFacts, spec: Spec) -> Grid:
    """The printed columns, but for those that are hidden because no row fills them in."""
    groups = {name: title for title, names in spec.groups.items() for name in names}
    names = [name for name in spec.printed if _is_shown(facts.book, spec, name)]
    names = [name for name in names if name != "doc_ref" or any(facts.book[spec.columns[name].key])]
    columns = [
        GridColumn(
            spec.heads.get(name, spec.columns[name].label),
            "right" if spec.columns[name].leaf.kind in NUMBERS else "left",
            _share(facts, spec, name),
            groups[name],
        )
        for name in names
    ]
    values = [facts.book[spec.columns[name].key] for name in names]
    rows = [
        GridRow([_cell(facts, spec, name, value) for name, value in zip(names, row, strict=True)])
        for row in zip(*values, strict=True)
    ]
    totals = [_total(facts, spec, name) for name in names]
    rows.append(GridRow(["Total", *totals[1:]], RowLook.TOTAL))
    return Grid(columns, rows)


def _share(facts: ClientFacts, spec: Spec, name: str) -> float:
    """Of the room, where the words of a column are wrapped; of the names of lots only where one is long."""
    if name == LOT and any(len(each) > LONG_LOT for each in facts.book[spec.columns[name].key]):
        return 2.0
    return WRAPPED.get(name, 0.0)


def _is_shown(book: Mapping[str, Any], spec: Spec, name: str) -> bool:
    return book.get(width_slot(spec, name)[1], spec.printed[name]) is not None


def _cell(facts: ClientFacts, spec: Spec, name: str, value: Any) -> GridCell:
    text = facts.of_kind(value, spec.columns[name].leaf.kind)
    if text == ZERO:
        return Toned(text, Tone.QUIET)
    return Toned(text, Tone.STRONG) if name == spec.bold else text


def _total(facts: ClientFacts, spec: Spec, name: str) -> str:
    if name not in spec.totals:
        return ""
    return facts.of_kind(facts.book[f"total {spec.table.sheet}.{name}"], spec.columns[name].leaf.kind)
