"""A form knows itself: what it is called and shown as, its lines, its parts, and the roles of its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from .expressions import Amount, Flag, Rate, Text, rounded
from .lines import MILLIONTH, NUMBER, ROUNDING, Line, place_of
from .nodes import Kind, Leaf, is_settled
from .roles import Role
from .system import System


class Standing(IntEnum):
    """What a form is to the return, in the order in which a reader meets it."""

    FILED = 1  # a form of the minimum tax that is filed
    TEST = 2  # whether one must be filed
    RETURN = 3  # a part of the regular return
    WORKSHEET = 4
    LEDGER = 5  # a view over the years
    ENTRIES = 6  # what the preparer types
    READINESS = 7


@dataclass(frozen=True)
class FormCard:
    """What a form is in every year: for whoever lists, shows or asks for it."""

    name: str  # in keys, formulas and defined names: "f6251"
    title: str  # "Form 6251"
    standing: Standing
    long_title: str = ""  # as the printed form has it at its head; "" for its title
    attachment: str = ""  # the attachment sequence number at its head: "32"
    short: str = ""  # as a preparer types it: `isobook explain SOURCE 2024 6251 11`; "" where nobody asks for it
    page: str = ""  # the sheet on which it stands, with the year as {year}
    reference: str = ""  # the letter of that sheet's reference, with the year beside it
    answers: str = ""  # what its sheet answers, for the index, with the year as {year}
    answers_ahead: str = ""  # the same of the form that is prepared for the year after the last one
    says: Role | None = None  # the sentence at the head of its sheet
    about: str = ""  # a sentence for the law book
    json: str = ""  # its key in JSON, where it is not the name
    always: tuple[Role, ...] = ()  # lines that are shown at 0 too
    from_year_before: bool = False  # its amounts rest on the years before: they must be complete too
    system: System | None = None  # of a form that is computed once for each system
    runs_ahead: bool = False  # is prepared for the year after the last one
    nothing_without: tuple[Role, ...] = ()  # amounts that are all 0 where the form has nothing to say
    again: tuple[str, ...] = ()  # begin the names of lines of other forms that are computed here a second time

    @property
    def key(self) -> str:
        """How JSON calls it."""
        return self.json or self.name


@dataclass(frozen=True)
class Part:
    """A part of a form as the page shows it: a title and the lines under it."""

    title: str
    choose: Callable[[Form], Iterable[Line]]
    note: str = ""
    workings: bool = False  # lines that the form does not print: below all others
    beside: str = ""  # the name of the form on whose page it stands, if that is another one
    number: str = ""  # "Part III"
    needed: str = ""  # the yes-or-no line that tells whether the part is used; "" of a part that always is

    @property
    def heading(self) -> str:
        """Number and title on one line."""
        return f"{self.number}   {self.title}" if self.number else self.title


def between(first: str, last: str) -> Callable[[Form], list[Line]]:
    """Choose the printed lines from one number through another; of a form that ends earlier, those it has."""
    low, high = place_of(first), place_of(last)
    return lambda form: [line for line in form.printed() if low <= place_of(line.leaf.line) <= high]


def printed_first(form: Form) -> list[Line]:
    """Choose all lines: those that the form prints by number, then its workings."""
    return [*form.printed(), *form.workings()]


@dataclass
class Form:
    """Lines in the order of their calculation; `printed` gives them in the order of the page."""

    sheet: str
    title: str
    order: list[Line] = field(default_factory=list)  # shared by the forms of a year: the order of calculation
    lines: list[Line] = field(default_factory=list)
    card: FormCard | None = None  # of a form of a catalogue
    parts: list[Part] = field(default_factory=list)
    totals: frozenset[str] = frozenset()  # lines that stand out
    results: frozenset[str] = frozenset()  # lines that go to the return
    short: Mapping[str, str] = field(default_factory=dict)  # the words of a line on the printed page, if not its label
    ahead: str = ""  # of a form that runs ahead: how far it is prepared, in words
    _places: dict[str, Line] = field(default_factory=dict)
    _roles: dict[Role, Line] = field(default_factory=dict)

    @classmethod
    def of(cls, card: FormCard, order: list[Line]) -> Form:
        """Begin a form of a catalogue."""
        return cls(card.name, card.title, order, card=card)

    def line(
        self,
        number: str,
        label: str,
        amount: Amount,
        cite: str = "",
        source: str = "",
        *,
        role: Role | None = None,
        from_records: bool = False,
    ) -> Amount:
        """Add a money line, in dollars. It rounds here, and nowhere else."""
        exact = amount if is_settled(amount.node) else rounded(amount, ROUNDING)
        leaf = Leaf(self.sheet, number, settled=True)
        self.add(Line(leaf, label, cite, exact.node, source, from_records=from_records), role)
        return Amount(leaf)

    def flag(
        self, number: str, label: str, test: Flag, cite: str = "", source: str = "", *, role: Role | None = None
    ) -> Flag:
        """Add a yes-or-no line."""
        leaf = Leaf(self.sheet, number, kind=Kind.FLAG)
        self.add(Line(leaf, label, cite, test.node, source), role)
        return Flag(leaf)

    def words(self, number: str, label: str, words: Text, cite: str = "", *, role: Role | None = None) -> Text:
        """Add a sentence, or a word of ours."""
        leaf = Leaf(self.sheet, number, kind=Kind.TEXT)
        self.add(Line(leaf, label, cite, words.node), role)
        return Text(leaf)

    def working(self, number: str, label: str, amount: Amount, cite: str = "") -> Amount:
        """Add a working that is no printed line, kept to a millionth: the middle of a Tax Table row."""
        leaf = Leaf(self.sheet, number)
        self.add(Line(leaf, label, cite, rounded(amount, MILLIONTH).node))
        return Amount(leaf)

    def share(self, number: str, label: str, rate: Rate, cite: str = "") -> Rate:
        """Add a line that is a rate."""
        leaf = Leaf(self.sheet, number, kind=Kind.RATE)
        self.add(Line(leaf, label, cite, rate.node))
        return Rate(leaf)

    def entry(self, number: str, label: str, source: str = "", *, blank_is_zero: bool = True) -> Amount:
        """Add an amount that the preparer types, in dollars."""
        leaf = Leaf(self.sheet, number)
        self.add(Line(leaf, label, source=source, blank_is_zero=blank_is_zero))
        return Amount(leaf)

    def choice(self, number: str, label: str, choices: Sequence[str], source: str = "") -> Text:
        """Add a word that the preparer chooses from a list, or words without one; it may be left blank."""
        leaf = Leaf(self.sheet, number, kind=Kind.TEXT)
        self.add(Line(leaf, label, source=source, blank_is_zero=False, choices=tuple(choices)))
        return Text(leaf)

    def __getitem__(self, number: str | Role) -> Amount:
        """Take an amount from this form by its line number, or by its role."""
        line = self.find(number)
        if line.leaf.kind is not Kind.MONEY:
            raise TypeError(f"{line.key} is a {line.leaf.kind}, not an amount")
        return Amount(line.leaf)

    def test(self, number: str | Role) -> Flag:
        """Take a yes-or-no line, as `form[...]` takes an amount."""
        return Flag(self.find(number).leaf)

    def word(self, number: str | Role) -> Text:
        """Take a line of words."""
        return Text(self.find(number).leaf)

    def find(self, number: str | Role) -> Line:
        """Find a line by its number, or by its role; KeyError names the form."""
        found = self._roles.get(number) if isinstance(number, Role) else self._places.get(number)
        if found is None:
            raise KeyError(f"{self.title} has no line {str(number)!r}")
        return found

    def play(self, role: Role, number: str) -> None:
        """Give a role to a line that is declared already; ValueError if the form has the role."""
        if role in self._roles:
            raise ValueError(f"{self.title} has a line {role} already")
        self._roles[role] = self.find(number)

    def part_with(self, role: Role) -> Part:
        """The part of the page on which the line of a role stands. KeyError names the form."""
        line = self.find(role)
        for part in self.parts:
            if line in part.choose(self):
                return part
        raise KeyError(f"{self.title} shows no line {role}")

    @property
    def roles(self) -> Mapping[Role, Line]:
        """The roles of this form and the line of each."""
        return self._roles

    def through(self, first: str, last: str) -> list[Amount]:
        """Take the printed lines from one number through another."""
        return [Amount(line.leaf) for line in between(first, last)(self)]

    def printed(self) -> list[Line]:
        """The lines that the form prints, by number; workings are not among them, so that a sum stays one range."""
        return sorted((line for line in self.lines if line.is_printed), key=lambda line: place_of(line.leaf.line))

    def workings(self) -> list[Line]:
        """The lines that the form does not print, in order of calculation."""
        return [line for line in self.lines if not line.is_printed]

    def computed_workings(self) -> list[Line]:
        """The workings that are no sentences."""
        return [line for line in self.workings() if line.leaf.kind is not Kind.TEXT]

    def add(self, line: Line, role: Role | None = None) -> None:
        """Add a line as it is; ValueError if its number or its role is taken."""
        name = line.leaf.line
        if name in self._places:
            raise ValueError(f"{self.title} has line {name} already")
        if (number := self.number_of(name)) != line.number:
            line = replace(line, number=number)
        self._places[name] = line
        self.lines.append(line)
        self.order.append(line)
        if role:
            self.play(role, name)

    def number_of(self, name: str) -> str:
        """'4' of '4' and of 'refigured 4'; "" of a working such as '5 lost'."""
        prefix = self.again(name)
        number = name.removeprefix(f"{prefix} ") if prefix else name
        return number if NUMBER.fullmatch(number) else ""

    def again(self, name: str) -> str:
        """'AMT gains' of 'AMT gains 12', a line of another form that is computed here a second time; "" of others."""
        prefixes = self.card.again if self.card else ()
        return next((prefix for prefix in prefixes if name.startswith(f"{prefix} ")), "")
