"""A rule of law as an expression: written once in the form's own words, read in many ways.

The faces (`Amount`, `Rate`, `Count`, `Flag`, `Day`, `Text`) are what authors of forms handle; they give Python's
operators and let mypy refuse nonsense such as money times money or a date plus an amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self, TypeVar

from .nodes import Column, Constant, Kind, Leaf, Node, Op, Operation, years_earlier


@dataclass(frozen=True, slots=True)
class Value:
    """What the author of a form holds in hand."""

    node: Node

    def equals(self, other: Operand) -> Flag:
        """Compare; `==` stays Python's own, so that values can be kept in sets."""
        return Flag(_operation(Op.EQUAL, self, other))


class Number(Value):
    """Anything that can be added up and compared."""

    def __add__(self, other: Self | int) -> Self:
        return type(self)(_operation(Op.ADD, self, other))

    def __sub__(self, other: Self | int) -> Self:
        return type(self)(_operation(Op.SUBTRACT, self, other))

    def __neg__(self) -> Self:
        return type(self)(_operation(Op.NEGATIVE, self))

    def __lt__(self, other: Self | int) -> Flag:
        return Flag(_operation(Op.LESS, self, other))

    def __le__(self, other: Self | int) -> Flag:
        return Flag(_operation(Op.AT_MOST, self, other))

    def __gt__(self, other: Self | int) -> Flag:
        return Flag(_operation(Op.MORE, self, other))

    def __ge__(self, other: Self | int) -> Flag:
        return Flag(_operation(Op.AT_LEAST, self, other))


class Amount(Number):
    """Dollars, or dollars per share."""

    def __mul__(self, other: Rate | Count) -> Amount:
        return Amount(_operation(Op.MULTIPLY, self, other))


class Rate(Number):
    """A percentage, as a part of one."""

    def __mul__(self, other: Amount) -> Amount:
        return Amount(_operation(Op.MULTIPLY, self, other))


class Count(Number):
    """Shares, a row, a year: a number that is no money."""

    def __mul__(self, other: Amount) -> Amount:
        return Amount(_operation(Op.MULTIPLY, self, other))


class Series(Value):
    """One number a tax bracket, for `bracket_tax` alone."""


class Flag(Value):
    """Yes or no."""

    def __and__(self, other: Flag) -> Flag:
        return Flag(_joined(Op.ALL_OF, self, other))

    def __or__(self, other: Flag) -> Flag:
        return Flag(_joined(Op.ANY_OF, self, other))

    def __invert__(self) -> Flag:
        return Flag(_operation(Op.IS_NOT, self))

    def __bool__(self) -> bool:
        raise TypeError("a flag is not known yet: write `&`, `|`, `~` and `when`, not `and`, `or`, `not`, `if`")


class Day(Value):
    """A calendar day."""

    def __gt__(self, other: Day) -> Flag:
        return Flag(_operation(Op.MORE, self, other))

    def __ge__(self, other: Day) -> Flag:
        return Flag(_operation(Op.AT_LEAST, self, other))


class Text(Value):
    """Words: one of a fixed list, or a sentence for the reader."""


Operand = Value | int | str
Some = TypeVar("Some", bound=Value)
Quantity = TypeVar("Quantity", bound=Number)

FACES: Final[dict[Kind, type[Value]]] = {
    Kind.MONEY: Amount,
    Kind.PRICE: Amount,
    Kind.SHARES: Count,
    Kind.COUNT: Count,
    Kind.YEAR: Count,
    Kind.RATE: Rate,
    Kind.DAY: Day,
    Kind.FLAG: Flag,
    Kind.TEXT: Text,
}


# --- the words of the forms ------------------------------------------------------------------------------


def number(digits: str) -> Amount:
    """Write an amount that the form prints; text, so that no float creeps in."""
    return Amount(Constant(Decimal(digits)))


def count(whole: int) -> Count:
    """Write a whole number that is no money."""
    return Count(Constant(Decimal(whole)))


def percent(rate: int) -> Rate:
    """Write a rate that the form prints: `percent(15) * line_30`."""
    return Rate(Constant(Decimal(rate) / 100))


def smaller_of(first: Quantity, *others: Quantity) -> Quantity:
    """'Enter the smaller of'."""
    return type(first)(_operation(Op.SMALLER_OF, first, *others))


def larger_of(first: Quantity, *others: Quantity) -> Quantity:
    """'Enter the larger of'."""
    return type(first)(_operation(Op.LARGER_OF, first, *others))


def sum_of(*amounts: Amount) -> Amount:
    """'Combine lines 1 through 3'."""
    return Amount(_operation(Op.SUM_OF, *amounts))


def not_below_zero(amount: Quantity) -> Quantity:
    """'If zero or less, enter -0-'."""
    return type(amount)(_operation(Op.NOT_BELOW_ZERO, amount))


def rounded(amount: Quantity, digits: Count | int) -> Quantity:
    """Round to so many digits, half away from zero."""
    return type(amount)(_operation(Op.ROUNDED, amount, digits))


def rounded_down(amount: Amount, step: int) -> Amount:
    """Go down to a multiple of a step (amounts from zero up)."""
    return Amount(_operation(Op.ROUNDED_DOWN, amount, step))


def bracket_tax(income: Amount, starts: Series, steps: Series) -> Amount:
    """Tax by brackets: each bracket adds the step of its rate on the income above its start."""
    return Amount(_operation(Op.BRACKET_TAX, income, starts, steps))


def when(test: Flag, then: Some, otherwise: Some) -> Some:
    """'If ..., enter ...; otherwise ...'."""
    return type(then)(_operation(Op.WHEN, test, then, otherwise))


def only_when(test: Flag, then: Amount) -> Amount:
    """'If ..., enter ...; otherwise -0-'."""
    return when(test, then, number("0"))


def given(entry: Number | Day) -> Flag:
    """Tell an entry from a blank; a word is blank when it `equals("")`."""
    return Flag(_operation(Op.GIVEN, entry))


def text(words: str) -> Text:
    """Write words of ours: from a fixed list, or a sentence."""
    return Text(Constant(words))


def join(*parts: Text | str) -> Text:
    """Put a sentence together."""
    return Text(_operation(Op.JOINED, *parts))


def shown(amount: Amount, digits: Count) -> Text:
    """An amount inside a sentence: 85,623, or 85,623.00 where cents are kept."""
    return Text(_operation(Op.SHOWN, amount, digits))


def dollars(amount: Amount, digits: Count) -> Text:
    """Dollars from zero up inside a sentence: $85,623, or $85,623.00 where cents are kept."""
    return join("$", shown(amount, digits))


def signed_dollars(amount: Amount, digits: Count) -> Text:
    """Dollars inside a sentence, those below zero in parentheses: ($97,545)."""
    return when(amount < 0, join("(", dollars(-amount, digits), ")"), dollars(amount, digits))


def shares_shown(shares: Count) -> Text:
    """Shares inside a sentence: 1,500, or 12.5 where there is a part of one."""
    return Text(_operation(Op.SHARES_SHOWN, shares))


def day_shown(day: Day) -> Text:
    """A day in a cell of words, as Forms 3921 and 1099-B have it: 08/02/2024."""
    return Text(_operation(Op.DAY_SHOWN, day))


def year_of(day: Day) -> Count:
    """The calendar year of a day."""
    return Count(_operation(Op.YEAR_OF, day))


def add_months(day: Day, months: int) -> Day:
    """The same day so many months later, or the last day of a shorter month."""
    return Day(_operation(Op.ADD_MONTHS, day, months))


def day_after(day: Day) -> Day:
    """The next day."""
    return Day(_operation(Op.DAY_AFTER, day))


def later_of(first: Day, second: Day) -> Day:
    """The later of two days."""
    return Day(_operation(Op.LATER_OF, first, second))


def pick(column: Some, row: Count) -> Some:
    """The value that a column of another table has in a given row (1 is the first)."""
    return type(column)(Operation(Op.PICK, (_column(column.node), row.node)))


def total(column: Quantity, *where: Flag) -> Quantity:
    """Add up a column over the rows where each `key.equals(value)` holds."""
    arguments: list[Node] = [_column(column.node)]
    for test in where:
        match test.node:
            case Operation(Op.EQUAL, (Leaf() as key, wanted)):
                arguments += [Column(key), wanted]
            case _:
                raise TypeError("total() takes tests of the form column.equals(value)")
    return type(column)(Operation(Op.TOTAL, tuple(arguments)))


def last_year(value: Some) -> Some:
    """The same figure, a year earlier: every leaf steps back one year."""
    return years_ago(value, 1)


def years_ago(value: Some, years: int) -> Some:
    """The same figure, so many years earlier."""
    return type(value)(years_earlier(value.node, years))


def total_same(column: Quantity, *same: Value) -> Quantity:
    """Add up a column over the rows of this table that have the same words, days or numbers as the row at hand.

    A word may be blank; days and numbers stand in every row.
    """
    return type(column)(Operation(Op.TOTAL_SAME, (_column(column.node), *_pairs(*same))))


def total_before(column: Quantity, order: Value, *same: Value) -> Quantity:
    """The same over the rows that come before the row at hand, `order` being less there than here."""
    return type(column)(Operation(Op.TOTAL_BEFORE, (_column(column.node), *_pairs(order, *same))))


def total_earlier(column: Quantity, order: Number, than: Count | int) -> Quantity:
    """Add up a column over the rows in which `order`, such as a year, is less than a number."""
    return type(column)(Operation(Op.TOTAL_BEFORE, (_column(column.node), _column(order.node), _node(than))))


def whole_shares(limit: Amount, price: Amount) -> Count:
    """Whole shares whose value, to the cent, stays within an amount from zero up; none at no price."""
    return Count(_operation(Op.WHOLE_SHARES, limit, price))


def pro_rata(amount: Amount, part: Count, whole: Count) -> Amount:
    """The part of an amount that goes with so many of its shares; none of no shares."""
    return Amount(_operation(Op.PRO_RATA, amount, part, whole))


def _pairs(*columns: Value) -> list[Node]:
    """Each column, and its value in the row at hand."""
    return [node for each in columns for node in (_column(each.node), each.node)]


def _operation(op: Op, *operands: Operand) -> Operation:
    return Operation(op, tuple(map(_node, operands)))


def _joined(op: Op, first: Value, second: Value) -> Operation:
    """Keep `a & b & c` flat."""
    if isinstance(first.node, Operation) and first.node.op is op:
        return Operation(op, (*first.node.arguments, second.node))
    return Operation(op, (first.node, second.node))


def _node(operand: Operand) -> Node:
    if isinstance(operand, Value):
        return operand.node
    return Constant(Decimal(operand) if isinstance(operand, int) else operand)


def _column(node: Node) -> Column:
    if not isinstance(node, Leaf):
        raise TypeError("a column is named, not computed")
    return Column(node)
