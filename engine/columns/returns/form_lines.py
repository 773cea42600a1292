"""The columns of returns.csv for lines of Form 6251 that are typed, signed as line 4 adds them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from ..blank import NONE
from ..column import InputsBand, Limits, Unit, entry
from .deductions import DeductionColumns

_ALIASES: Final = "{0}; 6251 {0}; 6251 line {0}; form 6251 line {0}"
_SIGN_WORDS: Final = {Limits.ENTERED_NEGATIVE: ": negative", Limits.PRINTED_POSITIVE: ": positive"}


def _added(
    line: str,
    label: str,
    *,
    short: str,
    docs: str,
    docs_found: str = "regular less AMT",
    limits: Limits = Limits.ANY,
    found: str = "Regular less AMT",
) -> Any:
    """A part of line 2: its number, and what it is on the form."""
    return entry(
        Unit.DOLLARS,
        f"Form 6251 line {line} in dollars, as it is added on line 4{_SIGN_WORDS.get(limits, '')}",
        limits=limits,
        blank=NONE,
        label=f"{line}  {label}",
        short=f"{line}  {short}",
        found=found,
        band=InputsBand.FORM_6251,
        form_line=line,
        aliases=_ALIASES.format(line),
        docs=docs,
        docs_found=docs_found,
    )


class FormLineColumns(DeductionColumns):
    """Adjustments and preferences, in dollars; they follow the credits."""

    line_2b: Decimal | None = _added(
        "2b",
        "Refunds of state and local tax",
        short="Tax refunds",
        found="{refund}, as a negative amount",
        limits=Limits.ENTERED_NEGATIVE,
        docs="refunds of state and local tax",
        docs_found="Schedule 1 lines 1 and 8z",
    )
    line_2c: Decimal | None = _added(
        "2c",
        "Investment interest, difference",
        short="Investment",
        found="Form 4952 line 8, regular less AMT",
        docs="investment interest",
        docs_found="Form 4952 line 8, regular less AMT",
    )
    line_2d: Decimal | None = _added(
        "2d",
        "Depletion, difference",
        short="Depletion",
        found="Regular less AMT deduction",
        docs="depletion",
        docs_found="regular less AMT",
    )
    line_2e: Decimal | None = _added(
        "2e",
        "Net operating loss, regular",
        short="NOL, regular",
        found="{nol}, as a positive amount",
        limits=Limits.PRINTED_POSITIVE,
        docs="net operating loss, regular",
        docs_found="Schedule 1 line 8a",
    )
    line_2f: Decimal | None = _added(
        "2f",
        "Net operating loss, AMT",
        short="NOL, AMT",
        found="AMT computation, as a negative amount",
        limits=Limits.ENTERED_NEGATIVE,
        docs="net operating loss, AMT",
        docs_found="your AMT computation",
    )
    line_2g: Decimal | None = _added(
        "2g",
        "Private activity bond interest",
        short="Bond interest",
        found="Form 1099-INT box 9, 1099-DIV box 13",
        limits=Limits.PRINTED_POSITIVE,
        docs="private activity bond interest",
        docs_found="Form 1099-INT box 9; Form 1099-DIV box 13",
    )
    line_2h: Decimal | None = _added(
        "2h",
        "Excluded gain on small-business stock",
        short="Section 1202",
        found="7% of the gain excluded",
        limits=Limits.PRINTED_POSITIVE,
        docs="small business stock, 7% of the gain excluded",
        docs_found="Form 8949",
    )
    line_2j: Decimal | None = _added(
        "2j",
        "Estates and trusts",
        short="Estates",
        found="Schedule K-1 (1041) box 12 code A",
        docs="estates and trusts",
        docs_found="Schedule K-1 (1041) box 12 code A",
    )
    line_2l: Decimal | None = _added("2l", "Depreciation, difference", short="Depreciation", docs="depreciation")
    line_2m: Decimal | None = _added(
        "2m",
        "Passive activities, difference",
        short="Passive",
        found="AMT less regular",
        docs="passive activities",
        docs_found="AMT less regular",
    )
    line_2n: Decimal | None = _added(
        "2n",
        "Loss limits, difference",
        short="Loss limits",
        found="AMT less regular",
        docs="loss limits",
        docs_found="AMT less regular",
    )
    line_2o: Decimal | None = _added("2o", "Circulation costs", short="Circulation", docs="circulation costs")
    line_2p: Decimal | None = _added(
        "2p",
        "Long-term contracts",
        short="Contracts",
        found="AMT less regular",
        docs="long-term contracts",
        docs_found="AMT less regular",
    )
    line_2q: Decimal | None = _added("2q", "Mining costs", short="Mining", docs="mining costs")
    line_2r: Decimal | None = _added("2r", "Research costs", short="Research", docs="research costs")
    line_2s: Decimal | None = _added(
        "2s",
        "Installment sales before 1987",
        short="Installments",
        found="As a negative amount",
        limits=Limits.ENTERED_NEGATIVE,
        docs="installment sales before 1987",
        docs_found="your AMT computation",
    )
    line_2t: Decimal | None = _added(
        "2t",
        "Intangible drilling costs",
        short="Drilling",
        found="Preference item",
        limits=Limits.PRINTED_POSITIVE,
        docs="intangible drilling costs",
        docs_found="your AMT computation",
    )
    line_3: Decimal | None = entry(
        Unit.DOLLARS,
        "Form 6251 line 3 in dollars, as it is added on line 4",
        blank=NONE,
        label="3  Other adjustments",
        short="3  Other",
        found="Instructions for Form 6251, line 3",
        band=InputsBand.FORM_6251,
        form_line="3",
        aliases=_ALIASES.format("3"),
        docs="other adjustments",
        docs_found="Instructions for Form 6251, line 3",
    )
    other_line_2k: Decimal | None = entry(
        Unit.DOLLARS,
        "line 2k from all but option stock, in dollars, as it is added on line 4",
        blank=NONE,
        label="2k  Dispositions other than option stock",
        short="2k  Other sales",
        found="AMT less regular",
        band=InputsBand.FORM_6251,
        below="line_2j",
        form_line="2k",
        docs="line 2k from all but option stock",
        docs_found="AMT less regular",
    )
