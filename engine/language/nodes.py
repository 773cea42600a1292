"""What an expression is made of: a constant, a leaf, a column, an operation. Every reading is a fold over these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum, auto
from typing import Final, TypeVar


class Kind(StrEnum):
    """What a value is: its number format, its validation, its words and its face follow from this."""

    MONEY = auto()
    PRICE = auto()  # dollars per share
    SHARES = auto()
    COUNT = auto()
    RATE = auto()
    YEAR = auto()
    DAY = auto()
    FLAG = auto()
    TEXT = auto()


class Op(StrEnum):
    """Everything that a form ever asks for."""

    ADD = auto()
    SUBTRACT = auto()
    MULTIPLY = auto()
    NEGATIVE = auto()
    SUM_OF = auto()
    SMALLER_OF = auto()
    LARGER_OF = auto()
    NOT_BELOW_ZERO = auto()
    ROUNDED = auto()
    ROUNDED_DOWN = auto()
    BRACKET_TAX = auto()
    WHEN = auto()
    GIVEN = auto()
    LESS = auto()
    AT_MOST = auto()
    MORE = auto()
    AT_LEAST = auto()
    EQUAL = auto()
    ALL_OF = auto()
    ANY_OF = auto()
    IS_NOT = auto()
    YEAR_OF = auto()
    ADD_MONTHS = auto()
    DAY_AFTER = auto()
    LATER_OF = auto()
    PICK = auto()
    TOTAL = auto()
    TOTAL_SAME = auto()
    TOTAL_BEFORE = auto()
    WHOLE_SHARES = auto()
    PRO_RATA = auto()
    JOINED = auto()
    SHOWN = auto()
    SHARES_SHOWN = auto()
    DAY_SHOWN = auto()


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or words that the form itself prints."""

    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One named value: a line, an entry, a yearly parameter, an option, or a column in the row at hand."""

    sheet: str
    line: str
    years_ago: int = 0
    kind: Kind = field(default=Kind.MONEY, compare=False)
    settled: bool = field(default=False, compare=False)  # already rounded, as every line of a form is


@dataclass(frozen=True, slots=True)
class Column:
    """All rows of a column, for `total` and `pick`."""

    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator and what it works on."""

    op: Op
    arguments: tuple[Node, ...]


Node = Constant | Leaf | Column | Operation
Result = TypeVar("Result")

CHOICES: Final = frozenset({Op.SMALLER_OF, Op.LARGER_OF, Op.NOT_BELOW_ZERO, Op.NEGATIVE})
SUMS: Final = frozenset({Op.ADD, Op.SUBTRACT, Op.SUM_OF})


def fold(
    node: Node,
    value: Callable[[Constant | Leaf | Column], Result],
    apply: Callable[[Op, list[Result]], Result],
) -> Result:
    """Read an expression from its leaves upward."""
    if isinstance(node, Operation):
        return apply(node.op, [fold(argument, value, apply) for argument in node.arguments])
    return value(node)


def leaves(node: Node) -> list[Leaf | Column]:
    """List the leaves and columns from left to right, with repetitions."""
    if isinstance(node, Operation):
        return [found for argument in node.arguments for found in leaves(argument)]
    return [] if isinstance(node, Constant) else [node]


def years_earlier(node: Node, years: int) -> Node:
    """Move every leaf back by so many years."""
    match node:
        case Leaf():
            return replace(node, years_ago=node.years_ago + years)
        case Operation(op, arguments):
            return Operation(op, tuple(years_earlier(argument, years) for argument in arguments))
    return node


def is_settled(node: Node, also: frozenset[Op] = frozenset()) -> bool:
    """Tell whether a value needs no rounding: a rounded line, or a choice among such (or what `also` allows)."""
    match node:
        case Operation(Op.WHEN, (_, then, otherwise)):
            return is_settled(then, also) and is_settled(otherwise, also)
        case Operation(Op.ROUNDED):
            return True
        case Operation(op, arguments):
            return op in CHOICES | also and all(is_settled(argument, also) for argument in arguments)
        case Constant(Decimal() as number):
            return number == number.to_integral_value()
        case Leaf():
            return node.settled
    return False
