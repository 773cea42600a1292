"""Returns whose entries contradict each other, are unusual, or leave out what Form 6251 needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from ...columns import RETURNS, SALES, Ask, ItemKind, Why
from ...federal.forms.return_doubts import DOUBTS, NOT_SPLIT, PRINTED_POSITIVE, return_doubts
from ...federal.years import forms_ahead, forms_of
from ...language.money import in_sentences
from ...language.roles import Role
from ...readings.amounts import AMOUNTS
from ...readings.compiled.compile import Figure, compile_lines
from ..year_result import YearResult
from .computed import ComputedClient
from .item import ZERO_ANSWERS, Finding, Reversal

ENTER_DEDUCTION: Final = " Enter deduction, and what is itemized."
ENTER_WAGES: Final = " Enter wages and other income."


def return_rules(computed: ComputedClient) -> Iterator[Finding]:
    """The doubts on each year, then the stage of the returns."""
    for year, result in computed.years.items():
        doubts = doubts_of(result)
        for finding in (
            *_assumed(result, doubts),
            *_line_12(computed, result, doubts),
            *_credit_for_amt_alone(computed, result),
            *_line_2f(result, doubts),
            *_wages(result, doubts),
            *_claimed(result, doubts),
            *_as_entered(computed, result),
        ):
            yield replace(finding, table=RETURNS.name, row=computed.rows.get(year), year=year)
    yield from _stage(computed)


def doubts_of(result: YearResult) -> dict[str, Any]:
    """The conditions of `return_doubts` for a year, by the name of their line."""
    computed = _compiled(result.year, result.first)(result.figures, {})
    return {key.removeprefix(f"{DOUBTS}."): value for key, value in computed.items()}


@cache
def _compiled(year: int, first: bool) -> Figure:
    return compile_lines(return_doubts(forms_of(year, first)).lines, AMOUNTS)


def _assumed(result: YearResult, doubts: dict[str, Any]) -> Iterator[Finding]:
    """Taxable income as filed, without deduction or income: Form 6251 lines 1 and 2a rest on what nobody entered."""
    if doubts["deduction assumed"]:
        standard = result.figures["regular.standard_deduction"]
        yield Finding(
            rule="deduction-assumed",
            kind=ItemKind.MISSING,
            why=Why.BLANK,
            what=(
                f"{result.year}: taxable income is entered without its deduction, so the standard deduction of "
                f"${standard:,.2f} is added back on Form 6251 line 2a.{ENTER_DEDUCTION}"
            ),
            entering=ENTER_DEDUCTION,
            column="deduction",
            taken=f"{standard:,.2f}",
            document="Form 1040 line 12e, or Schedule A",
            reads=("inputs.deduction", "inputs.standard_deduction", "inputs.itemized_deductions"),
        )
    if doubts["itemized unsaid"]:
        yield Finding(
            rule="itemized-unsaid",
            kind=ItemKind.OPTIONAL,
            why=Why.BLANK,
            what=(
                f"{result.year}: taxable income is entered, and deductions are itemized without their total, so the "
                "computed figure is not compared."
            ),
            column="itemized_deductions",
            document=RETURNS["itemized_deductions"].docs_found,
        )
    if doubts["income assumed"]:
        below = result.figure(Role.INCOME)
        yield Finding(
            rule="income-assumed",
            kind=ItemKind.MISSING,
            why=Why.BLANK,
            what=(
                f"{result.year}: taxable income of $0 is entered without wages, so adjusted gross income is taken "
                f"without them, and line 1 of Form 6251 as {in_sentences(below)}.{ENTER_WAGES}"
            ),
            entering=ENTER_WAGES,
            column="wages",
            taken="0.00",
            document="Form 1040 lines 1a and 11",
            reads=("inputs.wages", "inputs.other_income"),
        )


def _line_12(computed: ComputedClient, result: YearResult, doubts: dict[str, Any]) -> Iterator[Finding]:
    """Without deferral items the AMT credit is that on exclusion items: then an answer is no more than a check."""
    if not doubts["line 12 blank"]:
        return
    deferral = doubts["deferral items"]
    later = computed.years.get(result.year + 1)
    key = f"{forms_ahead(result.year).form_8801.sheet}.12"
    taken = later.figures[key] if later else computed.following[key]
    yield Finding(
        rule="exclusion-credit",
        kind=ItemKind.CONFIRM if deferral else ItemKind.OPTIONAL,
        why=Why.ASSUMED,
        what=(
            f"{result.year}: the foreign tax credit on exclusion items is blank, so the least of the regular credit, "
            f"the AMT credit and line 11, ${taken:,.2f}, is taken on line 12 of Form 8801 for {result.year + 1}."
            + (" With deferral items AMT Form 1116 is computed again for exclusion items alone." if deferral else "")
        ),
        column="exclusion_foreign_tax_credit",
        taken=f"{taken:,.2f}",
        document="AMT Form 1116 with exclusion items alone",
        reversal=Reversal("With none", {"exclusion_foreign_tax_credit": 0}),
    )


def _credit_for_amt_alone(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """Foreign tax that is credited for AMT and not for regular tax."""
    row = computed.returns.get(result.year)
    if row and row.amt_foreign_tax_credit and row.foreign_tax_credit is None:
        yield Finding(
            rule="regular-foreign-credit",
            kind=ItemKind.CONFIRM,
            why=Why.ASSUMED,
            what=(
                f"{result.year}: an AMT foreign tax credit of ${row.amt_foreign_tax_credit:,.2f} is entered and the "
                f"regular one is blank, so none is taken{ZERO_ANSWERS}"
            ),
            entering=ZERO_ANSWERS,
            column="foreign_tax_credit",
            taken="none",
            document=RETURNS["foreign_tax_credit"].docs_found,
        )


def _line_2f(result: YearResult, doubts: dict[str, Any]) -> Iterator[Finding]:
    if doubts["2f beyond"]:
        entered, limit = -result.figures["inputs.line_2f"], doubts["2f limit"]
        yield Finding(
            rule="line-2f-limit",
            kind=ItemKind.CONFIRM,
            why=Why.DOUBTFUL,
            what=(
                f"{result.year}: line 2f takes ${entered:,.2f}, beyond 90% of AMT income without it, ${limit:,.2f} "
                "(IRC 56(d)(1)(A)). It is used as entered."
            ),
            column="line_2f",
            taken=f"{entered:,.2f}",
            document="the AMT net operating loss computation",
            reversal=Reversal("At the limit", {"line_2f": -limit}),
        )


def _wages(result: YearResult, doubts: dict[str, Any]) -> Iterator[Finding]:
    if doubts["wages short"]:
        wages, stock = result.figure(Role.WAGES), doubts["stock wages"]
        yield Finding(
            rule="wages-below-stock",
            kind=ItemKind.CONFIRM,
            why=Why.CONFLICT,
            what=(
                f"{result.year}: wages of ${wages:,.2f} are less than the income from stock that Form W-2 holds, "
                f"${stock:,.2f}: nonqualified options, restricted stock units and {SALES['w2_income'].as_cell} of "
                "sales."
            ),
            column="wages",
            taken=f"{wages:,.2f}",
            ask=Ask.EMPLOYER,
            document="Form W-2 box 1 and box 12 code V",
            speaks_of=(stock,),
        )


def _claimed(result: YearResult, doubts: dict[str, Any]) -> Iterator[Finding]:
    """IRC 53(b) takes the credit allowable off the credit that is carried on, claimed or not."""
    if doubts["claimed otherwise"]:
        claimed, allowable = result.figures["inputs.credit_claimed"], result.figure(Role.CREDIT_USED)
        less = claimed < allowable
        told = (
            "What was not claimed is not carried on (IRC 53(b)): an amended return is the way to it."
            if less
            else "More than is allowable was claimed; what is carried on falls by the credit allowable (IRC 53(b))."
        )
        yield Finding(
            rule="credit-claimed",
            kind=ItemKind.CONFIRM,
            why=Why.CONFLICT,
            what=(
                f"{result.year}: a minimum tax credit of ${claimed:,.2f} was claimed, and ${allowable:,.2f} is "
                f"allowable on Form 8801 line 25. {told}"
            ),
            column="credit_claimed",
            taken=f"{allowable:,.2f}",
            document="Form 8801 as filed",
            reads=("inputs.mtc_carryforward_in",),
            speaks_of=(claimed,),
        )


def _as_entered(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """Entries that are used as they are, though they are unusual or only in part what they are taken for."""
    row = computed.returns.get(result.year)
    split = [name for name in NOT_SPLIT if row and getattr(row, name)]
    typed = " and ".join(RETURNS[name].as_cell for name in split)
    following = computed.returns.get(result.year + 1)
    if split and (following is None or following.mtc_line_18_in is None):
        yield Finding(
            rule="deferral-items",
            kind=ItemKind.CONFIRM,
            why=Why.ASSUMED,
            what=(
                f"{result.year}: with {typed} the next Form 8801 takes line 3 (minimum tax credit NOL) as 0 and lines "
                "2j and 3 of Form 6251 wholly as deferral items. Where that is not so, enter line 18 of that form, as "
                f"computed by hand, in {RETURNS['mtc_line_18_in'].as_cell} of the next year."
            ),
            column=split[0],
            reads=tuple(f"{RETURNS.sheet}.{name}" for name in split),
            document="Schedule K-1 (1041) box 12 code J; the minimum tax credit NOL",
            speaks_of=tuple(f"{name} {getattr(row, name)}" for name in split),
        )
    for name in PRINTED_POSITIVE:
        amount = getattr(row, name, None)
        if amount is not None and amount < 0:
            yield Finding(
                rule=f"negative-{name}",
                kind=ItemKind.CONFIRM,
                why=Why.DOUBTFUL,
                what=(
                    f"{result.year}: {RETURNS[name].as_cell} is {in_sentences(amount)}; the form has it "
                    "positive, and as entered it lowers line 4."
                ),
                column=name,
                taken=f"{amount:,.2f}",
                document=RETURNS[name].docs_found,
                reversal=Reversal("Positive", {name: -amount}),
            )


def _stage(computed: ComputedClient) -> Iterator[Finding]:
    """What the newest year that is not planned is taken for, and with it those before, where nobody says."""
    blank = sorted(year for year, row in computed.returns.items() if row.return_stage is None)
    stages, last = computed.stages, max(computed.years, default=0)
    year = max((each for each, stage in stages.items() if stage != "planned"), default=0)
    if year not in blank:
        return
    though = f", though {last} is planned" if year < last else ""
    earlier = f", and those before for {stages[blank[0]]}" if len(blank) > 1 else ""
    yield Finding(
        rule="return-stage",
        kind=ItemKind.ESTIMATE,
        why=Why.ASSUMED,
        what=f"{year}: the stage of the return is not entered, so it is taken for {stages[year]}{though}{earlier}.",
        table=RETURNS.name,
        row=computed.rows.get(year),
        column="return_stage",
        year=year,
        taken=stages[year],
        speaks_of=tuple(stages[each] for each in blank),
        ask=Ask.PREPARER,
        document=RETURNS["return_stage"].docs_found,
    )
