"""Statements written out as Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .statements import Assign, Definition, Delete, ForEachRow, If, ReturnValue, Statement, Unpack

INDENT: Final = "    "


def source(program: Iterable[Definition | Statement]) -> str:
    """The text of functions and statements, one below the other."""
    return "\n".join(line for part in program for line in _lines(part))


def _lines(part: Definition | Statement) -> Iterator[str]:
    match part:
        case Definition(name, parameters, body):
            yield f"def {name}({', '.join(parameters)}):"
            yield from _indented(body)
        case If(test, then, otherwise):
            yield f"if {test.text}:"
            yield from _indented(then)
            if otherwise:
                yield "else:"
                yield from _indented(otherwise)
        case _:
            yield _line(part)


def _line(statement: Assign | Unpack | ForEachRow | Delete | ReturnValue) -> str:
    match statement:
        case Assign(name, value):
            return f"{name} = {value.text}"
        case Unpack(flags, value):
            return f"{', '.join(flags)} = {value.text}"
        case ForEachRow(name, value, row, columns):
            row_names = "".join(f"{each}, " for each in row)  # with a comma after one alone: zip gives tuples
            return f"{name} = [{value.text} for {row_names}in zip({', '.join(column.text for column in columns)})]"
        case Delete(forgotten):
            return f"del {', '.join(forgotten)}"
        case ReturnValue(value):
            return f"return {value.text}"


def _indented(body: Sequence[Statement]) -> Iterator[str]:
    return (INDENT + line for statement in body for line in _lines(statement))
