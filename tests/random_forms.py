"""Random forms for the tests: a table of records and a form over it, with every operator, as authors may write them.

They keep to the rules that hold for all lines of ours: only lines are multiplied, compared or given to `total`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, TypeVar

from engine.language.expressions import (
    Amount,
    Count,
    Day,
    Flag,
    Series,
    Text,
    Value,
    add_months,
    bracket_tax,
    count,
    day_after,
    day_shown,
    given,
    join,
    larger_of,
    later_of,
    not_below_zero,
    number,
    percent,
    pick,
    pro_rata,
    rounded,
    rounded_down,
    shares_shown,
    shown,
    smaller_of,
    sum_of,
    text,
    total,
    total_before,
    total_same,
    when,
    whole_shares,
    year_of,
)
from engine.language.form import Form
from engine.language.lines import ROUNDING, TAX_METHOD, Line
from engine.language.nodes import Constant, Kind, Leaf, Node, Op, Operation
from engine.language.table import Table

Some = TypeVar("Some")
ENTRIES: Final = 5
COMPARISONS: Final = (Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST, Op.EQUAL)
FOR_MONEY: Final = (
    Op.ADD, Op.SUBTRACT, Op.NEGATIVE, Op.SUM_OF, Op.SMALLER_OF, Op.LARGER_OF, Op.NOT_BELOW_ZERO, Op.WHEN, Op.ROUNDED,
)  # fmt: skip
FOR_FLAGS: Final = (*COMPARISONS, Op.GIVEN, Op.ALL_OF, Op.ANY_OF, Op.IS_NOT)
STARTS: Final = Series(Leaf("law", "starts", settled=True))
STEPS: Final = Series(Leaf("law", "steps", kind=Kind.RATE, settled=True))
LAW: Final = {"law.starts": [Decimal(0), Decimal(900), Decimal(4_000)],
              "law.steps": [Decimal("0.1"), Decimal("0.02"), Decimal("0.16")]}  # fmt: skip


@dataclass
class Book:
    """A table, a form, and the entries of a few returns: `values[n]` as the readings know them, tables as lists."""

    records: list[Line]
    form: list[Line]
    values: list[dict[str, Any]]

    @property
    def lines(self) -> list[Line]:
        """All lines in order of calculation."""
        return [*self.records, *self.form]


@dataclass
class Author:
    """Writes expressions by the toss of a coin."""

    random: Random
    amounts: list[Amount] = field(default_factory=list)  # lines, settled
    entries: list[Amount] = field(default_factory=list)  # may be blank
    columns: list[Amount] = field(default_factory=list)
    key: Count = field(default_factory=lambda: count(0))
    word: Text = field(default_factory=lambda: text(""))

    def any_of(self, *choices: Some) -> Some:
        """One of them."""
        return self.random.choice(choices)

    def leaf(self) -> Amount:
        """A line of the form."""
        return self.any_of(*self.amounts)

    def money(self, depth: int) -> Amount:
        """An amount of any shape."""
        if depth == 0:
            return self.any_of(*self.amounts, number("0"), number("250"))
        made = self.operation(self.any_of(*FOR_MONEY), depth)
        assert isinstance(made, Amount)
        return made

    def flag(self, depth: int) -> Flag:
        """A test of any shape."""
        ops = FOR_FLAGS if depth else (*COMPARISONS, Op.GIVEN)
        made = self.operation(self.any_of(*ops), depth)
        assert isinstance(made, Flag)
        return made

    def operation(self, op: Op, depth: int) -> Value:
        """An expression with this operator at its root."""
        inner = max(depth - 1, 0)
        match op:
            case Op.MULTIPLY:
                by_rate = percent(self.random.randint(1, 40)) * self.leaf()
                return self.any_of(by_rate, count(self.random.randint(0, 9)) * self.leaf())
            case Op.TOTAL:
                tests = [self.key.equals(count(1)), self.word.equals(text("x"))]
                return total(self.any_of(*self.columns), *tests[: self.random.randint(0, 2)])
            case Op.BRACKET_TAX:
                return bracket_tax(self.leaf(), STARTS, STEPS)
            case Op.ROUNDED_DOWN:
                return rounded_down(self.amounts[0], self.any_of(25, 50))
            case Op.ALL_OF:
                return self.flag(inner) & self.flag(inner) & self.flag(0)
            case Op.ANY_OF:
                return self.flag(inner) | self.flag(inner)
            case Op.IS_NOT:
                return ~self.flag(inner)
            case Op.GIVEN:
                return given(self.any_of(*self.entries))
            case Op.JOINED | Op.SHOWN:
                words = when(self.flag(0), text('say "so": '), text(""))
                amount = self.amounts[0]  # not below zero, as all that our sentences show: ironcalc writes -1 as 1
                return join(words, shown(amount, ROUNDING), self.any_of(".", " & more"))
        if op in COMPARISONS:
            return self.comparison(op)
        return self.sum_or_choice(op, inner)

    def sum_or_choice(self, op: Op, depth: int) -> Amount:
        """An operator that takes amounts of any shape."""
        first, second, third = (self.money(depth) for _ in range(3))
        match op:
            case Op.ADD:
                return first + second
            case Op.SUBTRACT:
                return first - second
            case Op.NEGATIVE:
                return -first
            case Op.SUM_OF:
                return sum_of(*self.any_of([first, second], [first, second, third], self.amounts[:ENTRIES]))
            case Op.SMALLER_OF:
                return smaller_of(first, second, third)
            case Op.LARGER_OF:
                return larger_of(first, second)
            case Op.NOT_BELOW_ZERO:
                return not_below_zero(first)
            case Op.ROUNDED:
                return self.any_of(rounded(first, ROUNDING), rounded(first, 0), rounded(first, 2))
        assert op is Op.WHEN, op
        return when(self.flag(depth), first, second)

    def comparison(self, op: Op) -> Flag:
        """Two lines, or a word and what it may be."""
        first, second = self.leaf(), self.any_of(self.leaf(), number("0"), number("250"))
        match op:
            case Op.LESS:
                return first < second
            case Op.AT_MOST:
                return first <= second
            case Op.MORE:
                return first > second
            case Op.AT_LEAST:
                return first >= second
        return self.any_of(first.equals(second), TAX_METHOD.equals("table"))


def random_book(random: Random) -> Book:
    """A table with days and picks, two layers of lines over it, and the entries of three returns."""
    author = Author(random)
    records = _records(author)
    form = Form("f", "Form")
    author.entries = [form.entry(f"e{place}", "", blank_is_zero=False) for place in range(ENTRIES)]
    author.amounts = [
        form.line(f"{place + 1}", "", when(given(entry), not_below_zero(entry) if place == 0 else entry, number("0")))
        for place, entry in enumerate(author.entries)
    ]
    for layer in ("a", "b"):
        made = [_line(form, f"{layer} {op}", author.operation(op, 2)) for op in Op if op not in OF_ROWS]
        author.amounts += [each for each in made if isinstance(each, Amount)]
    return Book(records, form.order, [_values(random) for _ in range(3)])


OF_ROWS: Final = (
    Op.YEAR_OF, Op.ADD_MONTHS, Op.DAY_AFTER, Op.LATER_OF, Op.PICK, Op.TOTAL_SAME, Op.TOTAL_BEFORE, Op.WHOLE_SHARES,
    Op.PRO_RATA, Op.SHARES_SHOWN, Op.DAY_SHOWN,
)  # fmt: skip
"""Columns of the table have these."""


def _records(author: Author) -> list[Line]:
    order: list[Line] = []
    table = Table("t", "Table", order)
    key, row = table.entry("key", "", Count, Kind.COUNT), table.entry("row", "", Count, Kind.COUNT)
    word = table.entry("word", "", Text, Kind.TEXT)
    day, due = table.entry("day", "", Day, Kind.DAY), table.entry("due", "", Day, Kind.DAY, required=False)
    price, shares = table.entry("price", "", Amount, Kind.PRICE), table.entry("shares", "", Count, Kind.SHARES)
    months = author.any_of(1, 6, 12, 24)
    moved = table.column("moved", "", add_months(day_after(day), months), Kind.DAY)
    later = table.column("later", "", later_of(day_after(add_months(day, months)), moved), Kind.DAY)
    chosen = table.column("chosen", "", when(given(due), due, later), Kind.DAY)
    table.column("late", "", chosen >= later, Kind.FLAG)
    table.column("year", "", year_of(chosen), Kind.YEAR)
    product = table.amount("product", "", price * shares)
    picked = table.amount("picked", "", pick(product, row) - price)
    by_row = table.amount("by row", "", total(product, key.equals(key), word.equals(text("x"))))
    same = author.any_of((word,), (word, key), (day, word))
    alike = table.amount("alike", "", total_same(product, *same))
    earlier = table.amount("earlier", "", total_before(product, author.any_of(day, row), *same[: author.any_of(0, 2)]))
    whole = table.column("whole", "", whole_shares(author.any_of(earlier, product), price), Kind.SHARES)
    table.column("said", "", join(shares_shown(shares), day_shown(moved)), Kind.TEXT)
    table.amount("by shares", "", pro_rata(product, shares, whole))
    author.key, author.word, author.columns = key, word, [price, product, picked, by_row, alike, earlier]
    return order


def _line(form: Form, number_: str, value: Value) -> Value:
    """One line of the form, of the kind that the value asks for."""
    if isinstance(value, Amount):
        if isinstance(value.node, Operation) and value.node.op in (Op.BRACKET_TAX, Op.ROUNDED_DOWN):
            form.working(f"{number_} exactly", "", value)
            value = Amount(Leaf("f", f"{number_} exactly"))
        return form.line(number_, "", value)
    if isinstance(value, Flag):
        return form.flag(number_, "", value)
    assert isinstance(value, Text), value
    return form.words(number_, "", value)


def _values(random: Random) -> dict[str, Any]:
    """The entries of one return, and up to four rows of its table."""
    rows = range(random.randint(0, 4))
    entries = [
        random.choice((_amount(random, 5_000, 100) - 2_000, _amount(random, 90, 1), None)) for _ in range(ENTRIES)
    ]
    return {
        **{f"f.e{place}": entry for place, entry in enumerate(entries)},
        "t.key": [random.randint(1, 2) for _ in rows],
        "t.row": [random.randint(1, len(rows)) for _ in rows],
        "t.word": [random.choice(("x", "y", "")) for _ in rows],
        "t.day": [_day(random) for _ in rows],
        "t.due": [random.choice((None, _day(random))) for _ in rows],
        "t.price": [_amount(random, 90, 10_000) for _ in rows],
        "t.shares": [_amount(random, 90, 100) for _ in rows],
    }


def _amount(random: Random, limit: int, parts: int) -> Decimal:
    return Decimal(random.randint(0, limit * parts)) / parts


def _day(random: Random) -> date:
    any_day = date(2019, 1, 1) + timedelta(days=random.randint(0, 2_000))
    return random.choice((any_day, date(2024, 2, 29), date(2023, 1, 31), date(2023, 2, 28)))


def operators(lines: list[Line]) -> set[Op]:
    """All operators in use."""
    found: set[Op] = set()

    def look(node: Node) -> None:
        if isinstance(node, Operation):
            found.add(node.op)
            for argument in node.arguments:
                look(argument)

    for line in lines:
        look(line.expression or Constant(""))
    return found
