"""Say where a figure comes from: the rule in words, with names that a preparer knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .forms.exercises import RECORDS
from .lines import Form, Line
from .nodes import Column, Leaf, Node, Op, Operation
from .readings.words import in_words
from .tax_year import PARAMETERS

LAW_LABELS = {each.name: each.label for each in PARAMETERS}
OPTIONS = {"rounding": "the digits kept", "tax_method": "the tax method"}


def rule(line: Line, forms: Mapping[str, Form]) -> str:
    """'line 4 less line 5, not below zero': the rule of a computed line, in words."""
    assert line.expression is not None
    return in_words(without_rounding(line.expression), namer(line, forms))


def namer(line: Line, forms: Mapping[str, Form]) -> Callable[[Leaf | Column], str]:
    """How a line speaks of others: 'line 4' on its own form, 'Form 6251 line 4' elsewhere, a label without a number."""

    def name(leaf: Leaf | Column) -> str:
        if isinstance(leaf, Column):
            return f"“{_flat(_column_label(leaf.leaf))}” of {leaf.leaf.sheet}"
        when = "last year’s " * leaf.years_ago
        if leaf.sheet == "law":
            label = LAW_LABELS[leaf.line]
            return f"the {when}{label if label.startswith('AMT') else label[0].lower() + label[1:]}"
        if leaf.sheet == "options":
            return OPTIONS[leaf.line]
        if leaf.sheet not in forms:
            return f"“{_flat(_column_label(leaf))}”"
        form = forms[leaf.sheet]
        if number := form.find(leaf.line).number:
            return f"{when}line {number}" if leaf.sheet == line.leaf.sheet else f"{when}{form.title} line {number}"
        return f"{when}“{form.find(leaf.line).label}”"

    return name


def without_rounding(node: Node) -> Node:
    """Leave out a line's own rounding, which words need not repeat."""
    return node.arguments[0] if isinstance(node, Operation) and node.op is Op.ROUNDED else node


def _column_label(leaf: Leaf) -> str:
    return next(line.label for line in RECORDS if (line.leaf.sheet, line.leaf.line) == (leaf.sheet, leaf.line))


def _flat(label: str) -> str:
    return label.replace("\n", " ")
