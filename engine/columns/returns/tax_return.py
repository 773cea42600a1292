"""The columns of returns.csv: one tax year. What is carried into the first year ends them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ...language.roles import Role
from ...systems import AMT, REGULAR
from ..blank import NONE, filled, none_but_asked
from ..column import InputsBand, Limits, RecordTable, Unit, entry
from .form_lines import FormLineColumns


class ReturnColumns(FormLineColumns):
    """One tax year, in dollars."""

    mtc_carryforward_in: Decimal | None = entry(
        Unit.DOLLARS,
        "minimum tax credit brought in (prior Form 8801 line 26), in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Minimum tax credit",
        found="Form 8801 line 26 of the year before",
        band=InputsBand.CARRIED,
        below="amt_long_term_carryover_in",
        carried_in=Role.CREDIT_CARRIED_OUT,
        first_year_only=True,
        aliases="minimum tax credit carryforward; AMT credit carryforward",
        docs="first year only: minimum tax credit brought in",
        docs_found="last year's Form 8801 line 26",
    )
    mtc_line_18_in: Decimal | None = entry(
        Unit.DOLLARS,
        "credit made by the AMT of the year before (Form 8801 line 18), in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Credit made by the AMT of the year before",
        found="Form 8801 line 18, if not in this file",
        band=InputsBand.CARRIED,
        first_year_only=True,
        docs="first year only: credit made by the AMT of the year before",
        docs_found="Form 8801 line 18",
    )
    short_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "short-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=none_but_asked(filled("inputs.amt_short_term_carryover_in")),
        label="Short-term capital loss, regular",
        found="Capital Loss Carryover Worksheet line 8",
        band=InputsBand.CARRIED,
        carried_in=Role.SHORT_TERM_CARRIED_OUT,
        first_year_only=True,
        system=REGULAR,
        docs="first year only: short-term loss brought in, as a positive amount",
        docs_found="Capital Loss Carryover Worksheet line 8",
    )
    long_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "long-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=none_but_asked(filled("inputs.amt_long_term_carryover_in")),
        label="Long-term capital loss, regular",
        found="Capital Loss Carryover Worksheet line 13",
        band=InputsBand.CARRIED,
        carried_in=Role.LONG_TERM_CARRIED_OUT,
        first_year_only=True,
        system=REGULAR,
        docs="first year only: long-term loss brought in, as a positive amount",
        docs_found="Capital Loss Carryover Worksheet line 13",
    )
    amt_short_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "AMT short-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=none_but_asked(filled("inputs.short_term_carryover_in")),
        label="Short-term capital loss, AMT",
        found="The same worksheet with AMT figures",
        band=InputsBand.CARRIED,
        carried_in=Role.SHORT_TERM_CARRIED_OUT,
        first_year_only=True,
        system=AMT,
        docs="the same, for AMT",
        docs_found="last year's AMT worksheet",
    )
    amt_long_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "AMT long-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=none_but_asked(filled("inputs.long_term_carryover_in")),
        label="Long-term capital loss, AMT",
        found="The same worksheet with AMT figures",
        band=InputsBand.CARRIED,
        carried_in=Role.LONG_TERM_CARRIED_OUT,
        first_year_only=True,
        system=AMT,
        docs="the same, for AMT",
        docs_found="last year's AMT worksheet",
    )


RETURNS: Final = RecordTable("returns", ReturnColumns, "inputs")
