"""The columns of w2.csv: a Form W-2 of one employer, as far as option and stock income stand in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from .blank import NEVER, NONE
from .column import Columns, Limits, RecordTable, Unit, entry


class W2Columns(Columns):
    """One Form W-2, in dollars; two of one employer are two rows."""

    tax_year: int = entry(
        Unit.YEAR,
        "the year of the Form W-2, such as 2025",
        blank=NEVER,
        label="Year",
        aliases="year",
        docs="the year of the form",
        docs_found="Form W-2",
    )
    employer: str = entry(
        Unit.TEXT,
        "the employer's name, as in exercises.csv",
        blank=NEVER,
        label="Employer",
        aliases="box c; company; company name; employer name; employer's name",
        docs="spelled as in `exercises.csv`, whatever its case",
        docs_found="Form W-2 box c",
    )
    box_1: Decimal = entry(
        Unit.DOLLARS,
        "wages in dollars, as in Form W-2 box 1",
        limits=Limits.NOT_NEGATIVE,
        blank=NEVER,
        label="Wages\nbox 1",
        aliases="box 1; wages; wages, tips, other compensation; W-2 box 1",
        docs="wages, with all option and stock income that the employer reports",
        docs_found="Form W-2 box 1",
    )
    code_v: Decimal | None = entry(
        Unit.DOLLARS,
        "income from nonqualified options in dollars, as in Form W-2 box 12 with code V",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Box 12\ncode V",
        aliases="code V; box 12 code V; 12 V; box 12V",
        docs="the spread of nonqualified options that is inside box 1",
        docs_found="Form W-2 box 12, code V",
    )


W2: Final = RecordTable("w2", W2Columns)
