"""The rows of the lead sheet: short names, the form line each shows, how it is checked, what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.federal.forms.form_6251 import FORM_6251
from engine.federal.forms.form_8801 import FORM_8801
from engine.language.roles import Role
from engine.systems import AMT, REGULAR, SYSTEMS, System


class Tick(StrEnum):
    """How isobook has checked a line; the sheet Checks has each comparison."""

    NONE = ""
    FOOTED = "F"
    CROSS_FOOTED = "CF"
    SECOND_WAY = "RX"


@dataclass(frozen=True)
class LeadRow:
    """One line of the lead sheet; `places` is where the return of each year has it, under its name in `found_on`."""

    role: Role
    label: str  # at most 16 characters: the first column of a phone
    know: str = ""
    system: System | None = None
    found: str = ""  # "" for the form and its line
    tick: Tick = Tick.NONE
    total: bool = False  # only where a sum over years means something
    result: bool = False
    places: str = ""
    may_be_zero: bool = False  # hidden where it is 0 in all years

    @property
    def key(self) -> str:
        """The row's own name."""
        return f"{self.role} {self.system.name}" if self.system else self.role.value


_LOSS: Final = Role.LOSS_CARRIED_OUT
_GAIN: Final = Role.GAIN_OR_LOSS_ALLOWED
_SAME_SALES: Final = "Same sales, AMT basis; a loss up to the limit"
LEAD: Final[dict[str, tuple[LeadRow, ...]]] = {
    "Income": (
        LeadRow(
            Role.WAGES,
            "Wages",
            "Form W-2 box 1, option income in it included",
            found="{wages}",
            total=True,
            places="wages",
        ),
        LeadRow(
            Role.OPTION_INCOME,
            "Option income",
            "Of sales, where wages do not have it",
            found="{option_income}",
            total=True,
            may_be_zero=True,
        ),
        LeadRow(_GAIN, "Capital gain", "Regular tax", system=REGULAR, total=True),
        LeadRow(_GAIN, "AMT capital gain", _SAME_SALES, system=AMT, total=True),
        *(
            LeadRow(
                _LOSS,
                label,
                "Carried to the next year",
                system=each,
                found=each.titled("Schedule D"),
                tick=Tick.CROSS_FOOTED,
                may_be_zero=True,
            )
            for each, label in zip(SYSTEMS, ("Loss carried", "AMT loss carried"), strict=True)
        ),
        LeadRow(Role.TAXABLE_INCOME, "Taxable income", found="{taxable_income}", total=True),
    ),
    f"{FORM_6251.title}: the AMT": (
        LeadRow(
            Role.EXERCISES,
            "ISO spread",
            "Value over price paid, each exercise alone",
            tick=Tick.CROSS_FOOTED,
            total=True,
        ),
        LeadRow(Role.DISPOSITIONS, "Sale difference", "AMT result of sales less regular result", total=True),
        LeadRow(Role.AMTI, "AMT income"),
        LeadRow(Role.EXEMPTION, "Exemption", "After the phase-out"),
        LeadRow(Role.TENTATIVE_MINIMUM_TAX, "Tentative min. tax", "Tax under the AMT rules", tick=Tick.SECOND_WAY),
        LeadRow(Role.REGULAR_TAX, "Regular tax", "After the foreign tax credit"),
        LeadRow(
            Role.MINIMUM_TAX,
            "AMT",
            "Tentative over regular tax; goes to:",
            tick=Tick.CROSS_FOOTED,
            total=True,
            result=True,
            places="amt",
        ),
    ),
    f"{FORM_8801.title}: the credit": (
        LeadRow(
            Role.CREDIT_AVAILABLE,
            "Credit available",
            "The AMT of a year is usable the year after",
            tick=Tick.CROSS_FOOTED,
        ),
        LeadRow(Role.CREDIT_ROOM, "Room", "Regular tax over tentative minimum tax"),
        LeadRow(
            Role.CREDIT_USED,
            "Credit used",
            "The smaller of the two; goes to:",
            tick=Tick.CROSS_FOOTED,
            total=True,
            result=True,
            places="credit",
        ),
    ),
}


def all_lead_rows() -> list[LeadRow]:
    """The rows of all bands."""
    return [row for rows in LEAD.values() for row in rows]
