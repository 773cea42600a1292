"""What the preparer types for a year: one row of returns.csv, as a block of entries, and whether it suffices."""

from __future__ import annotations

from typing import Final

from ...filing import STATUSES
from ...language.form import Form, FormCard, Standing
from ..tax_year import FoundOn
from .year_forms import YearForms

SIGNED_LINES: Final = (*"bcdefgh", *"jlmnopqrst")  # of line 2: typed as they are added on line 4
CARRIED_IN: Final = {  # entries of the first year, and the line of the year before that each one stands for
    "short_term_carryover_in": ("carryover", "8"),
    "long_term_carryover_in": ("carryover", "13"),
    "amt_short_term_carryover_in": ("amt_carryover", "8"),
    "amt_long_term_carryover_in": ("amt_carryover", "13"),
    "mtc_carryforward_in": ("f8801", "26"),
}


INPUTS: Final = FormCard(
    "inputs",
    "Inputs",
    Standing.ENTRIES,
    page="Inputs",
    about="What the preparer types for the year, on the sheet Inputs or in `returns.csv`.",
)


def inputs(of: YearForms) -> Form:
    """One row of returns.csv. A blank counts as 0, but where being blank means something."""
    form, found_on = of.begin(INPUTS), of.found_on
    form.choice("filing_status", "Filing status", tuple(STATUSES), "Form 1040, page 1")
    form.choice("deduction", "Deduction", ("standard", "itemized"), found_on.standard_deduction)
    form.entry("wages", "Wages, with option income in box 1", f"{found_on.wages}; Form W-2 box 1", blank_is_zero=False)
    form.entry("other_income", "Other ordinary income", "Total income less wages, dividends and gains")
    form.entry("qualified_dividends", "Qualified dividends", found_on.qualified)
    form.entry("short_term_gain", "Short-term gain, other assets", "Schedule D, without carryovers")
    form.entry("long_term_gain", "Long-term gain, other assets", "Schedule D, without carryovers; Form 1099-DIV box 2a")
    form.entry("unrecaptured_1250_gain", "Unrecaptured section 1250 gain", "Part of the long-term gain")
    form.entry("collectibles_gain", "Collectibles (28%) gain", "Part of the long-term gain")
    _deductions(form, found_on)
    _as_filed(form, found_on)
    _amt_items(form, found_on)
    form.entry("mtc_line_18_in", "Credit made by the AMT of the year before", "Form 8801 line 18, if not in this file")
    return form


def _deductions(form: Form, found_on: FoundOn) -> None:
    standard = f"{found_on.standard_deduction}, if not the usual figure"
    form.entry("standard_deduction", "Standard deduction as filed", standard, blank_is_zero=False)
    form.entry("itemized_deductions", "Itemized deductions", found_on.itemized, blank_is_zero=False)
    form.entry("taxes_deducted", "Taxes deducted, part of them", "Schedule A line 7")
    form.entry("other_deductions", "Other deductions", found_on.other_deductions)
    senior = f"{found_on.senior}, part of the former" if found_on.senior else "Tax years 2025 and later"
    form.entry("senior_deduction", "Senior deduction", senior)
    form.entry("foreign_tax_credit", "Foreign tax credit", found_on.ftc)
    form.entry(
        "amt_foreign_tax_credit", "AMT foreign tax credit", "AMT Form 1116; blank: as above", blank_is_zero=False
    )
    form.entry(
        "exclusion_foreign_tax_credit",
        "Foreign tax credit, exclusion items",
        "For next year's Form 8801 line 12; blank: as regular",
        blank_is_zero=False,
    )
    form.entry("nonrefundable_credits", "Other nonrefundable credits", "Schedule 3, without foreign and prior AMT")


def _as_filed(form: Form, found_on: FoundOn) -> None:
    form.entry("taxable_income", "Taxable income", found_on.taxable_income.split(";")[0], blank_is_zero=False)
    tax = f"{found_on.tax}, with {found_on.additions}"
    form.entry("regular_tax", "Regular tax, before foreign tax credit", tax, blank_is_zero=False)
    form.choice(
        "general_business_credit",
        "Form 3800 line 6 or 25 above 0?",
        ("yes", "no"),
        "General business credit, Form 3800",
    )
    form.choice("form_8834_8911", "Form 8834, or Form 8911 personal part?", ("yes", "no"), "Forms 8834, 8911")


LINE_2_LABELS: Final = {
    "b": "Refunds of state and local tax",
    "c": "Investment interest, difference",
    "d": "Depletion, difference",
    "e": "Net operating loss, regular",
    "f": "Net operating loss, AMT",
    "g": "Private activity bond interest",
    "h": "Excluded gain on small-business stock",
    "j": "Estates and trusts",
    "l": "Depreciation, difference",
    "m": "Passive activities, difference",
    "n": "Loss limits, difference",
    "o": "Circulation costs",
    "p": "Long-term contracts",
    "q": "Mining costs",
    "r": "Research costs",
    "s": "Installment sales before 1987",
    "t": "Intangible drilling costs",
}
LINE_2_FOUND: Final = {
    "b": "{refund}, as a negative amount",
    "c": "Form 4952 line 8, regular less AMT",
    "d": "Regular less AMT deduction",
    "e": "{nol}, as a positive amount",
    "f": "AMT computation, as a negative amount",
    "g": "Form 1099-INT box 9, 1099-DIV box 13",
    "h": "7% of the gain excluded",
    "j": "Schedule K-1 (1041) box 12 code A",
    "m": "AMT less regular",
    "n": "AMT less regular",
    "p": "AMT less regular",
    "s": "As a negative amount",
    "t": "Preference item",
}


def _amt_items(form: Form, found_on: FoundOn) -> None:
    for letter in SIGNED_LINES:
        found = LINE_2_FOUND.get(letter, "Regular less AMT").format(refund=found_on.refund, nol=found_on.nol)
        form.entry(f"line_2{letter}", f"2{letter}  {LINE_2_LABELS[letter]}", found)
    form.entry("other_line_2k", "2k  Dispositions other than option stock", "AMT less regular")
    form.entry("line_3", "3  Other adjustments", "Instructions for Form 6251, line 3")
