"""The columns of returns.csv: one tax year. What is carried in, where it is typed, ends them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, get_args

from ...language.roles import Role
from ...systems import AMT, REGULAR
from ..blank import NOTHING, computed
from ..column import InputsBand, Limits, RecordTable, Unit, entry
from .form_lines import FormLineColumns
from .stages import BLANK_STAGE, Stage

CARRIED_ON: Final = "what is carried out of the year before; 0 in the first year of the file"
ALIKE: Final = (
    "in the first year of the file the regular one, if both AMT carryovers are blank; later what is carried out"
)
MADE: Final = "Form 8801 line 16 less line 17; 0 in the first year of the file"


class ReturnColumns(FormLineColumns):
    """One tax year, in dollars."""

    mtc_carryforward_in: Decimal | None = entry(
        Unit.DOLLARS,
        "minimum tax credit brought in (prior Form 8801 line 26), in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=computed(CARRIED_ON),
        label="Minimum tax credit",
        short="Credit carried",
        found="Form 8801 line 26 of the year before",
        band=InputsBand.CARRIED,
        below="amt_long_term_carryover_in",
        replaces=Role.CREDIT_CARRIED_IN,
        aliases="minimum tax credit carryforward; AMT credit carryforward",
        docs="minimum tax credit carried in, in place of what the year before carries out",
        docs_found="last year's Form 8801 line 26",
    )
    mtc_line_18_in: Decimal | None = entry(
        Unit.DOLLARS,
        "credit made by the AMT of the year before (Form 8801 line 18), in dollars",
        blank=computed(MADE),
        called="credit made by the AMT of the year before (Form 8801 line 18)",
        label="Credit made by the AMT of the year before",
        short="Credit made",
        found="Form 8801 line 18, if not in this file",
        band=InputsBand.CARRIED,
        replaces=Role.CREDIT_MADE,
        docs="credit made by the AMT of the year before, in place of the computed one",
        docs_found="Form 8801 line 18",
    )
    short_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "short-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=computed(CARRIED_ON),
        called="regular short-term capital loss",
        label="Short-term capital loss, regular",
        short="ST loss",
        found="Capital Loss Carryover Worksheet line 8",
        band=InputsBand.CARRIED,
        replaces=Role.SHORT_TERM_CARRIED_IN,
        system=REGULAR,
        docs="short-term loss carried in, as a positive amount, in place of what the year before carries out",
        docs_found="Capital Loss Carryover Worksheet line 8",
    )
    long_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "long-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=computed(CARRIED_ON),
        called="regular long-term capital loss",
        label="Long-term capital loss, regular",
        short="LT loss",
        found="Capital Loss Carryover Worksheet line 13",
        band=InputsBand.CARRIED,
        replaces=Role.LONG_TERM_CARRIED_IN,
        system=REGULAR,
        docs="long-term loss carried in, as a positive amount, in place of what the year before carries out",
        docs_found="Capital Loss Carryover Worksheet line 13",
    )
    amt_short_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "AMT short-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=computed(ALIKE),
        called="AMT short-term capital loss",
        label="Short-term capital loss, AMT",
        short="AMT ST loss",
        found="The same worksheet with AMT figures",
        band=InputsBand.CARRIED,
        replaces=Role.SHORT_TERM_CARRIED_IN,
        system=AMT,
        docs="the same, for AMT; both blank in the first year: as the regular ones",
        docs_found="last year's AMT worksheet",
    )
    amt_long_term_carryover_in: Decimal | None = entry(
        Unit.DOLLARS,
        "AMT long-term loss brought in, positive, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=computed(ALIKE),
        called="AMT long-term capital loss",
        label="Long-term capital loss, AMT",
        short="AMT LT loss",
        found="The same worksheet with AMT figures",
        band=InputsBand.CARRIED,
        replaces=Role.LONG_TERM_CARRIED_IN,
        system=AMT,
        docs="the same, for AMT; both blank in the first year: as the regular ones",
        docs_found="last year's AMT worksheet",
    )
    override_reason: str | None = entry(
        Unit.TEXT,
        "why the figures carried in are typed: divorce, death, prior return as filed, …",
        blank=NOTHING,
        label="Why they are typed",
        short="Reason",
        found="Divorce, death, prior return as filed, …",
        band=InputsBand.CARRIED,
        below="mtc_carryforward_in",
        docs="why one of the six columns before is typed: divorce, death, prior return as filed, …",
        docs_found="your note",
    )
    credit_claimed: Decimal | None = entry(
        Unit.DOLLARS,
        "the minimum tax credit claimed on the return (Form 8801 line 25 as filed), in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=NOTHING,
        label="Minimum tax credit claimed",
        short="Credit used",
        found="Form 8801 line 25 as filed; compared, not used",
        band=InputsBand.AS_FILED,
        docs="minimum tax credit as claimed; compared with the credit allowable, and used in no line",
        docs_found="Form 8801 line 25 as filed",
    )
    return_stage: Stage | None = entry(
        Unit.WORD,
        "filed, open or planned",
        choices=get_args(Stage),
        blank=computed(BLANK_STAGE),
        label="Stage of the return",
        short="Return",
        found="filed, open or planned; blank: open in the last year, filed before",
        band=InputsBand.FILING,
        docs="`filed`, `open` or `planned`; blank is open for the last year, filed for those before",
        docs_found="your files",
    )


RETURNS: Final = RecordTable("returns", ReturnColumns, "inputs")
