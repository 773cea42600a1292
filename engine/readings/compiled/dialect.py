"""A dialect: how one kind of number is written in Python, operator by operator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ...language.nodes import Op
from .statements import Expression, composed

WriteExpression = Callable[..., Expression]  # the expressions of the arguments -> that of the operation
InBlocks = Callable[[Callable[..., Any], Callable[..., Any], Sequence[str]], Callable[..., dict[str, Any]]]


@dataclass(frozen=True, eq=False)
class Dialect:
    """How one kind of number is written in Python."""

    write: Mapping[Op, WriteExpression]
    constant: Callable[[Decimal | str], object]
    environment: Mapping[str, object]  # what the functions call by name
    module: str  # that has all of the environment under the same names
    whole_columns: bool  # a column is one array, not a list with an expression per row
    write_names: Mapping[Op, WriteExpression] = field(default_factory=dict)  # shorter: each argument is a plain name
    exact_sums: bool = False  # a sum of rounded amounts is rounded already
    owners: bool = False  # tables hold the records of many returns at once
    in_blocks: InBlocks | None = None  # many returns are computed block by block: of two functions one is made


def call(function: str) -> WriteExpression:
    """Write an operator as a function call."""
    return lambda *arguments: composed(f"{function}({_texts(', ', arguments)})", arguments)


def infix(sign: str) -> WriteExpression:
    """Write an operator between its arguments."""
    return lambda *arguments: composed(f"({_texts(f' {sign} ', arguments)})", arguments)


def template(pattern: str) -> WriteExpression:
    """Write an operator by a pattern with places {0}, {1}, ..."""
    return lambda *arguments: composed(pattern.format(*(argument.text for argument in arguments)), arguments)


def _texts(between: str, arguments: Sequence[Expression]) -> str:
    return between.join(argument.text for argument in arguments)
