"""Form 8949 as it is filed: the sales of each year by box, with the totals and where they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.language.nodes import Kind
from engine.systems import REGULAR
from workbook_templates.contents.forms.form_8949_lines import LETTERS, SHEET, SUMS
from workbook_templates.sheets.records.form_8949_sheet import BANDS, COLUMNS, HEADS
from workbook_templates.sheets.records.form_8949_sheet import NOTE as CODES

from ..typesetting.content import Grid, GridColumn, GridRow, PaperSection, RowLook, Sentence, SentenceLook
from .told import ZERO, ClientFacts

TITLE: Final = "Form 8949"
LEFT: Final = ("lot", "a", "f")
CODED: Final = "g"  # blank where no row has a code


def sales_by_box(facts: ClientFacts) -> PaperSection | None:
    """One table for all years; None without a sale."""
    rows = [row for year in facts.shape.sale_years for row in _year(facts, year)]
    if not rows:
        return None
    columns = [
        GridColumn(head, "left" if name in LEFT else "right", 1.0 if name == "a" else 0.0)
        for name, (head, _) in zip(COLUMNS, HEADS, strict=True)
    ]
    told = Sentence(f"{BANDS[REGULAR]}. The AMT basis and result of each sale stand under Exercises and sales.")
    return PaperSection(TITLE, [told, Sentence(CODES, SentenceLook.NOTE), Grid(columns, rows)])


def _year(facts: ClientFacts, year: int) -> Iterator[GridRow]:
    values = facts.blocks[str(year)]
    for number in range(1, facts.shape.form_rows + 1):
        of = _Place(values, number)
        if not of["row"]:
            return
        if of["bar"]:
            yield GridRow([f"{year}  ·  {of['part']}  ·  {of['bar']}"], RowLook.BAND)
        yield GridRow([of["lot"], *(_cell(facts, of[letter], letter) for letter in LETTERS)])
        if of["goes"]:
            totals = {letter: of[f"total {letter}"] for letter in SUMS}
            sums = {letter: facts.amount(total) for letter, total in totals.items() if total or letter != CODED}
            yield GridRow(["Totals", of["goes"], *(sums.get(letter, "") for letter in LETTERS[1:])], RowLook.TOTAL)


class _Place(dict[str, Any]):
    """What stands in a place of the sheet."""

    def __init__(self, values: Mapping[str, Any], number: int) -> None:
        start = f"{SHEET}.{REGULAR.name} {number} "
        super().__init__({key.removeprefix(start): value for key, value in values.items() if key.startswith(start)})


def _cell(facts: ClientFacts, value: Any, letter: str) -> str:
    if letter in SUMS:
        return facts.amount(value, zero=ZERO) if value != "" else ""
    return facts.of_kind(value, Kind.TEXT)
