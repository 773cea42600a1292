"""A column of the client's tables: everything that is known of it is stated once, and all faces are derived from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import Enum, StrEnum, auto
from typing import Any, ClassVar, Final, ParamSpec

from ..language.nodes import Kind
from ..language.roles import Role
from ..language.system import System
from .asking import Ask
from .blank import Blank, Means


class Unit(StrEnum):
    """In what a cell is counted, as people call it. How it is read, shown and stored follows from this."""

    DOLLARS = "dollars"
    DOLLARS_A_SHARE = "dollars per share"
    SHARES = "shares"
    DAY = "day"
    YEAR = "year"
    RATIO = "ratio"
    YES_NO = "yes or no"
    WORD = "word"
    TEXT = "text"
    ID = "id"


KINDS: Final[Mapping[Unit, Kind]] = {
    Unit.DOLLARS: Kind.MONEY,
    Unit.DOLLARS_A_SHARE: Kind.PRICE,
    Unit.SHARES: Kind.SHARES,
    Unit.DAY: Kind.DAY,
    Unit.YEAR: Kind.YEAR,
    Unit.RATIO: Kind.RATE,
}


class Limits(Enum):
    """The sign of a number, as it is typed."""

    ANY = auto()
    NOT_NEGATIVE = auto()
    MORE_THAN_ZERO = auto()
    ENTERED_NEGATIVE = auto()  # the form prints it in parentheses; line 4 adds it as it is typed
    PRINTED_POSITIVE = auto()  # as the form has it; a negative one is taken, and noted


SIGNS: Final[Mapping[Limits, str]] = {  # as the documentation adds them to "dollars"
    Limits.ANY: ", ±",
    Limits.ENTERED_NEGATIVE: ", negative",
    Limits.PRINTED_POSITIVE: ", positive",
}


class Needed(Enum):
    """Which rows are refused without a cell that others may leave blank."""

    UNLESS_RSU = auto()
    OF_ESPP = auto()
    WITH_VEST_DATE = auto()
    OF_A_SALE = auto()
    WITHOUT_LOT = auto()  # of a sale that names no exercise_id


class InputsBand(StrEnum):
    """The bands of the sheet Inputs, in their order."""

    FILING = "Filing"
    INCOME = "Income"
    DEDUCTIONS = "Deductions and credits"
    AS_FILED = "As filed: used instead of computing, when given"
    ATTACH = "Attach tests 2 and 3"
    FORM_6251 = "Other lines of Form 6251, as they are added on line 4"
    CARRIED = "Carried in, losses positive: used instead of what is computed, when given"


_PLACE: Final = re.compile(r"\{(\w+)(:first)?\}")


@dataclass(frozen=True)
class EntryColumn:
    """A column, with what its cell is expected to hold as messages say it."""

    unit: Unit
    expected: str
    _: KW_ONLY
    blank: Blank
    name: str = ""  # given by the attribute that holds it
    limits: Limits = Limits.ANY
    needed: Needed | None = None
    choices: tuple[str, ...] = ()  # of a WORD, as they are shown
    spellings: Mapping[str, str] = field(default_factory=dict)  # more ways to write a choice, without marks
    choice_labels: Mapping[str, str] = field(default_factory=dict)  # the words of its choices in a cell, by choice
    aliases: str = ""  # header spellings besides the name, separated by ";"; case and marks do not count
    docs: str = ""  # on the page of file formats: what it is
    docs_found: str = ""  # there: where it is found
    docs_unit: str = ""  # there: instead of the unit
    short: str = ""  # on the sheet Inputs, where the first column is narrow; else its label
    label: str = ""  # on the sheet; a column without one is not shown there
    found: str = ""  # where on the return: {wages} of the year's `found_on`, or {wages:first}, up to its semicolon
    found_not: str = ""  # the same, for a year in which one of those names is empty
    band: InputsBand | None = None  # of the sheet Inputs
    below: str = ""  # there: it stands below this column; else where the file has it
    form_line: str = ""  # the line of Form 6251 that it belongs to: "2b"
    replaces: Role | None = None  # the line that takes it in place of what is carried or made
    system: System | None = None  # where each system of tax has its own
    sheet_limits: Limits | None = None  # where the sheet takes what reading refuses
    called: str = ""  # in a sentence; else its label
    ask: Ask = Ask.CLIENT  # who knows what a blank cell should hold
    document: str = ""  # that says so; else the one where it is found

    @property
    def kind(self) -> Kind:
        """What forms and sheets take it for."""
        return KINDS.get(self.unit, Kind.TEXT)

    @property
    def is_needed(self) -> bool:
        """Tell whether every row must fill it in."""
        return self.blank.means is Means.NEVER

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a cell offers to choose from; none where anything may be typed."""
        return ("yes", "no") if self.unit is Unit.YES_NO else self.choices

    @property
    def spelled(self) -> Mapping[str, str]:
        """Every spelling of a choice, in lower case and without marks, and the word that it means."""
        return {_plain(word): word for word in self.choices} | dict(self.spellings)

    @property
    def shown_choices(self) -> tuple[str, ...]:
        """The words that a cell of a workbook offers."""
        return tuple(self.choice_labels.get(word, word) for word in self.words)

    def shown(self, value: object) -> object:
        """A value as a cell of a workbook has it: a choice in its words."""
        return self.choice_labels.get(value, value) if isinstance(value, str) else value

    def choice_of(self, text: str) -> str:
        """The choice that a text means, in whatever spelling; the text itself where it is none."""
        return self.spelled.get(_plain(text), text) if self.choices else text

    @property
    def headers(self) -> tuple[str, ...]:
        """The spellings of its header besides its name."""
        return tuple(each.strip() for each in self.aliases.split(";") if each.strip())

    @property
    def in_sentences(self) -> str:
        """How a sentence calls it: 'AMT foreign tax credit', 'filing status'."""
        if self.called:
            return self.called
        words = self._label_in_a_line
        return words if words[1:2].isupper() else words[:1].lower() + words[1:]

    @property
    def as_cell(self) -> str:
        """How a sentence names its cell, by label and header: '"In wages (W-2)" (w2_income)', 'line 2f (line_2f)'."""
        of_form = self.form_line and self.name == f"line_{self.form_line}"
        return f"line {self.form_line} ({self.name})" if of_form else f'"{self._label_in_a_line}" ({self.name})'

    @property
    def _label_in_a_line(self) -> str:
        return " ".join((self.label or self.name.replace("_", " ").capitalize()).replace("-\n", "").split())

    @property
    def shown_unit(self) -> str:
        """The unit as the documentation names it: "dollars, ±"."""
        sign = SIGNS.get(self.limits, "") if self.unit is Unit.DOLLARS else ""
        return self.docs_unit or self.unit + sign

    @property
    def blank_is_zero(self) -> bool:
        """Tell whether a blank amount is 0 in every line that takes it."""
        return self.kind is Kind.MONEY and self.blank.means is Means.NONE

    def where(self, found_on: Mapping[str, str]) -> str:
        """Where on the return of a year to find it."""
        if not all(found_on[name] for name, _ in _PLACE.findall(self.found)):
            return self.found_not
        return _PLACE.sub(lambda at: found_on[at[1]].split(";")[0] if at[2] else found_on[at[1]], self.found)


P = ParamSpec("P")


def _as_attribute(make: Callable[P, EntryColumn]) -> Callable[P, Any]:
    """A column where the type of its values is declared, as dataclasses declare their fields."""
    return make


entry: Final = _as_attribute(EntryColumn)


class Columns:
    """A table's columns: each attribute declares the type of a record's value and, behind "=", its column.

    A class that follows another continues its table.
    """

    declared: ClassVar[Mapping[str, EntryColumn]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        own = {name: each for name, each in vars(cls).items() if isinstance(each, EntryColumn)}
        for name in own:
            delattr(cls, name)  # the values are those of the records
        if own:
            cls.declared = {**cls.declared, **{name: replace(each, name=name) for name, each in own.items()}}


class RecordTable:
    """A table of the client: its name, which is that of its file, and its columns in the order of the file."""

    def __init__(self, name: str, columns: type[Columns], sheet: str = "") -> None:
        self.name = name
        self.sheet = sheet or name  # of the form or table that holds its entries
        self.columns = dict(columns.declared)

    def __getitem__(self, name: str) -> EntryColumn:
        """A column by its name; KeyError without one."""
        return self.columns[name]

    def __iter__(self) -> Iterator[EntryColumn]:
        return iter(self.columns.values())

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    @property
    def names(self) -> list[str]:
        """The names of the columns in the order of the file."""
        return list(self.columns)

    @property
    def needed(self) -> dict[str, str]:
        """The columns that every row must fill in, and what each is expected to hold."""
        return {each.name: each.expected for each in self if each.is_needed}


def _plain(word: str) -> str:
    return re.sub(r"[\W_]", "", word.casefold())
