"""The forms of a year: what a form takes from the others while it is declared, and how a line is found by its role."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language.expressions import Amount, Flag, Text
from ..language.form import Form, FormCard
from ..language.lines import Line
from ..language.roles import Role
from ..systems import REGULAR, System
from .tax_year import FoundOn


@dataclass
class YearForms:
    """The forms of one tax year by name, in the order of their declaration, and all their lines."""

    year: int
    found_on: FoundOn
    before: YearForms | None  # the year before; None in the first year of a file
    forms: dict[str, Form] = field(default_factory=dict)
    order: list[Line] = field(default_factory=list)  # in order of calculation
    _roles: dict[tuple[Role, System | None], Line] = field(default_factory=dict)

    def begin(self, card: FormCard) -> Form:
        """Begin a form of the year; ValueError if it is begun already."""
        if card.name in self.forms:
            raise ValueError(f"{card.title} of {self.year} is declared twice")
        form = Form.of(card, self.order)
        self.forms[card.name] = form
        return form

    @property
    def first(self) -> bool:
        """Tell the first year of a file, which has no year before it."""
        return self.before is None

    # --- lines by what they are ------------------------------------------------------------------------------

    def _lines_by_role(self) -> dict[tuple[Role, System | None], Line]:
        found: dict[tuple[Role, System | None], Line] = {}
        for form in self.forms.values():
            for role, line in form.roles.items():
                place = role, form.card.system if form.card else None
                if place in found:
                    raise ValueError(f"{role} is both {found[place].key} and {line.key}")
                found[place] = line
        return found

    def find(self, role: Role, system: System | None = None) -> Line:
        """The line that plays a role, of a system where there is one for each. KeyError if no form has it."""
        if (role, system) not in self._roles:  # a form may have been declared since
            self._roles = self._lines_by_role()
        if line := self._roles.get((role, system)):
            return line
        of = f" of the system {system.name}" if system else ""
        raise KeyError(f"no form of {self.year} has a line {role}{of}")

    def key(self, role: Role, system: System | None = None) -> str:
        """The name of that line in figures: 'f6251.11'."""
        return self.find(role, system).key

    def amount(self, role: Role, system: System | None = None) -> Amount:
        """That line as an amount of expressions."""
        return Amount(self.find(role, system).leaf)

    def test(self, role: Role, system: System | None = None) -> Flag:
        """That line as a yes or no."""
        return Flag(self.find(role, system).leaf)

    def word(self, role: Role, system: System | None = None) -> Text:
        """That line as words."""
        return Text(self.find(role, system).leaf)

    def number(self, role: Role, system: System | None = None) -> str:
        """The printed number of that line; "" of a working."""
        return self.find(role, system).number

    def called(self, role: Role, system: System | None = None) -> str:
        """How words call that line: 'line 2i'."""
        return f"line {self.number(role, system)}"

    # --- forms, while a year is declared ---------------------------------------------------------------------

    @property
    def inputs(self) -> Form:
        """What the preparer types."""
        return self.forms["inputs"]

    @property
    def readiness(self) -> Form:
        """Whether enough is typed."""
        return self.forms["year"]

    @property
    def regular(self) -> Form:
        """The regular return, Form 1040."""
        return self.forms["regular"]

    def schedule_d(self, system: System) -> Form:
        """Schedule D of a system."""
        return self.forms[system.named("schedule_d")]

    @property
    def gain_worksheet(self) -> Form:
        """The Qualified Dividends and Capital Gain Tax Worksheet."""
        return self.forms["qdcg"]

    def schedule_d_tax(self, system: System = REGULAR) -> Form:
        """The Schedule D Tax Worksheet; for AMT its lines 2 to 13."""
        return self.forms[system.named("sdtw")]

    @property
    def form_6251(self) -> Form:
        """Form 6251."""
        return self.forms["f6251"]

    @property
    def form_8801(self) -> Form:
        """Form 8801."""
        return self.forms["f8801"]
