"""What the preparer types for a year: one row of returns.csv, as a block of entries, and whether it suffices."""

from __future__ import annotations

from typing import Final

from ...columns import RETURNS, InputsBand
from ...language.form import Form, FormCard, Standing
from ...language.nodes import Kind
from ..year_forms import YearForms

LINE_2_LABELS: Final = {  # by letter
    each.form_line[1:]: each.label.removeprefix(each.form_line).strip()
    for each in RETURNS
    if each.name.startswith("line_2")
}
SIGNED_LINES: Final = tuple(LINE_2_LABELS)  # of line 2: typed as they are added on line 4


INPUTS: Final = FormCard(
    "inputs",
    "Inputs",
    Standing.ENTRIES,
    page="Inputs",
    about="What the preparer types for the year, on the sheet Inputs or in `returns.csv`.",
)


def inputs(of: YearForms) -> Form:
    """One row of returns.csv. A blank counts as 0, but where being blank means something."""
    form, places = of.begin(INPUTS), of.found_on.model_dump()
    for band in InputsBand:
        shown = [each for each in RETURNS if each.band is band]
        for column in sorted(shown, key=lambda each: each.form_line[:1]):  # line 2 in all its parts, then line 3
            if column.kind is Kind.TEXT:
                form.choice(column.name, column.label, column.words, column.where(places))
            else:
                zero = column.blank_is_zero
                form.entry(column.name, column.label, column.where(places), blank_is_zero=zero)
    return form
