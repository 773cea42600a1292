"""The columns of returns.csv for who files and what came in."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ...filing import STATUS_LABELS, STATUSES, Status
from ..blank import NEVER, NONE, filled, unknown
from ..column import Columns, InputsBand, Limits, Unit, entry

STATUS_SPELLINGS: Final = {
    "s": "single",
    "mfj": "married_joint",
    "marriedfilingjointly": "married_joint",
    "mfs": "married_separate",
    "marriedfilingseparately": "married_separate",
    "hoh": "head_of_household",
    "qss": "surviving_spouse",
    "qualifyingsurvivingspouse": "surviving_spouse",
}


class IncomeColumns(Columns):
    """Year, filing status and income, in dollars."""

    tax_year: int = entry(
        Unit.YEAR,
        "a tax year such as 2025",
        blank=NEVER,
        aliases="year",
        docs="",
    )
    filing_status: Status | None = entry(
        Unit.WORD,
        "one of single, married_joint, married_separate, head_of_household, surviving_spouse (or S, MFJ, MFS, "
        "HOH, QSS)",
        choices=tuple(STATUSES),
        spellings=STATUS_SPELLINGS,
        choice_labels=STATUS_LABELS,
        blank=unknown(),
        label="Filing status",
        found="Form 1040, page 1",
        band=InputsBand.FILING,
        aliases="status",
        docs=(
            "`single`, `married_joint`, `married_separate`, `head_of_household` or `surviving_spouse`; or S, MFJ, "
            "MFS, HOH, QSS"
        ),
        docs_found="Form 1040, page 1",
    )
    wages: Decimal | None = entry(
        Unit.DOLLARS,
        "wages in dollars, option income in Form W-2 box 1 included",
        limits=Limits.NOT_NEGATIVE,
        blank=unknown(~filled("inputs.taxable_income")),
        called="wages (Form W-2 box 1)",
        label="Wages, with option income in box 1",
        short="Wages",
        found="{wages}; Form W-2 box 1",
        band=InputsBand.INCOME,
        aliases="wages, salaries, tips; W-2 wages; salary",
        docs="wages, with option income of Form W-2 box 1 in them",
        docs_found="Form 1040 line 1a",
    )
    other_income: Decimal | None = entry(
        Unit.DOLLARS,
        "all other ordinary income in dollars, which may be negative",
        blank=NONE,
        label="Other ordinary income",
        short="Other income",
        found="Total income less wages, dividends and gains",
        band=InputsBand.INCOME,
        aliases="other ordinary income",
        docs="all other ordinary income, interest and non-qualified dividends in it",
        docs_found="Form 1040",
    )
    qualified_dividends: Decimal | None = entry(
        Unit.DOLLARS,
        "qualified dividends in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Qualified dividends",
        short="Qual. dividends",
        found="{qualified}",
        band=InputsBand.INCOME,
        docs="on top of `other_income`",
        docs_found="Form 1040 line 3a",
    )
    short_term_gain: Decimal | None = entry(
        Unit.DOLLARS,
        "short-term gain in dollars, a loss negative",
        blank=NONE,
        label="Short-term gain, other assets",
        short="Other ST gains",
        found="Schedule D, without carryovers",
        band=InputsBand.INCOME,
        aliases="short-term capital gain; short-term gains; STCG",
        docs="without carryovers; a loss is negative",
        docs_found="Schedule D",
    )
    long_term_gain: Decimal | None = entry(
        Unit.DOLLARS,
        "long-term gain in dollars, a loss negative",
        blank=NONE,
        label="Long-term gain, other assets",
        short="Other LT gains",
        found="Schedule D, without carryovers; Form 1099-DIV box 2a",
        band=InputsBand.INCOME,
        aliases="long-term capital gain; long-term gains; LTCG",
        docs="with capital gain distributions, without carryovers; a loss is negative",
        docs_found="Schedule D",
    )
    unrecaptured_1250_gain: Decimal | None = entry(
        Unit.DOLLARS,
        "unrecaptured section 1250 gain in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Unrecaptured section 1250 gain",
        short="Sec. 1250 gain",
        found="Part of the long-term gain",
        band=InputsBand.INCOME,
        aliases="unrecaptured section 1250 gain",
        docs="part of the long-term gain",
        docs_found="Schedule D line 19",
    )
    collectibles_gain: Decimal | None = entry(
        Unit.DOLLARS,
        "collectibles (28%) gain in dollars, a loss negative",
        blank=NONE,
        label="Collectibles (28%) gain",
        short="28% gain",
        found="Part of the long-term gain",
        band=InputsBand.INCOME,
        aliases="28% gain; collectibles (28%) gain",
        docs="part of the long-term gain, taxed at 28%",
        docs_found="Schedule D line 18",
    )
