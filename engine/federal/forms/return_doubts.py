"""What deserves a look in a return that is in order: what the forms take for granted of an entry, for the notes."""

from __future__ import annotations

from functools import cache
from typing import Final

from ...columns import RETURNS, Limits
from ...filing import YEARS
from ..tax_year import tax_year

# Of Form 6251, in whole or in part: Form 8801 may need a part of them, line 3 (minimum tax credit NOL) another figure.
NOT_SPLIT: Final = ("line_2e", "line_2f", "line_2j", "line_3")
# The form adds them as they are typed.
PRINTED_POSITIVE: Final = tuple(each.name for each in RETURNS if each.limits is Limits.PRINTED_POSITIVE)


@cache
def senior_deduction_from() -> int:
    """The first covered year whose return has a line for the senior deduction (P.L. 119-21, sec. 70103)."""
    return min(year for year in YEARS if has_senior_deduction(year))


def has_senior_deduction(year: int) -> bool:
    """Tell whether the return of a year has that line."""
    return bool(tax_year(year).found_on.senior)
