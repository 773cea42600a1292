"""A compiled function as a reader sees it: whole, with all that it takes, so that it runs where it is pasted.

python -m engine.readings.show 2025 f6251.11 prints the function that is run for a line.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from runpy import run_module

from ..language.lines import Line
from .compiled.compile import source_of
from .compiled.dialect import Dialect


def runnable(lines: Sequence[Line], dialect: Dialect, wanted: Collection[str] | None = None) -> str:
    """The function that `compile_lines` runs, with its imports and constants: a text that can be run alone."""
    source, constants = source_of(lines, dialect, wanted)
    values = [f"{name} = {value!r}" for name, value in constants.items()]
    return "\n".join([*_imports(source, dialect, constants), *(["", *values] if values else []), "", source, ""])


def _imports(source: str, dialect: Dialect, constants: Mapping[str, object]) -> list[str]:
    """Where the function's own words come from: Decimal, if a constant is one, and those of the dialect."""
    types = sorted({type(value).__name__ for value in constants.values()} & {"Decimal"})
    named = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    words = sorted(named & dialect.environment.keys())
    return [
        *(f"from decimal import {each}" for each in types),
        *([f"from {dialect.module} import {', '.join(words)}"] if words else []),
    ]


if __name__ == "__main__":
    # The readings know no year: the forms, which are made of lines, stand above them. The command that picks lines out
    # of a year therefore stands above the forms; it is named here and not imported, so that every import points down.
    run_module("engine.clients.show_compiled", run_name="__main__")
