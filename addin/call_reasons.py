"""Why a call gives an error, and what it took for its blank arguments, in words: what ISO_CHECK says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from engine.language.nodes import Kind
from engine.records.cells import is_blank

from .convention import Function, FunctionArgument, XlError, by_row, results_of, spread_out, value_of

GOOD: Final = "OK"


def reasons(function: Function, given: Sequence[object]) -> Any:
    """A sentence for each row of a call, in the shape of its cells: the error, or OK with what was taken for blanks."""
    spread = spread_out(function, given)
    if isinstance(spread, XlError):
        return _error(spread)
    columns, height, width = spread
    size = height * width
    results = zip(results_of(function, columns, size), by_row(columns, size), strict=True)
    said = [_error(result) if isinstance(result, XlError) else _good(function, row) for result, row in results]
    if not any(isinstance(cell, list | tuple) for cell in given):
        return said[0]
    return [said[start : start + width] for start in range(0, size, width)]


def _error(error: XlError) -> str:
    return f"{error}: {error.reason}"


def _good(function: Function, row: Sequence[object]) -> str:
    return "; ".join([GOOD, *_taken(function, row)])


def _taken(function: Function, row: Sequence[object]) -> Iterator[str]:
    """What stands for each blank argument. A blank that means none, or 0, takes nothing."""
    cells = dict(zip((each.name for each in function.parameters), row, strict=True))
    named = {each.name: each for each in function.parameters}
    for each in function.parameters:
        if each.required or not is_blank(cells[each.name]):
            continue
        if each.same_as:
            value = value_of(named[each.same_as], cells[each.same_as])
            if value:
                yield f"{each.name} is blank, so {each.same_as}, {_shown(each, value)}, is taken"
        elif each.default:
            yield f"{each.name} is blank, so {_shown(each, each.default)} is taken"


def _shown(parameter: FunctionArgument, value: Any) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    digits = 0 if value == value.to_integral_value() else 2
    return f"{'$' if parameter.argument.kind is Kind.MONEY else ''}{value:,.{digits}f}"
