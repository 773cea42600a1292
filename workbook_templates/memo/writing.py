"""How the memo is written: rows in order of reading, sentences over the lines of all years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from engine.federal.years import forms_of
from engine.language.expressions import (
    Amount,
    Count,
    Flag,
    Text,
    join,
    number,
    rounded,
    shown,
    sum_of,
    text,
    total,
    when,
)
from engine.language.expressions import count as whole
from engine.language.form import Form
from engine.language.lines import ROUNDING
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.systems import System

from ..contents.book_summary import book_summary
from ..contents.of_years import amount_of, flag_of, word_of
from ..drawing.layout import Shape

HEAD: Final = "ib_h2"
QUESTION: Final = "ib_say"
PROSE: Final = "ib_prose"
LONGEST_PIECE: Final = 240  # characters of a text within a formula; Excel takes 255


class MemoRow(NamedTuple):
    """One row: a heading with its words, or the key of the line that says what stands there."""

    style: str
    words: str = ""
    key: str = ""


def say(*parts: Text | str) -> Text:
    """Put sentences together; long ones are cut into pieces that a formula can hold."""
    return join(*(piece for part in parts for piece in (_pieces(part) if isinstance(part, str) else [part])))


def _pieces(words: str) -> list[str]:
    return re.findall(rf".{{1,{LONGEST_PIECE}}}(?:\s|$)|.{{1,{LONGEST_PIECE}}}", words)


def if_so(test: Flag, *parts: Text | str) -> Text:
    """Say it, or nothing."""
    return when(test, say(*parts), text(""))


def money(amount: Amount) -> Text:
    """An amount from zero up, in a sentence."""
    return shown(amount, ROUNDING)


def signed(amount: Amount) -> Text:
    """An amount that may be below zero."""
    return when(amount < 0, join("minus ", money(-amount)), money(amount))


def result(amount: Amount) -> Text:
    """A gain, a loss, or neither."""
    gain, loss = join("a gain of ", money(amount)), join("a loss of ", money(-amount))
    return when(amount > 0, gain, when(amount < 0, loss, text("no gain and no loss")))


def counted(amount: Amount, noun: str) -> Text:
    """'no shares', '1 share', '500 shares'."""
    many = when(amount.equals(0), text(f"no {noun}s"), join(shown(amount, whole(0)), f" {noun}s"))
    return when(amount.equals(1), text(f"1 {noun}"), many)


def added_up(column: Amount | Count, *tests: Flag) -> Amount:
    """A column's total as an amount: dollars, or shares."""
    return Amount(total(column, *tests).node)


@dataclass
class Writer:
    """The memo under construction; a leaf of year Y is `last - Y` years ago, and -1 is the year after."""

    shape: Shape
    form: Form = field(default_factory=lambda: Form("memo", "Memo"))
    rows: list[MemoRow] = field(default_factory=list)
    book: Form = field(init=False)

    def __post_init__(self) -> None:
        self.book = book_summary(self.shape)[0]

    @property
    def span(self) -> str:
        """The years in words."""
        first, last = self.shape.first, self.shape.last
        return f"{first} to {last}" if first < last else f"{first}"

    def head(self, words: str) -> None:
        """Begin a section."""
        self.rows.append(MemoRow(HEAD, words))

    def tell(self, key: str, words: Text, only_if: Flag | None = None) -> None:
        """Write a paragraph; one that does not apply is empty."""
        self.form.words(key, "Paragraph", words if only_if is None else when(only_if, words, text("")))
        self.rows.append(MemoRow(PROSE, key=key))

    def ask(self, key: str, question: str, answer: Text, only_if: Flag | None = None) -> None:
        """Write a question and its answer; both are empty where it does not apply."""
        row = MemoRow(QUESTION, key=f"{key} asked")
        self.rows.append(row)
        self.tell(key, answer, only_if)
        self.form.words(row.key, "Question", when(self.form.word(key).equals(""), text(""), text(question)))

    def told(self) -> Iterator[MemoRow]:
        """The rows whose words are live."""
        return (row for row in self.rows if row.key)

    def line(self, key: str, label: str, amount: Amount) -> Amount:
        """Add an amount that sentences take; it stands below the printed page."""
        return self.form.line(key, label, amount)

    def sum(self, key: str, label: str, column: Amount | Count, *ways: tuple[Flag, ...]) -> Amount:
        """Add up a column over the rows of each way: dollars, or whole shares."""
        amount = sum_of(*(added_up(column, *tests) for tests in ways))
        return self.line(key, label, rounded(amount, 0) if isinstance(column, Count) else amount)

    def of(self, year: int, role: Role, system: System | None = None) -> Amount:
        """Take the amount that plays a role in a year."""
        return amount_of(self.shape, year, role, system)

    def test(self, year: int, role: Role) -> Flag:
        """Take the yes or no that plays a role in a year."""
        return flag_of(self.shape, year, role)

    def word(self, year: int, role: Role) -> Text:
        """Take the words that play a role in a year."""
        return word_of(self.shape, year, role)

    def iso_line(self, year: int = 0) -> str:
        """Where incentive stock options exercised are added, in a year or in the last one: 'line 2i'."""
        return forms_of(year or self.shape.last).called(Role.EXERCISES)

    def sold_line(self, year: int = 0) -> str:
        """Where property sold is taken at its AMT figures, in a year or in the last one: 'line 2k'."""
        return forms_of(year or self.shape.last).called(Role.DISPOSITIONS)

    def ready(self, year: int) -> Flag:
        """Tell whether a year can be computed."""
        return self.test(year, Role.READY)

    def any_ready(self) -> Flag:
        """Tell whether any year can be computed."""
        first, *others = (self.ready(year) for year in self.shape.years)
        return reduce(or_, others, first)

    def latest(self, write: Callable[[int], Text]) -> Text:
        """What is to be said of the last year that is ready; nothing where none is."""
        words = text("")
        for year in self.shape.years:
            words = when(self.ready(year), write(year), words)
        return words

    def rows_of(self, table: str) -> Amount:
        """How many rows a table of records holds."""
        return Amount(Leaf("options", f"{table}_counted", settled=True))

    def by_year(self, write: Callable[[int], Text]) -> list[Text]:
        """Say something of each year, in turn."""
        return [write(year) for year in self.shape.years]

    def in_question(self, year: int) -> Flag:
        """Tell whether it must be settled whose the credit and losses are that go on after a year."""
        question = self.test(year, Role.CARRIED_ON_IN_QUESTION)
        return question | self.test(year + 1, Role.HOLDER_CHANGED) if year < self.shape.last else question

    def still_in_question(self) -> Flag:
        """The same after the last year that is ready."""
        question = whole(1).equals(0)
        for year in self.shape.years:
            question = when(self.ready(year), self.in_question(year), question)
        return question

    def still(self) -> Amount:
        """The credit left at the end of the last year that is ready."""
        amount = number("0")
        for year in self.shape.years:
            amount = when(self.ready(year), self.book[f"still {year}"], amount)
        return amount
