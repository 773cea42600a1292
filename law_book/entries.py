"""The lines of a year as the law book shows them: rule, formula, authority, use, and what is new since last year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.federal.stock.hundred_thousand_limit import GRANTS
from engine.federal.stock.record_tables import RECORDS
from engine.federal.tax_year import tax_year
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Column, Leaf, leaves
from workbook_templates.drawing.excel_formula import formula
from workbook_templates.drawing.layout import column_name, defined_name

from .rule_words import said, unhyphenated

UNSURE: Final = re.compile(r"\bprovisional\b|\bdraft\b", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One line of a form, one working, or one column of a record table, for a reviewer."""

    line: Line
    label: str
    rule: tuple[str, ...]  # in words, a case per line; of an entry: that it is typed, and what may be
    formula: str  # as in a workbook, with names in place of addresses; "" for an entry
    citation: str
    sources: tuple[str, ...]  # of the parameters of the year that the line takes
    found: str  # where a reviewer finds the figure
    used_by: tuple[str, ...]  # names of the lines that take it, in this year or the next

    @property
    def is_provisional(self) -> bool:
        """Tell a line whose authority is not settled, or that takes a figure which is not."""
        return any(UNSURE.search(words) for words in (self.citation, *self.sources))


@cache
def entries(year: int) -> Mapping[str, tuple[Entry, ...]]:
    """Every line of every form of a year, by the form's name: printed ones by number, then workings."""
    forms, users = forms_of(year).forms, _users(year)
    return {
        sheet: tuple(_entry(line, year, forms, users[line.key]) for line in (*form.printed(), *form.workings()))
        for sheet, form in forms.items()
    }


@cache
def record_entries() -> Mapping[str, tuple[Entry, ...]]:
    """The columns of Exercises and Sales in the order of their calculation; they are the same in every year."""
    year = YEARS[-1]
    forms, users = forms_of(year).forms, _record_users()
    tables: dict[str, list[Entry]] = defaultdict(list)
    for line in (*RECORDS, *GRANTS):
        tables[line.leaf.sheet].append(_entry(line, year, forms, users[line.key]))
    return {sheet: tuple(columns) for sheet, columns in tables.items()}


def _entry(line: Line, year: int, forms: Mapping[str, Form], users: list[str]) -> Entry:
    taken = leaves(line.expression) if line.expression is not None else []
    law = dict.fromkeys((leaf.line, leaf.years_ago) for leaf in taken if isinstance(leaf, Leaf) and leaf.sheet == "law")
    sources = dict.fromkeys(tax_year(max(year - ago, YEARS[0])).source(name) for name, ago in law)
    return Entry(
        line,
        unhyphenated(line.label),
        tuple(said(line, forms)) if line.expression is not None else _typed(line),
        formula(line.expression, _names(line, year)) if line.expression is not None else "",
        line.cite or _of_the_form(line, forms, users),
        tuple(sources),
        line.source,
        tuple(dict.fromkeys(users)),
    )


def _typed(line: Line) -> tuple[str, ...]:
    how = "As received" if line.in_table else "Typed"
    if line.choices:
        return (f"{how}: {', '.join(line.choices)}",)
    return (how + ("; blank counts as 0" if line.blank_is_zero else ""),)


def _of_the_form(line: Line, forms: Mapping[str, Form], users: list[str]) -> str:
    """The authority of arithmetic that has no citation of its own: the printed line, or the lines that it serves."""
    if line.expression is None:
        return "a record" if line.in_table else "an entry of the preparer"
    if line.leaf.sheet in forms and line.is_printed:
        return f"{forms[line.leaf.sheet].title} line {line.number}, as printed"
    return "a step of the lines that use it" if users else "shown to the reader"


def _names(line: Line, year: int) -> Callable[[Leaf | Column], str]:
    """Names for a formula: a column's own in its row, `exercises_shares` for all rows, else the workbook's names."""

    def name(leaf: Leaf | Column) -> str:
        if isinstance(leaf, Column):
            return column_name(leaf.leaf)
        same_row = line.in_table and leaf.sheet == line.leaf.sheet
        return leaf.line if same_row else defined_name(leaf, year)

    return name


def _users(year: int) -> defaultdict[str, list[str]]:
    """Who takes each line: lines of the same year, and of the next year's forms."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    _collect(users, forms_of(year).order, year, 0)
    if year < YEARS[-1]:
        _collect(users, forms_of(year + 1).order, year + 1, 1)
    return users


def _record_users() -> defaultdict[str, list[str]]:
    users: defaultdict[str, list[str]] = defaultdict(list)
    _collect(users, [*RECORDS, *GRANTS], YEARS[-1], 0)
    _collect(users, forms_of(YEARS[-1]).order, YEARS[-1], 0)
    return users


def _collect(users: defaultdict[str, list[str]], lines: Iterable[Line], year: int, ago: int) -> None:
    forms = forms_of(year).forms
    for line in lines:
        for leaf in leaves(line.expression) if line.expression is not None else []:
            at = leaf.leaf if isinstance(leaf, Column) else leaf
            if at.years_ago == ago:
                users[f"{at.sheet}.{at.line}"].append(("next year’s " if ago else "") + title(line, at.sheet, forms))


def title(line: Line, sheet: str, forms: Mapping[str, Form]) -> str:
    """A line as another form speaks of it: 'line 4', 'Form 6251 line 4', '“Exemption phased out”'."""
    where = "" if line.leaf.sheet == sheet else (forms[line.leaf.sheet].title if line.leaf.sheet in forms else "")
    number = f"line {line.number}" if line.is_printed and line.number else f"“{unhyphenated(line.label)}”"
    return f"{where} {number}".strip()
