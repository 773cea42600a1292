"""What one tax year of a client comes to: its figures, by form and by what a line is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, cast

from ..columns import OVERRIDES
from ..federal.forms.form_1040 import FORM_1040
from ..federal.forms.form_6251 import FORM_6251
from ..federal.forms.form_8801 import FORM_8801
from ..federal.forms.inputs import INPUTS
from ..federal.forms.readiness import NEEDED, READINESS
from ..federal.year_forms import YearForms
from ..federal.years import forms_of
from ..language.form import Form, FormCard
from ..language.lines import Line
from ..language.nodes import Kind
from ..language.roles import Role
from ..systems import AMT, REGULAR, System

TERMS: Final = {"short_term": Role.SHORT_TERM_CARRIED_OUT, "long_term": Role.LONG_TERM_CARRIED_OUT}
CARRIED_FROM: Final = {  # what is carried in, and the line of the year before that carries it out
    Role.CREDIT_CARRIED_IN: Role.CREDIT_CARRIED_OUT,
    Role.SHORT_TERM_CARRIED_IN: Role.SHORT_TERM_CARRIED_OUT,
    Role.LONG_TERM_CARRIED_IN: Role.LONG_TERM_CARRIED_OUT,
}
REPLACED: Final = {  # a line that may be typed, and the line that stands beside it as computed
    Role.CREDIT_MADE: Role.CREDIT_MADE_COMPUTED,
    Role.CREDIT_CARRIED_IN: Role.CREDIT_CARRIED_ON,
    Role.SHORT_TERM_CARRIED_IN: Role.SHORT_TERM_CARRIED_ON,
    Role.LONG_TERM_CARRIED_IN: Role.LONG_TERM_CARRIED_ON,
}
CREDIT_IN: Final = (Role.CREDIT_MADE, Role.CREDIT_CARRIED_IN)  # the others are losses, below zero on their lines
CARRYOVER_OUT: Final = {  # as JSON calls them
    "short_term": (Role.SHORT_TERM_CARRIED_OUT, REGULAR),
    "long_term": (Role.LONG_TERM_CARRIED_OUT, REGULAR),
    "amt_short_term": (Role.SHORT_TERM_CARRIED_OUT, AMT),
    "amt_long_term": (Role.LONG_TERM_CARRIED_OUT, AMT),
}

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Override:
    """A figure that is typed in place of what is carried in or made, in dollars; carried losses are positive."""

    column: str  # of returns.csv
    line: Line  # that takes it
    entered: Decimal
    computed: Decimal  # what it replaces


@dataclass(frozen=True)
class YearResult:
    """One tax year of a client. Amounts are dollars; in a year that is not ready they are None."""

    year: int
    first: bool  # the first year of the file has no year before it
    figures: Mapping[str, Any]  # every line, entry, parameter and column: "f6251.2i" -> its value

    @property
    def forms(self) -> YearForms:
        """The forms of the year."""
        return forms_of(self.year, self.first)

    @property
    def ready(self) -> bool:
        """Tell whether the entries suffice: filing status, and wages with a deduction, or taxable income."""
        return bool(self.figure(Role.READY))

    @property
    def missing(self) -> list[str]:
        """The columns of returns.csv that are still needed."""
        return [column for column, line in NEEDED.items() if self.figures[f"{READINESS.name}.{line}"]]

    @property
    def final(self) -> bool:
        """Tell whether all years before are ready too: Form 8801 and the carryovers rest on them."""
        return bool(self.figure(Role.FINAL))

    def figure(self, role: Role, system: System | None = None) -> Any:
        """What a line comes to by its role, as computed: in a year that is not ready, from blanks as 0."""
        return self.figures[self.forms.key(role, system)]

    def amount(self, role: Role, system: System | None = None) -> Decimal | None:
        """An amount by its role, in dollars; None where it is not known."""
        line = self.forms.find(role, system)
        return self._known(line, self.forms.forms[line.leaf.sheet])

    def form(self, card: FormCard) -> Figures:
        """The amounts of a form by line number, or by name where it prints none; None where they are not known."""
        form = self.forms.forms[card.name]
        return {line.leaf.line: self._known(line, form) for line in shown_lines(form)}

    @cached_property
    def form_6251(self) -> Figures:
        """Form 6251 by printed line number: "2i", "4", "11"."""
        return self.form(FORM_6251)

    @cached_property
    def form_8801(self) -> Figures:
        """Form 8801 by printed line number: "21", "25", "26"; None as well where a year before is not ready."""
        return self.form(FORM_8801)

    @cached_property
    def regular(self) -> Figures:
        """The regular return by name: "taxable_income", "tax" and what leads to them."""
        return self.form(FORM_1040)

    @property
    def attach_6251(self) -> bool | None:
        """Tell whether Form 6251 must be attached to the return; None in a year that is not ready."""
        return bool(self.figure(Role.ATTACH)) if self.ready else None

    @property
    def attach_reason(self) -> str:
        """The test that decides, in words."""
        return cast(str, self.figure(Role.ATTACH_REASON)) if self.ready else self.conclusion

    @property
    def conclusion(self) -> str:
        """The answer of the year in one sentence."""
        return cast(str, self.figure(Role.CONCLUSION))

    def carried_out(self, system: System) -> Figures:
        """Capital losses carried to the next year in a system, by term, as positive dollars."""
        return {term: self.amount(role, system) for term, role in TERMS.items()}

    @property
    def carryover_out(self) -> Figures:
        """The same in both systems: "short_term", "amt_short_term"."""
        return {key: self.amount(role, system) for key, (role, system) in CARRYOVER_OUT.items()}

    @property
    def carried_on(self) -> dict[str, Decimal]:
        """What is carried in or made as computed, by the column that may replace it; losses are positive dollars."""
        return {column: self._computed(role, system) for column, (role, system) in OVERRIDES.items()}

    def _computed(self, role: Role, system: System | None) -> Decimal:
        computed: Decimal = self.figure(REPLACED[role], system)
        return computed if role in CREDIT_IN else -computed + 0

    @property
    def overrides(self) -> list[Override]:
        """What is typed in place of what is carried in or made, with the figure that it replaces."""
        found = []
        for column, (role, system) in OVERRIDES.items():
            entered = self.figures[f"{INPUTS.name}.{column}"]
            if entered is not None:
                line, computed = self.forms.find(role, system), self._computed(role, system)
                found.append(Override(column, line, entered, computed))
        return found

    def _known(self, line: Line, form: Form) -> Decimal | None:
        rests_on_others = form.card is not None and form.card.from_year_before
        known = line.from_records or (self.ready and (self.final or not rests_on_others))
        return self.figures[line.key] if known else None


def shown_lines(form: Form) -> list[Line]:
    """The lines of a form for a reader: those that it prints; of a form that prints no numbers, its amounts."""
    return form.printed() or [line for line in form.lines if line.leaf.kind is Kind.MONEY]
