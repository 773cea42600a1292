"""The columns of returns.csv for deductions, tax as filed, credits and the tests of attaching Form 6251."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, get_args

from ...systems import AMT, REGULAR
from ..blank import NONE, amount, compared, computed, filled, none_but_asked, same_as, unknown, word
from ..column import InputsBand, Limits, Unit, entry
from .income import IncomeColumns

Deduction = Literal["standard", "itemized"]
_AS_FILED: Final = filled("inputs.taxable_income")
NOTHING_DEDUCTED: Final = ~(_AS_FILED | filled("inputs.standard_deduction") | filled("inputs.itemized_deductions"))
ITEMIZING: Final = word("inputs.deduction").equals("itemized") | (
    word("inputs.deduction").equals("") & filled("inputs.itemized_deductions")
)
NO_CREDIT: Final = (
    ~filled("inputs.foreign_tax_credit")
    | amount("inputs.foreign_tax_credit").equals(0)
    | (filled("inputs.amt_foreign_tax_credit") & amount("inputs.amt_foreign_tax_credit").equals(0))
)
ITEMIZED_ALONE: Final = ~_AS_FILED & (
    word("inputs.deduction").equals("itemized")
    | (word("inputs.deduction").equals("") & (amount("inputs.taxes_deducted") > 0))
)


class DeductionColumns(IncomeColumns):
    """Deductions, tax as filed and credits, in dollars; they follow the income."""

    deduction: Deduction | None = entry(
        Unit.WORD,
        "standard or itemized",
        choices=get_args(Deduction),
        spellings={"itemised": "itemized"},
        choice_labels={"standard": "Standard", "itemized": "Itemized"},
        blank=computed("itemized where itemized deductions are given", NOTHING_DEDUCTED),
        label="Deduction",
        found="{standard_deduction}",
        band=InputsBand.FILING,
        aliases="deduction type; standard or itemized",
        docs="`standard` or `itemized`; blank is itemized if `itemized_deductions` is given",
        docs_found="Form 1040 line 12e",
    )
    standard_deduction: Decimal | None = entry(
        Unit.DOLLARS,
        "the standard deduction as filed, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=compared("the usual figure of the year and filing status", ~ITEMIZING),
        called="the standard deduction as filed",
        label="Standard deduction as filed",
        short="Standard, filed",
        found="{standard_deduction}, if not the usual figure",
        band=InputsBand.DEDUCTIONS,
        docs="as filed, if it is not the usual figure (age, blindness, dependents)",
        docs_found="Form 1040 line 12e",
    )
    itemized_deductions: Decimal | None = entry(
        Unit.DOLLARS,
        "itemized deductions in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=unknown(ITEMIZED_ALONE),
        label="Itemized deductions",
        short="Itemized, total",
        found="{itemized}",
        band=InputsBand.DEDUCTIONS,
        aliases="itemized; itemized deduction; schedule A",
        docs="the total",
        docs_found="Schedule A line 17",
    )
    taxes_deducted: Decimal | None = entry(
        Unit.DOLLARS,
        "taxes deducted in dollars, part of itemized_deductions (Schedule A line 7)",
        limits=Limits.NOT_NEGATIVE,
        blank=none_but_asked(ITEMIZING),
        label="Taxes deducted, part of them",
        short="Taxes, part of it",
        found="Schedule A line 7",
        band=InputsBand.DEDUCTIONS,
        aliases="SALT; state and local taxes; schedule A line 7; taxes",
        docs="part of `itemized_deductions`",
        docs_found="Schedule A line 7",
    )
    other_deductions: Decimal | None = entry(
        Unit.DOLLARS,
        "other deductions in dollars, the senior deduction included",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Other deductions",
        found="{other_deductions}",
        band=InputsBand.DEDUCTIONS,
        sheet_limits=Limits.ANY,
        docs="what else leads to taxable income",
        docs_found="Form 1040 lines 13a and 13b",
    )
    senior_deduction: Decimal | None = entry(
        Unit.DOLLARS,
        "the senior deduction in dollars, part of other_deductions",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Senior deduction",
        found="{senior}, included in other deductions",
        found_not="Not before 2025",
        band=InputsBand.DEDUCTIONS,
        docs="part of `other_deductions`, from 2025 on",
        docs_found="Schedule 1-A line 37",
    )
    taxable_income: Decimal | None = entry(
        Unit.DOLLARS,
        "taxable income as filed, in dollars; the form prints 0 where it is less",
        limits=Limits.NOT_NEGATIVE,
        blank=compared("from income and deductions"),
        called="taxable income as filed",
        label="Taxable income",
        found="{taxable_income:first}",
        band=InputsBand.AS_FILED,
        docs="as filed; takes the place of what the columns above come to",
        docs_found="Form 1040 line 15",
    )
    regular_tax: Decimal | None = entry(
        Unit.DOLLARS,
        "regular tax as filed before foreign tax credit, in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=compared("from taxable income"),
        called="regular tax as filed",
        label="Regular tax, before foreign tax credit",
        short="Regular tax",
        found="{tax}, with {additions}",
        band=InputsBand.AS_FILED,
        docs="as filed, before the foreign tax credit; takes the place of the tax that is computed",
        docs_found="Form 1040 line 16 and Schedule 2 line 1z",
    )
    foreign_tax_credit: Decimal | None = entry(
        Unit.DOLLARS,
        "foreign tax credit in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        called="the foreign tax credit",
        label="Foreign tax credit",
        short="Foreign credit",
        found="{ftc}",
        band=InputsBand.DEDUCTIONS,
        system=REGULAR,
        aliases="FTC",
        docs_found="Schedule 3 line 1",
    )
    amt_foreign_tax_credit: Decimal | None = entry(
        Unit.DOLLARS,
        "AMT foreign tax credit in dollars (Form 6251 line 8)",
        limits=Limits.NOT_NEGATIVE,
        blank=same_as("foreign_tax_credit", amount("inputs.foreign_tax_credit") > 0),
        called="AMT foreign tax credit",
        label="AMT foreign tax credit",
        short="AMT foreign cr.",
        found="AMT Form 1116; blank: as above",
        band=InputsBand.DEDUCTIONS,
        system=AMT,
        aliases="AMT FTC; AMTFTC",
        docs="blank is `foreign_tax_credit`; never more than Form 6251 line 7",
        docs_found="Form 6251 line 8; AMT Form 1116",
    )
    exclusion_foreign_tax_credit: Decimal | None = entry(
        Unit.DOLLARS,
        "foreign tax credit on exclusion items (Form 8801 line 12)",
        limits=Limits.NOT_NEGATIVE,
        blank=computed(
            "the least of the regular credit, the AMT credit and next year's Form 8801 line 11", none_when=NO_CREDIT
        ),
        label="Foreign tax credit, exclusion items",
        short="Exclusion credit",
        found="For next year's Form 8801 line 12; blank: the least",
        band=InputsBand.DEDUCTIONS,
        below="nonrefundable_credits",
        docs="for Form 8801 line 12; blank is the least of the regular credit, the AMT credit and line 11",
        docs_found="AMT Form 1116",
    )
    nonrefundable_credits: Decimal | None = entry(
        Unit.DOLLARS,
        "credits in dollars, without foreign and minimum tax credit",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Other nonrefundable credits",
        short="Other credits",
        found="Schedule 3, without foreign and prior AMT",
        band=InputsBand.DEDUCTIONS,
        docs="without foreign and minimum tax credit; for Form 8801 line 22",
        docs_found="Schedule 3",
    )
    general_business_credit: bool | None = entry(
        Unit.YES_NO,
        "yes or no: is a general business credit claimed, with line 6 or 25 of Form 3800 above zero?",
        blank=unknown().as_optional(),
        called="whether line 6 or 25 of Form 3800 is above zero (attach test 2)",
        label="Form 3800 line 6 or 25 above 0?",
        short="Form 3800 > 0?",
        found="General business credit, Form 3800",
        band=InputsBand.ATTACH,
        docs="whether line 6 or 25 is above zero: a test for attaching Form 6251; blank is said to be not tested",
        docs_found="Form 3800",
    )
    form_8834_8911: bool | None = entry(
        Unit.YES_NO,
        "yes or no: is Form 8834, or the personal part of Form 8911, filed?",
        blank=unknown().as_optional(),
        called="whether Form 8834 or 8911 is filed (attach test 3)",
        label="Form 8834, or Form 8911 personal part?",
        short="8834 or 8911?",
        found="Forms 8834, 8911",
        band=InputsBand.ATTACH,
        docs="whether one is filed: a test for attaching Form 6251; blank is said to be not tested",
        docs_found="Form 8834; Form 8911",
    )
