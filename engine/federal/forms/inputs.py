"""What the preparer types for a year: one row of returns.csv, as a block of entries, and whether it suffices."""

from __future__ import annotations

from typing import Final

from ...columns import RETURNS, Section
from ...language.expressions import Flag, count, given, last_year, text, when
from ...language.lines import Form, Line
from ...language.nodes import Kind, Leaf
from ..tax_year import FoundOn

LINE_2_LABELS: Final = {  # by letter
    each.form_line[1:]: each.label.removeprefix(each.form_line).strip()
    for each in RETURNS
    if each.name.startswith("line_2")
}
SIGNED_LINES: Final = tuple(LINE_2_LABELS)  # of line 2: typed as they are added on line 4


def inputs(found_on: FoundOn, order: list[Line]) -> Form:
    """One row of returns.csv. A blank counts as 0, but where being blank means something."""
    form = Form("inputs", "Inputs", order)
    places = found_on.model_dump()
    for section in Section:
        shown = [each for each in RETURNS if each.section is section and not each.carried_in]
        for column in sorted(shown, key=lambda each: each.form_line[:1]):  # line 2 in all its parts, then line 3
            if column.words:
                form.choice(column.name, column.label, column.words, column.where(places))
            else:
                zero = column.blank_is_zero
                form.entry(column.name, column.label, column.where(places), blank_is_zero=zero)
    return form


def ready(entries: Form, first: bool, order: list[Line]) -> Form:
    """Tell whether the year can be figured: a filing status, and wages with a deduction, or taxable income as filed."""
    form = Form("year", "Readiness", order)
    deduction, itemized = entries.word("deduction"), given(entries["itemized_deductions"])
    chosen = deduction.equals("standard") | itemized | (given(entries["standard_deduction"]) & deduction.equals(""))
    filed = given(entries["taxable_income"])
    no_status = form.flag("needs filing_status", "Filing status missing?", entries.word("filing_status").equals(""))
    no_wages = form.flag("needs wages", "Wages missing?", ~filed & ~given(entries["wages"]))
    no_deduction = form.flag("needs deduction", "Deduction missing?", ~filed & ~chosen)
    enough = form.flag("ready", "Ready to figure?", ~no_status & ~no_wages & ~no_deduction)
    later = when(no_deduction, text("deduction"), text(""))
    if first:
        form.flag("final", "All years before ready?", count(1).equals(1))
    else:
        before = last_year(enough & Flag(Leaf("year", "final", kind=Kind.FLAG)))
        form.flag("final", "All years before ready?", before)
    missing = when(no_status, text("filing status"), when(no_wages, text("wages"), later))
    form.words("missing", "Still needed", missing)
    form.words("state", "Ready to figure?", when(enough, text("ready"), text("open")))
    return form


__all__ = ["LINE_2_LABELS", "SIGNED_LINES", "inputs", "ready"]
