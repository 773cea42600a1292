"""The federal forms: which there are, in the order in which they are listed, and in which order a year computes them.

Every face reads them from here. A form more is its module, its card in CARDS, and its step in STEPS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ..language.form import FormCard, Standing
from ..language.roles import Role
from ..systems import AMT, REGULAR, SYSTEMS
from .forms.attach_6251 import ATTACH_6251, attach_6251
from .forms.form_1040 import FORM_1040, income, tax_of_return
from .forms.form_6251 import FORM_6251, form_6251
from .forms.form_8801 import FORM_8801, form_8801, form_8801_ahead
from .forms.gain_worksheets import GAIN_WORKSHEET, SCHEDULE_D_TAX, amt_schedule_d_tax, gain_worksheet, schedule_d_tax
from .forms.inputs import INPUTS, inputs
from .forms.ledger import LEDGER, ledger
from .forms.readiness import READINESS, readiness
from .forms.schedule_d import CARRYOVER, SCHEDULE_D, carryover, schedule_d
from .year_forms import YearForms

FormStep = Callable[[YearForms], object]  # declares a form, or more lines of one


@dataclass(frozen=True)
class Catalogue:
    """The forms of one jurisdiction."""

    jurisdiction: str
    cards: tuple[FormCard, ...]  # in the order in which they are listed
    steps: tuple[FormStep, ...]  # in the order of calculation
    ahead: tuple[FormStep, ...]  # the forms that are prepared for the year after the last one

    def standing(self, *standings: Standing) -> list[FormCard]:
        """The forms of these standings, as they are listed."""
        return [card for card in self.cards if card.standing in standings]

    def titles(self, standing: Standing) -> str:
        """The numbered forms of a standing in words: 'Forms 6251 and 8801'."""
        *others, last = (card.title.removeprefix("Form ") for card in self.standing(standing))
        return f"Forms {', '.join(others)} and {last}"

    def named(self, name: str) -> FormCard:
        """A form by its name. KeyError if there is none."""
        for card in self.cards:
            if card.name == name:
                return card
        raise KeyError(f"there is no {self.jurisdiction} form {name!r}")

    def by_short(self) -> dict[str, FormCard]:
        """The forms that a preparer may ask for, by what is typed."""
        return {card.short: card for card in self.cards if card.short}

    def on_page(self, page: str) -> Iterator[FormCard]:
        """The forms of a sheet such as 'Gains {year}', as they are listed."""
        return (card for card in self.cards if card.page == page)


def _schedules_d(of: YearForms) -> None:
    for system in SYSTEMS:
        schedule_d(of, system)


def _carryovers(of: YearForms) -> None:
    """Losses are carried out by the income of each system."""
    carryover(of, REGULAR, of.regular["income_below_zero"])
    carryover(of, AMT, of.form_6251[Role.AMTI_BEFORE_ADDITION])


FEDERAL: Final = Catalogue(
    "federal",
    cards=(
        *(FORM_6251, FORM_8801, FORM_1040, SCHEDULE_D[REGULAR], SCHEDULE_D[AMT]),
        *(GAIN_WORKSHEET, SCHEDULE_D_TAX[REGULAR], SCHEDULE_D_TAX[AMT], ATTACH_6251),
        *(CARRYOVER[REGULAR], CARRYOVER[AMT], LEDGER, INPUTS, READINESS),
    ),
    steps=(
        *(inputs, readiness, _schedules_d, income, gain_worksheet, schedule_d_tax, amt_schedule_d_tax),
        *(tax_of_return, form_6251, form_8801, attach_6251, _carryovers, ledger),
    ),
    ahead=(form_8801_ahead,),
)
