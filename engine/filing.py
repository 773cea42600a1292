"""Who files, and for which years: the filing statuses and the tax years that are covered."""

from __future__ import annotations

from typing import Final, Literal

Status = Literal["single", "married_joint", "married_separate", "head_of_household", "surviving_spouse"]
STATUSES: Final[dict[Status, str]] = {
    "single": "Single",
    "married_joint": "Married filing jointly",
    "married_separate": "Married filing separately",
    "head_of_household": "Head of household",
    "surviving_spouse": "Qualifying surviving spouse",
}
STATUS_LABELS: Final[dict[str, str]] = {  # in a narrow cell
    "single": "Single",
    "married_joint": "Married, joint",
    "married_separate": "Married, separate",
    "head_of_household": "Head of household",
    "surviving_spouse": "Surviving spouse",
}
YEARS: Final = tuple(range(2018, 2027))
