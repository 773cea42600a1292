"""A rule as a reviewer reads it: one line per case, and square brackets where words alone could mean two things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from engine.clients.explain import namer, rule, without_rounding
from engine.federal.stock.hundred_thousand_limit import GRANTS
from engine.federal.stock.record_tables import RECORDS
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Column, Constant, Kind, Leaf, Node, Op, Operation
from engine.readings.words import Name

LISTS: Final = frozenset({Op.SMALLER_OF, Op.LARGER_OF, Op.LATER_OF})
SUMS: Final = frozenset({Op.ADD, Op.SUBTRACT, Op.SUM_OF})
TESTS: Final = frozenset({Op.ALL_OF, Op.ANY_OF})
ARITHMETIC: Final = SUMS | {Op.MULTIPLY, Op.NEGATIVE}
INDENT: Final = "\u2003"

Say = Callable[[Node], str]


def said(line: Line, forms: Mapping[str, Form]) -> list[str]:
    """The rule of a computed line in words, a case per line: 'If line 6 is …: …', 'Otherwise: …'."""
    assert line.expression is not None
    name = distinct(line, forms)

    def say(node: Node) -> str:
        return rule(replace(line, expression=node), forms, name)

    def value(node: Node) -> str:
        words = say(_bracketed(node, name, say))
        sentence = (isinstance(node, Operation) and node.op is Op.JOINED) or isinstance(node, Constant)
        return f"“{words}”" if sentence and line.leaf.kind is Kind.TEXT and words != "blank" else words

    def cases(node: Node, depth: int, otherwise: str = "") -> list[str]:
        indent = INDENT * depth
        match without_rounding(node):
            case Operation(Op.WHEN, (test, then, other)):
                start = f"{indent}{otherwise}if {say(_bracketed(_as_test(test, name), name, say))}:"
                below = cases(then, depth + 1)
                first = [f"{start} {below[0].strip()}"] if len(below) == 1 else [start, *below]
                return first + cases(other, depth, "otherwise, ")
            case plain:
                return [f"{indent}{'otherwise: ' if otherwise else ''}{value(plain)}"]

    return [_capital(each) for each in cases(line.expression, 0)]


def distinct(line: Line, forms: Mapping[str, Form]) -> Name:
    """How a line names others: with the form of a label, and the name of a working where a form has its label twice."""
    plain = namer(line, forms)

    def name(leaf: Leaf | Column) -> str:
        words, at = unhyphenated(plain(leaf)), leaf.leaf if isinstance(leaf, Column) else leaf
        if "“" not in words:
            return words
        labels = _labels(at.sheet, tuple(forms[at.sheet].lines) if at.sheet in forms else (*RECORDS, *GRANTS))
        if at.line in labels:
            words += f" ({at.line})"
        elsewhere = at.sheet in forms and at.sheet != line.leaf.sheet
        return f"{words} of {forms[at.sheet].title}" if elsewhere else words

    return name


@cache
def _labels(sheet: str, lines: tuple[Line, ...]) -> frozenset[str]:
    """The lines of a form whose label another line of it has too."""
    ours = [line for line in lines if line.leaf.sheet == sheet]
    times = Counter(line.label for line in ours)
    return frozenset(line.leaf.line for line in ours if times[line.label] > 1)


def _as_test(node: Node, name: Name) -> Node:
    """Say 'is yes' of a yes-or-no line, and 'is no' of one that is denied."""
    match node:
        case Leaf(kind=Kind.FLAG):
            return Constant(f"{name(node)} is yes")
        case Operation(Op.PICK) as picked:
            return picked
        case Operation(Op.IS_NOT, (Leaf() as leaf,)):
            return Constant(f"{name(leaf)} is no")
        case Operation(op, arguments) if op in TESTS | {Op.IS_NOT}:
            return Operation(op, tuple(_as_test(each, name) for each in arguments))
    return node


def _bracketed(node: Node, name: Name, say: Say) -> Node:
    """Hold together, in square brackets, each part whose words would run into those around it."""
    if not isinstance(node, Operation):
        return node
    held = []
    for place, argument in enumerate(node.arguments):
        is_test = node.op in TESTS or (node.op is Op.WHEN and place == 0)
        inner = _bracketed(_as_test(argument, name) if is_test else argument, name, say)
        loose = isinstance(argument, Operation) and _runs_together(node.op, argument.op, place)
        figure = node.op is Op.JOINED and (isinstance(argument, Leaf) or _is_shown(argument))
        held.append(Constant(f"[{say(inner)}]") if loose else Constant(f"{{{say(inner)}}}") if figure else inner)
    return Operation(node.op, tuple(held))


def _is_shown(node: Node) -> bool:
    return isinstance(node, Operation) and node.op is Op.SHOWN


def _runs_together(around: Op, part: Op, place: int) -> bool:
    if around is Op.ROUNDED:
        return False
    if part is Op.WHEN:
        return True
    if part in TESTS:
        return around in TESTS | {Op.IS_NOT}
    if part in LISTS or part is Op.NOT_BELOW_ZERO:
        return around in LISTS | ARITHMETIC | {Op.NOT_BELOW_ZERO}
    if part in SUMS:
        return around in LISTS | {Op.MULTIPLY, Op.NEGATIVE} or (around is Op.SUBTRACT and place > 0)
    return part is Op.MULTIPLY and around in SUMS | LISTS


def _capital(words: str) -> str:
    start = len(words) - len(words.lstrip(INDENT))
    return words[:start] + words[start : start + 1].upper() + words[start + 1 :]


def unhyphenated(label: str) -> str:
    """A label on one line: 'Disposition', where the narrow head of a column has it on two."""
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(label.split()))
