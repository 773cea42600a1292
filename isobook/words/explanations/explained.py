"""What `isobook explain` found: a figure, its rule and what it comes from, as lines of text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.language.nodes import Kind
from engine.readings.words import figure

from ..forms_json import cell


class UnknownLineError(Exception):
    """A form, year, line, lot or sale that the client's file does not have; the message says which there are."""


@dataclass(frozen=True)
class Addition:
    """What a lot or a sale adds to a line of a form: dollars, as the exact column has them."""

    year: int
    title: str
    line: str
    label: str
    amount: Any
    kind: Kind


@dataclass(frozen=True)
class Explained:
    """A line, a record or a column of one: its value, the rule, the rule with figures, the law, what it comes from.

    `known` is false in a year that is not ready: the words count what is missing as 0, and JSON gives null.
    """

    title: str  # "Form 6251", "Exercise"
    line: str  # "11"; of a record its id, of a column its name; "" of a line without a number
    label: str
    amount: Any = None
    kind: Kind = Kind.TEXT
    known: bool = True
    rule: str = ""
    worked: str = ""
    cite: str = ""
    source: str = ""
    taken: tuple[Explained, ...] = ()
    adds: tuple[Addition, ...] = ()
    is_record: bool = False
    is_column: bool = False
    note: str = ""  # said before all
    name: str = ""  # of a line without a number, as it is asked for


def as_text(found: Explained) -> Iterator[str]:
    """Lines of text: what it is, the rule with its figures, the authority, then what it comes from."""
    if found.note:
        yield found.note
    yield from _lines(found, 0)


def _lines(found: Explained, level: int) -> Iterator[str]:
    indent = "    " * level
    if found.is_column:
        yield from (f"{indent}{text}" for text in _column(found))
        return
    title = f"{found.title} {'' if found.is_record else 'line '}{found.line}" if found.line else found.title
    if found.is_record:
        yield f"{indent}{title}: {found.label}"
    else:
        yield f"{indent}{title}, {found.label}: {shown(found.amount, found.kind)}"
    yield from (f"{indent}  {text}" for text in (found.worked or found.source, found.cite) if text)
    yield from (f"{indent}  {_added(each)}" for each in found.adds)
    for each in found.taken:
        if each.is_record and not each.taken:
            yield f"{indent}  {each.line}: {shown(each.amount, each.kind)}  {each.label}"
        else:
            yield from _lines(each, level + 1)


def _column(found: Explained) -> Iterator[str]:
    """A column of a record: what was typed with its source, else the rule with figures and the authority."""
    if found.rule:
        yield f"{found.label}: {found.worked}"
        if found.cite:
            yield f"  {found.cite}"
    else:
        where = f"  ({found.source})" if found.source else ""
        yield f"{found.label}: {shown(found.amount, found.kind) or 'blank'}{where}"


def _added(found: Addition) -> str:
    where = f"{found.title} line {found.line}" if found.line else found.title
    return f"goes into {where} of {found.year}, {found.label}: {shown(found.amount, found.kind)}"


def shown(value: Any, kind: Kind) -> str:
    """A value as a reader sees it, years without a comma."""
    if value is None:
        return "blank"
    return str(value) if kind is Kind.YEAR else figure(value.normalize() + 0 if isinstance(value, Decimal) else value)


def as_json(found: Explained) -> str:
    """The same as JSON text."""
    return json.dumps(document(found) | ({"note": found.note} if found.note else {}), indent=2)


def document(found: Explained) -> dict[str, Any]:
    """As values that JSON knows; of what a record adds to lines there is one more key, `adds`."""
    value = found.amount if found.known else None
    on_form = not (found.is_record or found.is_column)
    return {
        "title": found.title,
        "line": found.line or found.name or None,
        "label": found.label,
        "amount": _exact(value) if on_form else cell(value, found.kind),
        "rule": found.rule or None,
        "worked": found.worked or None,
        "cite": found.cite or None,
        "source": found.source or None,
        "from": [document(each) for each in found.taken],
        **({"adds": [_addition(each) for each in found.adds]} if found.is_record and found.taken else {}),
    }


def _exact(value: Any) -> Any:
    """An amount of a form with the digits to which it is rounded; other values as they are."""
    return f"{value:f}" if isinstance(value, Decimal) else value or (None if value == "" else value)


def _addition(found: Addition) -> dict[str, Any]:
    return {
        "year": found.year,
        "title": found.title,
        "line": found.line or None,
        "label": found.label,
        "amount": cell(found.amount, found.kind),
    }
