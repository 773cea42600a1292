"""How the letter is written: rows in order of reading, sentences over the lines of all years."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Final, NamedTuple

from engine.federal.years import forms_of
from engine.language.expressions import (
    Amount,
    Count,
    Flag,
    Text,
    join,
    number,
    shares_shown,
    shown,
    sum_of,
    text,
    total,
    when,
)
from engine.language.expressions import count as whole
from engine.language.form import Form
from engine.language.lines import ROUNDING
from engine.language.nodes import Kind, Leaf
from engine.language.roles import Role
from engine.systems import System

from ..contents.book_summary import book_summary, stage_key
from ..contents.of_years import YearsTold, amount_of, flag_of, known_of, of_latest, word_of, years_told
from ..drawing.layout import SHARED, Shape

LONGEST_PIECE: Final = 240  # characters of a text within a formula; Excel takes 255
NOTHING: Final = text("")


class Style(NamedTuple):
    """How a row of words looks and how high it is."""

    look: str  # a named style
    size: float  # points of its letters
    bold: bool = False
    air: float = 6.0  # points below its lines
    keeps: bool = False  # never the last row of a page


PROSE: Final = Style("ib_prose", 11)
HEAD: Final = Style("ib_letter_head", 12, bold=True, air=11, keeps=True)
QUESTION: Final = Style("ib_say_long", 11, bold=True, keeps=True)
SUBJECT: Final = Style("ib_letter_subject", 13, bold=True, air=10, keeps=True)


def years_between(first: int, last: int) -> str:
    """All years from the first to the last, in words: '2025', '2024 and 2025', '2020 to 2025'."""
    if first == last:
        return f"{first}"
    return f"{first} and {last}" if last == first + 1 else f"{first} to {last}"


class LetterRow(NamedTuple):
    """One row of words: a fixed heading, or the key of the line that says what stands there."""

    style: Style
    words: str = ""
    key: str = ""


def say(*parts: Text | str) -> Text:
    """Put sentences together; long ones are cut into pieces that a formula can hold."""
    return join(*(piece for part in parts for piece in (_pieces(part) if isinstance(part, str) else [part])))


def _pieces(words: str) -> list[str]:
    return re.findall(rf".{{1,{LONGEST_PIECE}}}(?:\s|$)|.{{1,{LONGEST_PIECE}}}", words)


def spaced(texts: Sequence[Text]) -> Text:
    """Sentences, each a name, with a space between those that say something."""
    parts: list[Text] = []
    for place, each in enumerate(texts):
        if place:
            before = join(*texts[:place])
            parts.append(when(before.equals("") | each.equals(""), NOTHING, text(" ")))
        parts.append(each)
    return join(*parts)


def if_so(test: Flag, *parts: Text | str) -> Text:
    """Say it, or nothing."""
    return when(test, say(*parts), NOTHING)


def money(amount: Amount) -> Text:
    """An amount from zero up, in a sentence."""
    return join("$", shown(amount, ROUNDING))


def signed(amount: Amount) -> Text:
    """An amount that may be below zero."""
    return when(amount < 0, join("minus ", money(-amount)), money(amount))


def result(amount: Amount) -> Text:
    """A gain, a loss, or neither."""
    gain, loss = join("a gain of ", money(amount)), join("a loss of ", money(-amount))
    return when(amount > 0, gain, when(amount < 0, loss, text("no gain and no loss")))


def counted(amount: Amount, noun: str, whose: Text = NOTHING) -> Text:
    """'no shares', '1 share', '500 Acorn Inc shares'; parts of a share are told."""
    noun_of = join(whose, noun)
    many = when(amount.equals(0), join("no ", noun_of, "s"), join(shares_shown(Count(amount.node)), " ", noun_of, "s"))
    return when(amount.equals(1), join("1 ", noun_of), many)


def added_up(column: Amount | Count, *tests: Flag) -> Amount:
    """A column's total as an amount: dollars, or shares."""
    return Amount(total(column, *tests).node)


@dataclass
class Writer:
    """Letter, questions and summary under construction; a leaf of year Y is `last - Y` years ago, -1 the year after."""

    shape: Shape
    form: Form = field(default_factory=lambda: Form("letter", "Letter"))
    rows: list[LetterRow] = field(default_factory=list)
    as_made: dict[str, Kind] = field(default_factory=dict)  # values of the build that sentences take
    book: Form = field(init=False)

    def __post_init__(self) -> None:
        self.book = book_summary(self.shape)[0]

    @property
    def span(self) -> str:
        """The years in words: '2025', '2024 and 2025', '2020 to 2025'."""
        return years_between(self.shape.first, self.shape.last)

    def begin(self) -> list[LetterRow]:
        """Begin another sheet: its rows are collected in the list that comes back."""
        self.rows = []
        return self.rows

    def head(self, words: str, style: Style = HEAD) -> None:
        """Begin a section that every client has."""
        self.rows.append(LetterRow(style, words))

    def head_if(self, key: str, words: Text | str, only_if: Flag) -> None:
        """Begin a section that is there only where it applies."""
        self.tell(key, words if isinstance(words, Text) else text(words), only_if, HEAD)

    def tell(self, key: str, words: Text, only_if: Flag | None = None, style: Style = PROSE) -> None:
        """Write a paragraph; one that does not apply is empty."""
        self.part(key, words, only_if)
        self.rows.append(LetterRow(style, key=key))

    def part(self, key: str, words: Text, only_if: Flag | None = None) -> Text:
        """Write a sentence that paragraphs take; it stands beside the printed page."""
        return self.form.words(key, "Sentence", words if only_if is None else when(only_if, words, NOTHING))

    def ask(self, key: str, question: str, answer: Text, only_if: Flag | None = None) -> None:
        """Write a question and its answer; both are empty where it does not apply."""
        asked = LetterRow(QUESTION, key=f"{key} asked")
        self.rows.append(asked)
        self.tell(key, answer, only_if)
        self.form.words(asked.key, "Question", when(self.form.word(key).equals(""), NOTHING, text(question)))

    def line(self, key: str, label: str, amount: Amount) -> Amount:
        """Add an amount that sentences take; it stands beside the printed page."""
        return self.form.line(key, label, amount)

    def sum(self, key: str, label: str, column: Amount | Count, *ways: tuple[Flag, ...]) -> Amount:
        """Add up a column over the rows of each way: dollars, or shares."""
        amount = sum_of(*(added_up(column, *tests) for tests in ways))
        return self.form.working(key, label, amount) if isinstance(column, Count) else self.line(key, label, amount)

    def made(self, name: str, kind: Kind = Kind.TEXT) -> Leaf:
        """A value of the build, in a cell beside the page: a name, or the place of a record."""
        self.as_made[name] = kind
        return Leaf(SHARED, name, settled=True, kind=kind)

    def whose(self, name: str) -> Text:
        """A name of the build with a space behind it, as it is before its noun; nothing where there is none."""
        words = Text(self.made(name))
        return when(words.equals(""), NOTHING, join(words, " "))

    def of(self, year: int, role: Role, system: System | None = None) -> Amount:
        """Take the amount that plays a role in a year."""
        return amount_of(self.shape, year, role, system)

    def test(self, year: int, role: Role) -> Flag:
        """Take the yes or no that plays a role in a year."""
        return flag_of(self.shape, year, role)

    def word(self, year: int, role: Role) -> Text:
        """Take the words that play a role in a year."""
        return word_of(self.shape, year, role)

    def by_stage(self, year: int, filed: Text | str, still_open: Text | str, planned: Text | str) -> Text:
        """Say it as the return of a year stands."""
        stage, words = self.book.word(stage_key(year)), [join(each) for each in (filed, still_open, planned)]
        return when(stage.equals("filed"), words[0], when(stage.equals("planned"), words[2], words[1]))

    def is_filed(self, year: int) -> Flag:
        """Tell whether the return of a year is filed."""
        return self.book.word(stage_key(year)).equals("filed")

    def is_open(self, year: int) -> Flag:
        """Tell whether the return of a year is still to be filed; of a planned year there is none yet."""
        return self.book.word(stage_key(year)).equals("open")

    def iso_line(self, year: int = 0) -> str:
        """Where incentive stock options exercised are added, in a year or in the last one: 'line 2i'."""
        return forms_of(year or self.shape.last).called(Role.EXERCISES)

    def sold_line(self, year: int = 0) -> str:
        """Where property sold is taken at its AMT figures, in a year or in the last one: 'line 2k'."""
        return forms_of(year or self.shape.last).called(Role.DISPOSITIONS)

    def known(self, year: int) -> Flag:
        """Tell whether a year is computed: it is ready, and so are those before it."""
        return known_of(self.shape, year)

    def all_known(self) -> Flag:
        """Tell whether every year is computed."""
        return reduce(and_, map(self.known, self.shape.years))

    def any_known(self) -> Flag:
        """Tell whether any year is computed."""
        return reduce(or_, map(self.known, self.shape.years))

    def latest(self, write: Callable[[int], Text]) -> Text:
        """What is to be said of the last year that is computed; nothing where none is."""
        return of_latest(self.shape, write, NOTHING)

    def by_year(self, write: Callable[[int], Text]) -> list[Text]:
        """Say something of each year, in turn."""
        return [write(year) for year in self.shape.years]

    def years_told(self, key: str, of: Mapping[int, Flag]) -> YearsTold:
        """Those of the years for which a flag holds: runs as '2021 to 2025', others one by one."""
        return years_told(self.form, key, of)

    def in_question(self, year: int) -> Flag:
        """Tell whether it must be settled whose the credit and losses are that go on after a year."""
        question = self.test(year, Role.CARRIED_ON_IN_QUESTION)
        return question | self.test(year + 1, Role.HOLDER_CHANGED) if year < self.shape.last else question

    def still_in_question(self) -> Flag:
        """The same after the last year that is computed."""
        question = whole(1).equals(0)
        for year in self.shape.years:
            question = when(self.known(year), self.in_question(year), question)
        return question

    def still(self) -> Amount:
        """The credit left at the end of the last year that is computed."""
        return of_latest(self.shape, lambda year: self.book[f"still {year}"], number("0"))
